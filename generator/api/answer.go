package api

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// answer is what an endpoint says: the members of one JSON object, in order.
type answer []member

// member is a key with its value. A sequence is written as a list, an item at
// a time, so that a long one is never in memory as a whole.
type member struct {
	key   string
	value any
}

// stream is the list of events as the API says each of them.
func stream[T any](site *status.Site, events []*derive.Event, say func(*status.Site, *derive.Event) T) iter.Seq[any] {
	return func(yield func(any) bool) {
		for _, e := range events {
			if !yield(say(site, e)) {
				return
			}
		}
	}
}

// flushAt is how many bytes of an answer are gathered before they are written.
const flushAt = 64 << 10

// write writes the answer as compact JSON with a newline at the end.
func (a answer) write(w io.Writer) error {
	p := newPrinter(w)
	before := "{"
	for _, m := range a {
		p.text(before)
		p.value(m.key)
		p.text(":")
		if items, ok := m.value.(iter.Seq[any]); ok {
			p.list(items)
		} else {
			p.value(m.value)
		}
		before = ","
	}
	p.text("}\n")
	p.flush()
	return p.err
}

// printer gathers JSON and hands it on in large pieces. It keeps its first
// error and writes nothing after it.
type printer struct {
	to      io.Writer
	buffer  *bytes.Buffer
	encoder *json.Encoder
	err     error
}

func newPrinter(w io.Writer) *printer {
	p := &printer{to: w, buffer: new(bytes.Buffer)}
	p.encoder = json.NewEncoder(p.buffer)
	p.encoder.SetEscapeHTML(false)
	return p
}

func (p *printer) text(s string) { p.buffer.WriteString(s) }

func (p *printer) value(v any) {
	if p.err != nil {
		return
	}
	if p.err = p.encoder.Encode(v); p.err != nil {
		return
	}
	p.buffer.Truncate(p.buffer.Len() - 1) // the newline that Encode adds
	if p.buffer.Len() >= flushAt {
		p.flush()
	}
}

func (p *printer) list(items iter.Seq[any]) {
	p.text("[")
	before := ""
	for item := range items {
		p.text(before)
		p.value(item)
		if p.err != nil {
			return
		}
		before = ","
	}
	p.text("]")
}

func (p *printer) flush() {
	if p.err == nil {
		_, p.err = p.to.Write(p.buffer.Bytes())
	}
	p.buffer.Reset()
}
