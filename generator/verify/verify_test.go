package verify

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"allclear/generator/diag"
)

// middle changes an answer of a good host before it is sent.
func middle(change func(path string, w *httptest.ResponseRecorder)) func(*host) http.Handler {
	return func(good *host) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := httptest.NewRecorder()
			good.ServeHTTP(answer, r)
			change(r.URL.Path, answer)
			for name, values := range answer.Header() {
				w.Header()[name] = values
			}
			w.WriteHeader(answer.Code)
			_, _ = w.Write(answer.Body.Bytes())
		})
	}
}

// before answers some requests in place of a good host.
func before(answer func(w http.ResponseWriter, r *http.Request) bool) func(*host) http.Handler {
	return func(good *host) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !answer(w, r) {
				good.ServeHTTP(w, r)
			}
		})
	}
}

func without(name string) func(*host) http.Handler {
	return middle(func(_ string, w *httptest.ResponseRecorder) { w.Header().Del(name) })
}

func with(name, value string, only func(path string) bool) func(*host) http.Handler {
	return middle(func(path string, w *httptest.ResponseRecorder) {
		if w.Code == http.StatusOK && only(path) {
			w.Header().Set(name, value)
		}
	})
}

func ending(suffix string) func(string) bool {
	return func(path string) bool { return strings.HasSuffix(path, suffix) }
}

func everything(string) bool { return true }

// rewritten changes a file.
func rewritten(path string, change func([]byte) []byte) func(*host) http.Handler {
	return func(good *host) http.Handler {
		return middle(func(asked string, w *httptest.ResponseRecorder) {
			if asked == path && w.Code == http.StatusOK {
				w.Header().Set("Content-Encoding", "gzip")
				w.Body = bytes.NewBuffer(compressed(change(good.files[strings.TrimPrefix(path, "/")])))
			}
		})(good)
	}
}

