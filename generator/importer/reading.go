package importer

import (
	"fmt"
	"io"
)

// MaxFiles is the number of files of a source that are read.
const MaxFiles = 10000

// ReadBounded reads a number of bytes at most, a multiple of 1 MiB. More bytes
// are an error.
func ReadBounded(r io.Reader, most int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(raw)) > most {
		err = fmt.Errorf("it is larger than %d MiB", most>>20)
	}
	return raw, err
}
