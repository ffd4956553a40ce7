// Package page takes a theme and a snapshot and returns the site's HTML pages and
// the theme's static files as routes. It decides only how something is shown,
// never what the status is.
//
// # A theme
//
// A theme is a folder:
//
//	theme.yaml            its name, and colours for the browser's frame
//	templates/base.html   what every page shares; {{define "base"}}
//	templates/*.html      one file per page: index, event, component, history, month, uptime, subscribe, embed, 404, withdrawn, alias
//	templates/partials/   pieces that several pages use, each in a {{define}}
//	pages/*.html          pages that only this theme has; pages/help/contact.html is help/contact/
//	static/               files served below assets/: style.css, status.js and what it loads, search.js, the icon of each state
//	i18n/en.yaml          every string of the pages
//	i18n/de.yaml          the same in German, and so on; a string that is missing is shown in English
//
// The default theme is complete. The files of a site's own folder
// themes/<name>/ replace its files, and the strings of its i18n files replace
// single strings. So changing the logo is one file, and changing a sentence is
// one line.
//
// Each page's template is given one struct, named after it: [IndexPage],
// [EventPage], [ComponentPage], [HistoryPage], [MonthPage], [UptimePage],
// [SubscribePage], [EmbedPage], [NotFoundPage], [WithdrawnPage], [AliasPage]. Those structs are the contract for
// theme authors: they hold strings that are ready to show, in the page's
// language and the site's zone. The only function besides those of
// text/template is t, which returns a string of i18n:
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
// A {{define}} that is only ever given strings, such as a [Label] or the [Shell],
// runs once for each value and then costs almost nothing, on any number of
// pages. So give a piece no more than it needs.
//
// # Between two builds
//
// The script status.js keeps a page true until the next build: it asks for the
// page itself, learns from the answer what time it is, and writes times in the
// reader's zone. It loads renew.js when there is news, and card.js when a reader
// asks for a day of a chart. It needs from a template:
//
//   - one <h1> and one <main id="main">; {{template "assets" .Shell}} in the head,
//     which marks the page as the program's, and a canonical link: by these and by
//     #live an answer is known as this page;
//   - {{template "live" .Base}}: #live with the messages that the script may show;
//     and the button #zone;
//   - <time datetime> for every instant; data-form says how short it may be (year, short,
//     clock, day; else it is a record), data-ago that the script adds how far away
//     it is; class="window" on what holds the two ends of a window;
//   - an id on whatever must stay the same thing when there is news: a component,
//     an event, a <details>;
//   - class="verdict" on the words of the site's status, and around them data-icon
//     and data-title, the icon and the title of the browser's tab; class="checked"
//     on an empty element where the script says when it has asked;
//   - {{template "as-of" .AsOf}} on a page that shows a current status, so that it
//     says its date once it is too old;
//   - data-last on a chart of days, the date of the last one; around it data-days,
//     the page that has a <tr data-date> for each day on which something happened;
//   - after an element that the clock will change, a <template data-from>, which
//     replaces it at that instant (with data-add, follows it; an empty one removes
//     it). The fields of the types named Forecast are for those.
//
// [Load] checks every field, string and template name in every branch, and runs
// each page on samples, so that a theme that loads can't fail later.
package page