// broken are hosts, each with one mistake, and what is found.
var broken = map[string]struct {
	host func(good *host) http.Handler
	want []string
	says string // in the text of the report
}{
	"as it should be":           {before(func(http.ResponseWriter, *http.Request) bool { return false }), nil, "all is as a build makes it"},
	"without a security header": {without("Content-Security-Policy"), []string{"header"}, "the header Content-Security-Policy is missing"},
	"another security header": {
		with("X-Frame-Options", "SAMEORIGIN", func(path string) bool { return path == "/history/" }), []string{"header"}, `"SAMEORIGIN" instead of "DENY"`,
	},
	"closed to other origins": {without("Access-Control-Allow-Origin"), []string{"cors", "cors-not-found", "preflight"}, ""},
	"no answer to a preflight": {before(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodOptions {
			http.Error(w, "no", http.StatusMethodNotAllowed)
		}
		return r.Method == http.MethodOptions
	}), []string{"preflight"}, "(OPTIONS) is answered with 405"},
	"the preflight allows no header": {without("Access-Control-Allow-Headers"), []string{"preflight"}, "may not send If-None-Match"},
	"cached for a day":               {with("Cache-Control", "public, max-age=86400", everything), []string{"cache"}, ""},
	"never cached":                   {with("Cache-Control", "no-cache", everything), nil, ""},
	"a fallback for an app": {func(good *host) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if good.files[strings.TrimPrefix(r.URL.Path, "/")] == nil && r.Method == http.MethodGet {
				r = r.Clone(r.Context())
				r.URL.Path = "/"
			}
			good.ServeHTTP(w, r)
		})
	}, []string{"not-found", "redirect"}, "answers with 200 instead of 404"},
	"ETags that gzip has changed": {middle(func(_ string, w *httptest.ResponseRecorder) {
		if etag := w.Header().Get("ETag"); etag != "" {
			w.Header().Set("ETag", strings.TrimSuffix(etag, `"`)+`-gzip"`)
		}
	}), []string{"conditional"}, "answers 200 instead of 304"},
	"no ETag": {without("ETag"), []string{"conditional"}, "neither ETag nor Last-Modified"},
	"always 304": {before(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("If-None-Match") != "" {
			w.WriteHeader(http.StatusNotModified)
		}
		return r.Header.Get("If-None-Match") != ""
	}), []string{"conditional"}, "a client that has another version"},
	"styles as text":            {with("Content-Type", "text/plain; charset=utf-8", ending(".css")), []string{"type"}, "the type is not text/css"},
	"feeds as XML":              {with("Content-Type", "application/xml", ending(".atom")), nil, ""},
	"without a type":            {with("Content-Type", "", ending(".json")), []string{"type"}, "the type is not application/json"},
	"without a character set":   {with("Content-Type", "text/plain", ending(".txt")), []string{"charset"}, "does not say charset=utf-8"},
	"another character set":     {with("Content-Type", "text/html; charset=iso-8859-1", ending("/")), []string{"charset"}, `"iso-8859-1"`},
	"the page says its own set": {with("Content-Type", "text/html", ending("/")), nil, ""},
	"not compressed": {func(good *host) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			again := r.Clone(r.Context())
			again.Header.Del("Accept-Encoding")
			good.ServeHTTP(w, again)
		})
	}, []string{"compression"}, ""},
	"does not say that it varies": {without("Vary"), []string{"vary"}, ""},
	"another encoding than asked": {with("Content-Encoding", "br", everything), []string{"encoding"}, `"br"`},
	"a file is missing": {before(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/incidents/2026-11-20-slow-api/" {
			http.NotFound(w, r)
			return true
		}
		return false
	}), []string{"missing"}, "/incidents/2026-11-20-slow-api/: error: the file is missing (404)"},
	"a login": {before(func(w http.ResponseWriter, r *http.Request) bool {
		if strings.HasPrefix(r.URL.Path, "/api/v2/summary") && r.Method == http.MethodGet {
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return true
		}
		return false
	}), []string{"status"}, "the host answers with 401"},
	"a file is cut off": {
		rewritten("/history.rss", func(body []byte) []byte { return body[:100] }), []string{"truncated"}, "100 bytes of",
	},
	"an answer ends early": {before(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/history.rss" {
			w.Header().Set("Content-Length", "1000")
			_, _ = w.Write(make([]byte, 100))
		}
		return r.URL.Path == "/history.rss"
	}), []string{"truncated"}, "the answer ends before its length"},
	"the compressed answer is cut off": {middle(func(path string, w *httptest.ResponseRecorder) {
		if path == "/history.rss" {
			w.Body.Truncate(w.Body.Len() / 2)
		}
	}), []string{"truncated"}, "damaged or cut off"},
	"a page is rewritten": {rewritten("/uptime/", func(body []byte) []byte {
		return bytes.Replace(body, []byte("</head>"), []byte("<script src=/cdn/x.js></script></head>"), 1)
	}), []string{"changed"}, "/uptime/: error: the file is not as a build makes it: line "},
	"redirects elsewhere": {before(func(w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, "https://other.example.com"+r.URL.Path, http.StatusMovedPermanently)
		return true
	}), []string{"not-found", "preflight", "redirect"}, `to "https://other.example.com/"`},
	"to https": {before(func(w http.ResponseWriter, r *http.Request) bool {
		http.Redirect(w, r, "https://"+r.Host+r.URL.Path, http.StatusMovedPermanently)
		return true
	}), []string{"not-found", "preflight", "redirect"}, `to "https://127.0.0.1:`},
	"a folder leads to a port behind": {before(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/history" {
			w.Header().Set("Location", "http://127.0.0.1:8080/history/")
			w.WriteHeader(http.StatusMovedPermanently)
		}
		return r.URL.Path == "/history"
	}), []string{"redirect"}, "does not lead to the one with it"},
	"old paths are redirects": {before(func(w http.ResponseWriter, r *http.Request) bool {
		switch r.URL.Path {
		case "/issues/1/":
			http.Redirect(w, r, "/incidents/2026-10-01-login/", http.StatusMovedPermanently)
		case "/old/login.html":
			http.Redirect(w, r, "/old/login", http.StatusPermanentRedirect)
		default:
			return false
		}
		return true
	}), nil, ""},
	"an old path leads to the index": {before(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/issues/1/" {
			http.Redirect(w, r, "/", http.StatusMovedPermanently)
		}
		return r.URL.Path == "/issues/1/"
	}), []string{"redirect"}, ""},
	"its own page for errors": {middle(func(_ string, w *httptest.ResponseRecorder) {
		if w.Code == http.StatusNotFound {
			w.Header().Del("Content-Encoding")
			w.Body.Reset()
			w.Body.WriteString("nothing here")
		}
	}), []string{"not-found-page"}, ""},
	"asks to come later": {before(func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/status.txt" {
			w.WriteHeader(http.StatusTooManyRequests)
		}
		return r.URL.Path == "/status.txt"
	}), []string{"busy"}, "left out: 1 error"},
	"no answer in time": {before(func(_ http.ResponseWriter, r *http.Request) bool {
		<-r.Context().Done()
		return true
	}), []string{"unreachable"}, "there is no whole answer within"},
}

