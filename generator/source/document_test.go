package source_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

// event reads a document that has no mistakes.
func event(t *testing.T, text string) *source.Document {
	t.Helper()
	document, found := source.ParseEvent("content/incidents/x.md", []byte(text), status.Incident)
	if len(found) > 0 || document == nil {
		t.Fatalf("%q has mistakes: %v", text, found)
	}
	return document
}

// said is a list as it is printed, without the file's name and the summary.
func said(found diag.List) string {
	var b bytes.Buffer
	_ = found.Text(&b, false)
	text := strings.ReplaceAll(b.String(), "content/incidents/x.md", "x.md")
	return strings.TrimSuffix(text, found.Summary()+"\n")
}

const front = "---\ntitle: A\n---\n"

func TestADocumentIsFieldsAndSections(t *testing.T) {
	document := event(t, "---\ntitle: API down\nidentified: 2022-12-01 10:48 UTC # as the log has it\n---\n\nFirst.\n\n## Identified\n\nText.\n### Deeper\n## 2022-12-01 11:00 UTC {api=major_outage}\n")
	if document.ID != "x" {
		t.Errorf("id %q", document.ID)
	}
	title, _ := document.Fields.Field("title")
	identified, _ := document.Fields.Field("identified")
	at := func(line, column int) diag.Position {
		return diag.Position{File: "content/incidents/x.md", Line: line, Column: column}
	}
	wantTitle := source.Field{Key: "title", KeyAt: at(2, 1), Value: source.Value{Kind: source.KindScalar, Position: at(2, 8), Text: "API down"}}
	wantIdentified := source.Field{Key: "identified", KeyAt: at(3, 1), Value: source.Value{
		Kind: source.KindScalar, Position: at(3, 13), Text: "2022-12-01 10:48 UTC", Comment: "# as the log has it"}}
	if diff := cmp.Diff([]source.Field{wantTitle, wantIdentified}, []source.Field{title, identified}); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	var texts []string
	var positions []diag.Position
	for _, s := range document.Sections {
		texts = append(texts, string(s.Text))
		positions = append(positions, document.File.Position(s.Offset))
	}
	if diff := cmp.Diff([]string{"\nFirst.\n\n", "\nText.\n### Deeper\n", ""}, texts); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]diag.Position{at(5, 1), at(9, 1), at(13, 1)}, positions); diff != "" {
		t.Errorf("positions (-want +got):\n%s", diff)
	}
	if h := document.Sections[0].Heading; h != nil {
		t.Errorf("the text before the first heading got the heading %v", h)
	}
	if h := document.Sections[1].Heading; h.Status != status.Identified || h.Position != at(8, 1) {
		t.Errorf("second section's heading: %+v", h)
	}
}

func TestABlankTextBeforeTheFirstHeadingIsNoSection(t *testing.T) {
	if got := len(event(t, front+"\n \n\t\n## Resolved\n").Sections); got != 1 {
		t.Errorf("%d sections, want 1", got)
	}
	if got := len(event(t, front).Sections); got != 0 {
		t.Errorf("%d sections in a file without text", got)
	}
}

func TestLineEndsAndByteOrderMarkDoNotChangePositions(t *testing.T) {
	const plain = "---\ntitle: Ä\nx: {a: 1, a: 2}\n---\n\nÖ\n\n## Resolvd\n\nText\n"
	_, want := source.ParseEvent("x.md", []byte(plain), status.Incident)
	if len(want) != 2 {
		t.Fatalf("found %v, want two diagnostics", want)
	}
	for name, text := range map[string]string{
		"a byte order mark": "\uFEFF" + plain,
		"CRLF":              strings.ReplaceAll(plain, "\n", "\r\n"),
		"CR":                strings.ReplaceAll(plain, "\n", "\r"),
		"both":              "\uFEFF" + strings.ReplaceAll(plain, "\n", "\r\n"),
	} {
		document, got := source.ParseEvent("x.md", []byte(text), status.Incident)
		if diff := cmp.Diff(said(want), said(got)); diff != "" {
			t.Errorf("with %s (-want +got):\n%s", name, diff)
		}
		if got := string(document.Sections[1].Text); got != "\nText\n" {
			t.Errorf("with %s the text is %q", name, got)
		}
	}
}

func TestColumnsCountCodePoints(t *testing.T) {
	document := event(t, front+"naïve 🔥 text\n")
	s := document.Sections[0]
	offset := s.Offset + bytes.Index(s.Text, []byte("text"))
	if got := document.File.Position(offset).String(); got != "content/incidents/x.md:4:9" {
		t.Errorf("position %s", got)
	}
	if got := document.File.Line(4); got != "naïve 🔥 text" {
		t.Errorf("line %q", got)
	}
}

