package feed_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"

	"allclear/generator/derive"
	"allclear/generator/feed"
	"allclear/generator/page"
	"allclear/generator/status"
)

// odd is text that a stranger may write, and how a title shows it.
var odd = []struct{ name, text, shown string }{
	{"markup", `"double" 'single' &amp; <b> </title>`, `"double" 'single' &amp; <b> </title>`},
	{"script", `</script><script>alert(1)</script>`, `</script><script>alert(1)</script>`},
	{"character data", `a ]]> b <![CDATA[ c --> d`, `a ]]> b <![CDATA[ c --> d`},
	{"line ends", "one\r\nEND:VEVENT\rthree\n\nfour", "one END:VEVENT three four"},
	{"separators", "a\u2028b\u2029c\u0085d\te", "a b c d e"},
	{"controls", "a\x00b\x07c\x1b[31md\u009b31me\x7ff", "abc[31md31mef"},
	{"noncharacters", "a\uFFFEb\uFFFFc", "abc"},
	{"not UTF-8", "a\xffb", "a\uFFFDb"},
	{"bidi", "\u200fsafe\u200e \u202egpj.exe\u202c \u2067x\u2069", "\u200fsafe\u200e \u202egpj.exe\u202c \u2067x\u2069"},
	{"emoji", "👩‍👩‍👧‍👦 🇨🇭 ❤️", "👩‍👩‍👧‍👦 🇨🇭 ❤️"},
	{"long", strings.Repeat("long", 2_500), strings.Repeat("long", 2_500)},
	{"right to left", "תקלה בשרת ונفحص المشكلة", "תקלה בשרת ונفحص المشكلة"},
	{"placeholders", "{site} {title} {n} %s %!d $1", "{site} {title} {n} %s %!d $1"},
	{"calendar", `a\nb\\c,d;e:f"g`, `a\nb\\c,d;e:f"g`},
	{"nothing", "\x01", ""},
}

// oddSite has a text in every field, past all that check would refuse.
func oddSite(text string) *status.Site {
	component := &status.Component{ID: "api", Name: text, Description: text}
	group := &status.Group{ID: "europe", Name: text, Components: []*status.Component{component}}
	component.Group = group
	said := status.Text{HTML: text, FeedHTML: text, Plain: text}
	settings := []status.Setting{{Component: component}}
	return &status.Site{
		Title: text, URL: "https://status.example.com", Zone: time.UTC, Language: "en",
		Uptime:     status.UptimeRule{Days: 90, PartialOutage: 0.3, MajorOutage: 1},
		Links:      []status.Link{{Name: text, URL: "https://example.com/"}},
		Items:      []status.Item{{Group: group}},
		Components: []*status.Component{component},
		Events: []*status.Event{
			{
				Kind: status.Incident, ID: "outage", Title: text, Components: settings, SeverityStated: true, Severity: status.Major,
				Updates: []status.Update{{ID: "one", At: at("2026-05-31 08:00"), Status: status.Investigating, Text: said}},
			},
			{
				Kind: status.Maintenance, ID: "move", Title: text, Components: settings,
				ScheduledFor: at("2026-07-01 08:00"), ScheduledUntil: at("2026-07-01 09:00"),
				Updates: []status.Update{{ID: "two", At: at("2026-05-30 08:00"), Status: status.Scheduled, Text: said}},
			},
		},
		Announcements: []*status.Announcement{{ID: "notice", Title: text, From: at("2026-05-01 00:00"), Text: said}},
	}
}

func oddFiles(t testing.TB, text string) map[string]string {
	t.Helper()
	theme, list := page.Load(nil, os.DirFS("../../themes/default"), "default", "en")
	if list.HasErrors() {
		t.Fatal(list)
	}
	files := map[string]string{}
	for _, r := range feed.Routes(derive.Derive(oddSite(text), now), theme.Catalog()) {
		var first, second bytes.Buffer
		if err := r.Write(&first); err != nil {
			t.Fatalf("%s: %v", r.Path, err)
		}
		if err := r.Write(&second); err != nil || !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s is another the second time", r.Path)
		}
		files[r.Path] = first.String()
	}
	return files
}

