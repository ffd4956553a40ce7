// Package cstate takes the folder of a site made with cState, netlify-statuskit
// or ClearStatus, and gives its events to package importer. It never invents a
// time, never reads outside the folder, and never writes a file itself.
//
// In those formats an issue is one text. body.go cuts it into the parts that were written
// at different times. timeline.go makes an update of each part whose time is
// certain, and appends the others to the text of the update before.
package cstate
