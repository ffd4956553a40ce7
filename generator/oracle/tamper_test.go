package oracle

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

// past is a site where all is well now, after an outage, a maintenance by the
// clock and one that was cancelled; two components share a name. One more
// maintenance is to come, and an incident that nobody may see yet.
const past = `
-- site.yaml --
title: Acme
url: https://status.example.com
timezone: Etc/UTC
history_days: 10
uptime: { days: 20, partial_outage: 0.3, major_outage: 1 }
components:
  - { id: api, name: API, start_date: 2026-11-01 }
  - group: Europe
    components:
      - { id: eu-mail, name: Mail, start_date: 2026-11-01 }
      - { id: eu-search, name: Search, start_date: 2026-11-01 }
  - group: India
    components:
      - { id: in-mail, name: Mail, start_date: 2026-11-01 }
-- incidents/down.md --
---
title: The interface was down
component: api
severity: critical
investigating: 2026-11-20 10:00 UTC
---

We look into it.

## Resolved · 2026-11-20 12:00 UTC

It is up again.
-- incidents/letters.md --
---
title: Letters came late
component: eu-mail
severity: minor
investigating: 2026-11-21 10:00 UTC
---

We look for them.

## Resolved · 2026-11-21 12:00 UTC

They have come.
-- incidents/secret.md --
---
title: Nobody knows yet
component: api
severity: major
publish: scheduled
investigating: 2026-11-26 18:00 UTC
---

Not yet.
-- maintenance/upgrade.md --
---
title: An upgrade
component: in-mail
scheduled: 2026-11-18 10:00 UTC
scheduled_for: 2026-11-22 10:00 UTC
scheduled_until: 2026-11-22 11:00 UTC
---

We upgrade.
-- maintenance/coming.md --
---
title: A move
scheduled: 2026-11-19 10:00 UTC
scheduled_for: 2026-11-29 10:00 UTC
scheduled_until: 2026-11-29 11:00 UTC
---

We move.
-- announcements/holiday.md --
---
title: A holiday
from: 2026-11-26 00:00 UTC
until: 2026-11-27 00:00 UTC
---

Support is away.
`

// polyglot is the same site in two languages.
var polyglot = strings.Replace(past, "history_days", "languages: [en, de]\nhistory_days", 1)

// present is a site with an incident that is open.
const present = `
-- site.yaml --
title: Acme
url: https://status.example.com
timezone: Etc/UTC
history_days: 3
uptime: { days: 10, partial_outage: 0.3, major_outage: 1 }
social_images: true
components:
  - { id: api, name: API, start_date: 2026-11-01 }
  - { id: web, name: Web, start_date: 2026-11-01 }
-- incidents/slow.md --
---
title: Pages are slow
component: web
severity: minor
investigating: 2026-11-26 10:00 UTC
---

We look into it.
`

// watched is a site with an incident that is open, though its impact has ended.
const watched = `
-- site.yaml --
title: Acme
url: https://status.example.com
timezone: Etc/UTC
components:
  - { id: api, name: API, start_date: 2026-11-01 }
  - { id: mail, name: Mail, start_date: 2026-11-01 }
-- incidents/watched.md --
---
title: Letters were lost
component: mail
severity: major
ended: 2026-11-25 12:00 UTC
monitoring: 2026-11-25 10:00 UTC
---

We watch it.
`

// tamper is an edit of one output that a law forbids.
type tamper struct {
	law, name string
	site      string
	file      string
	old, new  string // a pattern and what takes its place
}

