package check

import (
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/loose"
	"allclear/generator/source"
	"allclear/generator/status"
)

var (
	ruleUnknownComponent = rules.Declare(diag.Rule{
		Code:  "unknown-component",
		Title: "A component that an event names is declared in site.yaml",
		Why:   "Otherwise the event would affect no component, and the page would show all of them as operational.",
	})
	ruleUnknownStatus = rules.Declare(diag.Rule{
		Code:  "unknown-component-status",
		Title: "A component status is one of the five that exist",
		Why:   "With a mistyped status, the component would keep its old status, and the page would be wrong.",
	})
	ruleUnknownSeverity = rules.Declare(diag.Rule{
		Code:  "unknown-severity",
		Title: "A severity is none, minor, major or critical",
		Why:   "With a mistyped severity, pages and the API would show the incident as harmless.",
	})
	ruleDuplicateComponent = rules.Declare(diag.Rule{
		Code:  "duplicate-component",
		Title: "An event names each component once",
		Why:   "If it were named twice with two statuses, only one of them could be used.",
	})
	ruleClosedSetting = rules.Declare(diag.Rule{
		Code:  "attribute-without-effect",
		Title: "An attribute of an update has an effect",
		Why:   "Its writer expects that it changes something, and it would be ignored, such as the status of a component of an event that is over.",
	})
)

// components reads the component key: an id, a list of ids, or a map from ids
// to statuses. The key may also be written components.
func (d *document) components(f *fields) []status.Setting {
	key := "component"
	f.may(key, d.componentsOf)
	f.may("components", d.componentsOf)
	_, singular := f.field(key)
	if plural, ok := f.field("components"); ok {
		if one, _ := f.field(key); singular {
			all := append(scalarsOf(one.Value), scalarsOf(plural.Value)...)
			f.list.Add(ruleDuplicateComponent.At(plural.KeyAt, "component and components are the same key").
				WithHint("write all components in one list, and delete the other line:\ncomponents: [%s]", strings.Join(all, ", ")))
		}
		key = "components"
	}
	field, ok := f.get(key)
	if !ok {
		return nil
	}
	var settings []status.Setting
	if field.Value.Kind == source.KindMap {
		for _, item := range field.Value.Fields {
			if c := d.component(item.Key, item.KeyAt); c != nil && !d.isNamed(c, settings, item.Key, item.KeyAt) {
				if s, ok := d.componentStatus(item.Value.Text, item.Value.Position); ok {
					settings = append(settings, status.Setting{Component: c, Status: s, Set: true})
				}
			}
		}
		return inSiteOrder(settings)
	}
	if id, word, ok := cutSetting(field.Value.Text); ok {
		if c := d.declared[strings.TrimSpace(id)]; c != nil {
			bad := ruleUnknownComponent.At(field.Value.Position, "unknown component %q", diag.Short(field.Value.Text))
			if !strings.Contains(field.Value.Text, ":") { // which YAML has reported
				f.list.Add(replaced(d.File, bad, field.Value.Text, "{ "+c.ID+": "+strings.TrimSpace(word)+" }", true))
			}
			return nil
		}
	}
	if d.misnamed(field.Value) {
		return nil
	}
	for _, item := range f.items(key, "a component's id, a list of ids, or a map such as { api: major_outage }") {
		if c := d.component(item.Text, item.Position); c != nil && !d.isNamed(c, settings, item.Text, item.Position) {
			settings = append(settings, status.Setting{Component: c})
		}
	}
	return inSiteOrder(settings)
}

// cutSetting divides api=major_outage.
func cutSetting(text string) (id, word string, ok bool) {
	i := strings.IndexAny(text, "=:")
	if i < 0 {
		return "", "", false
	}
	return text[:i], text[i+1:], true
}

