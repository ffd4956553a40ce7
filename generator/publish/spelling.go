package publish

import (
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"
)

// spellings finds, among some paths, those that a disk might take for another
// path: disks that fold case, and disks that fold Unicode's normal forms. The
// first differ in case alone; of the second it is known only that neither is
// plain ASCII.
type spellings struct {
	folded map[string][]string
	wide   []string
}

func spelling(paths []string) spellings {
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

// hasTwin reports whether one of the other spellings of a path is the very
// file that the path names. A hard link, which is the same file too, is no
// twin where its name has nothing in common.
func (b *build) hasTwin(name string, info fs.FileInfo, others spellings) (bool, error) {
	for _, other := range others.of(name) {
		if other == name {
			continue
		}
		twin, err := b.look(other)
		if err != nil {
			return false, err
		}
		if twin != nil && os.SameFile(info, twin) {
			return true, nil
		}
	}
	return false, nil
}
