package badge

import (
	"encoding/json"
	"io"
)

// shield is the JSON document of an endpoint badge of shields.io,
// https://shields.io/badges/endpoint-badge
type shield struct {
	SchemaVersion int    `json:"schemaVersion"`
	Label         string `json:"label"`
	Message       string `json:"message"`
	Color         string `json:"color"`
}

func (b badge) json(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(shield{1, b.Label, b.Message, b.Tone.Light.String()})
}
