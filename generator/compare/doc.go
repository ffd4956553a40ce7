// Package compare takes what a site publishes before and after a change, and
// gives what the change does for readers, subscribers and clients. It reads only
// the published documents (the API, the feed, the calendar, the routes), as
// readers and clients do. It opens no file and no network, and never asks what
// time it is.
//
// A [Report] has the differences; Text, Markdown and JSON print it.
package compare
