package page

import "html/template"

// Base is what every page knows; each page's struct embeds it, so a template
// says {{.Root}}.
type Base struct {
	Shell
	Languages   []Language  // the page in each of the site's languages; empty for a site in one
	XDefault    string      // absolute URL of the page for readers of all other languages; may be empty
	Links       []SiteLink  // the site's own, for the footer
	HeaderLinks []SiteLink  // those of them that are in the header too
	Title       string      // of the browser's tab, without the site's title
	Description string      // one sentence for search engines; may be empty
	Canonical   string      // absolute URL; empty if the page has none
	Article     bool        // the page is about one event, not about the site
	Live        bool        // the page shows a current status, so the script keeps it up to date
	Freshness   string      // after how many seconds a build is too old to be trusted; empty for never
	Picture     *Picture    // for links to the page on other sites; may be nil
	LinkedData  template.JS // the page as data for search engines, https://schema.org in JSON-LD; may be empty
	AsOf        AsOf        // of what the page shows as current; empty on a page that shows nothing so
}

// AsOf is the date of a current status, by which readers see that nobody builds
// the site any more.
type AsOf struct {
	At    string        // RFC 3339, the newest instant at which something changed by the clock; for the script
	Until string        // RFC 3339, from which on the page no longer knows what the clock changes; may be empty
	Text  template.HTML // "As of November 24, 2026"; unless all is well with the hour
}

// Shell is what is around a page and is the same on thousands of them. It has
// only strings, so that a template which is given nothing else runs once.
type Shell struct {
	Root       string // leads from the page to the site's root: "", "../../"; on a page that is served at any path, the root's own path: "/"
	Home       string // the link to the index
	History    string // the link to the history
	Uptimes    string // the link to the uptime of every component
	Subscribe  string // the link to the page that says how to subscribe
	Language   string // a BCP 47 tag
	Direction  string // ltr or rtl
	Site       string // the site's title
	Section    string // the page's item in the navigation: "index", "history", "uptime", "subscribe" or empty
	ColorLight string // CSS colour of the browser's frame; may be empty
	ColorDark  string // likewise
	Logo       string // the link to the site's logo; may be empty
	Style      string // the link to the site's own style sheet; may be empty
	LogoDark   string // likewise, on dark pages
	Icon       string // the link to the icon of the browser's tab; the index's shows the status
	IconPNG    string // the same for browsers that show no SVG; empty for a site's own icon
	Touch      string // the link to the icon that phones put on their first screen
	Zone       string // the site's zone, by its IANA name: Europe/Berlin
	Feeds      Feeds
}

// Feeds are the links to what a reader can subscribe to; each may be empty.
type Feeds struct{ Atom, RSS, JSON, Calendar string }

// SiteLink is a link from site.yaml.
type SiteLink struct{ Name, URL string }

// Picture is what another site shows with a link to the page.
type Picture struct {
	URL string // absolute
	Alt string
}

// Language is a page in one of the site's languages.
type Language struct {
	Name      string // what the language calls itself: Deutsch
	Tag       string // BCP 47, for lang and hreflang
	Direction string // ltr or rtl
	URL       string // a link to the page
	Absolute  string // its absolute URL; empty if the page has none
	Current   bool   // it is the page itself
}

// Link is the name and the URL of another page.
type Link struct {
	Name, URL string
	Original  *Original // of Name
}

// Original is the language of a text that has no translation into the language
// of the page; nil if it has one.
type Original struct {
	Language, Direction string // for lang and dir
	Note                string // tells the reader so
}

// Label is a status or a severity in words.
type Label struct {
	Text string
	Tone string // class and icon: operational, maintenance, degraded, partial, major
}

// IndexPage is the front page, index.html.
type IndexPage struct {
	Base
	Overview
}

// Overview is the status of the site, and what happened on its last days.
type Overview struct {
	Banner         Banner
	BannerForecast []BannerForecast
	OpenEvents
	OpenForecast  []OpenForecast
	Announcements []Announcement
	Groups        []ComponentGroup // every component, in the site's order
	Record        string           // the span of the bars in words: "Last 90 days"
	Ago           string           // the same as the start of an axis: "90 days ago"
	Method        string           // how uptime is calculated
	Upcoming      Works            // maintenance to come, soonest first
	WorkForecast  []WorkForecast   // the same
	Days          []Stretch        // the last days, newest first
}

// Banner is the site's status in one sentence, and the worst open incident.
type Banner struct {
	Label
	Title   string // of the browser's tab
	Worst   *Card  // nil if no incident is open
	Changed Time   // the newest update; empty if there is none
	AsOf    AsOf
	Icon    string // the link to an icon for the browser's tab that shows the status
}

// BannerForecast is what the banner will be from an instant on.
type BannerForecast struct {
	From string // RFC 3339
	Banner
}

// OpenEvents are the events that are going on.
type OpenEvents struct {
	Open    []Card // incidents, the worst first
	Also    []Card // the same without Banner.Worst
	Running Works  // maintenance that is under way
}