func TestSectionsBeginAtUpdateHeadingsOnly(t *testing.T) {
	const cut, whole = true, false
	tests := []struct {
		name, body string
		want       bool
	}{
		{"plain", "a\n## Resolved\n", cut},
		{"with a tab", "a\n##\tResolved\n", cut},
		{"right after a paragraph in a list", "- a\n## Resolved\n", cut},
		{"indented", "a\n\n ## Resolved\n", whole},
		{"without a space", "a\n##Resolved\n", whole},
		{"deeper", "a\n### Resolved\n", whole},
		{"setext", "Resolved\n---\n", whole},
		{"in a quote", "> ## Resolved\n", whole},
		{"in a list", "- ## Resolved\n", whole},
		{"in a fence", "```\n## Resolved\n```\n", whole},
		{"in a fence of tildes", "~~~ yaml\n## Resolved\n~~~\n", whole},
		{"in an indented fence", "   ```\n## Resolved\n   ```\n", whole},
		{"in an unclosed fence", "```\n## Resolved\n", whole},
		{"in a fence that a shorter one does not close", "````\n```\n## Resolved\n````\n", whole},
		{"in a fence that another kind does not close", "```\n~~~\n## Resolved\n```\n", whole},
		{"in a fence that one with text does not close", "```\n``` x\n## Resolved\n```\n", whole},
		{"in a fence that an indented one does not close", "```\n    ```\n## Resolved\n```\n", whole},
		{"after a fence", "```\na\n```\n## Resolved\n", cut},
		{"after a fence closed by a longer one", "```\na\n`````  \n## Resolved\n", cut},
		{"after inline code", "``` a ``` b\n## Resolved\n", cut},
		{"after two backticks", "``\n## Resolved\n", cut},
		{"after indented code", "a\n\n    ```\n## Resolved\n", cut},
		{"after a fence behind a tab", "a\n\n\t```\n## Resolved\n", cut},
		{"after an unclosed fence in a list", "- a\n  ```\n  b\n## Resolved\n", cut},
		{"after a fence on a list marker's line", "- ```\n  a\n  ```\n## Resolved\n", cut},
		{"after a fence in an ordered list", "10. a\n\n    ```\n    b\n## Resolved\n", cut},
		{"after a fence in a wide item", "-   a\n\n   b\n\n  ```\n## Resolved\n", whole},
		{"after a list", "- a\n\nb\n\n  ```\n## Resolved\n", whole},
		{"after a quoted fence", "> ```\n## Resolved\n", cut},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			sections := event(t, front+test.body).Sections
			last := sections[len(sections)-1]
			if got := last.Heading != nil; got != test.want {
				t.Errorf("%q was cut: %v", test.body, got)
			}
		})
	}
}

func TestAHeadingWithAMistakeStillBeginsASection(t *testing.T) {
	document, found := source.ParseEvent("content/incidents/x.md", []byte(front+"a\n## What happened\nb\n## Resolved {\nc\n"), status.Incident)
	if len(found) != 2 || len(document.Sections) != 3 {
		t.Errorf("%d sections and %v", len(document.Sections), found)
	}
}

// Package check reports the updates of an announcement, which should have
// none; here they are only read.
func TestHeadingsOfAnAnnouncementAreNotChecked(t *testing.T) {
	content, found := read(t, folder(t, map[string]string{"site.yaml": settings, "announcements/x.md": front + "a\n## What happened\nb\n"}))
	document := content.Documents[0]
	if len(found) > 0 || len(document.Sections) != 2 || document.Sections[1].Heading == nil {
		t.Errorf("sections %v, found %v", document.Sections, found)
	}
}

