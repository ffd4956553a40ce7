package page

import (
	"testing"

	"allclear/generator/derive"
	"allclear/generator/status"
)

func TestTheSentenceSaysWhatHappenedAndTheStatus(t *testing.T) {
	theme := inEnglish(t)
	of := func(n int) []*status.Component { return siteOf().Components[:n] }
	opened := said("2022-12-01 04:03", status.Investigating, "")
	resolved := said("2022-12-01 11:48", status.Resolved, "")
	announced := said("2022-11-20 09:00", status.Scheduled, "")
	started := incident("e", "T", status.Major, of(1), opened, resolved)
	started.Started, started.Ended = at("2022-11-30 23:00"), at("2022-12-01 01:30")

	const below = " the full update timeline is below."
	for _, test := range []struct {
		name  string
		event *status.Event
		now   string
		want  string
	}{
		{"resolved", incident("e", "T", status.Major, of(1), opened, resolved), "2023-01-01 00:00",
			"Example experienced a major incident on December 1, 2022 affecting Api, lasting 7h 45m. The incident has been resolved;" + below},
		{"no component", incident("e", "T", status.Minor, nil, opened, resolved), "2023-01-01 00:00",
			"Example experienced a minor incident on December 1, 2022, lasting 7h 45m. The incident has been resolved;" + below},
		{"two components", incident("e", "T", status.Critical, of(2), opened, resolved), "2023-01-01 00:00",
			"Example experienced a critical incident on December 1, 2022 affecting Api and Dashboard, lasting 7h 45m. The incident has been resolved;" + below},
		{"three components", incident("e", "T", status.Major, of(3), opened, resolved), "2023-01-01 00:00",
			"Example experienced a major incident on December 1, 2022 affecting Api, Dashboard and Reports, lasting 7h 45m. The incident has been resolved;" + below},
		{"more than three components", incident("e", "T", status.Major, of(5), opened, resolved), "2023-01-01 00:00",
			"Example experienced a major incident on December 1, 2022 affecting Api, Dashboard, Reports and 2 more, lasting 7h 45m. The incident has been resolved;" + below},
		{"no severity", incident("e", "T", status.None, nil, opened, resolved), "2023-01-01 00:00",
			"Example experienced an incident on December 1, 2022, lasting 7h 45m. The incident has been resolved;" + below},
		{"no length", incident("e", "T", status.None, nil, resolved), "2023-01-01 00:00",
			"Example experienced an incident on December 1, 2022. The incident has been resolved;" + below},
		{"several days, told by started and ended", started, "2023-01-01 00:00",
			"Example experienced a major incident from November 30, 2022 to December 1, 2022 affecting Api, lasting 2h 30m. The incident has been resolved;" + below},
		{"postmortem", incident("e", "T", status.Minor, nil, opened, resolved, said("2022-12-09 10:00", status.Postmortem, "")), "2023-01-01 00:00",
			"Example experienced a minor incident on December 1, 2022, lasting 7h 45m. The incident has been resolved; the full update timeline, with a postmortem, is below."},
		{"open", incident("e", "T", status.Major, of(1), opened, said("2022-12-01 05:00", status.Monitoring, "")), "2022-12-01 09:00",
			"Example has been experiencing a major incident since 04:03 AM UTC on December 1, 2022, affecting Api. Current status: monitoring. See the full timeline below."},
		{"open without a component", incident("e", "T", status.None, nil, opened), "2022-12-01 09:00",
			"Example has been experiencing an incident since 04:03 AM UTC on December 1, 2022. Current status: investigating. See the full timeline below."},
		{"maintenance to come", maintenance("e", "T", "2022-12-01 04:00", "2022-12-01 06:00", of(1), announced), "2022-11-25 00:00",
			"Example has scheduled maintenance for Dec 01, 2022, 04:00 AM to 06:00 AM UTC, affecting Api. The full update timeline is below."},
		{"maintenance over midnight", maintenance("e", "T", "2022-12-01 23:00", "2022-12-02 01:00", nil, announced), "2022-11-25 00:00",
			"Example has scheduled maintenance for Dec 01, 2022, 11:00 PM UTC to Dec 02, 2022, 01:00 AM UTC. The full update timeline is below."},
		{"maintenance that the clock began", maintenance("e", "T", "2022-12-01 04:00", "2022-12-01 06:00", of(1), announced), "2022-12-01 05:00",
			"Example has been carrying out scheduled maintenance since 04:00 AM UTC on December 1, 2022, affecting Api. Current status: in progress. See the full timeline below."},
		{"maintenance being verified", maintenance("e", "T", "2022-12-01 04:00", "2022-12-01 06:00", nil, announced, said("2022-12-01 05:30", status.Verifying, "")), "2022-12-01 05:45",
			"Example has been carrying out scheduled maintenance since 04:00 AM UTC on December 1, 2022. Current status: verifying. See the full timeline below."},
		{"maintenance that the clock completed", maintenance("e", "T", "2022-12-01 04:00", "2022-12-01 06:00", of(1), announced), "2022-12-05 00:00",
			"Example carried out scheduled maintenance on December 1, 2022 affecting Api, lasting 2h. The maintenance has been completed;" + below},
		{"maintenance cancelled", maintenance("e", "T", "2022-12-01 04:00", "2022-12-01 06:00", of(1), announced, said("2022-11-28 10:00", status.Cancelled, "")), "2022-12-05 00:00",
			"Example cancelled the maintenance scheduled for Dec 01, 2022, 04:00 AM to 06:00 AM UTC. The full update timeline is below."},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := snapshot(siteWith(test.event), test.now)
			if got := theme.sentence(s, s.Events[0]).plain(); got != test.want {
				t.Errorf("\n got %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestComponentsOfOneNameAreToldApartByTheirGroups(t *testing.T) {
	named := func(group string) derive.Affected {
		c := &status.Component{Name: "API", Group: &status.Group{Name: group}, SameName: true}
		return derive.Affected{Component: &derive.Component{Component: c}}
	}
	for _, test := range []struct {
		want     string
		affected []derive.Affected
	}{
		{"East - API and West - API", []derive.Affected{named("East"), named("West")}},
		{"East - API", []derive.Affected{named("East")}}, // the other one is not in the event, but a reader knows it
	} {
		if got := inEnglish(t).names(test.affected); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}
