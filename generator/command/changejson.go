package command

import (
	"encoding/json"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/edit"
)

// changeReport is the documented form of --json.
type changeReport struct {
	Written     bool              `json:"written"`
	Event       string            `json:"event"`
	Kind        string            `json:"kind"`
	Status      *string           `json:"status"` // null for an interim update, and for a renamed event
	At          *string           `json:"at"`     // RFC 3339 in UTC, null for a renamed event
	Files       []string          `json:"files"`
	Line        int               `json:"line"` // of the block in the first file
	Block       string            `json:"block"`
	Banner      bannerReport      `json:"banner"`
	Components  []componentReport `json:"components"` // those whose status changes
	Git         string            `json:"git"`
	Diagnostics json.RawMessage   `json:"diagnostics"` // as check --format json prints them
}

type bannerReport struct {
	Before *string `json:"before"` // null if the content has errors
	After  *string `json:"after"`
}

type componentReport struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Before string `json:"before"`
	After  string `json:"after"`
}

func (w *writing) printJSON(change *edit.Change, found diag.List) error {
	var printed strings.Builder
	var diagnostics struct{ Diagnostics json.RawMessage }
	if err := found.JSON(&printed); err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(printed.String()), &diagnostics); err != nil {
		return err
	}
	r := changeReport{
		Written: change.Written, Event: change.Event, Kind: change.Kind.String(), Status: orNull(change.Said.String()),
		Files: []string{}, Line: change.Line, Block: change.Block, Git: gitLine(change),
		Banner:     bannerReport{orNull(change.Before), orNull(change.After)},
		Components: []componentReport{}, Diagnostics: diagnostics.Diagnostics,
	}
	if !change.At.IsZero() {
		r.At = orNull(change.At.UTC().Format(time.RFC3339))
	}
	for _, f := range change.Files {
		r.Files = append(r.Files, f.Name)
	}
	for _, c := range change.Components {
		r.Components = append(r.Components, componentReport{c.Component.ID, c.Component.FullName(), c.Before.String(), c.After.String()})
	}
	return w.host.printJSON(r)
}

// printJSON prints one indented document on standard output.
func (h *Host) printJSON(document any) error {
	encoder := json.NewEncoder(h.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(document)
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
