package source

import (
	"io/fs"
	"path"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/status"
)

// Content is a content folder with all its documents, not yet checked. A
// document that can't be read is left out, and the diagnostics say why.
type Content struct {
	Name      string      // the folder as the user named it, slash-separated: content
	Site      *Document   // site.yaml, which has no Sections; nil if it can't be read
	Documents []*Document // the Markdown files, in order of path
	Static    []Static
}

// Static is a file below content/static/, which is copied unchanged.
type Static struct {
	Path     string        // below static/, slash-separated: images/logo.svg
	Position diag.Position // the file
	Info     fs.FileInfo   // of the file when it was listed
	Open     func() (fs.File, error)
}

// Size is how many bytes the file had when it was listed.
func (s Static) Size() int64 {
	if s.Info == nil { // it was not listed
		return 0
	}
	return s.Info.Size()
}

// Document is one file: its fields (the front matter, or all of site.yaml) and
// its body, divided at update headings.
type Document struct {
	File     *File
	ID       string // base name without .md, a valid id
	Path     string // below the content folder, slash-separated
	Folder   string // incidents, maintenance or announcements; "" for site.yaml
	Language string // of a translation <id>.<language>.md, the language in its name; else ""
	Fields   Value  // of KindMap; has no fields if the front matter has none
	Sections []Section
	Disabled []Disabled
}

// Section is an update heading with the Markdown below it. The first section
// of a document may have no heading: it is the text before the first heading,
// and is left out if that text is blank.
type Section struct {
	Heading *Heading // nil for the text before the first heading
	Text    []byte   // Markdown, LF line ends, up to the next heading; may be blank
	Offset  int      // of Text in File
}

// Heading is an update heading, `## Identified · 2022-12-01 10:48 UTC {api=major_outage}`.
type Heading struct {
	Position   diag.Position      // of the ##
	Status     status.EventStatus // zero if the heading has none
	StatusAt   diag.Position
	Time       string // the timestamp's text, not yet parsed; "" if the heading has none
	TimeAt     diag.Position
	Attributes []Attribute
}

// Attribute is one attribute between a heading's braces. {#abc123} is Name "#",
// Value "abc123"; {api=major_outage} is Name "api", Value "major_outage".
type Attribute struct {
	Name, Value     string
	NameAt, ValueAt diag.Position
}

// ValueKind is the kind of a YAML value.
type ValueKind int

const (
	KindNull ValueKind = iota
	KindScalar
	KindList
	KindMap
)

// Value is a YAML value with its position. A scalar keeps its text and is not
// converted, since its type depends on the key.
type Value struct {
	Kind     ValueKind
	Position diag.Position
	Text     string  // of a scalar, as YAML reads it (quotes and escapes undone)
	Quoted   bool    // a scalar in quotes or a block, which is always a string
	Comment  string  // the YAML comment after a plain scalar on its line, with its #
	Items    []Value // of a list
	Fields   []Field // of a map, in file order, each key once
}

// Field is one key of a map.
type Field struct {
	Key   string
	KeyAt diag.Position
	Value Value
}

// ParseEvent parses the text of an incident or maintenance file; name is the
// file's name as printed. The document is nil if it can't be read.
func ParseEvent(name string, src []byte, kind status.Kind) (*Document, diag.List) {
	folder := incidents
	if kind == status.Maintenance {
		folder = maintenance
	}
	return parse(name, folder, src, time.Time{})
}

// ParsePast parses a file that was in a content folder once, by its path below
// that. The document is nil if the file was no event and no announcement in the
// site's first language, or can't be read.
func ParsePast(name string, src []byte) *Document {
	folder, _, _ := strings.Cut(name, "/")
	base, isMarkdown := strings.CutSuffix(path.Base(name), ".md")
	if !isMarkdown || folder != incidents && folder != maintenance && folder != announcements || !IsID(base) {
		return nil
	}
	document, _ := parse(name, folder, src, time.Time{})
	return document
}

// ParseAnnouncement parses the text of an announcement's file.
func ParseAnnouncement(name string, src []byte) (*Document, diag.List) {
	return parse(name, announcements, src, time.Time{})
}

// ParseSite parses the text of a site.yaml.
func ParseSite(name string, src []byte) (*Document, diag.List) {
	return parse(name, "", src, time.Time{})
}

// parse parses a file as one of a folder of documents; the folder is "" for
// site.yaml. The current time is for hints.
func parse(name, folder string, src []byte, now time.Time) (*Document, diag.List) {
	file, found := newFile(name, src)
	file.now = now
	if found.HasErrors() {
		return nil, file.Excerpts(found)
	}
	kind := status.Incident
	if folder == maintenance {
		kind = status.Maintenance
	}
	if found = file.checkConflicts(kind); found.HasErrors() {
		return nil, file.Excerpts(found)
	}
	var document *Document
	if folder == "" {
		document, found = file.parseSite()
	} else {
		document, found = file.parseMarkdown(folder)
	}
	if document != nil {
		document.Disabled = file.disabled()
		document.Folder, document.ID = folder, strings.TrimSuffix(path.Base(name), ".md")
	}
	return document, file.Excerpts(found)
}

// Field returns the field of a map with a key.
func (v Value) Field(key string) (Field, bool) {
	for _, f := range v.Fields {
		if f.Key == key {
			return f, true
		}
	}
	return Field{}, false
}

// parseMarkdown parses front matter and body. If the front matter can't be
// read, the body is parsed all the same, so that one run reports all mistakes.
func (f *File) parseMarkdown(folder string) (*Document, diag.List) {
	matter, found := splitFrontMatter(f)
	if found.HasErrors() {
		return nil, found
	}
	fields, ok, found := f.parseYAML(matter.yaml, matter.firstLine, matter.fence)
	kind := fields.kind(folder)
	sections, problems := cutSections(f, matter.body, kind)
	if folder != announcements && folder != templates { // which have no updates: check reports every heading
		found.Add(problems...)
	}
	if !ok {
		return nil, found
	}
	return &Document{File: f, Fields: fields, Sections: sections}, found
}

// kind is the kind of event whose headings a file has: that of its folder, unless
// its keys are all of the other kind, which check reports once.
func (v Value) kind(folder string) status.Kind {
	_, planned := v.Field("scheduled_for")
	_, begun := v.Field("investigating")
	if folder == maintenance && !(begun && !planned) || folder != maintenance && planned && !begun {
		return status.Maintenance
	}
	return status.Incident
}

// parseSite parses site.yaml, which has only fields.
func (f *File) parseSite() (*Document, diag.List) {
	fields, ok, found := f.parseYAML(f.text, 1, diag.Position{File: f.name, Line: 1, Column: 1})
	if !ok {
		return nil, found
	}
	return &Document{File: f, Fields: fields}, found
}
