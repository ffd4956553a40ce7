// Package guard takes what is public and what a change would publish, both at one
// instant, and returns what would break for those who keep addresses and ids:
// readers with a link, subscribers, clients. It never changes either.
package guard

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

// Against compares the snapshot of what is public with that of a change. now is
// for the updates that hints tell to write, and file the name that a file of the
// first has for people.
func Against(public, change *derive.Snapshot, now time.Time, file func(string) string) diag.List {
	c := comparison{public: public, change: change, now: now.In(change.Site.Zone), file: file, was: map[string]bool{}, addresses: map[string]*derive.Event{}, withdrawn: map[string]bool{}}
	for _, w := range change.Site.Withdrawn {
		c.withdrawn[w.ID] = true
	}
	for _, e := range public.Events {
		c.was[e.Path()] = !e.HeldBack
	}
	for _, e := range change.Events {
		c.addresses["/"+e.Path()] = e
		for _, alias := range e.Aliases {
			c.addresses[alias.Path] = e
		}
	}
	for _, e := range public.Events {
		if !e.HeldBack {
			c.compareEvent(e)
		}
	}
	for _, component := range public.Site.Components {
		c.compareComponent(component)
	}
	return c.list
}

type comparison struct {
	public, change *derive.Snapshot
	now            time.Time
	file           func(string) string
	was            map[string]bool          // the paths of public events
	addresses      map[string]*derive.Event // of the change, by each of their addresses, "/incidents/api/"
	withdrawn      map[string]bool          // ids of events and updates that the change takes back
	list           diag.List
}

// compareEvent looks for a public event in the change, by its address.
func (c *comparison) compareEvent(was *derive.Event) {
	is := c.addresses["/"+was.Path()]
	if is == nil && c.withdrawn[was.ID] {
		return
	}
	if is == nil {
		c.eventGone(was)
		return
	}
	if was.Code() != is.Code() {
		c.list.Add(ruleID.At(is.Position, "clients know this event as %q, and would now get it as %q, another one", was.Code(), is.Code()).
			WithHint("write this line into its front matter: api_id: %s", was.Code()))
		return // all ids of updates follow from it
	}
	c.compareAliases(was, is)
	c.compareFacts(was, is)
	c.compareWindow(was, is)
	c.compareUpdates(was, is)
}

// eventGone reports an event that no address leads to any more. If another file
// seems to have it now, the hint is what to add there.
func (c *comparison) eventGone(was *derive.Event) {
	for _, is := range c.change.Events {
		if is.Kind != was.Kind || c.was[is.Path()] || !sameBeginning(was, is) {
			continue
		}
		lines := aliasesWith(is, []status.Alias{{Path: "/" + was.Path()}})
		if is.Code() != was.Code() {
			lines += "\napi_id: " + was.Code()
		}
		c.list.Add(ruleGone.At(is.Position, "/%s is public, and its file has another name now: links to it would lead nowhere", was.Path()).
			WithHint("write into the front matter:\n%s", lines))
		return
	}
	c.list.Add(ruleGone.At(diag.Position{File: c.file(was.Position.File)}, "/%s is public, and would be gone: its file is deleted, a draft, or dated later", was.Path()).
		WithHint("put it back as it was: an event that was a mistake ends with an update that says so; what must go is withdrawn in site.yaml:\n%s", c.withdrawal(was.ID)))
}

// aliasesWith is the line of an event's front matter that adds addresses to those
// that it has.
func aliasesWith(e *derive.Event, more []status.Alias) string {
	var paths []string
	for _, a := range slices.Concat(e.Aliases, more) {
		if !slices.Contains(paths, a.Path) {
			paths = append(paths, a.Path)
		}
	}
	return "aliases: [" + strings.Join(paths, ", ") + "]"
}

// withdrawal is the line of site.yaml that takes an event or an update back.
func (c *comparison) withdrawal(id string) string {
	return "withdrawn: [{ id: " + id + ", on: " + c.change.At.Format("2006-01-02") + ", reason: why }]"
}

// sameBeginning reports whether two events are the same by what does not change
// when a file is renamed.
func sameBeginning(a, b *derive.Event) bool {
	return a.Code() == b.Code() || a.Title == b.Title && a.Updates[0].At.Equal(b.Updates[0].At) ||
		a.Updates[0].At.Equal(b.Updates[0].At) && a.Updates[0].Text.Plain == b.Updates[0].Text.Plain
}

// compareFacts warns of what an event's front matter says otherwise than what is
// public, and what no update tells.
func (c *comparison) compareFacts(was, is *derive.Event) {
	a, b := was.Event, is.Event
	for _, fact := range []struct{ name, before, after string }{
		{"title", a.Title, b.Title},
		{"severity", a.Severity.String(), b.Severity.String()},
		{"components", components(a), components(b)},
		{"started", timeOf(a.Started), timeOf(b.Started)},
		{"ended", timeOf(a.Ended), timeOf(b.Ended)},
	} {
		if fact.before != fact.after && fact.before != "" {
			c.list.Add(ruleRewritten.At(is.Position, "the %s of this event, which is public, would change from %s to %s", fact.name, fact.before, cmp.Or(fact.after, "nothing")).
				WithHint("put it back, unless it was wrong; tell what changes from now on in an update: ## … {severity=major} or {api=major_outage}"))
		}
	}
}

// components are those that the front matter of an event names, by the ids that
// they keep when they are renamed.
func components(e *status.Event) string {
	names := make([]string, 0, len(e.Components))
	for _, s := range e.Components {
		name := s.Component.Code()
		if s.Set {
			name += " (" + s.Status.String() + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

func timeOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return source.FormatTimestamp(t)
}

func (c *comparison) compareAliases(was, is *derive.Event) {
	var gone []status.Alias
	for _, alias := range was.Aliases {
		if c.addresses[alias.Path] == nil {
			gone = append(gone, alias)
		}
	}
	for _, alias := range gone {
		c.list.Add(ruleGone.At(is.Position, "the old address %s of this event would lead nowhere", alias.Path).
			WithHint("put it back into the front matter:\n%s", aliasesWith(is, gone)))
	}
}

// compareComponent looks for a public component in the change.
func (c *comparison) compareComponent(was *status.Component) {
	config := diag.Position{File: c.file(was.Position.File)}
	for _, is := range c.change.Site.Components {
		if is.ID != was.ID && !slices.Contains(is.Aliases, was.ID) {
			continue
		}
		if is.Code() != was.Code() {
			c.list.Add(ruleID.At(is.Position, "clients know the component %q as %q, and would now get it as %q, another one", is.ID, was.Code(), is.Code()).
				WithHint("write into it: api_id: %s", was.Code()))
		}
		return
	}
	for _, is := range c.change.Site.Components {
		renamed := !slices.ContainsFunc(c.public.Site.Components, func(other *status.Component) bool { return other.ID == is.ID })
		if renamed && (is.Name == was.Name || is.Index == was.Index) {
			c.list.Add(ruleComponentGone.At(is.Position, "the component %q has another id now: links to it, its feed and its badge would lead nowhere", was.ID).
				WithHint("write into it: aliases: [%s], api_id: %s", was.ID, was.Code()))
			return
		}
	}
	c.list.Add(ruleComponentGone.At(config, "the component %q is public, and would be gone with its history, its feed and its badge", was.ID).
		WithHint("put it back, and write into it: retired: %s", c.change.At.Format("2006-01-02")))
}
