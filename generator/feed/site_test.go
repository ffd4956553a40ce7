package feed_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"allclear/generator"
	"allclear/generator/feed"
	"allclear/generator/page"
)

// now is after everything that the tests' content tells.
var now = at("2026-06-01 12:00")

// at reads an instant of the tests: 2026-05-01 10:00, in UTC.
func at(text string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return t
}

// build gives the files of feed for a site whose content is a txtar archive.
func build(t testing.TB, content string, now time.Time) map[string]string {
	t.Helper()
	return buildIn(t, "en", content, now)
}

// buildIn does so for a site in a language.
func buildIn(t testing.TB, language, content string, now time.Time) map[string]string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "content")
	for _, f := range txtar.Parse([]byte(content)).Files {
		name := filepath.Join(folder, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	theme := os.DirFS("../../themes/default")
	result, err := generator.Check(generator.Options{Content: folder, Now: now, Pinned: true, Theme: theme})
	if err != nil {
		t.Fatal(err)
	}
	if result.Diagnostics.HasErrors() {
		var text strings.Builder
		_ = result.Diagnostics.Text(&text, false)
		t.Fatal(text.String())
	}
	return files(t, language, result, theme)
}

func files(t testing.TB, language string, result *generator.Result, theme fs.FS) map[string]string {
	t.Helper()
	loaded, list := page.Load(nil, theme, "default", language)
	if list.HasErrors() {
		t.Fatal(list)
	}
	written := map[string]string{}
	for _, r := range feed.Routes(result.Snapshot, loaded.Catalog()) {
		var b bytes.Buffer
		if err := r.Write(&b); err != nil {
			t.Fatalf("%s: %v", r.Path, err)
		}
		written[r.Path] = b.String()
	}
	return written
}

// many is content with a number of incidents, one a day, and as many
// maintenances.
func many(n int) string {
	var b strings.Builder
	b.WriteString(site)
	first := now.AddDate(0, 0, -n-1)
	for i := range n {
		day := first.AddDate(0, 0, i).Format("2006-01-02")
		fmt.Fprintf(&b, "-- incidents/i-%04d.md --\n---\ntitle: Incident %d\ncomponent: api\nseverity: minor\ninvestigating: %s 08:00 UTC\nresolved: %s 09:00 UTC\n---\n\nBegun.\n\n## Resolved\n\nOver.\n",
			i, i, day, day)
	}
	return b.String()
}

const site = `
-- site.yaml --
title: Example
url: https://status.example.com
components:
  - { id: web, name: Website, start_date: 2025-01-01 }
  - group: Europe
    id: europe
    components:
      - { id: api, name: API }
`

// story is a site on which a bit of everything happened.
const story = site + `
-- incidents/slow.md --
---
title: "Slow & <steady>"
component: web
severity: minor
investigating: 2026-05-02 08:00 UTC
identified: 2026-05-02 09:00 UTC
resolved: 2026-05-02 11:00 UTC
---

We are looking into [it](/history/).

## 2026-05-02 08:30 UTC

Still looking.

## Identified

Found.

## Resolved
-- incidents/outage.md --
---
title: API is down
component: { api: major_outage }
severity: critical
investigating: 2026-06-01 10:00 UTC
---

We are looking into it.
-- maintenance/move.md --
---
title: Move to a new hall
component: [web, api]
scheduled: 2026-05-10 08:00 UTC
scheduled_for: 2026-05-20 20:00 UTC
scheduled_until: 2026-05-20 22:00 UTC
---

We move; all is down for an hour.
-- maintenance/off.md --
---
title: Off again
component: api
scheduled: 2026-05-11 08:00 UTC
cancelled: 2026-05-12 08:00 UTC
scheduled_for: 2026-07-01 20:00 UTC
scheduled_until: 2026-07-01 22:00 UTC
---

We plan to move.

## Cancelled

Not this time.
-- maintenance/soon.md --
---
title: Another move
component: web
scheduled: 2026-05-30 08:00 UTC
scheduled_for: 2026-06-10 20:00 UTC
scheduled_until: 2026-06-10 22:00 UTC
---

We move on.
`
