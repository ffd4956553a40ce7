// Package compose takes an event or a site and gives the text of its file, as a
// person would write it. It never touches a disk, and never looks at a clock.
//
// The front matter has the time at which each status first began, so that a
// heading such as "## Identified" needs none. Scalars are quoted only if YAML
// would read them as something else. Characters that package source refuses
// are left out, so that every file can be read again.
package compose
