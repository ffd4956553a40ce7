// Package source reads a content folder into documents with positions, and
// reads and writes update headings and timestamps. It reports files and syntax
// that can't be read; it never decides what the fields of a document mean,
// such as which keys an incident has or whether a component exists.
//
// Only this package opens files of the content folder. It follows no symlinks
// below the folder, opens only regular files, and reads no file of more than
// MaxFile bytes.
//
// # Layout
//
//	site.yaml                    settings and components
//	incidents/**/<id>.md         sub-folders only sort the files
//	incidents/**/<id>.<lang>.md  the same text in another language; also in the next two
//	maintenance/**/<id>.md
//	announcements/**/<id>.md
//	templates/<name>.md          what new events and updates begin with
//	static/**                    files that are copied unchanged
//
// Dotfiles and the temporary files of editors are ignored silently.
//
// # Documents
//
// A Markdown file begins with front matter: YAML between two lines of ---.
// The body is divided at update headings: lines that begin with ## and a space
// in the first column, outside fenced code. All other Markdown is left in the
// text of its section for a Markdown parser.
//
// Text is normalised first: a byte order mark is dropped and every line end
// becomes LF. Neither changes a line or column number, so positions are those
// that an editor shows.
package source

import "allclear/generator/diag"

// Limits on what is read. A larger file is an error, so that it can't make a
// build hang.
const (
	MaxFile        = 1 << 20  // bytes of a Markdown or YAML file
	MaxFrontMatter = 64 << 10 // bytes between the fences
	MaxDepth       = 16       // levels of nested lists and maps
)

// Rules lists every rule of this package.
func Rules() []*diag.Rule { return rules.All() }

var rules diag.Rules
