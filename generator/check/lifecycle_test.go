package check

import (
	"strings"
	"testing"
)

func TestAnIncidentWithAnImpactHasALength(t *testing.T) {
	const text = "---\n\nx\n"
	const investigating = "\n## Investigating · 2026-05-01 10:00 UTC\n\ny\n"
	const hint = ", but the incident was over when it began | write in the front matter when it began; if that was an hour before: / started: 2026-05-01 11:00 +02:00"
	for _, test := range []struct{ name, file, want string }{
		{"a severity", "severity: critical\nresolved: 2026-05-01 10:00 UTC\n" + text, "4:11 incident-without-length: its severity is critical" + hint},
		{"a component's status", "component: { api: major_outage }\nresolved: 2026-05-01 10:00 UTC\n" + text, `4:11 incident-without-length: "api" was major_outage` + hint},
		{"in a heading", "---\n\n## Resolved · 2026-05-01 10:00 UTC {severity=minor}\n\ny\n", "5:1 incident-without-length: its severity is minor" + hint},
		{"opened and resolved at once", "severity: major\nresolved: 2026-05-01 10:00 UTC\n---\n" + investigating + "\n## Resolved\n\nx\n", "7:1 incident-without-length: its severity is major" + hint},
		{"no impact", "severity: none\nresolved: 2026-05-01 10:00 UTC\n" + text, ""},
		{"only a name", "component: api\nresolved: 2026-05-01 10:00 UTC\n" + text, ""},
		{"operational", "component: { api: operational }\nresolved: 2026-05-01 10:00 UTC\n" + text, ""},
		{"a start", "severity: critical\nstarted: 2026-05-01 09:59 UTC\nresolved: 2026-05-01 10:00 UTC\n" + text, ""},
		{"open", "severity: critical\ninvestigating: 2026-05-01 10:00 UTC\n" + text, ""},
		{"open for a minute", "severity: critical\nresolved: 2026-05-01 10:01 UTC\n---\n" + investigating + "\n## Resolved\n\nx\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, found := explained(t, "incidents/a.md", "---\ntitle: A\n"+test.file); strings.Join(found, "\n") != test.want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(found, "\n"), test.want)
			}
		})
	}
}
