package check

import (
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
)

var (
	ruleUnknownCode = rules.Declare(diag.Rule{
		Code:  "unknown-code",
		Title: "What is switched off in site.yaml is the code of a warning or a note",
		Why:   "A mistyped code switches nothing off, and an error can't be switched off, since the site can't be built with it.",
	})
	ruleBadRemind = rules.Declare(diag.Rule{
		Code:  "bad-remind",
		Title: "What remind says is a duration of an hour or more",
		Why:   "It is how long an open incident may be without an update before check says so.",
	})
)

// CheckDisabled reports the codes in site.yaml that can't be switched off.
func (c *Config) CheckDisabled(all []*diag.Rule) diag.List {
	var list diag.List
	var codes []string
	for _, rule := range all {
		if rule.Level != diag.Error {
			codes = append(codes, rule.Code)
		}
	}
	for _, v := range c.disabled {
		if slices.Contains(codes, v.Text) {
			continue
		}
		if slices.ContainsFunc(all, func(r *diag.Rule) bool { return r.Code == v.Text }) {
			list.Add(ruleUnknownCode.At(v.Position, "%s is an error, which can't be switched off", v.Text).WithHint("delete it"))
			continue
		}
		d := ruleUnknownCode.At(v.Position, "unknown code %q", diag.Short(v.Text)).WithHint("allclear explain lists the codes")
		if near := diag.Near(v.Text, codes); near != "" {
			d = replaced(c.doc.File, d, v.Text, near, true)
		}
		list.Add(d)
	}
	return c.doc.File.Excerpts(list)
}

// Enabled leaves out the warnings and notes that are switched off, in site.yaml or
// on the line above.
func (c *Config) Enabled(list diag.List, files []File) diag.List {
	lines := map[string][]source.Disabled{c.doc.File.Name(): c.doc.Disabled}
	for _, f := range files {
		if len(f.disabled) > 0 {
			lines[f.name] = f.disabled
		}
	}
	return slices.DeleteFunc(list, func(d diag.Diagnostic) bool {
		if d.Rule.Level == diag.Error {
			return false
		}
		off := func(v source.Value) bool { return v.Text == d.Rule.Code }
		return slices.ContainsFunc(c.disabled, off) || source.Disables(lines[d.Position.File], d.Position.Line, d.Rule.Code)
	})
}

// usualRemind is how long an incident may be without an update where site.yaml
// does not say it.
const usualRemind = 48 * time.Hour

func readRemind(f *fields) time.Duration {
	field, ok := f.get("remind")
	if !ok {
		return usualRemind
	}
	length, err := time.ParseDuration(field.Value.Text)
	if field.Value.Kind == source.KindScalar && err == nil && length >= time.Hour {
		return length
	}
	f.list.Add(ruleBadRemind.At(field.Value.Position, "remind must be a duration of at least 1h, not %s", describe(field.Value)).
		WithHint("write\nremind: %s", source.FormatDuration(wholeHours(field.Value.Text, usualRemind))))
	return usualRemind
}

// wholeHours is a duration of an hour or more that was meant; otherwise, if it can't
// be read.
func wholeHours(text string, otherwise time.Duration) time.Duration {
	length := likelyDuration(text)
	if length < time.Hour || !strings.ContainsAny(text, "0123456789") {
		return otherwise
	}
	return length
}
