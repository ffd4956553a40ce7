package preview_test

import (
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"allclear/generator"
	"allclear/generator/preview"
)

func TestThePreviewRespondsLikeAHost(t *testing.T) {
	folder := newFolder(t)
	aliased := strings.Replace(incident("Moved here"), "component:", "aliases: [/old/path]\ncomponent:", 1)
	write(t, filepath.Join(folder, "content/incidents/moved.md"), aliased)
	write(t, filepath.Join(folder, "content/static/logo.png"), "a picture")
	s := serveFolder(t, folder, nil)
	for _, test := range []struct {
		name, method, path string
		status             int
		header             map[string]string
		body               string // is in it
	}{
		{"the index", "GET", "/", 200, map[string]string{"Content-Type": "text/html; charset=utf-8"}, "All Systems Operational"},
		{"the index by name", "GET", "/index.html", 200, nil, "All Systems Operational"},
		{"an incident", "GET", "/incidents/api-is-slow/", 200, nil, "The API is slow"},
		{"a query", "GET", "/incidents/api-is-slow/?x=1", 200, nil, "The API is slow"},
		{"a folder without its slash", "GET", "/incidents/api-is-slow?x=1", 301, map[string]string{"Location": "/incidents/api-is-slow/?x=1"}, ""},
		{"the API", "GET", "/api/v2/status.json", 200, map[string]string{"Content-Type": "application/json", "Access-Control-Allow-Origin": "", "Cross-Origin-Resource-Policy": "same-origin"}, "All Systems Operational"},
		{"a static file", "GET", "/logo.png", 200, map[string]string{"Content-Type": "image/png"}, "a picture"},
		{"an alias", "GET", "/old/path", 301, map[string]string{"Location": "/incidents/moved/"}, ""},
		{"an alias with a slash", "GET", "/old/path/", 301, map[string]string{"Location": "/incidents/moved/"}, ""},
		{"nothing", "GET", "/nowhere", 404, map[string]string{"Content-Type": "text/html; charset=utf-8"}, "<html"},
		{"a head", "HEAD", "/api/v2/status.json", 200, map[string]string{"Content-Type": "application/json"}, ""},
		{"the head of nothing", "HEAD", "/nowhere", 404, nil, ""},
		{"a folder of folders", "GET", "/api/", 404, nil, ""},
		{"an empty part", "GET", "/history//", 404, nil, ""},

		{"a dotfile", "GET", "/.git/config", 404, nil, ""},
		{"a dotfile of ours", "GET", "/.allclear/owned", 404, nil, ""},
		{"a path outside", "GET", "/../content/site.yaml", 400, nil, ""},
		{"a path outside, escaped", "GET", "/%2e%2e/content/site.yaml", 400, nil, ""},
		{"a path outside, in the middle", "GET", "/api/..%2f..%2fcontent/site.yaml", 400, nil, ""},
		{"a path outside, on Windows", "GET", "/..%5ccontent%5csite.yaml", 400, nil, ""},
		{"a NUL", "GET", "/a%00b", 400, nil, ""},
		{"a source", "GET", "/content/site.yaml", 404, nil, ""},
		{"a post", "POST", "/", 405, map[string]string{"Allow": "GET, HEAD"}, ""},
		{"a deletion", "DELETE", "/.allclear/events", 405, nil, ""},
		{"options", "OPTIONS", "/", 405, nil, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			response, body := s.ask(test.method, test.path, nil)
			if response.StatusCode != test.status {
				t.Errorf("status %d, want %d", response.StatusCode, test.status)
			}
			for name, want := range test.header {
				if got := response.Header.Get(name); got != want {
					t.Errorf("%s: %q, want %q", name, got, want)
				}
			}
			if !strings.Contains(body, test.body) {
				t.Errorf("%q is not in the response:\n%s", test.body, body)
			}
			if test.method == "HEAD" && body != "" {
				t.Errorf("a HEAD has a body: %q", body)
			}
			if strings.Contains(body, "components:") {
				t.Error("the content itself is served")
			}
		})
	}
}

