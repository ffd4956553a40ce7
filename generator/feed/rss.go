package feed

import (
	"encoding/xml"
	"html"
	"io"
	"strings"
	"time"
)

// rssFeed is RSS 2.0, https://www.rssboard.org/rss-specification, with the
// self link that the RSS Advisory Board's best practices ask for.
type rssFeed struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title         string    `xml:"title"`
	Link          string    `xml:"link"`
	Description   string    `xml:"description"`
	Language      string    `xml:"language"`
	LastBuildDate string    `xml:"lastBuildDate"`
	Self          atomLink  `xml:"atom:link"`
	Items         []rssItem `xml:"item"`
}

type rssItem struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	Description string   `xml:"description"`
	Categories  []string `xml:"category"`
	GUID        rssGUID  `xml:"guid"`
	PubDate     string   `xml:"pubDate"`
}

type rssGUID struct {
	IsPermaLink bool   `xml:"isPermaLink,attr"`
	ID          string `xml:",chardata"`
}

// textAsHTML is a text that stays the same text for a reader that takes it for
// HTML, as many do with the description of a channel. A text that means the same
// as HTML is not escaped, since the other readers would show the escapes.
func textAsHTML(text string) string {
	if !strings.Contains(text, "<") && html.UnescapeString(text) == text {
		return text
	}
	return html.EscapeString(text)
}

func (h history) rss(w io.Writer) error {
	channel := rssChannel{
		Title:         h.Title,
		Link:          h.Home,
		Description:   textAsHTML(h.Description),
		Language:      h.Language,
		LastBuildDate: h.Updated.Format(time.RFC1123Z),
		Self:          atomLink{"self", "application/rss+xml", h.Self},
	}
	for _, e := range h.Entries {
		item := rssItem{
			Title:       e.Title,
			Link:        e.URL,
			Description: e.HTML,
			Categories:  e.Components,
			GUID:        rssGUID{false, e.ID},
			PubDate:     e.At.Format(time.RFC1123Z),
		}
		channel.Items = append(channel.Items, item)
	}
	return writeXML(w, rssFeed{Version: "2.0", Atom: "http://www.w3.org/2005/Atom", Channel: channel})
}
