package web

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// served opens the site that a handler serves at /base/.
func served(t *testing.T, o Options, handler http.HandlerFunc) *Site {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	site, err := Open(server.URL+"/base", o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(site.Close)
	return site
}

func TestAnAddressIsOfASite(t *testing.T) {
	for address, want := range map[string]string{
		"https://status.example.com":              "https://status.example.com/",
		"https://Status.Example.com/a?b#c":        "https://status.example.com/a/",
		"http://127.0.0.1:8080/":                  "http://127.0.0.1:8080/",
		"http://localhost":                        "http://localhost/",
		"http://[::1]:80/x/":                      "http://[::1]:80/x/",
		"http://status.example.com":               "",
		"http://127.0.0.1.example.com":            "",
		"ftp://status.example.com":                "",
		"status.example.com":                      "",
		"https://user:word@status.example.com":    "",
		"https://":                                "",
		"https:///etc/passwd":                     "",
		"https://" + strings.Repeat("a", 1<<20):   "",
		"https://status.example.com\r\nX: y/path": "",
	} {
		site, err := Open(address, Options{})
		switch {
		case want == "" && err == nil:
			t.Errorf("%q is opened as %s", short(address), site.Address())
		case want == "" && len(err.Error()) > 400:
			t.Errorf("the error has %d bytes", len(err.Error()))
		case want != "" && (err != nil || site.Address() != want):
			t.Errorf("%q: %v %v, want %s", address, site, err, want)
		}
	}
	if _, err := Open("http://status.example.com", Options{InsecureHTTP: true}); err != nil {
		t.Error(err)
	}
	if _, err := Open("http://status.example.com", Options{}); !errors.Is(err, ErrPlainHTTP) {
		t.Error(err)
	}
}

func TestReadFollowsRedirectsOfTheHostAlone(t *testing.T) {
	var asked atomic.Int64
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer other.Close()
	site := served(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		switch name := strings.TrimPrefix(r.URL.Path, "/base/"); name {
		case "there":
			fmt.Fprint(w, "there")
		case "moved":
			http.Redirect(w, r, "/base/there", http.StatusMovedPermanently)
		case "gone":
			w.WriteHeader(http.StatusGone)
		case "broken":
			w.WriteHeader(http.StatusBadGateway)
		case "loop":
			http.Redirect(w, r, "loop", http.StatusFound)
		case "port":
			http.Redirect(w, r, other.URL, http.StatusFound)
		case "host":
			http.Redirect(w, r, "http://metadata.internal/", http.StatusFound)
		case "user":
			http.Redirect(w, r, "http://x:y@"+r.Host+"/base/there", http.StatusFound)
		case "file":
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(http.StatusFound)
		case "nowhere":
			w.WriteHeader(http.StatusFound)
		default:
			http.NotFound(w, r)
		}
	})
	for name, want := range map[string]string{
		"there": "", "/there": "", "moved": "",
		"none": "404", "gone": "410", "broken": "502 Bad Gateway",
		"loop": "too often", "port": "another host", "host": "another host", "user": "another host", "file": "another host", "nowhere": "to no address",
		"../outside": "not a path", "a/../../b": "not a path", "a//b": "not a path",
	} {
		body, err := site.Read(t.Context(), name)
		switch {
		case want == "" && (err != nil || string(body) != "there"):
			t.Errorf("%s: %q, %v", name, body, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: the error is %v, want that it says %q", name, err, want)
		case errors.Is(err, fs.ErrNotExist) != (name == "none" || name == "gone"):
			t.Errorf("%s: %v", name, err)
		}
	}
	if asked.Load() > 0 {
		t.Error("another port was asked")
	}
	r, err := site.Get(t.Context(), "moved", nil)
	if err != nil || r.Status != http.StatusMovedPermanently || r.Header("location") != "/base/there" {
		t.Errorf("%+v %v", r, err)
	}
}

func TestHugeAnswersAreCutOff(t *testing.T) {
	site := served(t, Options{Answer: 1 << 20}, func(w http.ResponseWriter, r *http.Request) {
		var to io.Writer = w
		if strings.HasSuffix(r.URL.Path, "bomb") {
			w.Header().Set("Content-Encoding", "gzip")
			zipped := gzip.NewWriter(w)
			defer zipped.Close()
			to = zipped
		}
		block := make([]byte, 1<<16)
		for range 1 << 14 { // 1 GiB
			if _, err := to.Write(block); err != nil {
				return
			}
		}
	})
	for _, name := range []string{"flood", "bomb"} {
		if _, err := site.Read(t.Context(), name); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestASiteIsBoundedAsAWhole(t *testing.T) {
	answer := func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("x", 1000)) }
	few := served(t, Options{Requests: 2}, answer)
	small := served(t, Options{Total: 1500}, answer)
	for i := range 3 {
		if _, err := few.Read(t.Context(), "a"); (err != nil) != (i == 2) || i == 2 && !errors.Is(err, ErrTooManyRequests) {
			t.Errorf("request %d: %v", i, err)
		}
		if _, err := small.Read(t.Context(), "a"); (err != nil) != (i > 0) || i > 0 && !errors.Is(err, ErrTooLarge) {
			t.Errorf("request %d: %v", i, err)
		}
	}
}

func TestASlowAnswerEnds(t *testing.T) {
	site := served(t, Options{Time: 50 * time.Millisecond}, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "first byte")
		w.(http.Flusher).Flush()
		<-r.Context().Done() // the client has hung up
	})
	if _, err := site.Read(t.Context(), "drip"); err == nil || !strings.Contains(err.Error(), "no whole answer within 50ms") {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := site.Read(ctx, "drip"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestANameDoesNotLeadToThisComputer(t *testing.T) {
	for _, test := range []struct {
		host, to string
		want     bool
	}{
		{"status.example.com", "192.0.2.1:443", true},
		{"status.corp.example.com", "10.0.0.1:443", true},
		{"status.example.com", "127.0.0.1:443", false},
		{"status.example.com", "[::1]:443", false},
		{"status.example.com", "[::ffff:127.0.0.1]:443", false},
		{"status.example.com", "169.254.169.254:443", false},
		{"status.example.com", "[fe80::1%25eth0]:443", false},
		{"status.example.com", "0.0.0.0:443", false},
		{"localhost", "127.0.0.1:443", true},
		{"127.0.0.1", "127.0.0.1:443", true},
	} {
		if err := mayConnect(test.host)("tcp", test.to, nil); (err == nil) != test.want {
			t.Errorf("%s at %s: %v", test.host, test.to, err)
		}
	}
}