func TestFilesHaveTheHeadersOfTheirRule(t *testing.T) {
	folder := newFolder(t)
	write(t, filepath.Join(folder, "content/static/logo.png"), "a picture")
	s := serveFolder(t, folder, nil)
	fresh, err := generator.Check(generator.Options{
		Content: filepath.Join(folder, "content"), BaseURL: s.url, Drafts: true, Now: noon, Pinned: true,
		Theme: os.DirFS("../../themes/default"),
	})
	must(t, err)
	matched := map[string]int{}
	check := func(path string) {
		response, _ := s.ask("GET", path, nil)
		for _, rule := range fresh.Output.Headers {
			folder, below := strings.CutSuffix(rule.Path, "*")
			if rule.Path != path && (!below || !strings.HasPrefix(path, folder)) {
				continue
			}
			matched[rule.Path]++
			for _, h := range rule.Headers {
				want := h.Value
				switch h.Name {
				case "Access-Control-Allow-Origin", "Access-Control-Allow-Headers", "Access-Control-Max-Age":
					want = "" // the preview is private
				case "Cross-Origin-Resource-Policy":
					want = "same-origin"
				case "Content-Security-Policy":
					want = strings.Replace(want, "frame-ancestors *", "frame-ancestors 'self'", 1)
				}
				if got := response.Header.Get(h.Name); got != want {
					t.Errorf("%s: %s: %q, want %q", path, h.Name, got, want)
				}
			}
		}
	}
	for _, route := range fresh.Output.Routes {
		check("/" + route.Path)
		check("/" + strings.TrimSuffix(route.Path, "index.html"))
	}
	for _, rule := range fresh.Output.Headers {
		if matched[rule.Path] == 0 {
			t.Errorf("no file matches the rule for %s", rule.Path)
		}
	}
}

func TestAnUnchangedFileIsNotSentAgain(t *testing.T) {
	folder := newFolder(t)
	s := serveFolder(t, folder, nil)
	for _, path := range []string{"/", "/api/v2/summary.json", "/assets/style.css"} {
		first, _ := s.ask("GET", path, nil)
		etag := first.Header.Get("ETag")
		again, body := s.ask("GET", path, http.Header{"If-None-Match": {etag}})
		if etag == "" || again.StatusCode != http.StatusNotModified || body != "" {
			t.Errorf("%s with its ETag %s: status %d, %d bytes", path, etag, again.StatusCode, len(body))
		}
		for _, name := range []string{"Cache-Control", "Content-Security-Policy"} {
			if first.Header.Get(name) != again.Header.Get(name) {
				t.Errorf("%s: the 304 has another %s", path, name)
			}
		}
		if other, _ := s.ask("GET", path, http.Header{"If-None-Match": {`"another"`}}); other.StatusCode != 200 {
			t.Errorf("%s with another ETag: status %d", path, other.StatusCode)
		}
	}
	// A rebuild changes only the ETags of files that it changes.
	before, _ := s.ask("GET", "/api/v2/components.json", nil)
	write(t, filepath.Join(folder, "content/static/hello.txt"), "hello")
	s.shows("/hello.txt", "hello")
	after, _ := s.ask("GET", "/api/v2/components.json", nil)
	if diff := cmp.Diff(before.Header.Get("ETag"), after.Header.Get("ETag")); diff != "" {
		t.Errorf("ETag of a file that did not change (-before +after):\n%s", diff)
	}
}

func TestRequestsFromOtherSitesAreRefused(t *testing.T) {
	s := serveFolder(t, newFolder(t), nil)
	own, err := url.Parse(s.url)
	must(t, err)
	const events, script = "/.allclear/events", "/.allclear/preview.js"
	for _, test := range []struct {
		name, path string
		header     http.Header
		status     int
	}{
		{"another name that resolves to this address", "/", http.Header{"Host": {"attacker.example:" + own.Port()}}, 403},
		{"our name as a part of another", "/", http.Header{"Host": {"127.0.0.1.attacker.example:" + own.Port()}}, 403},
		{"another port", "/", http.Header{"Host": {"127.0.0.1:1"}}, 403},
		{"not a port", "/", http.Header{"Host": {"127.0.0.1"}}, 403},
		{"localhost", "/", http.Header{"Host": {"localhost:" + own.Port()}}, 200},
		{"localhost in capitals", "/", http.Header{"Host": {"LOCALHOST:" + own.Port()}}, 200},
		{"another name for the stream", events, http.Header{"Host": {"attacker.example:" + own.Port()}}, 403},
		{"our own page's script element", script, http.Header{"Sec-Fetch-Site": {"same-origin"}}, 200},
		{"our own origin", script, http.Header{"Origin": {s.url}}, 200},
	} {
		t.Run(test.name, func(t *testing.T) {
			if response, _ := s.ask("GET", test.path, test.header); response.StatusCode != test.status {
				t.Errorf("status %d, want %d", response.StatusCode, test.status)
			}
		})
	}
}

