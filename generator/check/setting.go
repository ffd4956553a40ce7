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
		Why:   "The event would touch nothing, and the page would stay green.",
	})
	ruleUnknownStatus = rules.Declare(diag.Rule{
		Code:  "unknown-component-status",
		Title: "A component's status is one of the five",
		Why:   "The component would keep the status it had, and the page would be wrong.",
	})
	ruleUnknownSeverity = rules.Declare(diag.Rule{
		Code:  "unknown-severity",
		Title: "A severity is none, minor, major or critical",
		Why:   "Pages and API would call the incident harmless.",
	})
	ruleDuplicateComponent = rules.Declare(diag.Rule{
		Code:  "duplicate-component",
		Title: "A component is named once",
		Why:   "Named twice it may be given two statuses, of which one would be lost.",
	})
	ruleClosedSetting = rules.Declare(diag.Rule{
		Code:  "attribute-without-effect",
		Title: "An attribute stands where it can take effect",
		Why:   "When an event is over, every component of it is operational again; what an attribute says there would be lost.",
	})
)

// components reads the front matter's component key in each of its shapes.
func (d *document) components(f fields) []status.Setting {
	key := "component"
	if plural, ok := f.value.Field("components"); ok {
		if _, both := f.value.Field(key); both {
			f.list.Add(ruleDuplicateComponent.At(plural.KeyAt, "component and components are the same key").
				WithHint("list all of them under one: components: [api, web]"))
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
			if c := d.component(item.Key, item.KeyAt); c != nil {
				if s, ok := d.componentStatus(item.Value.Text, item.Value.Position); ok {
					settings = append(settings, status.Setting{Component: c, Status: s, Set: true})
				}
			}
		}
		return inSiteOrder(settings)
	}
	seen := map[string]bool{}
	for _, item := range f.items(key, "a component's id, a list of ids, or a map such as { api: major_outage }") {
		if seen[item.Text] {
			d.list.Add(ruleDuplicateComponent.At(item.Position, "component %q is named twice", short(item.Text)).
				WithHint("leave one of them out"))
			continue
		}
		seen[item.Text] = true
		if c := d.component(item.Text, item.Position); c != nil {
			settings = append(settings, status.Setting{Component: c})
		}
	}
	return inSiteOrder(settings)
}

func inSiteOrder(settings []status.Setting) []status.Setting {
	slices.SortFunc(settings, func(a, b status.Setting) int { return a.Component.Index - b.Component.Index })
	return settings
}

// component looks up an id, and reports one that nothing is declared by.
func (d *document) component(id string, at diag.Position) *status.Component {
	if c, ok := d.declared[id]; ok {
		return c
	}
	ids := make([]string, 0, len(d.site.Components))
	for _, c := range d.site.Components {
		ids = append(ids, c.ID)
	}
	d.list.Add(ruleUnknownComponent.At(at, "unknown component %q", short(id)).
		WithHint("%scomponents are declared in %s", diag.DidYouMean(id, ids), d.declaredIn))
	return nil
}

func (d *document) componentStatus(word string, at diag.Position) (status.ComponentStatus, bool) {
	s, ok := status.ParseComponentStatus(word)
	if !ok {
		d.list.Add(oneOf(ruleUnknownStatus, at, "component status", word, status.ComponentStatuses()))
	}
	return s, ok
}

// attributes reads what stands between the braces of a heading into its update.
func (d *document) attributes(kind status.Kind, h *source.Heading, u *status.Update) {
	for _, a := range h.Attributes {
		switch a.Name {
		case "#":
			u.ID = a.Value
		case "severity":
			d.severityAttribute(kind, a, u)
		default:
			c := d.component(a.Name, a.NameAt)
			s, ok := d.componentStatus(a.Value, a.ValueAt)
			if c == nil || !ok {
				continue
			}
			if u.Status.Closed() && s != status.Operational {
				d.list.Add(ruleClosedSetting.At(a.NameAt, "%q can't be %s from an update on that says %s", a.Name, a.Value, u.Status).
					WithHint("every component is operational from here on; if %s is still affected, the event is not over: say monitoring, or open a new incident", a.Name))
				continue
			}
			u.Settings = append(u.Settings, status.Setting{Component: c, Status: s, Set: true})
		}
	}
	u.Settings = inSiteOrder(u.Settings)
}

func (d *document) severityAttribute(kind status.Kind, a source.Attribute, u *status.Update) {
	severity, ok := status.ParseSeverity(a.Value)
	switch {
	case kind == status.Maintenance:
		d.list.Add(ruleClosedSetting.At(a.NameAt, "maintenance has no severity").
			WithHint("leave it out: components are under_maintenance while it runs"))
	case !ok:
		d.list.Add(oneOf(ruleUnknownSeverity, a.ValueAt, "severity", a.Value, status.Severities()))
	default:
		u.Severity = &severity
	}
}

// declaredAt says where the components are declared, for a hint.
func declaredAt(f source.Field) string {
	return diag.Position{File: f.KeyAt.File, Line: f.KeyAt.Line}.String()
}
