package check

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var (
	ruleTextWithoutStatus = rules.Declare(diag.Rule{
		Code:  "text-without-status",
		Title: "Text before the first heading has a status in the front matter",
		Why:   "Each update needs a time and a status, and this text has no heading with them.",
	})
	ruleStatusWithoutTime = rules.Declare(diag.Rule{
		Code:  "status-without-time",
		Title: "A status has a time, in its heading or in the front matter",
		Why:   "An update without a time has no place in the timeline.",
	})
	ruleStatusRepeated = rules.Declare(diag.Rule{
		Code:  "status-repeated",
		Title: "Only one section of each status takes its time from the front matter",
		Why:   "Otherwise two sections would have the same time, and one of the times would be wrong.",
	})
	ruleStatusTooEarly = rules.Declare(diag.Rule{
		Code:  "status-before-front-matter",
		Title: "The time of a status in the front matter is when it first began",
		Why:   "If an update with the status is earlier, one of the two times is wrong.",
	})
	ruleInterimFirst = rules.Declare(diag.Rule{
		Code:  "interim-without-status",
		Title: "A heading with only a timestamp comes after an update with a status",
		Why:   "The heading keeps the current status, and before the first status there is none.",
	})
	ruleOutOfOrder = rules.Declare(diag.Rule{
		Code:  "updates-out-of-order",
		Title: "Updates are in order of time",
		Why:   "An update out of order nearly always has a mistyped time, so durations would be wrong.",
	})
	ruleNoText = rules.Declare(diag.Rule{
		Code: "update-without-text", Level: diag.Warning,
		Title: "Every update of an incident has text, unless it is the one that resolves it",
		Why:   "Readers and subscribers would get an update without news.",
	})
)

// timeline collects the updates of an event from its front matter and sections.
type timeline struct {
	*document
	event      *status.Event
	statuses   []keyStatus // of the front matter, in order of time
	unreadable bool        // the time of a further status can't be read
	outOfOrder bool        // which is reported
	updates    []timelineUpdate
	headings   []*source.Heading // of the finished updates
}

// timelineUpdate is an update while it is checked.
type timelineUpdate struct {
	status.Update
	heading *source.Heading // nil for front matter and for text before any heading
	timeAt  diag.Position   // where its time is written
}

// keyStatus is a status that is a key of the front matter, with its time.
type keyStatus struct {
	status     status.EventStatus
	at         time.Time
	keyAt      diag.Position
	timeAt     diag.Position
	hasSection bool
}

// eventStatuses are the names of each kind's statuses, in their usual order.
var eventStatuses = [...][]string{
	status.Incident:    status.EventStatuses(status.Incident),
	status.Maintenance: status.EventStatuses(status.Maintenance),
}

// timeline reads the updates of an event: one for each section of the body,
// and one for each status of the front matter that has no section.
func (d *document) timeline(f *fields, e *status.Event) []status.Update {
	t := timeline{document: d, event: e}
	t.readStatuses(f)
	if len(t.statuses) == 0 && len(d.Sections) == 0 && !t.unreadable {
		d.list.Add(ruleNoStatus.At(e.Position, "%s has no status", f.of).
			WithHint("add the first status with its time:\n%s: %s", eventStatuses[e.Kind][0], d.nowText()))
		return nil
	}
	t.readSections()
	t.addStatusesWithoutSection()
	t.sort()
	updates := t.finish()
	if t.outline {
		return updates
	}
	if t.outOfOrder { // what the order means is not known
		return nil
	}
	if slices.ContainsFunc(*t.list, func(d diag.Diagnostic) bool { return d.Rule == ruleTimestampFuture }) {
		return updates
	}
	t.checkContradictions(f, updates)
	if e.Kind == status.Maintenance {
		t.checkMaintenance(f, updates)
	} else {
		d.checkIncident(updates)
	}
	return updates
}

// readStatuses reads the statuses of the front matter in order of time, those
// of the same time in their usual order.
func (t *timeline) readStatuses(f *fields) {
	words := eventStatuses[t.event.Kind]
	t.statuses = make([]keyStatus, 0, len(words))
	for _, word := range words {
		f.may(word, aTimestamp)
		field, ok := f.field(word)
		if !ok {
			continue
		}
		at := t.timestampOf(f, word)
		if at.IsZero() {
			t.unreadable = true
			continue
		}
		s, _ := status.ParseEventStatus(t.event.Kind, word)
		t.statuses = append(t.statuses, keyStatus{status: s, at: at, keyAt: field.KeyAt, timeAt: field.Value.Position})
	}
	slices.SortStableFunc(t.statuses, func(a, b keyStatus) int { return a.at.Compare(b.at) })
}

// readSections reads an update from each section that has a status and a time.
func (t *timeline) readSections() {
	t.updates = make([]timelineUpdate, 0, len(t.Sections)+len(t.statuses))
	var opening *source.Section
	for i := range t.Sections {
		section := &t.Sections[i]
		if section.Heading == nil {
			if text, _ := source.WithoutDirectives(section.Text); len(bytes.TrimSpace(text)) > 0 {
				opening = section // read last, when it is known which statuses have a section
			}
			continue
		}
		u, ok := t.updateOf(section.Heading)
		u.Text = t.text(t.event, section)
		if ok {
			t.updates = append(t.updates, u)
		} else {
			t.attributes(t.event, section.Heading, &u.Update) // to report mistakes in them
		}
	}
	if opening != nil {
		t.readOpening(opening)
	}
}

