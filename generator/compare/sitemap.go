package compare

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"strings"
)

// readSitemap lists the addresses of a sitemap, and of those that it names.
// https://www.sitemaps.org/protocol.html
func (s *site) readSitemap() error {
	files := []string{"sitemap.xml"}
	for len(files) > 0 {
		file := files[0]
		files = files[1:]
		data, err := s.Read(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		var parsed struct {
			Pages []struct {
				Loc string `xml:"loc"`
			} `xml:"url"`
			Sitemaps []struct {
				Loc string `xml:"loc"`
			} `xml:"sitemap"`
		}
		if err == nil {
			err = xml.Unmarshal(data, &parsed)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		for _, page := range parsed.Pages {
			s.addresses[s.fromRoot(page.Loc)] = true
		}
		if file == "sitemap.xml" {
			for _, other := range parsed.Sitemaps {
				files = append(files, path.Base(s.fromRoot(other.Loc)))
			}
		}
	}
	return nil
}

// fromRoot is an address of the site without the site's own URL.
func (s *site) fromRoot(location string) string {
	root := strings.TrimSuffix(s.status.Page.URL, "/")
	if rest, found := strings.CutPrefix(location, root+"/"); found && root != "" {
		return "/" + rest
	}
	if u, err := url.Parse(location); err == nil {
		return u.Path
	}
	return location
}
