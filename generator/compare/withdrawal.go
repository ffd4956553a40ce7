package compare

import (
	"cmp"
	"path"
	"slices"
	"strings"
)

// withheld stands in place of a text that is withdrawn: a report is often kept
// where everyone can read it, and must not publish the text again.
const withheld = "withdrawn: its words are not repeated here"

// leaveOut takes the words of events and updates that are withdrawn out of a
// report.
func (r *Report) leaveOut(from, to *site) {
	var secrets []string
	updates := map[string]bool{}
	for i, e := range r.Events {
		old := map[string]update{}
		if event := from.events[e.ID]; event != nil {
			old = event.byID()
		}
		whole := e.Kind == Removed && to.Withdrawn[path.Base(e.Address)]
		if whole {
			secrets = append(secrets, e.Name)
			r.Events[i].Name = cmp.Or(path.Base(e.Address), e.ID) + " (" + withheld + ")"
			r.Events[i].Fields = []Property{}
		}
		kept := slices.Clone(e.Updates)
		for j, u := range kept {
			if !whole && (u.Kind != Removed || !to.Withdrawn[u.ID]) {
				continue
			}
			updates[u.ID] = true
			secrets = append(secrets, strings.Split(old[u.ID].Body, "\n")...)
			for _, words := range from.Translations {
				secrets = append(secrets, strings.Split(words[e.ID].Texts[u.ID], "\n")...)
				if whole {
					secrets = append(secrets, words[e.ID].Title)
				}
			}
			kept[j].Fields = []Property{{"text", Change{Before: withheld}}}
		}
		r.Events[i].Updates = kept
	}
	if len(secrets) > 0 {
		r.redact(updates, secretsOf(secrets))
	}
}

// secretsOf are the texts that have words, spelled.
func secretsOf(texts []string) []string {
	var all []string
	for _, text := range texts {
		if text = spelled(text); strings.TrimSpace(text) != "" {
			all = append(all, text)
		}
	}
	return all
}

// redact takes texts out of the parts of a report that repeat them.
func (r *Report) redact(updates map[string]bool, secrets []string) {
	known := func(text string) bool {
		text = spelled(text)
		return strings.TrimSpace(text) != "" && slices.ContainsFunc(secrets, func(s string) bool { return strings.Contains(text, s) || strings.Contains(s, text) })
	}
	for i, e := range r.Entries {
		if _, id, _ := strings.Cut(e.URL, "#update-"); e.Kind == Removed && updates[id] {
			r.Entries[i].Title, r.Entries[i].Text = "update "+id, withheld
		}
	}
	for i, e := range r.Calendar {
		if e.Kind == Removed && known(e.Name) {
			r.Calendar[i].Name, r.Calendar[i].Fields = withheld, []Property{}
		}
		for j, p := range r.Calendar[i].Fields {
			if known(p.Before) {
				r.Calendar[i].Fields[j].Before = withheld
			}
		}
	}
	for i := range r.Uptime {
		r.Uptime[i].Why = slices.DeleteFunc(slices.Clone(r.Uptime[i].Why), known)
	}
	if r.Verdict != nil && known(r.Verdict.Before) {
		r.Verdict.Before = withheld
	}
	for i, w := range r.Words {
		if known(w.Before) {
			r.Words[i].Before = withheld
		}
	}
}
