package recorder_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"allclear/generator/importer"
	"allclear/generator/importer/recorder"
	"allclear/generator/importer/statuspage"
	"allclear/generator/importer/testimport"
)

var now = time.Date(2026, 11, 15, 12, 0, 0, 0, time.UTC)

func event(code string, created time.Time) map[string]any {
	at, over := created.Format(time.RFC3339), created.Add(time.Hour).Format(time.RFC3339)
	return map[string]any{
		"id": code, "name": "Event " + code, "status": "resolved", "impact": "minor", "created_at": at, "updated_at": over, "resolved_at": over,
		"incident_updates": []any{
			map[string]any{"id": code + "b", "status": "resolved", "body": "It is over.", "display_at": over},
			map[string]any{"id": code + "a", "status": "investigating", "body": "We look into it.", "display_at": at},
		},
	}
}

// page has an event every so often, newest first.
func page(events int, every time.Duration) *testimport.Page {
	p := &testimport.Page{
		Form: "history.json", Now: now,
		Page:       map[string]any{"id": "p1", "name": "Example", "url": "https://status.example.com"},
		Components: []any{map[string]any{"id": "c1", "name": "API", "status": "operational", "created_at": "2020-01-01T00:00:00Z"}},
	}
	for i := range events {
		p.Events = append(p.Events, event(fmt.Sprintf("e%d", i), now.Add(-time.Duration(i+1)*every)))
	}
	return p
}

// visit is a page, a clock and a folder for the answers.
type visit struct {
	*testing.T
	page    *testimport.Page
	clock   *testimport.Clock
	server  *httptest.Server
	folder  string
	refresh bool
	lines   []string
}

func start(t *testing.T, p *testimport.Page) *visit {
	v := &visit{T: t, page: p, clock: &testimport.Clock{At: now}, folder: filepath.Join(t.TempDir(), "recorded")}
	v.server = httptest.NewServer(p)
	t.Cleanup(v.server.Close)
	return v
}

// record records the page, and returns what was asked for and what is reported.
func (v *visit) record(ctx context.Context) (asked []string, report *importer.Report, err error) {
	v.page.Asked, report = nil, &importer.Report{}
	_, err = recorder.Record(ctx, v.server.URL, recorder.Options{
		Folder: v.folder, Rate: 2, Refresh: v.refresh, Now: v.clock.Now, Wait: v.clock.Wait,
		Progress: func(line string) { v.lines = append(v.lines, line) },
	}, report)
	return v.page.Asked, report, err
}

// events is how many events an import of the folder finds.
func (v *visit) events() int {
	v.Helper()
	report := &importer.Report{}
	if err := statuspage.Import(v.folder, importer.Options{Content: filepath.Join(v.TempDir(), "content"), Now: now}, report); err != nil {
		v.Fatal(err)
	}
	return report.In
}

func (v *visit) expect(err error, report *importer.Report, events int) {
	v.Helper()
	if err != nil || report.LeftOut() > 0 {
		v.Error(err, testimport.Printed(v.T, report))
	}
	if n := v.events(); n != events {
		v.Errorf("%d of %d events were recorded", n, events)
	}
}

func TestAWholeHistoryIsRecorded(t *testing.T) {
	for _, form := range []string{"history.json", "history"} {
		v := start(t, page(300, 5*24*time.Hour))
		v.page.Form = form
		began := v.clock.At
		asked, report, err := v.record(t.Context())
		v.expect(err, report, 300)
		if pace := v.clock.At.Sub(began) / time.Duration(len(asked)-1); pace < 500*time.Millisecond {
			t.Errorf("%s: a request every %s, in all %d", form, pace, len(asked))
		}
		if !slices.ContainsFunc(v.lines, func(line string) bool { return strings.HasSuffix(line, "of 250 events, about 2 min left") }) {
			t.Errorf("%s: the progress is %q", form, v.lines[:10])
		}
	}
}

