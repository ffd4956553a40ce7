package preview_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/preview"
)

// timeout is how long a test waits at most. It is long, since a machine may be
// busy.
const timeout = 60 * time.Second

// noon is the instant of the previews without a clock.
var noon = time.Date(2022, 12, 5, 12, 0, 0, 0, time.UTC)

// served is a running preview, seen by its user and its clients.
type served struct {
	t       testing.TB
	folder  string // holds content/ and themes/
	theme   fs.FS  // the default theme
	url     string // without a slash at its end
	rebuilt chan preview.Rebuild
	notes   chan string
	stop    func() error // ends the preview and returns the error of Run
}

// serveFolder runs a preview of folder/content until the test ends.
func serveFolder(t testing.TB, folder string, change func(*preview.Options)) *served {
	t.Helper()
	theme, err := filepath.Abs("../../themes/default")
	must(t, err)
	s := &served{t: t, folder: folder, theme: os.DirFS(theme), rebuilt: make(chan preview.Rebuild, 10000), notes: make(chan string, 100)}
	ready := make(chan string, 1)
	o := preview.Options{
		Site: generator.Options{
			Content: filepath.Join(folder, "content"),
			Theme:   s.theme,
			Now:     noon,
			Pinned:  true,
		},
		Clock:   time.Now,
		Addr:    "127.0.0.1:0",
		Ready:   func(url string) { ready <- strings.TrimSuffix(url, "/") },
		Rebuilt: func(r preview.Rebuild) { s.rebuilt <- r },
		Note:    func(note string) { s.notes <- note },
	}
	if change != nil {
		change(&o)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- preview.Run(ctx, o) }()
	s.stop = func() error {
		cancel()
		select {
		case err := <-ended:
			ended <- err // for the next call
			return err
		case <-time.After(timeout):
			t.Error("the preview did not end")
			return nil
		}
	}
	t.Cleanup(func() { _ = s.stop() })
	select {
	case s.url = <-ready:
	case err := <-ended:
		t.Fatalf("the preview ended before it began: %v", err)
	case <-time.After(timeout):
		t.Fatal("the preview did not begin")
	}
	s.next() // the first build
	return s
}

// next is the next rebuild that is reported to the user.
func (s *served) next() preview.Rebuild {
	s.t.Helper()
	select {
	case r := <-s.rebuilt:
		return r
	case <-time.After(timeout):
		s.t.Fatal("there was no rebuild")
		return preview.Rebuild{}
	}
}

// until waits for rebuilds until a condition holds.
func (s *served) until(what string, reached func() bool) {
	s.t.Helper()
	deadline := time.After(timeout)
	for !reached() {
		select {
		case <-s.rebuilt:
		case <-deadline:
			s.t.Fatalf("never seen: %s", what)
		}
	}
}

// shows waits until a page contains a text.
func (s *served) shows(path, text string) {
	s.t.Helper()
	s.until(path+" contains "+text, func() bool { return strings.Contains(s.get(path), text) })
}

// hides waits until a page does not contain a text.
func (s *served) hides(path, text string) {
	s.t.Helper()
	s.until(path+" no longer does not contain "+text, func() bool { return !strings.Contains(s.get(path), text) })
}

func (s *served) get(path string) string {
	s.t.Helper()
	_, body := s.ask(http.MethodGet, path, nil)
	return body
}

// ask makes one request and follows no redirect.
func (s *served) ask(method, path string, header http.Header) (*http.Response, string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), timeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, s.url, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	request.URL.Opaque = path // unchanged, with ".." too
	for name, values := range header {
		request.Header[name] = values
	}
	if host := header.Get("Host"); host != "" {
		request.Host = host
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return response, string(body)
}

// tabState is one state as it is sent to a tab.
type tabState struct {
	Generation, Pages int64
	Problems          string
}

