package edit

import (
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/source"
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
		read, err := componentWords.read(word)
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

// place is a component or a group, and what it may be called.
type place struct {
	components []*status.Component
	ids, names []string
	retired    bool
}

func (c *Content) places() []place {
	var all []place
	seen := map[*status.Group]bool{}
	for _, component := range c.Site.Components {
		p := place{components: []*status.Component{component}, retired: component.RetiredAt(c.Now)}
		p.ids = append([]string{component.ID, component.Code()}, component.Aliases...)
		p.names = []string{component.Name, component.FullName()}
		for tag, name := range component.Names {
			p.names = append(p.names, name, component.FullNameIn(tag))
		}
		all = append(all, p)
		if g := component.Group; g != nil && !seen[g] {
			seen[g] = true
			group := place{ids: []string{g.ID, g.Code()}, names: []string{g.Name}}
			for _, member := range g.Components {
				if !member.RetiredAt(c.Now) {
					group.components = append(group.components, member)
				}
			}
			for _, name := range g.Names {
				group.names = append(group.names, name)
			}
			group.retired = len(group.components) == 0
			all = append(all, group)
		}
	}
	return all
}

// components returns the components that a name means: one, or those of a group.
func (c *Content) components(name string) ([]*status.Component, error) {
	folded, id := language.Fold(name), source.NearestID(name)
	anyOf := func(texts []string, test func(string) bool) bool { return slices.ContainsFunc(texts, test) }
	tests := []func(place) bool{
		func(p place) bool { return slices.Contains(p.ids, name) },
		func(p place) bool { return anyOf(p.ids, func(s string) bool { return language.Fold(s) == folded }) },
		func(p place) bool { return slices.Contains(p.names, name) },
		func(p place) bool {
			return anyOf(append(p.ids, p.names...), func(s string) bool { return language.Fold(s) == folded })
		},
		func(p place) bool {
			return id != "" && anyOf(append(p.ids, p.names...), func(s string) bool { return source.NearestID(s) == id })
		},
		func(p place) bool {
			return folded != "" && !p.retired && anyOf(append(p.ids, p.names...), func(s string) bool { return strings.Contains(language.Fold(s), folded) })
		},
	}
	places := c.places()
	for i, test := range tests {
		var found []place
		for _, p := range places {
			if test(p) {
				found = append(found, p)
			}
		}
		if i == len(tests)-1 {
			found = withoutGroupsOf(found)
		}
		switch {
		case len(found) == 1:
			return found[0].components, nil
		case len(found) > 1:
			return nil, problem("write one of "+strings.Join(idsOf(found), ", "), "%q is a part of %d components", diag.Short(name), len(found))
		}
	}
	var names []string
	for _, p := range places {
		names = append(names, append(p.ids[:1:1], p.names[0])...)
	}
	return nil, problem(diag.DidYouMean(name, names)+c.declared(), "unknown component %q", diag.Short(name))
}

// withoutGroupsOf leaves only a group of places that are the group and its members,
// since the full name of a member has that of the group in it.
func withoutGroupsOf(found []place) []place {
	for _, g := range found {
		if len(g.components) < 2 {
			continue
		}
		members := slices.ContainsFunc(found, func(p place) bool { return !slices.Contains(g.components, p.components[0]) })
		if !members {
			return []place{g}
		}
	}
	return found
}

func idsOf(places []place) []string {
	var ids []string
	for _, p := range places {
		ids = append(ids, p.ids[0])
	}
	return ids
}

// declared is a hint with the ids of all components, if they are few.
func (c *Content) declared() string {
	const few = 12
	var ids []string
	for _, component := range c.Site.Components {
		if !component.RetiredAt(c.Now) {
			ids = append(ids, component.ID)
		}
	}
	if len(ids) == 0 || len(ids) > few {
		return "components are declared in " + c.file("site.yaml")
	}
	return "the components are " + strings.Join(ids, ", ")
}
