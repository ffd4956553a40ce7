// Package statuspage takes what Atlassian Statuspage's API has told, as
// recorded answers or from the address of a page, and gives events to package
// importer. It never invents a time, never follows a redirect to another host,
// and never writes a file itself.
//
// It is the only package of the importer that opens the network, in fetch.go.
// Whatever was recorded is read field by field: one of another type than
// Statuspage's is as good as missing, and costs no other.
package statuspage
