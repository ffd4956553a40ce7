package verify

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"

	"allclear/generator/web"
)

// asGzip asks as a browser or a poller does: it can read gzip.
func asGzip(more ...string) map[string]string {
	headers := map[string]string{"Accept-Encoding": "gzip", "Origin": origin}
	for i := 0; i+1 < len(more); i += 2 {
		headers[more[i]] = more[i+1]
	}
	return headers
}

// answer is a response with its body as readers see it.
type answer struct {
	*web.Response
	encoding string // that of the body as it came, in lower case
	text     []byte // the body without it
	err      error  // why it can't be read, io.ErrUnexpectedEOF for one that is cut off
}

// newAnswer decompresses at most so many bytes.
func newAnswer(r *web.Response, most int64) *answer {
	a := &answer{Response: r, encoding: strings.ToLower(strings.TrimSpace(r.Header("Content-Encoding"))), text: r.Body}
	if a.encoding == "gzip" {
		var reader *gzip.Reader
		if reader, a.err = gzip.NewReader(bytes.NewReader(r.Body)); a.err == nil {
			a.text, a.err = io.ReadAll(io.LimitReader(reader, most))
		}
	}
	return a
}

// validators are the headers of a request for the file only if it has changed, nil
// if the answer has none to go by.
func (a *answer) validators() []string {
	if etag := a.Header("ETag"); etag != "" {
		return []string{"If-None-Match", etag}
	}
	if date := a.Header("Last-Modified"); date != "" {
		return []string{"If-Modified-Since", date}
	}
	return nil
}
