package api

import (
	"strings"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// update is one message of an event.
type update struct {
	ID                   string     `json:"id"`
	Status               string     `json:"status"`
	Body                 string     `json:"body"` // plain text; "" for an update without text
	IncidentID           string     `json:"incident_id"`
	CreatedAt            timestamp  `json:"created_at"`
	UpdatedAt            timestamp  `json:"updated_at"`
	DisplayAt            timestamp  `json:"display_at"`
	AffectedComponents   []affected `json:"affected_components"` // nil, and so null, where there is none
	DeliverNotifications bool       `json:"deliver_notifications"`
	CustomTweet          any        `json:"custom_tweet"` // always null: nothing is tweeted
	TweetID              any        `json:"tweet_id"`     // likewise
}

// affected is what an update did to a component within its event.
type affected struct {
	Code      string `json:"code"`
	Name      string `json:"name"` // "Group - Component" for a grouped one
	OldStatus string `json:"old_status"`
	NewStatus string `json:"new_status"`
}

// updates lists an event's updates, newest first.
func updates(e *derive.Event) []update {
	all := make([]update, len(e.Updates))
	for i, u := range e.Updates {
		all[len(all)-1-i] = newUpdate(e, u)
	}
	return all
}

func newUpdate(e *derive.Event, u derive.Update) update {
	at := stamp(u.At)
	made := update{
		ID:                   u.ID,
		Status:               statusWord(u.Status),
		Body:                 body(u),
		IncidentID:           e.Code(),
		CreatedAt:            at,
		UpdatedAt:            at,
		DisplayAt:            at,
		DeliverNotifications: true,
	}
	for _, c := range u.Changes {
		made.AffectedComponents = append(made.AffectedComponents, affected{
			Code:      c.Component.Code(),
			Name:      c.Component.FullName(),
			OldStatus: c.Old.String(),
			NewStatus: c.New.String(),
		})
	}
	return made
}

// cancelled opens an update that cancels a maintenance without saying so.
const cancelled = "This maintenance has been cancelled."

// body is the update's text. Where the status can't say that a maintenance
// was cancelled, the text must: in its own words if it has them.
func body(u derive.Update) string {
	text := u.Text.Plain
	switch {
	case u.Status != status.Cancelled, strings.Contains(strings.ToLower(text), "cancel"):
		return text
	case text == "":
		return cancelled
	}
	return cancelled + "\n\n" + text
}
