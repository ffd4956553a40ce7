// Package markdown turns the Markdown of one update into HTML for this site's
// pages, HTML for feeds and plain text, and reports what it refuses: one parse,
// three texts, findings with offsets. It never reads a file, never knows what
// an update means, and never lets through markup or an address that could run
// code in a reader's browser.
//
// The Markdown is CommonMark with GitHub's tables, strikethrough, bare
// addresses and task lists. Raw HTML, attributes and footnotes are not part of
// it. Links without a host are relative to the site's root, since one text is
// shown on several pages.
package markdown

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"allclear/generator/status"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
)

// Options say where the site is, and what an update heading looks like.
type Options struct {
	SiteURL  string // absolute, without a slash at its end: https://status.example.com/base
	BasePath string // its path, with a slash at both ends: "/" or "/base/"

	// IsUpdateHeading reports whether a line, such as "## Identified", would
	// begin a new update if it were not inside a code block. May be nil.
	IsUpdateHeading func(line string) bool

	// RepairHeading returns the update heading that a line was meant as, which
	// says a status and a time and nothing else, or with alone only a status; ""
	// for any other line. May be nil.
	RepairHeading func(line string, alone bool) string
}

// Renderer renders updates. It is safe for use from several goroutines.
type Renderer struct {
	parser          parser.Parser
	words           parser.Parser // the same without bare addresses
	page, feed      renderer.Renderer
	siteRoot        string // SiteURL with a slash at its end
	isUpdateHeading func(line string) bool
	repairHeading   func(line string, alone bool) string
	buffers         sync.Pool // of *buffer
}

// New makes a renderer for a site.
func New(o Options) *Renderer {
	root := strings.TrimRight(o.SiteURL, "/") + "/"
	r := &Renderer{
		parser:          newParser(bareAddresses),
		words:           newParser(),
		page:            newHTML(o.BasePath),
		feed:            newHTML(root),
		siteRoot:        root,
		isUpdateHeading: o.IsUpdateHeading,
		repairHeading:   o.RepairHeading,
		buffers:         sync.Pool{New: newBuffer},
	}
	if r.isUpdateHeading == nil {
		r.isUpdateHeading = func(string) bool { return false }
	}
	if r.repairHeading == nil {
		r.repairHeading = func(string, bool) string { return "" }
	}
	return r
}

// Render turns the Markdown of an update into its three texts.
// Lines end with LF. The findings are in the order of their offsets. If one of
// them is an error, the texts are safe, but not what the writer meant. An
// update that would take too long to parse has no texts.
func (r *Renderer) Render(src []byte) (status.Text, []Finding) {
	if len(bytes.TrimSpace(src)) == 0 {
		return status.Text{}, nil
	}
	if f, ok := tooLarge(src); ok {
		return status.Text{}, []Finding{f}
	}
	doc, context := r.parse(src)
	if f, ok := exceeded(context); ok {
		return status.Text{}, []Finding{f}
	}

	b := r.buffers.Get().(*buffer)
	defer r.buffers.Put(b)
	clear(b.links)
	i := r.inspect(doc, src, b.links)
	if i.room < 0 {
		return status.Text{}, i.findings
	}
	t := status.Text{HTML: b.written(r.page, doc, src), Plain: trimmed(clean(i.plain(doc))), References: i.references}
	t.FeedHTML = t.HTML
	if i.relative {
		t.FeedHTML = b.written(r.feed, doc, src)
	}
	if f, ok := tooLong(t); ok {
		return status.Text{}, []Finding{f}
	}
	return t, i.findings
}

// buffer is memory that goldmark writes to directly. It would wrap any other
// writer in a new buffer of 4 KB for each text.
type buffer struct {
	bytes.Buffer
	links links // of the update that is being written
}

func newBuffer() any { return &buffer{links: links{}} }

// written is the HTML that a renderer makes of an update.
func (b *buffer) written(r renderer.Renderer, doc ast.Node, src []byte) string {
	b.Reset()
	if err := r.Render(b, src, doc); err != nil {
		return "" // never: writing to memory does not fail
	}
	return clean(strings.TrimSuffix(b.String(), "\n"))
}

func (b *buffer) Buffered() int { return b.Len() }
func (b *buffer) Flush() error  { return nil }

// inspection is what a walk over a parsed update found.
type inspection struct {
	src             []byte
	siteRoot        string
	repairHeading   func(line string, alone bool) string
	isUpdateHeading func(line string) bool
	findings        []Finding
	references      []status.Reference
	links           links
	relative        bool // holds an address that differs between a page and a feed
	room            int  // how many more bytes the addresses and titles of links may have
}

// inspect gathers the findings, and adapts headings and table cells to the
// pages that will show them.
func (r *Renderer) inspect(doc ast.Node, src []byte, all links) *inspection {
	i := &inspection{src: src, siteRoot: r.siteRoot, isUpdateHeading: r.isUpdateHeading, repairHeading: r.repairHeading, links: all, room: len(src) + maxExpanded}
	// The walk fails only if the function does, and it never does.
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && !i.fits(n) {
			i.findings = []Finding{expanded(n.Pos())}
			return ast.WalkStop, nil
		}
		if entering {
			i.visit(n)
		}
		return ast.WalkContinue, nil
	})
	slices.SortStableFunc(i.findings, func(a, b Finding) int { return cmp.Compare(a.Offset, b.Offset) })
	return i
}

// clean drops what a terminal would obey and XML can't hold: control
// characters, which come from entities such as &#7;, and broken UTF-8.
func clean(s string) string {
	if isPlain(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, s)
}

// isPlain reports whether a text is ASCII without control characters, as most
// texts are. It is faster than strings.Map, which makes a call per character.
func isPlain(s string) bool {
	for _, c := range []byte(s) {
		if c-' ' >= 0x7f-' ' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}
