package api

import (
	_ "embed"
	"encoding/json"
	"io"

	"allclear/generator/output"
	"allclear/generator/status"
)

// descriptionFile describes every endpoint, OpenAPI 3.1,
// https://spec.openapis.org/oas/v3.1.0
//
//go:embed openapi.json
var descriptionFile []byte

// description is the parts of the file that are the site's own, and the rest
// as it stands.
type description struct {
	OpenAPI    json.RawMessage   `json:"openapi"`
	Info       descriptionInfo   `json:"info"`
	Servers    []descriptionHost `json:"servers"`
	Tags       json.RawMessage   `json:"tags"`
	Paths      json.RawMessage   `json:"paths"`
	Components json.RawMessage   `json:"components"`
}

type descriptionInfo struct {
	Title       string `json:"title"`
	Version     string `json:"version"`
	Description string `json:"description"`
}

type descriptionHost struct {
	URL string `json:"url"`
}

// descriptionRoute describes the API of a site: paths below its URL.
func descriptionRoute(site *status.Site) output.Route {
	return output.Route{Path: "api/openapi.json", Kind: output.Data, Write: func(w io.Writer) error {
		var d description
		if err := json.Unmarshal(descriptionFile, &d); err != nil {
			return err
		}
		d.Info.Title = site.Title + " - " + d.Info.Title
		d.Servers = []descriptionHost{{URL: site.URL}}
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		return encoder.Encode(d)
	}}
}
