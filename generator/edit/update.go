package edit

import (
	"cmp"
	"errors"
	"strings"
	"time"

	"allclear/generator/check"
	"allclear/generator/compose"
	"allclear/generator/derive"
	"allclear/generator/source"
	"allclear/generator/status"
)

// Update is an update as a person asks for it. Every text may be "".
type Update struct {
	Event     string   // any spelling; "" for the only open one
	Status    string   // in any letter case; "" for an interim update
	Text      string   // Markdown
	Set       []string // COMPONENT=STATUS
	Severity  string
	At        string // "" for now
	Next      string // a length of time, or a time
	From      string // the window of a maintenance from this update on
	Until     string
	For       string
	Corrects  string // the id of an older update
	Scheduled bool   // it may be in the future, and is held back until then
	Template  string // whose text is used if there is no other
}

// Plan plans the update: one block at the end of the event's file.
func (u Update) Plan(c *Content) (*Change, error) {
	said := StatusNamed(u.Status)
	e, err := c.Find(u.Event, said)
	if err != nil {
		return nil, u.Explain(err)
	}
	if u.Template != "" && u.Text == "" {
		t, err := c.Template(u.Template)
		if err == nil {
			u.Text, err = templateText(t)
		}
		if err != nil {
			return nil, err
		}
	}
	composed, err := u.compose(c, e)
	if err != nil {
		return nil, err
	}
	below, old, err := c.read(e.Event)
	if err != nil {
		return nil, err
	}
	section := compose.Section(composed)
	text := old
	if u.Scheduled && !e.HoldBack && composed.At.After(c.Now) {
		text = compose.AddKeys(text, "publish: scheduled")
	}
	text, line := compose.Append(text, section)
	return &Change{
		Event: e.ID, Kind: e.Kind, Said: composed.Status, At: composed.At,
		Block: strings.TrimPrefix(string(section), "\n"), Line: line,
		Files: []File{{c.file(below), below, old, text}},
	}, nil
}

// Explain says of an event that was not found that it is most likely a status.
func (u Update) Explain(err error) error {
	var several *Ambiguous
	if u.Event == "" || u.Status != "" || errors.As(err, &several) {
		return err
	}
	return notAnEvent(u.Event, err)
}

// compose reads everything that was typed.
func (u Update) compose(c *Content, e *derive.Event) (*status.Update, error) {
	composed := &status.Update{Interim: u.Status == "", Corrects: u.Corrects}
	var err error
	if u.Status != "" {
		if composed.Status, err = readStatus(e.Kind, u.Status); err != nil {
			return nil, err
		}
	}
	if composed.Text.Markdown, err = clean("text", u.Text); err != nil {
		return nil, err
	}
	if composed.Text.Markdown == "" && NeedsText(composed.Status) {
		return nil, errNoText
	}
	if composed.At, err = u.at(c, e); err != nil {
		return nil, err
	}
	if composed.Settings, err = c.settings(u.Set); err != nil {
		return nil, err
	}
	for _, s := range composed.Settings {
		if !s.Set {
			return nil, problem("write "+s.Component.ID+"=operational, or another status", "%s has no status", s.Component.ID)
		}
	}
	if u.Severity != "" {
		severity, err := readSeverity(u.Severity)
		if err != nil {
			return nil, err
		}
		composed.Severity = &severity
	}
	if err := u.times(c, e, composed); err != nil {
		return nil, err
	}
	c.doubt(e, composed)
	return composed, nil
}

// doubt notes what the person may not have meant.
func (c *Content) doubt(e *derive.Event, u *status.Update) {
	last := e.Event.Updates[len(e.Event.Updates)-1]
	if said := cmp.Or(u.Status, last.Status); said == last.Status && u.Text.Markdown != "" && u.Text.Markdown == strings.TrimSpace(last.Text.Markdown) {
		c.note("the last update, of %s, has the same text", c.Said(last.At))
	}
	if u.Status == status.Completed && e.Upcoming() && u.At.Before(e.ScheduledFor) {
		c.note("the maintenance begins only at %s; if it does not take place, write cancelled", c.Said(e.ScheduledFor))
	}
}

