package loose

import (
	"strings"
	"testing"
	"time"

	"allclear/generator/status"
)

// TestNamesOfComponentsAreUnderstood reads each text on one site. ! after the
// ids means that each word is an id or a whole name, and ? is before words that
// name nothing.
func TestNamesOfComponentsAreUnderstood(t *testing.T) {
	site, now := sample(), time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	site.Components[3].Retired = now.Add(time.Hour) // eu-mail, and not yet
	for text, want := range map[string]string{
		"api":                    "api!",
		"API":                    "api!",
		"Public API":             "api!",
		`"Public API"`:           "api!",
		"public-api":             "api!",
		"public_api":             "api!",
		"old-api":                "api!",
		"`api`":                  "api!",
		"web site":               "website!",
		"Website, API":           "website api!",
		"website and api":        "website api!",
		"website & api":          "website api!",
		"website, api and eu-db": "website api eu-db!",
		"[api, website]":         "api website!",
		"Europe":                 "eu-db eu-mail!",
		"europe":                 "eu-db eu-mail!",
		"Europe - Database":      "eu-db!",
		"Europe/Database":        "eu-db!",
		"Search and Browse":      "search!",
		"ap1":                    "api",
		"webiste":                "website",
		"mail":                   "eu-mail",
		"database":               "eu-db!",
		"api service":            "api",
		"all":                    "api website eu-db eu-mail search",
		"billing":                "?billing",
		"api and billing":        "api ?billing",
		"e":                      "?e",
		"":                       "",
	} {
		n := Components(site, now, text)
		var ids []string
		for _, c := range n.Components {
			ids = append(ids, c.ID)
		}
		for _, word := range n.Unknown {
			ids = append(ids, "?"+word)
		}
		got := strings.Join(ids, " ")
		if n.Exact && got != "" {
			got += "!"
		}
		if got != want {
			t.Errorf("%q means %q, want %q", text, got, want)
		}
	}
}

func sample() *status.Site {
	europe := &status.Group{ID: "europe", Name: "Europe"}
	site := &status.Site{Components: []*status.Component{
		{ID: "api", Name: "Public API", Aliases: []string{"old-api"}},
		{ID: "website", Name: "Web Site"},
		{ID: "eu-db", Name: "Database", Group: europe},
		{ID: "eu-mail", Name: "E-mail", Group: europe},
		{ID: "search", Name: "Search and Browse"},
	}}
	europe.Components = site.Components[2:4]
	site.Items = []status.Item{{Component: site.Components[0]}, {Component: site.Components[1]}, {Group: europe}, {Component: site.Components[4]}}
	return site
}

func TestStatusesAreUnderstood(t *testing.T) {
	for word, want := range map[string]string{
		"fixed": "resolved", "Done": "resolved", "resolevd": "resolved", "RESOLVED!": "resolved", "**Monitor**": "monitoring",
		"down": "investigating", "in progress": "identified", "post-mortem": "postmortem", "banana": "",
	} {
		got := ""
		if s, ok := EventStatus(status.Incident, word); ok {
			got = s.String()
		}
		if got != want {
			t.Errorf("incident %q is %q, want %q", word, got, want)
		}
	}
	for word, want := range map[string]string{
		"done": "completed", "canceled": "cancelled", "started": "in_progress", "In-Progress": "in_progress", "planned": "scheduled", "": "",
	} {
		got := ""
		if s, ok := EventStatus(status.Maintenance, word); ok {
			got = s.String()
		}
		if got != want {
			t.Errorf("maintenance %q is %q, want %q", word, got, want)
		}
	}
	for word, want := range map[string]string{"down": "major_outage", "Major Outage": "major_outage", "slow": "degraded_performance", "ok": "operational", "purple": ""} {
		got := ""
		if s, ok := ComponentStatus(word); ok {
			got = s.String()
		}
		if got != want {
			t.Errorf("component %q is %q, want %q", word, got, want)
		}
	}
	for word, want := range map[string]string{"SEV1": "critical", "high": "major", "low": "minor", "Crtical": "critical", "huge": ""} {
		got := ""
		if s, ok := Severity(word); ok {
			got = s.String()
		}
		if got != want {
			t.Errorf("severity %q is %q, want %q", word, got, want)
		}
	}
}
