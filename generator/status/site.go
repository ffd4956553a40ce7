package status

import (
	"time"

	"allclear/generator/diag"
)

// Site is all of the content, checked and linked. It does not depend on an
// instant.
type Site struct {
	Title    string
	Titles   Localized
	APIID    string // api_id of site.yaml, else made from the title
	URL      string // absolute, without a slash at its end: https://status.example.com
	Zone     *time.Location
	Language string // the default one, a BCP 47 tag: en
	Theme    string // the name of a folder in themes/

	Preview      bool          // show drafts and updates that are held back, marked as such
	Logo         string        // below the site's root: images/logo.svg; "" for none
	LogoDark     string        // likewise, on dark pages; the same if there is only one
	Favicon      string        // likewise, in place of the theme's icons; "" for none
	Accent       string        // a colour for links and buttons, "#1f5eff"; "" for the theme's
	AccentDark   string        // likewise, on dark pages
	CSS          string        // likewise, a style sheet in addition to the theme's; "" for none
	StaticCode   []string      // likewise, the files that a browser may run
	SocialImages bool          // make a picture of each event, for links that are shared
	Remind       time.Duration // after which an open incident without an update is a note
	Freshness    time.Duration // how long a build counts as fresh; 0 for always
	Provenance   bool          // provenance: git; its history says when each update was published
	Changed      time.Time     // when what readers see last changed, by that history; else zero

	HistoryDays int // quiet days that the index page lists
	Uptime      UptimeRule
	Limits      Limits
	Links       []Link
	Subscribe   []Link // where readers can subscribe elsewhere: by e-mail, by text message

	Items         []Item          // top level, in site.yaml's order
	Components    []*Component    // every one, retired ones too, in site.yaml's order
	Events        []*Event        // by their first update, then by id
	Announcements []*Announcement // by From, then by id
	Withdrawn     []Withdrawal    // what was published and must not be any more
	Repository    *Repository     // where the content is kept; nil if site.yaml does not say
	Templates     []*Template     // by name

	// Languages are the site's languages, the default one first. It is empty for
	// a site in one language.
	Languages []string
}

// Localized is a text in the site's further languages, by tag. It is nil for a
// text that is the same in all of them.
type Localized map[string]string

// In returns the text in a language, or original if there is none.
func (l Localized) In(tag, original string) string {
	if text, ok := l[tag]; ok {
		return text
	}
	return original
}

// Withdrawal is an event or an update that was published and is taken back. The
// address of an event becomes a page that says so.
type Withdrawal struct {
	ID       string // of the event, its file's base name, or of the update
	On       time.Time
	Reasons  Localized
	Reason   string // for readers
	Position diag.Position
}

// UptimeRule says how uptime is calculated.
type UptimeRule struct {
	Days                       int     // the window of the bars, 1 to 366
	PartialOutage, MajorOutage float64 // the weight of a second of each, 0 to 1
}

// Link is a link of the site's own, in the footer or on the page that says how
// to subscribe.
type Link struct {
	Name   string
	Names  Localized
	URL    string
	Header bool // it is in the header too
}

// Item is a component or a group of them; exactly one field is set.
type Item struct {
	Component *Component
	Group     *Group
}

// Component is a thing that users depend on.
type Component struct {
	ID           string
	APIID        string // api_id, "" if site.yaml has none
	Name         string
	Names        Localized
	SameName     bool   // another component of the site has the same name, ignoring case
	Description  string // "" for none
	Descriptions Localized
	Aliases      []string  // its old ids, oldest first, at whose addresses it can still be found
	StartDate    time.Time // the first instant of that date in the site's zone; zero for none
	Retired      time.Time // likewise; from then on it is left out of the index page and the API's lists
	Group        *Group    // nil at top level
	Index        int       // in Site.Components
	Position     diag.Position
}

// Group is a heading over components, one level deep.
type Group struct {
	ID         string // made from the name if site.yaml has none
	APIID      string
	Name       string
	Names      Localized
	Components []*Component
	Position   diag.Position
}

// Code is the component's id in the API.
func (c *Component) Code() string {
	if c.APIID != "" {
		return c.APIID
	}
	return c.ID
}

// Code is the group's id in the API.
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

// UniqueName is the component's name in a language where it must not be taken
// for another one: its FullNameIn if another component of the site, retired or
// not, has the same name, else its name.
func (c *Component) UniqueName(tag string) string {
	if c.SameName {
		return c.FullNameIn(tag)
	}
	return c.Names.In(tag, c.Name)
}

// RetiredAt reports whether the component is retired at an instant.
func (c *Component) RetiredAt(t time.Time) bool {
	return !c.Retired.IsZero() && !t.Before(c.Retired)
}
