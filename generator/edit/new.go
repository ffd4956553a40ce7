package edit

import (
	"path"
	"regexp"
	"strings"
	"time"

	"allclear/generator/compose"
	"allclear/generator/language"
	"allclear/generator/source"
	"allclear/generator/status"
)

// New is a new event as a person asks for it. Every text may be "".
type New struct {
	Kind       status.Kind
	Title      string
	ID         string // "" to make one of the title
	Components []string
	Severity   string
	Status     string // of the first update; "" for the usual one
	Text       string // Markdown
	At         string // "" for now
	Started    string // when the impact began, if that was before
	Next       string
	From       string // the window of a maintenance: From, and Until or For
	Until      string
	For        string
	Scheduled  bool   // it may be in the future, and is held back until then
	Template   string // gives what is left out
}

// Plan plans the event: one new file.
func (n New) Plan(c *Content) (*Change, error) {
	if n.Template != "" {
		t, err := c.Template(n.Template)
		if err != nil {
			return nil, err
		}
		if n = n.FillIn(t); n.Text == "" {
			if n.Text, err = templateText(t); err != nil {
				return nil, err
			}
		}
	}
	title, err := clean("title", n.Title)
	if err != nil {
		return nil, err
	}
	e := &status.Event{Kind: n.Kind, Title: strings.Join(strings.Fields(title), " "), HoldBack: n.Scheduled}
	if e.Title == "" {
		return nil, problem("say in a few words what users notice, such as \"API requests fail\"", "the title is missing")
	}
	first, err := n.first(c)
	if err != nil {
		return nil, err
	}
	e.Updates = []status.Update{first}
	if e.Components, err = c.settings(n.Components); err != nil {
		return nil, err
	}
	alike(e.Components)
	if n.Severity != "" {
		if e.Severity, err = readSeverity(n.Severity); err != nil {
			return nil, err
		}
		e.SeverityStated = true
	}
	if err := n.times(c, e); err != nil {
		return nil, err
	}
	if e.ID, err = n.id(c, e); err != nil {
		return nil, err
	}
	text := compose.File(e)
	below := c.newPath(e)
	for _, open := range c.Open() {
		if open.Kind == e.Kind && language.Fold(open.Title) == language.Fold(e.Title) {
			c.note("%s is open and has the same title; to add to it: allclear update %s", open.ID, open.ID)
		}
	}
	return &Change{
		Event: e.ID, Kind: e.Kind, Said: first.Status, At: first.At, Block: string(text), Line: 1,
		Files: []File{{c.file(below), below, nil, text}},
	}, nil
}

// first is the first update.
func (n New) first(c *Content) (u status.Update, err error) {
	u.Status = status.Investigating
	if n.Kind == status.Maintenance {
		u.Status = status.Scheduled
	}
	if n.Status != "" {
		if u.Status, err = readStatus(n.Kind, n.Status); err != nil {
			return u, err
		}
	}
	u.At = c.minute()
	if n.At != "" {
		if u.At, err = c.moment(n.At); err != nil {
			return u, err
		}
	}
	if err := c.notFuture(u.At, n.Scheduled); err != nil {
		return u, err
	}
	if n.Next != "" {
		if u.Next, err = c.promise(n.Next, u.At); err != nil {
			return u, err
		}
	}
	if u.Text.Markdown, err = clean("text", n.Text); err == nil && u.Text.Markdown == "" {
		err = errNoText
	}
	return u, err
}

// alike gives every component a status if one of them has one, since the file has
// either a list or a map.
func alike(settings []status.Setting) {
	worst := status.Operational
	for _, s := range settings {
		worst = max(worst, s.Status)
	}
	for i := range settings {
		if worst > status.Operational && !settings[i].Set {
			settings[i].Status, settings[i].Set = worst, true
		}
	}
}

