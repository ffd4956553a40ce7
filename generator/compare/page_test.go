package compare

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAPageIsReadAsAPersonReadsIt(t *testing.T) {
	for _, test := range []struct {
		markup              string
		blocks, links, soon []string
	}{
		{"<p>One <b>two</b>\n three</p><div>Four<br>five</div>", []string{"One two three", "Four", "five"}, nil, nil},
		{`<script>if (a<b) "<p>No</p>"</script><style>p{}</style><!-- <p>No</p> --><p>Yes`, []string{"Yes"}, nil, nil},
		{`<p title="a > b">1 < 2 &amp; 3</p>`, []string{"a > b 1 < 2 & 3"}, nil, nil},
		{`<meta name="description" content="Words."><img alt='A picture'>`, []string{"Words.", "A picture"}, nil, nil},
		{`<template><p>Soon</p><template>Later</template></template><p>Now</p>`, []string{"Now"}, nil, []string{"Soon", "Later"}},
		{`<a href="../x/">X</a> <a href="https://example.com/?a=1&amp;b=2">Y</a>`, []string{"X Y"}, []string{"/incidents/x/", "https://example.com/?a=1&b=2"}, nil},
		{`</template></p><p`, nil, nil, nil},
		{"<", []string{"<"}, nil, nil},
		{"<script>never closed", nil, nil, nil},
	} {
		got := readPage(test.markup, "/incidents/api/")
		if !slices.Equal(got.blocks, test.blocks) || !slices.Equal(got.links, test.links) || !slices.Equal(got.later, test.soon) {
			t.Errorf("%s: %q %q %q", test.markup, got.blocks, got.links, got.later)
		}
	}
}

func TestWordsThatManyPagesHaveAreOneLine(t *testing.T) {
	pages := func(word string) *Side {
		files := map[string]string{}
		for _, name := range []string{"index.html", "a/index.html", "b/index.html"} {
			files[name] = "<h1>On " + name + "</h1><p>Call our " + word + ".</p>"
		}
		return side(files)
	}
	text := markdownOf(t, pages("desk"), pages("office"))
	want := "- Call our <del>desk</del><ins>office</ins>. (on `/a/`, `/b/`, 1 more page)\n"
	if !strings.Contains(text, want) || strings.Contains(text, "On ") {
		t.Errorf("the report is:\n%s", text)
	}
}

func TestALinkThatLeadsElsewhereIsSaid(t *testing.T) {
	page := func(address string) *Side {
		return side(map[string]string{"index.html": `<p><a href="` + address + `">Support</a></p>`})
	}
	r, err := Sides(page("https://example.com/help"), page("https://example.net/help"), time.Time{})
	if err != nil || len(r.Words) != 1 || r.Words[0].After != "https://example.net/help" {
		t.Errorf("%+v %v", r, err)
	}
}

func TestEveryWayOfAnAddressIsTold(t *testing.T) {
	site := func(redirects map[string]string, names ...string) *Side {
		files := map[string]string{}
		for _, name := range names {
			files[name] = "x"
		}
		s := side(files)
		s.Redirects = redirects
		return s
	}
	before := site(map[string]string{"/old.html": "/a/", "/gone.html": "/a/", "/back/": "/a/", "/kept.html": "/a/"}, "a/index.html", "b/index.html", "c/index.html", "old.html", "gone.html", "back/index.html", "kept.html")
	after := site(map[string]string{"/old.html": "/b/", "/c/": "/b/", "/kept.html": "/a/"}, "a/index.html", "b/index.html", "c/index.html", "old.html", "back/index.html", "d/index.html", "kept.html")
	r, err := Sides(before, after, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	a := r.Addresses
	if !slices.Equal(a.Gained, []string{"/back/", "/d/"}) || !slices.Equal(a.Lost, []string{"/gone.html"}) || len(a.Redirected) != 2 || a.Redirected["/old.html"] != "/b/" || a.Redirected["/c/"] != "/b/" {
		t.Errorf("%+v", a)
	}
}

func TestWhatIsWithdrawnIsNotRepeated(t *testing.T) {
	secret := "Alice broke it"
	before := history("Case of Alice", secret+".")
	index := before.Read
	before.Paths = append(before.Paths, "index.html")
	before.Read = func(name string) ([]byte, error) {
		switch name {
		case "index.html":
			return []byte("<p>Latest: " + secret + "</p><p>Older: Case of Alice</p>"), nil
		case "feed.json":
			return []byte(`{"items":[{"id":"urn:1","title":"Resolved: Case of Alice","url":"https://status.example.com/incidents/a/#update-u","content_html":"<p>` + secret + `.</p>"}]}`), nil
		}
		return index(name)
	}
	after := side(map[string]string{"index.html": "<p>Nothing</p>"})
	after.Withdrawn = map[string]bool{"a": true}
	r, err := Sides(before, after, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	var text, data strings.Builder
	if err := r.Text(&text, false); err != nil {
		t.Fatal(err)
	}
	if err := r.JSON(&data); err != nil {
		t.Fatal(err)
	}
	for _, printed := range []string{text.String(), data.String()} {
		if strings.Contains(printed, "Alice") || !strings.Contains(printed, withheld) {
			t.Errorf("the report is:\n%s", printed)
		}
	}
}

func TestAMissingSideHasNothing(t *testing.T) {
	r, err := Sides(nil, side(map[string]string{"index.html": "<p>New</p>"}), time.Time{})
	if err != nil || len(r.Addresses.Gained) != 1 || len(r.Words) > 0 {
		t.Errorf("%+v %v", r, err)
	}
	if _, err := Sides(&Side{Read: func(string) ([]byte, error) { return nil, fs.ErrPermission }}, side(nil), time.Time{}); err == nil {
		t.Error("a side that can't be read is taken for an empty one")
	}
}

func TestListsOfTheJSONAreNeverNull(t *testing.T) {
	r, err := Sides(history("A", "Old."), history("A", "New."), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	r.Uptime = []Figure{{Component: "API", Why: []string{}}}
	var b strings.Builder
	if err := r.JSON(&b); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if name, value, _ := strings.Cut(strings.TrimSpace(line), ": "); value == "null," && !slices.Contains([]string{`"verdict"`, `"indicator"`, `"description"`, `"before"`, `"after"`}, name) {
			t.Error(line)
		}
	}
}
