package status

import (
	"crypto/sha256"
	"encoding/base32"
	"time"
)

// UpdateID makes the id of an update that has none of its own: 12 letters and
// digits, like Statuspage's ids. distinction tells it from the event's other
// updates at the same instant.
func UpdateID(event string, at time.Time, distinction string) string {
	input := make([]byte, 0, 128)
	input = append(append(input, event...), '\n')
	input = append(at.UTC().AppendFormat(input, time.RFC3339Nano), '\n')
	sum := sha256.Sum256(append(input, distinction...))
	return lower32.EncodeToString(sum[:10])[:12]
}

// lower32 is the base 32 of RFC 4648 with the extended hex alphabet, in lower
// case.
var lower32 = base32.NewEncoding("0123456789abcdefghijklmnopqrstuv")
