package page

import (
	"slices"
	"testing"

	"github.com/andybalholm/cascadia"

	"allclear/generator/status"
)

func TestEveryPageLeadsToSubscribing(t *testing.T) {
	routes := defaultTheme(t).Routes(busy())
	for path, want := range map[string]string{
		"index.html": "subscribe/", "history/2026/11/index.html": "../../../subscribe/", "404.html": "/subscribe/",
	} {
		link := cascadia.Query(parsed(t, routes, path), cascadia.MustCompile("header a.subscribe"))
		if link == nil || attribute(link, "href") != want || text(link) != "Subscribe" {
			t.Errorf("%s does not lead to %s", path, want)
		}
	}
}

func TestThePageSaysHowToSubscribeToTheSiteAndToAComponent(t *testing.T) {
	s := siteOf()
	s.Subscribe = []status.Link{{Name: "E-mail", URL: "https://example.com/mail"}}
	routes := defaultTheme(t).Routes(snapshot(s, "2026-11-22 12:00"))
	n := parsed(t, routes, "subscribe/index.html")
	if got := all(n, "main h2"); !slices.Equal(got, []string{"Directly from Example", "Chat", "Feed reader", "Calendar", "Programs", "One component only"}) {
		t.Errorf("the ways are %q", got)
	}
	if got := all(n, ".copy"); !slices.Equal(got, []string{
		"/feed subscribe https://status.example.com/history.atom", "https://status.example.com/history.atom",
		"https://status.example.com/maintenance.ics", "https://status.example.com/api/v2/summary.json", "curl https://status.example.com/status.txt",
	}) {
		t.Errorf("the addresses are %q", got)
	}
	for selector, want := range map[string][]string{
		".choices a":                          {"https://example.com/mail"},
		".ways section .button[href^=webcal]": {"webcal://status.example.com/maintenance.ics"},
		"#subscribe-sdk a":                    {"https://status.example.com/components/sdk/history.atom", "webcal://status.example.com/components/sdk/maintenance.ics"},
	} {
		var got []string
		for _, link := range cascadia.QueryAll(n, cascadia.MustCompile(selector)) {
			got = append(got, attribute(link, "href"))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s leads to %q, want %q", selector, got, want)
		}
	}
	own := parsed(t, routes, "components/sdk/index.html")
	if got := all(own, ".copy"); !slices.Equal(got, []string{"/feed subscribe https://status.example.com/components/sdk/history.atom", "https://status.example.com/components/sdk/history.atom"}) {
		t.Errorf("the page of a component says %q", got)
	}
	if got := all(n, ".subscriptions [scope=row]"); !slices.Equal(got, []string{"Api", "Dashboard", "Reports", "Sdk", "Webhooks"}) {
		t.Errorf("the components are %q", got)
	}
}

func TestASiteChoosesWhichOfItsLinksAreInTheHeader(t *testing.T) {
	s := siteOf()
	s.Links = []status.Link{{Name: "Support", URL: "https://example.com/a"}, {Name: "Report a problem", URL: "https://example.com/b", Header: true}}
	n := parsed(t, defaultTheme(t).Routes(snapshot(s, "2026-11-22 12:00")), "index.html")
	if got := all(n, ".header-links a"); !slices.Equal(got, []string{"Report a problem"}) {
		t.Errorf("in the header: %q", got)
	}
	if got := all(n, "footer > div > ul a"); !slices.Equal(got, []string{"Support", "Report a problem"}) {
		t.Errorf("in the footer: %q", got)
	}
}
