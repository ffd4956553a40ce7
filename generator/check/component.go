package check

import (
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/source"
	"allclear/generator/status"
)

var (
	ruleBadComponentID = rules.Declare(diag.Rule{
		Code:  "bad-component-id",
		Title: "A component's id begins with a letter and has at most 80 of a-z, 0-9 and hyphens",
		Why:   "The id is part of URLs and of update headings, where words such as severity, from and next have other meanings.",
	})
	ruleAliasAPIID = rules.Declare(diag.Rule{
		Code: "alias-without-api-id", Level: diag.Warning,
		Title: "A component that was renamed has an api_id",
		Why:   "Clients of the API know the component by its old id, and would take it for a new one.",
	})
	ruleSameName = rules.Declare(diag.Rule{
		Code: "same-name", Level: diag.Warning,
		Title: "Each component has a name of its own in its group",
		Why:   "Readers could not tell two components with the same name apart.",
	})
	ruleDuplicateID = rules.Declare(diag.Rule{
		Code:  "duplicate-id",
		Title: "Each id, api_id and alias is used once",
		Why:   "If two things had the same one, a page could not be reached, and clients would not see a difference.",
	})
)

// reservedIDs have other meanings in an update's attributes, so a component
// can't have them.
var reservedIDs = append([]string{"id", "class"}, attributeNames...)

// IsComponentID reports whether a component can have an id.
func IsComponentID(text string) bool {
	return source.IsID(text) && text[0] >= 'a' && !slices.Contains(reservedIDs, text)
}

const componentExample = "{ id: api, name: API }"

// componentReader reads the components and groups of site.yaml.
type componentReader struct {
	fields *fields // of site.yaml
	site   *status.Site
	ids    *uniqueIDs
	apiIDs *uniqueIDs
	old    map[*status.Component][]source.Value // their aliases
}

func readComponents(f *fields, site *status.Site) {
	var found diag.List
	of := f.list
	f.list = &found
	defer func() {
		of.Add(found...)
		f.list, f.unread = of, found.HasErrors()
	}()
	r := componentReader{f, site, newUniqueIDs("id", f.list), newUniqueIDs("api_id", f.list), map[*status.Component][]source.Value{}}
	for _, item := range f.maps("components", "a component", componentExample) {
		if len(site.Components) > site.Limits.Components {
			break // which checkComponents reports
		}
		if _, ok := item.Field("group"); ok {
			site.Items = append(site.Items, status.Item{Group: r.group(item)})
		} else if c := r.component(item, nil); c != nil {
			site.Items = append(site.Items, status.Item{Component: c})
		}
	}
	for _, c := range site.Components {
		r.aliases(c)
	}
	r.compareNames()
	if limit := site.Limits.Components; len(site.Components) > limit {
		f.list.Add(ruleLimit.At(site.Components[limit].Position, "the site has more than the %s components allowed", thousands(limit)).
			WithHint("if that is right, allow more in site.yaml: limits: { components: %d }", 2*limit))
	}
}

// aliases reads the old ids of a component, when all ids are known.
func (r componentReader) aliases(c *status.Component) {
	for _, v := range r.old[c] {
		if !IsComponentID(v.Text) {
			better := source.NearestID(strings.TrimPrefix(strings.Trim(v.Text, "/"), "components/"))
			if !IsComponentID(better) {
				better = "the id that the component had, without components/ and slashes"
			}
			r.fields.list.Add(ruleBadComponentID.At(v.Position, "%q can't be an old id of a component", diag.Short(v.Text)).WithHint("write %s", better))
		} else if r.ids.addAs("alias", v.Text, v.Position) {
			c.Aliases = append(c.Aliases, v.Text)
		}
	}
	if len(c.Aliases) > 0 && c.APIID == "" {
		r.fields.list.Add(ruleAliasAPIID.At(r.old[c][0].Position, "the API calls this component %q, and clients know it as %q", c.ID, c.Aliases[0]).
			WithHint("add to the component: api_id: %s", c.Aliases[0]))
	}
}

// compareNames finds the components that share their name with another one, in
// any language.
func (r componentReader) compareNames() {
	tags := r.site.Languages
	if len(tags) == 0 {
		tags = []string{r.site.Language}
	}
	for _, tag := range tags {
		names, full := map[string]*status.Component{}, map[string]*status.Component{}
		for _, c := range r.site.Components {
			if c.Name == "" { // which is reported
				continue
			}
			name := language.Fold(c.Names.In(tag, c.Name))
			if other := names[name]; other != nil {
				c.SameName, other.SameName = true, true
			} else {
				names[name] = c
			}
			name = language.Fold(c.FullNameIn(tag))
			if other := full[name]; other != nil && tag == tags[0] {
				r.fields.list.Add(ruleSameName.At(c.Position, "the components %q and %q have the same name, %s", other.ID, c.ID, c.FullNameIn(tag)).
					WithHint("write another name for one of the two, such as name: %q", c.Name+" (new)"))
			}
			full[name] = c
		}
	}
}

