package edit_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"allclear/generator"
	"allclear/generator/edit"
	"allclear/generator/status"
)

var now = time.Date(2022, 12, 5, 12, 0, 0, 0, time.UTC)

const site = "title: Example\nurl: https://status.example.com\ntimezone: Europe/Berlin\ncomponents:\n  - { id: api, name: API }\n"

const incident = "---\ntitle: API fails\ncomponent: api\nseverity: major\ninvestigating: 2022-12-05 11:40 UTC\n---\n\nWe are looking into it.\n"

// folder writes a content folder with an incident, and returns what it is read with
// and the file.
func folder(t *testing.T, text string) (generator.Options, string) {
	t.Helper()
	content := filepath.Join(t.TempDir(), "content")
	file := filepath.Join(content, "incidents", "api.md")
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(content, "site.yaml"), site)
	write(t, file, text)
	return generator.Options{Content: content, Now: now, Theme: os.DirFS("../../themes/default")}, file
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func apply(o generator.Options, u edit.Update) (*edit.Change, error) {
	return edit.Apply(o, u.Plan, false, func() {})
}

func TestOnlyTheBlockIsNewByteForByte(t *testing.T) {
	const block = "## Identified · 2022-12-05 12:00 UTC\n\nA disk is full.\n"
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	for _, test := range []struct{ name, before, between, block string }{
		{"LF", incident, "\n", block},
		{"CRLF", crlf(incident), "\r\n", crlf(block)},
		{"CR", strings.ReplaceAll(incident, "\n", "\r"), "\r", strings.ReplaceAll(block, "\n", "\r")},
		{"a byte order mark", "\ufeff" + incident, "\n", block},
		{"a byte order mark and CRLF", "\ufeff" + crlf(incident), "\r\n", crlf(block)},
		{"no final newline", strings.TrimSuffix(incident, "\n"), "\n\n", block},
		{"CRLF and no final newline", strings.TrimSuffix(crlf(incident), "\r\n"), "\r\n\r\n", crlf(block)},
		{"blank lines at the end", incident + "\n \n\n", "", block},
		{"blanks at the end of lines", strings.ReplaceAll(incident, "it.\n", "it.  \n"), "\n", block},
		{"one line of many in CRLF", strings.Replace(incident, "title: API fails\n", "title: API fails\r\n", 1), "\n", block},
	} {
		t.Run(test.name, func(t *testing.T) {
			o, file := folder(t, test.before)
			change, err := apply(o, edit.Update{Status: "identified", Text: "A disk is full."})
			if err != nil {
				t.Fatal(err)
			}
			got := read(t, file)
			if want := test.before + test.between + test.block; got != want {
				t.Errorf("the file is %q, want %q", got, want)
			}
			lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(got), "\n")
			if line := lines[change.Line-1]; !strings.HasPrefix(line, "## Identified") {
				t.Errorf("line %d is %q", change.Line, line)
			}
			if strings.Contains(change.Block, "\r") {
				t.Errorf("the block to print is %q", change.Block)
			}
		})
	}
}

