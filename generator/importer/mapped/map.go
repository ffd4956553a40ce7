package mapped

import (
	"errors"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/importer"
	"allclear/generator/source"
	"allclear/generator/status"
)

// Map says how to read the files of a site.
type Map struct {
	files, ignore []string // patterns of paths
	title, url    string   // of the new site
	zone          *time.Location
	address       string // the form of old addresses, "" for none

	name, date, end, components, text keys
	resolved, draft, maintenance      words // true: the words that mean yes
	severity, status                  words
	updates                           updates
}

// keys are names of a key of the front matter: the first that a file has counts.
type keys []string

// words are keys, and what their values mean.
type words struct {
	keys
	means map[string]string // by the value in lower case: true, or a severity, or a status
	given bool              // the map has it
}

// updates say how a text tells its updates.
type updates struct {
	heading bool   // a heading with a time, or with a word for a status
	bold    bool   // a bold label
	mark    string // what stands around the time at the end of a paragraph: {{< track "TIME" >}}
	list    *entry // a list below a key
	files   *entry // files of their own
}

// entry says how to read an update that is not in the text.
type entry struct {
	key                string   // of the list
	patterns           []string // of the files
	event              keys     // of a file: which event it belongs to
	date, status, text keys
}

// yes are the words that mean true if the map has none.
var yes = []string{"true", "yes", "on", "y", "1"}

// ReadMap reads a map. The error names every mistake with its line and column.
func ReadMap(name string) (*Map, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	raw, err := importer.ReadBounded(file, source.MaxFile)
	if err != nil {
		return nil, err
	}
	value, found := source.ParseYAML(name, raw)
	r := &mapReader{}
	for _, d := range found {
		r.add(d.Position, "%s", d.Message)
	}
	if len(r.errors) > 0 {
		return nil, errors.Join(r.errors...)
	}
	m := r.read(value)
	return m, errors.Join(r.errors...)
}

// mapReader reads a map and collects its mistakes.
type mapReader struct{ errors []error }

func (r *mapReader) add(at diag.Position, format string, args ...any) {
	r.errors = append(r.errors, fmt.Errorf("%s: %s", at, fmt.Sprintf(format, args...)))
}

// fields calls the function for each key of a map. Other keys are mistakes.
func (r *mapReader) fields(v source.Value, what string, known map[string]func(source.Value)) {
	if v.Kind != source.KindMap {
		r.add(v.Position, "%s is a map of keys: %s", what, strings.Join(sorted(known), ", "))
		return
	}
	for _, f := range v.Fields {
		if read, ok := known[f.Key]; ok {
			read(f.Value)
			continue
		}
		hint := "it may have " + strings.Join(sorted(known), ", ")
		if near := diag.Near(f.Key, sorted(known)); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		r.add(f.KeyAt, "unknown key %q in %s; %s", diag.Short(f.Key), what, hint)
	}
}

