package importer

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"allclear/generator/check"
	"allclear/generator/compose"
	"allclear/generator/importer/markup"
	"allclear/generator/status"
)

// Component is a component or a group as a source declares it.
type Component struct {
	Code        string // by which the source's events name it
	Name        string
	Description string
	Start       time.Time // a date, zero if unknown
	Retired     time.Time // likewise, zero if in use
	Group       string    // the code of its group, "" at top level
	IsGroup     bool
	Position    int  // among its siblings
	KeepCode    bool // clients know it by its code: it becomes the api_id
	Undeclared  bool // only events name it
}

// Registry finds the component of the site for each component of a source.
type Registry struct {
	codes      map[string]string            // that clients know, in lower case, with their owners' spelling
	components map[string]*status.Component // by the source's codes, without groups
	items      []status.Item                // for a new site.yaml
	additions  []addition                   // that site.yaml does not declare
}

// addition is a component that the content folder lacks until it is known which
// events name it.
type addition struct {
	*status.Component
	code       string
	undeclared bool // the source does not declare it either
}

// Register declares a source's components for a new site, or finds them on an
// existing one.
func (t *Target) Register(components []Component) *Registry { return newRegistry(components, t.site) }

func newRegistry(components []Component, site *status.Site) *Registry {
	r := &Registry{codes: map[string]string{}, components: map[string]*status.Component{}}
	components = slices.SortedStableFunc(slices.Values(components), func(a, b Component) int {
		return cmp.Compare(a.Position, b.Position)
	})
	groups := map[string]string{}
	for _, c := range components {
		if c.IsGroup {
			groups[c.Code] = c.Name
		}
		if code := strings.ToLower(c.Code); c.KeepCode && check.IsAPIID(c.Code) && r.codes[code] == "" {
			r.codes[code] = c.Code
		}
	}
	if site != nil {
		r.find(components, site)
		return r
	}
	taken := map[string]bool{}
	for _, c := range components {
		switch {
		case c.IsGroup:
			group := &status.Group{ID: r.newID(c, "", taken), Name: c.Name, APIID: r.apiID(c)}
			for _, member := range components {
				if member.Group == c.Code && !member.IsGroup && !member.Undeclared {
					group.Components = append(group.Components, r.declare(member, c.Name, taken))
				}
			}
			if len(group.Components) > 0 {
				r.items = append(r.items, status.Item{Group: group})
			}
		case c.Undeclared:
			r.add(c, taken)
		case groups[c.Group] == "":
			r.items = append(r.items, status.Item{Component: r.declare(c, "", taken)})
		}
	}
	return r
}

// add declares a component that may become a part of site.yaml.
func (r *Registry) add(c Component, taken map[string]bool) {
	r.additions = append(r.additions, addition{r.declare(c, "", taken), c.Code, c.Undeclared})
}

func (r *Registry) declare(c Component, group string, taken map[string]bool) *status.Component {
	declared := &status.Component{
		ID: r.newID(c, group, taken), APIID: r.apiID(c), Name: c.Name, Description: c.Description,
		StartDate: c.Start, Retired: c.Retired, Index: len(r.components),
	}
	if declared.APIID == declared.ID {
		declared.APIID = ""
	}
	r.components[c.Code] = declared
	return declared
}

// apiID is the id by which clients know a component. If two differ only by
// letter case, which no site can have, the first one keeps it.
func (r *Registry) apiID(c Component) string {
	if c.KeepCode && r.codes[strings.ToLower(c.Code)] == c.Code {
		return c.Code
	}
	return ""
}

// newID makes an id from the words of a component's name, with those of its
// group in front if another component has the name.
func (r *Registry) newID(c Component, group string, taken map[string]bool) string {
	const most = 60
	kind := "component"
	if c.IsGroup {
		kind = "group"
	}
	base := compose.Slug(c.Name, most)
	if taken[base] && group != "" {
		base = strings.Trim(compose.Slug(group, most/2)+"-"+base, "-")
	}
	switch {
	case base == "":
		base = kind
	case base[0] < 'a':
		base = kind + "-" + base
	}
	id := compose.Numbered(base, func(id string) bool {
		return taken[id] || !check.IsComponentID(id) || r.codes[id] != "" && r.codes[id] != c.Code
	})
	taken[id] = true
	return id
}

// find looks up components on a site by the ids that clients know, else by
// their names.
func (r *Registry) find(components []Component, site *status.Site) {
	taken := map[string]bool{}
	byCode, byName := map[string]*status.Component{}, map[string]*status.Component{}
	for _, c := range site.Components {
		taken[c.ID] = true
		for _, alias := range c.Aliases {
			taken[alias] = true
		}
		byCode[c.Code()] = c
		if _, taken := byName[markup.OneLine(c.Name)]; !taken {
			byName[markup.OneLine(c.Name)] = c
		}
	}
	for _, c := range components {
		if c.IsGroup {
			continue
		}
		found, ok := byName[c.Name]
		if known := byCode[c.Code]; known != nil && c.KeepCode {
			found, ok = known, true
		}
		if !ok {
			r.add(c, taken)
			r.components[c.Code].Index += len(site.Components)
			continue
		}
		r.components[c.Code] = found
	}
}

// Component is the component of the site that a source calls by a code; nil
// for a group, and for a component that nothing declares.
func (r *Registry) Component(code string) *status.Component { return r.components[code] }

// Len is the number of components, without groups.
func (r *Registry) Len() int { return len(r.components) }

// SortSettings puts settings in the order of the site's components.
func SortSettings(settings []status.Setting) {
	slices.SortFunc(settings, func(a, b status.Setting) int { return cmp.Compare(a.Component.Index, b.Component.Index) })
}
