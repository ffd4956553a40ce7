package publish

import (
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"
)

// spellings finds, among some paths, those that name the same file as a given path
// on some disks, since some disks ignore case and some Unicode's normal form. Two ASCII
// paths are the same there only if they differ in case; of other paths any two
// may be.
type spellings struct {
	folded map[string][]string // of ASCII, by their lower case
	wide   []string            // with other characters than ASCII
}

func newSpellings(paths []string) spellings {
	s := spellings{folded: make(map[string][]string, len(paths))}
	for _, name := range paths {
		if ascii(name) {
			key := strings.ToLower(name)
			s.folded[key] = append(s.folded[key], name)
		} else {
			s.wide = append(s.wide, name)
		}
	}
	return s
}

func (s spellings) of(name string) []string {
	if ascii(name) {
		return s.folded[strings.ToLower(name)]
	}
	return s.wide
}

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// hasTwin reports whether another spelling of a path names the same file. A
// hard link is the same file too, but its name is no spelling of the path.
func (b *build) hasTwin(name string, info fs.FileInfo, others spellings) (bool, error) {
	for _, other := range others.of(name) {
		if other == name {
			continue
		}
		twin, err := b.lstat(other)
		if err != nil {
			return false, err
		}
		if twin != nil && os.SameFile(info, twin) {
			return true, nil
		}
	}
	return false, nil
}
