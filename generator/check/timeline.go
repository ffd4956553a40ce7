package check

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var (
	ruleTextWithoutStatus = rules.Declare(diag.Rule{
		Code:  "text-without-status",
		Title: "Text before the first heading belongs to a status of the front matter",
		Why:   "Readers must see when each text was said, and what it meant.",
	})
	ruleStatusWithoutTime = rules.Declare(diag.Rule{
		Code:  "status-without-time",
		Title: "A heading with a status alone takes its time from the front matter",
		Why:   "An update without a time can't stand in a timeline.",
	})
	ruleStatusRepeated = rules.Declare(diag.Rule{
		Code:  "status-repeated",
		Title: "A status has one section, unless the others say their own times",
		Why:   "Two sections would claim the same time, and one would hide when it was said.",
	})
	ruleStatusTooEarly = rules.Declare(diag.Rule{
		Code:  "status-before-front-matter",
		Title: "The front matter says when each status first began",
		Why:   "A section dated earlier means that one of the two times is wrong.",
	})
	ruleInterimFirst = rules.Declare(diag.Rule{
		Code:  "interim-without-status",
		Title: "A heading with a timestamp alone comes after an update with a status",
		Why:   "It keeps the status in force, and before the first status there is none.",
	})
	ruleOutOfOrder = rules.Declare(diag.Rule{
		Code:  "updates-out-of-order",
		Title: "Updates stand in time order",
		Why:   "A section out of place nearly always has a mistyped time, and every duration would be wrong.",
	})
	ruleNoText = rules.Declare(diag.Rule{
		Code: "update-without-text", Level: diag.Warning,
		Title: "Every update of an incident says something",
		Why:   "Readers and subscribers get an update that tells them nothing.",
	})
)

// entry is an update with where its time is said.
type entry struct {
	status.Update
	heading *source.Heading // nil for front matter and for text before any heading
	timeAt  diag.Position
}

// began is a status in the front matter with its time.
type began struct {
	status    status.EventStatus
	at        time.Time
	keyAt     diag.Position
	timeAt    diag.Position
	sectioned bool // a section of the body is its text
}

// eventStatuses are the words of each kind's statuses, in their order.
var eventStatuses = [...][]string{
	status.Incident:    status.EventStatuses(status.Incident),
	status.Maintenance: status.EventStatuses(status.Maintenance),
}

// timeline puts an event's updates together: the sections of the body in file
// order, and where they belong the statuses that the front matter alone says.
func (d *document) timeline(f fields, e *status.Event) []status.Update {
	statuses, faulty := d.began(f, e.Kind)
	if len(statuses) == 0 && len(d.Sections) == 0 && !faulty {
		d.list.Add(ruleNoStatus.At(e.Position, "%s says no status", f.of).
			WithHint("add the first one with its time: %s: 2022-12-01 04:03 UTC", eventStatuses[e.Kind][0]))
		return nil
	}
	entries := d.sections(e, statuses, faulty)
	entries = d.unsectioned(e, entries, statuses, faulty)
	d.ordered(entries)
	updates := d.finish(e, entries)
	if e.Kind == status.Maintenance {
		d.maintenance(f, e, updates)
	} else {
		d.incident(updates)
	}
	return updates
}

// began reads the statuses of the front matter, earliest first, equal ones in
// the order in which statuses commonly come. faulty means that it names one
// whose time can't be read.
func (d *document) began(f fields, kind status.Kind) (list []began, faulty bool) {
	list = make([]began, 0, len(eventStatuses[kind]))
	for _, word := range eventStatuses[kind] {
		field, ok := f.value.Field(word)
		if !ok {
			continue
		}
		at, _ := d.moment(f, word)
		if at.IsZero() {
			faulty = true
			continue
		}
		s, _ := status.ParseEventStatus(kind, word)
		list = append(list, began{status: s, at: at, keyAt: field.KeyAt, timeAt: field.Value.Position})
	}
	slices.SortStableFunc(list, func(a, b began) int { return a.at.Compare(b.at) })
	return list, faulty
}

