package status

import (
	"crypto/sha256"
	"encoding/base32"
	"strconv"
	"time"
)

// UpdateIDs makes an id for each update of an event, by the event's API id.
// It depends on the update's instant, the status that its own heading says
// (none for an interim update), and its ordinal among updates that are equal
// in both. So neither a new text nor a change of another update changes it,
// unless an equal update is put before it.
func UpdateIDs(event string, updates []Update) []string {
	ids := make([]string, len(updates))
	equal := map[string]int{} // updates of the same instant so far, by their own status
	for i, u := range updates {
		if i > 0 && !updates[i-1].At.Equal(u.At) {
			clear(equal)
		}
		ids[i] = updateID(event, u.At, u.ownStatus(), equal[u.ownStatus()])
		equal[u.ownStatus()]++
	}
	return ids
}

// ClockUpdateID makes the id of an update that the clock makes.
func ClockUpdateID(event string, at time.Time, s EventStatus) string {
	return updateID(event, at, "clock "+s.String(), 0)
}

func (u *Update) ownStatus() string {
	if u.Interim {
		return ""
	}
	return u.Status.String()
}

// updateID is 12 letters and digits, like Statuspage's ids.
func updateID(event string, at time.Time, ownStatus string, ordinal int) string {
	input := make([]byte, 0, 128)
	input = append(append(input, event...), '\n')
	input = append(at.UTC().AppendFormat(input, time.RFC3339Nano), '\n')
	input = append(append(input, ownStatus...), '\n')
	sum := sha256.Sum256(strconv.AppendInt(input, int64(ordinal), 10))
	return lower32.EncodeToString(sum[:10])[:12]
}

// lower32 is the base 32 of RFC 4648 with the extended hex alphabet, in lower
// case.
var lower32 = base32.NewEncoding("0123456789abcdefghijklmnopqrstuv")
