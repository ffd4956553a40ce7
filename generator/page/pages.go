package page

import "html/template"

// Base is what every page knows; each page's struct embeds it, so a template
// says {{.Root}}.
type Base struct {
	Shell
	Languages   []Language  // the page in each of the site's languages; empty for a site in one
	XDefault    string      // absolute URL of the page for readers of none of them; may be empty
	Links       []SiteLink  // the site's own, for the footer
	Title       string      // of the browser's tab, without the site's title
	Description string      // one sentence for search engines; may be empty
	Canonical   string      // absolute URL; empty where the page has none
	Article     bool        // the page tells of one event, rather than of the site
	Live        bool        // the page tells how something is now, so the script keeps it true
	Freshness   string      // in seconds, for how long a build is believed; empty for as long as it stands
	Picture     *Picture    // for those who share the page; may be nil
	LinkedData  template.JS // the page for machines, https://schema.org in JSON-LD; may be empty
}

// Shell is what stands around a page and is the same for thousands of them.
// It is strings alone, so that what a template makes of it is made once.
type Shell struct {
	Root       string // what leads from the page to the site's root: "", "../../"; of a page served anywhere, the root's own path: "/"
	Home       string // the link to the index
	History    string // the link to the history
	Uptimes    string // the link to the uptime of every component
	Language   string // a BCP 47 tag
	Direction  string // ltr or rtl
	Site       string // the site's title
	Section    string // "index", "history", "uptime" or empty: the entry of the navigation that the page is
	ColorLight string // CSS colour of the browser's frame; may be empty
	ColorDark  string // likewise
	Logo       string // the link to the site's logo; may be empty
	Style      string // the link to the site's own style sheet; may be empty
	Icon       string // the link to the icon of the tab; the index's shows the state
	Feeds      Feeds
}

// Feeds is the links to what a reader can subscribe to; each may be empty.
type Feeds struct{ Atom, RSS, JSON, Calendar string }

// SiteLink is a link of the site's own.
type SiteLink struct{ Name, URL string }

// Picture is what another site shows in a link to the page.
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
	Absolute  string // its absolute URL; empty where the page has none
	Current   bool   // it is the page itself
}

// Link leads somewhere.
type Link struct {
	Name, URL string
	Original  *Original // of Name
}

// Original is the language of a text that has not been translated into the
// page's; nil for one that is in it.
type Original struct {
	Language, Direction string // for lang and dir
	Note                string // says so to the reader
}

// Time is an instant as a person reads it and as <time datetime> wants it.
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

// Overview is how the site is now, and what happened on its last days.
type Overview struct {
	Banner        Banner
	BannersAhead  []BannerAhead
	Announcements []Announcement
	Open          []Card           // incidents that are not over
	Running       []PlannedCard    // maintenance that is under way
	Upcoming      []PlannedCard    // maintenance to come, soonest first
	Affected      []Component      // that are not operational
	Groups        []ComponentGroup // the others, in the site's order
	BarDays       string           // the span of the bars in words: "90 days"
	Method        string           // how the figures of uptime were reached
	Days          []Day            // the last days, newest first
}

// Banner is the site's status in one sentence.
type Banner struct {
	Label
	Speaker *Link  // the incident that speaks, where components alone would say that all is well
	Changed Time   // the newest update
	Icon    string // the link to an icon of the tab that shows the state
}

// BannerAhead is what the banner will be from an instant on.
type BannerAhead struct {
	From string // RFC 3339
	Banner
}

// LabelAhead is what a status will be from an instant on.
type LabelAhead struct {
	From string // RFC 3339
	Label
}

// Announcement is a notice that is pinned above everything.
type Announcement struct {
	Title    string
	From     Time
	Text     template.HTML
	Original *Original // of both
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
	Affected string        // "A, B and C"; empty where it names no component
	Period   template.HTML // "Since …", "… to …"
	Latest   Update
	Next     template.HTML // what comes next, a sentence; may be empty
}

// PlannedCard is a maintenance on the index, and how its card will be when
// the clock has moved it.
type PlannedCard struct {
	Card
	Ahead []CardAhead
}

// CardAhead is what a card will be from an instant on.
type CardAhead struct {
	From string // RFC 3339
	Card
}

// ComponentGroup is components in a row, all of which are operational.
type ComponentGroup struct {
	Name       string // empty for those at top level
	Count      string // "5 components"
	Folded     bool   // shown as one line until a reader opens it
	Status     Label
	Ahead      []LabelAhead
	Components []Component
}

// Component is a component with its bars.
type Component struct {
	Name        string
	URL         string
	Description string // may be empty
	Status      Label
	Ahead       []LabelAhead
	Bars        Bars
	Uptime      string // of the bars' days, "99.98%"; empty where nothing is recorded yet
}

// Bars is a component's record as a picture, a bar a day, oldest first. The
// bars of one tone are one path, since a page may have tens of thousands.
type Bars struct {
	Summary string // the picture in words
	Width   int    // of the view box; its height is 32
	Paths   []BarPath
	Notes   []BarNote // days on which something happened, on the component's own page
}

