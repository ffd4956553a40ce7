package page

import (
	"fmt"
	"io"
	"path"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/picture"
	"allclear/generator/status"
	"allclear/generator/tone"
)

// The icons for browsers and phones that show no SVG. Browsers ask for the first
// at the root of a host, unasked; phones for the second.
const (
	plainIcon  = Assets + "icon.png"
	faviconICO = "favicon.ico"
	touchIcon  = "apple-touch-icon.png"
)

const pngSize = 48

// iconTones are the tones that a site's icon can have.
var iconTones = []tone.Tone{tone.Operational, tone.Notice, tone.Maintenance, tone.Degraded, tone.Partial, tone.Major, tone.Unknown}

// icons are the pictures of the tones, and what is asked for at the root. A site
// or a theme may have its own in place of each.
func (t *Theme) icons(s *derive.Snapshot) []output.Route {
	routes := []output.Route{
		{Path: touchIcon, Kind: output.Asset, Write: func(w io.Writer) error { return picture.Plain(w, picture.TouchSize) }},
		{Path: plainIcon, Kind: output.Asset, Write: func(w io.Writer) error { return picture.Plain(w, pngSize) }},
		{Path: faviconICO, Kind: output.Data, Write: func(w io.Writer) error { return picture.ICO(w, stateTone(s)) }},
	}
	for _, shown := range iconTones {
		routes = append(routes, output.Route{
			Path: Assets + "icon-" + shown.Name + ".png", Kind: output.Asset,
			Write: func(w io.Writer) error { return picture.Icon(w, shown, pngSize) },
		})
	}
	for i := range routes {
		routes[i].Replaceable = true
	}
	return routes
}

// stateTone is the tone of the site's status, as the verdict has it. An open
// incident of no severity is a notice: not all is well, yet nothing is down.
func stateTone(s *derive.Snapshot) tone.Tone {
	if s.Banner.Speaker != nil && s.Banner.Indicator == status.IndicatorNone {
		return tone.Notice
	}
	return tone.OfIndicator(s.Banner.Indicator)
}

// withIcon is the shell with the icon of a tone, "" for a page without a state, or
// with the site's own.
func (sh Shell) withIcon(site *status.Site, toneName string) Shell {
	name := "icon"
	if toneName != "" {
		name += "-" + toneName
	}
	sh.Icon, sh.IconPNG = sh.Root+Assets+name+".svg", sh.Root+Assets+name+".png"
	if site.Favicon != "" {
		sh.Icon, sh.IconPNG = sh.Root+site.Favicon, ""
	}
	sh.Touch = sh.Root + touchIcon
	return sh
}

// brandCSS is what the style sheet of the theme has after it: the site's accent.
func brandCSS(site *status.Site) string {
	if site.Accent == "" {
		return ""
	}
	return fmt.Sprintf("\n/* The accent of site.yaml */\n:root { --accent: %s; }\n@media (prefers-color-scheme: dark) { :root { --accent: %s; } }\n",
		site.Accent, site.AccentDark)
}

// route is a static file of the theme.
func (a asset) route(site *status.Site) output.Route {
	name := a.path[len("static/"):]
	return output.Route{Path: path.Join(Assets, name), Kind: output.Asset, Origin: a.position(), Write: func(w io.Writer) error {
		if _, err := w.Write(a.data); err != nil {
			return err
		}
		if name != "style.css" {
			return nil
		}
		_, err := io.WriteString(w, brandCSS(site))
		return err
	}}
}
