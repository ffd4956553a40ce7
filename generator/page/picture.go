package page

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/picture"
	"allclear/generator/status"
	"allclear/generator/tone"
)

// pictureFolder is the folder of the pictures of events.
const pictureFolder = "social/"

func (l *Localization) picturePath(site *status.Site, e *derive.Event) string {
	return pictureFolder + site.Prefix(l.language) + e.ID + ".png"
}

// pictures lists a picture for each event, if site.yaml asks for them.
func (l *Localization) pictures(s *derive.Snapshot) []output.Route {
	if !s.Site.SocialImages {
		return nil
	}
	var routes []output.Route
	for _, e := range s.Events {
		routes = append(routes, output.Route{
			Path: l.picturePath(s.Site, e), Kind: output.Asset, Origin: e.Position, Shared: true, Version: version(l.pictureOf(s, e)),
			Write: func(w io.Writer) error { return picture.Write(w, l.pictureOf(s, e)) },
		})
	}
	return routes
}

// pictureOf is the content of an event's picture.
func (l *Localization) pictureOf(s *derive.Snapshot, e *derive.Event) picture.Card {
	card := picture.Card{Site: l.siteTitle(s.Site), State: l.stateInWords(e), Tone: impactTone(e), Title: l.title(e)}
	if e.Status.Closed() {
		card.Tone = tone.Operational
	}
	if address, err := url.Parse(s.Site.URL); err == nil {
		card.Host = address.Host + strings.TrimRight(address.Path, "/")
	}
	return card
}

// stateInWords is "Resolved · Major".
func (l *Localization) stateInWords(e *derive.Event) string {
	return l.eventLabel(e.Status) + " · " + l.impact(e).Text
}

// picture is an event's picture for its page; nil if there is none.
func (l *Localization) picture(s *derive.Snapshot, e *derive.Event) *Picture {
	if !s.Site.SocialImages {
		return nil
	}
	address := s.Site.Absolute(l.picturePath(s.Site, e)) + "?v=" + version(l.pictureOf(s, e))
	return &Picture{URL: address, Alt: l.catalog.Text("join.name", "name", l.stateInWords(e), "value", l.title(e))}
}

// version tells the pictures of an event apart, so that a site which keeps a copy
// of one asks for the next. It is made of all that is on the picture.
func version(c picture.Card) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", []string{c.Site, c.Host, c.State, c.Tone.Name, c.Title}))
	return hex.EncodeToString(sum[:6])
}
