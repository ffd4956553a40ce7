package compare

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"allclear/generator/diag"
)

// side is a published site of some files.
func side(files map[string]string) *Side {
	s := &Side{
		Read: func(name string) ([]byte, error) {
			if text, found := files[name]; found {
				return []byte(text), nil
			}
			return nil, fs.ErrNotExist
		},
		Paths: []string{}, Announcements: map[string]Announcement{},
	}
	for name := range files {
		s.Paths = append(s.Paths, name)
	}
	return s
}

// history is the API's history of one incident with one update.
func history(title, body string) *Side {
	quoted := func(text string) string {
		data, err := json.Marshal(text)
		if err != nil {
			panic(err)
		}
		return string(data)
	}
	return side(map[string]string{
		"api/v2/history.json": `{"months":[{"month":"2026-11"}]}`,
		"api/v2/history/2026-11.json": fmt.Sprintf(`{"incidents":[{"id":"a","name":%s,"shortlink":"https://status.example.com/incidents/a/",`+
			`"incident_updates":[{"id":"u","status":"resolved","body":%s,"display_at":"2026-11-26T10:00:00Z"}]}]}`, quoted(title), quoted(body)),
	})
}

func markdownOf(t *testing.T, before, after *Side) string {
	t.Helper()
	r, err := Sides(before, after, time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.Markdown(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWordsAreCompared(t *testing.T) {
	for _, test := range []struct{ before, after, want string }{
		{"The API is slow.", "The API was slow.", "The API [is]{was} slow."},
		{"Same.", "Same.", "Same."},
		{"", "New.", "{New.}"},
		{"影響なし", "影響あり", "[影響なし]{影響あり}"},
	} {
		var got strings.Builder
		for _, p := range words(test.before, test.after) {
			switch p.kind {
			case Added:
				fmt.Fprintf(&got, "{%s}", p.text)
			case Removed:
				fmt.Fprintf(&got, "[%s]", p.text)
			default:
				got.WriteString(p.text)
			}
		}
		if got.String() != test.want {
			t.Errorf("%q to %q is %s, want %s", test.before, test.after, got.String(), test.want)
		}
	}
}

func TestMarkdownRunsNothingAndMentionsNobody(t *testing.T) {
	hostile := "<img src=x onerror=alert(1)> @everyone [x](https://evil.example) ![](https://evil.example/p.png) `x` #12 www.evil.example"
	text := markdownOf(t, history("Old", "Old text"), history(hostile, hostile))
	for _, never := range []string{"<img", "@everyone", " [x", " ![", "https://evil", "www.evil", " `x`", " #12"} {
		if strings.Contains(text, never) {
			t.Errorf("the report has %q:\n%s", never, text)
		}
	}
}

func TestMarkdownIsCutWithWords(t *testing.T) {
	text := markdownOf(t, nil, history("Long", strings.Repeat("Many words stand here.\n\n", 10_000)))
	if len(text) > maxMarkdown || !strings.Contains(text, "The rest is cut here") || !strings.Contains(text, "**Long** (new)") {
		t.Errorf("the report has %d bytes and ends with %q", len(text), text[len(text)-100:])
	}
}

func TestEntriesThatLeaveTheFeedAreNotGone(t *testing.T) {
	feed := func(s *Side, items string) *Side {
		read := s.Read
		s.Read = func(name string) ([]byte, error) {
			if name == "feed.json" {
				return []byte(`{"items":[` + items + `]}`), nil
			}
			return read(name)
		}
		return s
	}
	entry := `{"id":"urn:1","title":"Resolved: A","url":"https://status.example.com/incidents/a/#update-u","content_html":"<p>Over.</p>"}`
	r, err := Sides(feed(history("A", "Over."), entry), feed(history("A", "Over."), ""), time.Time{})
	if err != nil || len(r.Entries) > 0 {
		t.Errorf("%v %v", r, err)
	}
	r, err = Sides(feed(history("A", "Over."), entry), feed(side(nil), ""), time.Time{})
	if err != nil || len(r.Entries) != 1 || r.Entries[0].Kind != Removed {
		t.Errorf("%v %v", r, err)
	}
}

func TestTheCalendarIsCompared(t *testing.T) {
	calendar := func(end string) *Side {
		return side(map[string]string{"maintenance.ics": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261201T030000Z\r\nDTEND:" + end +
			"\r\nSUMMARY:Move\\, at\r\n  last\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"})
	}
	r, err := Sides(calendar("20261201T040000Z"), calendar("20261201T050000Z"), time.Time{})
	if err != nil || len(r.Calendar) != 1 {
		t.Fatal(r, err)
	}
	if i := r.Calendar[0]; i.Name != "Move, at last" || len(i.Fields) != 1 || moment(i.Fields[0].After) != "2026-12-01 05:00 UTC" {
		t.Errorf("%+v", i)
	}
}

func TestOnlyTheReportColoursATerminal(t *testing.T) {
	r, err := Sides(history("A", "It is \x1b[31mslow."), history("A", "It is \x1b[2Jslow\x1b."), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.Text(diag.NewDoor(&b, false), true); err != nil {
		t.Fatal(err)
	}
	if text := b.String(); !strings.Contains(text, "\x1b[32m") || strings.Contains(text, "\x1b[2J") || strings.Contains(text, "\x1b[31m") {
		t.Errorf("the report is %q", text)
	}
}
