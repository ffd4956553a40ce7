package check

import (
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var (
	ruleBadComponentID = rules.Declare(diag.Rule{
		Code:  "bad-component-id",
		Title: "A component's id begins with a letter and is lower-case letters, digits and hyphens, 80 at most",
		Why:   "It is part of addresses, and of update headings, where id, class, severity and corrects mean something else.",
	})
	ruleDuplicateID = rules.Declare(diag.Rule{
		Code:  "duplicate-id",
		Title: "An id, an api_id or an alias belongs to one thing",
		Why:   "Two things at one address: one of them could not be reached, and clients would take them for one.",
	})
)

// ReservedIDs mean something else in an update's attributes, and can be no
// component's.
var ReservedIDs = []string{"id", "class", "severity", "corrects"}

func isComponentID(text string) bool {
	return source.IsID(text) && text[0] >= 'a' && !slices.Contains(ReservedIDs, text)
}

const componentExample = "- { id: api, name: API }"

// declarations reads the components of site.yaml.
type declarations struct {
	site *status.Site
	list *diag.List
	ids  *owners // of components and groups
	api  *owners
}

func readComponents(f fields, site *status.Site) {
	field, ok := f.get("components")
	if !ok {
		return
	}
	if field.Value.Kind != source.KindList {
		f.wrong(field, "a list of components, such as "+componentExample)
		return
	}
	d := declarations{site, f.list, newOwners("id", f.list), newOwners("api_id", f.list)}
	for _, item := range field.Value.Items {
		if item.Kind != source.KindMap {
			f.wrong(source.Field{Key: "a component", Value: item}, "a map such as "+componentExample)
			continue
		}
		if _, ok := item.Field("group"); ok {
			site.Items = append(site.Items, status.Item{Group: d.group(item)})
		} else if c := d.component(item, nil); c != nil {
			site.Items = append(site.Items, status.Item{Component: c})
		}
	}
}

func (d declarations) component(v source.Value, group *status.Group) *status.Component {
	f := fields{"a component", v, d.list}
	f.knows(table{"components": "a group has group: and its name instead of id: and name:"}.hint,
		"id", "name", "description", "start_date", "retired", "api_id")
	c := &status.Component{
		ID:        f.text("id"),
		APIID:     readAPIID(f),
		StartDate: readDate(f, "start_date", d.site.Zone),
		Retired:   readDate(f, "retired", d.site.Zone),
		Group:     group,
		Index:     len(d.site.Components),
		Position:  v.Position,
	}
	c.Name, c.Names = f.words("name", d.site)
	c.Description, c.Descriptions = f.words("description", d.site)
	at, ok := v.Field("id")
	if !ok {
		f.missing("id", "id: api")
		return nil
	}
	if _, ok := v.Field("name"); !ok {
		f.missing("name", "name: API")
	}
	c.Position = at.Value.Position
	if c.ID == "" {
		return nil
	}
	if !isComponentID(c.ID) {
		diagnostic := ruleBadComponentID.At(c.Position, "%q can't be the id of a component", short(c.ID))
		if better := source.NearestID(c.ID); isComponentID(better) {
			diagnostic = diagnostic.WithHint("write it as %s", better)
		} else {
			diagnostic = diagnostic.WithHint("begin with a letter, go on with a-z, 0-9 and hyphens; id, class, severity and corrects are taken")
		}
		d.list.Add(diagnostic)
		return nil
	}
	if !c.Retired.IsZero() && !c.StartDate.IsZero() && c.Retired.Before(c.StartDate) {
		retired, _ := v.Field("retired")
		d.list.Add(ruleEndsFirst.At(retired.Value.Position, "component %q is retired before its start_date", c.ID).
			WithHint("one of the two dates is wrong"))
	}
	if !d.ids.take(c.ID, c.Position) {
		return nil
	}
	if apiAt, ok := v.Field("api_id"); ok {
		d.api.take(c.Code(), apiAt.Value.Position)
	} else {
		d.api.take(c.Code(), c.Position)
	}
	d.site.Components = append(d.site.Components, c)
	return c
}

func (d declarations) group(v source.Value) *status.Group {
	f := fields{"a group", v, d.list}
	f.knows(table{"name": "a group's name stands behind group:"}.hint, "group", "components", "id", "api_id")
	at, _ := v.Field("group")
	g := &status.Group{ID: f.text("id"), APIID: readAPIID(f), Position: at.Value.Position}
	g.Name, g.Names = f.words("group", d.site)
	if g.ID == "" {
		g.ID = source.NearestID(g.Name)
	}
	if !source.IsID(g.ID) {
		d.list.Add(ruleBadComponentID.At(g.Position, "no id can be made from the name of group %q", short(g.Name)).
			WithHint("give the group one: id: europe"))
	} else if d.ids.take(g.ID, g.Position) {
		d.api.take(g.Code(), g.Position)
	}
	members, ok := f.get("components")
	if !ok {
		f.missing("components", "components: [{ id: api, name: API }]")
		return g
	}
	if members.Value.Kind != source.KindList {
		f.wrong(members, "a list of components, such as "+componentExample)
		return g
	}
	for _, item := range members.Value.Items {
		if _, nested := item.Field("group"); nested {
			d.list.Add(ruleWrongType.At(item.Position, "a group within a group").
				WithHint("groups are one level deep: move it out, beside group %q", g.Name))
		} else if item.Kind != source.KindMap {
			f.wrong(source.Field{Key: "a component", Value: item}, "a map such as "+componentExample)
		} else if c := d.component(item, g); c != nil {
			g.Components = append(g.Components, c)
		}
	}
	return g
}

// owners says who holds each id of one name space.
type owners struct {
	what string
	list *diag.List
	of   map[string]diag.Position
}

func newOwners(what string, list *diag.List) *owners {
	return &owners{what, list, map[string]diag.Position{}}
}

// take gives an id to what stands at a position, or reports who has it. Ids
// that differ by case alone count as the same: disks and people mix them up.
func (o *owners) take(id string, at diag.Position) bool {
	key := strings.ToLower(id)
	if first, taken := o.of[key]; taken {
		o.list.Add(ruleDuplicateID.At(at, "%s %q is taken", o.what, short(id)).
			WithHint("%s has it; each must be its own", first))
		return false
	}
	o.of[key] = at
	return true
}
