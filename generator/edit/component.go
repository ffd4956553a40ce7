package edit

import (
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/loose"
	"allclear/generator/status"
)

// settings reads components as they are typed: NAME or NAME=STATUS, where NAME is
// any spelling of a component or of a group, which means its members. Several may be
// separated by commas. The later of two statuses of one component counts.
func (c *Content) settings(typed []string) ([]status.Setting, error) {
	var all []status.Setting
	for _, text := range typed {
		found, err := c.setting(text)
		if err != nil && strings.Contains(text, ",") {
			found, err = nil, nil
			for part := range strings.SplitSeq(text, ",") {
				more, e := c.setting(part)
				if e != nil {
					return nil, e
				}
				found = append(found, more...)
			}
		}
		if err != nil {
			return nil, err
		}
		for _, s := range found {
			all = slices.DeleteFunc(all, func(a status.Setting) bool { return a.Component == s.Component })
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b status.Setting) int { return a.Component.Index - b.Component.Index })
	return all, nil
}

func (c *Content) setting(text string) ([]status.Setting, error) {
	name, word, set := strings.Cut(text, "=")
	components, err := c.components(strings.TrimSpace(name))
	if err != nil {
		return nil, err
	}
	s := status.Operational
	if set {
		read, err := componentStatuses.read(word)
		if err != nil {
			return nil, err
		}
		s, _ = status.ParseComponentStatus(read)
	}
	var settings []status.Setting
	for _, component := range components {
		settings = append(settings, status.Setting{Component: component, Status: s, Set: set})
	}
	return settings, nil
}

// components returns the components that a name means: one, or those of a group.
func (c *Content) components(name string) ([]*status.Component, error) {
	meant, exact := loose.Component(c.Site, c.Now, name)
	if exact && len(meant) > 0 {
		return meant, nil
	}
	if group := c.groupWith(name); group != nil {
		return group, nil
	}
	switch found := c.componentsWith(name); {
	case len(found) == 1:
		return found, nil
	case len(found) > 1:
		return nil, problem("write one of "+strings.Join(ids(found), ", "), "%q is a part of %d components", diag.Short(name), len(found))
	}
	hint := c.declared()
	if len(meant) > 0 {
		hint = "did you mean " + strings.Join(ids(meant), ", ") + "? " + hint
	}
	return nil, problem(hint, "unknown component %q", diag.Short(name))
}

// groupWith returns the components of the only group that has a part in its name,
// unless a component outside has it too.
func (c *Content) groupWith(part string) []*status.Component {
	var members []*status.Component
	found := c.componentsWith(part)
	for _, item := range c.Site.Items {
		if g := item.Group; g != nil && strings.Contains(language.Fold(g.Name), language.Fold(part)) {
			if members != nil {
				return nil
			}
			members = c.current(g.Components)
		}
	}
	if slices.ContainsFunc(found, func(f *status.Component) bool { return !slices.Contains(members, f) }) {
		return nil
	}
	return members
}

// componentsWith are the components that have a part in their id or name.
func (c *Content) componentsWith(part string) []*status.Component {
	part = language.Fold(part)
	return slices.DeleteFunc(c.current(c.Site.Components), func(component *status.Component) bool {
		return part == "" || !strings.Contains(component.ID, part) && !strings.Contains(language.Fold(component.FullName()), part)
	})
}

// current leaves out the components that are retired.
func (c *Content) current(all []*status.Component) []*status.Component {
	return slices.DeleteFunc(slices.Clone(all), func(component *status.Component) bool { return component.RetiredAt(c.Now) })
}

func ids(components []*status.Component) []string {
	var ids []string
	for _, c := range components {
		ids = append(ids, c.ID)
	}
	return ids
}

// declared is a hint with the ids of all components, if they are few.
func (c *Content) declared() string {
	const few = 12
	all := c.current(c.Site.Components)
	if len(all) == 0 || len(all) > few {
		return "components are declared in " + c.file("site.yaml")
	}
	return "the components are " + strings.Join(ids(all), ", ")
}
