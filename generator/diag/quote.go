package diag

import (
	"errors"
	"io/fs"
	"os"
	"strings"
)

// Short cuts a text that a message quotes to 60 characters.
func Short(text string) string { return cut(text, 60) }

// cut cuts a text to a number of characters.
func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	n := 0
	for i := range text {
		if n == limit {
			return strings.Clone(text[:i]) + "…"
		}
		n++
	}
	return text
}

// maxExcerpt is how many characters of a line an excerpt has.
const maxExcerpt = 200

// WithExcerpt returns the diagnostic with the part of its line around its
// column. Where the line goes on, the excerpt has an ellipsis.
func (d Diagnostic) WithExcerpt(line string) Diagnostic {
	d.Excerpt, d.Mark = line, d.Position.Column
	if len(line) <= maxExcerpt {
		return d
	}
	runes := []rune(line)
	if len(runes) <= maxExcerpt {
		return d
	}
	start := min(max(d.Position.Column-maxExcerpt/2, 0), len(runes)-maxExcerpt)
	d.Excerpt = string(runes[start : start+maxExcerpt])
	d.Mark -= start
	if start > 0 {
		d.Excerpt, d.Mark = "…"+d.Excerpt, d.Mark+1
	}
	if start+maxExcerpt < len(runes) {
		d.Excerpt += "…"
	}
	return d
}

// Reason is an error of the file system without the path, which a message
// names in its own words.
func Reason(err error) error {
	var onPath *fs.PathError
	var onLink *os.LinkError
	switch {
	case errors.As(err, &onPath):
		return onPath.Err
	case errors.As(err, &onLink):
		return onLink.Err
	}
	return err
}
