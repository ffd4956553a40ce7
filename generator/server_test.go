package generator_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/output"
	"allclear/generator/testneed"
	"allclear/generator/verify"
)

// shortFolder makes a folder until the test ends, with a name that is short enough
// for a socket in it, and returns what names its files.
func shortFolder(t *testing.T) func(name string) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "served")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return func(name string) string { return filepath.Join(folder, name) }
}

// deployed writes the settings of a server in tools/deploy, for a folder and with
// some words replaced, and the rules that its script makes of _headers.
func deployed(t *testing.T, public, server string, in func(string) string, settings string, words map[string]string) {
	t.Helper()
	awk := exec.Command("awk", "-f", "../tools/deploy/"+server+"-headers.awk", filepath.Join(public, "_headers"))
	awk.Env = append(os.Environ(), "LC_ALL=C")
	rules, err := awk.Output()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../tools/deploy/" + settings)
	if err != nil {
		t.Fatal(err)
	}
	for from, to := range words {
		if !strings.Contains(string(text), from) {
			t.Fatalf("%s has no %q", settings, from)
		}
		text = []byte(strings.ReplaceAll(string(text), from, to))
	}
	for name, text := range map[string][]byte{"headers": rules, settings: text} {
		if err := os.WriteFile(in(name), text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// clientOf makes a client for the server at a socket, which follows no redirect.
func clientOf(socket string) *http.Client {
	return &http.Client{
		Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", socket)
		}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// caddy serves a folder with tools/deploy/Caddyfile until the test ends, and
// returns a client for it.
func caddy(t *testing.T, public string) *http.Client {
	t.Helper()
	binary := testneed.Caddy(t)
	in := shortFolder(t)
	deployed(t, public, "caddy", in, "Caddyfile", map[string]string{
		":80 {":       "{\n\tadmin off\n}\nhttp:// {\n\tbind unix/" + in("socket"),
		"/srv/status": public, "/etc/caddy/status-headers": in("headers"),
	})
	run := exec.Command(binary, "run", "--config", in("Caddyfile"), "--adapter", "caddyfile")
	run.Env = append(os.Environ(), "XDG_DATA_HOME="+in("data"), "XDG_CONFIG_HOME="+in("config"))
	log, err := run.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	said, lines := "", bufio.NewScanner(log)
	for !strings.Contains(said, "serving initial configuration") {
		if !lines.Scan() {
			t.Fatalf("Caddy has ended: %v\n%s", run.Wait(), said)
		}
		said += lines.Text() + "\n"
	}
	go func() { _, _ = io.Copy(io.Discard, log) }()
	t.Cleanup(func() {
		_ = run.Process.Kill()
		_ = run.Wait()
	})
	return clientOf(in("socket"))
}

// servers are the web servers with settings in tools/deploy.
var servers = map[string]func(*testing.T, string) *http.Client{"nginx": nginx, "Caddy": caddy}

// askFirst asks a server, as a browser does, whether a page of another origin may
// send a header of its own.
func askFirst(t *testing.T, client *http.Client, path string) *http.Response {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, "http://status.example.com"+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", "https://other.example.com")
	request.Header.Set("Access-Control-Request-Method", http.MethodGet)
	request.Header.Set("Access-Control-Request-Headers", "if-none-match")
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	return answer
}

func TestServersGiveEachFileTheHeadersOfItsRule(t *testing.T) {
	for name, serve := range servers {
		for site, o := range map[string]generator.Options{"example": exampleOptions(), "neighbours": neighbours(t)} {
			t.Run(name+" "+site, func(t *testing.T) {
				public := t.TempDir()
				result, _, err := generator.Build(o, public, nil)
				if err != nil {
					t.Fatal(err)
				}
				client := serve(t, public)
				for _, path := range servedPaths(result.Output) {
					answer := ask(t, client, path, "")
					if answer.StatusCode != http.StatusOK {
						t.Errorf("%s: %s", path, answer.Status)
					}
					for _, h := range headersOfFile(t, result.Output, path) {
						if got := strings.Join(answer.Header.Values(h.Name), " and "); got != h.Value {
							t.Errorf("%s has %s: %s, want %s", path, h.Name, got, h.Value)
						}
					}
				}
			})
		}
	}
}

// headersOfFile are the headers of the rule for a file, which has one.
func headersOfFile(t *testing.T, out *output.Output, path string) []output.Header {
	t.Helper()
	headers := headersOf(out, (&url.URL{Path: path}).EscapedPath())
	if headers == nil {
		t.Errorf("no rule is for %s", path)
	}
	return headers
}

func TestServersAnswerBrowsersOfOtherOrigins(t *testing.T) {
	public := t.TempDir()
	if _, _, err := generator.Build(exampleOptions(), public, nil); err != nil {
		t.Fatal(err)
	}
	for name, serve := range servers {
		t.Run(name, func(t *testing.T) {
			client := serve(t, public)
			first := askFirst(t, client, "/api/v2/summary.json")
			if first.StatusCode != http.StatusNoContent || first.Header.Get("Access-Control-Allow-Origin") != "*" || first.Header.Get("Access-Control-Allow-Headers") != "*" {
				t.Errorf("a browser that asks first gets %s %v", first.Status, first.Header)
			}
			if first = askFirst(t, client, "/history/"); first.Header.Get("Access-Control-Allow-Origin") != "" {
				t.Error("a page is open to other origins")
			}
			for _, path := range []string{"/api/v2/incidents/none.json", "/api/v2/", "/components/none/badge.svg"} {
				answer := ask(t, client, path, "")
				if answer.StatusCode != http.StatusNotFound || answer.Header.Get("Access-Control-Allow-Origin") != "*" {
					t.Errorf("%s: %s %v", path, answer.Status, answer.Header)
				}
			}
		})
	}
}

// forwarded is an address of this computer that leads to a client's server.
func forwarded(t *testing.T, client *http.Client) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	dial := client.Transport.(*http.Transport).DialContext
	go func() {
		for {
			in, err := listener.Accept()
			if err != nil {
				return
			}
			out, err := dial(context.Background(), "", "")
			if err != nil {
				_ = in.Close()
				continue
			}
			go func() { _, _ = io.Copy(out, in); _ = out.Close() }()
			go func() { _, _ = io.Copy(in, out); _ = in.Close() }()
		}
	}()
	return "http://" + listener.Addr().String()
}

// TestVerifyFindsNothingOnServersAsConfigured compares all files that nginx and
// Caddy serve.
func TestVerifyFindsNothingOnServersAsConfigured(t *testing.T) {
	for name, serve := range servers {
		for site, o := range map[string]generator.Options{"example": exampleOptions(), "neighbours": neighbours(t), "languages": languagesSite(t)} {
			t.Run(name+" "+site, func(t *testing.T) {
				public := t.TempDir()
				result, _, err := generator.Build(o, public, nil)
				if err != nil {
					t.Fatal(err)
				}
				address := forwarded(t, serve(t, public))
				report, err := verify.Site(t.Context(), address, result, verify.Options{Build: o, Sample: len(result.Output.Routes), Whole: time.Hour})
				if err != nil {
					t.Fatal(err)
				}
				if len(report.Findings) > 0 || report.Files < len(result.Output.Routes)-3 {
					var text strings.Builder
					_ = report.Text(&text)
					t.Error(text.String())
				}
			})
		}
	}
}
