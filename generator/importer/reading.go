package importer

import (
	"fmt"
	"io"
)

// MaxFiles is how many files of a source are read.
const MaxFiles = 10000

// ReadBounded reads up to a number of bytes, a multiple of 1 MiB; more is an
// error.
func ReadBounded(r io.Reader, most int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(raw)) > most {
		err = fmt.Errorf("it is larger than %d MiB", most>>20)
	}
	return raw, err
}
