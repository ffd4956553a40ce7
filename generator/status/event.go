package status

import (
	"html"
	"strings"
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

// Event is one incident or one maintenance as its file describes it. It does
// not depend on an instant.
type Event struct {
	Kind     Kind
	ID       string           // the file's base name, which never changes
	APIID    string           // api_id, "" if the file has none
	Title    string           // one line
	Titles   map[string]Title // in the site's further languages, by tag
	Position diag.Position    // of the title
	File     string           // below the content folder: incidents/2022/api.md

	// Severity is that of an incident's front matter. SeverityStated is false if
	// the file leaves it out; then the worst component status in it decides.
	Severity       Severity
	SeverityStated bool

	Components []Setting // of the front matter, in site order

	Started, Ended               time.Time // when the impact really began or ended; zero if the file does not say
	ScheduledFor, ScheduledUntil time.Time // of a maintenance

	Draft    bool     // shown only in the preview
	HoldBack bool     // publish: scheduled; an update dated in the future is published then
	Imported bool     // it was public before it came to this site
	Related  []*Event // shown on both pages, in file order
	Aliases  []Alias  // old paths that redirect to the event
	Updates  []Update // in time order, equal times in file order; never empty

	// Changed is when what readers see of the event last changed, by the history of
	// a site with Provenance; else zero.
	Changed time.Time
}

// Setting is a component, and the status that a file gives it.
type Setting struct {
	Component *Component
	Status    ComponentStatus
	Set       bool // false if it is named without a status; then the severity decides
}

// Update is one dated message in an event's timeline.
type Update struct {
	ID       string      // that of {#…}, else of UpdateIDs
	At       time.Time   // in the site's zone
	Status   EventStatus // the event's status from this update on; an interim update repeats the one before
	Interim  bool        // it has no status of its own
	Settings []Setting   // the components whose status it sets, in site order
	Severity *Severity   // the severity that it sets, or nil

	From, Until time.Time // in a maintenance, its window from this update on; zero for the one before
	Next        time.Time // by when it promises the next update; zero for no promise
	Corrects    string    // the id of an older update of the event that it corrects; "" for none

	Text     Text
	Texts    map[string]Text // in the site's further languages, by tag
	Position diag.Position   // of its heading, else of its text or its key in the front matter

	Publication
}

// Publication is when readers could first see something, and when its text last
// changed after that. It is zero on a site without Provenance: then readers could
// see it when it happened.
type Publication struct {
	Published time.Time
	Edited    time.Time // zero if it has not changed
	Commit    int       // which commit published it, counted from the oldest; to order those of one second
}

// Public is when readers could first see the update.
func (u *Update) Public() time.Time {
	if u.Published.IsZero() {
		return u.At
	}
	return u.Published
}

// Text is an update's Markdown and the three forms in which it is published. An
// update without text has four empty strings.
type Text struct {
	Markdown string // as written, without blank lines around it
	HTML     string // safe for a page of this site; links begin at the site's root
	FeedHTML string // the same with absolute links
	Plain    string // no markup; one blank line between paragraphs

	References []Reference // its links and pictures on this site
}

// Reference is a link or a picture on this site.
type Reference struct {
	Address  string // a path from the site's root without the slash at its start, or # and a place on the same page
	Picture  bool
	Offset   int // in the Markdown
	Position diag.Position
}

// Paragraph is a text of one paragraph without markup.
func Paragraph(plain string) Text {
	markup := "<p>" + html.EscapeString(plain) + "</p>\n"
	return Text{HTML: markup, FeedHTML: markup, Plain: plain}
}

// Title is a title in one of the site's further languages.
type Title struct {
	Text     string
	Position diag.Position
}

// Alias is an old path of an event.
type Alias struct {
	Path     string // from the root, with a leading slash: /2022/outage.html
	Position diag.Position
}

// OfEvent is the alias as the path of an event's page, incidents/api/, if it can be
// one. On a site in several languages there was one in each of them.
func (a Alias) OfEvent() (path string, ok bool) {
	path = strings.Trim(a.Path, "/") + "/"
	folder, id, _ := strings.Cut(strings.TrimSuffix(path, "/"), "/")
	return path, (folder == "incidents" || folder == "maintenance") && id != "" && !strings.ContainsAny(id, "/.")
}

// Announcement is a notice that is pinned to the index page between two
// instants.
type Announcement struct {
	ID          string // the file's base name
	Title       string
	Titles      map[string]Title // in the site's further languages, by tag
	From, Until time.Time        // Until is zero if it ends only when the file is deleted
	Text        Text
	Texts       map[string]Text // in the site's further languages, by tag
	Draft       bool
	Imported    bool    // it was public before it came to this site
	Aliases     []Alias // old paths that redirect to the month in which it began
	Position    diag.Position

	Publication
}

// Public is when readers could first see the announcement.
func (a *Announcement) Public() time.Time {
	if a.Published.IsZero() {
		return a.From
	}
	return a.Published
}

// Code is the event's id in the API.
func (e *Event) Code() string {
	if e.APIID != "" {
		return e.APIID
	}
	return e.ID
}