func TestEachMistakeOfAHostIsFound(t *testing.T) {
	o := optionsOf(t, nil)
	local := built(t, o)
	good := newHost(t, local)
	for name, test := range broken {
		t.Run(name, func(t *testing.T) {
			limit := 10 * time.Second
			if name == "no answer in time" {
				limit = time.Millisecond
			}
			report := verified(t, test.host(good), local, Options{Build: o, Time: limit, Sample: 5})
			if got := codes(report); !slices.Equal(got, test.want) {
				t.Errorf("found %v, want %v\n%s", got, test.want, text(t, report))
			}
			if got := text(t, report); !strings.Contains(got, test.says) {
				t.Errorf("the report does not say %q:\n%s", test.says, got)
			}
		})
	}
}

func TestAStaleSiteIsNotCalledChanged(t *testing.T) {
	o := optionsOf(t, nil)
	for _, test := range []struct {
		name  string
		built time.Time
		grace time.Duration
		want  []string
		says  string
	}{
		{"of today", noon.Add(-time.Hour), 0, nil, "is as of 2026-11-26 00:00 UTC"},
		{"of three days ago", noon.AddDate(0, 0, -3), 0, []string{"stale"}, "it is as of 2026-11-23 00:00 UTC, and a build has been due since 2026-11-24 00:00 UTC, for 2d 12h"},
		{"of yesterday", noon.AddDate(0, 0, -1), 0, []string{"stale"}, "for 12h 0m"},
		{"of yesterday, with time to spare", noon.AddDate(0, 0, -1), 13 * time.Hour, []string{"behind"}, "1 note"},
		{"of tomorrow", noon.AddDate(0, 0, 1), 0, []string{"ahead"}, "the site is newer than the content here"},
	} {
		t.Run(test.name, func(t *testing.T) {
			report := verified(t, newHost(t, built(t, at(o, test.built))), nil, Options{Build: o, Grace: test.grace})
			if got := codes(report); !slices.Equal(got, test.want) || !strings.Contains(text(t, report), test.says) {
				t.Errorf("found %v, want %v and %q\n%s", got, test.want, test.says, text(t, report))
			}
		})
	}
}

func TestAHeartbeatSaysWhenASiteWasBuilt(t *testing.T) {
	o := optionsOf(t, map[string]string{"site.yaml": content["site.yaml"] + "freshness: 4h\n"})
	for _, test := range []struct {
		age  time.Duration
		want []string
	}{
		{0, nil}, {time.Hour, nil}, {2*time.Hour + time.Minute, []string{"behind"}}, {3*time.Hour + time.Minute, []string{"stale"}}, {5 * time.Hour, []string{"stale"}},
	} {
		report := verified(t, newHost(t, built(t, at(o, noon.Add(-test.age)))), nil, Options{Build: o})
		if got := codes(report); !slices.Equal(got, test.want) {
			t.Errorf("%s old: found %v, want %v\n%s", test.age, got, test.want, text(t, report))
		}
	}
}

func TestASiteOfOtherContentIsChanged(t *testing.T) {
	here := optionsOf(t, nil)
	there := optionsOf(t, map[string]string{"incidents/2026-10-01-login.md": strings.Replace(content["incidents/2026-10-01-login.md"], "Nobody", "Hardly anybody", 1)})
	host := newHost(t, built(t, there))
	report := verified(t, host, nil, Options{Build: here})
	if got := codes(report); !slices.Equal(got, []string{"changed"}) || !strings.Contains(text(t, report), "Hardly anybody") {
		t.Errorf("found %v\n%s", got, text(t, report))
	}
	fresh := verified(t, host, nil, Options{Build: here, Newest: noon.Add(-10 * time.Minute)})
	if got := codes(fresh); !slices.Equal(got, []string{"pending"}) || fresh.Count(diag.Error) != 0 {
		t.Errorf("with a commit of ten minutes ago: found %v\n%s", got, text(t, fresh))
	}
}

