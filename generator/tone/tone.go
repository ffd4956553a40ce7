// Package tone has the tones in which a site shows a status: a name, a colour for
// light and for dark paper, and a shape, so that nothing is said by colour only.
// It takes a status and gives its tone to pages, badges and pictures, and never
// draws. The style sheet and the icons of the default theme repeat the colours and
// shapes, and a test compares them.
package tone

import (
	"fmt"

	"allclear/generator/status"
)

// Tone is one of them. The light theme's colour and white have a
// contrast of 4.5 to 1 at least (WCAG 2.2, 1.4.3).
type Tone struct {
	Name        string // as classes and icons of the theme have it
	Light, Dark Colour // on light and on dark paper
	Shape       string // an SVG path of lines and arcs of circles in a box of 16 by 16, filled
	Mark        string // likewise, drawn over it as a line; "" for none
}

const disc = "M8 1a7 7 0 0 1 0 14A7 7 0 0 1 8 1z"

// The tones.
var (
	Operational = Tone{"operational", 0x12804a, 0x4cc38a, disc, "M4.8 8.3l2.2 2.2 4.2-4.6"}
	Notice      = Tone{"notice", Soft, 0x9aa4b4, disc, "M8 7.4v4M8 4.6v.2"}
	Maintenance = Tone{"maintenance", 0x1d5bbf, 0x82b1ff,
		"M4.5 1.5h7a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3h-7a3 3 0 0 1-3-3v-7a3 3 0 0 1 3-3z", "M6 5.4v5.2M10 5.4v5.2"}
	Degraded = Tone{"degraded", 0x8f6200, 0xe2b340, "M8 .6L15.4 8 8 15.4.6 8z", "M5 8h6"}
	Partial  = Tone{"partial", 0xb3470a, 0xf5925a, "M8 1.2l7.2 13H.8z", "M8 6v4M8 12.2v.1"}
	Major    = Tone{"major", 0xb3201b, 0xff7b72, "M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z", "M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2"}
	Unknown  = Tone{"unknown", Soft, 0x9aa4b4, disc, "M5 8h6"}
)

// The colours of light paper, of the text on it, and of dark paper.
const (
	Paper     Colour = 0xffffff
	DarkPaper Colour = 0x0e1014
	Ink       Colour = 0x12151a
	Soft      Colour = 0x566070
)

// OfStatus is the tone of a component's status.
func OfStatus(s status.ComponentStatus) Tone {
	return [...]Tone{
		status.Operational:         Operational,
		status.UnderMaintenance:    Maintenance,
		status.DegradedPerformance: Degraded,
		status.PartialOutage:       Partial,
		status.MajorOutage:         Major,
	}[s]
}

// OfIndicator is the tone of the overall status.
func OfIndicator(i status.Indicator) Tone {
	return [...]Tone{
		status.IndicatorNone:        Operational,
		status.IndicatorMinor:       Degraded,
		status.IndicatorMajor:       Partial,
		status.IndicatorCritical:    Major,
		status.IndicatorMaintenance: Maintenance,
	}[i]
}

// Colour is red, green and blue, a byte each. It implements color.Color.
type Colour uint32

// String is the colour in six hexadecimal digits.
func (c Colour) String() string { return fmt.Sprintf("%06x", uint32(c)) }

// RGBA is the colour as package color has it, opaque.
func (c Colour) RGBA() (r, g, b, a uint32) {
	return uint32(c>>16&0xff) * 0x101, uint32(c>>8&0xff) * 0x101, uint32(c&0xff) * 0x101, 0xffff
}
