package check

import (
	"slices"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

// Schema is a JSON Schema, or a part of one.
// https://json-schema.org/draft-07
type Schema map[string]any

// schemaKinds are the files that have a schema, and what makes it.
var schemaKinds = []struct {
	name, title string
	of          func(*Config) *shape
}{
	{"site", "content/site.yaml of allclear", siteShape},
	{"incident", "The front matter of an incident", eventShape(status.Incident)},
	{"maintenance", "The front matter of a maintenance", eventShape(status.Maintenance)},
	{"announcement", "The front matter of an announcement", announcementShape},
	{"template", "The front matter of a template", templateShape},
}

// SchemaNames lists the kinds of file that have a schema.
func SchemaNames() []string {
	var names []string
	for _, k := range schemaKinds {
		names = append(names, k.name)
	}
	return names
}

// SchemaOf makes the schema of a kind of file. It is made by reading an empty file:
// each reader of a key says what the key may be, so there is no other list of them.
// With a config, components are those of its site; it may be nil.
func SchemaOf(name string, c *Config) Schema {
	if c == nil {
		doc, _ := source.ParseSite("site.yaml", []byte("title: Example\nurl: https://status.example.com\n"))
		c, _ = ReadConfig(doc, Options{})
	}
	for _, k := range schemaKinds {
		if k.name != name {
			continue
		}
		schema := k.of(c).schema()
		schema["$schema"], schema["title"] = "http://json-schema.org/draft-07/schema#", k.title
		return schema
	}
	return nil
}

// shape is what the readers of one map say about its keys.
type shape struct {
	keys     map[string]Schema
	required []string
	inner    map[string]*shape // of a map in a key, or of the maps in its list
	tags     []string          // of the site's languages, the default one first; nil if they are not known
}

func newShape() *shape { return &shape{keys: map[string]Schema{}, inner: map[string]*shape{}} }

// schema is the schema of the map.
func (s *shape) schema() Schema {
	properties := Schema{}
	for key, value := range s.keys {
		properties[key] = described(key, value)
	}
	schema := Schema{"type": "object", "properties": properties, "additionalProperties": false}
	if len(s.required) > 0 {
		schema["required"] = s.required
	}
	return schema
}

// known makes a key one that the map may have.
func (f *fields) known(key string) {
	if f.shape != nil && f.shape.keys[key] == nil {
		f.shape.keys[key] = Schema{}
	}
}

// may says what the value of a key may be. The last word counts.
func (f *fields) may(key string, value func() Schema) {
	if f.shape != nil {
		f.shape.keys[key] = value()
	}
}

// needs says that a key must be there.
func (f *fields) needs(key string) {
	if f.shape != nil && !slices.Contains(f.shape.required, key) {
		f.shape.required = append(f.shape.required, key)
	}
}

// within returns the fields of a map inside this one.
func (f *fields) within(key, of string, value source.Value) *fields {
	inner := f.inside(of, value)
	if f.shape != nil {
		if f.shape.inner[key] == nil {
			f.shape.inner[key] = newShape()
			f.shape.inner[key].tags = f.shape.tags
		}
		inner.shape = f.shape.inner[key]
	}
	return inner
}

// emptyDocument is a document to make a shape of.
func emptyDocument(c *Config, folder string) (*document, *shape) {
	kind := status.Incident
	if folder == "maintenance" {
		kind = status.Maintenance
	}
	doc, _ := source.ParseEvent("example.md", []byte("---\n---\n"), kind)
	s := newShape()
	d := &document{Config: c, Document: doc, now: time.Unix(0, 0), list: &diag.List{}, shape: s}
	d.reading = &reading{file: doc.File, list: d.list, now: d.nowText}
	return d, s
}

func eventShape(kind status.Kind) func(*Config) *shape {
	return func(c *Config) *shape {
		folder := "incidents"
		if kind == status.Maintenance {
			folder = "maintenance"
		}
		d, s := emptyDocument(c, folder)
		d.event(kind)
		return s
	}
}

func announcementShape(c *Config) *shape {
	d, s := emptyDocument(c, "announcements")
	d.announcement()
	return s
}

func templateShape(c *Config) *shape {
	d, s := emptyDocument(c, "templates")
	d.template()
	return s
}

// everyMap is a site.yaml with a map wherever one can be.
const everyMap = `uptime: {}
static: {}
limits: {}
repository: {}
links: [{}]
subscribe: [{}]
withdrawn: [{}]
components: [{}, { group: Group, components: [{}] }]
`

func siteShape(c *Config) *shape {
	doc, _ := source.ParseSite("site.yaml", []byte(everyMap))
	r := &reading{file: doc.File, list: &diag.List{}, now: func() string { return exampleTime }}
	f := r.inside("site.yaml", doc.Fields)
	f.shape = newShape()
	switch {
	case len(c.declared) == 0: // of no site
	case len(c.site.Languages) > 0:
		f.shape.tags = c.site.Languages
	default:
		f.shape.tags = []string{c.site.Language}
	}
	readFields(f, "")
	inner := f.shape.inner
	group := inner["group"].schema()
	group["properties"].(Schema)["components"] = described("components", Schema{"type": "array", "items": inner["component"].schema()})
	f.shape.keys["components"] = listOf(Schema{"if": Schema{"required": []string{"group"}}, "then": group, "else": inner["component"].schema()})
	for _, key := range []string{"links", "subscribe", "withdrawn"} {
		f.shape.keys[key] = listOf(inner[key].schema())
	}
	f.shape.keys["repository"] = Schema{"anyOf": []Schema{anAddress(), inner["repository"].schema()}}
	for _, key := range []string{"uptime", "limits", "static"} {
		f.shape.keys[key] = orNull(inner[key].schema())
	}
	return f.shape
}
