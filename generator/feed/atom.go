package feed

import (
	"encoding/xml"
	"io"
	"time"
)

// atomFeed is the feed of RFC 4287, with its elements in the order of the RFC.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Links   []atomLink  `xml:"link"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Entries []atomEntry `xml:"entry"`
}

type atomEntry struct {
	ID         string         `xml:"id"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Link       atomLink       `xml:"link"`
	Title      string         `xml:"title"`
	Categories []atomCategory `xml:"category"`
	Content    atomContent    `xml:"content"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

type atomContent struct {
	Type string `xml:"type,attr"`
	Body string `xml:",chardata"`
}

func (h history) atom(w io.Writer) error {
	feed := atomFeed{
		Lang: h.Language,
		ID:   h.ID,
		Links: []atomLink{
			{"alternate", "text/html", h.Home},
			{"self", "application/atom+xml", h.Self},
		},
		Title:   h.Title,
		Updated: h.Updated.Format(time.RFC3339),
		Author:  h.Author,
	}
	for _, e := range h.Entries {
		entry := atomEntry{
			ID:        e.ID,
			Published: e.At.Format(time.RFC3339),
			Updated:   e.Changed.Format(time.RFC3339),
			Link:      atomLink{"alternate", "text/html", e.URL},
			Title:     e.Title,
			Content:   atomContent{"html", e.HTML},
		}
		for i, name := range e.Components {
			entry.Categories = append(entry.Categories, atomCategory{e.IDs[i], name})
		}
		feed.Entries = append(feed.Entries, entry)
	}
	return writeXML(w, feed)
}

func writeXML(w io.Writer, document any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "\t")
	if err := encoder.Encode(document); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
