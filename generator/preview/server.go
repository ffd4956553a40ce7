package preview

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"mime"
	"net"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

// farewell is how long answers under way may take when the preview ends.
const farewell = time.Second

// serve answers requests until ctx ends, and sends on the channel if it can't
// any more. Streams end with ctx, since it is the base of their contexts.
func serve(ctx context.Context, running *sync.WaitGroup, listener net.Listener, h *handler) <-chan error {
	server := &http.Server{
		Handler:           h,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0), // what clients do wrong
	}
	failed := make(chan error, 1)
	running.Go(func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			failed <- err // else it ended as it was told to
		}
	})
	running.Go(func() {
		<-ctx.Done()
		last, stop := context.WithTimeout(context.WithoutCancel(ctx), farewell)
		defer stop()
		if server.Shutdown(last) != nil {
			server.Close()
		}
	})
	return failed
}

// handler serves the board's site as a host would.
type handler struct {
	board *board
	hosts map[string]bool // what a request may call us
}

// newHandler makes a handler that answers to the address it listens on and to
// localhost. A page elsewhere can have its own name lead to 127.0.0.1, but
// not have the browser say another name than its own.
func newHandler(b *board, addr net.Addr) *handler {
	h := &handler{board: b, hosts: map[string]bool{addr.String(): true}}
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
		refuse(w, http.StatusForbidden, "the preview answers to its own address alone, not to "+strconv.Quote(r.Host))
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		refuse(w, http.StatusMethodNotAllowed, "the preview answers GET and HEAD alone")
	case leadsOut(r.URL.Path):
		refuse(w, http.StatusBadRequest, "the path leads out of the site")
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

// leadsOut reports whether a decoded path is none from the root down. Files
// are found by name among the routes and nowhere else, so this is a second
// lock.
func leadsOut(asked string) bool {
	if !strings.HasPrefix(asked, "/") || strings.ContainsAny(asked, "\\\x00") {
		return true
	}
	for part := range strings.SplitSeq(asked, "/") {
		if part == "." || part == ".." {
			return true
		}
	}
	return false
}

// serveSite follows the order of a host: forced redirects, files, other
// redirects, a folder without its slash, 404.html.
func (h *handler) serveSite(w http.ResponseWriter, r *http.Request) {
	now, _ := h.board.look()
	s := now.site
	if s == nil {
		serveProblems(w, http.StatusServiceUnavailable, now.problems, now.generation)
		return
	}
	asked, escaped := r.URL.Path, r.URL.EscapedPath()
	if to, status := s.redirect(escaped, true); status != 0 {
		redirect(w, to, status)
		return
	}
	if _, ok := s.find(asked); ok {
		h.serveFile(w, r, s, asked, http.StatusOK)
		return
	}
	if to, status := s.redirect(escaped, false); status != 0 {
		redirect(w, to, status)
		return
	}
	if _, ok := s.find(asked + "/"); ok {
		target := *r.URL
		target.Scheme, target.Host, target.User = "", "", nil
		target.Path, target.RawPath = asked+"/", ""
		redirect(w, target.String(), http.StatusMovedPermanently)
		return
	}
	h.serveFile(w, r, s, "/404.html", http.StatusNotFound)
}

// redirect sends on, for this once: another site may be previewed here next.
func redirect(w http.ResponseWriter, to string, status int) {
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Location", to)
	w.WriteHeader(status)
}

// stale is an Age beyond every freshness that _headers grants. With it the
// rules hold to the letter while a browser asks each time, and gets a 304
// where nothing changed.
const stale = 365 * 24 * 60 * 60

func (h *handler) serveFile(w http.ResponseWriter, r *http.Request, s *site, asked string, status int) {
	route, ok := s.find(asked)
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
	header.Set("Content-Type", contentType(route.Path))
	for _, h := range s.headers(asked) {
		header.Set(h.Name, h.Value)
	}
	if status != http.StatusOK {
		header.Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(status)
		if r.Method != http.MethodHead {
			_, _ = w.Write(body) // the reader may be gone
		}
		return
	}
	if dest := r.Header.Get("Sec-Fetch-Dest"); dest != "" && dest != "document" {
		// A 304 has no Content-Type, and Chromium may take that for the style's
		// where stale-while-revalidate lets it ask behind the page's back.
		r.Header.Del("If-None-Match")
	}
	header.Set("ETag", etag)
	header.Set("Age", strconv.Itoa(stale))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// contentTypes are those that a machine's own table may lack or differ in.
var contentTypes = map[string]string{
	".atom":        "application/atom+xml; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".htm":         "text/html; charset=utf-8",
	".html":        "text/html; charset=utf-8",
	".ics":         "text/calendar; charset=utf-8",
	".ico":         "image/x-icon",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".rss":         "application/rss+xml; charset=utf-8",
	".svg":         "image/svg+xml",
	".txt":         "text/plain; charset=utf-8",
	".webmanifest": "application/manifest+json",
	".woff2":       "font/woff2",
	".xml":         "application/xml",
	"":             "text/plain; charset=utf-8", // _headers, _redirects
}

func contentType(name string) string {
	extension := strings.ToLower(path.Ext(name))
	if known, ok := contentTypes[extension]; ok {
		return known
	}
	if known := mime.TypeByExtension(extension); known != "" {
		return known
	}
	return "application/octet-stream"
}
