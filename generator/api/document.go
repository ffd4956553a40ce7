package api

import (
	"encoding/json"
	"io"
	"iter"
	"reflect"

	"allclear/generator/derive"
)

// list is a list in a document. It is written one item at a time, so that a
// long one is never in memory as a whole.
type list[T any] iter.Seq[T]

// listOf lists events, each as describe returns it.
func listOf[T any](events []*derive.Event, describe func(*derive.Event) T) list[T] {
	return func(yield func(T) bool) {
		for _, e := range events {
			if !yield(describe(e)) {
				return
			}
		}
	}
}

// write writes a document, a struct with json tags, as compact JSON with a
// newline at the end.
func write(w io.Writer, document any) (err error) {
	encoder := json.NewEncoder(withoutNewline{w})
	encoder.SetEscapeHTML(false)
	encode := func(value reflect.Value) {
		if err == nil {
			err = encoder.Encode(value.Interface())
		}
	}
	punctuate := func(text string) {
		if err == nil {
			_, err = io.WriteString(w, text)
		}
	}
	fields := reflect.ValueOf(document)
	separator := "{"
	for i := range fields.NumField() {
		punctuate(separator + `"` + fields.Type().Field(i).Tag.Get("json") + `":`)
		separator = ","
		if fields.Field(i).Kind() != reflect.Func {
			encode(fields.Field(i))
			continue
		}
		punctuate("[")
		first := true
		for item := range fields.Field(i).Seq() {
			if !first {
				punctuate(",")
			}
			encode(item)
			first = false
		}
		punctuate("]")
	}
	punctuate("}\n")
	return err
}

// withoutNewline leaves out the newline with which an encoder ends each value.
type withoutNewline struct{ io.Writer }

func (w withoutNewline) Write(value []byte) (int, error) {
	_, err := w.Writer.Write(value[:len(value)-1])
	return len(value), err
}
