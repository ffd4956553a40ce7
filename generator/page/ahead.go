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

// What the clock will change is on the page already, made by the same rules
// as everything else: each in a <template data-from>, which the theme's script
// puts in the place of what stands before it when its time has come.

// bannersAhead is each banner that differs from the one before it.
func (l *Localization) bannersAhead(now Banner, top, up string, ahead []*derive.Snapshot) []BannerAhead {
	var banners []BannerAhead
	for _, s := range ahead {
		next := l.banner(s, top, up)
		if next.Label != now.Label {
			banners = append(banners, BannerAhead{From: l.catalog.ISO(s.At), Banner: next})
			now = next
		}
	}
	return banners
}

// labelsAhead is how a status will read; of says the status in a snapshot.
func (l *Localization) labelsAhead(now status.ComponentStatus, ahead []*derive.Snapshot, of func(*derive.Snapshot) status.ComponentStatus) []LabelAhead {
	var labels []LabelAhead
	for _, s := range ahead {
		if next := of(s); next != now {
			labels = append(labels, LabelAhead{From: l.catalog.ISO(s.At), Label: l.componentStatus(next)})
			now = next
		}
	}
	return labels
}

// moved lists an event as it will be each time that the clock has moved it.
func moved(e *derive.Event, ahead []*derive.Snapshot) []moment {
	var moments []moment
	before := len(e.Updates)
	for _, s := range ahead {
		i := slices.IndexFunc(s.Events, func(other *derive.Event) bool { return other.ID == e.ID })
		if i < 0 || len(s.Events[i].Updates) == before {
			continue
		}
		before = len(s.Events[i].Updates)
		moments = append(moments, moment{s, s.Events[i]})
	}
	return moments
}

type moment struct {
	site  *derive.Snapshot
	event *derive.Event
}

// instant is an instant that a string names, with what stands for it.
type instant struct {
	name string
	at   time.Time
	text string
}

// withTimes is a string whose instants are <time> elements, so that the
// script can say them in the reader's zone and how far they are.
func (l *Localization) withTimes(key, attribute string, instants ...instant) template.HTML {
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
