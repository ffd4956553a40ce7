package api

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/status"
)

// recordDays is how many days a component's uptime lists at least; more if the
// bars show more.
const recordDays = 365

// UptimeDocument is the uptime of one component.
type UptimeDocument struct {
	Page         Page            `json:"page"`
	Component    UptimeComponent `json:"component"`
	Method       string          `json:"method"` // how every figure is reached, in words
	Weights      UptimeWeights   `json:"weights"`
	CountedUntil *Timestamp      `json:"counted_until"` // up to when an outage that is open now counts in every figure; null if none is open
	Uptime       UptimeLast      `json:"uptime"`
	Months       []UptimeMonth   `json:"months"` // every month with a recorded day, oldest first
	Days         []UptimeDay     `json:"days"`   // the last 365 days, oldest first, today the last of them; 366 if the site's bars show as many
}

// UptimeComponent is the component that has this uptime.
type UptimeComponent struct {
	ID        string  `json:"id"`                                  // the component's id
	Name      string  `json:"name"`                                // its name; "Group - Component" if another component has the same name
	StartDate *string `json:"start_date" jsonschema:"format=date"` // the first date of its record, in the page's zone; null if the site does not give it
}

// UptimeWeights is how much of a second of each kind of outage counts as down, 0 to 1.
type UptimeWeights struct {
	PartialOutage float64 `json:"partial_outage" jsonschema:"minimum=0,maximum=1"` // for partial_outage
	MajorOutage   float64 `json:"major_outage" jsonschema:"minimum=0,maximum=1"`   // for major_outage
}

// UptimeLast is the fraction of the last days that the component was up; the last of them is today, which counts as a whole day.
type UptimeLast struct {
	Days30  *float64 `json:"last_30_days" jsonschema:"minimum=0,maximum=1"`  // of the recorded days among the last 30; null if none is
	Days90  *float64 `json:"last_90_days" jsonschema:"minimum=0,maximum=1"`  // of the recorded days among the last 90; null if none is
	Days365 *float64 `json:"last_365_days" jsonschema:"minimum=0,maximum=1"` // of the recorded days among the last 365; null if none is
}

// UptimeMonth is a month of a component's record.
type UptimeMonth struct {
	Month        string  `json:"month" jsonschema:"pattern=^[0-9]{4}-[0-9]{2}$"`  // year and month in the page's zone
	Uptime       float64 `json:"uptime" jsonschema:"minimum=0,maximum=1"`         // the fraction of its recorded days that the component was up
	RecordedDays int     `json:"recorded_days" jsonschema:"minimum=1,maximum=31"` // how many of its days are recorded, including today
	Outages      Outages `json:"outages"`
}

// Outages is how many seconds of outage there were; where events overlap, the worst status counts once.
type Outages struct {
	Partial int64 `json:"p" jsonschema:"minimum=0"` // seconds of partial_outage
	Major   int64 `json:"m" jsonschema:"minimum=0"` // seconds of major_outage
}

// UptimeDay is a day of a component's record, from midnight to midnight in the page's zone.
type UptimeDay struct {
	Date          string         `json:"date" jsonschema:"format=date"` // in the page's zone
	Outages       *Outages       `json:"outages"`                       // null if the day is not recorded
	RelatedEvents []RelatedEvent `json:"related_events"`                // newest first
}

// RelatedEvent is an event because of which the component was not operational on that day.
type RelatedEvent struct {
	Name string `json:"name"` // the event's title
	Code string `json:"code"` // the event's id
}

