package api

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/status"
)

// recordDays is how many days a component's uptime lists at least; more where
// the bars show more.
const recordDays = 365

// uptimeOf names the component that an uptime is of.
type uptimeOf struct {
	ID        string  `json:"id"`
	Name      string  `json:"name"` // "Group - Component" for a grouped one
	StartDate *string `json:"start_date"`
}

// weights is what a second of an outage counts, 0 to 1.
type weights struct {
	PartialOutage float64 `json:"partial_outage"`
	MajorOutage   float64 `json:"major_outage"`
}

// uptimeLast is the uptime of the last days, null for no data.
type uptimeLast struct {
	Days30  *float64 `json:"last_30_days"`
	Days90  *float64 `json:"last_90_days"`
	Days365 *float64 `json:"last_365_days"`
}

// uptimeMonth is the uptime of a month's recorded days.
type uptimeMonth struct {
	Month        string   `json:"month"` // YYYY-MM
	Uptime       *float64 `json:"uptime"`
	RecordedDays int      `json:"recorded_days"`
	Outages      outages  `json:"outages"`
}

// outages is how many seconds of outage there were.
type outages struct {
	Partial int64 `json:"p"`
	Major   int64 `json:"m"`
}

// uptimeDay is a day as the page of a Statuspage holds it for its bars.
type uptimeDay struct {
	Date          string         `json:"date"`    // YYYY-MM-DD in the page's zone
	Outages       *outages       `json:"outages"` // null where the day is not recorded
	RelatedEvents []relatedEvent `json:"related_events"`
}

type relatedEvent struct {
	Name string `json:"name"`
	Code string `json:"code"`
}

// uptimeRoute is the record of one component. It changes with the component
// and the date alone, so the page says no updated_at.
func uptimeRoute(s *derive.Snapshot, c *derive.Component) output.Route {
	return output.Route{Path: c.UptimeAPIPath(), Kind: output.Data, Origin: c.Component.Position, Write: func(w io.Writer) error {
		rule := s.Site.Uptime
		days := s.Days(c, max(recordDays, rule.Days))
		last := func(n int) *float64 { return rounded(s.Last(c, n).Uptime(rule)) }
		return answer{
			{"page", newPage(s.Site)},
			{"component", uptimeOf{ID: c.Code(), Name: c.FullName(), StartDate: dateOrNil(c.StartDate)}},
			{"method", method(s.Site)},
			{"weights", weights{rule.PartialOutage, rule.MajorOutage}},
			{"uptime", uptimeLast{Days30: last(30), Days90: last(90), Days365: last(365)}},
			{"months", uptimeMonths(s, c)},
			{"days", uptimeDays(days)},
		}.write(w)
	}}
}

// method says in words how every figure of uptime is reached.
func method(site *status.Site) string {
	return fmt.Sprintf("uptime = 1 - (%s * seconds of partial outage + %s * seconds of major outage) / seconds of the recorded days. "+
		"Degraded performance and maintenance count as up. Where events overlap, the worst status counts once. "+
		"Days run from midnight to midnight in %s; today counts as a whole day. "+
		"Days are recorded from the component's start_date on, or else from the site's first event, until it is retired; "+
		"without a recorded day there is no figure.",
		decimal(site.Uptime.PartialOutage), decimal(site.Uptime.MajorOutage), zoneName(site))
}

func uptimeMonths(s *derive.Snapshot, c *derive.Component) []uptimeMonth {
	months := []uptimeMonth{}
	for _, m := range s.RecordedMonths(c) {
		months = append(months, uptimeMonth{
			Month:        m.From.Format("2006-01"),
			Uptime:       rounded(m.Uptime(s.Site.Uptime)),
			RecordedDays: m.Days,
			Outages:      outages{seconds(m.Partial), seconds(m.Major)},
		})
	}
	return months
}

func uptimeDays(days []derive.Day) []uptimeDay {
	all := make([]uptimeDay, 0, len(days))
	for _, d := range days {
		made := uptimeDay{Date: d.Date.Format(time.DateOnly), RelatedEvents: []relatedEvent{}}
		if d.Recorded {
			made.Outages = &outages{seconds(d.Partial), seconds(d.Major)}
		}
		for _, e := range d.Events {
			made.RelatedEvents = append(made.RelatedEvents, relatedEvent{Name: e.Title, Code: e.Code()})
		}
		all = append(all, made)
	}
	return all
}

func seconds(d time.Duration) int64 { return int64(d / time.Second) }

// rounded is a fraction to eight places, of which one second of partial
// outage in a year still moves the last; nil for no data.
func rounded(fraction float64, ok bool) *float64 {
	if !ok {
		return nil
	}
	fraction = math.Round(fraction*1e8) / 1e8
	return &fraction
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
