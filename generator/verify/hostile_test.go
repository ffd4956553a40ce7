package verify

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"allclear/generator/diag"
)

// hostile are hosts that would do harm to who asks them.
var hostile = map[string]http.HandlerFunc{
	"endless": func(w http.ResponseWriter, _ *http.Request) {
		chunk := make([]byte, 1<<16)
		for {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	},
	"a bomb": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(bomb)
	},
	"terminal": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/\x1b]0;owned\x07\u202e")
		w.Header().Set("Location", "/\x1b[2J"+strings.Repeat("a", 10_000))
		w.Header().Set("Content-Security-Policy", "\x1b[31m::error::"+r.URL.Path)
		fmt.Fprintf(w, "<p id=\"live\" data-at=\"2026-11-26T00:00:00Z\">\x1b[2J%s\n::error::", r.URL.Path)
	},
	"of the year 9999": func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<p id="live" data-at="9999-12-31T23:59:59Z">`)
	},
	"of the year 0": func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<p id="live" data-at="0000-01-01T00:00:00+14:00">`)
	},
	"all kinds of headers": func(w http.ResponseWriter, r *http.Request) {
		for i := range 500 {
			w.Header().Add("Content-Security-Policy", fmt.Sprint(i, r.URL.Path))
		}
	},
	"round and round": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) },
	"deep JSON": func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(bytes.Repeat([]byte("["), 1<<20))
	},
}

var bomb = compressed(make([]byte, 16<<20))

func TestAHostileHostEndsInAReport(t *testing.T) {
	o := optionsOf(t, nil)
	local := built(t, o)
	for name, handler := range hostile {
		t.Run(name, func(t *testing.T) {
			report := verified(t, handler, local, Options{Build: o, Sample: 10})
			if report.Count(diag.Error) == 0 {
				t.Error("nothing is found")
			}
			var b bytes.Buffer
			if err := report.Text(diag.NewDoor(&b, true)); err != nil {
				t.Fatal(err)
			}
			if strings.ContainsAny(b.String(), "\x1b\x07\u202e") || strings.Contains(b.String(), "\n::") || b.Len() > 32<<10 {
				t.Errorf("the report has %d bytes:\n%.2000q", b.Len(), b.String())
			}
		})
	}
}