var tampers = []tamper{
	{"1", "the index rounds up to 100 %", past, "index.html", `99\.5\d% uptime`, "100% uptime"},
	{"1", "the component's page rounds up to 100 %", past, "components/api/index.html", `99\.5\d% uptime`, "100% uptime"},
	{"1", "a month of the page of figures is 100 %", past, "uptime/index.html", `99\.6\d%`, "100%"},
	{"1", "the API says 1", past, "api/v2/components/api/uptime.json", `"last_30_days":0\.\d+`, `"last_30_days":1`},
	{"1", "the spreadsheet says 1", past, "uptime.csv", `0\.9967\d*`, "1.00000000"},
	{"1", "the badge says 100 %", past, "components/api/uptime.json", `99\.5\d%`, "100%"},
	{"1", "a bar is green", past, "components/api/index.html", `class="bar-major" d="M`, `class="bar-operational" d="M0 0hM`},
	{"1", "no day with an outage", past, "components/api/index.html", "1 day with an outage", "0 days with an outage"},
	{"1", "the day was operational", past, "components/api/index.html", `>Major outage(<[^>]*>)*</td>`, ">Operational</td>"},

	{"2", "the component's page", past, "components/api/index.html", `Operational</span></p>`, "Partial outage</span></p>"},
	{"2", "the API", past, "api/v2/components.json", `"name":"API","status":"operational"`, `"name":"API","status":"major_outage"`},
	{"2", "the badge", past, "components/api/badge.json", "Operational", "Major outage"},
	{"2", "the plain text", past, "status.txt", `Operational( +)API`, "Major outage${1}API"},
	{"2", "the event's page", present, "incidents/slow/index.html", `(?s)(Affected components.*?)Degraded performance`, "${1}Major outage"},

	{"3", "the count", past, "index.html", "2 components", "1 component"},
	{"3", "the API's members", past, "api/v2/components.json", `\["eu-mail","eu-search"\]`, `["eu-mail"]`},
	{"3", "the status", past, "api/v2/components.json", `"name":"Europe","status":"operational"`, `"name":"Europe","status":"major_outage"`},

	{"4", "the day", past, "index.html", `"incidents/down/(#[^"]*)?"`, `"incidents/letters/"`},
	{"4", "the month", past, "history/2026/11/index.html", `"\.\./\.\./\.\./incidents/down/"`, `"../../../incidents/letters/"`},
	{"4", "the history", past, "history/index.html", `"\.\./history/2026/11/"`, `"../history/2026/12/"`},
	{"4", "the component's page", past, "components/api/index.html", `"\.\./\.\./incidents/down/"`, `"../../incidents/letters/"`},

	{"5", "a feed", past, "history.rss", "<category>Europe - Mail</category>", "<category>Mail</category>"},
	{"5", "the calendar", past, "maintenance.ics", "CATEGORIES:India - Mail", "CATEGORIES:Mail"},
	{"5", "the spreadsheet", past, "uptime.csv", `eu-mail,Europe - Mail`, "eu-mail,Mail"},

	{"8", "the window", past, "maintenance.ics", "DTSTART:20261129T100000Z", "DTSTART:20261128T100000Z"},
	{"8", "cancelled", past, "maintenance.ics", "STATUS:CONFIRMED", "STATUS:CANCELLED"},

	{"9", "midnight", past, "index.html", `(Last changed <time datetime=")[^"]*("[^>]*>)[^<]*`, "${1}2026-11-25T00:00:00Z${2}Wed, 12:00 AM UTC"},

	{"10", "a shortlink", past, "api/v2/incidents/down.json", "/incidents/down/", "/incidents/up/"},
	{"10", "a component", past, "api/v2/components.json", `"id":"api","name"`, `"id":"old-api","name"`},
	{"10", "a feed's link", past, "feed.json", "/incidents/down/#", "/incidents/down/#old-"},

	{"11", "the API", past, "api/v2/incidents/down.json", `"body":"It is up again\."`, `"body":""`},
	{"11", "a feed", past, "feed.json", `<p>It is up again\.</p>`, ""},

	{"12", "the index", present, "index.html", `(<h1[^>]*><span[^>]*>)Partially Degraded Service`, "${1}All Systems Operational"},
	{"12", "the badge", present, "badge.json", "Partially Degraded Service", "All Systems Operational"},
	{"12", "the frame", present, "embed/index.html", "Partially Degraded Service", "All Systems Operational"},
	{"12", "the plain text", present, "status.txt", "Acme: Partially Degraded Service", "Acme: All Systems Operational"},
	{"12", "the icon", present, "index.html", "icon-degraded", "icon-operational"},
	{"12", "the API", present, "api/v2/status.json", "Partially Degraded Service", "All Systems Operational"},
	{"12", "a picture's text", present, "incidents/slow/index.html", "Investigating · Minor", "Resolved · Minor"},

	{"13", "the API", watched, "api/v2/components.json", `"name":"Mail","status":"operational"`, `"name":"Mail","status":"major_outage"`},
	{"13", "the badge", watched, "components/mail/badge.json", "Operational", "Major outage"},

	{"14", "the clock was late", past, "api/v2/scheduled-maintenances/upgrade.json", `"display_at":"2026-11-22T10:00:00.000Z"`, `"display_at":"2026-11-22T10:02:00.000Z"`},

	{"api", "the impact", past, "api/v2/incidents/down.json", `"impact":"critical"`, `"impact":"minor"`},
	{"api", "the end", past, "api/v2/incidents/down.json", `"resolved_at":"2026-11-20T12:00`, `"resolved_at":"2026-11-20T12:01`},
	{"api", "what changed", past, "api/v2/incidents/down.json", `"new_status":"major_outage"`, `"new_status":"partial_outage"`},
	{"dates", "a date twice", past, "api/v2/components/api/uptime.json", `"date":"2026-11-19"`, `"date":"2026-11-18"`},
	{"dates", "the recent days", past, "index.html", `<time datetime="2026-11-26" data-form="day">26`, `<time datetime="2026-11-27" data-form="day">27`},
	{"feeds", "one feed has another id", past, "history.rss", "urn:uuid:", "urn:uuid:0"},
	{"languages", "another instant", polyglot, "de/incidents/down/index.html", `datetime="2026-11-20T12:00:00Z"`, `datetime="2026-11-20T12:30:00Z"`},
	{"languages", "another status", polyglot, "de/components/api/index.html", `Betriebsbereit</span></p>`, "Teilausfall</span></p>"},
	{"later", "the work begins late", past, "index.html", `data-from="2026-11-29T10:00:00Z"`, `data-from="2026-11-29T10:30:00Z"`},
	{"linked data", "an end", present, "incidents/slow/index.html", `"datePublished":`, `"coverageEndTime":"2026-11-26T11:00:00Z","datePublished":`},
	{"uptime", "the seconds", past, "uptime.csv", ",0,7200,", ",0,7100,"},
	{"uptime", "the figure", past, "index.html", `99\.5\d% uptime`, "99.68% uptime"},
	{"uptime", "the API's seconds", past, "api/v2/components/api/uptime.json", `"m":7200`, `"m":3600`},
	{"announcements", "the plain text", past, "status.txt", "A holiday", "No holiday"},
	{"times", "the clock is another one", past, "incidents/down/index.html", `Nov 20, 2026, 12:00 PM UTC`, "Nov 20, 2026, 12:01 PM UTC"},
	{"times", "yesterday's words", past, "index.html", `(Last changed <time [^>]*>)[^<]*`, "${1}9:00 AM UTC"},
	{"times", "a record that will change", past, "incidents/down/index.html", `<time (datetime="2026-11-20T12:00:00Z")>Nov 20, 2026, 12:00 PM UTC`, `<time ${1} data-form="short">Fri, 12:00 PM UTC`},
	{"promises", "nothing was promised", present, "index.html", `We look into it\.`, "The next update is overdue."},
}

var noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

// unpack reads the files of an archive.
func unpack(archive string) map[string]string {
	files := map[string]string{}
	for _, file := range txtar.Parse([]byte(archive)).Files {
		files[file.Name] = string(file.Data)
	}
	return files
}

func buildArchive(t *testing.T, archive string, now time.Time) *Build {
	t.Helper()
	files := unpack(archive)
	c, err := readContent(files)
	if err != nil {
		t.Fatal(err)
	}
	b, err := buildFiles(c, files, now, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// tally counts violations by law, kind and file.
func tally(found []Violation) map[string]int {
	count := map[string]int{}
	for _, v := range found {
		count[v.key()+" in "+v.File]++
	}
	return count
}

// expectOnly fails unless there is a violation more than before, and each
// further one is of one law.
func expectOnly(t *testing.T, law string, before, after []Violation) {
	t.Helper()
	was, seen := tally(before), map[string]int{}
	found := false
	for _, v := range after {
		key := v.key() + " in " + v.File
		if seen[key]++; seen[key] <= was[key] {
			continue
		}
		if v.Law == law {
			found = true
		} else {
			t.Errorf("law %s finds it, too: %s", v.Law, v)
		}
	}
	if !found {
		t.Errorf("law %s does not find it", law)
	}
}

// TestEachLawFindsWhatItForbids tampers with one output of a built site at a
// time: the law that forbids it finds it, and no other one does.
func TestEachLawFindsWhatItForbids(t *testing.T) {
	built := map[string]*Build{}
	for _, tamper := range tampers {
		b := built[tamper.site]
		if b == nil {
			b = buildArchive(t, tamper.site, noon)
			built[tamper.site] = b
		}
		t.Run("law "+tamper.law+": "+tamper.name, func(t *testing.T) {
			tampered := b.tampered(tamper.file, tamper.old, tamper.new)
			if tampered == nil {
				t.Fatalf("%s does not say %q: give the table an edit of what it says today", tamper.file, tamper.old)
			}
			expectOnly(t, tamper.law, judge(b), judge(tampered))
		})
	}
}

// A law of change is tampered with in the second of two builds.
var changeTampers = []struct {
	law, name string
	kind      string
	before    time.Time
	file      string
	old, new  string
}{
	{"6", "an update's id", "later", noon, "api/v2/incidents/down.json", `"incident_updates":\[{"id":"`, `"incident_updates":[{"id":"x`},
	{"6", "a UID", "later", noon, "maintenance.ics", "UID:", "UID:0"},
	{"7", "SEQUENCE", "later", noon, "maintenance.ics", "SEQUENCE:2", "SEQUENCE:1"},
	{"7", "DTSTAMP", "later", noon, "maintenance.ics", "DTSTAMP:20261122", "DTSTAMP:20261121"},
	{"7", "a feed's updated", "later", noon, "history.atom", "<updated>2026-11-26T00:00:00Z</updated>\n\t<author>", "<updated>2026-11-25T00:00:00Z</updated>\n\t<author>"},
	{"7", "an entry's updated", "later", noon, "history.atom", "<updated>2026-11-20T12:00:00Z</updated>", "<updated>2026-11-19T12:00:00Z</updated>"},
	{"7", "an event's updated_at", "later", noon, "api/v2/incidents/down.json", `"updated_at":"2026-11-20T12:00:00.000Z","monitoring_at"`, `"updated_at":"2026-11-19T12:00:00.000Z","monitoring_at"`},
	{"14", "the clock's update is gone", "later", noon, "api/v2/scheduled-maintenances/upgrade.json", `","status":"in_progress"`, `x","status":"verifying"`},
	{"15", "updated_at", "later", noon, "api/v2/components.json", `"updated_at":"2026-11-20T12:00:00.000Z","position":1`, `"updated_at":"2026-11-20T11:00:00.000Z","position":1`},
	{"16", "the draft is seen", "hide", noon, "robots.txt", "User-agent", "User-Agent"},
	{"quiet", "a byte changes", "quiet", noon.Add(-time.Minute), "robots.txt", "User-agent", "User-Agent"},
}

func TestEachLawOfChangeFindsWhatItForbids(t *testing.T) {
	b := buildArchive(t, past, noon)
	for _, tamper := range changeTampers {
		t.Run("law "+tamper.law+": "+tamper.name, func(t *testing.T) {
			tampered := b.tampered(tamper.file, tamper.old, tamper.new)
			if tampered == nil {
				t.Fatalf("%s does not say %q: give the table an edit of what it says today", tamper.file, tamper.old)
			}
			before := judgeChange(&Change{Kind: tamper.kind, Before: b, After: b})
			after := judgeChange(&Change{Kind: tamper.kind, Before: b, After: tampered})
			expectOnly(t, tamper.law, before, after)
		})
	}
}

// TestAnUnsaidLengthIsFound: law 17 reads what `check` says.
func TestAnUnsaidLengthIsFound(t *testing.T) {
	files := unpack(past)
	files["incidents/down.md"] = "---\ntitle: Told late\ncomponent: api\nseverity: critical\nresolved: 2026-11-20 10:00 UTC\n---\n\nIt was down.\n"
	c, err := readContent(files)
	if err != nil {
		t.Fatal(err)
	}
	say := func(text string) []Violation {
		f := &finder{law: "17", b: newBuild(c, noon), c: c}
		f.b.Check = text
		lawLength(f)
		return f.found
	}
	warned := `{"diagnostics":[{"file":"content/incidents/down.md","severity":"warning","message":"no length","hint":"say started: 2026-11-20 09:00 UTC"}]}`
	expectOnly(t, "17", say(warned), say(strings.Replace(warned, "started", "ended", 1)))
}

// TestAPictureWithTheAddressOfAnotherIsFound: the address of a picture changes
// with it and only with it.
func TestAPictureWithTheAddressOfAnotherIsFound(t *testing.T) {
	b := buildArchive(t, present, noon)
	const page = "incidents/slow/index.html"
	address := b.page(page).head("meta", "og:image")
	moved := b.tampered(page, regexp.QuoteMeta(address), address+"0")
	if moved == nil {
		t.Fatalf("%s has no picture", page)
	}
	expectOnly(t, "pictures", judgeChange(&Change{Kind: "later", Before: b, After: b}), judgeChange(&Change{Kind: "later", Before: b, After: moved}))
}

// TestADifferenceThatDiffDoesNotSayIsFound: what a page says otherwise than before
// is in diff.
func TestADifferenceThatDiffDoesNotSayIsFound(t *testing.T) {
	b := buildArchive(t, present, noon)
	same := newBuild(b.Content.clone(), noon)
	same.Files = b.Files
	tampered := same.tampered("subscribe/index.html", "</main>", "<p>Unsaid</p></main>")
	expectOnly(t, "diff", judgeChange(&Change{Kind: "text", Before: b, After: same}), judgeChange(&Change{Kind: "text", Before: b, After: tampered}))
}

// TestLawsOfWhatIsToComeFindWhatTheyForbid: features that the program may not
// have yet are tried on files written by hand.
func TestLawsOfWhatIsToComeFindWhatTheyForbid(t *testing.T) {
	was := features
	defer func() { features = was }()
	features = Features{ComponentAliases: true, PageAge: true, AnnouncementHistory: true}
	c, err := readContent(unpack(past))
	if err != nil {
		t.Fatal(err)
	}
	c.Components[0].Aliases = []string{"rest"}
	const page = `<main><section><h1>All Systems Operational</h1><p>as of November 26, 2026</p></section><p>A holiday</p></main>`
	b := newBuild(c, noon)
	b.Files["index.html"] = []byte(page)
	b.Files["components/rest/index.html"] = []byte(`<a href="../../components/api/">API</a>`)
	for _, name := range []string{"badge.svg", "badge.json", "uptime.svg", "uptime.json", "history.atom", "maintenance.ics"} {
		b.Files["components/rest/"+name] = []byte("x")
	}
	for _, feed := range append(slices.Clone(siteFeeds), "status.txt", "history/2026/11/index.html") {
		b.Files[feed] = []byte("A holiday")
	}
	for _, test := range []struct{ law, file, old string }{
		{"aliases", "components/rest/index.html", "components/api/"},
		{"age", "index.html", "26"},
		{"announcements", "history.rss", "holiday"},
		{"announcements", "history/2026/11/index.html", "holiday"},
	} {
		t.Run(test.law, func(t *testing.T) {
			i := slices.IndexFunc(laws, func(l Law) bool { return l.Name == test.law })
			look := func(b *Build) []Violation {
				f := &finder{law: test.law, b: b, m: b.truth(), c: c}
				laws[i].Site(f)
				return f.found
			}
			if found := look(b); len(found) > 0 {
				t.Fatal(found)
			}
			expectOnly(t, test.law, nil, look(b.tampered(test.file, test.old, "none")))
		})
	}
}

// TestEveryLawIsTampered: a law that no test breaks may be blind.
func TestEveryLawIsTampered(t *testing.T) {
	tested := map[string]bool{"17": true, "pictures": true, "diff": true, "aliases": true, "age": true}
	for _, tamper := range tampers {
		tested[tamper.law] = true
	}
	for _, tamper := range changeTampers {
		tested[tamper.law] = true
	}
	for _, law := range laws {
		if !tested[law.Name] {
			t.Errorf("no test tampers with what law %s forbids: %s", law.Name, law.Title)
		}
	}
}
