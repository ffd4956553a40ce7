package api

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/status"
)

// uptimeTable is every component's uptime by month as comma-separated values,
// RFC 4180, for a spreadsheet. Each row holds the weights that its figure was
// reached with.
func uptimeTable(s *derive.Snapshot) output.Route {
	return output.Route{Path: status.UptimeTable, Kind: output.Data, Write: func(w io.Writer) error {
		table := csv.NewWriter(w)
		table.UseCRLF = true
		_ = table.Write([]string{ // the table keeps its first error, and Error returns it
			"component_id", "component", "month", "uptime", "partial_outage_seconds", "major_outage_seconds",
			"recorded_days", "partial_outage_weight", "major_outage_weight",
		})
		for _, c := range s.Components {
			for _, m := range s.RecordedMonths(c) {
				_ = table.Write(row(s.Site.Uptime, c, m))
			}
		}
		table.Flush()
		return table.Error()
	}}
}

func row(rule status.UptimeRule, c *derive.Component, m derive.Record) []string {
	fraction, _ := m.Uptime(rule) // a recorded month has a figure
	return []string{
		cell(c.Code()), cell(c.FullName()), m.From.Format("2006-01"),
		strconv.FormatFloat(fraction, 'f', 8, 64),
		strconv.FormatInt(seconds(m.Partial), 10), strconv.FormatInt(seconds(m.Major), 10), strconv.Itoa(m.Days),
		decimal(rule.PartialOutage), decimal(rule.MajorOutage),
	}
}

// cell is a text that no spreadsheet takes for a formula,
// https://owasp.org/www-community/attacks/CSV_Injection
func cell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
