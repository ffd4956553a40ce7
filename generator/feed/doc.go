// Package feed takes a snapshot and the theme's strings and gives the files
// that people and programs subscribe to: Atom, RSS and JSON feeds, the
// calendars of maintenance, and status.txt for a terminal. It never decides
// how anything stands, and never asks what time it is.
//
// # Feeds
//
// An entry is one update, of an incident or a maintenance, those that the
// clock made too; its time is the update's, and so is the time at which it was
// last changed. Entries run from the newest; a feed holds every update of the
// 50 events that were updated last, so that it does not grow with the history
// and yet none of its updates is missing.
//
// An entry's id is a UUID made from the ids of its event and its update, and
// from nothing else: neither a new title, nor another domain, nor a new name
// of the page makes a subscriber see old news again. An update has the same id
// in every feed that holds it.
//
// # Calendars
//
// A maintenance is one event at the time for which it is planned. Its UID is
// made from its id in the same way, its SEQUENCE grows with every update, and
// its DTSTAMP is the newest of them. It blocks nobody's time.
//
// RFC 5545 wants at least one component in a calendar (section 3.6), so that
// one without maintenance holds the definition of UTC: it satisfies strict
// readers, and no calendar shows anything of it.
//
// # Text
//
// What writers typed is text everywhere: encoders escape it, and characters
// that would control a terminal or are no part of XML are left out.
package feed
