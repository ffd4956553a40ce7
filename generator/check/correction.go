package check

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var ruleUnknownUpdate = rules.Declare(diag.Rule{
	Code:  "unknown-update",
	Title: "An update corrects an older update of the same event",
	Why:   "Readers are led from one to the other, and the link would lead nowhere.",
})

// checkCorrections checks that each update that corrects another names the id
// of an older one. The clock's updates count: readers see them too.
func (t *timeline) checkCorrections(updates []status.Update) {
	for i := range updates {
		if updates[i].Corrects == "" {
			continue
		}
		a := t.headings[i].Attributes[slices.IndexFunc(t.headings[i].Attributes, func(a source.Attribute) bool { return a.Name == "corrects" })]
		if why, hint := t.badCorrection(updates, i); why != "" {
			t.list.Add(ruleUnknownUpdate.At(a.ValueAt, "%s", why).WithHint("%s", hint))
			updates[i].Corrects = ""
		}
	}
}

// badCorrection says why an update can't correct the one that it names; "" if
// it can.
func (t *timeline) badCorrection(updates []status.Update, i int) (why, hint string) {
	id := updates[i].Corrects
	published, _, _ := t.published(updates)
	own := slices.IndexFunc(published, func(u derive.Update) bool { return u.Position == updates[i].Position })
	is := func(u derive.Update) bool { return u.ID == id }
	switch n := slices.IndexFunc(published, is); {
	case n >= 0 && n < own:
		return "", ""
	case n == own && n >= 0:
		why = "an update can't correct itself"
	case n >= 0:
		why = "the update " + id + " is not older than this one"
	default:
		why = "no update of this event has the id " + diag.Short(id)
	}
	var ids, lines []string
	for _, u := range published[:max(own, 0)] {
		ids = append(ids, u.ID)
		line := "corrects=" + u.ID + " for " + source.FormatTimestamp(u.At)
		if !u.Interim {
			line = "corrects=" + u.ID + " for " + capital(u.Status.String()) + " · " + source.FormatTimestamp(u.At)
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return why, "delete it: there is no older update"
	}
	return why, diag.DidYouMean(id, ids) + "write the id of an older update:\n" + strings.Join(lines, "\n")
}

// published is the updates as readers see them when all have happened, and the
// window of a maintenance then.
func (t *timeline) published(updates []status.Update) (published []derive.Update, from, until time.Time) {
	e := *t.event
	e.Updates = updates
	end := e.ScheduledUntil // after scheduled_for, else it is reported
	for _, u := range updates {
		for _, at := range []time.Time{u.At, u.From, u.Until} {
			if at.After(end) {
				end = at
			}
		}
	}
	return derive.Timeline(&e, end)
}
