// Package feed takes a snapshot and the theme's strings and gives the files
// that people and programs subscribe to: Atom, RSS and JSON feeds, the
// calendars of maintenance, and status.txt for a terminal. It never decides
// what a status is, and never asks what time it is.
//
// # Feeds
//
// An entry is one update of an incident or a maintenance, including those that
// the clock makes. It is published and last changed at the update's time, or
// seconds later where another entry has that date. The newest entry is first. A feed holds every update of the 50 events that were
// updated last, so that it does not grow with the history, and no event is
// without some of its updates.
//
// An entry's id is a UUID made only from the ids of its event and its update.
// So after a change of a title, a domain or a page's name, subscribers don't
// see old news again. An update has the same id in every feed.
//
// # Calendars
//
// A maintenance is one event at the time for which it is planned. Its UID is
// made from its id in the same way, its SEQUENCE grows with every update, and
// its DTSTAMP is the time of the newest. It does not mark its time as busy.
//
// RFC 5545 wants at least one component in a calendar (section 3.6), so a
// calendar without maintenance holds the definition of UTC. That satisfies
// strict readers, and no program shows it.
//
// # Text
//
// What writers typed is text everywhere: encoders escape it, and characters
// that control a terminal or that XML can't hold are left out.
package feed
