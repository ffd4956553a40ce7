package status

import (
	"html"
	"time"

	"allclear/generator/diag"
)

// Kind tells the two kinds of event apart.
type Kind int

const (
	Incident    Kind = iota // unplanned
	Maintenance             // planned
)

// String is "incident" or "maintenance".
func (k Kind) String() string {
	if k == Maintenance {
		return "maintenance"
	}
	return "incident"
}

// Event is one incident or one maintenance, as its file tells it, whatever
// the instant.
type Event struct {
	Kind     Kind
	ID       string           // the file's base name, for ever
	APIID    string           // api_id, "" where the file has none
	Title    string           // one line
	Titles   map[string]Title // in further languages of the site, by their tags
	Position diag.Position    // of the title, to blame

	// Severity is the front matter's, for an incident. SeverityStated is false
	// where the file leaves it out; then the worst component status named says it.
	Severity       Severity
	SeverityStated bool

	Components []Setting // the front matter's, in site order

	Started, Ended               time.Time // when the impact truly began or ended; zero where not said
	ScheduledFor, ScheduledUntil time.Time // of a maintenance

	Draft    bool     // shown in the preview only
	HoldBack bool     // publish: scheduled; updates dated in the future wait for their time
	Related  []*Event // shown on both pages, in file order
	Aliases  []Alias  // old paths that lead here
	Updates  []Update // in time order, equal times in file order; never empty
}

// Setting is a component with the status that a file gives it.
type Setting struct {
	Component *Component
	Status    ComponentStatus
	Set       bool // false: named without a status, so that the severity decides
}

// Update is one dated message in an event's timeline.
type Update struct {
	ID       string      // what {#…} says, else made from the event, the instant and the ordinal among equals
	At       time.Time   // in the site's zone
	Status   EventStatus // the status in force from here on; an interim update repeats the one before
	Interim  bool        // said no status of its own
	Settings []Setting   // components that it sets by hand, in site order
	Severity *Severity   // that it sets, or nil
	Text     Text
	Texts    map[string]Text // in further languages of the site, by their tags
	Position diag.Position   // of its heading, else of its text or its front matter key
}

// Text is an update's Markdown, and the three forms of it that leave the
// generator, made in one parse. An update without text has four empty strings.
type Text struct {
	Markdown string // as written, without blank lines around it
	HTML     string // safe for a page of this site; links from the root
	FeedHTML string // the same with absolute links
	Plain    string // no markup; paragraphs apart by one blank line
}

// Paragraph is a text of one paragraph without markup.
func Paragraph(plain string) Text {
	markup := "<p>" + html.EscapeString(plain) + "</p>\n"
	return Text{HTML: markup, FeedHTML: markup, Plain: plain}
}

// Title is a title in a further language of the site.
type Title struct {
	Text     string
	Position diag.Position
}

// Alias is an old path of an event.
type Alias struct {
	Path     string // from the root, with its leading slash: /2022/outage.html
	Position diag.Position
}

// Announcement is a notice pinned above everything between two instants.
type Announcement struct {
	ID          string // the file's base name
	Title       string
	Titles      map[string]Title // in further languages of the site, by their tags
	From, Until time.Time        // Until may be zero: until the file goes
	Text        Text
	Texts       map[string]Text // as Titles
	Draft       bool
	Position    diag.Position
}

// Code is the id that the API says.
func (e *Event) Code() string {
	if e.APIID != "" {
		return e.APIID
	}
	return e.ID
}
