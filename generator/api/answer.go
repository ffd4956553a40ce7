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
	return p.err
}

// printer writes JSON piece by piece. It keeps its first error and writes
// nothing after it.
type printer struct {
	to      io.Writer
	encoder *json.Encoder
	err     error
}

func newPrinter(w io.Writer) *printer {
	p := &printer{to: w, encoder: json.NewEncoder(chomp{w})}
	p.encoder.SetEscapeHTML(false)
	return p
}

// chomp leaves out the newline that an encoder writes after each value.
type chomp struct{ to io.Writer }

func (c chomp) Write(data []byte) (int, error) {
	if _, err := c.to.Write(bytes.TrimSuffix(data, []byte("\n"))); err != nil {
		return 0, err
	}
	return len(data), nil
}

func (p *printer) text(s string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.to, s)
	}
}

func (p *printer) value(v any) {
	if p.err == nil {
		p.err = p.encoder.Encode(v)
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
