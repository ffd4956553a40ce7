package importer

import (
	"slices"
	"strings"

	"allclear/generator/check"
	"allclear/generator/importer/markup"
	"allclear/generator/status"
)

// This file gives each old address to one event.

// ownPaths are pages and files of every site, at which no old address can lead
// elsewhere.
var ownPaths = []string{
	"", "index.html", "404.html", "history", "uptime", "subscribe", "embed", "search", "api", "components", "incidents", "maintenance",
	"status.txt", "feed.json", "history.atom", "history.rss", "maintenance.ics", "robots.txt", "sitemap.xml", "badge.svg", "badge.json", "uptime.csv",
}

// addressKey is the same for two addresses that can't both be files of a site.
func addressKey(path string) string {
	return strings.ToLower(strings.TrimSuffix(strings.Trim(path, "/"), "/index.html"))
}

// claimAddresses leaves each address to one event: that of the folder which has
// it, else the newest one of the source. Events are new ones, with their ids.
func (t *Target) claimAddresses(events []Event, report *Report) {
	taken := map[string]string{} // by the keys of addresses, who has them
	for _, path := range ownPaths {
		taken[path] = "the site itself"
	}
	if t.site != nil {
		for _, e := range t.site.Events {
			taken[addressKey(e.Path())] = e.Position.File
			for _, a := range e.Aliases {
				taken[addressKey(a.Path)] = e.Position.File
			}
		}
	}
	newest := slices.Clone(events)
	slices.SortStableFunc(newest, func(a, b Event) int { return b.Updates[0].At.Compare(a.Updates[0].At) })
	for _, e := range newest {
		taken[addressKey(e.Path())] = e.Where
	}
	for _, e := range newest {
		e.Aliases = e.ownAliases(report)
		e.Aliases = slices.DeleteFunc(e.Aliases, func(a status.Alias) bool {
			key := addressKey(a.Path)
			owner, is := taken[key]
			switch {
			case key == addressKey(e.Path()):
				return true // it has not changed
			case is && owner == e.Where:
				return false
			case is:
				report.Note(e.Where, "its old address %q leads to %s, which has it too and is newer", markup.Short(a.Path), owner)
				return true
			}
			taken[key] = e.Where
			return false
		})
	}
}

// ownAliases are the old addresses of an event that can be aliases, each once.
func (e Event) ownAliases(report *Report) []status.Alias {
	var aliases []status.Alias
	for _, a := range e.Aliases {
		if !strings.HasPrefix(a.Path, "/") {
			a.Path = "/" + a.Path
		}
		n := slices.IndexFunc(aliases, func(b status.Alias) bool { return addressKey(a.Path) == addressKey(b.Path) })
		switch {
		case !check.IsAlias(a.Path):
			report.Note(e.Where, "its old address %q can't be an alias, and does not lead to it", markup.Short(a.Path))
		case n < 0:
			aliases = append(aliases, a)
		case !strings.Contains(strings.Trim(a.Path, "/"), strings.Trim(aliases[n].Path, "/")) && strings.EqualFold(strings.Trim(a.Path, "/"), strings.Trim(aliases[n].Path, "/")):
			report.Note(e.Where, "its old address %q differs only by letter case from another one, and is left out", markup.Short(a.Path))
		}
	}
	return aliases
}
