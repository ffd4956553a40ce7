package page

import (
	"html/template"
	"io/fs"
	"path"
	"strings"
	"sync"
	"time"

	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/source"
)

// Theme is a theme that was loaded and checked: settings, static files, pages of
// its own, and templates and strings in each language of the site. It is safe
// for concurrent use.
type Theme struct {
	settings      settings
	static        []asset
	own           []file          // its own pages, pages/*.html
	localizations []*Localization // the default language first
}

// Localization is a theme in one language. If the site adds nothing to the
// built-in theme, the templates are loaded when the first page is written.
type Localization struct {
	*Theme
	language string // a BCP 47 tag
	original string // the site's default language, if this is another one; else ""
	catalog  *language.Catalog
	today    time.Time // beside which pages write instants; zero for a record. See beside.
	// templates is each page's, by file name: index.html; nil after an error.
	templates func() (map[string]*template.Template, diag.List)
}

// asset is a static file of the theme. It is in memory, since the theme's folder
// may be closed once the theme is loaded.
type asset struct {
	file
	data []byte
}

// settings are the values of theme.yaml.
type settings struct {
	light, dark string // CSS colours for the browser's frame
}

// defaultName is the theme that is built in.
const defaultName = "default"

// Load reads a theme: the built-in one, and the site's own folder themes/<name>,
// whose files replace the built-in ones; it is nil if there is none. The
// languages are those of the pages, BCP 47 tags, the default first. The theme is
// nil if the list has errors.
func Load(site, builtin fs.FS, name string, languages ...string) (*Theme, diag.List) {
	if site == nil && name != defaultName {
		d := ruleMissing.At(diag.Position{File: "themes/" + name}, "there is no theme %q", name)
		return nil, diag.List{d.WithHint("%smake the folder themes/%s, or use the built-in theme: default",
			diag.DidYouMean(name, []string{defaultName}), name)}
	}
	layers := []layer{{"themes/" + defaultName, builtin}}
	if site != nil {
		layers = append(layers, layer{"themes/" + name, site})
	}
	files, found := overlay(layers)
	t := &Theme{}
	var templates, i18n []file
	for _, f := range files {
		switch top, _, _ := strings.Cut(f.path, "/"); top {
		case "theme.yaml":
			found.Add(t.settings.read(f)...)
		case "templates":
			templates = append(templates, f)
		case "pages":
			templates, t.own = append(templates, f), append(t.own, f)
		case "i18n":
			i18n = append(i18n, f)
		case "static":
			data, ds := f.read()
			found.Add(ds...)
			t.static = append(t.static, asset{f, data})
		}
	}
	for _, lang := range languages {
		messages, ds := loadStrings(i18n, lang, layers[len(layers)-1].folder)
		found.Add(ds...)
		if ds.HasErrors() {
			continue
		}
		l := &Localization{Theme: t, language: lang, catalog: messages.catalog}
		if lang != languages[0] {
			l.original = languages[0]
		}
		l.templates = sync.OnceValues(func() (map[string]*template.Template, diag.List) {
			return loadTemplates(templates, messages)
		})
		if site != nil { // the built-in templates are known to be right, and most commands never need them
			_, ds = l.templates()
			found.Add(ds...)
		}
		t.localizations = append(t.localizations, l)
	}
	found = found.Sorted() // which removes the repeats: a mistake in a template is found in every language
	if found.HasErrors() {
		return nil, found
	}
	return t, found
}

// Catalog is the theme's strings in the site's default language.
func (t *Theme) Catalog() *language.Catalog { return t.localizations[0].catalog }

// read reads theme.yaml. A key that is not there is not inherited from the
// built-in theme, since a file always replaces another as a whole.
func (s *settings) read(f file) diag.List {
	data, found := f.read()
	if found != nil {
		return found
	}
	root, found := source.ParseYAML(f.position().File, data)
	if found.HasErrors() {
		return found
	}
	keys := []string{"name", "description", "color_light", "color_dark"}
	for _, field := range root.Fields {
		if field.Value.Kind != source.KindScalar {
			found.Add(ruleYAML.At(field.Value.Position, "%s must be a plain text", field.Key))
		}
		switch field.Key {
		case "name", "description":
		case "color_light":
			s.light = field.Value.Text
		case "color_dark":
			s.dark = field.Value.Text
		default:
			found.Add(ruleYAML.At(field.KeyAt, "unknown key %q", field.Key).
				WithHint("%sthe keys are %s", diag.DidYouMean(field.Key, keys), strings.Join(keys, ", ")))
		}
	}
	return found
}

// languageOf is the tag of the language that an i18n file is in.
func languageOf(name string) string {
	return strings.TrimSuffix(path.Base(name), path.Ext(name))
}
