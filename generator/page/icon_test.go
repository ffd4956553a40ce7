package page

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
)

func TestBrowsersWithoutSVGGetThePictureOfTheState(t *testing.T) {
	theme := defaultTheme(t)
	routes := theme.Routes(busy())
	for path, want := range map[string]string{
		"index.html": "assets/icon-partial.png", "embed/index.html": "../assets/icon-partial.png",
		"incidents/india/index.html": "../../assets/icon.png", "404.html": "/assets/icon.png",
	} {
		n := parsed(t, routes, path)
		if got := attribute(cascadia.Query(n, cascadia.MustCompile("link[rel='alternate icon']")), "href"); got != want {
			t.Errorf("%s has the picture %s, want %s", path, got, want)
		}
	}
	for _, path := range []string{"assets/icon-partial.png", "assets/icon-unknown.png", "assets/icon.png", "apple-touch-icon.png"} {
		if _, err := png.Decode(strings.NewReader(written(t, routes, path))); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	bad := written(t, routes, "favicon.ico")
	good := written(t, theme.Routes(snapshot(siteOf(), "2026-11-22 09:00")), "favicon.ico")
	if bad == good {
		t.Error("favicon.ico shows no state")
	}
	if again := written(t, theme.Routes(busy()), "favicon.ico"); again != bad {
		t.Error("the same state gives another favicon.ico")
	}
}

func TestASitesOwnIconIsOnEveryPage(t *testing.T) {
	s := busy()
	s.Site.Favicon = "brand/icon.png"
	routes := defaultTheme(t).Routes(s)
	for path, up := range map[string]string{"index.html": "", "incidents/india/index.html": "../../", "embed/index.html": "../"} {
		n := parsed(t, routes, path)
		if got := attribute(cascadia.Query(n, cascadia.MustCompile("link[rel=icon]:not([type])")), "href"); got != up+"brand/icon.png" {
			t.Errorf("%s has the icon %s", path, got)
		}
		if cascadia.Query(n, cascadia.MustCompile("link[rel='alternate icon']")) != nil {
			t.Errorf("%s has the theme's icon too", path)
		}
		for _, banner := range cascadia.QueryAll(n, cascadia.MustCompile("[data-icon]")) {
			if got := attribute(banner, "data-icon"); got != up+"brand/icon.png" {
				t.Errorf("the script would show %s on %s", got, path)
			}
		}
	}
}

func TestASiteHasItsOwnAccentAndALogoForDarkPages(t *testing.T) {
	s := busy()
	s.Site.Accent, s.Site.AccentDark = "#0a5f2a", "#7fd79d"
	s.Site.Logo, s.Site.LogoDark = "logo.svg", "logo-dark.svg"
	routes := defaultTheme(t).Routes(s)
	sheet := written(t, routes, "assets/style.css")
	plain := written(t, defaultTheme(t).Routes(busy()), "assets/style.css")
	own, ok := strings.CutPrefix(sheet, plain)
	if !ok || !strings.Contains(own, ":root { --accent: #0a5f2a; }") || !strings.Contains(own, "(prefers-color-scheme: dark) { :root { --accent: #7fd79d; } }") {
		t.Errorf("after the theme's style sheet stands %q", own)
	}
	if bytes.Contains([]byte(plain), []byte("The accent of site.yaml")) {
		t.Error("a site without an accent has one")
	}
	n := parsed(t, routes, "components/api/index.html")
	if got := attribute(cascadia.Query(n, cascadia.MustCompile("header picture source[media='(prefers-color-scheme: dark)']")), "srcset"); got != "../../logo-dark.svg" {
		t.Errorf("the dark logo is %q", got)
	}
	if got := attribute(cascadia.Query(n, cascadia.MustCompile("header picture img")), "src"); got != "../../logo.svg" {
		t.Errorf("the logo is %q", got)
	}
	s.Site.LogoDark = s.Site.Logo
	if got := all(parsed(t, defaultTheme(t).Routes(s), "index.html"), "header source"); len(got) != 0 {
		t.Error("one logo is there twice")
	}
}