// misnamed reports a list in brackets of which several items name no component
// by their ids, in one diagnostic.
func (d *document) misnamed(list source.Value) bool {
	var unknown []source.Value
	var ids []string
	exact := true
	for _, item := range list.Items {
		if c := d.declared[item.Text]; c != nil {
			ids = append(ids, item.Text)
			continue
		}
		unknown = append(unknown, item)
		meant := loose.Components(d.site, d.now, item.Text)
		exact = exact && meant.Exact
		if len(meant.Components) == 0 || len(list.Items) > maxGuesses {
			return false
		}
		for _, c := range meant.Components {
			ids = append(ids, c.ID)
		}
	}
	line := d.File.Line(list.Position.Line)
	open, closing := strings.IndexByte(line, '['), strings.LastIndexByte(line, ']')
	if len(unknown) < 2 || open < 0 || closing < open {
		return false
	}
	bad := ruleUnknownComponent.At(unknown[0].Position, "unknown components %q and %q", diag.Short(unknown[0].Text), diag.Short(unknown[1].Text))
	d.list.Add(bad.Replaced(line[:open+1]+strings.Join(ids, ", ")+line[closing:], exact))
	return true
}

// scalarsOf are the texts of a value: its own, or its items' or keys'.
func scalarsOf(v source.Value) []string {
	var all []string
	if v.Kind == source.KindScalar {
		all = append(all, v.Text)
	}
	for _, item := range v.Items {
		all = append(all, item.Text)
	}
	for _, field := range v.Fields {
		all = append(all, field.Key)
	}
	return all
}

// isNamed reports whether settings have a component already, by its id or by an
// old one, with a diagnostic if so.
func (d *document) isNamed(c *status.Component, settings []status.Setting, id string, at diag.Position) bool {
	named := slices.ContainsFunc(settings, func(s status.Setting) bool { return s.Component == c })
	switch {
	case named && id == c.ID:
		d.list.Add(withoutItem(d.File, ruleDuplicateComponent.At(at, "component %q is named twice", id)))
	case named:
		d.list.Add(ruleDuplicateComponent.At(at, "component %q is named twice: %q is an old id of it", c.ID, id).WithHint("delete %s", id))
	}
	return named
}

func inSiteOrder(settings []status.Setting) []status.Setting {
	slices.SortFunc(settings, func(a, b status.Setting) int { return a.Component.Index - b.Component.Index })
	return settings
}

// component returns the component with an id; nil, and a diagnostic, if there
// is none. Its hint is the line with the components that were meant.
func (d *document) component(id string, at diag.Position) *status.Component {
	if c, ok := d.declared[id]; ok {
		return c
	}
	if d.unsure {
		return nil
	}
	unknown := ruleUnknownComponent.At(at, "unknown component %q", diag.Short(id))
	if len(*d.list) > maxGuesses {
		d.list.Add(unknown.WithHint("%s", d.knownComponents()))
		return nil
	}
	meant := loose.Components(d.site, d.now, id)
	if len(meant.Components) == 0 || len(meant.Unknown) > 0 {
		d.list.Add(unknown.WithHint("%s", d.knownComponents()))
		return nil
	}
	var ids []string
	for _, c := range meant.Components {
		ids = append(ids, c.ID)
	}
	line := d.File.Line(at.Line)
	old, with := writtenAt(line, at.Column, id), strings.Join(ids, ", ")
	if len(ids) > 1 && !inList(line, at.Column) {
		with = "[" + with + "]"
	}
	d.list.Add(replaced(d.File, unknown, old, with, meant.Exact))
	return nil
}

// maxGuesses is after how many diagnostics of a file nothing more is guessed.
const maxGuesses = 2 * diag.MaxOfFile

// knownComponents says which components there are.
func (d *document) knownComponents() string {
	const all = 12
	var ids []string
	for _, c := range d.site.Components {
		ids = append(ids, c.ID)
	}
	if n := len(ids); n == 0 {
		return "the site has no components: declare them in " + d.declaredIn
	} else if n > all {
		return "write an id from " + d.declaredIn
	}
	return "write one of " + strings.Join(ids, ", ") + ", declared in " + d.declaredIn
}

// writtenAt is a value as it is in its line, with its quotes.
func writtenAt(line string, column int, value string) string {
	runes := []rune(line)
	if column < 1 || column > len(runes) {
		return value
	}
	rest := string(runes[column-1:])
	for _, quote := range []string{`"`, "'"} {
		if strings.HasPrefix(rest, quote+value+quote) {
			return quote + value + quote
		}
	}
	return value
}

