package api

import (
	_ "embed"
	"encoding/json"
	"io"

	"allclear/generator/output"
	"allclear/generator/status"
)

//go:generate go test . -run TestTheDescriptionIsUpToDate -update

// descriptionFile describes every endpoint, OpenAPI 3.1,
// https://spec.openapis.org/oas/v3.1.0
//
//go:embed openapi.json
var descriptionFile []byte

// description is an OpenAPI document, of which only the title and the server
// depend on the site.
type description struct {
	OpenAPI    json.RawMessage     `json:"openapi"`
	Info       map[string]string   `json:"info"`
	Servers    []map[string]string `json:"servers"`
	Tags       json.RawMessage     `json:"tags"`
	Paths      json.RawMessage     `json:"paths"`
	Components json.RawMessage     `json:"components"`
}

// descriptionRoute describes the API of a site: paths below its URL.
func descriptionRoute(site *status.Site) output.Route {
	return output.Route{Path: "api/openapi.json", Kind: output.Data, Shared: true, Write: func(w io.Writer) error {
		var d description
		if err := json.Unmarshal(descriptionFile, &d); err != nil {
			return err
		}
		d.Info["title"] = site.Title + " - " + d.Info["title"]
		d.Servers = []map[string]string{{"url": site.URL}}
		return write(w, d)
	}}
}
