package check

import (
	"slices"

	"allclear/generator/diag"
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
		if singular {
			f.list.Add(ruleDuplicateComponent.At(plural.KeyAt, "component and components are the same key").
				WithHint("write all components in one list: components: [api, web]"))
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
	for _, item := range f.items(key, "a component's id, a list of ids, or a map such as { api: major_outage }") {
		if c := d.component(item.Text, item.Position); c != nil && !d.isNamed(c, settings, item.Text, item.Position) {
			settings = append(settings, status.Setting{Component: c})
		}
	}
	return inSiteOrder(settings)
}

// isNamed reports whether settings have a component already, by its id or by an
// old one, with a diagnostic if so.
func (d *document) isNamed(c *status.Component, settings []status.Setting, id string, at diag.Position) bool {
	named := slices.ContainsFunc(settings, func(s status.Setting) bool { return s.Component == c })
	switch {
	case named && id == c.ID:
		d.list.Add(ruleDuplicateComponent.At(at, "component %q is named twice", id).WithHint("delete one of the two"))
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
// is none. Other words that the id may be meant as are for the hint.
func (d *document) component(id string, at diag.Position, others ...string) *status.Component {
	if c, ok := d.declared[id]; ok {
		return c
	}
	config := d.Config
	d.list.Add(ruleUnknownComponent.At(at, "unknown component %q", diag.Short(id)).WithHintFrom(func() string {
		return diag.DidYouMean(id, slices.Concat(others, config.ids())) + "components are declared in " + config.declaredIn
	}))
	return nil
}

func (d *document) componentStatus(word string, at diag.Position) (status.ComponentStatus, bool) {
	s, ok := status.ParseComponentStatus(word)
	if !ok {
		d.list.Add(oneOf(ruleUnknownStatus, at, "component status", word, status.ComponentStatuses()))
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
			u.From = d.windowTime(e.Kind, a)
		case "until":
			u.Until = d.windowTime(e.Kind, a)
		case "next":
			u.Next = d.promise(a, u)
		case "corrects":
			u.Corrects = a.Value
		default:
			c := d.component(a.Name, a.NameAt, attributeNames...)
			if c == nil && diag.DidYouMean(a.Name, attributeNames) != "" {
				continue // its value is no component status
			}
			s, ok := d.componentStatus(a.Value, a.ValueAt)
			if c == nil || !ok || d.isNamed(c, u.Settings, a.Name, a.NameAt) {
				continue
			}
			if u.Status.Closed() && s != status.Operational {
				d.list.Add(ruleClosedSetting.At(a.NameAt, "%q can't be %s in an update with the status %s", a.Name, a.Value, u.Status).
					WithHint("delete the attribute; if %s is still affected, write the status monitoring, or open a new incident", a.Name))
				continue
			}
			u.Settings = append(u.Settings, status.Setting{Component: c, Status: s, Set: true})
		}
	}
	u.Settings = inSiteOrder(u.Settings)
}

func (d *document) severityAttribute(e *status.Event, a source.Attribute, u *status.Update) {
	severity, ok := status.ParseSeverity(a.Value)
	switch {
	case e.Kind == status.Maintenance:
		d.list.Add(ruleClosedSetting.At(a.NameAt, "maintenance has no severity").
			WithHint("delete it: %s", d.insteadOfSeverity(a.Value, e.Components)))
	case !ok:
		d.list.Add(oneOf(ruleUnknownSeverity, a.ValueAt, "severity", a.Value, status.Severities()))
	default:
		u.Severity = &severity
	}
}
