// Package loose reads times, component names and statuses as people type them
// who don't know the documented forms: "today 4:03pm", "22.11.2025 10:48 CET",
// "API and Web", "Major Outage", "fixed". The result is what was most likely
// meant: a hint shows it, and a command may take it where it is not a guess. It
// never decides what a file says: package source reads only the documented forms.
package loose
