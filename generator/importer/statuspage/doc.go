// Package statuspage takes the responses of Atlassian Statuspage's API, recorded
// in files or fetched from the address of a page, and gives events to package
// importer. It never invents a time, never follows a redirect to another host,
// and never writes a file itself.
//
// It is the only package of the importer that asks the network, through [web].
// Responses are read field by field: a field of another type than Statuspage's
// counts as missing, and every other field is still read.
package statuspage
