// Package recorder takes the address of a page in the form of Statuspage and
// gives a folder with its whole history: the answers of the page, as package
// statuspage reads them. It never changes an answer and never writes content.
//
// # What it asks for
//
// The API at api/v2 gives the page, its components, and the 50 newest incidents
// and maintenances. Older ones are listed three months at a time at
// history.json?page=N, or at history?page=N, and each is answered whole at
// api/v2/incidents/CODE.json. A page without such a list gives the 50.
//
// # What it asks for again
//
// The folder is kept. An interrupted run goes on where it stopped, and a later
// run walks the list again, but asks only for events that may have changed:
// those that are new, were not over, were recorded within 30 days of their last
// update, or whose line in the list differs.
//
// # Politeness
//
// Requests are made one after the other, two a second unless the user says
// otherwise. Where the page answers 429, the recorder waits as long as
// Retry-After says and goes on at half the speed. The clock and the waiting are
// arguments.
package recorder