// times reads the promise and the window.
func (u Update) times(c *Content, e *derive.Event, composed *status.Update) (err error) {
	if u.Next != "" {
		if composed.Next, err = c.promise(u.Next, composed.At); err != nil {
			return err
		}
	}
	if (u.From != "" || u.Until != "" || u.For != "") && e.Kind == status.Incident {
		return problem("--next promises the next update", "an incident has no window")
	}
	return u.window(c, e, composed)
}

// window reads the window of a maintenance.
func (u Update) window(c *Content, e *derive.Event, composed *status.Update) (err error) {
	begins, planned := e.ScheduledFor, e.Upcoming() && (u.Status == "" || composed.Status == status.Scheduled)
	if u.From != "" {
		if composed.From, err = c.moment(u.From); err != nil {
			return err
		}
		begins = composed.From
		if planned {
			if err := c.notBegun(u.From, begins, composed.At); err != nil {
				return err
			}
		}
	}
	switch {
	case u.For != "" && u.Until != "":
		return problem("write either --for or --until", "the maintenance has two ends")
	case u.For != "":
		length, err := duration(u.For)
		composed.Until = begins.Add(length)
		return err
	case u.Until != "":
		if !planned && u.From == "" || begins.Before(composed.At) {
			begins = composed.At
		}
		composed.Until, err = c.end(u.Until, begins)
	}
	return err
}

// at is the time of the update: that which was typed, else now, to the minute. It is
// never before the event's last update; if that was in the same minute, or is a moment
// ahead of now for the same reason, it is a second after it, since two updates of one
// status need two times.
func (u Update) at(c *Content, e *derive.Event) (time.Time, error) {
	last := lastUpdate(e)
	at := c.minute()
	if u.At != "" {
		typed, err := c.moment(u.At)
		if err != nil {
			return typed, err
		}
		at = typed
	} else if !at.After(last) && c.Now.After(last) {
		at = c.Now.Truncate(time.Second).In(c.Site.Zone)
	}
	ahead := u.At == "" && last.After(c.Now) && !last.After(c.Now.Add(check.Skew))
	if !at.After(last) && (ahead || at.Equal(last) || at.Truncate(time.Minute).Equal(last.Truncate(time.Minute))) {
		at = last.Truncate(time.Second).Add(time.Second)
	}
	if at.Before(last) {
		hint := "write a time after it; to add what happened before, write the update into " + e.Position.File
		if last.After(c.Now.Add(check.Skew)) {
			hint = "it is held back until then; write yours above it in " + e.Position.File
		}
		return at, problem(hint, "%s is before the last update, %s", c.Said(at), c.Said(last))
	}
	return at, c.notFuture(at, u.Scheduled || e.HoldBack)
}

func lastUpdate(e *derive.Event) time.Time {
	return e.Event.Updates[len(e.Event.Updates)-1].At
}

// notFuture refuses a time in the future unless the update may be held back.
func (c *Content) notFuture(at time.Time, heldBack bool) error {
	if heldBack || !at.After(c.Now.Add(check.Skew)) {
		return nil
	}
	hint := "it is now " + c.Said(c.Now.Truncate(time.Minute))
	yesterday := c.Now.In(c.Site.Zone).AddDate(0, 0, -1).Format(time.DateOnly)
	if day := at.In(c.Site.Zone).AddDate(0, 0, -1); day.Format(time.DateOnly) == yesterday {
		hint += "; for yesterday write --at \"" + source.FormatTimestamp(day) + "\""
	}
	return problem(hint+"; to publish it at that time, add --scheduled", "%s is in the future", c.Said(at))
}

// NeedsText reports whether an update with a status, zero for an interim one, says
// nothing without a text. The theme has a sentence for those that end an event or
// move a maintenance along.
func NeedsText(said status.EventStatus) bool {
	return said == 0 || said.Kind() == status.Incident && said != status.Resolved
}