func TestTheTextKeepsItsPermissions(t *testing.T) {
	o, file := folder(t, incident)
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	if _, err := apply(o, edit.Update{Status: "resolved"}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o640 {
		t.Errorf("the file has the mode %v", info.Mode())
	}
}

func TestUpdatesAtOnceLoseNone(t *testing.T) {
	const writers = 8
	o, file := folder(t, incident)
	var all sync.WaitGroup
	failures := make([]error, writers)
	for i := range writers {
		all.Go(func() {
			_, failures[i] = apply(o, edit.Update{Text: fmt.Sprintf("This is number %d.", i)})
		})
	}
	all.Wait()
	text := read(t, file)
	for i, err := range failures {
		if err != nil {
			t.Error(err)
		}
		if line := fmt.Sprintf("This is number %d.\n", i); strings.Count(text, line) != 1 {
			t.Errorf("%q is in the file %d times:\n%s", line, strings.Count(text, line), text)
		}
	}
	if !strings.HasPrefix(text, incident) {
		t.Errorf("the old text has changed:\n%s", text)
	}
}

func TestNewEventsAtOnceHaveTheirOwnFiles(t *testing.T) {
	o, _ := folder(t, incident)
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			n := edit.New{Title: "Mail is late", Components: []string{"api"}, Severity: "minor", Text: fmt.Sprint("Number ", i)}
			if _, err := edit.Apply(o, n.Plan, false, func() {}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	files, err := filepath.Glob(filepath.Join(o.Content, "incidents", "2022-12-05-mail-is-late*.md"))
	if err != nil || len(files) != 4 {
		t.Errorf("the files are %v (%v), want 4", files, err)
	}
}

// TestASaveOfAnEditorIsNotLost saves the file after the change was planned, as an
// editor does that takes no lock.
func TestASaveOfAnEditorIsNotLost(t *testing.T) {
	o, file := folder(t, incident)
	saved := incident + "\nA sentence more.\n"
	plan := func(c *edit.Content) (*edit.Change, error) {
		change, err := edit.Update{Status: "resolved"}.Plan(c)
		write(t, file, saved)
		return change, err
	}
	if _, err := edit.Apply(o, plan, false, func() {}); err == nil || !strings.Contains(err.Error(), "another program has changed it meanwhile") {
		t.Errorf("the error is %v", err)
	}
	if got := read(t, file); got != saved {
		t.Errorf("the file is %q", got)
	}
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder has %v (%v)", entries, err)
	}
}

func TestAFileThatCannotBeWrittenStays(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	o, file := folder(t, incident)
	if err := os.Chmod(filepath.Dir(file), 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(filepath.Dir(file), 0o777)
	if _, err := apply(o, edit.Update{Status: "resolved"}); err == nil {
		t.Error("no error")
	}
	if got := read(t, file); got != incident {
		t.Errorf("the file is %q", got)
	}
}

func TestTheTimeIsNowUnlessItIsGiven(t *testing.T) {
	for _, test := range []struct{ at, want string }{
		{"", "2022-12-05 12:00 UTC"},
		{"now", "2022-12-05 12:00 UTC"},
		{"-12m", "2022-12-05 11:48 UTC"},
		{"12:45", "2022-12-05 11:45 UTC"}, // in Berlin
		{"2022-12-05 12:50", "2022-12-05 11:50 UTC"},
		{"2022-12-05 11:50 UTC", "2022-12-05 11:50 UTC"},
		{"2022-12-05T11:50:30Z", "2022-12-05 11:50:30 UTC"},
		{"2022-12-05 17:20 +05:30", "2022-12-05 11:50 UTC"},
		{"12:40", "2022-12-05 11:40:01 UTC"}, // the minute of the last update
		{"12:39", "is before the last update"},
		{"13:30", "is in the future"},
		{"+5m", "is in the future"},
		{"25:00", "is not a timestamp"},
		{"2022-12-05", "has no time of day"},
		{"-12", "is no length of time"},
	} {
		t.Run(test.at, func(t *testing.T) {
			o, file := folder(t, incident)
			_, err := apply(o, edit.Update{Status: "identified", Text: "x", At: test.at})
			got := read(t, file)
			if err != nil {
				got = err.Error()
			}
			if !strings.Contains(got, test.want) {
				t.Errorf("--at %s gives %s, want %s", test.at, got, test.want)
			}
		})
	}
}

// TestUpdatesMayFollowEachOtherWithinASecond writes several in one second, the last of
// a minute.
func TestUpdatesMayFollowEachOtherWithinASecond(t *testing.T) {
	o, file := folder(t, incident)
	o.Now = time.Date(2022, 12, 5, 11, 40, 59, 500_000_000, time.UTC)
	for _, want := range []string{"11:40:59 UTC", "11:41 UTC", "11:41:01 UTC"} {
		if _, err := apply(o, edit.Update{Status: "identified", Text: "x"}); err != nil {
			t.Fatal(err)
		}
		if got := read(t, file); !strings.Contains(got, "## Identified · 2022-12-05 "+want+"\n") {
			t.Errorf("there is no update at %s:\n%s", want, got)
		}
	}
}

func TestATimeThatTheClockSkipsOrRepeatsIsRefused(t *testing.T) {
	for at, want := range map[string]string{
		"2022-10-30 02:30": "happens twice in Europe/Berlin",
		"2022-03-27 02:30": "there is no 2022-03-27 02:30 in Europe/Berlin",
	} {
		o, _ := folder(t, incident)
		n := edit.New{Title: "Old", Text: "x", At: at}
		if _, err := edit.Apply(o, n.Plan, true, func() {}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", at, err)
		}
	}
}

func TestAnEventIsFoundByAnySpelling(t *testing.T) {
	o, file := folder(t, incident)
	write(t, filepath.Join(filepath.Dir(file), "2021-01-01-api-old.md"), strings.NewReplacer("API fails", "API was slow", "investigating: 2022-12-05", "resolved: 2021-01-02 00:00 UTC\ninvestigating: 2021-01-01").Replace(incident))
	c, err := edit.Read(o)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"":                                "api",
		"api":                             "api",
		"content/incidents/api.md":        "api",
		`content\incidents\api.md`:        "api",
		"/incidents/api/":                 "api",
		"API FAILS":                       "api",
		"fails":                           "api",
		"old":                             "2021-01-01-api-old",
		"was slow":                        "2021-01-01-api-old",
		"2021-01-01":                      "2021-01-01-api-old",
		"ap":                              "api", // of two, the open one
		"nothing":                         "",
		"content/incidents/2021-01-01.md": "2021-01-01-api-old",
	} {
		got := ""
		if e, err := c.Find(name, 0); err == nil {
			got = e.ID
		}
		if got != want {
			t.Errorf("%q finds %q, want %q", name, got, want)
		}
	}
	write(t, filepath.Join(filepath.Dir(file), "draft.md"), strings.Replace(incident, "title:", "draft: true\ntitle:", 1))
	if c, err = edit.Read(o); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Find("draft", 0); err == nil || !strings.HasSuffix(err.Error(), "draft.md is not public yet: it is a draft, or held back") {
		t.Errorf("a draft gives %v", err)
	}
	if e, err := c.Find("ap", status.Postmortem); err != nil || e.ID != "2021-01-01-api-old" {
		t.Errorf("the postmortem is of %v, %v", e, err)
	}
}

func TestAnUpdateInAnUnfinishedFileIsRefused(t *testing.T) {
	before := incident + "\n```\ncode\n"
	o, file := folder(t, before)
	_, err := apply(o, edit.Update{Status: "resolved"})
	if err == nil {
		t.Error("the update is written into the code")
	}
	if got := read(t, file); !bytes.Equal([]byte(got), []byte(before)) {
		t.Errorf("the file is %q", got)
	}
}