func (r componentReader) component(v source.Value, group *status.Group) *status.Component {
	f := r.fields.within("component", "a component", v)
	c := &status.Component{ID: f.text("id"), Group: group, Index: len(r.site.Components), Position: f.at("id")}
	c.Name, c.Names = f.words("name", r.site)
	c.Description, c.Descriptions = f.words("description", r.site)
	c.StartDate = readDate(f, "start_date", r.site.Zone)
	c.Retired = readDate(f, "retired", r.site.Zone)
	c.APIID = readAPIID(f)
	r.old[c] = atMost(f.items("aliases", "the id that the component had, or a list of its old ids"), "aliases", r.site.Limits.Aliases, r.fields.list)
	f.may("id", aComponentID)
	f.unknown(keyHints{
		"components": say("write group: and its name instead of id: and name:"),
		"title":      use("name"), "label": use("name"), "nam": use("name"), "alias": use("aliases"), "since": use("start_date"), "start": use("start_date"), "desc": use("description"),
	})
	f.needs("name")
	if !f.require("id", "id: "+r.freeID(c)) {
		return nil
	}
	f.require("name", "name: "+nameOf(c.ID))
	if c.ID == "" {
		return nil
	}
	if !IsComponentID(c.ID) {
		diagnostic := ruleBadComponentID.At(c.Position, "%q can't be the id of a component", diag.Short(c.ID))
		old := writtenAt(f.file.Line(c.Position.Line), c.Position.Column, c.ID)
		better := source.NearestID(c.ID)
		if !IsComponentID(better) {
			better = r.freeID(c)
		}
		diagnostic = replaced(f.file, diagnostic, old, better, strings.EqualFold(better, c.ID))
		if slices.Contains(reservedIDs, c.ID) {
			diagnostic.Hint += "\nthese words are reserved: " + strings.Join(reservedIDs, ", ")
		}
		r.fields.list.Add(diagnostic)
		return nil
	}
	if !c.Retired.IsZero() && !c.StartDate.IsZero() && c.Retired.Before(c.StartDate) {
		r.fields.list.Add(ruleEndsFirst.At(f.at("retired"), "component %q is retired before its start_date", c.ID).
			WithHint("correct the wrong one of the two dates, or swap them"))
	}
	if !r.ids.addOr(c.ID, c.Position, "id: "+r.freeID(c)) {
		return nil
	}
	if field, ok := f.field("api_id"); ok {
		r.apiIDs.add(c.Code(), field.Value.Position)
	} else {
		r.apiIDs.add(c.Code(), c.Position)
	}
	r.site.Components = append(r.site.Components, c)
	return c
}

// freeID is an id for a component whose own can't be used: made of its name, else
// of its own.
func (r componentReader) freeID(c *status.Component) string {
	for _, id := range []string{source.NearestID(c.Name), source.NearestID("the " + c.ID), source.NearestID("the " + c.Name)} {
		if _, taken := r.ids.positions[id]; IsComponentID(id) && !taken {
			return id
		}
	}
	return "component-2"
}

// nameOf is a name for a component that has none.
func nameOf(id string) string {
	if id == "" {
		return "API"
	}
	return strings.ToUpper(id[:1]) + strings.ReplaceAll(id[1:], "-", " ")
}

func (r componentReader) group(v source.Value) *status.Group {
	f := r.fields.within("group", "a group", v)
	g := &status.Group{Position: f.at("group")}
	g.Name, g.Names = f.words("group", r.site)
	members := f.maps("components", "a component", componentExample)
	g.ID, g.APIID = f.text("id"), readAPIID(f)
	f.may("id", anID)
	f.needs("components")
	f.unknown(keyHints{"name": use("group"), "title": use("group"), "members": use("components"), "systems": use("components")})
	if g.ID == "" {
		g.ID = source.NearestID(g.Name)
	}
	if !source.IsID(g.ID) {
		r.fields.list.Add(ruleBadComponentID.At(g.Position, "no id can be made from the name of group %q", diag.Short(g.Name)).
			WithHint("add an id to the group: id: europe"))
	} else if r.ids.add(g.ID, g.Position) {
		r.apiIDs.add(g.Code(), g.Position)
	}
	if _, ok := f.get("components"); !ok {
		f.missing("components", "components: [{ id: api, name: API }]")
	}
	for _, item := range members {
		if _, nested := item.Field("group"); nested {
			r.fields.list.Add(ruleWrongType.At(item.Position, "a group within a group").
				WithHint("move it out of group %q: a group can only have components", g.Name))
		} else if len(r.site.Components) > r.site.Limits.Components {
			break
		} else if c := r.component(item, g); c != nil {
			g.Components = append(g.Components, c)
		}
	}
	return g
}

// uniqueIDs are the ids of one kind, with the position of each.
type uniqueIDs struct {
	kind      string // id, api_id or alias
	list      *diag.List
	positions map[string]diag.Position // by id in lower case
}

func newUniqueIDs(kind string, list *diag.List) *uniqueIDs {
	return &uniqueIDs{kind, list, map[string]diag.Position{}}
}

// add adds an id, or reports that it is not unique. Ids that differ only by
// case count as the same, since some disks don't distinguish them.
func (u *uniqueIDs) add(id string, at diag.Position) bool { return u.addAs(u.kind, id, at) }

// addOr is add with a line to write instead.
func (u *uniqueIDs) addOr(id string, at diag.Position, instead string) bool {
	if u.addAs(u.kind, id, at) {
		return true
	}
	last := &(*u.list)[len(*u.list)-1]
	*last = last.WithHint("%s, such as\n%s", last.Hint, instead)
	return false
}

// addAs is add for an id of another kind.
func (u *uniqueIDs) addAs(kind, id string, at diag.Position) bool {
	key := strings.ToLower(id)
	if first, taken := u.positions[key]; taken {
		u.list.Add(ruleDuplicateID.At(at, "%s %q is already used", kind, diag.Short(id)).
			WithHint("write another one: %s has it", first))
		return false
	}
	u.positions[key] = at
	return true
}
