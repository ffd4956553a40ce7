package check

import (
	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var ruleWithdrawn = rules.Declare(diag.Rule{
	Code:  "withdrawn-and-published",
	Title: "What is withdrawn has no file any more",
	Why:   "Its page would say what happened and that it was withdrawn. What must go, because of the law or a person's data, goes as a whole.",
})

// readWithdrawn reads what was published and must not be any more.
func readWithdrawn(f *fields, site *status.Site) []status.Withdrawal {
	var all []status.Withdrawal
	for _, item := range f.maps("withdrawn", "a withdrawn event", "{ id: 2022-12-01-slow-api, on: 2022-12-24, reason: It named a person. }") {
		w := f.within("withdrawn", "a withdrawn event", item)
		w.may("id", anID)
		withdrawal := status.Withdrawal{ID: w.text("id"), On: readDate(w, "on", site.Zone)}
		withdrawal.Reason, withdrawal.Reasons = w.words("reason", site)
		w.unknown(nil)
		w.require("id", "id: 2022-12-01-slow-api")
		w.require("on", "on: 2022-12-24")
		w.require("reason", "reason: It named a person.")
		if withdrawal.ID == "" || withdrawal.On.IsZero() {
			continue
		}
		withdrawal.Position = w.at("id")
		if !source.IsID(withdrawal.ID) {
			f.list.Add(ruleUnknownValue.At(w.at("id"), "%q can't be the id of an event or an update", diag.Short(withdrawal.ID)).
				WithHint("write the name of the event's file without .md, or the id that the API gives the update"))
			continue
		}
		all = append(all, withdrawal)
	}
	return all
}

// checkWithdrawn checks that no withdrawn event or update has a file.
func checkWithdrawn(site *status.Site, list *diag.List) {
	if len(site.Withdrawn) == 0 {
		return
	}
	files := map[string]diag.Position{}
	for _, e := range site.Events {
		files[e.ID] = e.Position
		for i := range e.Updates {
			files[e.Updates[i].ID] = e.Updates[i].Position
		}
	}
	seen := map[string]bool{}
	for _, w := range site.Withdrawn {
		if at, found := files[w.ID]; found {
			list.Add(ruleWithdrawn.At(w.Position, "%q is withdrawn, and still in %s:%d", w.ID, at.File, at.Line).
				WithHint("delete it there, or this line here"))
		}
		if seen[w.ID] {
			list.Add(ruleDuplicateID.At(w.Position, "%q is withdrawn twice", w.ID).WithHint("delete one of the two"))
		}
		seen[w.ID] = true
	}
}
