package page

import (
	"encoding/json"
	"html/template"
	"strings"
	"time"

	"allclear/generator/derive"
)

// The types of https://schema.org that describe pages, as JSON-LD 1.1
// (https://www.w3.org/TR/json-ld11/). An event is a live blog and each of its
// updates a posting, which search engines know from news.

type organization struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url"`
}

type website struct {
	Context    string `json:"@context"`
	Type       string `json:"@type"`
	Name       string `json:"name"`
	URL        string `json:"url"`
	InLanguage string `json:"inLanguage"`
}

type liveBlog struct {
	Context       string       `json:"@context"`
	Type          string       `json:"@type"`
	Headline      string       `json:"headline"`
	Description   string       `json:"description"`
	URL           string       `json:"url"`
	InLanguage    string       `json:"inLanguage"`
	Image         string       `json:"image,omitempty"`
	DatePublished string       `json:"datePublished"`
	DateModified  string       `json:"dateModified"`
	CoverageStart string       `json:"coverageStartTime"`
	CoverageEnd   string       `json:"coverageEndTime,omitempty"`
	Author        organization `json:"author"`
	Publisher     organization `json:"publisher"`
	Updates       []posting    `json:"liveBlogUpdate"`
}

type posting struct {
	Type          string `json:"@type"`
	Headline      string `json:"headline"`
	URL           string `json:"url"`
	DatePublished string `json:"datePublished"`
	Body          string `json:"articleBody,omitempty"`
}

const schema = "https://schema.org"

func (l *Localization) siteData(s *derive.Snapshot) template.JS {
	return linkedData(website{schema, "WebSite", l.siteTitle(s.Site), s.Site.Absolute(s.Site.Prefix(l.language)), l.language})
}

func (l *Localization) eventData(s *derive.Snapshot, e *derive.Event, p *EventPage) template.JS {
	owner := organization{"Organization", l.siteTitle(s.Site), s.Site.Absolute("")}
	blog := liveBlog{
		Context: schema, Type: "LiveBlogPosting",
		Headline: p.Heading, Description: p.Description, URL: p.Canonical, InLanguage: l.language,
		DatePublished: l.catalog.ISO(e.CreatedAt), DateModified: l.catalog.ISO(e.UpdatedAt),
		CoverageStart: l.catalog.ISO(e.CreatedAt),
		Author:        owner, Publisher: owner,
		Updates: make([]posting, 0, len(e.Updates)),
	}
	if p.Picture != nil {
		blog.Image = p.Picture.URL
	}
	if !e.Open() {
		blog.CoverageEnd = l.catalog.ISO(e.UpdatedAt)
	}
	for _, u := range e.Updates {
		text, _ := l.text(u)
		blog.Updates = append(blog.Updates, posting{
			"BlogPosting", l.eventLabel(u.Status), p.Canonical + "#" + u.Anchor(), u.At.Format(time.RFC3339), text.Plain,
		})
	}
	return linkedData(blog)
}

// linkedData is a value in JSON. Package json escapes <, > and &, so no text can
// end the <script> element around it.
func linkedData(v any) template.JS {
	var text strings.Builder
	if err := json.NewEncoder(&text).Encode(v); err != nil {
		return "" // can't happen: structs of strings always have a JSON form
	}
	return template.JS(strings.TrimSuffix(text.String(), "\n"))
}
