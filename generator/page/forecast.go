package page

import (
	"html"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// A page already holds what the clock will change on it: each change is in a
// <template data-from>, and from that instant on the theme's script shows it
// instead of the element before it.

// bannerForecast lists each banner that differs from the one before it.
func (l *Localization) bannerForecast(now Banner, top, up string, forecast []*derive.Snapshot) []BannerForecast {
	var banners []BannerForecast
	for _, s := range forecast {
		next := l.banner(s, top, up)
		if next.Label != now.Label {
			banners = append(banners, BannerForecast{From: l.catalog.ISO(s.At), Banner: next})
			now = next
		}
	}
	return banners
}

// labelForecast lists a status in words each time that it will change; of finds
// the status in a snapshot.
func (l *Localization) labelForecast(now status.ComponentStatus, forecast []*derive.Snapshot, of func(*derive.Snapshot) status.ComponentStatus) []LabelForecast {
	var labels []LabelForecast
	for _, s := range forecast {
		if next := of(s); next != now {
			labels = append(labels, LabelForecast{From: l.catalog.ISO(s.At), Label: l.componentStatus(next)})
			now = next
		}
	}
	return labels
}

// transitions lists an event as it will be after each update that the clock
// adds to it.
func transitions(e *derive.Event, forecast []*derive.Snapshot) []transition {
	var found []transition
	before := len(e.Updates)
	for _, s := range forecast {
		i := slices.IndexFunc(s.Events, func(other *derive.Event) bool { return other.ID == e.ID })
		if i < 0 || len(s.Events[i].Updates) == before {
			continue
		}
		before = len(s.Events[i].Updates)
		found = append(found, transition{s, s.Events[i]})
	}
	return found
}

type transition struct {
	site  *derive.Snapshot
	event *derive.Event
}

// namedTime is an instant that fills the placeholder of a name in a string.
type namedTime struct {
	name string
	at   time.Time
	text string // the instant in words
}

// withTimes is a string whose instants are <time> elements, so that the script
// can show them in the reader's zone, and how far away they are.
func (l *Localization) withTimes(key, attribute string, instants ...namedTime) template.HTML {
	var arguments, elements []string
	for n, i := range instants {
		mark := "\uE000" + strconv.Itoa(n) + "\uE000" // private use: no string of a theme has it
		arguments = append(arguments, i.name, mark)
		elements = append(elements, mark, timeElement(Time{i.text, l.catalog.ISO(i.at)}, attribute))
	}
	text := html.EscapeString(l.catalog.Text(key, arguments...))
	return template.HTML(strings.NewReplacer(elements...).Replace(text))
}

// timeElement is an instant in HTML; attributes begin with a space each.
func timeElement(at Time, attributes string) string {
	return `<time datetime="` + html.EscapeString(at.ISO) + `"` + attributes + `>` + html.EscapeString(at.Text) + `</time>`
}
