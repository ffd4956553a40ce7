// Package testbrowser serves an output over HTTP as a host would, and runs scripts
// of tools/ that drive a browser. It is only for tests; the program never imports
// it.
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
	"time"

	"allclear/generator/output"
	"allclear/generator/testneed"
)

// Server serves an output with the headers of its rules.
type Server struct {
	*httptest.Server
	current atomic.Pointer[output.Output]
	date    string // of every answer; "" for that of the machine
}

// Serve serves an output until the test ends.
func Serve(t testing.TB, out *output.Output) *Server {
	t.Helper()
	s := &Server{}
	s.current.Store(out)
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// ServeAt serves an output as if it were always an instant.
func ServeAt(t testing.TB, out *output.Output, now time.Time) *Server {
	t.Helper()
	s := Serve(t, out)
	s.date = now.UTC().Format(http.TimeFormat)
	return s
}

// Show replaces the output that is served, as a deployment does.
func (s *Server) Show(out *output.Output) { s.current.Store(out) }

// ServeHTTP serves the file at a path, or 404.html if there is none, as hosts do.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	out := s.current.Load()
	if s.date != "" {
		w.Header().Set("Date", s.date)
	}
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
	_, _ = b.WriteTo(w) // the browser may be gone
}

// headers are the headers of the rule that matches a path. A path without a rule has
// those of the root's pages.
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

// Script runs a script of tools/ in Node.js. The script reads input as JSON, and its
// JSON output is decoded into result.
func Script(t testing.TB, script string, input, result any) {
	t.Helper()
	tools := testneed.Node(t)
	stdin, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "node", script)
	command.Dir = tools
	command.Stdin = bytes.NewReader(stdin)
	var stderr strings.Builder
	command.Stderr = &stderr
	stdout, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", script, err, stderr.String())
	}
	if err := json.Unmarshal(stdout, result); err != nil {
		t.Fatalf("%s: %v\n%s", script, err, stdout)
	}
}
