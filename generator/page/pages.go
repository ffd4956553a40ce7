package page

import "html/template"

// Base is what every page knows; each page's struct embeds it, so a template
// says {{.Root}}.
type Base struct {
	Shell
	Languages   []Language  // the page in each of the site's languages; empty for a site in one
	XDefault    string      // absolute URL of the page for readers of all other languages; may be empty
	Links       []SiteLink  // the site's own, for the footer
	Title       string      // of the browser's tab, without the site's title
	Description string      // one sentence for search engines; may be empty
	Canonical   string      // absolute URL; empty if the page has none
	Article     bool        // the page is about one event, not about the site
	Live        bool        // the page shows a current status, so the script keeps it up to date
	Freshness   string      // after how many seconds a build is too old to be trusted; empty for never
	Picture     *Picture    // for links to the page on other sites; may be nil
	LinkedData  template.JS // the page as data for search engines, https://schema.org in JSON-LD; may be empty
}

// Shell is what is around a page and is the same on thousands of them. It has
// only strings, so that a template which is given nothing else runs once.
type Shell struct {
	Root       string // leads from the page to the site's root: "", "../../"; on a page that is served at any path, the root's own path: "/"
	Home       string // the link to the index
	History    string // the link to the history
	Uptimes    string // the link to the uptime of every component
	Language   string // a BCP 47 tag
	Direction  string // ltr or rtl
	Site       string // the site's title
	Section    string // the page's item in the navigation: "index", "history", "uptime" or empty
	ColorLight string // CSS colour of the browser's frame; may be empty
	ColorDark  string // likewise
	Logo       string // the link to the site's logo; may be empty
	Style      string // the link to the site's own style sheet; may be empty
	Icon       string // the link to the icon of the browser's tab; the index's shows the status
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

// Time is an instant in words, and in the form of <time datetime>.
type Time struct{ Text, ISO string }

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
	Announcements  []Announcement
	Open           []Card           // incidents that are not over
	Running        []PlannedCard    // maintenance that is under way
	Upcoming       []PlannedCard    // maintenance to come, soonest first
	Affected       []Component      // the components that are not operational
	Groups         []ComponentGroup // the others, in the site's order
	BarDays        string           // the span of the bars in words: "90 days"
	Method         string           // how uptime is calculated
	Days           []Day            // the last days, newest first
}

// Banner is the site's status in one sentence.
type Banner struct {
	Label
	Speaker *Link  // the incident that the banner is about, if all components are operational; may be nil
	Changed Time   // the newest update
	Icon    string // the link to an icon for the browser's tab that shows the status
}

// BannerForecast is what the banner will be from an instant on.
type BannerForecast struct {
	From string // RFC 3339
	Banner
}

// LabelForecast is what a status will be from an instant on.
type LabelForecast struct {
	From string // RFC 3339
	Label
}

// Announcement is a notice at the top of the index.
type Announcement struct {
	Title    string
	From     Time
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
	Status   string // "investigating"
	Impact   Label  // severity of an incident, else "Maintenance"
	When     Time   // of an incident the first update, of a maintenance the beginning
	Sentence string // what happened, in one sentence
}

// Card is an event that is not over, with its latest update.
type Card struct {
	EventItem
	Affected string        // "A, B and C"; empty if it names no component
	Period   template.HTML // "Since …", "… to …"
	Latest   Update
	Next     template.HTML // what comes next, a sentence; may be empty
}

// PlannedCard is the card of a maintenance, and what it will be when the
// maintenance begins and ends.
type PlannedCard struct {
	Card
	Forecast []CardForecast
}

// CardForecast is what a card will be from an instant on.
type CardForecast struct {
	From string // RFC 3339
	Card
}

// ComponentGroup is components that are operational, of one group or of the top
// level.
type ComponentGroup struct {
	Name       string // empty for those at top level
	Count      string // "5 components"
	Collapsed  bool   // shown as one line until a reader opens it
	Status     Label
	Forecast   []LabelForecast
	Components []Component
}

// Component is a component with its bars.
type Component struct {
	Name        string
	URL         string
	Description string // may be empty
	Status      Label
	Forecast    []LabelForecast
	Bars        Bars
	Uptime      string // of the bars' days, "99.98%"; empty if nothing is recorded yet
}

// Day is one date of the index.
type Day struct {
	Date   Time
	Events []EventItem // empty for a quiet day
	More   string      // "and 3 more", if the day has more events than are shown
	Month  string      // the link to its month
}

// NotFoundPage is what a host serves for a path that does not exist, 404.html.
type NotFoundPage struct{ Base }

// AliasPage is at an old path of an event and redirects to the event, alias.html.
type AliasPage struct {
	Base
	Target Link // the event's page
}
