// Package markup takes a text of another tool, in HTML, Markdown or plain, and
// gives Markdown that an update may have, or one line of plain text. It never
// gives a text that a page would refuse.
//
// The text is untrusted. What is written here is rendered as a site does, and
// repaired until it breaks no rule of package markdown. A text that can't be
// repaired becomes plain text.
package markup
