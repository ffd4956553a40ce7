// Package testbrowser serves an output over HTTP as a host would, and hands
// its address to a script of tools/ that drives a browser. It is for tests
// alone: no part of the program imports it.
package testbrowser

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path"
	"strings"
	"sync/atomic"
	"testing"

	"allclear/generator/output"
	"allclear/generator/testneed"
)

// Server serves one output at a time, with the headers of its rules.
type Server struct {
	*httptest.Server
	shown atomic.Pointer[output.Output]
}

// Serve begins to serve an output until the test ends.
func Serve(t testing.TB, out *output.Output) *Server {
	t.Helper()
	s := &Server{}
	s.shown.Store(out)
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// Show puts another output in the place of the one that is served, as a
// deployment does.
func (s *Server) Show(out *output.Output) { s.shown.Store(out) }

// ServeHTTP answers with the file of a path; a path that has none gets
// 404.html, as hosts do.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	out := s.shown.Load()
	for _, h := range headers(out, r.URL.Path) {
		w.Header().Set(h.Name, h.Value)
	}
	file := strings.TrimPrefix(r.URL.Path, "/")
	if strings.HasSuffix(r.URL.Path, "/") {
		file += "index.html"
	}
	if route := find(out, file); route != nil {
		write(w, route, http.StatusOK)
	} else if route := find(out, "404.html"); route != nil {
		write(w, route, http.StatusNotFound)
	} else {
		http.NotFound(w, r)
	}
}

func find(out *output.Output, file string) *output.Route {
	for i := range out.Routes {
		if out.Routes[i].Path == file {
			return &out.Routes[i]
		}
	}
	return nil
}

func write(w http.ResponseWriter, route *output.Route, code int) {
	var b bytes.Buffer
	if err := route.Write(&b); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	kind := mime.TypeByExtension(path.Ext(route.Path))
	if kind == "" {
		kind = "text/plain; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(code)
	_, _ = b.WriteTo(w) // a browser that went away is no fault of the site
}

// headers are those of the rule that a path falls under; one that falls under
// none gets those of the root's pages.
func headers(out *output.Output, path string) []output.Header {
	for _, rule := range out.Headers {
		folder, all := strings.CutSuffix(rule.Path, "*")
		if rule.Path == path || all && strings.HasPrefix(path, folder) {
			return rule.Headers
		}
	}
	if path == "/" {
		return nil
	}
	return headers(out, "/")
}

// Run runs a script that drives a browser, as [Script] does.
func Run(t testing.TB, script string, input, result any) {
	t.Helper()
	testneed.Browser(t)
	Script(t, script, input, result)
}

// Script runs a script of tools/ in node: it reads input as JSON and writes
// JSON, which is decoded into result.
func Script(t testing.TB, script string, input, result any) {
	t.Helper()
	tools := testneed.Node(t)
	given, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "node", script)
	command.Dir = tools
	command.Stdin = bytes.NewReader(given)
	var told strings.Builder
	command.Stderr = &told
	said, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", script, err, told.String())
	}
	if err := json.Unmarshal(said, result); err != nil {
		t.Fatalf("%s: %v\n%s", script, err, said)
	}
}
