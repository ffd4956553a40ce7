package status

import (
	"time"

	"allclear/generator/diag"
)

// Site is everything that the content says, checked and linked, whatever the
// instant.
type Site struct {
	Title    string
	Titles   Localized
	APIID    string // api_id of site.yaml, else made from the title
	URL      string // absolute, without a slash at its end: https://status.example.com
	Zone     *time.Location
	Language string // the default one, a BCP 47 tag: en
	Theme    string // a folder's name below themes/

	Preview      bool          // drafts and what is held back are shown, marked
	Logo         string        // below the site's root: images/logo.svg; "" for none
	CSS          string        // likewise, a style sheet beside the theme's; "" for none
	SocialImages bool          // a picture for each event, for those who share its page
	Freshness    time.Duration // for how long a build is believed; 0 for as long as it stands

	HistoryDays int // quiet days that the index lists
	Uptime      UptimeRule
	Links       []Link

	Entries       []Entry         // top level, in site.yaml's order
	Components    []*Component    // every one, retired ones too, in site.yaml's order
	Events        []*Event        // by their first update, then by id
	Announcements []*Announcement // by From, then by id

	// Languages are those of the site, the default first; empty for a site in
	// one language.
	Languages []string
}

// Localized is a text in further languages of the site, by their tags; nil for
// a text that is the same in all of them.
type Localized map[string]string

// In returns the text in a language, and original if it has none in it.
func (l Localized) In(tag, original string) string {
	if text, ok := l[tag]; ok {
		return text
	}
	return original
}

// UptimeRule is how uptime is reckoned.
type UptimeRule struct {
	Days                       int     // the window of the bars, 1 to 366
	PartialOutage, MajorOutage float64 // the weight of a second of each, 0 to 1
}

// Link is one of the footer's.
type Link struct {
	Name  string
	Names Localized
	URL   string
}

// Entry is a component or a group of them; exactly one field is set.
type Entry struct {
	Component *Component
	Group     *Group
}

// Component is a thing that users depend on.
type Component struct {
	ID           string
	APIID        string // api_id, "" where site.yaml has none
	Name         string
	Names        Localized
	Description  string // "" for none
	Descriptions Localized
	StartDate    time.Time // the first instant of that date in the site's zone; zero where not said
	Retired      time.Time // likewise; from then on gone from index and API lists
	Group        *Group    // nil at top level
	Index        int       // in Site.Components
	Position     diag.Position
}

// Group is a heading over components, one level deep.
type Group struct {
	ID         string // made from the name where site.yaml says none
	APIID      string
	Name       string
	Names      Localized
	Components []*Component
	Position   diag.Position
}

// Code is the id that the API says.
func (c *Component) Code() string {
	if c.APIID != "" {
		return c.APIID
	}
	return c.ID
}

// Code is the id that the API says.
func (g *Group) Code() string {
	if g.APIID != "" {
		return g.APIID
	}
	return g.ID
}

// FullName is "Group - Component" for a grouped component, else its name.
func (c *Component) FullName() string { return c.FullNameIn("") }

// FullNameIn is FullName in a language.
func (c *Component) FullNameIn(tag string) string {
	name := c.Names.In(tag, c.Name)
	if c.Group != nil {
		return c.Group.Names.In(tag, c.Group.Name) + " - " + name
	}
	return name
}

// RetiredAt reports whether the component is retired at an instant.
func (c *Component) RetiredAt(t time.Time) bool {
	return !c.Retired.IsZero() && !t.Before(c.Retired)
}
