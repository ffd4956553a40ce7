// Package preview serves a site while its content is being written. It takes a
// content folder and the themes beside it, and gives a server on loopback that
// shows the last good build as a host would, in every open tab, as soon as a file
// is saved. Errors are shown on top of it. The preview never writes a file, and
// answers only this machine.
//
// # From a save to the screen
//
//	watch, poll  events of the file system, or polling, become changed names
//	debounce     names become batches: one save is one batch
//	preview      a batch, or the clock, becomes a rebuild; one at a time
//	hub          a rebuild becomes the state that everyone sees
//	reload       each state goes to the leading tab, which passes it on to the others
//	server       the page that the browser asks for is rendered
//
// An event only says where to look; the file itself counts. After anything that
// makes events unreliable, such as an overflow or a folder that went away, all
// files count as changed.
//
// # Generations
//
// Each good build that differs from the one before has a generation, a number
// that only grows, even after a restart. Every page has its generation in its
// script element, so a page that was loaded just before a rebuild notices it when
// it connects.
package preview