func TestAnyTextIsTextInFeeds(t *testing.T) {
	for _, c := range odd {
		t.Run(c.name, func(t *testing.T) {
			files := oddFiles(t, c.text)
			for path, text := range files {
				want := []string{"Investigating: " + c.shown, "Scheduled: " + c.shown}
				if !strings.HasPrefix(path, "components/") {
					want = append(want, c.shown) // the announcement
				}
				if !utf8.ValidString(text) {
					t.Errorf("%s is not UTF-8", path)
				}
				switch {
				case strings.HasSuffix(path, ".atom"):
					var feed struct {
						Titles []string `xml:"entry>title"`
						Author string   `xml:"author>name"`
						Bodies []string `xml:"entry>content"`
					}
					if err := xml.Unmarshal([]byte(text), &feed); err != nil {
						t.Fatalf("%s: %v", path, err)
					}
					if diff := cmp.Diff(want, feed.Titles); diff != "" || feed.Author != c.shown {
						t.Errorf("%s: author %q, titles (-want +got):\n%s", path, feed.Author, diff)
					}
					if got := strings.Join(strings.Fields(feed.Bodies[0]), " "); !strings.HasPrefix(got, c.shown) {
						t.Errorf("%s has the text %q", path, got)
					}
				case strings.HasSuffix(path, ".rss"):
					var feed struct {
						Titles []string `xml:"channel>item>title"`
					}
					if err := xml.Unmarshal([]byte(text), &feed); err != nil {
						t.Fatalf("%s: %v", path, err)
					}
					if diff := cmp.Diff(want, feed.Titles); diff != "" {
						t.Errorf("%s (-want +got):\n%s", path, diff)
					}
				case strings.HasSuffix(path, ".json"):
					var feed struct{ Items []struct{ Title string } }
					if err := json.Unmarshal([]byte(text), &feed); err != nil {
						t.Fatalf("%s: %v", path, err)
					}
					for i, item := range feed.Items {
						if item.Title != want[i] {
							t.Errorf("%s: %q, not %q", path, item.Title, want[i])
						}
					}
				default:
					continue
				}
				if items := read(t, text).Items; len(items) != len(want) {
					t.Errorf("gofeed sees %d entries in %s", len(items), path)
				}
			}
		})
	}
}

func TestAnyTextIsTextInCalendars(t *testing.T) {
	for name, read := range readers {
		for _, c := range odd {
			t.Run(fmt.Sprint(name, "/", c.name), func(t *testing.T) {
				for _, path := range []string{"maintenance.ics", "components/api/maintenance.ics"} {
					events := read(t, oddFiles(t, c.text)[path])
					if len(events) != 1 {
						t.Fatalf("%s has %d events", path, len(events))
					}
					if events[0].Summary != c.shown {
						t.Errorf("%s: %q, not %q", path, events[0].Summary, c.shown)
					}
					if shown := strings.Join(strings.Fields(events[0].Description), " "); !strings.Contains(shown, c.shown) {
						t.Errorf("%s describes it as %q", path, shown)
					}
				}
			})
		}
	}
}

func TestAnyTextIsTextInATerminal(t *testing.T) {
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for _, c := range odd {
		t.Run(c.name, func(t *testing.T) {
			got := oddFiles(t, c.text)["status.txt"]
			for _, l := range strings.Split(got, "\n") {
				if width := uniseg.StringWidth(l); width > 80 {
					t.Errorf("%d columns: %q", width, l)
				}
			}
			turns := func(r rune) bool { return unicode.In(r, unicode.Cc) || unicode.Is(overrides, r) }
			if i := strings.IndexFunc(strings.ReplaceAll(got, "\n", ""), turns); i >= 0 || !utf8.ValidString(got) {
				t.Errorf("it holds a character that drives a terminal: %q", got)
			}
			shown := strings.Map(func(r rune) rune {
				if unicode.Is(overrides, r) {
					return -1
				}
				return r
			}, c.shown)
			// Title, notice twice, incident twice, maintenance twice, group and component, and what both affect.
			if n := strings.Count(squeeze(got), squeeze(shown)); n < 9 {
				t.Errorf("the text is there %d times:\n%s", n, got)
			}
		})
	}
}

// overrides turn the direction of all that follows.
var overrides = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x202A, Hi: 0x202E, Stride: 1}, {Lo: 0x2066, Hi: 0x2069, Stride: 1}}}
