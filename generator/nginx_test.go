package generator_test

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	"allclear/generator"
	"allclear/generator/testneed"
)

// nginx serves a folder with tools/deploy/nginx.conf until the test ends, and
// returns a client for it.
func nginx(t *testing.T, public string) *http.Client {
	t.Helper()
	binary := testneed.Nginx(t)
	in := shortFolder(t)
	deployed(t, public, "nginx", in, "nginx.conf", map[string]string{
		"listen 80;": "listen unix:" + in("socket") + ";", "root /srv/status;": "root " + public + ";", "/etc/nginx/status-headers.conf": in("headers"),
	})
	main := fmt.Sprintf("%spid %s;\nerror_log %s;\nevents {}\nhttp { access_log off; include %s; }\n", asRoot(), in("pid"), in("error.log"), in("nginx.conf"))
	if err := os.WriteFile(in("main.conf"), []byte(main), 0o666); err != nil {
		t.Fatal(err)
	}
	run := func(more ...string) {
		if said, err := exec.Command(binary, append([]string{"-p", in(""), "-c", in("main.conf")}, more...)...).CombinedOutput(); err != nil {
			t.Fatalf("nginx: %v\n%s", err, said)
		}
	}
	run() // returns when it listens
	t.Cleanup(func() { run("-s", "stop") })
	return clientOf(in("socket"))
}

// asRoot lets the server read root's folders if root runs the test.
func asRoot() string {
	if os.Geteuid() == 0 {
		return "user root;\n"
	}
	return ""
}

// ask asks a server for a path, with the ETag of an earlier response or "".
func ask(t *testing.T, client *http.Client, path, etag string) *http.Response {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://status.example.com", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.URL.Path = path
	if etag != "" {
		request.Header.Set("If-None-Match", etag)
	}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer
}

func TestNginxServesTheSiteByItsRules(t *testing.T) {
	public := t.TempDir()
	build := func() *generator.Result {
		result, _, err := generator.Build(exampleOptions(), public, nil)
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	out := build().Output
	client := nginx(t, public)
	etags := map[string]string{}
	for _, path := range servedPaths(out) {
		answer := ask(t, client, path, "")
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", path, answer.Status)
		}
		for _, h := range headersOf(out, path) {
			if got := strings.Join(answer.Header.Values(h.Name), " and "); got != h.Value {
				t.Errorf("%s has %s: %s, want %s", path, h.Name, got, h.Value)
			}
		}
		etags[path] = answer.Header.Get("ETag")
	}
	build()
	for path, etag := range etags {
		if answer := ask(t, client, path, etag); answer.StatusCode != http.StatusNotModified {
			t.Errorf("%s after another build: %s, want 304", path, answer.Status)
		}
	}
	for path, want := range map[string]int{
		"/no/such/page": http.StatusNotFound, "/.allclear/owned": http.StatusNotFound, "/_headers": http.StatusNotFound,
		"/history": http.StatusMovedPermanently,
	} {
		answer := ask(t, client, path, "")
		if answer.StatusCode != want {
			t.Errorf("%s: %s, want %d", path, answer.Status, want)
		}
		if policy := answer.Header.Get("Content-Security-Policy"); want == http.StatusNotFound && !strings.HasPrefix(policy, "default-src 'none'") {
			t.Errorf("%s has the policy %q", path, policy)
		}
	}
	for path, want := range map[string]string{
		"/maintenance.ics": "text/calendar; charset=utf-8", "/history.rss": "application/rss+xml", "/history.atom": "application/atom+xml",
		"/status.txt": "text/plain; charset=utf-8", "/api/v2/status.json": "application/json", "/badge.svg": "image/svg+xml",
	} {
		if got := ask(t, client, path, "").Header.Get("Content-Type"); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}
