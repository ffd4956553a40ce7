package testimport

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Page is a status page that answers as Statuspage does.
type Page struct {
	Form       string           // the path of its history: history.json, or history; "" for none
	Now        time.Time        // the month of which the history begins with
	Page       any              // as every answer has it
	Components []any            // of the page
	Events     []map[string]any // as the API has them, newest created first

	Before func(w http.ResponseWriter, r *http.Request) bool // may answer in place of the page
	Asked  []string                                          // paths and queries, in order
}

// ServeHTTP answers a request, one at a time.
func (p *Page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.Asked = append(p.Asked, strings.TrimPrefix(r.URL.RequestURI(), "/"))
	if p.Before != nil && p.Before(w, r) {
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	code, single := strings.CutPrefix(name, "api/v2/incidents/")
	switch {
	case name == "api/v2/summary.json":
		write(w, map[string]any{"page": p.Page, "components": p.Components, "incidents": []any{}, "scheduled_maintenances": []any{}})
	case name == "api/v2/components.json":
		write(w, map[string]any{"page": p.Page, "components": p.Components})
	case name == "api/v2/incidents.json":
		write(w, map[string]any{"page": p.Page, "incidents": p.newest(false)})
	case name == "api/v2/scheduled-maintenances.json":
		write(w, map[string]any{"page": p.Page, "scheduled_maintenances": p.newest(true)})
	case name == p.Form && r.Header.Get("Accept") == "application/json":
		n, _ := strconv.Atoi(r.URL.Query().Get("page"))
		write(w, map[string]any{"components": p.Components, "months": p.months(max(n, 1))})
	case name == "history": // for a browser
		fmt.Fprint(w, "<!DOCTYPE html><title>History</title>")
	case single:
		i := slices.IndexFunc(p.Events, func(e map[string]any) bool { return e["id"] == strings.TrimSuffix(code, path.Ext(code)) })
		if i < 0 {
			http.NotFound(w, r)
			return
		}
		write(w, map[string]any{"page": p.Page, "incident": p.Events[i]})
	default:
		http.NotFound(w, r)
	}
}

func write(w http.ResponseWriter, answer any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		panic(err)
	}
}

// newest are the 50 newest incidents or maintenances.
func (p *Page) newest(planned bool) []map[string]any {
	list := []map[string]any{}
	for _, e := range p.Events {
		if (e["impact"] == "maintenance") == planned && len(list) < 50 {
			list = append(list, e)
		}
	}
	return list
}

// months are the three months of a page of the history.
func (p *Page) months(n int) []any {
	var months []any
	first := time.Date(p.Now.Year(), p.Now.Month(), 1, 0, 0, 0, 0, time.UTC)
	for i := range 3 {
		at := first.AddDate(0, -3*(n-1)-i, 0)
		events := []any{}
		for _, e := range p.Events {
			created, err := time.Parse(time.RFC3339, fmt.Sprint(e["created_at"]))
			if err != nil || !strings.HasPrefix(created.UTC().Format(time.DateOnly), at.Format("2006-01")) {
				continue
			}
			line := map[string]any{"code": e["id"], "name": e["name"], "impact": e["impact"], "timestamp": created.Format("Jan <var data-var='date'>2</var>, <var data-var='time'>15:04</var> UTC")}
			if updates, _ := e["incident_updates"].([]any); len(updates) > 0 {
				line["message"] = updates[0].(map[string]any)["body"]
			}
			events = append(events, line)
		}
		months = append(months, map[string]any{"name": at.Month().String(), "year": at.Year(), "starts_on": int(at.Weekday()), "days": 30, "incidents": events})
	}
	return months
}

// Clock is a clock that goes on only while somebody waits.
type Clock struct {
	At     time.Time
	Waited time.Duration
}

// Now is the instant that the clock shows.
func (c *Clock) Now() time.Time { return c.At }

// Wait turns the clock on.
func (c *Clock) Wait(ctx context.Context, d time.Duration) error {
	c.At, c.Waited = c.At.Add(d), c.Waited+d
	return ctx.Err()
}
