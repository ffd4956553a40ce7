// Package markup takes a text that another tool kept, as HTML, Markdown or
// plain, and gives Markdown that an update may hold, or one line of plain
// text. It never gives what a page would refuse.
//
// The text is a stranger's. What is written here is rendered as a site would,
// and mended until no rule of package markdown is broken; where that does not
// succeed, the words come in as plain text.
package markup
