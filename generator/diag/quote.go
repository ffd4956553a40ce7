package diag

import (
	"errors"
	"io/fs"
	"os"
)

// Short cuts a text that a message quotes to 60 characters.
func Short(text string) string {
	const limit = 60
	if runes := []rune(text); len(runes) > limit {
		return string(runes[:limit]) + "…"
	}
	return text
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