// listen connects like a tab, and returns the states that it receives and a
// function that disconnects. The channel is closed when the stream ends.
func (s *served) listen() (<-chan tabState, func()) {
	s.t.Helper()
	ctx, disconnect := context.WithCancel(context.Background())
	s.t.Cleanup(disconnect)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/.allclear/events", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		s.t.Fatal(err)
	}
	if kind := response.Header.Get("Content-Type"); kind != "text/event-stream" {
		s.t.Fatalf("the stream's Content-Type is %q", kind)
	}
	states := make(chan tabState, 1000)
	go func() {
		defer close(states)
		defer response.Body.Close()
		lines := bufio.NewScanner(response.Body)
		lines.Buffer(nil, 1<<24)
		for lines.Scan() {
			data, ok := strings.CutPrefix(lines.Text(), "data: ")
			var state tabState
			if ok && json.Unmarshal([]byte(data), &state) == nil {
				states <- state
			}
		}
	}()
	return states, disconnect
}

// await receives the next value.
func await[T any](t testing.TB, from <-chan T) T {
	t.Helper()
	select {
	case v, ok := <-from:
		if !ok {
			t.Fatal("the stream ended")
		}
		return v
	case <-time.After(timeout):
		t.Fatal("nothing was received")
		panic("unreachable")
	}
}

var scriptElement = regexp.MustCompile(`<script src="/\.allclear/preview\.js" data-generation="\d+" defer></script>\n`)

// differenceToFresh compares the preview with a fresh Check of the same files:
// every route of a good site, the diagnostics of another.
func (s *served) differenceToFresh() string {
	s.t.Helper()
	states, disconnect := s.listen()
	state := await(s.t, states)
	disconnect()
	fresh, err := generator.Check(generator.Options{
		Content: filepath.Join(s.folder, "content"), BaseURL: s.url, Drafts: true, Now: noon, Pinned: true,
		Theme: s.theme,
	})
	if err != nil {
		if state.Problems == "" {
			return fmt.Sprintf("the preview has no problems, a fresh build %v", err)
		}
		return ""
	}
	if fresh.Diagnostics.HasErrors() {
		return s.problemsLike(fresh.Diagnostics, state.Problems)
	}
	if state.Problems != "" {
		return "the preview has problems, a fresh build none: " + state.Problems
	}
	for _, route := range fresh.Output.Routes {
		var want bytes.Buffer
		if err := route.Write(&want); err != nil {
			return err.Error()
		}
		got := scriptElement.ReplaceAllString(s.get("/"+route.Path), "")
		if diff := cmp.Diff(want.String(), got); diff != "" {
			return fmt.Sprintf("%s (-fresh +preview):\n%s", route.Path, diff)
		}
	}
	return ""
}

func (s *served) problemsLike(fresh diag.List, problems string) string {
	if problems == "" {
		return "a fresh build has problems, the preview none: " + fresh.Summary()
	}
	if got := strings.Count(problems, "<li "); got != len(fresh) {
		return fmt.Sprintf("a fresh build has %d diagnostics, the preview %d", len(fresh), got)
	}
	for _, d := range fresh {
		if !strings.Contains(problems, ">"+d.Position.String()+"<") {
			return "the preview does not list " + d.Position.String()
		}
	}
	return ""
}

// becomesFresh waits until the preview equals a fresh build.
func (s *served) becomesFresh() {
	s.t.Helper()
	deadline := time.After(timeout)
	for {
		diff := s.differenceToFresh()
		if diff == "" {
			return
		}
		select {
		case <-s.rebuilt:
		case <-deadline:
			s.t.Fatalf("the preview is still different from a fresh build: %s", diff)
		}
	}
}

const siteYAML = `title: Example
url: https://status.example.com
components:
  - { id: website, name: Website }
  - { id: api, name: API }
`

// incident is an incident file with a title.
func incident(title string) string {
	return "---\ntitle: " + title + "\ncomponent: api\nseverity: minor\n" +
		"investigating: 2022-12-01 04:03 UTC\nresolved: 2022-12-01 05:10 UTC\n---\n\n" +
		"Answers take several seconds.\n\n## Resolved\n\nAnswers are fast again.\n"
}

// newFolder makes a folder with a small site in content/.
func newFolder(t testing.TB) string {
	t.Helper()
	folder := t.TempDir()
	write(t, filepath.Join(folder, "content/site.yaml"), siteYAML)
	write(t, filepath.Join(folder, "content/incidents/api-is-slow.md"), incident("The API is slow"))
	return folder
}

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func must(t testing.TB, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}
