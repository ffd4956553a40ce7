package diag

import (
	"encoding/json"
	"io"
	"net/url"
)

// SARIF prints the list as a log of SARIF 2.1.0, which code hosts and editors show
// beside the lines. It describes the rules that are broken.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
func (l List) SARIF(w io.Writer) error {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "allclear", Rules: []sarifRule{}}},
		ColumnKind: "unicodeCodePoints",
		Results:    []sarifResult{},
	}
	seen := map[*Rule]int{}
	for _, d := range l {
		if _, ok := seen[d.Rule]; !ok {
			seen[d.Rule] = len(seen)
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{
				ID: d.Rule.Code, ShortDescription: sarifText{d.Rule.Title}, FullDescription: sarifText{d.Rule.Why},
				DefaultConfiguration: sarifConfiguration{d.Rule.Level.String()},
			})
		}
		run.Results = append(run.Results, sarifResult{
			RuleID: d.Rule.Code, RuleIndex: seen[d.Rule], Level: d.Rule.Level.String(), Message: sarifText{d.withHint()},
			Locations: []sarifLocation{{sarifPhysical{sarifArtifact{fileURI(d.Position.File)}, d.Position.region()}}},
		})
	}
	return indented(w, sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}})
}

// fileURI is a file's path as a relative reference of RFC 3986.
func fileURI(file string) string {
	u := url.URL{Path: file}
	return u.String()
}

func (p Position) region() *sarifRegion {
	if p.Line == 0 {
		return nil
	}
	return &sarifRegion{p.Line, p.Column}
}

// withHint is the message with the hint below it.
func (d Diagnostic) withHint() string {
	if d.Hint == "" {
		return d.Message
	}
	return d.Message + "\nhint: " + d.Hint
}

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool       sarifTool     `json:"tool"`
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name  string      `json:"name"`
	Rules []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID                   string             `json:"id"`
	ShortDescription     sarifText          `json:"shortDescription"`
	FullDescription      sarifText          `json:"fullDescription"`
	DefaultConfiguration sarifConfiguration `json:"defaultConfiguration"`
}

type sarifConfiguration struct {
	Level string `json:"level"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	RuleIndex int             `json:"ruleIndex"`
	Level     string          `json:"level"`
	Message   sarifText       `json:"message"`
	Locations []sarifLocation `json:"locations"`
}

type sarifLocation struct {
	PhysicalLocation sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	ArtifactLocation sarifArtifact `json:"artifactLocation"`
	Region           *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
}

// indented prints a JSON document.
func indented(w io.Writer, document any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(document)
}