func TestPagesOfOtherOriginsGetNothing(t *testing.T) {
	folder := newFolder(t)
	write(t, filepath.Join(folder, "content/static/hello.txt"), "hello")
	s := serveFolder(t, folder, nil)
	for _, path := range []string{
		"/", "/nowhere", "/incidents/api-is-slow", "/api/v2/status.json", "/badge.svg", "/embed/", "/history.atom", "/maintenance.ics",
		"/assets/status.js", "/hello.txt", "/_headers", "/.allclear/events", "/.allclear/preview.js", "/.allclear/preview.css", "/.allclear/nowhere",
	} {
		for name, header := range map[string]http.Header{
			"another origin":                    {"Origin": {"https://attacker.example"}},
			"another port's origin":             {"Origin": {"http://127.0.0.1:1"}},
			"our own origin by another scheme":  {"Origin": {strings.Replace(s.url, "http:", "https:", 1)}},
			"the origin null":                   {"Origin": {"null"}},
			"another site by Sec-Fetch-Site":    {"Sec-Fetch-Site": {"cross-site"}},
			"another port by Sec-Fetch-Site":    {"Sec-Fetch-Site": {"same-site"}},
			"another site's link":               {"Sec-Fetch-Site": {"cross-site"}, "Sec-Fetch-Mode": {"navigate"}, "Sec-Fetch-Dest": {"document"}},
			"a value that is not known":         {"Sec-Fetch-Site": {"else"}},
			"our own origin, from another site": {"Origin": {s.url}, "Sec-Fetch-Site": {"cross-site"}},
		} {
			response, body := s.ask("GET", path, header)
			if response.StatusCode != http.StatusForbidden || !strings.HasPrefix(body, "the preview shows drafts") {
				t.Errorf("%s for %s: status %d, %.100q", path, name, response.StatusCode, body)
			}
			if response.Header.Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("%s for %s may be read", path, name)
			}
		}
	}
}

func TestOnlyLoopbackAddressesAreAccepted(t *testing.T) {
	for _, test := range []struct{ text, want, err string }{
		{"127.0.0.1:8080", "127.0.0.1:8080", ""},
		{"127.1.2.3:0", "127.1.2.3:0", ""},
		{"localhost:8080", "127.0.0.1:8080", ""},
		{"[::1]:8080", "[::1]:8080", ""},
		{"0.0.0.0:8080", "", "not a loopback address"},
		{":8080", "", "not a loopback address"},
		{"[::]:8080", "", "not a loopback address"},
		{"192.168.1.2:8080", "", "not a loopback address"},
		{"example.com:8080", "", "not a loopback address"},
		{"127.0.0.1", "", "write it as 127.0.0.1:8080"},
		{"127.0.0.1:http", "", "not a port"},
		{"127.0.0.1:65536", "", "not a port"},
	} {
		addr, err := preview.ParseAddr(test.text)
		switch {
		case test.err == "" && (err != nil || addr.String() != test.want):
			t.Errorf("%q is %v, %v; want %s", test.text, addr, err, test.want)
		case test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)):
			t.Errorf("%q: error %v, want %q", test.text, err, test.err)
		}
	}
}

func TestTheNextPortIsUsedIfTheDefaultIsTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer taken.Close()
	s := serveFolder(t, newFolder(t), func(o *preview.Options) {
		o.Addr, o.NextPort = taken.Addr().String(), true
	})
	_, port, err := net.SplitHostPort(taken.Addr().String())
	must(t, err)
	if note := await(t, s.notes); !strings.HasPrefix(note, "port "+port+" is taken; using ") {
		t.Errorf("the note is %q", note)
	}
	if s.url == "http://"+taken.Addr().String() {
		t.Error("the taken port was used")
	}

	err = preview.Run(t.Context(), preview.Options{Addr: taken.Addr().String()})
	if err == nil || !strings.Contains(err.Error(), "choose another address with --addr") {
		t.Errorf("without NextPort: %v", err)
	}
}
