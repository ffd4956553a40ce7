package page

import (
	"io"
	"net/url"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/picture"
	"allclear/generator/status"
)

// pictureFolder holds the pictures of events. It is one that other sites may
// show files of.
const pictureFolder = "social/"

func picturePath(site *status.Site, e *derive.Event) string {
	return pictureFolder + site.Prefix() + e.ID + ".png"
}

// pictures lists a picture for each event, on a site that asks for them.
func (t *Theme) pictures(s *derive.Snapshot) []output.Route {
	if !s.Site.SocialImages {
		return nil
	}
	var routes []output.Route
	for _, e := range s.Events {
		routes = append(routes, output.Route{
			Path: picturePath(s.Site, e), Kind: output.Asset, Origin: e.Position,
			Write: func(w io.Writer) error { return picture.Write(w, t.pictureOf(s, e)) },
		})
	}
	return routes
}

// pictureOf is what an event's picture says.
func (t *Theme) pictureOf(s *derive.Snapshot, e *derive.Event) picture.Card {
	impact := t.impact(e)
	card := picture.Card{Site: s.Site.Title, State: t.stateInWords(e), Tone: impact.Tone, Title: e.Title}
	if e.Status.Closed() {
		card.Tone = "operational"
	}
	if address, err := url.Parse(s.Site.URL); err == nil {
		card.Host = address.Host + strings.TrimRight(address.Path, "/")
	}
	return card
}

// stateInWords is "Resolved · Major".
func (t *Theme) stateInWords(e *derive.Event) string {
	return t.catalog.Text("feed.status."+e.Status.String()) + " · " + t.impact(e).Text
}

// picture is an event's picture for its page; nil where there is none.
func (t *Theme) picture(s *derive.Snapshot, e *derive.Event) *Picture {
	if !s.Site.SocialImages {
		return nil
	}
	return &Picture{URL: s.Site.Absolute(picturePath(s.Site, e)), Alt: t.stateInWords(e) + ": " + e.Title}
}