// readOpening reads an update from the text before the first heading. It is of
// the earliest status of the front matter.
func (t *timeline) readOpening(section *source.Section) {
	at := t.textPosition(section)
	text := t.text(t.event, section)
	switch {
	case t.unreadable: // the time that can't be read may be the earliest
	case len(t.statuses) == 0 && t.event.Kind == status.Maintenance: // scheduled is missing, which is reported
	case len(t.statuses) == 0:
		t.list.Add(ruleTextWithoutStatus.At(at, "this text has no status, since the front matter has none").
			WithHint("add the first status to the front matter with its time, or add a heading above the text"))
	case t.startsWrong():
	case t.statuses[0].hasSection:
		t.list.Add(ruleTextWithoutStatus.At(at, "this text has no status, since %q has its own section", t.statuses[0].status).
			WithHint("move the text below that heading, or add a heading with its own time above it"))
	default:
		first := &t.statuses[0]
		first.hasSection = true
		t.updates = slices.Insert(t.updates, 0, timelineUpdate{
			Update: status.Update{Status: first.status, At: first.at, Text: text, Position: at},
			timeAt: first.timeAt,
		})
	}
}

// startsWrong reports a status of the front matter that is the earliest though
// its text is in a section, and a status that comes before it in order has the
// text before the first heading.
func (t *timeline) startsWrong() bool {
	earliest := t.statuses[0]
	i := slices.IndexFunc(t.statuses, func(s keyStatus) bool { return s.status < earliest.status && !s.hasSection })
	if i < 0 || !earliest.hasSection {
		return false
	}
	first := &t.statuses[i]
	first.hasSection = true
	t.outOfOrder = true
	t.list.Add(ruleOutOfOrder.At(earliest.timeAt, "%s, %s, is before %s, %s", earliest.status, source.FormatTimestamp(earliest.at), first.status, source.FormatTimestamp(first.at)).
		WithHint("%s", t.inOrder(earliest.at, first.at, earliest.timeAt)))
	return true
}

// updateOf returns the update that a heading begins; false if its status or
// time is not known.
func (t *timeline) updateOf(h *source.Heading) (timelineUpdate, bool) {
	u := timelineUpdate{
		Update:  status.Update{Status: h.Status, Interim: h.Status == 0, Position: h.Position},
		heading: h,
		timeAt:  h.TimeAt,
	}
	i := slices.IndexFunc(t.statuses, func(s keyStatus) bool { return s.status == h.Status })
	if h.Time != "" {
		u.At = t.timestamp(h.Time, h.TimeAt)
		switch {
		case u.At.IsZero():
			return u, false
		case i < 0 || u.At.After(t.statuses[i].at):
			return u, true
		case u.At.Equal(t.statuses[i].at):
			return u, t.takeTime(h, &t.statuses[i])
		}
		first := &t.statuses[i]
		first.hasSection = true
		t.list.Add(ruleStatusTooEarly.At(h.TimeAt, "this time is before the first %s in the front matter, %s", h.Status, source.FormatTimestamp(first.at)).
			WithHint("correct this time, or the time of %s at %s", h.Status, first.timeAt))
		return u, false
	}
	if h.Status == 0 {
		return u, false // package source has reported the heading
	}
	if i < 0 {
		if _, ok := t.Fields.Field(h.Status.String()); !ok { // else its time can't be read, which is reported
			t.list.Add(ruleStatusWithoutTime.At(h.StatusAt, "%q has no time", h.Status).
				WithHint("add the time to the heading:\n%s\nor to the front matter:\n%s: %s", t.headingAt(h), h.Status, t.nowText()))
		}
		return u, false
	}
	u.At, u.timeAt = t.statuses[i].at, t.statuses[i].timeAt
	return u, t.takeTime(h, &t.statuses[i])
}

// takeTime gives the time of a status in the front matter to a section, or
// reports that another section has it.
func (t *timeline) takeTime(h *source.Heading, s *keyStatus) bool {
	if s.hasSection {
		t.list.Add(ruleStatusRepeated.At(h.Position, "%q already has a section", h.Status).
			WithHint("add its own time to this heading:\n%s", t.headingAt(h)))
		return false
	}
	s.hasSection = true
	return true
}

// headingAt is a heading with the current time.
func (t *timeline) headingAt(h *source.Heading) string {
	timed := *h
	timed.Time = t.nowText()
	return source.FormatHeading(timed)
}

func capital(word string) string {
	return strings.ToUpper(word[:1]) + strings.ReplaceAll(word[1:], "_", " ")
}

// addStatusesWithoutSection adds an update for each status of the front matter
// that has no section. If the time of another one can't be read, it is not
// known which of them a text belongs to, and no missing text is reported.
func (t *timeline) addStatusesWithoutSection() {
	for _, s := range t.statuses {
		if s.hasSection {
			continue
		}
		wanted := t.event.Kind == status.Incident && s.status != status.Resolved
		if wanted && !t.unreadable && !t.statuses[0].status.Closed() { // else it is reported as reopened
			t.list.Add(ruleNoText.At(s.keyAt, "the update %q has no text", s.status).
				WithHint("add a section with its text: ## %s", capital(s.status.String())))
		}
		i := 0
		for i < len(t.updates) && (t.updates[i].At.Before(s.at) || t.updates[i].At.Equal(s.at) && !t.updates[i].Interim && t.updates[i].Status < s.status) {
			i++
		}
		t.updates = slices.Insert(t.updates, i, timelineUpdate{
			Update: status.Update{At: s.at, Status: s.status, Position: s.keyAt},
			timeAt: s.timeAt,
		})
	}
}
