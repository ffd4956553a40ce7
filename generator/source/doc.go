// Package source reads a content folder into documents with positions, and
// knows the syntax of update headings and timestamps in both directions. It
// says where things stand and whether they can be read; what they mean (which
// keys an incident has, whether a component exists) is never its business.
//
// It is the only door into content/: below the folder it follows no symlink,
// opens nothing but regular files, and reads no file over MaxFile bytes.
//
// # Layout
//
//	site.yaml                    settings and components
//	incidents/**/<id>.md         sub-folders only sort
//	incidents/**/<id>.<lang>.md  the same text in another language; likewise below
//	maintenance/**/<id>.md
//	announcements/**/<id>.md
//	static/**                    copied as it is
//
// Dotfiles and what editors leave behind are ignored in silence.
//
// # Documents
//
// A Markdown file begins with front matter, YAML between two lines of ---.
// The body is cut at update headings: lines that begin with ## and a space in
// the first column, outside fenced code. Everything else stays in the text of
// its section, for whoever parses the Markdown.
//
// Text is normalised before anything else sees it: a byte order mark is
// dropped and every line end is LF. Neither moves a line or a column, so
// positions are those that an editor shows.
package source

import "allclear/generator/diag"

// Bounds on what is read. A larger file is an error, never a hang.
const (
	MaxFile        = 1 << 20  // bytes of a Markdown or YAML file
	MaxFrontMatter = 64 << 10 // bytes between the fences
	MaxDepth       = 16       // lists and maps inside one another
)

// Rules lists every rule of this package.
func Rules() []*diag.Rule { return rules.All() }

var rules diag.Rules
