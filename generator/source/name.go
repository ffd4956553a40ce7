package source

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"allclear/generator/diag"
)

var ruleBadID = rules.Declare(diag.Rule{
	Code:  "bad-id",
	Title: "The name of a Markdown file is its id, then .md; an id is at most 80 of a-z, 0-9 and hyphens, and no name that Windows keeps for a device",
	Why:   "The id is part of the page's URL and must work on every host and every disk.",
})

// languageTag matches a language's tag: de, pt-BR, zh-Hans.
var languageTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// cutLanguage separates the language from the name of a translation; the tag
// is "" if the name has none.
func cutLanguage(base string) (id, tag string) {
	if dot := strings.LastIndexByte(base, '.'); dot > 0 && languageTag.MatchString(base[dot+1:]) {
		return base[:dot], base[dot+1:]
	}
	return base, ""
}

var validID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

// MaxID is the length of an id, in bytes.
const MaxID = 80

// IsID reports whether a text is an id, which can be part of a path.
func IsID(text string) bool {
	return len(text) <= MaxID && validID.MatchString(text) && IsPortable(text)
}

// IsPortable reports whether Windows can carry a file or folder of this name. With
// another name, a repository can't be checked out there, and a site not be built.
// https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
func IsPortable(name string) bool {
	return !isDevice(name) && !strings.HasSuffix(name, ".") && !strings.HasSuffix(name, " ")
}

// isDevice reports whether Windows keeps a name for a device, whatever ending it has:
// aux.txt is aux.
func isDevice(name string) bool {
	base, _, _ := strings.Cut(name, ".")
	switch base = strings.ToLower(strings.TrimRight(base, " ")); base {
	case "con", "prn", "aux", "nul", "conin$", "conout$":
		return true
	}
	number := strings.TrimPrefix(strings.TrimPrefix(base, "com"), "lpt")
	return len(base)-len(number) == 3 && utf8.RuneCountInString(number) == 1 && strings.Contains("0123456789¹²³", number)
}

// NearestID makes a valid id of a name; "" if the name has no character that an
// id can have.
func NearestID(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		} else if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
			b.WriteByte('-')
		}
	}
	id := strings.TrimRight(b.String()[:min(b.Len(), MaxID)], "-")
	if id != "" && !IsPortable(id) {
		id += "-1"
	}
	return id
}

// Ignored reports whether a file or folder is not part of the content or theme
// folder that it is in: dotfiles, and temporary files of editors and systems.
func Ignored(name string) bool {
	switch name {
	case "4913", "Thumbs.db", "desktop.ini":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.Contains(name, "___jb_") ||
		len(name) > 1 && name[0] == '#' && name[len(name)-1] == '#'
}

// publishable reports whether a file of this name can be written on every disk
// and into every list of paths.
func publishable(name string) bool {
	return utf8.ValidString(name) && IsPortable(name) && !strings.ContainsAny(name, `\:*?"<>|`) && !strings.ContainsFunc(name, unicode.IsControl)
}
