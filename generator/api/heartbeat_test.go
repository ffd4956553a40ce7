package api_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTheHeartbeatSaysTheBuildsOwnInstant(t *testing.T) {
	at := hours(0).Add(17*time.Minute + 5*time.Second)
	s := derived(t, at)
	got := []any{dig(t, s, "api/v2/heartbeat.json", "built_at"), dig(t, s, "api/v2/heartbeat.json", "stale_at")}
	form := "2006-01-02T15:04:05.000Z"
	if diff := cmp.Diff([]any{at.Format(form), at.Add(26 * time.Hour).Format(form)}, got); diff != "" {
		t.Error(diff)
	}
}