// inList reports whether a column of a line is inside a list, in brackets or as
// an item of its own.
func inList(line string, column int) bool {
	runes := []rune(line)
	before := string(runes[:min(max(column-1, 0), len(runes))])
	return strings.Contains(before, "[") || strings.HasPrefix(strings.TrimSpace(before), "-")
}

func (d *document) componentStatus(word string, at diag.Position) (status.ComponentStatus, bool) {
	s, ok := status.ParseComponentStatus(word)
	if !ok {
		meant := ""
		if s, ok := loose.ComponentStatus(word); ok {
			meant = s.String()
		}
		d.list.Add(d.reading.oneOf(ruleUnknownStatus, at, "component status", word, status.ComponentStatuses(), meant))
	}
	return s, ok
}

// attributeNames are the attributes of an update that are no components.
var attributeNames = []string{"severity", "from", "until", "next", "corrects"}

// attributes adds the attributes of a heading to its update.
func (d *document) attributes(e *status.Event, h *source.Heading, u *status.Update) {
	for _, a := range h.Attributes {
		switch a.Name {
		case "#":
			u.ID = a.Value
		case "severity":
			d.severityAttribute(e, a, u)
		case "from":
			u.From = d.windowTime(e.Kind, h, a)
		case "until":
			u.Until = d.windowTime(e.Kind, h, a)
		case "next":
			u.Next = d.promise(h, a, u)
		case "corrects":
			u.Corrects = a.Value
		default:
			if d.outline {
				continue
			}
			c, ok := d.attributeComponent(a)
			if !ok {
				continue
			}
			s, ok := d.componentStatus(a.Value, a.ValueAt)
			if c == nil || !ok || d.isNamed(c, u.Settings, a.Name, a.NameAt) {
				continue
			}
			if u.Status.Closed() && s != status.Operational {
				d.list.Add(ruleClosedSetting.At(a.NameAt, "%q can't be %s in an update with the status %s", a.Name, a.Value, u.Status).
					WithHint("delete the attribute:\n%s\nif %s is still affected, write the status monitoring, or open a new incident", source.FormatHeading(withoutAttributes(*h, a.Name)), a.Name))
				continue
			}
			u.Settings = append(u.Settings, status.Setting{Component: c, Status: s, Set: true})
		}
	}
	u.Settings = inSiteOrder(u.Settings)
}

// attributeComponent is the component that an attribute sets; false, and a
// diagnostic, if its name is another one's or a group's.
func (d *document) attributeComponent(a source.Attribute) (*status.Component, bool) {
	if d.declared[a.Name] != nil {
		return d.component(a.Name, a.NameAt), true
	}
	unknown := ruleUnknownComponent.At(a.NameAt, "unknown component %q", diag.Short(a.Name))
	if near := diag.Near(strings.ToLower(a.Name), attributeNames); near != "" {
		d.list.Add(replaced(d.File, unknown, a.Name, near, true))
		return nil, false
	}
	members := loose.Components(d.site, d.now, a.Name)
	if len(members.Components) < 2 {
		return d.component(a.Name, a.NameAt), true
	}
	var set []string
	for _, c := range members.Components {
		set = append(set, c.ID+"="+a.Value)
	}
	d.list.Add(replaced(d.File, unknown, a.Name+"="+a.Value, strings.Join(set, " "), members.Exact))
	return nil, false
}

func (d *document) severityAttribute(e *status.Event, a source.Attribute, u *status.Update) {
	severity, ok := status.ParseSeverity(a.Value)
	switch {
	case e.Kind == status.Maintenance:
		d.list.Add(ruleClosedSetting.At(a.NameAt, "maintenance has no severity").
			WithHint("delete it: %s", d.insteadOfSeverity(a.Value, e.Components)))
	case !ok:
		d.list.Add(d.unknownSeverity(a.ValueAt, a.Value))
	default:
		u.Severity = &severity
	}
}