func TestFrontMatterMistakes(t *testing.T) {
	tests := []struct {
		name, text, want string // want is how the diagnostic begins
		hint             string
	}{
		{"none", "Text\n", "x.md:1:1: error: the file does not begin with front matter [front-matter-missing]", "---\n"},
		{"an empty file", "", "x.md:1:1: error: the file does not begin with front matter [front-matter-missing]", "begin the file with"},
		{"text before", "\nText\n---\ntitle: A\n---\n", "x.md:2:1: error: the file does not begin with its front matter", "line 3"},
		{"TOML", "+++\ntitle = 'A'\n+++\n", "x.md:1:1: error: the front matter must be YAML", ""},
		{"JSON", "{\n\"title\": \"A\"\n}\n\n", "x.md:1:1: error: the front matter must be YAML", ""},
		{"four hyphens", "----\ntitle: A\n---\n", "x.md:1:1: error: the front matter must begin with a line of only --- [front-matter-missing]", "write\n---"},
		{"a comment on the fence", "--- # incident\ntitle: A\n---\n", "x.md:1:1: error: the front matter must begin with a line of only ---", ""},
		{"a format on the fence", "---yaml\ntitle: A\n---\n", "x.md:1:1: error: the front matter must begin with a line of only ---", ""},
		{"an indented fence", "  ---\ntitle: A\n---\n", "x.md:1:3: error: this --- is indented [front-matter-missing]", ""},
		{"unclosed", "---\ntitle: A\n", "x.md:1:1: error: the front matter is never closed [front-matter-unclosed]", "---"},
		{"unclosed before a heading", "\n---\ntitle: A\n\n## Resolved\nx\n", "x.md:2:1: error: the front matter is never closed [front-matter-unclosed]", "above line 4"},
		{"only the fence", "---", "x.md:1:1: error: the front matter is never closed", ""},
		{"closed by dots", "---\ntitle: A\n...\nText\n", `x.md:3:1: error: "..." does not close the front matter [front-matter-unclosed]`, "write\n---"},
		{"closed by four hyphens", "---\ntitle: A\n----\nText\n", `x.md:3:1: error: "----" does not close the front matter`, ""},
		{"closed with a comment", "---\ntitle: A\n--- # end\nText\n", `x.md:3:1: error: "--- # end" does not close the front matter`, ""},
		{"closed by a dash", "---\ntitle: A\n—\nText\n", `x.md:3:1: error: "—" does not close the front matter`, ""},
		{"closed inside a block", "---\ntitle: A\nx: |\n  one\n  ---\n  two\n---\nText\n", "x.md:5:3: error: this --- is indented [front-matter-unclosed]", "***"},
		{"too large", "---\nx: " + strings.Repeat("a", 64<<10) + "\n---\n", "x.md:1:1: error: the front matter is larger than 64 KiB [too-large]", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			document, found := source.ParseEvent("content/incidents/x.md", []byte(test.text), status.Incident)
			if document != nil || len(found) != 1 {
				t.Fatalf("document %v and %v, want one diagnostic", document, found)
			}
			if got := said(found); !strings.HasPrefix(got, test.want) || !strings.Contains(found[0].Hint, test.hint) {
				t.Errorf("said %swant %s, and %q in the hint", got, test.want, test.hint)
			}
		})
	}
}

func TestValidFrontMatter(t *testing.T) {
	for name, text := range map[string]string{
		"after blank lines":         "\n \n---\ntitle: A\n---\n",
		"with blanks at the fences": "---  \ntitle: A\n--- \t\nText",
		"without a body":            "---\ntitle: A\n---",
		"with hyphens inside":       "---\ntitle: A\nx: a --- b\n---\n",
	} {
		if _, ok := event(t, text).Fields.Field("title"); !ok {
			t.Errorf("%s: the title is lost", name)
		}
	}
	for _, text := range []string{"---\n---\n", "---\n\n---\n", "---\n# nothing\n---\n"} {
		fields := event(t, text).Fields
		if fields.Kind != source.KindMap || len(fields.Fields) != 0 || fields.Position.Line != 1 {
			t.Errorf("%q: empty front matter was read as %+v", text, fields)
		}
	}
}

func TestForbiddenCharactersAreReportedAtTheirPosition(t *testing.T) {
	for text, want := range map[string]string{
		"---\ntitle: A\n---\nå\xffb\n":     "x.md:4:2: error: byte 0xff is not UTF-8 [not-utf8]",
		"---\ntitle: caf\xe9\n---\n":       "x.md:2:11: error: byte 0xe9 is not UTF-8 [not-utf8]",
		"\xff\xfe-\x00-\x00-\x00":          "x.md:1:1: error: byte 0xff is not UTF-8 [not-utf8]",
		"---\ntitle: A\x00\n---\n":         "x.md:2:9: error: control character U+0000 [control-character]",
		"---\ntitle: A\n---\na\x1b[31m\n":  "x.md:4:2: error: control character U+001B [control-character]",
		"---\ntitle: A\n---\na\x7f\n":      "x.md:4:2: error: control character U+007F [control-character]",
		"---\ntitle: A\u0085b\n---\n":      "x.md:2:9: error: control character U+0085 [control-character]",
		"---\ntitle: A\u2028b\n---\n":      "x.md:2:9: error: control character U+2028 [control-character]",
		"---\ntitle: A\n---\na\uFFFE\n":    "x.md:4:2: error: control character U+FFFE [control-character]",
		"---\ntitle: A\n---\na\uFEFF\n":    "x.md:4:2: error: control character U+FEFF [control-character]",
		front + strings.Repeat("a", 1<<20): "x.md: error: the file is larger than 1 MiB [too-large]",
	} {
		document, found := source.ParseEvent("content/incidents/x.md", []byte(text), status.Incident)
		if document != nil || len(found) != 1 || !strings.HasPrefix(said(found), want) {
			t.Errorf("%.40q: said %s want %s", text, said(found), want)
		}
	}
}

