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

// patience is how long a test waits for what has to come. It is no measure of
// speed: a busy machine may take its time.
const patience = 60 * time.Second

// noon is the instant of every preview here whose clock stands still.
var noon = time.Date(2022, 12, 5, 12, 0, 0, 0, time.UTC)

// served is a preview that runs, as its user and its clients see it.
type served struct {
	t       testing.TB
	folder  string // holds content/ and themes/
	theme   fs.FS  // the default one
	url     string // without a slash at its end
	rebuilt chan preview.Rebuild
	notes   chan string
	stop    func() error // ends the preview and returns what Run did
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
			ended <- err // for the next who asks
			return err
		case <-time.After(patience):
			t.Error("the preview does not end")
			return nil
		}
	}
	t.Cleanup(func() { _ = s.stop() })
	select {
	case s.url = <-ready:
	case err := <-ended:
		t.Fatalf("the preview ended before it began: %v", err)
	case <-time.After(patience):
		t.Fatal("the preview does not begin")
	}
	s.next() // the first build
	return s
}

// next is the next rebuild that the user is told of.
func (s *served) next() preview.Rebuild {
	s.t.Helper()
	select {
	case r := <-s.rebuilt:
		return r
	case <-time.After(patience):
		s.t.Fatal("no rebuild comes")
		return preview.Rebuild{}
	}
}

// until waits for rebuilds until one leaves the preview in a state.
func (s *served) until(what string, reached func() bool) {
	s.t.Helper()
	deadline := time.After(patience)
	for !reached() {
		select {
		case <-s.rebuilt:
		case <-deadline:
			s.t.Fatalf("never seen: %s", what)
		}
	}
}

// shows waits until a page holds a text.
func (s *served) shows(path, text string) {
	s.t.Helper()
	s.until(path+" holds "+text, func() bool { return strings.Contains(s.get(path), text) })
}

// hides waits until a page does not hold a text.
func (s *served) hides(path, text string) {
	s.t.Helper()
	s.until(path+" no longer holds "+text, func() bool { return !strings.Contains(s.get(path), text) })
}

func (s *served) get(path string) string {
	s.t.Helper()
	_, body := s.ask(http.MethodGet, path, nil)
	return body
}

// ask makes one request and follows no redirect.
func (s *served) ask(method, path string, header http.Header) (*http.Response, string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, method, s.url, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	request.URL.Opaque = path // as it stands, ".." too
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

// told is one state as a tab is told it.
type told struct {
	Generation, Pages int64
	Problems          string
}

// listen connects as a tab does, and returns what it is told, and a function
// that hangs up. The channel is closed when the stream ends.
func (s *served) listen() (<-chan told, func()) {
	s.t.Helper()
	ctx, hangUp := context.WithCancel(context.Background())
	s.t.Cleanup(hangUp)
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
	states := make(chan told, 1000)
	go func() {
		defer close(states)
		defer response.Body.Close()
		lines := bufio.NewScanner(response.Body)
		lines.Buffer(nil, 1<<24)
		for lines.Scan() {
			data, ok := strings.CutPrefix(lines.Text(), "data: ")
			var state told
			if ok && json.Unmarshal([]byte(data), &state) == nil {
				states <- state
			}
		}
	}()
	return states, hangUp
}

// await is the next that comes.
func await[T any](t testing.TB, from <-chan T) T {
	t.Helper()
	select {
	case v, ok := <-from:
		if !ok {
			t.Fatal("the stream ended")
		}
		return v
	case <-time.After(patience):
		t.Fatal("nothing comes")
		panic("unreachable")
	}
}

var scriptElement = regexp.MustCompile(`<script src="/\.allclear/preview\.js" data-generation="\d+" defer></script>\n`)

// likeCold compares the preview with a fresh Check of the same files: every
// route where that is good, the diagnostics where it is not.
func (s *served) likeCold() string {
	s.t.Helper()
	states, hangUp := s.listen()
	state := await(s.t, states)
	hangUp()
	cold, err := generator.Check(generator.Options{
		Content: filepath.Join(s.folder, "content"), BaseURL: s.url, Drafts: true, Now: noon, Pinned: true,
		Theme: s.theme,
	})
	if err != nil {
		if state.Problems == "" {
			return fmt.Sprintf("the preview has no problems, a fresh build %v", err)
		}
		return ""
	}
	if cold.Diagnostics.HasErrors() {
		return s.problemsLike(cold.Diagnostics, state.Problems)
	}
	if state.Problems != "" {
		return "the preview has problems, a fresh build none: " + state.Problems
	}
	for _, route := range cold.Output.Routes {
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

func (s *served) problemsLike(cold diag.List, problems string) string {
	if problems == "" {
		return "a fresh build has problems, the preview none: " + cold.Summary()
	}
	if got := strings.Count(problems, "<li "); got != len(cold) {
		return fmt.Sprintf("a fresh build has %d diagnostics, the preview %d", len(cold), got)
	}
	for _, d := range cold {
		if !strings.Contains(problems, ">"+d.Position.String()+"<") {
			return "the preview does not know of " + d.Position.String()
		}
	}
	return ""
}

// becomesLikeCold waits until the preview equals a fresh build.
func (s *served) becomesLikeCold() {
	s.t.Helper()
	deadline := time.After(patience)
	for {
		diff := s.likeCold()
		if diff == "" {
			return
		}
		select {
		case <-s.rebuilt:
		case <-deadline:
			s.t.Fatalf("the preview stays different from a fresh build: %s", diff)
		}
	}
}

const siteYAML = `title: Example
url: https://status.example.com
components:
  - { id: website, name: Website }
  - { id: api, name: API }
`

// incident is a file with a title to look for.
func incident(title string) string {
	return "---\ntitle: " + title + "\ncomponent: api\nseverity: minor\n" +
		"investigating: 2022-12-01 04:03 UTC\nresolved: 2022-12-01 05:10 UTC\n---\n\n" +
		"Answers take several seconds.\n\n## Resolved\n\nAnswers are fast again.\n"
}

// newFolder is a folder with a small site in content/.
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
