package feed

import (
	"encoding/json"
	"io"
	"time"
)

// jsonFeed is JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/
type jsonFeed struct {
	Version     string       `json:"version"`
	Title       string       `json:"title"`
	HomePageURL string       `json:"home_page_url"`
	FeedURL     string       `json:"feed_url"`
	Description string       `json:"description"`
	Authors     []jsonAuthor `json:"authors"`
	Language    string       `json:"language"`
	Items       []jsonItem   `json:"items"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

type jsonItem struct {
	ID            string   `json:"id"`
	URL           string   `json:"url"`
	Title         string   `json:"title"`
	ContentHTML   string   `json:"content_html"`
	DatePublished string   `json:"date_published"`
	DateModified  string   `json:"date_modified"`
	Tags          []string `json:"tags,omitempty"`
}

func (h history) json(w io.Writer) error {
	feed := jsonFeed{
		Version:     "https://jsonfeed.org/version/1.1",
		Title:       h.Title,
		HomePageURL: h.Home,
		FeedURL:     h.Self,
		Description: h.Description,
		Authors:     []jsonAuthor{{h.Author}},
		Language:    h.Language,
		Items:       []jsonItem{},
	}
	for _, e := range h.Entries {
		item := jsonItem{
			ID:            e.ID,
			URL:           e.URL,
			Title:         e.Title,
			ContentHTML:   e.HTML,
			DatePublished: e.At.Format(time.RFC3339),
			Tags:          e.Components,
			DateModified:  e.Changed.Format(time.RFC3339),
		}
		feed.Items = append(feed.Items, item)
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(feed)
}
