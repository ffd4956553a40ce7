package api

import (
	"strings"
	"time"
	"unicode/utf8"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// Update is one dated message of an event, written by a person or made by the clock.
type Update[S ~string] struct {
	ID     string `json:"id"`     // the update's id, which never changes
	Status S      `json:"status"` // the status of the event from this update on
	// Its text without markup: a blank line between paragraphs, "- " before an
	// item of a list, a link as "text (url)". Never empty: an update without text
	// says what its status means. One that was corrected begins with "Corrected at …".
	Body       string    `json:"body"`
	IncidentID string    `json:"incident_id"` // the id of its event, even if that is a maintenance
	CreatedAt  Timestamp `json:"created_at"`  // when readers could first see it, if the site keeps a history of that; else when it happened
	UpdatedAt  Timestamp `json:"updated_at"`  // when its text last changed, by that history; else the same as created_at
	DisplayAt  Timestamp `json:"display_at"`  // when it happened
	// Every component that the event has affected so far, even if this update
	// leaves it as it was. Null, never empty, without any and for a postmortem.
	AffectedComponents   []AffectedComponent `json:"affected_components" jsonschema:"nullable,minItems=1"`
	DeliverNotifications bool                `json:"deliver_notifications"`               // always true
	CustomTweet          any                 `json:"custom_tweet" jsonschema:"type=null"` // always null
	TweetID              any                 `json:"tweet_id" jsonschema:"type=null"`     // always null
}

// AffectedComponent is what an update did to a component within its event.
type AffectedComponent struct {
	Code      string          `json:"code"`       // the component's id
	Name      string          `json:"name"`       // its name; "Group - Component" for one in a group
	OldStatus ComponentStatus `json:"old_status"` // before the update
	NewStatus ComponentStatus `json:"new_status"` // from the update on
}

// updates lists an event's updates, newest first.
func updates[S ~string](s snapshot, e *derive.Event) []Update[S] {
	all := make([]Update[S], len(e.Updates))
	for i, u := range e.Updates {
		all[len(all)-1-i] = newUpdate[S](s, e, u)
	}
	return all
}

func newUpdate[S ~string](s snapshot, e *derive.Event, u derive.Update) Update[S] {
	made := Update[S]{
		ID:                   u.ID,
		Status:               S(statusWord(u.Status)),
		Body:                 body(u, s.words),
		IncidentID:           e.Code(),
		CreatedAt:            stamp(u.Public()),
		UpdatedAt:            stamp(lastChange(u)),
		DisplayAt:            stamp(u.At),
		DeliverNotifications: true,
	}
	for _, c := range u.Changes {
		made.AffectedComponents = append(made.AffectedComponents, AffectedComponent{
			Code:      c.Component.Code(),
			Name:      c.Component.FullName(),
			OldStatus: ComponentStatus(c.Old.String()),
			NewStatus: ComponentStatus(c.New.String()),
		})
	}
	return made
}

// lastChange is when readers could first see the update's text as it is.
func lastChange(u derive.Update) time.Time {
	last := u.Public()
	if u.Edited.After(last) {
		last = u.Edited
	}
	if u.Corrected != nil && u.Corrected.Published.After(last) {
		last = u.Corrected.Published
	}
	return last
}

// body is the update's text. One that was corrected begins with that, since a
// client can't strike it through. The status of a cancelled maintenance can't say
// that it was cancelled, so the text must: if a person's does not, it begins with
// the theme's sentence.
func body(u derive.Update, words derive.Catalog) string {
	text := u.DisplayText(words).Plain
	if u.Status == status.Cancelled && u.MessageKey == "" && !saysCancelled(text, words) {
		text = words.Text("update.empty.cancelled") + "\n\n" + text
	}
	if u.Corrected == nil {
		return text
	}
	layout := "2006-01-02 15:04 MST"
	if status.SameDate(u.Corrected.At, u.At) {
		layout = "15:04 MST"
	}
	return words.Text("update.corrected_text", "time", u.Corrected.At.Format(layout), "text", text)
}

// saysCancelled reports whether a text has the word, in English or in the site's
// language, of any gender: the last letter of a long word may be its ending.
func saysCancelled(text string, words derive.Catalog) bool {
	text = strings.ToLower(text)
	word := strings.ToLower(words.Text("event_label.cancelled"))
	if _, size := utf8.DecodeLastRuneInString(word); utf8.RuneCountInString(word) > 4 {
		word = word[:len(word)-size]
	}
	return strings.Contains(text, "cancel") || strings.Contains(text, word)
}
