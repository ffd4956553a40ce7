package feed_test

import (
	"encoding/json"
	"io"
	"os/exec"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"allclear/generator/testneed"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"
)

// planned is what a calendar program shows of one event.
type planned struct {
	UID, Summary, Description, Status, URL string
	Start, End, Stamp                      string // in UTC: 20260520T200000Z
	Sequence                               string
}

// readers read a calendar with programs that others wrote.
var readers = map[string]func(testing.TB, string) []planned{"go-ical": readGo, "ical.js": readJS}

func readGo(t testing.TB, text string) []planned {
	t.Helper()
	decoder := ical.NewDecoder(strings.NewReader(text))
	calendar, err := decoder.Decode()
	if err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
	if _, err := decoder.Decode(); err != io.EOF {
		t.Fatalf("something follows the calendar: %v", err)
	}
	var events []planned
	for _, e := range calendar.Events() {
		said := func(name string) string {
			property := e.Props.Get(name)
			if property == nil {
				t.Fatalf("an event has no %s", name)
			}
			if text, err := property.Text(); err == nil && property.ValueType() == ical.ValueText {
				return text
			}
			return property.Value
		}
		events = append(events, planned{
			UID: said("UID"), Summary: said("SUMMARY"), Description: said("DESCRIPTION"), Status: said("STATUS"), URL: said("URL"),
			Start: said("DTSTART"), End: said("DTEND"), Stamp: said("DTSTAMP"), Sequence: said("SEQUENCE"),
		})
	}
	return events
}

const script = `
const ICAL = require("ical.js");
const calendar = new ICAL.Component(ICAL.parse(require("fs").readFileSync(0, "utf8")));
const compact = (time) => time.toString().replace(/[-:]/g, "");
console.log(JSON.stringify(calendar.getAllSubcomponents("vevent").map((component) => {
	const e = new ICAL.Event(component);
	const said = (name) => component.getFirstPropertyValue(name);
	return {UID: e.uid, Summary: e.summary, Description: e.description, Status: said("status"), URL: said("url"),
		Start: compact(e.startDate), End: compact(e.endDate), Stamp: compact(said("dtstamp")), Sequence: String(e.sequence)};
})));
`

func readJS(t testing.TB, text string) []planned {
	t.Helper()
	node := exec.Command("node", "-e", script)
	node.Dir = testneed.Node(t)
	node.Stdin = strings.NewReader(text)
	var complaint strings.Builder
	node.Stderr = &complaint
	out, err := node.Output()
	if err != nil {
		t.Fatalf("%v: %s in:\n%s", err, complaint.String(), text)
	}
	var events []planned
	if err := json.Unmarshal(out, &events); err != nil {
		t.Fatal(err)
	}
	return events
}

func TestCalendarsAreReadByOthers(t *testing.T) {
	files := build(t, story, now)
	move := planned{
		UID: "3fb0f6a1-efde-515f-8d31-7b6baaa3623f", Summary: "Move to a new hall", Status: "CONFIRMED",
		URL:   "https://status.example.com/maintenance/move/",
		Start: "20260520T200000Z", End: "20260520T220000Z", Stamp: "20260520T220000Z", Sequence: "2",
		Description: "Affects Website and API.\n\nCompleted: The scheduled maintenance has been completed.\n\nhttps://status.example.com/maintenance/move/",
	}
	soon := planned{
		UID: "bc20b0a8-2b8f-5bbd-900a-6b2d94c4ad00", Summary: "Another move", Status: "CONFIRMED",
		URL:   "https://status.example.com/maintenance/soon/",
		Start: "20260610T200000Z", End: "20260610T220000Z", Stamp: "20260530T080000Z", Sequence: "0",
		Description: "Affects Website.\n\nScheduled: We move on.\n\nhttps://status.example.com/maintenance/soon/",
	}
	off := planned{
		UID: "6d7d308b-2cee-5731-a56b-9f44de19a3cc", Summary: "Cancelled: Off again", Status: "CANCELLED",
		URL:   "https://status.example.com/maintenance/off/",
		Start: "20260701T200000Z", End: "20260701T220000Z", Stamp: "20260512T080000Z", Sequence: "3",
		Description: "Affects API.\n\nCancelled: Not this time.\n\nhttps://status.example.com/maintenance/off/",
	}
	for name, read := range readers {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff([]planned{move, soon, off}, read(t, files["maintenance.ics"])); diff != "" {
				t.Errorf("the site's (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]planned{move, soon}, read(t, files["components/web/maintenance.ics"])); diff != "" {
				t.Errorf("the component's (-want +got):\n%s", diff)
			}
		})
	}
}

func TestACalendarWithoutMaintenanceIsWhole(t *testing.T) {
	text := build(t, site, now)["maintenance.ics"]
	for name, read := range readers {
		t.Run(name, func(t *testing.T) {
			if events := read(t, text); len(events) != 0 {
				t.Errorf("it sees %v", events)
			}
		})
	}
	if !strings.Contains(text, "BEGIN:VTIMEZONE") {
		t.Error("RFC 5545 wants a component in every calendar")
	}
}

func TestACalendarGrowsInSequenceAndKeepsItsUID(t *testing.T) {
	var last planned
	for i, instant := range []time.Time{at("2026-05-11 12:00"), at("2026-05-20 20:30"), at("2026-05-21 00:00")} {
		for _, e := range readGo(t, build(t, story, instant)["maintenance.ics"]) {
			if e.Summary != "Move to a new hall" {
				continue
			}
			if i > 0 && (e.UID != last.UID || e.Sequence <= last.Sequence || e.Stamp <= last.Stamp) {
				t.Errorf("%+v became %+v", last, e)
			}
			last = e
		}
	}
	if last.Sequence != "2" {
		t.Errorf("in the end it is at sequence %q", last.Sequence)
	}
}

func TestCalendarLinesAreFolded(t *testing.T) {
	long := strings.Replace(story, "title: Move to a new hall", "title: "+strings.Repeat("日本語の保守作業 👩‍👩‍👧‍👦 ", 40), 1)
	text := build(t, long, now)["maintenance.ics"]
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") || strings.Count(text, "\r") != strings.Count(text, "\r\n") {
		t.Error("not every line ends with CRLF alone")
	}
	for _, l := range strings.Split(text, "\r\n") {
		if len(l) > 75 || !utf8.ValidString(l) {
			t.Errorf("a line of %d octets: %q", len(l), l)
		}
	}
}
