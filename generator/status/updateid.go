package status

import (
	"crypto/sha256"
	"encoding/base32"
	"time"
)

// UpdateID makes the id of an update that says none, from its event, its
// instant and what tells it from others of that instant: 12 letters and
// digits, as Statuspage's ids are.
func UpdateID(event string, at time.Time, among string) string {
	said := make([]byte, 0, 128)
	said = append(append(said, event...), '\n')
	said = append(at.UTC().AppendFormat(said, time.RFC3339Nano), '\n')
	sum := sha256.Sum256(append(said, among...))
	return lower32.EncodeToString(sum[:10])[:12]
}

// lower32 is the base 32 of RFC 4648 with the extended hex alphabet, in lower
// case.
var lower32 = base32.NewEncoding("0123456789abcdefghijklmnopqrstuv")
