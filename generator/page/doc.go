// Package page takes a theme and a snapshot and gives the site's HTML pages
// and the theme's static files as routes; it never decides what is true of
// the site, only how it is said.
//
// # A theme
//
// A theme is a folder:
//
//	theme.yaml            its name, and colours for the browser's own frame
//	templates/base.html   what every page shares; {{define "base"}}
//	templates/*.html      one file a page: index, event, component, history, month, uptime, 404, alias
//	templates/partials/   pieces that several pages use, each in a {{define}}
//	pages/*.html          pages that only this theme has; pages/help/contact.html is help/contact/
//	static/               files served below assets/: style.css, status.js, the icon of each state
//	i18n/en.yaml          every word that a page says
//	i18n/de.yaml          the same in German, and so on; what is not there is said in English
//
// The default theme is whole. A site's own folder themes/<name>/ lies over it
// file by file, and its i18n files string by string, so that changing the
// logo is one file and changing a sentence is one line.
//
// Each page's template is given one struct, named after it: [IndexPage],
// [EventPage], [ComponentPage], [HistoryPage], [MonthPage], [UptimePage], [NotFoundPage],
// [AliasPage]. Those structs are the contract for theme authors: they hold
// strings that are ready to show, in the site's language and zone. The one
// function beyond those of text/template is t, which says a string of i18n:
//
//	{{t "history.title" "site" .Site}}
//
// # Pages of your own
//
// A file below pages/ becomes a page in every language of the site: it is at
// the path of its name, in the sitemap, and given an [OwnPage]. It defines its
// "title", for the browser's tab and search engines, and may define its
// "description", a sentence for the latter:
//
//	{{template "base" .}}
//
//	{{define "title"}}About this page{{end}}
//
//	{{define "main"}}
//	<h1>{{template "title" .}}</h1>
//	<p>Right now: {{template "label" .Banner.Label}}</p>
//	{{with .Open}}
//	<h2>{{t "index.incidents"}}</h2>
//	{{range .}}{{template "card" .}}{{end}}
//	{{end}}
//	{{end}}
//
// Every link in an OwnPage is right at any depth. Another page links to this
// one with {{.Home}}about/, in the reader's language. The page needs one <h1>.
//
// # Speed
//
// A {{define}} that is always given nothing but strings, such as a [Label] or
// the [Shell], runs once for each value and then costs next to nothing, on
// however many pages. So hand a piece no more than it needs.
//
// # Between two builds
//
// The script status.js keeps a page true that nobody builds anew, and needs of
// a template only this: #live with the words that it may have to say, the
// button #zone, <time datetime> for every instant (data-ago adds how far it
// is, data-both keeps the site's zone beside the reader's), and for what the
// clock will change a <template data-from> right after it, which takes its
// place at that instant (with data-add it comes after it). The fields named
// Ahead and Coming hold what goes into those.
//
// [Load] checks every field, string and template name in every branch, and
// runs each page on a sample, so that a theme that loads can't fail later.
package page
