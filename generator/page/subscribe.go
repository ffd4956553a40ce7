package page

import (
	"html/template"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// SubscribePage says how to subscribe, subscribe.html. Its addresses are absolute,
// since readers copy them.
type SubscribePage struct {
	Base
	Ways    []SiteLink // what site.yaml names: e-mail, text messages
	Own     Subscription
	RSS     string
	JSON    string
	Status  string // the status as JSON, in the form of Statuspage's API
	OpenAPI string
	Text    string // the status as plain text
	Groups  []SubscriptionGroup
}

// Subscription is what can be subscribed to for the site or for a component.
type Subscription struct {
	Feed     string       // the address of its Atom feed
	Calendar string       // the address of its calendar
	WebCal   template.URL // the same for the reader's own calendar, webcal://…
}

// SubscriptionGroup is components under one heading; Name is empty for those at
// top level.
type SubscriptionGroup struct {
	Name string
	Rows []ComponentSubscription
}

// ComponentSubscription is a component's own feed and calendar.
type ComponentSubscription struct {
	ID   string // for links to it: subscribe/#component-…
	Name string
	Subscription
}

func (l *Localization) subscribe(s *derive.Snapshot) SubscribePage {
	p := SubscribePage{
		Base: l.base(s, upFrom(status.SubscribePath), status.SubscribePath),
		Ways: l.siteLinks(s.Site.Subscribe), Own: subscription(s.Site, ""),
		RSS: s.Site.Absolute("history.rss"), JSON: s.Site.Absolute("feed.json"),
		Status: s.Site.Absolute("api/v2/summary.json"), OpenAPI: s.Site.Absolute("api/openapi.json"),
		Text: s.Site.Absolute("status.txt"),
	}
	p.Section = "subscribe"
	p.Title = l.catalog.Text("subscribe.title")
	p.Description = l.catalog.Text("subscribe.description", "site", l.siteTitle(s.Site))
	for _, g := range l.grouped(s) {
		group := SubscriptionGroup{Name: g.name}
		for _, c := range g.members {
			group.Rows = append(group.Rows, ComponentSubscription{
				ID: c.ID, Name: l.name(c.Component), Subscription: subscription(s.Site, c.Path()),
			})
		}
		p.Groups = append(p.Groups, group)
	}
	return p
}

// subscription is the feed and the calendar in a folder.
func subscription(site *status.Site, folder string) Subscription {
	own := Subscription{Feed: site.Absolute(folder + "history.atom"), Calendar: site.Absolute(folder + "maintenance.ics")}
	_, address, _ := strings.Cut(own.Calendar, "://")
	own.WebCal = template.URL("webcal://" + address)
	return own
}
