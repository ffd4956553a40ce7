package tone_test

import (
	"fmt"
	"image/color"
	"os"
	"strings"
	"testing"

	"allclear/generator/status"
	"allclear/generator/tone"
)

var tones = []tone.Tone{tone.Operational, tone.Notice, tone.Maintenance, tone.Degraded, tone.Partial, tone.Major, tone.Unknown}

const theme = "../../themes/default/"

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// variable is the style sheet's variable with a tone's colour.
func variable(t tone.Tone) string {
	if t.Name == "notice" || t.Name == "unknown" {
		return "soft"
	}
	return t.Name
}

func TestTheStyleSheetHasTheColours(t *testing.T) {
	sheet := read(t, theme+"static/style.css")
	light, dark, ok := strings.Cut(sheet, "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("there is no dark scheme")
	}
	dark, _, _ = strings.Cut(dark, "\n}\n")
	holds := func(part, scheme, name string, c tone.Colour) {
		if line := fmt.Sprintf("  --%s: #%v;\n", name, c); !strings.Contains(part, line) {
			t.Errorf("the %s scheme has no line %q", scheme, line)
		}
	}
	holds(light, "light", "paper", tone.Paper)
	holds(light, "light", "ink", tone.Ink)
	holds(light, "light", "soft", tone.Soft)
	holds(dark, "dark", "paper", tone.DarkPaper)
	for _, row := range tones {
		holds(light, "light", variable(row), row.Light)
		holds(dark, "dark", variable(row), row.Dark)
	}
}

// TestTheIconsAreTheShapes finds a tone's mark in the icon that a browser
// shows in its tab, and in the one that is part of a page.
func TestTheIconsAreTheShapes(t *testing.T) {
	inPages := read(t, theme+"templates/partials/icon.html")
	for _, row := range tones {
		file := read(t, theme+"static/icon-"+row.Name+".svg")
		if !strings.Contains(file, fmt.Sprintf(`="#%v"`, row.Light)) {
			t.Errorf("icon-%s.svg is not in the colour %v", row.Name, row.Light)
		}
		if row.Name == "unknown" {
			continue // a ring there, since nothing is known of it
		}
		if !strings.Contains(file, `d="`+row.Mark) {
			t.Errorf("icon-%s.svg has not the mark %s", row.Name, row.Mark)
		}
		if !strings.Contains(inPages, `d="`+row.Mark) {
			t.Errorf("icon.html has not the mark %s of %s", row.Mark, row.Name)
		}
		// What has corners of its own is a path in all of them.
		if row.Name != "partial" && row.Name != "major" && row.Name != "degraded" {
			continue
		}
		for name, text := range map[string]string{"its file": file, "icon.html": inPages} {
			if !strings.Contains(text, `d="`+row.Shape+`"`) {
				t.Errorf("%s: %s has not the shape %s", row.Name, name, row.Shape)
			}
		}
	}
}

func TestColourIsAColour(t *testing.T) {
	want := color.RGBA{0x12, 0x80, 0x4a, 0xff}
	if got := color.RGBAModel.Convert(tone.Operational.Light); got != want || tone.Operational.Light.String() != "12804a" {
		t.Errorf("got %v, called %v", got, tone.Operational.Light)
	}
}

func TestEveryStatusHasATone(t *testing.T) {
	seen := map[string]bool{}
	for i := range status.ComponentStatuses() {
		seen[tone.OfStatus(status.ComponentStatus(i)).Name] = true
	}
	for i := status.IndicatorNone; i <= status.IndicatorMaintenance; i++ {
		if name := tone.OfIndicator(i).Name; !seen[name] {
			t.Errorf("no component can have the tone %s of the indicator %v", name, i)
		}
	}
	if len(seen) != 5 {
		t.Error("a tone is missing")
	}
}