// sections makes an entry of each section whose status and time are clear.
func (d *document) sections(e *status.Event, statuses []began, faulty bool) []entry {
	entries := make([]entry, 0, len(d.Sections))
	var opening *source.Section
	for i := range d.Sections {
		section := &d.Sections[i]
		if section.Heading == nil {
			opening = section // told last, when it is known which statuses have a section
			continue
		}
		if u, ok := d.headed(section.Heading, statuses); ok {
			u.Text = d.text(e, section, len(entries))
			entries = append(entries, u)
		} else {
			d.text(e, section, len(entries)) // for the mistakes in it
			d.attributes(e.Kind, section.Heading, &u.Update)
		}
	}
	if opening == nil {
		return entries
	}
	at := d.textPosition(opening)
	text := d.text(e, opening, -1)
	u := entry{Update: status.Update{Text: text, Position: at}}
	switch {
	case faulty:
		return entries // the time that is at fault may be this text's
	case len(statuses) == 0:
		d.list.Add(ruleTextWithoutStatus.At(at, "this text belongs to no status: the front matter names none").
			WithHint("say in the front matter when the first status began, or put a heading above the text"))
		return entries
	case statuses[0].sectioned:
		d.list.Add(ruleTextWithoutStatus.At(at, "this text belongs to no status: %q has a section of its own", statuses[0].status).
			WithHint("move it below that heading, or put a heading with its own time above it"))
		return entries
	}
	first := &statuses[0]
	first.sectioned = true
	u.Status, u.At, u.timeAt = first.status, first.at, first.timeAt
	return slices.Insert(entries, 0, u)
}

// headed says which update a heading begins; false where it can't be told.
func (d *document) headed(h *source.Heading, statuses []began) (entry, bool) {
	u := entry{
		Update:  status.Update{Status: h.Status, Interim: h.Status == 0, Position: h.Position},
		heading: h,
		timeAt:  h.TimeAt,
	}
	var front *began
	for i := range statuses {
		if statuses[i].status == h.Status {
			front = &statuses[i]
		}
	}
	repeated := func() {
		d.list.Add(ruleStatusRepeated.At(h.Position, "%q has a section already", h.Status).
			WithHint("give this one its own time: ## %s · 2022-12-01 10:48 UTC", capital(h.Status.String())))
	}
	if h.Time != "" {
		u.At = d.instant(h.Time, h.TimeAt)
		switch {
		case u.At.IsZero():
			return u, false
		case front == nil || u.At.After(front.at):
			return u, true
		case u.At.Before(front.at):
			front.sectioned = true
			d.list.Add(ruleStatusTooEarly.At(h.TimeAt, "this %s is dated before the front matter's, %s", h.Status, source.FormatTimestamp(front.at)).
				WithHint("the front matter says when a status first began: mend %s: at %s, or this time", h.Status, front.timeAt))
			return u, false
		case front.sectioned:
			repeated()
			return u, false
		}
		front.sectioned = true
		return u, true
	}
	switch {
	case h.Status == 0:
		return u, false // source has said what is wrong with the heading
	case front == nil && d.names(h.Status):
		return u, false // its time in the front matter is at fault, and reported
	case front == nil:
		d.list.Add(ruleStatusWithoutTime.At(h.StatusAt, "%q has no time", h.Status).
			WithHint("write it into the heading, ## %s · 2022-12-01 10:48 UTC, or into the front matter, %s: 2022-12-01 10:48 UTC",
				capital(h.Status.String()), h.Status))
		return u, false
	case front.sectioned:
		repeated()
		return u, false
	}
	front.sectioned = true
	u.At, u.timeAt = front.at, front.timeAt
	return u, true
}

// names reports whether the front matter has a status as a key.
func (d *document) names(s status.EventStatus) bool {
	_, ok := d.Fields.Field(s.String())
	return ok
}

func capital(word string) string {
	return strings.ToUpper(word[:1]) + strings.ReplaceAll(word[1:], "_", " ")
}

// unsectioned adds the statuses that only the front matter says. Where one of
// its times is faulty, nobody knows which of them a text belongs to.
func (d *document) unsectioned(e *status.Event, entries []entry, statuses []began, faulty bool) []entry {
	for _, b := range statuses {
		if b.sectioned {
			continue
		}
		if e.Kind == status.Incident && !faulty {
			d.list.Add(ruleNoText.At(b.keyAt, "the update %q has no text", b.status).
				WithHint("append a section for it: ## %s", capital(b.status.String())))
		}
		i := 0
		for i < len(entries) && (entries[i].At.Before(b.at) || entries[i].At.Equal(b.at) && !entries[i].Interim && entries[i].Status < b.status) {
			i++
		}
		entries = slices.Insert(entries, i, entry{
			Update: status.Update{At: b.at, Status: b.status, Position: b.keyAt},
			timeAt: b.timeAt,
		})
	}
	return entries
}