// times reads the window of a maintenance, or when the impact of an incident began.
func (n New) times(c *Content, e *status.Event) (err error) {
	window := n.From != "" || n.Until != "" || n.For != ""
	switch {
	case e.Kind == status.Incident && window:
		return problem("for planned work add --maintenance; for when the impact began use --started", "an incident has no window")
	case e.Kind == status.Maintenance && n.From == "":
		return problem(`write it like --from "2026-12-01 03:00" --for 2h`, "the maintenance has no beginning")
	case e.Kind == status.Maintenance && (n.Until == "") == (n.For == ""):
		return problem("write either --for 2h or --until with a time", "the maintenance needs one end")
	case e.Kind == status.Maintenance && n.Severity != "":
		return problem("its components are under maintenance while it is in progress; for more, write --component api=partial_outage", "maintenance has no severity")
	}
	if n.Started != "" {
		if e.Started, err = c.moment(n.Started); err != nil {
			return err
		}
	}
	if e.Kind == status.Incident {
		return nil
	}
	if e.ScheduledFor, err = c.moment(n.From); err != nil {
		return err
	}
	if err := c.notBegun(n.From, e.ScheduledFor, e.Updates[0].At); err != nil {
		return err
	}
	if n.For != "" {
		length, err := duration(n.For)
		e.ScheduledUntil = e.ScheduledFor.Add(length)
		return err
	}
	e.ScheduledUntil, err = c.end(n.Until, e.ScheduledFor)
	return err
}

// id is the id of a new event: the date in the site's zone and the title, or the
// kind if the title has no Latin letters; with a number if that is taken.
func (n New) id(c *Content, e *status.Event) (string, error) {
	taken := c.takenIDs()
	if n.ID != "" {
		return n.ID, newID(n.ID, taken)
	}
	base := compose.EventID(c.day(e), e.Title, e.Kind)
	return compose.Numbered(base, func(id string) bool { return taken[language.Fold(id)] }), nil
}

// day is the date that an event is filed under, in the site's zone.
func (c *Content) day(e *status.Event) time.Time {
	if e.Kind == status.Maintenance {
		return e.ScheduledFor.In(c.Site.Zone)
	}
	return e.Updates[0].At.In(c.Site.Zone)
}

// newID refuses an id that no new event can have.
func newID(id string, taken map[string]bool) error {
	switch {
	case !source.IsID(id):
		hint := "an id is at most 80 of a-z, 0-9 and hyphens"
		if better := source.NearestID(id); better != "" {
			hint = "write " + better + ": " + hint
		}
		return problem(hint, "%q can't be an id", id)
	case taken[language.Fold(id)]:
		return problem("choose another id", "the id %q is taken", id)
	}
	return nil
}

// takenIDs are the ids, api_ids and old addresses of all events.
func (c *Content) takenIDs() map[string]bool {
	taken := map[string]bool{}
	for _, e := range c.before.Site.Events {
		taken[language.Fold(e.ID)], taken[language.Fold(e.Code())] = true, true
		for _, a := range e.Aliases {
			taken[language.Fold(path.Base(a.Path))] = true
		}
	}
	for _, name := range c.before.Files {
		if base, _, _ := strings.Cut(path.Base(name), "."); isEvent(name) {
			taken[language.Fold(base)] = true
		}
	}
	return taken
}

var year = regexp.MustCompile(`^\d{4}$`)

// newPath is where the file of a new event belongs: in a folder of its year, if the
// newest event of its kind is in one of its own.
func (c *Content) newPath(e *status.Event) string {
	folder := "incidents"
	if e.Kind == status.Maintenance {
		folder = "maintenance"
	}
	for i := len(c.before.Site.Events) - 1; i >= 0; i-- {
		if last := c.before.Site.Events[i]; last.Kind == e.Kind {
			if year.MatchString(path.Base(path.Dir(last.Position.File))) {
				folder = path.Join(folder, c.day(e).Format("2006"))
			}
			break
		}
	}
	return path.Join(folder, e.ID+".md")
}

// isEvent reports whether a path below the content folder is of an event.
func isEvent(below string) bool {
	return strings.HasPrefix(below, "incidents/") || strings.HasPrefix(below, "maintenance/")
}
