package importer

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/check"
	"allclear/generator/importer/markup"
	"allclear/generator/status"
)

// This file gives each old address to one event or announcement.

// ownPaths are pages and files of every site, at which no old address can lead
// elsewhere.
var ownPaths = []string{
	"", "index.html", "404.html", "history", "uptime", "subscribe", "embed", "search", "api", "components", "incidents", "maintenance",
	"status.txt", "feed.json", "history.atom", "history.rss", "maintenance.ics", "robots.txt", "sitemap.xml", "badge.svg", "badge.json", "uptime.csv",
}

// theSite has the addresses of ownPaths.
const theSite = "the site itself"

// addressKey is the same for two addresses that can't both be files of a site.
func addressKey(path string) string {
	return strings.ToLower(strings.TrimSuffix(strings.Trim(path, "/"), "/index.html"))
}

// claim is an event or an announcement that is about to be written, with its old
// addresses.
type claim struct {
	where   string
	own     string // the path of its page, "" for none
	at      time.Time
	aliases *[]status.Alias
}

func (e Event) claim() claim { return claim{e.Where, e.Path(), e.Updates[0].At, &e.Aliases} }

func (a Announcement) claim() claim { return claim{a.Where, "", a.From, &a.Aliases} }

// settleAddresses leaves each address to one claim: what the folder has keeps its
// own, else the newest one has it.
func (t *Target) settleAddresses(claims []claim, report *Report) {
	taken := t.takenAddresses()
	slices.SortStableFunc(claims, func(a, b claim) int { return b.at.Compare(a.at) })
	for _, c := range claims {
		if c.own != "" {
			taken[addressKey(c.own)] = c.where
		}
	}
	for _, c := range claims {
		*c.aliases = slices.DeleteFunc(c.possible(report), func(a status.Alias) bool {
			key := addressKey(a.Path)
			owner, is := taken[key]
			switch {
			case c.own != "" && key == addressKey(c.own):
				return true // it has not changed
			case is && owner == theSite:
				report.Note(c.where, "its old address %q is that of a page of every site, and can't lead to it", markup.Short(a.Path))
				return true
			case is:
				report.Note(c.where, "its old address %q leads to %s, which has it too and is newer, or is there already", markup.Short(a.Path), owner)
				return true
			}
			taken[key] = c.where
			return false
		})
	}
}

// takenAddresses says who has an address already, by the keys of addresses.
func (t *Target) takenAddresses() map[string]string {
	taken := map[string]string{}
	for _, path := range ownPaths {
		taken[path] = theSite
	}
	if t.site == nil {
		return taken
	}
	for _, e := range t.site.Events {
		taken[addressKey(e.Path())] = e.Position.File
		for _, a := range e.Aliases {
			taken[addressKey(a.Path)] = e.Position.File
		}
	}
	for _, announced := range t.site.Announcements {
		for _, a := range announced.Aliases {
			taken[addressKey(a.Path)] = announced.Position.File
		}
	}
	return taken
}

// possible are the old addresses that can be aliases, each once.
func (c claim) possible(report *Report) []status.Alias {
	var aliases []status.Alias
	for _, a := range *c.aliases {
		if !strings.HasPrefix(a.Path, "/") {
			a.Path = "/" + a.Path
		}
		n := slices.IndexFunc(aliases, func(b status.Alias) bool { return addressKey(a.Path) == addressKey(b.Path) })
		switch {
		case !check.IsAlias(a.Path):
			report.Note(c.where, "its old address %q can't be an alias, and does not lead to it", markup.Short(a.Path))
		case n < 0:
			aliases = append(aliases, a)
		case strings.Trim(a.Path, "/") != strings.Trim(aliases[n].Path, "/") && strings.EqualFold(strings.Trim(a.Path, "/"), strings.Trim(aliases[n].Path, "/")):
			report.Note(c.where, "its old address %q differs only by letter case from another one, and is left out", markup.Short(a.Path))
		}
	}
	return aliases
}
