package render

import (
	"io"
	"slices"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/source"
	"allclear/generator/status"
)

// staticRoutes copies the site's own files unchanged. They are data, except for
// those that site.yaml names as code.
func staticRoutes(site *status.Site, static []source.Static) []output.Route {
	var routes []output.Route
	for _, f := range static {
		isCode := f.Path == site.CSS || slices.Contains(site.StaticCode, f.Path)
		routes = append(routes, output.Route{Path: f.Path, Kind: output.Asset, Origin: f.Position, Inert: !isCode, Write: func(w io.Writer) error {
			file, err := f.Open()
			if err != nil {
				return err
			}
			defer file.Close()
			_, err = io.Copy(w, file)
			return err
		}})
	}
	return routes
}

// withoutReplaced leaves out the replaceable routes whose path another one has.
func withoutReplaced(routes []output.Route) []output.Route {
	taken := map[string]bool{} // each replaceable path
	for _, r := range routes {
		if r.Replaceable {
			taken[r.Path] = false
		}
	}
	for _, r := range routes {
		if _, replaceable := taken[r.Path]; replaceable && !r.Replaceable {
			taken[r.Path] = true
		}
	}
	return slices.DeleteFunc(routes, func(r output.Route) bool { return r.Replaceable && taken[r.Path] })
}

// robots allows every crawler and names the sitemap,
// https://www.rfc-editor.org/rfc/rfc9309
func robots(s *derive.Snapshot) output.Route {
	return text("robots.txt", "User-agent: *\nAllow: /\n\nSitemap: "+s.Site.Absolute("sitemap.xml")+"\n")
}

// text is a file with a given content.
func text(path, content string) output.Route {
	return output.Route{Path: path, Kind: output.Data, Write: func(w io.Writer) error {
		_, err := io.Copy(w, strings.NewReader(content))
		return err
	}}
}
