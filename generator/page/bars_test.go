package page

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/derive"
	"allclear/generator/status"
)

func TestTheBarOfAWorseDayIsHigher(t *testing.T) {
	days := []derive.Day{
		{},
		{Recorded: true},
		{Recorded: true, Worst: status.UnderMaintenance},
		{Recorded: true, Worst: status.DegradedPerformance},
		{Recorded: true, Worst: status.PartialOutage},
		{Recorded: true, Worst: status.MajorOutage},
		{Recorded: true},
		{Recorded: true, Noticed: true},
	}
	want := Bars{
		Summary: "Last 7 days: 2 days with an outage",
		Last:    "0001-01-01",
		Width:   38,
		Paths: []BarPath{
			{"operational", "M5 16h3v16h-3zM30 16h3v16h-3z"},
			{"maintenance", "M10 16h3v16h-3zm1 1v14h1v-14z"},
			{"degraded", "M15 11h3v21h-3z"},
			{"partial", "M20 6h3v26h-3z"},
			{"major", "M25 0h3v32h-3z"},
			{"notice", "M35 16h3v16h-3zm0 4v3h3v-3z"},
			{"unrecorded", "M0 30h3v2h-3z"},
		},
	}
	if diff := cmp.Diff(want, inEnglish(t).bars(days)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAComponentWithoutARecordSaysSo(t *testing.T) {
	theme := inEnglish(t)
	if got := theme.bars([]derive.Day{{}, {}}).Summary; got != "No data recorded yet" {
		t.Errorf("the bars say %q", got)
	}
}