// BarPath is the bars of one tone: operational, maintenance, degraded,
// partial, major, unrecorded.
type BarPath struct{ Tone, D string }

// BarNote is what a reader who points at a day sees.
type BarNote struct {
	X    int
	Text string
}

// Day is one date of the index.
type Day struct {
	Date   Time
	Events []EventItem // empty for a quiet day
	More   string      // "and 3 more", where the day has more events than are shown
	Month  string      // the link to its month
}

// EventPage is the page of an incident or a maintenance, event.html.
type EventPage struct {
	Base
	Kind       string // incident or maintenance
	Eyebrow    string // the line above the title: "CleverTap incident"
	Heading    string
	Original   *Original // of Heading
	Note       string    // that some text of the page is not translated; may be empty
	Draft      bool
	Sentence   string // what happened, in one sentence, and how it stands
	Status     string
	Open       bool
	Impact     Label
	Ahead      []EventAhead
	Affected   []Affected
	Updates    []Update      // oldest first
	Coming     []UpdateAhead // what the clock will add to them
	Postmortem []Update      // what was said when all was over, oldest first
	Related    []Link
	Previous   *Link // the next older event
	Following  *Link // the next newer one
}

// EventAhead is how an event will stand from an instant on.
type EventAhead struct {
	From             string // RFC 3339
	Status, Sentence string
}

// UpdateAhead is a message that the clock will add at an instant.
type UpdateAhead struct {
	From string // RFC 3339
	Update
}

// Affected is a component of an event, with the worst that the event did to it.
type Affected struct {
	Name   string
	URL    string
	Status Label
}

// Update is one message of a timeline.
type Update struct {
	Held      bool          // shown in a preview alone, before its time
	Anchor    string        // the id that its permalink leads to
	Permalink template.HTML // a link to it that says At, ready to show
	Status    string        // "investigating"
	State     string        // the same as a value: in_progress
	Closed    bool          // nothing more is wrong or to be done
	At        Time
	After     string        // how long after the beginning of an incident; empty for its first
	Text      template.HTML // may be empty
	Original  *Original     // of Text
	Changes   []Change      // what it did to components
}

// Change is a component whose status an update changed.
type Change struct {
	Component string
	Old, New  Label
}

// ComponentPage is the page of one component, component.html.
type ComponentPage struct {
	Base
	Group    string // may be empty
	Heading  string
	About    string // its description; may be empty
	Retired  bool
	Status   Label
	Ahead    []LabelAhead
	Bars     Bars
	BarDays  string // "90 days"
	Uptime   string // "99.98 %"; empty where nothing is recorded yet
	Method   string // how that figure was reached
	Troubled []RecordedDay
	Days     []RecordedDay // every day of the bars, newest first
	Events   []EventItem   // newest first
	More     bool          // it has older ones, which stand in the history
}

// RecordedDay is one date of a component's record.
type RecordedDay struct {
	Date   Time
	Status Label  // the worst of the day; "no data" where nothing is recorded
	Down   string // for how long it was out; empty for no outage
}

// HistoryPage is the list of months, history.html.
type HistoryPage struct {
	Base
	Years      []Year // newest first
	Components []Link // each component's own page, with its events
}

// Year is the months of one year in which something happened, newest first.
type Year struct {
	Name   string
	Months []Month
}

// Month is one month of the history.
type Month struct {
	Name   string // "December 2022"
	URL    string
	Counts string // "3 incidents, 1 maintenance"
}

// MonthPage is every event whose first update is in one month, month.html.
type MonthPage struct {
	Base
	Heading string
	Events  []EventItem // newest first
	Rest    []Link      // events beyond the number that is shown in full
	Newer   *Link       // the next newer month with events
	Older   *Link
}

// UptimePage is the uptime of every component, uptime.html.
type UptimePage struct {
	Base
	Method  string   // how the figures were reached: what an outage weighs
	Periods []string // the columns: "Last 30 days", "December 2022"
	Groups  []UptimeGroup
	Table   string // the link to the same for a spreadsheet, with every month
}

// UptimeGroup is components under one heading; Name is empty for those at top
// level.
type UptimeGroup struct {
	Name string
	Rows []UptimeRow
}

// UptimeRow is a component's figures, one for each of UptimePage.Periods.
type UptimeRow struct {
	Name    string
	URL     string
	Figures []Figure
}

// Figure is an uptime with what it was reached from.
type Figure struct {
	Uptime         string // "99.98%"; empty for no data
	Partial, Major string // for how long the component was so; empty for not at all
}

// EmbedPage is the status in a frame of another site, embed.html.
type EmbedPage struct {
	Base
	Banner Banner
	Events []Link // the newest open incidents and running maintenance
}

// OwnPage is a page that a theme brings, pages/*.html. Its Title and its
// Description are what the template defines as "title" and "description", and
// it may show all that the index shows.
type OwnPage struct {
	Base
	Overview
}

// NotFoundPage is what a host serves for a path that leads nowhere, 404.html.
type NotFoundPage struct{ Base }

// AliasPage stands at an event's old path and leads on, alias.html.
type AliasPage struct {
	Base
	Target Link // the event's page
}