func TestALaterRunAsksOnlyForWhatMayHaveChanged(t *testing.T) {
	v := start(t, page(120, 2*24*time.Hour))
	open := v.page.Events[100]
	open["status"] = "monitoring"
	_, report, err := v.record(t.Context())
	v.expect(err, report, 120)
	v.clock.At = v.clock.At.Add(24 * time.Hour)

	singles := func(asked []string) (codes []string) {
		for _, a := range asked {
			if code, ok := strings.CutPrefix(a, "api/v2/incidents/"); ok {
				codes = append(codes, strings.TrimSuffix(code, ".json"))
			}
		}
		return codes
	}
	v.page.Events[80]["incident_updates"].([]any)[0].(map[string]any)["body"] = "It is over, and this is why."
	v.page.Events = append([]map[string]any{event("new", now)}, v.page.Events...)
	v.page.Events = append(v.page.Events, event("added-later", now.AddDate(-3, 0, 0)))
	asked, report, err := v.record(t.Context())
	v.expect(err, report, 122)
	if got := singles(asked); !slices.Equal(got, []string{"e80", "e100", "added-later"}) {
		t.Errorf("asked again for %q", got)
	}
	v.refresh = true
	if asked, _, _ = v.record(t.Context()); len(singles(asked)) != 122-50 {
		t.Errorf("with refresh it asked for %d events", len(singles(asked)))
	}
}

func TestAnInterruptedRunGoesOn(t *testing.T) {
	v := start(t, page(200, 24*time.Hour))
	ctx, cancel := context.WithCancel(t.Context())
	asked := map[string]int{}
	v.page.Before = func(_ http.ResponseWriter, r *http.Request) bool {
		asked[r.URL.Path]++
		if len(asked) == 60 {
			cancel()
		}
		return false
	}
	_, _, err := v.record(ctx)
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "run the same command again") {
		t.Error(err)
	}
	_, report, err := v.record(t.Context())
	v.expect(err, report, 200)
	var twice []string
	for path, n := range asked {
		if strings.HasPrefix(path, "/api/v2/incidents/") && n > 1 {
			twice = append(twice, path)
		}
	}
	if len(twice) > 1 { // the one at which it was interrupted
		t.Errorf("%q were asked for twice", twice)
	}
}

func TestQuietYearsAreNoEnd(t *testing.T) {
	v := start(t, page(3, 24*time.Hour))
	v.page.Events = append(v.page.Events, event("old", time.Date(2020, 2, 1, 0, 0, 0, 0, time.UTC)), event("before-the-page", time.Date(2018, 6, 1, 0, 0, 0, 0, time.UTC)))
	asked, report, err := v.record(t.Context())
	v.expect(err, report, 5)
	if len(asked) > 60 {
		t.Errorf("it asked %d times for 5 events", len(asked))
	}
}

func TestAHistoryMayEndWithAPageThatIsNotThere(t *testing.T) {
	v := start(t, page(100, 3*24*time.Hour))
	v.page.Before = func(w http.ResponseWriter, r *http.Request) bool {
		if n, _ := strconv.Atoi(r.URL.Query().Get("page")); n < 5 {
			return false
		}
		http.NotFound(w, r)
		return true
	}
	_, report, err := v.record(t.Context())
	v.expect(err, report, 100)
}

func TestAPageThatSaysItIsAskedTooOftenIsObeyed(t *testing.T) {
	v := start(t, page(100, 7*24*time.Hour))
	refused := map[string]bool{}
	v.page.Before = func(w http.ResponseWriter, r *http.Request) bool {
		name := r.URL.RequestURI()
		if refused[name] || len(v.page.Asked)%20 != 0 {
			return false
		}
		refused[name] = true
		switch len(refused) {
		case 1:
			w.Header().Set("Retry-After", "90")
		case 2:
			w.Header().Set("Retry-After", v.clock.At.Add(2*time.Minute).UTC().Format(http.TimeFormat))
		}
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	}
	asked, report, err := v.record(t.Context())
	v.expect(err, report, 100)
	if least := 90*time.Second + 2*time.Minute + 30*time.Second + time.Duration(len(asked)-30)*time.Second; v.clock.Waited < least {
		t.Errorf("it waited %s, not %s", v.clock.Waited, least)
	}
}

