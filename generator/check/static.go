package check

import (
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"allclear/generator/active"
	"allclear/generator/diag"
	"allclear/generator/source"
)

var ruleActiveContent = rules.Declare(diag.Rule{
	Code:  "active-content",
	Title: "A file in static/ is data: nothing that a browser or a host runs, unless site.yaml allows it by name",
	Why:   "A page or a script on the site's address can change what every reader sees, also after it is deleted: its service worker answers in place of the site.",
})

// readStaticCode reads which files of static/ may be code.
func readStaticCode(f *fields) []string {
	field, ok := f.get("static")
	if !ok {
		return nil
	}
	if field.Value.Kind != source.KindMap {
		f.wrong(field, "a map such as { allow: [demo/index.html] }")
		return nil
	}
	s := f.within("static", "static", field.Value)
	var names []string
	for _, item := range s.items("allow", "the name of a file in content/static/, or a list of names") {
		names = append(names, strings.TrimPrefix(item.Text, "/"))
	}
	s.unknown(nil)
	return names
}

// maxReview is how much of a file that is code is searched, in bytes.
const maxReview = 4 << 20

// Static checks one file of static/ without the others: whether it is data, or, if
// site.yaml names it as code, what a reviewer should look at in it. It is safe for
// concurrent use.
func (c *Config) Static(s source.Static) diag.List {
	file, err := s.Open()
	if err != nil {
		return diag.List{source.Unreadable(s.Position.File, err)}
	}
	defer file.Close()
	found, err := c.staticFile(s, file)
	if err != nil {
		return diag.List{source.Unreadable(s.Position.File, err)}
	}
	return found
}

func (c *Config) staticFile(s source.Static, file fs.File) (diag.List, error) {
	if s.Path == c.site.CSS || slices.Contains(c.site.StaticCode, s.Path) {
		text, err := io.ReadAll(io.LimitReader(file, maxReview))
		return active.Review(s.Position.File, string(text), ""), err
	}
	reason, err := active.Reason(s.Path, file)
	if reason == "" || err != nil {
		return nil, err
	}
	return diag.List{ruleActiveContent.At(s.Position, "this file %s", reason).
		WithHint("delete it, or replace it with data such as a PNG. If it must be there, it is code: have it reviewed as code, and add to %s\nstatic:\n  allow: [%s]", c.doc.File.Name(), yamlName(s.Path))}, nil
}

var plainName = regexp.MustCompile(`^[A-Za-z0-9_.][A-Za-z0-9_./-]*$`)

// yamlName is a file's name as it can be pasted into a list in site.yaml.
func yamlName(name string) string {
	if plainName.MatchString(name) {
		return name
	}
	return strconv.Quote(name)
}
