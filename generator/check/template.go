package check

import (
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var ruleTemplateHeading = rules.Declare(diag.Rule{
	Code:  "template-heading",
	Title: "A template has no update headings",
	Why:   "A template is the text of one update, whose heading allclear writes, so a heading in it would begin a second one.",
})

// template reads a template for new events and updates; nil if it can't be used.
// Its text is not checked: it is there to be filled in.
func (d *document) template() *status.Template {
	f := d.fields("a template")
	t := &status.Template{Name: d.ID, Title: f.text("title")}
	kinds := []string{status.Incident.String(), status.Maintenance.String()}
	kind := f.text("kind")
	f.may("kind", oneOfWords(kinds...))
	switch kind {
	case "", kinds[0]:
	case kinds[1]:
		t.Kind = status.Maintenance
	default:
		d.list.Add(f.oneOf(ruleUnknownValue, f.at("kind"), "kind", kind, kinds, diag.Near(strings.ToLower(kind), kinds)))
	}
	var e status.Event
	t.Components = d.components(f)
	d.severity(f, &e)
	t.Severity, t.SeverityStated = e.Severity, e.SeverityStated
	t.Length = f.duration("for")
	f.unknown(keyHints{"scheduled_for": say("write how long it takes, such as for: 2h"), "status": say("delete it: the command says the status")})
	for i := range d.Sections {
		if section := &d.Sections[i]; section.Heading != nil {
			d.list.Add(ruleTemplateHeading.At(section.Heading.Position, "a template has no updates").
				WithHint("write a heading in the text with ###, or make another template of this"))
		} else {
			t.Text = strings.TrimSpace(string(section.Text))
		}
	}
	return t
}

// duration reads a length of time; 0 if there is none.
func (f *fields) duration(key string) time.Duration {
	f.may(key, func() Schema { return orNull(aDuration()) })
	field, ok := f.get(key)
	if !ok {
		return 0
	}
	length, err := time.ParseDuration(field.Value.Text)
	if field.Value.Kind != source.KindScalar || err != nil || length <= 0 {
		f.wrong(field, "a duration such as 2h or 1h30m")
	}
	return length
}
