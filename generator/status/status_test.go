package status

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryValueIsParsedFromItsName(t *testing.T) {
	for _, word := range ComponentStatuses() {
		if s, ok := ParseComponentStatus(word); !ok || s.String() != word {
			t.Errorf("component status %q is read as %v, %v", word, s, ok)
		}
	}
	for _, word := range Severities() {
		if s, ok := ParseSeverity(word); !ok || s.String() != word {
			t.Errorf("severity %q is read as %v, %v", word, s, ok)
		}
	}
	for kind, other := range map[Kind]Kind{Incident: Maintenance, Maintenance: Incident} {
		for _, word := range EventStatuses(kind) {
			if s, ok := ParseEventStatus(kind, word); !ok || s.String() != word || s.Kind() != kind {
				t.Errorf("%s status %q is read as %v, %v", kind, word, s, ok)
			}
			if s, ok := ParseEventStatus(other, word); ok {
				t.Errorf("%q is read as the %s status %v", word, other, s)
			}
		}
	}
	if s, ok := ParseEventStatus(Incident, ""); ok {
		t.Errorf("an empty word is read as %v", s)
	}
}

func TestSeverityAndComponentStatusConvertBothWays(t *testing.T) {
	got := map[string]string{}
	for s := None; s <= Critical; s++ {
		got[s.String()] = s.ComponentStatus().String()
		if back := s.ComponentStatus().Severity(); back != s {
			t.Errorf("%s gives a component %s, whose severity is %s", s, s.ComponentStatus(), back)
		}
	}
	want := map[string]string{"none": "operational", "minor": "degraded_performance", "major": "partial_outage", "critical": "major_outage"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("severities (-want +got):\n%s", diff)
	}
}

func TestBasePathIsThePathOfTheURL(t *testing.T) {
	for url, want := range map[string]string{
		"https://status.example.com":       "/",
		"https://example.com/status":       "/status/",
		"https://example.com/a%20b/status": "/a%20b/status/",
		"http://127.0.0.1:8080":            "/",
	} {
		if got := (&Site{URL: url}).BasePath(); got != want {
			t.Errorf("base path of %s is %q, want %q", url, got, want)
		}
	}
}
