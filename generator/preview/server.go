package preview

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"allclear/generator/output"
)

// shutdownTime is how long running responses may take when the preview ends.
const shutdownTime = time.Second

// limits are how long a connection may take, so that slow and forgotten ones end.
type limits struct {
	request  time.Duration // to send a request
	response time.Duration // to receive the response, or one message of a stream
	idle     time.Duration // between two requests
}

var usualLimits = limits{request: 10 * time.Second, response: 30 * time.Second, idle: time.Minute}

// maxHeader is how many bytes the headers of a request may have.
const maxHeader = 64 << 10

// serve answers requests until ctx ends. If the server fails it sends the error on
// the channel. Streams end with ctx, since it is the base of their contexts.
func serve(ctx context.Context, running *sync.WaitGroup, listener net.Listener, h http.Handler, l limits) <-chan error {
	server := &http.Server{
		Handler:        h,
		BaseContext:    func(net.Listener) context.Context { return ctx },
		ReadTimeout:    l.request,
		WriteTimeout:   l.response,
		IdleTimeout:    l.idle,
		MaxHeaderBytes: maxHeader,
		ErrorLog:       log.New(io.Discard, "", 0), // errors of clients
	}
	failed := make(chan error, 1)
	running.Go(func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			failed <- err
		}
	})
	running.Go(func() {
		<-ctx.Done()
		last, stop := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
		defer stop()
		if server.Shutdown(last) != nil {
			server.Close()
		}
	})
	return failed
}

// handler serves the hub's site as a host would.
type handler struct {
	hub   *hub
	hosts map[string]bool // the accepted Host headers
}

// newHandler makes a handler that accepts only its own address and localhost as the
// Host. Another site's name may resolve to 127.0.0.1 (DNS rebinding), but then the
// browser sends that name.
func newHandler(b *hub, addr net.Addr) *handler {
	h := &handler{hub: b, hosts: map[string]bool{addr.String(): true}}
	if _, port, err := net.SplitHostPort(addr.String()); err == nil {
		h.hosts[net.JoinHostPort("localhost", port)] = true
		if port == "80" {
			h.hosts["localhost"], h.hosts[strings.TrimSuffix(addr.String(), ":80")] = true, true
		}
	}
	return h
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case !h.hosts[strings.ToLower(r.Host)]:
		refuse(w, http.StatusForbidden, "the preview answers only to its own address, not to "+strconv.Quote(r.Host))
	case !sameOrigin(r):
		refuse(w, http.StatusForbidden, "the preview shows drafts, and answers only to its own pages; to open it, type or paste its address into the browser: http://"+r.Host+"/")
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		refuse(w, http.StatusMethodNotAllowed, "the preview answers only GET and HEAD")
	case !validPath(r.URL.Path):
		refuse(w, http.StatusBadRequest, "the path is outside the site")
	case strings.HasPrefix(r.URL.Path, ownFolder):
		h.serveOwn(w, r)
	default:
		h.serveSite(w, r)
	}
}

func refuse(w http.ResponseWriter, status int, why string) {
	w.Header().Set("Cache-Control", "no-store")
	http.Error(w, why, status)
}

// validPath reports whether a decoded path stays below the root. It is a second
// defence, since only routes are served.
func validPath(requested string) bool {
	if !strings.HasPrefix(requested, "/") || strings.ContainsAny(requested, "\\\x00") {
		return false
	}
	for part := range strings.SplitSeq(requested, "/") {
		if part == "." || part == ".." {
			return false
		}
	}
	return true
}

// serveSite tries what a host tries, in the same order: forced redirects, files,
// other redirects, a folder without its slash, 404.html.
func (h *handler) serveSite(w http.ResponseWriter, r *http.Request) {
	now, _ := h.hub.current()
	s := now.site
	if s == nil {
		serveProblems(w, http.StatusServiceUnavailable, now.problems, now.generation)
		return
	}
	requested, escaped := r.URL.Path, r.URL.EscapedPath()
	if to, status := s.redirect(escaped, true); status != 0 {
		redirect(w, to, status)
		return
	}
	if _, ok := s.find(requested); ok {
		h.serveFile(w, r, s, requested, http.StatusOK)
		return
	}
	if to, status := s.redirect(escaped, false); status != 0 {
		redirect(w, to, status)
		return
	}
	if _, ok := s.find(requested + "/"); ok {
		target := *r.URL
		target.Scheme, target.Host, target.User = "", "", nil
		target.Path, target.RawPath = requested+"/", ""
		redirect(w, target.String(), http.StatusMovedPermanently)
		return
	}
	h.serveFile(w, r, s, "/404.html", http.StatusNotFound)
}

// redirect redirects without caching, since another site may be previewed at the
// same address later.
func redirect(w http.ResponseWriter, to string, status int) {
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Location", to)
	w.WriteHeader(status)
}

// staleAge is an Age greater than every max-age in _headers. With it the site's own
// Cache-Control is sent, and yet a browser asks each time, and gets a 304 if
// nothing changed.
const staleAge = 365 * 24 * 60 * 60

func (h *handler) serveFile(w http.ResponseWriter, r *http.Request, s *site, requested string, status int) {
	route, ok := s.find(requested)
	if !ok {
		http.NotFound(w, r) // a theme without a 404.html
		return
	}
	body, etag, err := s.render(route)
	if err != nil {
		serveProblems(w, http.StatusInternalServerError, problems(nil, err), s.generation)
		return
	}
	header := w.Header()
	header.Set("Content-Type", output.ContentType(route.Path))
	for _, h := range private(s.result.Output.HeadersOf(requested)) {
		header.Set(h.Name, h.Value)
	}
	if status != http.StatusOK {
		header.Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(status)
		if r.Method != http.MethodHead {
			_, _ = w.Write(body) // the client may be gone
		}
		return
	}
	if dest := r.Header.Get("Sec-Fetch-Dest"); dest != "" && dest != "document" {
		// A 304 has no Content-Type. If Chromium revalidates a style in the background
		// (stale-while-revalidate) it may take that for the style's type.
		r.Header.Del("If-None-Match")
	}
	header.Set("ETag", etag)
	header.Set("Age", strconv.Itoa(staleAge))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// private is a rule's headers without what lets other origins read or show a file:
// a published site is for everybody, but the preview has drafts.
func private(headers []output.Header) []output.Header {
	var all []output.Header
	for _, h := range headers {
		switch {
		case strings.HasPrefix(h.Name, "Access-Control-"), h.Name == "Cross-Origin-Resource-Policy":
			continue
		case h.Name == "Content-Security-Policy":
			h.Value = strings.Replace(h.Value, "frame-ancestors *", "frame-ancestors 'self'", 1)
		}
		all = append(all, h)
	}
	return append(all, output.Header{Name: "Cross-Origin-Resource-Policy", Value: "same-origin"})
}
