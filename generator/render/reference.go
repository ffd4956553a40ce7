package render

import (
	"bytes"
	"html"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/output"
	"allclear/generator/status"
)

var ruleDeadReference = rules.Declare(diag.Rule{
	Code: "dead-reference", Level: diag.Warning,
	Title: "A link or a picture of this site is there",
	Why:   "Readers would get a page that says that nothing is there, or a picture that is missing.",
})

// References reports the links and pictures in texts that lead to nothing on the
// site. Letter case counts, as on most hosts.
func References(s *derive.Snapshot, out *output.Output) diag.List {
	r := references{paths: make(map[string]int, len(out.Routes)), places: map[int]map[string]bool{}, out: out}
	for i, route := range out.Routes {
		r.paths[route.Path] = i
	}
	for _, redirect := range out.Redirects {
		r.paths[strings.Trim(redirect.From, "/")] = -1
	}
	for _, e := range s.Events {
		for _, u := range e.Event.Updates {
			r.check(u.Text, e.Path())
			for _, text := range u.Texts {
				r.check(text, e.Path())
			}
		}
	}
	for _, a := range s.Announced {
		r.check(a.Text, "")
		for _, text := range a.Texts {
			r.check(text, "")
		}
	}
	return r.list
}

// references are what a link can lead to: routes by their path, or -1 for a
// redirect.
type references struct {
	paths  map[string]int
	places map[int]map[string]bool // the ids on each page that a link leads into, once it was looked at
	out    *output.Output
	list   diag.List
}

func (r *references) check(t status.Text, own string) {
	for _, reference := range t.References {
		address, fragment, _ := strings.Cut(reference.Address, "#")
		fragment, _, _ = strings.Cut(fragment, ":~:") // a text to find on the page
		address, _, _ = strings.Cut(address, "?")
		name, err := url.PathUnescape(address)
		if err != nil {
			continue
		}
		if address == "" {
			name = own
		}
		i, found := r.route(name)
		switch {
		case !found:
			r.list.Add(r.dead(reference, name))
		case i >= 0 && fragment != "" && !strings.EqualFold(fragment, "top") && !r.anchored(i, fragment):
			r.list.Add(ruleDeadReference.At(reference.Position, "%s has no place #%s", orIndex(name), diag.Short(fragment)).
				WithHint("an update's place is #update- and its id: open the page and copy the link of its time"))
		}
	}
}

func orIndex(name string) string {
	if name == "" {
		return "the index"
	}
	return name
}

// route is the route of a path, with or without the slash of a folder.
func (r *references) route(name string) (int, bool) {
	for _, p := range []string{name, status.File(name), status.File(name + "/"), strings.Trim(name, "/")} {
		if i, ok := r.paths[p]; ok && p != "" {
			return i, true
		}
	}
	return 0, false
}

// anchored reports whether a page has an element with an id.
func (r *references) anchored(i int, fragment string) bool {
	if path.Ext(r.out.Routes[i].Path) != ".html" {
		return true
	}
	id, err := url.PathUnescape(fragment)
	if err != nil {
		return true
	}
	places, looked := r.places[i]
	if !looked {
		places = r.placesOn(i)
		r.places[i] = places
	}
	return places == nil || places[html.EscapeString(id)]
}

// elementID matches the id of an element, in any of the quotes that a theme may
// have.
var elementID = regexp.MustCompile(`\sid=["']?([^"'\s>]*)`)

// placesOn lists the ids on a page; nil if it can't be written.
func (r *references) placesOn(i int) map[string]bool {
	var page bytes.Buffer
	if r.out.Routes[i].Write(&page) != nil {
		return nil
	}
	places := map[string]bool{}
	for _, id := range elementID.FindAllSubmatch(page.Bytes(), -1) {
		places[string(id[1])] = true
	}
	return places
}

// dead reports a reference, with the one that was most likely meant.
func (r *references) dead(reference status.Reference, name string) diag.Diagnostic {
	noun := "link"
	if reference.Picture {
		noun = "picture"
	}
	d := ruleDeadReference.At(reference.Position, "the %s /%s leads to nothing on this site", noun, diag.Short(name))
	if first, _, _ := strings.Cut(name, "/"); isHost(first) {
		return d.WithHint("write the whole address, with https://\nhttps://%s", reference.Address)
	}
	return d.WithHintFrom(func() string {
		meant := strings.TrimSuffix(r.near(name), "index.html")
		switch {
		case strings.EqualFold(strings.Trim(meant, "/"), strings.Trim(name, "/")) && meant != "":
			return "did you mean /" + meant + "? letter case counts"
		case meant != "":
			return "did you mean /" + meant + "?"
		case reference.Picture:
			return "add the file: content/static/" + name
		}
		return "correct it, or write the whole address of another site, with https://"
	})
}

// near is the path that was most likely meant: another letter case, another
// folder, a file of the content, a spelling that is near.
func (r *references) near(name string) string {
	base := strings.TrimSuffix(path.Base(strings.TrimSuffix(name, "/")), ".md")
	paths := make([]string, 0, len(r.paths))
	for p := range r.paths {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	for _, same := range []func(string) bool{
		func(p string) bool { return strings.EqualFold(p, name) || strings.EqualFold(p, status.File(name)) },
		func(p string) bool {
			return strings.EqualFold(path.Base(strings.TrimSuffix(p, "/index.html")), base) && !strings.HasSuffix(p, ".json")
		},
	} {
		if i := slices.IndexFunc(paths, same); i >= 0 {
			return paths[i]
		}
	}
	return r.sibling(name, paths)
}

// sibling is the path in the same folder and of the same kind whose last part is
// spelt most like that of a name.
func (r *references) sibling(name string, paths []string) string {
	clean := strings.Trim(name, "/")
	folder, ending := path.Dir(clean), path.Ext(clean)
	files := map[string]string{}
	var names []string
	for _, p := range paths {
		short := strings.TrimSuffix(p, "/index.html")
		if path.Dir(short) == folder && path.Ext(short) == ending {
			files[path.Base(short)] = p
			names = append(names, path.Base(short))
		}
	}
	return files[diag.Near(path.Base(clean), names)]
}

// endings are the ends of names that are files, though they look like hosts.
var endings = []string{".html", ".htm", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".pdf", ".txt", ".csv", ".json", ".xml", ".md", ".zip", ".ics", ".css", ".js", ".mp4", ".log"}

// isHost reports whether the first part of a path looks like the name of a host.
func isHost(first string) bool {
	ending := strings.ToLower(path.Ext(first))
	return strings.Contains(first, ".") && len(ending) >= 3 && !slices.Contains(endings, ending) && !strings.Contains(first, " ")
}
