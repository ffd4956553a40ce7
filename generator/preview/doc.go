// Package preview serves a site while its content is being written. It takes
// a content folder and the themes beside it, and gives a server on loopback
// that shows the last good build of them as a host would, with what is wrong
// on top, in every open tab, as soon as a file is saved. It never writes a
// file, and answers nobody but this machine.
//
// # From a save to the screen
//
//	watch     events of the file system, or looking at it at an interval, become names
//	collect   names become batches: one save, one batch
//	preview   a batch, or the clock, becomes a rebuild; one at a time
//	board     a rebuild becomes the state that everyone sees
//	reload    each state goes to the tab that leads, which tells the others
//	server    the page that the browser asks for is rendered, and kept until the next state
//
// Events are hints: they say where to look, and what is there then counts.
// Whatever makes them unreliable (an overflow, a folder that went away) leads
// to a look at everything.
//
// # Generations
//
// Each good build that differs from the one before has a generation, a number
// that only grows, over restarts too. Every page says in its script element which one it is of, so a page
// that was loaded just before a rebuild learns of it when it connects.
package preview
