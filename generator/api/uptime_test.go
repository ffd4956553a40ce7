package api_test

import (
	"encoding/csv"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/status"
)

func TestUptimeSaysItsFiguresWithTheirMethod(t *testing.T) {
	s := derived(t, hours(0))
	const web = "api/v2/components/web/uptime.json"
	figure := func(down, days float64) float64 { return math.Round((1-down/(days*86400))*1e8) / 1e8 }
	want := map[string]any{"last_30_days": figure(7200, 30), "last_90_days": figure(7200, 41), "last_365_days": figure(7200, 41)}
	if diff := cmp.Diff(any(want), dig(t, s, web, "uptime")); diff != "" {
		t.Errorf("of web:\n%s", diff)
	}
	want = map[string]any{"id": "8l4ygp009s5s", "name": "Web", "start_date": "2022-10-22"}
	if diff := cmp.Diff(any(want), dig(t, s, web, "component")); diff != "" {
		t.Errorf("of web:\n%s", diff)
	}
	want = map[string]any{"partial_outage": 0.3, "major_outage": 1.0}
	if diff := cmp.Diff(any(want), dig(t, s, web, "weights")); diff != "" {
		t.Errorf("of web:\n%s", diff)
	}
	if method := dig(t, s, web, "method").(string); !strings.Contains(method, "0.3 * seconds of partial outage + 1 * seconds of major outage") || !strings.Contains(method, "Etc/UTC") {
		t.Errorf("the method is %q", method)
	}
	if got, want := dig(t, s, "api/v2/components/push/uptime.json", "uptime", "last_90_days"), figure(0.3*3600, 11); got != want {
		t.Errorf("push has %v, want %v", got, want)
	}
}

func TestNoDataIsNull(t *testing.T) {
	s := derived(t, hours(24*90))
	const old = "api/v2/components/old/uptime.json" // retired 110 days before
	if got := dig(t, s, old, "uptime", "last_90_days"); got != nil {
		t.Errorf("the retired component has %v over 90 days", got)
	}
	if got := dig(t, s, old, "uptime", "last_365_days"); got == nil {
		t.Error("the retired component has nothing over 365 days")
	}
	days := dig(t, s, old, "days").([]any)
	if last := days[len(days)-1].(map[string]any); last["outages"] != nil {
		t.Errorf("today is %v", last)
	}
	s = derived(t, hours(0))
	days = dig(t, s, "api/v2/components/push/uptime.json", "days").([]any)
	got := []any{len(days), days[364-11], days[364-10], days[364-4]}
	want := []any{
		365,
		map[string]any{"date": "2022-11-20", "outages": nil, "related_events": []any{}},
		map[string]any{"date": "2022-11-21", "outages": map[string]any{"p": 0.0, "m": 0.0}, "related_events": []any{}},
		map[string]any{
			"date": "2022-11-27", "outages": map[string]any{"p": 3600.0, "m": 0.0},
			"related_events": []any{map[string]any{"name": "About half", "code": "half"}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestUptimeByMonth(t *testing.T) {
	s := derived(t, hours(0))
	month := func(name string, uptime, days, major float64) map[string]any {
		return map[string]any{"month": name, "uptime": uptime, "recorded_days": days, "outages": map[string]any{"p": 0.0, "m": major}}
	}
	want := []any{
		month("2022-10", 1, 10, 0),
		month("2022-11", math.Round((1-7200.0/(30*86400))*1e8)/1e8, 30, 7200),
		month("2022-12", 1, 1, 0),
	}
	if diff := cmp.Diff(any(want), dig(t, s, "api/v2/components/web/uptime.json", "months")); diff != "" {
		t.Error(diff)
	}
}

func TestUptimeListsTheDaysOfTheBars(t *testing.T) {
	s := derived(t, hours(0))
	s.Site.Uptime.Days = 366
	if days := dig(t, s, "api/v2/components/web/uptime.json", "days").([]any); len(days) != 366 {
		t.Errorf("it lists %d days", len(days))
	}
}

// A component on which nothing happens has a file that news elsewhere leaves
// as it is.
func TestUptimeDoesNotMoveOnWithOtherComponents(t *testing.T) {
	const push = "api/v2/components/push/uptime.json"
	if diff := cmp.Diff(string(fetch(t, derived(t, hours(-2)), push)), string(fetch(t, derived(t, hours(10)), push))); diff != "" {
		t.Error(diff)
	}
}

func TestTheTableHoldsEveryMonthOfEveryComponent(t *testing.T) {
	content := string(fetch(t, derived(t, hours(0)), status.UptimeTable))
	if lines := strings.Count(content, "\n"); lines != strings.Count(content, "\r\n") {
		t.Error("a line does not end in CRLF")
	}
	rows, err := csv.NewReader(strings.NewReader(content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"component_id", "component", "month", "uptime", "partial_outage_seconds", "major_outage_seconds", "recorded_days", "partial_outage_weight", "major_outage_weight", "counted_until"},
		{"8l4ygp009s5s", "Web", "2022-10", "1.00000000", "0", "0", "10", "0.3", "1", ""},
		{"8l4ygp009s5s", "Web", "2022-11", "0.99722222", "0", "7200", "30", "0.3", "1", ""},
		{"8l4ygp009s5s", "Web", "2022-12", "1.00000000", "0", "0", "1", "0.3", "1", ""},
		{"push", "Push", "2022-11", "0.99875000", "3600", "0", "10", "0.3", "1", ""},
		{"push", "Push", "2022-12", "1.00000000", "0", "0", "1", "0.3", "1", ""},
	}
	if diff := cmp.Diff(want, rows[:6]); diff != "" {
		t.Error(diff)
	}
	if last := rows[len(rows)-1]; last[0] != "old" || last[2] != "2022-11" || last[6] != "10" {
		t.Errorf("the retired component ends with %v", last)
	}
}

func TestTheTableHoldsNoFormula(t *testing.T) {
	for name, want := range map[string]string{
		"=HYPERLINK(1)": "'=HYPERLINK(1)", "+1": "'+1", "-1": "'-1", "@SUM": "'@SUM", "\tx": "'\tx",
		"a=b": "a=b", `say "hi", all`: `say "hi", all`, "Übung": "Übung",
	} {
		s := quiet()
		addComponent(s, status.Component{ID: "one", APIID: name, Name: name})
		rows, err := csv.NewReader(strings.NewReader(string(fetch(t, s, status.UptimeTable)))).ReadAll()
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		if diff := cmp.Diff([]string{want, want}, rows[1][:2]); diff != "" {
			t.Errorf("%q:\n%s", name, diff)
		}
	}
}
