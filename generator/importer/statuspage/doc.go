// Package statuspage takes the recorded responses of Atlassian Statuspage's API,
// or of a page that answers in its form, and gives events to package importer. It
// never invents a time, never asks the network, and never writes a file itself.
//
// Responses are read field by field: a field of another type than Statuspage's
// counts as missing, and every other field is still read. Package recorder
// records them.
package statuspage