func TestAPageThatAsksForTooMuchPatienceEndsTheRun(t *testing.T) {
	for _, after := range []string{"7200", ""} {
		v := start(t, page(100, 7*24*time.Hour))
		v.page.Before = func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.HasPrefix(r.URL.Path, "/api/v2/incidents/") {
				return false
			}
			w.Header().Set("Retry-After", after)
			w.WriteHeader(http.StatusTooManyRequests)
			return true
		}
		_, _, err := v.record(t.Context())
		if err == nil || !strings.Contains(err.Error(), "asked too often") || !strings.Contains(err.Error(), v.folder) {
			t.Error(err)
		}
		if n := v.events(); n != 50 {
			t.Errorf("%d events of the API's list were kept", n)
		}
	}
}

func TestWhatCannotBeReadIsReportedAndTheRestIsIn(t *testing.T) {
	for _, test := range []struct {
		name   string
		fault  func(v *visit, w http.ResponseWriter, r *http.Request) bool
		events int
		want   string
	}{
		{"a page of the history", func(_ *visit, w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Query().Get("page") != "4" {
				return false
			}
			w.WriteHeader(http.StatusInternalServerError)
			return true
		}, 86, "/history.json?page=4: the answer is 500 Internal Server Error): events before March 2026 are not in"},
		{"the first page of it", func(_ *visit, w http.ResponseWriter, r *http.Request) bool {
			if !strings.HasPrefix(r.URL.Path, "/history") {
				return false
			}
			w.WriteHeader(http.StatusBadGateway)
			return true
		}, 50, "/history.json?page=1: the answer is 502 Bad Gateway): only the 50 events"},
		{"one event", func(_ *visit, w http.ResponseWriter, r *http.Request) bool {
			if !strings.HasSuffix(r.URL.Path, "/e70.json") {
				return false
			}
			fmt.Fprint(w, "<html>")
			return true
		}, 99, `the history lists "Event e70", but it can't be read: `},
		{"another event in its place", func(_ *visit, w http.ResponseWriter, r *http.Request) bool {
			if !strings.HasSuffix(r.URL.Path, "/e70.json") {
				return false
			}
			fmt.Fprint(w, `{"incident":{"id":"e71"}}`)
			return true
		}, 99, "the answer is not that event"},
		{"the same page for ever", func(v *visit, w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == "/history.json" && r.URL.RawQuery != "page=1" {
				http.Redirect(w, r, "/history.json?page=1", http.StatusFound)
				return true
			}
			return false
		}, 50, "its page 2 begins with November 2026 again"},
		{"no history", func(_ *visit, w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path != "/history.json" {
				return false
			}
			http.NotFound(w, r)
			return true
		}, 50, "only the newest 50 events, which its API gives, are in"},
	} {
		t.Run(test.name, func(t *testing.T) {
			v := start(t, page(100, 4*24*time.Hour))
			if strings.HasPrefix(test.name, "a page") {
				v.page.Events = page(100, 3*24*time.Hour).Events
			}
			v.page.Before = func(w http.ResponseWriter, r *http.Request) bool { return test.fault(v, w, r) }
			_, report, err := v.record(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if text := testimport.Printed(t, report); report.LeftOut() != 1 || !strings.Contains(text, test.want) {
				t.Error(text)
			}
			if n := v.events(); n != test.events {
				t.Errorf("%d events are in", n)
			}
		})
	}
}

func TestAHostilePageIsBounded(t *testing.T) {
	p := page(60, 24*time.Hour)
	v := start(t, p)
	p.Before = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/history.json" {
			return false
		}
		n := len(p.Asked)
		fmt.Fprintf(w, `{"months":[{"name":"Month %d","year":%d,"incidents":[{"code":"../../etc/passwd","name":"x"}, 7, null, {"code":"ok%d"}]}]}`, n, n, n)
		return true
	}
	asked, _, err := v.record(t.Context())
	if err != nil && !strings.Contains(err.Error(), "in a row") || len(asked) > 2000 {
		t.Errorf("%d requests, %v", len(asked), err)
	}
	if files, _ := filepath.Glob(filepath.Join(v.folder, "..", "*")); len(files) != 1 {
		t.Errorf("it wrote %q", files)
	}
}

