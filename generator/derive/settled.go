package derive

import (
	"slices"
	"time"

	"allclear/generator/recall"
	"allclear/generator/status"
)

// Most events of a site are over, and stay as they are whatever the clock
// does: those are settled. A snapshot takes over from the last one the settled
// events that are still in the site, and the spans of each component that no
// other event touches; all else is derived anew. What stands in a snapshot is
// never changed, so an event is taken over as a copy, which points into its
// own snapshot.

// memory is what a snapshot leaves to the next.
type memory struct {
	snapshot *Snapshot
	settled  []settled // of each event of its site
}

// settled is a settled event as it stands in a snapshot.
type settled struct {
	event   *Event    // nil where it is not settled
	last    time.Time // the last of its boundaries
	relates bool      // it names others
}

// run is a snapshot while it is derived.
type run struct {
	*Snapshot
	last   memory
	places []int // of each event of the site: where in the last one it stood, or -1
	room   room

	settled  []settled // of each event of the site
	moved    []bool    // of each component: an event touches it that was not taken over
	relating []*Event  // that name others
}

// begin begins a run at a time of the clock. What was settled later than that
// is not settled yet, and what was for another clock or other components may
// stand otherwise.
func begin(site *status.Site, now time.Time, last memory) *run {
	r := &run{
		Snapshot: &Snapshot{Site: site},
		settled:  make([]settled, len(site.Events)),
		moved:    make([]bool, len(site.Components)),
	}
	if s := last.snapshot; s == nil || now.Before(s.At) || s.Site.Zone != site.Zone || !slices.Equal(s.Site.Components, site.Components) {
		r.places = recall.Places(nil, site.Events)
		return r
	}
	r.last, r.places = last, recall.Places(last.snapshot.Site.Events, site.Events)
	return r
}

// before is what the last run settled of the event at i; nil where that is to
// be derived anew.
func (r *run) before(i int) *settled {
	if place := r.places[i]; place >= 0 && r.last.settled[place].event != nil {
		return &r.last.settled[place]
	}
	return nil
}

// takeOver makes d the event at i as it was settled, or is false.
func (r *run) takeOver(d *Event, i int) bool {
	before := r.before(i)
	if before == nil {
		return false
	}
	*d = *before.event
	d.Related, d.Previous, d.Following = nil, nil, nil
	d.Affected = r.room.clone(d.Affected)
	for a := range d.Affected {
		d.Affected[a].Component = r.Components[d.Affected[a].Component.Index]
	}
	r.settled[i] = settled{d, before.last, before.relates}
	if before.relates {
		r.relating = append(r.relating, d)
	}
	return true
}

// settle notes an event that is over and stays as it is, and which components
// one touches that was derived anew.
func (r *run) settle(d *Event, i int) {
	e := d.Event
	last := later(later(later(e.Updates[len(e.Updates)-1].At, e.Started), e.Ended), later(e.ScheduledFor, e.ScheduledUntil))
	if d.Status.Closed() && !last.After(r.At) && !d.Held {
		r.settled[i] = settled{d, last, len(e.Related) > 0}
	}
	for _, a := range d.Affected {
		r.moved[a.Component.Index] = true
	}
	if len(e.Related) > 0 {
		r.relating = append(r.relating, d)
	}
}

// room is memory that many small slices share.
type room []Affected

func (r *room) clone(from []Affected) []Affected {
	if len(from) == 0 {
		return nil
	}
	if cap(*r)-len(*r) < len(from) {
		*r = make([]Affected, 0, max(512, len(from)))
	}
	begin := len(*r)
	*r = append(*r, from...)
	return slices.Clip((*r)[begin:])
}
