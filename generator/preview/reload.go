package preview

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"allclear/generator/output"
)

// The preview's own files are in a folder that no site can have.
const (
	ownFolder  = "/.allclear/"
	scriptPath = ownFolder + "preview.js"
	stylePath  = ownFolder + "preview.css"
	eventsPath = ownFolder + "events"
)

//go:embed preview.js
var script string

//go:embed preview.css
var style string

// scriptElement is what the preview adds to a page. It loads a file, since the
// site's Content-Security-Policy forbids inline scripts.
func scriptElement(generation int64) string {
	return fmt.Sprintf("<script src=%q data-generation=\"%d\" defer></script>\n", scriptPath, generation)
}

// serveOwn serves the preview's own files.
func (h *handler) serveOwn(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	switch r.URL.Path {
	case scriptPath:
		w.Header().Set("Content-Type", output.ContentType(scriptPath))
		fmt.Fprint(w, script)
	case stylePath:
		w.Header().Set("Content-Type", output.ContentType(stylePath))
		fmt.Fprint(w, style)
	case eventsPath:
		h.serveEvents(w, r)
	default:
		http.NotFound(w, r)
	}
}

// sameOrigin reports whether a request does not come from a page of another origin,
// not even by a link. Browsers send where it comes from; other programs may send
// nothing.
// https://www.w3.org/TR/fetch-metadata/
func sameOrigin(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" && !strings.EqualFold(origin, "http://"+r.Host) {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none": // none: typed by the user
		return true
	}
	return false
}

// message is a state as it is sent to a tab.
type message struct {
	Generation int64  `json:"generation"`
	Pages      int64  `json:"pages"`
	Problems   string `json:"problems"` // HTML of the overlay, "" for none
}

// serveEvents streams the state and each that follows, as server-sent events.
// A slow reader misses some states, but never the newest.
// https://html.spec.whatwg.org/multipage/server-sent-events.html
func (h *handler) serveEvents(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	if r.Method == http.MethodHead {
		return
	}
	response := http.NewResponseController(w)
	// No more is read, and the stream has no end; each message has a limit of its own.
	_ = response.SetReadDeadline(time.Time{})
	_ = response.SetWriteDeadline(time.Time{})
	fmt.Fprint(w, "retry: 300\n\n") // milliseconds until the browser reconnects, after a restart
	for {
		now, changed := h.hub.current()
		m := message{Generation: now.generation, Pages: now.pages}
		if now.site != nil { // else the page itself lists the problems
			m.Problems = now.problems
		}
		data, err := json.Marshal(m)
		if err != nil {
			return
		}
		slow := time.AfterFunc(usualLimits.response, func() { _ = response.SetWriteDeadline(time.Unix(1, 0)) })
		fmt.Fprintf(w, "data: %s\n\n", data)
		err = response.Flush()
		slow.Stop()
		if err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-changed:
		}
	}
}