// OpenForecast is what the open events will be from an instant on.
type OpenForecast struct {
	From string // RFC 3339
	OpenEvents
}

// Works are maintenance in a list, of which the first ones are in sight.
type Works struct {
	First, Rest []Work
	More        string // "10 more", if there is a rest
	Anchor      string // the id of the fold with the rest
}

// Work is a maintenance on one line.
type Work struct {
	EventItem
	Window  template.HTML // "… to …"
	Next    template.HTML // that it takes longer than planned, a sentence; may be empty
	Promise Promise
}

// WorkForecast is the maintenance to come as it will be from an instant on.
type WorkForecast struct {
	From string // RFC 3339
	Works
}

// LabelForecast is what a status will be from an instant on.
type LabelForecast struct {
	From string // RFC 3339
	Label
}

// Announcement is a notice at the top of the index, and in the history.
type Announcement struct {
	Anchor   string // its id on the page
	Title    string
	Long     bool          // its text would push what is below out of sight
	Until    string        // RFC 3339, the instant from which on it is over; may be empty
	Period   template.HTML // "Since …", "… to …"
	Text     template.HTML
	Original *Original // of Title and Text
}

// EventItem is an event in a list.
type EventItem struct {
	Kind     string // incident or maintenance
	Title    string
	Original *Original // of Title
	URL      string
	Draft    bool
	Status   string    // "investigating"
	Impact   Label     // severity of an incident, else "Maintenance"
	When     Time      // its beginning
	Affects  string    // "A, B and C"; empty if it names no component
	Length   string    // "1h 31m", of an event that is over; may be empty
	Words    string    // the last ones of its writer, on one line; may be empty
	Foreign  *Original // of Words
}

// Entry is an event in a list of what happened in a time, and what it will be.
type Entry struct {
	EventItem
	Continues bool // it began before that time
	Brief     bool // the page says more of it in another place
	Forecast  []ItemForecast
}

// ItemForecast is what an event in a list will be from an instant on.
type ItemForecast struct {
	From string // RFC 3339
	EventItem
}

// Card is an open incident with its latest update.
type Card struct {
	EventItem
	Anchor     string        // its id on the page
	Components []Affected    // those that it affects, with their status
	More       string        // "and 3 more", if it has more components
	Period     template.HTML // "Since …"
	Latest     Update
	Promise    Promise
}

// Promise says when the next update of an event comes. It is empty if nobody has
// promised one.
type Promise struct {
	Text    template.HTML // "Next update by …", or that it is overdue
	Overdue bool
}

// PromiseForecast is what the promise will be from an instant on.
type PromiseForecast struct {
	From string // RFC 3339
	Promise
}

// ComponentGroup is the components of one group, or neighbours at the top level.
type ComponentGroup struct {
	Name   string // empty for those at top level
	Anchor string // its id on the page; empty without a name
	GroupState
	Forecast     []GroupForecast
	Open         bool // a reader sees its components without a tap
	Bars         Bars // of all together, each day as the worst of them; empty without a name
	BarsForecast []BarsForecast
	Components   []Component
	First        []Component // those of them in sight
	Rest         []Component // on a large site those with which all is well
	More         string      // "95 more, all operational", if there is a rest
	RestID       string      // the id of the fold with the rest
}

// GroupState is how the components of a group are, all together.
type GroupState struct {
	Count  string // "5 components", "4 of 5 components operational"
	Status Label  // the worst
}

// GroupForecast is how they will be from an instant on.
type GroupForecast struct {
	From string // RFC 3339
	GroupState
}

// Component is a component with its bars, on one line.
type Component struct {
	Name         string
	Anchor       string // its id on the page
	URL          string
	Status       Label
	Forecast     []LabelForecast
	Bars         Bars
	BarsForecast []BarsForecast
	Uptime       string        // of the bars' days, "99.98%"; empty if nothing is recorded yet
	Until        template.HTML // "until …", if the uptime does not count to now
}

// Stretch is one date of the index, or several neighbours on which the same was
// going on.
type Stretch struct {
	Dates
	Forecast []StretchForecast // of today alone
}

// StretchForecast is what today will be from an instant on.
type StretchForecast struct {
	From  string // RFC 3339
	Dates Dates
}

// Dates are what was going on on them.
type Dates struct {
	From, To Time    // the oldest date and the newest; To is empty if they are the same
	Between  string  // what stands between them
	Events   []Entry // those that were going on, without open incidents; empty for a quiet stretch
	OpenOnly bool    // only incidents were going on that are still open
	More     string  // "and 3 more", if there are more events than are shown
	Month    string  // the link to the month
}

// NotFoundPage is what a host serves for a path that does not exist, 404.html.
type NotFoundPage struct{ Base }

// WithdrawnPage is at the address of an event that was withdrawn, withdrawn.html.
type WithdrawnPage struct {
	Base
	On     Time
	Reason string
}

// AliasPage is at an old path of an event or a component and leads on to it,
// alias.html.
type AliasPage struct {
	Base
	Target Link // the page that it leads to
}
