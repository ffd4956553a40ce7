package api

import (
	"bytes"
	"encoding/json"
	"fmt"
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
func write(w io.Writer, document any) error {
	var pending bytes.Buffer
	encoder := json.NewEncoder(&pending)
	encoder.SetEscapeHTML(false)
	encode := func(value reflect.Value) error {
		if err := encoder.Encode(value.Interface()); err != nil {
			return err
		}
		pending.Truncate(pending.Len() - 1) // the newline that an encoder adds
		_, err := pending.WriteTo(w)
		return err
	}
	fields := reflect.ValueOf(document)
	separator := "{"
	for i := range fields.NumField() {
		fmt.Fprintf(&pending, "%s%q:", separator, fields.Type().Field(i).Tag.Get("json"))
		separator = ","
		if fields.Field(i).Kind() != reflect.Func {
			if err := encode(fields.Field(i)); err != nil {
				return err
			}
			continue
		}
		pending.WriteByte('[')
		comma := ""
		for item := range fields.Field(i).Seq() {
			pending.WriteString(comma)
			if err := encode(item); err != nil {
				return err
			}
			comma = ","
		}
		pending.WriteByte(']')
	}
	pending.WriteString("}\n")
	_, err := pending.WriteTo(w)
	return err
}
