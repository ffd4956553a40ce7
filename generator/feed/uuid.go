package feed

import (
	"crypto/sha1"
	"fmt"
)

// namespace is the namespace of all names: sixteen random bytes that must never
// change, since every id depends on them.
const namespace = "\x9d\x2c\x6f\x31\xb8\x04\x4e\x57\xa3\xc1\x70\x5e\x1b\x86\xf4\x2a"

// uuid makes a UUID of version 5 from a name (RFC 9562, section 5.5). The same
// name always gives the same UUID.
func uuid(name string) string {
	sum := sha1.Sum([]byte(namespace + name))
	b := sum[:16]
	b[6] = b[6]&0x0f | 0x50 // version 5
	b[8] = b[8]&0x3f | 0x80 // the variant of RFC 9562
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
