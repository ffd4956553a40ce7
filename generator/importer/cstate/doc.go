// Package cstate takes the folder of a site made with cState,
// netlify-statuskit or ClearStatus, and gives events to package importer. It
// never invents a time, never reads outside the folder, and never writes a
// file itself.
//
// An issue is one text there. body.go cuts it where somebody began to write
// anew; timeline.go makes updates of the parts whose time is certain, and
// leaves the rest in the text of the one before.
package cstate
