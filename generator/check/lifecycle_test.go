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

func TestTheHintForTheSeverityOfMaintenanceNamesItsComponents(t *testing.T) {
	const why = "its components are under_maintenance while it is in progress; if they are affected in another way, write in the front matter / "
	const attribute = "\n## 2026-05-02 10:00 UTC {severity=critical}\n\nx\n"
	for _, test := range []struct{ from, to, want string }{
		{"component: api\n", "component: api\nseverity: minor\n", `4:1 unknown-key: unknown key "severity" in a maintenance | delete it: maintenance has no severity; ` + why + "component: { api: degraded_performance }"},
		{"component: api\n", "components: [web, api]\nseverity: major\n", `4:1 unknown-key: unknown key "severity" in a maintenance | delete it: maintenance has no severity; ` + why + "components: { api: partial_outage, web: partial_outage }"},
		{"component: api\n", "severity: bad\n", `3:1 unknown-key: unknown key "severity" in a maintenance | delete it: maintenance has no severity; ` + why + "component: { api: degraded_performance }"},
		{"Soon.\n", "Soon.\n" + attribute, "11:26 attribute-without-effect: maintenance has no severity | delete it: " + why + "component: { api: major_outage }"},
	} {
		if _, found := explained(t, "maintenance/m.md", strings.Replace(maintenance(""), test.from, test.to, 1)); strings.Join(found, "\n") != test.want {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(found, "\n"), test.want)
		}
	}
}
