package check

import (
	"bytes"
	"slices"

	"allclear/generator/diag"
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
			t.list.Add(ruleOutOfOrder.At(at, "this update, %s, is earlier than one above it, %s",
				source.FormatTimestamp(u.At), source.FormatTimestamp(newest.At)).
				WithHint("correct its time, or move it up: the oldest update is first, the newest last"))
		}
		if newest == nil || u.At.After(newest.At) {
			newest = u
		}
	}
	slices.SortStableFunc(t.updates, func(a, b timelineUpdate) int { return a.At.Compare(b.At) })
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
				WithHint("add a status to the heading: ## %s · %s", capital(eventStatuses[e.Kind][0]), source.FormatTimestamp(u.At)))
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
	t.checkWindows(updates)
	t.checkCorrections(updates)
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
	markdown := withoutBlankEnd(section.Text)
	text, findings := d.renderer.Render(markdown)
	text.Markdown = asWritten(markdown, text.Plain)
	if !d.hasRoom(section, text) {
		text = status.Text{}
	}
	for _, found := range findings {
		d.list.Add(diag.Diagnostic{
			Rule:     found.Rule,
			Position: d.File.Position(section.Offset + found.Offset),
			Message:  found.Message,
			Hint:     found.Hint,
		})
	}
	if h := section.Heading; h != nil && e != nil && e.Kind == status.Incident && h.Status != status.Resolved && len(bytes.TrimSpace(section.Text)) == 0 {
		d.list.Add(ruleNoText.At(section.Heading.Position, "this update has no text").
			WithHint("write the text below the heading"))
	}
	return text
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