func TestEventsThatCannotBeReadInARowEndTheRun(t *testing.T) {
	v := start(t, page(100, 24*time.Hour))
	v.page.Before = func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasPrefix(r.URL.Path, "/api/v2/incidents/") {
			return false
		}
		w.WriteHeader(http.StatusInternalServerError)
		return true
	}
	if _, _, err := v.record(t.Context()); err == nil || !strings.Contains(err.Error(), "5 events in a row could not be read") {
		t.Error(err)
	}
}

func TestAnAddressThatIsNoPageIsAnError(t *testing.T) {
	elsewhere := httptest.NewServer(http.NotFoundHandler())
	defer elsewhere.Close()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, "/html/"):
			fmt.Fprint(w, "\n<!DOCTYPE html><title>Log in</title>")
		case strings.HasPrefix(r.URL.Path, "/elsewhere/"):
			http.Redirect(w, r, elsewhere.URL, http.StatusFound)
		case strings.HasPrefix(r.URL.Path, "/round/"):
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
		case strings.HasPrefix(r.URL.Path, "/list/"):
			fmt.Fprint(w, `[1]`)
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	for address, want := range map[string]string{
		"http://127.0.0.1:1":                   "connection refused",
		server.URL + "/html":                   "HTML, not JSON",
		server.URL + "/elsewhere":              "redirects to another host",
		server.URL + "/round":                  "redirects too often",
		server.URL + "/nothing":                "404",
		server.URL + "/list":                   "not that of Statuspage's API",
		"http://status.example.com":            "--insecure-http",
		"https://user:word@status.example.com": "is not the address of a site",
	} {
		clock := &testimport.Clock{At: now}
		folder := filepath.Join(t.TempDir(), "recorded")
		_, err := recorder.Record(t.Context(), address, recorder.Options{Folder: folder, Rate: 2, Now: clock.Now, Wait: clock.Wait, Progress: func(string) {}}, &importer.Report{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", address, err)
		}
		if clock.Waited > time.Minute {
			t.Errorf("%s: it waited %s", address, clock.Waited)
		}
		if _, err := os.Stat(folder); err == nil {
			t.Errorf("%s: it made the folder", address)
		}
	}
}

func TestTheFolderIsNamedAfterThePage(t *testing.T) {
	for address, want := range map[string]string{
		"https://status.example.com":                       "statuspage-status.example.com",
		"https://status.example.com/history.json?page=2":   "statuspage-status.example.com",
		"https://example.com/status/api/v2/incidents.json": "statuspage-example.com-status",
		"http://127.0.0.1:8080/../../x":                    "statuspage-127.0.0.1-8080-..-..-x",
	} {
		if got := recorder.Folder(address); got != want {
			t.Errorf("%s: %s", address, got)
		}
	}
}

func TestThreeThousandEventsAreRecorded(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of requests take some seconds")
	}
	v := start(t, page(3000, 20*time.Hour))
	asked, report, err := v.record(t.Context())
	v.expect(err, report, 3000)
	if len(asked) > 3100 {
		t.Errorf("it asked %d times", len(asked))
	}
}
