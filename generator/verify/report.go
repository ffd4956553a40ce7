package verify

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
)

// Report is what a check has found.
type Report struct {
	Site     string    // its address, with a slash at the end
	AsOf     time.Time // of the site's build; zero if it doesn't say
	Files    int       // that were compared
	Requests int       // that were made, those for files included
	Unasked  int       // files that were left out, since the host failed
	Ignored  int       // findings that are not in the list
	Findings []Finding // errors first
}

func (c *checker) report() *Report {
	return &Report{
		Site: c.site.Address(), AsOf: c.asOf, Files: int(c.files.Load()), Requests: int(c.requests.Load()), Unasked: int(c.unasked.Load()),
		Findings: c.found.list(),
	}
}

// Ignore takes findings out of the report by their codes.
func (r *Report) Ignore(codes []string) {
	all := len(r.Findings)
	r.Findings = slices.DeleteFunc(r.Findings, func(f Finding) bool { return slices.Contains(codes, f.Code) })
	r.Ignored += all - len(r.Findings)
}

// Count is the number of findings of a level.
func (r *Report) Count(level diag.Level) int {
	n := 0
	for _, f := range r.Findings {
		if f.Level == level {
			n++
		}
	}
	return n
}

// Text prints the report for a person, through a [diag.Door]: a line per
// finding, a hint per kind of them, and a summary.
func (r *Report) Text(w io.Writer) error {
	var b strings.Builder
	for i, f := range r.Findings {
		fmt.Fprintf(&b, "%s: %s: %s [%s]\n", f.where(r.Site), f.Level, f.Message, f.Code)
		if i+1 == len(r.Findings) || r.Findings[i+1].Kind != f.Kind {
			b.WriteString("\thint: " + f.Hint + "\n")
		}
	}
	if !r.AsOf.IsZero() {
		fmt.Fprintf(&b, "%s is as of %s\n", r.Site, when(r.AsOf))
	}
	fmt.Fprintf(&b, "%s compared, %s made", count(r.Files, "file"), count(r.Requests, "request"))
	if r.Unasked > 0 {
		fmt.Fprintf(&b, ", %d left out", r.Unasked)
	}
	b.WriteString(": " + r.counts() + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) counts() string {
	var parts []string
	for _, level := range []diag.Level{diag.Error, diag.Warning, diag.Note} {
		if n := r.Count(level); n > 0 {
			parts = append(parts, count(n, level.String()))
		}
	}
	if r.Ignored > 0 {
		parts = append(parts, fmt.Sprintf("%d ignored", r.Ignored))
	}
	if len(parts) == 0 {
		return "all is as a build makes it"
	}
	return strings.Join(parts, ", ")
}

func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// reportDocument is the documented form of --format json.
type reportDocument struct {
	Site     string            `json:"site"`
	AsOf     *string           `json:"as_of"` // RFC 3339 in UTC, null if the site doesn't say
	Files    int               `json:"files"`
	Requests int               `json:"requests"`
	Unasked  int               `json:"left_out"`
	Findings []findingDocument `json:"findings"`
	Errors   int               `json:"errors"`
	Warnings int               `json:"warnings"`
	Notes    int               `json:"notes"`
	Ignored  int               `json:"ignored"`
}

type findingDocument struct {
	Code    string   `json:"code"`
	Level   string   `json:"level"`
	Message string   `json:"message"`
	Hint    string   `json:"hint"`
	Paths   []string `json:"paths"` // below the site's address
}

// JSON prints the report as one document.
func (r *Report) JSON(w io.Writer) error {
	document := reportDocument{
		Site: r.Site, Files: r.Files, Requests: r.Requests, Unasked: r.Unasked, Findings: []findingDocument{},
		Errors: r.Count(diag.Error), Warnings: r.Count(diag.Warning), Notes: r.Count(diag.Note), Ignored: r.Ignored,
	}
	if !r.AsOf.IsZero() {
		at := r.AsOf.UTC().Format(time.RFC3339)
		document.AsOf = &at
	}
	for _, f := range r.Findings {
		document.Findings = append(document.Findings, findingDocument{f.Code, f.Level.String(), f.Message, f.Hint, f.Paths})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(document)
}