// uptimeRoutes are the record of one component, at each of its paths. It changes only with the
// component and the date, so its page has no updated_at.
func uptimeRoutes(s snapshot, c *derive.Component) []output.Route {
	return atPaths(c.UptimeAPIPaths(), c.Component.Position, func(w io.Writer) error {
		rule := s.Site.Uptime
		days := s.Days(c, max(recordDays, rule.Days))
		last := func(n int) *float64 { return rounded(s.Last(c, n).Uptime(rule)) }
		return write(w, UptimeDocument{
			Page:         newPage(s.Site),
			Component:    UptimeComponent{ID: c.Code(), Name: c.UniqueName(s.Site.Language), StartDate: dateOrNil(c.StartDate)},
			Method:       method(s.Site),
			Weights:      UptimeWeights{rule.PartialOutage, rule.MajorOutage},
			CountedUntil: s.countedUntil(c),
			Uptime:       UptimeLast{Days30: last(30), Days90: last(90), Days365: last(365)},
			Months:       uptimeMonths(s, c),
			Days:         uptimeDays(days),
		})
	})
}

// countedUntil is the instant up to which an open outage counts; nil for none.
func (s snapshot) countedUntil(c *derive.Component) *Timestamp {
	if !c.Outage() {
		return nil
	}
	until := stamp(s.At)
	return &until
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

func uptimeMonths(s snapshot, c *derive.Component) []UptimeMonth {
	months := []UptimeMonth{}
	for _, m := range s.RecordedMonths(c) {
		months = append(months, UptimeMonth{
			Month:        m.From.Format("2006-01"),
			Uptime:       *rounded(m.Uptime(s.Site.Uptime)), // never nil: the month has a recorded day
			RecordedDays: m.Days,
			Outages:      Outages{seconds(m.Partial), seconds(m.Major)},
		})
	}
	return months
}

func uptimeDays(days []derive.Day) []UptimeDay {
	all := make([]UptimeDay, 0, len(days))
	for _, d := range days {
		made := UptimeDay{Date: d.Date.Format(time.DateOnly), RelatedEvents: []RelatedEvent{}}
		if d.Recorded {
			made.Outages = &Outages{seconds(d.Partial), seconds(d.Major)}
		}
		for _, e := range d.Events {
			made.RelatedEvents = append(made.RelatedEvents, RelatedEvent{Name: e.Title, Code: e.Code()})
		}
		all = append(all, made)
	}
	return all
}

func seconds(d time.Duration) int64 { return int64(d / time.Second) }

// rounded is a fraction to eight places, enough to show one second of partial
// outage in a year; nil for no data.
func rounded(fraction float64, ok bool) *float64 {
	if !ok {
		return nil
	}
	fraction = math.Round(fraction*1e8) / 1e8
	return &fraction
}

func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// uptimeTable is every component's uptime by month as comma-separated values,
// RFC 4180, for a spreadsheet. Each row has the weights behind its figure.
func uptimeTable(s snapshot) output.Route {
	return output.Route{Path: status.UptimeTable, Kind: output.Data, Shared: true, Write: func(w io.Writer) error {
		table := csv.NewWriter(w)
		table.UseCRLF = true
		_ = table.Write([]string{ // table keeps its first error, and Error returns it
			"component_id", "component", "month", "uptime", "partial_outage_seconds", "major_outage_seconds",
			"recorded_days", "partial_outage_weight", "major_outage_weight", "counted_until",
		})
		for _, c := range s.Components {
			for _, m := range s.RecordedMonths(c) {
				_ = table.Write(s.row(c, m))
			}
		}
		table.Flush()
		return table.Error()
	}}
}

func (s snapshot) row(c *derive.Component, m derive.Record) []string {
	rule := s.Site.Uptime
	fraction, _ := m.Uptime(rule) // a recorded month has a figure
	until := ""
	if m.Open >= status.PartialOutage {
		until = string(stamp(s.At))
	}
	return []string{
		cell(c.Code()), cell(c.UniqueName(s.Site.Language)), m.From.Format("2006-01"),
		strconv.FormatFloat(fraction, 'f', 8, 64),
		strconv.FormatInt(seconds(m.Partial), 10), strconv.FormatInt(seconds(m.Major), 10), strconv.Itoa(m.Days),
		decimal(rule.PartialOutage), decimal(rule.MajorOutage), until,
	}
}

// cell is a text that no spreadsheet runs as a formula,
// https://owasp.org/www-community/attacks/CSV_Injection
func cell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
