package check

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/loose"
	"allclear/generator/markdown"
	"allclear/generator/source"
	"allclear/generator/status"
)

// sort sorts the updates by time, and reports those that are below a later one.
func (t *timeline) sort() {
	var newest *timelineUpdate
	for i := range t.updates {
		u := &t.updates[i]
		if newest != nil && u.At.Before(newest.At) {
			at := u.timeAt
			if at.Line < u.Position.Line {
				at = u.Position
			}
			t.outOfOrder = true
			t.list.Add(ruleOutOfOrder.At(at, "this update, %s, is earlier than one above it, %s",
				source.FormatTimestamp(u.At), source.FormatTimestamp(newest.At)).WithHint("%s", t.inOrder(u.At, newest.At, u.timeAt)))
		}
		if newest == nil || u.At.After(newest.At) {
			newest = u
		}
	}
	slices.SortStableFunc(t.updates, func(a, b timelineUpdate) int { return a.At.Compare(b.At) })
}

// inOrder says how to fix an update that is earlier than one above it: a year
// that is wrong, a date that is, or its place.
func (t *timeline) inOrder(at, newest time.Time, timeAt diag.Position) string {
	const move = "correct its time, or move it up: the oldest update is first, the newest last"
	at = at.UTC()
	for _, years := range []int{1, 2} {
		if later := at.AddDate(years, 0, 0); !later.Before(newest) && later.Before(newest.AddDate(0, 0, 30)) && !later.After(t.now) {
			if line := t.lineWith(later, timeAt); line != "" {
				return "if the year is wrong, write\n" + line + "\nelse " + move
			}
		}
	}
	for _, later := range []time.Time{at.Add(12 * time.Hour), at.AddDate(0, 0, 1)} {
		if line := t.lineWith(later, timeAt); later.After(newest) && !later.After(t.now) && line != "" {
			return move + "; perhaps it is\n" + line
		}
	}
	return move
}

// finish gives every update the current status, its attributes and its id.
func (t *timeline) finish() []status.Update {
	e := t.event
	updates := make([]status.Update, 0, len(t.updates))
	t.headings = make([]*source.Heading, 0, len(t.updates))
	var current status.EventStatus
	for _, u := range t.updates {
		if u.Interim && current == 0 {
			t.list.Add(ruleInterimFirst.At(u.Position, "there is no status before %s", source.FormatTimestamp(u.At)).
				WithHint("add a status to the heading:\n## %s · %s", capital(eventStatuses[e.Kind][0]), source.FormatTimestamp(u.At.UTC())))
			continue
		}
		if u.Interim {
			u.Status = current
		}
		current = u.Status
		t.checkNotFuture(u.At, u.timeAt, "this update", e.HoldBack)
		if u.heading != nil {
			t.attributes(e, u.heading, &u.Update)
		}
		updates, t.headings = append(updates, u.Update), append(t.headings, u.heading)
	}
	t.fillIDs(updates)
	if !t.outline {
		t.checkWindows(updates)
		t.checkCorrections(updates)
	}
	return updates
}

// fillIDs gives an id to each update that has none, and reports ids that are
// used twice.
func (t *timeline) fillIDs(updates []status.Update) {
	users := make(map[string]diag.Position, len(updates))
	for i, id := range status.UpdateIDs(t.event.Code(), updates) {
		u := &updates[i]
		if u.ID == "" {
			u.ID = id
		}
		if other, used := users[u.ID]; used {
			t.list.Add(ruleDuplicateID.At(u.Position, "update id %q is already used", u.ID).WithHint("write another one: %s has it", other))
		}
		users[u.ID] = u.Position
	}
}

// text renders a section and reports mistakes in its Markdown.
func (d *document) text(e *status.Event, section *source.Section) status.Text {
	kept, original := source.WithoutDirectives(section.Text)
	if d.outline {
		return status.Text{Markdown: string(kept)}
	}
	markdown := withoutBlankEnd(kept)
	text, findings := d.renderer.Render(markdown)
	text.Markdown = asWritten(markdown, text.Plain)
	for i, r := range text.References {
		text.References[i].Position = d.File.Position(section.Offset + original(r.Offset))
	}
	if !d.hasRoom(section, text) {
		text = status.Text{}
	}
	for _, found := range findings {
		found.Offset = original(found.Offset)
		d.list.Add(d.found(e, section, found)...)
	}
	if h := section.Heading; h != nil && e != nil && e.Kind == status.Incident && h.Status != status.Resolved && len(bytes.TrimSpace(kept)) == 0 {
		d.list.Add(ruleNoText.At(section.Heading.Position, "this update has no text").
			WithHint("write the text below the heading"))
	}
	return text
}

// found is a finding in a section as a diagnostic; none for a line in the
// timeline of a postmortem, which is no update.
func (d *document) found(e *status.Event, section *source.Section, found markdown.Finding) diag.List {
	at := d.File.Position(section.Offset + found.Offset)
	diagnostic := diag.Diagnostic{Rule: found.Rule, Position: at, Message: found.Message, Hint: found.Hint}
	if found.Heading == "" {
		return diag.List{diagnostic}
	}
	if found.Rule.Code == "update-in-text" && (e == nil || section.Heading != nil && section.Heading.Status == status.Postmortem) {
		return nil
	}
	line, timed := d.headingWithTime(e, found.Heading)
	diagnostic = diagnostic.Replaced(line, found.Certain && !timed)
	if diagnostic.Fix != nil {
		diagnostic.Fix.Last += found.Follow
	}
	if found.Hint != "" {
		diagnostic.Hint += "\n" + found.Hint
	}
	return diag.List{diagnostic}
}

// headingWithTime is a heading whose time is in the documented form, and the
// current one if it needs one; changed reports whether it was guessed.
func (d *document) headingWithTime(e *status.Event, line string) (fixed string, changed bool) {
	if e == nil || !source.IsUpdateHeading(line) && !strings.HasPrefix(line, "## ") {
		return line, false
	}
	h, _ := source.ParseHeading(line, e.Kind, diag.Position{})
	_, keyed := d.Fields.Field(h.Status.String())
	switch _, err := source.ParseTimestamp(h.Time, d.site.Zone); {
	case h.Time == "" && keyed && h.Status != 0, err == nil:
		return line, false
	case h.Time == "":
		h.Time = d.nowText()
	default:
		meant := loose.Clock{Now: d.now, Zone: d.site.Zone}.Read(h.Time)
		if len(meant.Times) == 0 {
			return line, true
		}
		h.Time = source.FormatTimestamp(meant.Times[0])
	}
	return source.FormatHeading(h), true
}

// withoutBlankEnd removes the blank lines at the end of Markdown, which would
// be shown in a code block that is never closed.
func withoutBlankEnd(markdown []byte) []byte {
	end := len(bytes.TrimRight(markdown, " \t\n"))
	if i := bytes.IndexByte(markdown[end:], '\n'); i >= 0 {
		return markdown[:end+i+1]
	}
	return markdown
}

// asWritten removes the blank lines before Markdown and its last line end. If
// the result is the same as the plain text, as in most updates, it shares the
// plain text's memory.
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
