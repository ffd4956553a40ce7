package check

import (
	"fmt"
	"regexp"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/tone"
)

var ruleAccentContrast = rules.Declare(diag.Rule{
	Code:  "accent-contrast",
	Title: "The accent can be read on the page, light and dark",
	Why:   "Buttons and links are in this colour. People with poor sight, and everybody in the sun, can't read it if it is too close to the page's own colour (WCAG 2.2, 1.4.3).",
})

// minContrast is what text needs, https://www.w3.org/TR/WCAG22/#contrast-minimum
const minContrast = 4.5

// readAccent reads the site's own colour: one for both schemes, or one for each.
func readAccent(f *fields) (light, dark string) {
	before := len(*f.list)
	light, dark = bySchemes(f, "accent", sampleAccent, readColour)
	if len(*f.list) > before || light == "" {
		return "", ""
	}
	field, _ := f.get("accent")
	lightFits, darkFits := readable(light, tone.Paper), readable(dark, tone.DarkPaper)
	if lightFits == light && darkFits == dark {
		return light, dark
	}
	page, wrong, paper := "light", light, tone.Paper
	if lightFits == light {
		page, wrong, paper = "dark", dark, tone.DarkPaper
	}
	c, _ := tone.ParseColour(wrong)
	f.list.Add(ruleAccentContrast.At(field.Value.Position, "the accent %s can't be read on a %s page: its contrast is %.1f, and text needs %.1f", wrong, page, tone.Contrast(c, paper), minContrast).
		WithHint("write accent: { light: %q, dark: %q }", lightFits, darkFits))
	return "", ""
}

var colourForm = regexp.MustCompile(`^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$`)

// sampleAccent is a colour that can be read on light pages, and one for dark ones.
// No colour can be read on both.
var sampleAccent = [2]string{`"#1f5eff"`, `"#9cc2ff"`}

var sampleColours = map[string]string{
	"accent": "{ light: " + sampleAccent[0] + ", dark: " + sampleAccent[1] + " }",
	"light":  sampleAccent[0],
	"dark":   sampleAccent[1],
}

// readColour reads a colour as #rrggbb; "" if there is none.
func readColour(f *fields, key string) string {
	field, ok := f.field(key)
	if ok && field.Value.Kind == source.KindNull && strings.HasPrefix(field.Value.Comment, "#") {
		f.list.Add(ruleWrongType.At(field.Value.Position, "YAML reads %s as a comment, so %s is empty", diag.Short(field.Value.Comment), key).
			WithHint("write %s: %q", key, field.Value.Comment))
		return ""
	}
	text := f.text(key)
	f.may(key, func() Schema { return matching(colourForm.String()) })
	if text == "" {
		return ""
	}
	if !colourForm.MatchString(text) {
		f.list.Add(ruleUnknownValue.At(f.at(key), "%q is no colour", diag.Short(text)).
			WithHint("write it in hexadecimal digits and in quotes: %s: %s", key, sampleColours[key]))
		return ""
	}
	if len(text) == 4 {
		text = fmt.Sprintf("#%[1]c%[1]c%[2]c%[2]c%[3]c%[3]c", text[1], text[2], text[3])
	}
	return strings.ToLower(text)
}

// readable is the colour itself if it can be read on a paper, else the nearest
// one of the same hue that can.
func readable(colour string, paper tone.Colour) string {
	c, ok := tone.ParseColour(colour)
	if !ok {
		return colour
	}
	return "#" + c.ReadableOn(paper, minContrast).String()
}
