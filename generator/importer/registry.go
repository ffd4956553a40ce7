package importer

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"allclear/generator/compose"
	"allclear/generator/status"
)

// component is a component or a group as a source declares it.
type component struct {
	code        string // what the source's events call it by
	name        string
	description string
	start       string // YYYY-MM-DD, "" where unknown
	retired     string // likewise; in use where ""
	group       string // the code of its group, "" at top level
	isGroup     bool
	position    int  // among its siblings
	keepCode    bool // clients know it by its code: it becomes the api_id
}

// registry gives each component of a source its id on the site.
type registry struct {
	codes   map[string]string // that clients know, in lower case: whose they are
	ids     map[string]string // by the source's codes; groups are not in it
	order   map[string]int    // of the ids on the site
	entries []compose.Entry   // for a new site.yaml
	missing []string          // names that an existing site.yaml does not declare
}

var (
	componentID = regexp.MustCompile(`^[a-z][a-z0-9-]{0,79}$`)
	apiID       = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)
	reserved    = []string{"id", "class", "severity", "corrects"} // in an update's attributes they mean something else
)

// newRegistry declares components, or finds them on a site that exists.
func newRegistry(components []component, site *status.Site) *registry {
	r := &registry{codes: map[string]string{}, ids: map[string]string{}, order: map[string]int{}}
	components = slices.SortedStableFunc(slices.Values(components), func(a, b component) int {
		return cmp.Compare(a.position, b.position)
	})
	if site != nil {
		r.find(components, site)
		return r
	}
	taken := map[string]bool{}
	for _, word := range reserved {
		taken[word] = true
	}
	groups := map[string]string{}
	for _, c := range components {
		if c.isGroup {
			groups[c.code] = c.name
		}
		if code := strings.ToLower(c.code); c.keepCode && apiID.MatchString(c.code) && r.codes[code] == "" {
			r.codes[code] = c.code
		}
	}
	for _, c := range components {
		switch {
		case c.isGroup:
			group := compose.Entry{ID: r.newID(c, "", taken), Name: c.name, APIID: r.apiID(c)}
			for _, member := range components {
				if member.group == c.code && !member.isGroup {
					group.Components = append(group.Components, r.declare(member, c.name, taken))
				}
			}
			if len(group.Components) > 0 {
				r.entries = append(r.entries, group)
			}
		case groups[c.group] == "":
			r.entries = append(r.entries, r.declare(c, "", taken))
		}
	}
	return r
}

func (r *registry) declare(c component, group string, taken map[string]bool) compose.Entry {
	id := r.newID(c, group, taken)
	r.ids[c.code], r.order[id] = id, len(r.order)
	entry := compose.Entry{ID: id, Name: c.name, Description: c.description, StartDate: c.start, Retired: c.retired, APIID: r.apiID(c)}
	if entry.APIID == id {
		entry.APIID = ""
	}
	return entry
}

// apiID is the id that clients know a component by. Where two differ by letter
// case alone, which no site can have, the first one keeps it.
func (r *registry) apiID(c component) string {
	if c.keepCode && r.codes[strings.ToLower(c.code)] == c.code {
		return c.code
	}
	return ""
}

// newID makes an id of a component's name: words, where the name has any, with
// those of its group where it is not the only one of that name.
func (r *registry) newID(c component, group string, taken map[string]bool) string {
	const most = 60
	kind := "component"
	if c.isGroup {
		kind = "group"
	}
	base := slug(c.name, most)
	if taken[base] && group != "" {
		base = strings.Trim(slug(group, most/2)+"-"+base, "-")
	}
	if base == "" {
		base = kind
	}
	if !componentID.MatchString(base) {
		base = kind + "-" + base
	}
	id := base
	for n := 2; taken[id] || r.codes[id] != "" && r.codes[id] != c.code; n++ {
		id = fmt.Sprintf("%s-%d", base, n)
	}
	taken[id] = true
	return id
}

// find looks components up on a site, by the id that clients know, else by name.
func (r *registry) find(components []component, site *status.Site) {
	byCode, byName := map[string]*status.Component{}, map[string]*status.Component{}
	for _, c := range site.Components {
		r.order[c.ID] = c.Index
		byCode[c.Code()] = c
		if _, taken := byName[oneLine(c.Name)]; !taken {
			byName[oneLine(c.Name)] = c
		}
	}
	for _, c := range components {
		if c.isGroup {
			continue
		}
		found, ok := byName[c.name]
		if known := byCode[c.code]; known != nil && c.keepCode {
			found, ok = known, true
		}
		if !ok {
			r.missing = append(r.missing, c.name)
			continue
		}
		r.ids[c.code] = found.ID
	}
}

// inOrder sorts components as the site orders them.
func (r *registry) inOrder(components []compose.Component) {
	slices.SortFunc(components, func(a, b compose.Component) int { return cmp.Compare(r.order[a.ID], r.order[b.ID]) })
}

// missingError says which lines an existing site.yaml needs before events can
// name their components.
func (r *registry) missingError(file string, components []component) error {
	var lines strings.Builder
	taken := map[string]bool{}
	for id := range r.order {
		taken[id] = true
	}
	for _, c := range components {
		if c.isGroup || !slices.Contains(r.missing, c.name) || r.ids[c.code] != "" {
			continue
		}
		entry := r.declare(c, "", taken)
		lines.WriteString(compose.EntryLines(entry))
	}
	return fmt.Errorf("nothing written: the history names components that %s does not declare; add these under components: and run the import again\n%s",
		file, strings.TrimRight(lines.String(), "\n"))
}
