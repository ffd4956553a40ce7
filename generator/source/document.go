package source

import (
	"io/fs"
	"path"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/status"
)

// Content is a content folder as it was read: documents with positions, no
// meaning yet. A document that can't be read at all is missing from it and
// named in the diagnostics.
type Content struct {
	Name          string    // the folder as the user named it, slash-separated: content
	Site          *Document // site.yaml, whose Sections are empty; nil where it can't be read
	Incidents     []*Document
	Maintenance   []*Document
	Announcements []*Document
	Translations  []*Document // of all three, in order of path
	Static        []Static
}

// Static is a file below content/static/, to be copied as it is.
type Static struct {
	Path     string        // below static/, slash-separated: images/logo.svg
	Position diag.Position // the file
	Info     fs.FileInfo   // of the file when it was listed
	Open     func() (fs.File, error)
}

// Document is one file: its fields (front matter, or all of site.yaml) and
// its body cut at update headings.
type Document struct {
	File     *File
	ID       string // base name without .md, a valid id
	Folder   string // that it stands in: incidents, maintenance or announcements
	Language string // of a translation <id>.<language>.md, what its name says; else ""
	Fields   Value  // of KindMap; empty where the front matter is
	Sections []Section
}

// Section is an update heading with the Markdown below it. The first one of
// a document may have no heading: the text before any; it is left out where
// that is blank.
type Section struct {
	Heading *Heading // nil for the text before the first heading
	Text    []byte   // Markdown, LF line ends, up to the next heading; may be blank
	Offset  int      // of Text in File
}

// Heading is an update heading, `## Identified · 2022-12-01 10:48 UTC {api=major_outage}`.
type Heading struct {
	Position   diag.Position      // of the ##
	Status     status.EventStatus // zero where it names none
	StatusAt   diag.Position
	Time       string // the timestamp's text, not yet read; "" where it has none
	TimeAt     diag.Position
	Attributes []Attribute
}

// Attribute is one item between a heading's braces. {#abc123} is Name "#",
// Value "abc123"; {api=major_outage} is Name "api", Value "major_outage".
type Attribute struct {
	Name, Value     string
	NameAt, ValueAt diag.Position
}

// ValueKind is the shape of a YAML value.
type ValueKind int

const (
	KindNull ValueKind = iota
	KindScalar
	KindList
	KindMap
)

// Value is a YAML value with its place. Scalars keep their text: what it
// means is for whoever knows the key.
type Value struct {
	Kind     ValueKind
	Position diag.Position
	Text     string  // of a scalar, as YAML reads it (quotes and escapes undone)
	Quoted   bool    // a scalar in quotes or a block, which is a string whatever it looks like
	Comment  string  // what follows on a plain scalar's line as a YAML comment, with its #
	Items    []Value // of a list
	Fields   []Field // of a map, in file order, each key once
}

// Field is one key of a map.
type Field struct {
	Key   string
	KeyAt diag.Position
	Value Value
}

// ParseEvent reads the text of an incident's or a maintenance's file; name is
// the file's, as printed. The document is nil where it can't be read at all.
func ParseEvent(name string, src []byte, kind status.Kind) (*Document, diag.List) {
	folder := incidents
	if kind == status.Maintenance {
		folder = maintenance
	}
	return parse(name, folder, src)
}

// ParseAnnouncement reads the text of an announcement's file. It should have
// no update headings: its body is then one section.
func ParseAnnouncement(name string, src []byte) (*Document, diag.List) {
	return parse(name, announcements, src)
}

// ParseSite reads the text of a site.yaml.
func ParseSite(name string, src []byte) (*Document, diag.List) {
	return parse(name, "", src)
}

// parse reads a file as one of a folder of documents, "" for site.yaml.
func parse(name, folder string, src []byte) (*Document, diag.List) {
	file, found := newFile(name, src)
	if found.HasErrors() {
		return nil, file.Excerpts(found)
	}
	var document *Document
	switch folder {
	case incidents:
		document, found = file.parseDocument(func(body int) ([]Section, diag.List) {
			return cutSections(file, body, status.Incident)
		})
	case maintenance:
		document, found = file.parseDocument(func(body int) ([]Section, diag.List) {
			return cutSections(file, body, status.Maintenance)
		})
	case announcements:
		document, found = file.parseDocument(file.announcementBody)
	default:
		document, found = file.parseSite()
	}
	if document != nil {
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

// parseDocument reads front matter and body. Where the front matter can't be
// read, the body is still looked at, so that all mistakes are named at once.
func (f *File) parseDocument(cut func(body int) ([]Section, diag.List)) (*Document, diag.List) {
	matter, found := splitFrontMatter(f)
	if found.HasErrors() {
		return nil, found
	}
	fields, ok, found := f.parseYAML(matter.yaml, matter.firstLine, matter.fence)
	sections, more := cut(matter.body)
	found.Add(more...)
	if !ok {
		return nil, found
	}
	return &Document{File: f, Fields: fields, Sections: sections}, found
}

// parseSite reads site.yaml, which is fields alone.
func (f *File) parseSite() (*Document, diag.List) {
	fields, ok, found := f.parseYAML(f.text, 1, diag.Position{File: f.name, Line: 1, Column: 1})
	if !ok {
		return nil, found
	}
	return &Document{File: f, Fields: fields}, found
}

// announcementBody is a body without updates. It is cut at the headings of
// such all the same, for whoever checks that there are none.
func (f *File) announcementBody(body int) ([]Section, diag.List) {
	sections, _ := cutSections(f, body, status.Incident)
	return sections, nil
}