func sorted[T any](known map[string]T) []string {
	names := make([]string, 0, len(known))
	for name := range known {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (r *mapReader) read(v source.Value) *Map {
	m := &Map{
		files: []string{"**/*.md", "**/*.markdown"},
		name:  keys{"title"}, date: keys{"date"},
	}
	r.fields(v, "the map", map[string]func(source.Value){
		"files":    r.patterns(&m.files),
		"ignore":   r.patterns(&m.ignore),
		"timezone": func(v source.Value) { m.zone = r.zone(v) },
		"site": func(v source.Value) {
			r.fields(v, "site", map[string]func(source.Value){"title": r.text(&m.title), "url": r.text(&m.url)})
		},
		"address":     r.addressForm(&m.address),
		"title":       r.keys(&m.name),
		"date":        r.keys(&m.date),
		"end":         r.keys(&m.end),
		"components":  r.keys(&m.components),
		"text":        r.keys(&m.text),
		"resolved":    r.words(&m.resolved, "resolved", nil),
		"draft":       r.words(&m.draft, "draft", nil),
		"maintenance": r.words(&m.maintenance, "maintenance", nil),
		"severity":    r.words(&m.severity, "severity", []string{"none", "minor", "major", "critical"}),
		"status":      r.words(&m.status, "status", status.EventStatuses(status.Incident)),
		"updates":     func(v source.Value) { r.updates(v, &m.updates) },
	})
	if l := m.updates.files; l != nil {
		m.ignore = append(m.ignore, l.patterns...)
	}
	return m
}

func (r *mapReader) text(to *string) func(source.Value) {
	return func(v source.Value) {
		if *to = v.Text; v.Kind != source.KindScalar || v.Text == "" {
			r.add(v.Position, "a text is missing")
		}
	}
}

// keys reads one name of a key, or a list.
func (r *mapReader) keys(to *keys) func(source.Value) {
	return func(v source.Value) {
		*to = nil
		for _, item := range listOf(v) {
			if item.Kind != source.KindScalar || item.Text == "" {
				r.add(item.Position, "the name of a key is missing")
				continue
			}
			*to = append(*to, item.Text)
		}
	}
}

// listOf is the items of a list, or a value that is none.
func listOf(v source.Value) []source.Value {
	if v.Kind == source.KindList {
		return v.Items
	}
	return []source.Value{v}
}

func (r *mapReader) patterns(to *[]string) func(source.Value) {
	return func(v source.Value) {
		*to = nil
		for _, item := range listOf(v) {
			if _, err := path.Match(item.Text, ""); err != nil || item.Text == "" {
				r.add(item.Position, "%q is not a pattern of paths; write it like content/incidents/**/*.md", diag.Short(item.Text))
				continue
			}
			*to = append(*to, item.Text)
		}
	}
}

func (r *mapReader) zone(v source.Value) *time.Location {
	zone, err := time.LoadLocation(v.Text)
	if err != nil || v.Text == "" || v.Text == "Local" {
		r.add(v.Position, "%q is not an IANA time zone; write it like Europe/Berlin or Etc/UTC", diag.Short(v.Text))
		return nil
	}
	return zone
}

// addressParts are what an address form may have in braces.
var addressParts = []string{"path", "name", "slug", "year", "month", "day"}

func (r *mapReader) addressForm(to *string) func(source.Value) {
	return func(v source.Value) {
		*to = v.Text
		for _, part := range braced.FindAllStringSubmatch(v.Text, -1) {
			if !slices.Contains(addressParts, part[1]) {
				r.add(v.Position, "{%s} is unknown in an address; it may have {%s}", part[1], strings.Join(addressParts, "}, {"))
			}
		}
		if !strings.HasPrefix(v.Text, "/") {
			r.add(v.Position, "an address begins with a slash: address: /incidents/{name}/")
		}
	}
}

// words reads a name of a key, or a map of key and words. means are what words
// can mean; nil for yes and no.
func (r *mapReader) words(to *words, what string, means []string) func(source.Value) {
	return func(v source.Value) {
		to.given, to.means = true, map[string]string{}
		if v.Kind != source.KindMap {
			r.keys(&to.keys)(v)
			return
		}
		r.fields(v, what, map[string]func(source.Value){
			"key": r.keys(&to.keys),
			"words": func(v source.Value) {
				if means == nil {
					r.add1(to, v, "true")
					return
				}
				known := map[string]func(source.Value){}
				for _, meaning := range means {
					known[meaning] = func(v source.Value) { r.add1(to, v, meaning) }
				}
				r.fields(v, "words of "+what, known)
			},
		})
		if len(to.keys) == 0 && what != "status" {
			r.add(v.Position, "%s lacks its key: { key: NAME, words: … }", what)
		}
	}
}

// add1 gives words one meaning.
func (r *mapReader) add1(to *words, v source.Value, meaning string) {
	for _, item := range listOf(v) {
		word := strings.ToLower(strings.TrimSpace(item.Text))
		switch before, twice := to.means[word]; {
		case item.Kind != source.KindScalar || word == "":
			r.add(item.Position, "a word is missing")
		case twice && before != meaning:
			r.add(item.Position, "%q means %s already", diag.Short(word), before)
		default:
			to.means[word] = meaning
		}
	}
}

func (r *mapReader) updates(v source.Value, u *updates) {
	on := func(to *bool) func(source.Value) {
		return func(v source.Value) {
			if *to = v.Text == "true"; !*to && v.Text != "false" {
				r.add(v.Position, "write true or false")
			}
		}
	}
	r.fields(v, "updates", map[string]func(source.Value){
		"headings": on(&u.heading),
		"bold":     on(&u.bold),
		"mark": func(v source.Value) {
			if u.mark = v.Text; strings.Count(v.Text, "TIME") != 1 || len(v.Text) < len("TIME")+2 {
				r.add(v.Position, "a mark says where the time is: mark: '{{< track \"TIME\" >}}'")
			}
		},
		"list": func(v source.Value) {
			u.list = &entry{date: keys{"date"}, status: keys{"status"}, text: keys{"text"}}
			r.fields(v, "list", map[string]func(source.Value){
				"key": r.text(&u.list.key), "date": r.keys(&u.list.date), "status": r.keys(&u.list.status), "text": r.keys(&u.list.text),
			})
			if u.list.key == "" {
				r.add(v.Position, "list lacks its key: { key: NAME }")
			}
		},
		"files": func(v source.Value) {
			u.files = &entry{date: keys{"date"}, status: keys{"status"}}
			r.fields(v, "files", map[string]func(source.Value){
				"files": r.patterns(&u.files.patterns), "event": r.keys(&u.files.event), "date": r.keys(&u.files.date), "status": r.keys(&u.files.status),
			})
			if len(u.files.patterns) == 0 || len(u.files.event) == 0 {
				r.add(v.Position, "files of updates need files, the pattern of their paths, and event, the key that names their event's file")
			}
		},
	})
}