func FuzzDocument(f *testing.F) {
	for _, seed := range []string{
		"", "---", front, front + "a\n## Resolved\nb\n", "\uFEFF---\r\ntitle: A: b\r\n---\r\n## Resolved {a=b}\r\nx",
		"---\na: [1\n---\n```\n## x\n", "---\na: &b [*b]\n---\n", "---\nx: |\n  ---\n---\n- ```\n##\n", "\r\r---\r---\r##\r",
		"---\n\"a\": 'it's'\nb: @x\nc: \t!!x y\n---\n##\t##\n", "---\n? [a]\n: b\n<<: c\n1: 2\n---\n", "---\na: {{{{{{{{{{{{{{{{{1}}}}\n---\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		document, found := source.ParseEvent("content/incidents/x.md", src, status.Incident)
		if document == nil && !found.HasErrors() {
			t.Fatal("no document and no diagnostic")
		}
		lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(src), "\uFEFF")), "\n")
		for _, d := range found {
			checkWithin(t, lines, d.Position)
		}
		if document == nil {
			return
		}
		checkValue(t, lines, document.Fields)
		checkRejoins(t, document, lines)
	})
}

func checkWithin(t *testing.T, lines []string, p diag.Position) {
	t.Helper()
	if p.Line < 0 || p.Line > len(lines) || p.Line > 0 && p.Column > len([]rune(lines[p.Line-1]))+1 {
		t.Errorf("%v is outside the file", p)
	}
}

func checkValue(t *testing.T, lines []string, v source.Value) {
	checkWithin(t, lines, v.Position)
	for _, item := range v.Items {
		checkValue(t, lines, item)
	}
	for _, field := range v.Fields {
		checkWithin(t, lines, field.KeyAt)
		checkValue(t, lines, field.Value)
	}
}

// checkRejoins asserts that headings and texts, joined, are the body: that
// cutting loses nothing but blank text before the first heading.
func checkRejoins(t *testing.T, document *source.Document, lines []string) {
	t.Helper()
	var joined strings.Builder
	for _, s := range document.Sections {
		if s.Heading != nil {
			joined.WriteString(document.File.Line(s.Heading.Position.Line) + "\n")
		}
		if want := document.File.Position(s.Offset).Line; s.Heading != nil && want != s.Heading.Position.Line+1 && len(s.Text) > 0 {
			t.Errorf("the text below line %d begins in line %d", s.Heading.Position.Line, want)
		}
		joined.Write(s.Text)
	}
	body := strings.TrimSpace(joined.String())
	if whole := strings.TrimSpace(strings.Join(lines, "\n")); !strings.HasSuffix(whole, body) {
		t.Errorf("joined sections are %q, not the end of %q", body, whole)
	}
	if len(document.Sections) == 0 && !strings.HasSuffix(strings.TrimSpace(strings.Join(lines, "\n")), "---") {
		t.Error("a body without sections")
	}
}

func BenchmarkParseEvent(b *testing.B) {
	src := []byte(sample(1))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		source.ParseEvent("content/incidents/x.md", src, status.Incident)
	}
}

// sample is an incident of the usual length.
func sample(n int) string {
	return fmt.Sprintf(`---
title: Requests to the API fail in region %d
components:
  api: major_outage
  dashboard: degraded_performance
severity: major
investigating: 2022-12-01 04:03 UTC
identified: 2022-12-01 10:48 UTC
resolved: 2022-12-01 11:48 UTC
---

We are looking into failing requests to the API.

## 2022-12-01 05:04 UTC {dashboard=major_outage}

The issue has grown to an outage.

## Identified

The issue has been identified and a fix is being made. %s

## Resolved · 2022-12-01 11:48 UTC

This incident has been resolved.
`, n, strings.Repeat("A sentence more. ", 20))
}
