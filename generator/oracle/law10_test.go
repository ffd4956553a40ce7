package oracle

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// lawIDsLead: every id and every address of this site in every document leads
// to its document or its page.
func lawIDsLead(f *finder) {
	for _, name := range f.b.jsonPaths() {
		doc, ok := document[any](f.b, name)
		if !ok {
			f.add("a document that can't be read", name, string(f.b.Files[name]), "JSON")
			continue
		}
		f.eachObject(name, *doc)
		eachText(*doc, func(key, text string) { f.address(name, text) })
	}
	for _, feed := range siteFeeds {
		entries, _ := f.b.feed(feed)
		for _, e := range entries {
			f.address(feed, e.Link)
		}
	}
	for _, e := range f.b.calendar("maintenance.ics") {
		f.address("maintenance.ics", e.one("URL"))
	}
	for _, t := range f.m.events {
		f.eventDocuments(t)
	}
	for _, component := range f.c.Components {
		if _, ok := f.b.Files[uptimeFile(component)]; !ok {
			f.add("a component without its uptime", uptimeFile(component), "", "a document")
		}
	}
}

func (b *Build) jsonPaths() []string {
	var found []string
	for name := range b.Files {
		if strings.HasPrefix(name, "api/v2/") && strings.HasSuffix(name, ".json") {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return found
}

// eventDocuments looks for the documents of an event by its id.
func (f *finder) eventDocuments(t *Told) {
	names := []string{"api/v2/incidents/" + t.Code() + ".json"}
	if t.Maintenance {
		names = append(names, "api/v2/scheduled-maintenances/"+t.Code()+".json")
	}
	for _, name := range names {
		doc, ok := document[apiList](f.b, name)
		if !ok {
			f.add("an event without its document", name, "", "the document of %s", t.ID)
			continue
		}
		for _, event := range []*apiEvent{doc.Incident, doc.Maintenance} {
			if event != nil && event.ID != t.Code() {
				f.add("a document says another id", name, event.ID, "%s", t.Code())
			}
		}
	}
}

// eachObject looks at the ids of every object in a document by its keys.
func (f *finder) eachObject(file string, value any) {
	switch value := value.(type) {
	case []any:
		for _, each := range value {
			f.eachObject(file, each)
		}
	case map[string]any:
		text := func(key string) string { s, _ := value[key].(string); return s }
		_, isUpdate := value["incident_id"]
		_, isEvent := value["incident_updates"]
		_, isAffected := value["old_status"]
		_, hasGroup := value["group_id"]
		switch {
		case isUpdate:
			f.leadsToEvent(file, text("incident_id"))
		case isEvent:
			f.leadsToEvent(file, text("id"))
		case isAffected:
			f.leadsToComponent(file, text("code"))
		case hasGroup && value["group"] == true:
			for _, id := range value["components"].([]any) {
				f.leadsToComponent(file, fmt.Sprint(id))
			}
		case hasGroup:
			f.leadsToComponent(file, text("id"))
			f.leadsToGroup(file, text("group_id"))
		}
		if related, ok := value["related_events"].([]any); ok {
			for _, each := range related {
				if event, ok := each.(map[string]any); ok {
					f.leadsToEvent(file, fmt.Sprint(event["code"]))
				}
			}
		}
		for _, each := range value {
			f.eachObject(file, each)
		}
	}
}

func (f *finder) leadsToEvent(file, id string) {
	if _, ok := f.b.Files["api/v2/incidents/"+id+".json"]; !ok {
		f.add("an event's id leads nowhere", file, id, "api/v2/incidents/%s.json", id)
	}
}

func (f *finder) leadsToComponent(file, id string) {
	if _, ok := f.b.Files["api/v2/components/"+id+"/uptime.json"]; !ok {
		f.add("a component's id leads nowhere", file, id, "api/v2/components/%s/uptime.json", id)
	}
}

func (f *finder) leadsToGroup(file, id string) {
	doc, ok := document[apiList](f.b, "api/v2/components.json")
	if id == "" || !ok {
		return
	}
	if !slices.ContainsFunc(doc.Components, func(c apiComponent) bool { return c.Group && c.ID == id }) {
		f.add("a group's id leads nowhere", file, id, "a group in components.json")
	}
}

// address looks at an address of this site.
func (f *finder) address(file, text string) {
	rest, ok := strings.CutPrefix(text, f.c.URL)
	if !ok || rest == "" || rest[0] != '/' || strings.ContainsAny(rest, " \n<") {
		return
	}
	rest, _, _ = strings.Cut(rest, "?")
	if !f.b.has(strings.TrimPrefix(rest, "/")) {
		f.add("an address leads nowhere", file, text, "a page or a file")
	}
}

func eachText(value any, yield func(key, text string)) { eachTextOf("", value, yield) }

func eachTextOf(key string, value any, yield func(key, text string)) {
	switch value := value.(type) {
	case string:
		yield(key, value)
	case []any:
		for _, each := range value {
			eachTextOf(key, each, yield)
		}
	case map[string]any:
		for name, each := range value {
			eachTextOf(name, each, yield)
		}
	}
}

// lawNoEmptyBody: no update has an empty body in the API, no entry of a feed
// an empty text.
func lawNoEmptyBody(f *finder) {
	for _, name := range f.b.jsonPaths() {
		if doc, ok := document[any](f.b, name); ok {
			eachText(*doc, func(key, text string) {
				if key == "body" && strings.TrimSpace(text) == "" {
					f.add("an empty body", name, text, "the theme's sentence for the status")
				}
			})
		}
	}
	feeds := slices.Concat(siteFeeds, f.b.paths("components/*/history.atom"))
	for _, feed := range feeds {
		entries, _ := f.b.feed(feed)
		for _, e := range entries {
			if plain(e.Text) == "" {
				f.add("an empty entry", feed, e.Title, "the theme's sentence for the status")
			}
		}
	}
}

// linkedData reads the JSON-LD of a page.
func linkedData(p *Page, into any) bool {
	return json.Unmarshal([]byte(p.head("ld", "")), into) == nil
}