// ordered reports sections that are earlier than the one above them, and puts
// all in time order for what is checked next.
func (d *document) ordered(entries []entry) {
	var newest *entry
	for i := range entries {
		u := &entries[i]
		if newest != nil && u.At.Before(newest.At) {
			at := u.timeAt
			if at.Line < u.Position.Line {
				at = u.Position
			}
			d.list.Add(ruleOutOfOrder.At(at, "this update, %s, is earlier than the one above it, %s",
				source.FormatTimestamp(u.At), source.FormatTimestamp(newest.At)).
				WithHint("mend its time, or move it up: the oldest update stands first, the newest last"))
		}
		if newest == nil || u.At.After(newest.At) {
			newest = u
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return a.At.Compare(b.At) })
}

// finish gives every update the status in force, its attributes and its id.
func (d *document) finish(e *status.Event, entries []entry) []status.Update {
	updates := make([]status.Update, 0, len(entries))
	ids := make(map[string]int, len(entries)) // of the updates so far
	var inForce status.EventStatus
	ordinal := 0
	for i, u := range entries {
		if u.Interim && inForce == 0 {
			d.list.Add(ruleInterimFirst.At(u.Position, "no status is in force at %s", source.FormatTimestamp(u.At)).
				WithHint("say one in the heading: ## %s · %s", capital(eventStatuses[e.Kind][0]), source.FormatTimestamp(u.At)))
			continue
		}
		if u.Interim {
			u.Status = inForce
		}
		inForce = u.Status
		d.happenedBy(u.At, u.timeAt, "this update", e.HoldBack)
		if u.heading != nil {
			d.attributes(e.Kind, u.heading, &u.Update)
		}
		if i > 0 && entries[i-1].At.Equal(u.At) {
			ordinal++
		} else {
			ordinal = 0
		}
		if u.ID == "" {
			u.ID = status.UpdateID(e.ID, u.At, strconv.Itoa(ordinal))
		}
		if first, taken := ids[u.ID]; taken {
			d.list.Add(ruleDuplicateID.At(u.Position, "the update id %q is taken", u.ID).WithHint("%s has it; each must be its own", updates[first].Position))
		}
		ids[u.ID] = len(updates)
		updates = append(updates, u.Update)
	}
	return updates
}

// text renders a section, and reports what its Markdown does wrong; the
// ordinal tells its parts from those of the event's other updates.
func (d *document) text(e *status.Event, section *source.Section, ordinal int) status.Text {
	markdown := withoutBlankEnd(section.Text)
	text, findings := d.renderer.Render("u"+strconv.Itoa(ordinal+1), markdown)
	text.Markdown = asWritten(markdown, text.Plain)
	for _, found := range findings {
		d.list.Add(diag.Diagnostic{
			Rule:     found.Rule,
			Position: d.File.Position(section.Offset + found.Offset),
			Message:  found.Message,
			Hint:     found.Hint,
		})
	}
	if section.Heading != nil && e != nil && e.Kind == status.Incident && len(bytes.TrimSpace(section.Text)) == 0 {
		d.list.Add(ruleNoText.At(section.Heading.Position, "this update has no text").
			WithHint("write below the heading what readers should know"))
	}
	return text
}

// withoutBlankEnd is Markdown without the blank lines at its end, which a code
// block that is never closed would show.
func withoutBlankEnd(markdown []byte) []byte {
	end := len(bytes.TrimRight(markdown, " \t\n"))
	if i := bytes.IndexByte(markdown[end:], '\n'); i >= 0 {
		return markdown[:end+i+1]
	}
	return markdown
}

// asWritten is Markdown without the blank lines before it, and without its last
// line end. It shares the memory of the plain text if that is the same, as in
// most updates.
func asWritten(markdown []byte, plain string) string {
	body := bytes.TrimLeft(markdown, " \t\n")
	if len(body) == 0 {
		return ""
	}
	begin := 1 + bytes.LastIndexByte(markdown[:len(markdown)-len(body)], '\n')
	if markdown = bytes.TrimSuffix(markdown[begin:], []byte("\n")); string(markdown) == plain {
		return plain
	}
	return string(markdown)
}

// textPosition is where a section's text begins.
func (d *document) textPosition(section *source.Section) diag.Position {
	blank := len(section.Text) - len(bytes.TrimLeft(section.Text, " \t\n"))
	return d.File.Position(section.Offset + blank)
}