func TestFilesOfTwoBuildsAreNoError(t *testing.T) {
	o := optionsOf(t, nil)
	old, now := newHost(t, built(t, at(o, noon.AddDate(0, 0, -1)))), newHost(t, built(t, o))
	report := verified(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/components/") {
			now.ServeHTTP(w, r)
			return
		}
		old.ServeHTTP(w, r)
	}), nil, Options{Build: o, Grace: 24 * time.Hour})
	if got := codes(report); !slices.Equal(got, []string{"behind", "mixed"}) {
		t.Errorf("found %v\n%s", got, text(t, report))
	}
}

func TestASiteBelowAPathIsVerified(t *testing.T) {
	o := optionsOf(t, nil)
	o.BaseURL = "https://example.github.io/status"
	host := newHost(t, built(t, o))
	host.base = "/status"
	server := httptest.NewServer(host)
	defer server.Close()
	if report := verifiedAt(t, server.URL+"/status/", nil, Options{Build: o}); len(report.Findings) > 0 || report.Files < 60 {
		t.Error(text(t, report))
	}
	o.BaseURL = ""
	report := verifiedAt(t, server.URL+"/status", nil, Options{Build: o})
	if got := codes(report); !slices.Equal(got, []string{"address"}) || !strings.Contains(text(t, report), "https://example.github.io/status") || report.AsOf.IsZero() {
		t.Errorf("found %v\n%s", got, text(t, report))
	}
}

// asking counts the requests to a host.
type asking struct {
	mu    sync.Mutex
	paths []string
	http.Handler
}

func (a *asking) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	a.paths = append(a.paths, r.Method+" "+r.URL.Path)
	a.mu.Unlock()
	a.Handler.ServeHTTP(w, r)
}

func TestASampleIsSmallAndAlwaysTheSame(t *testing.T) {
	o := optionsOf(t, nil)
	good := newHost(t, built(t, o))
	var runs [][]string
	for range 2 {
		a := &asking{Handler: good}
		report := verified(t, a, nil, Options{Build: o, Sample: 5})
		if len(a.paths) != report.Requests {
			t.Errorf("%d requests were made, and the report says %d", len(a.paths), report.Requests)
		}
		slices.Sort(a.paths)
		runs = append(runs, a.paths)
	}
	if !slices.Equal(runs[0], runs[1]) {
		t.Error("two checks ask for other files")
	}
	all := &asking{Handler: good}
	verified(t, all, nil, Options{Build: o})
	if len(runs[0]) >= len(all.paths) {
		t.Errorf("a sample has %d requests, all files have %d", len(runs[0]), len(all.paths))
	}
	for _, path := range []string{"/", "/api/v2/status.json", "/api/v2/summary.json", "/history.atom", "/feed.json", "/incidents/2026-11-20-slow-api/"} {
		if !slices.Contains(runs[0], "GET "+path) {
			t.Errorf("the sample leaves out %s", path)
		}
	}
}

func TestAHostThatFailsIsLeftAlone(t *testing.T) {
	a := &asking{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })}
	report := verified(t, a, nil, Options{Build: optionsOf(t, nil)})
	if got := codes(report); !slices.Equal(got, []string{"unreachable"}) || report.Requests > maxFailures+workers || report.Unasked == 0 {
		t.Errorf("found %v\n%s", got, text(t, report))
	}
}

func TestAHintIsPrintedOncePerKind(t *testing.T) {
	o := optionsOf(t, nil)
	local := built(t, o)
	bare := middle(func(_ string, w *httptest.ResponseRecorder) {
		w.Header().Del("X-Frame-Options")
		w.Header().Del("Referrer-Policy")
		w.Header().Del("Vary")
	})(newHost(t, local))
	got := text(t, verified(t, bare, local, Options{Build: o}))
	if strings.Count(got, " is missing [header]\n") != 2 || strings.Count(got, "\thint: ") != 2 {
		t.Error(got)
	}
}

func TestAHostThatIsTooSlowForAllIsAFinding(t *testing.T) {
	o := optionsOf(t, nil)
	local := built(t, o)
	report := verified(t, newHost(t, local), local, Options{Build: o, Whole: time.Nanosecond})
	if got := codes(report); !slices.Equal(got, []string{"unreachable"}) || !strings.Contains(text(t, report), "the host is too slow") {
		t.Error(text(t, report))
	}
}
