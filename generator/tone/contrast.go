package tone

import (
	"math"
	"strconv"
	"strings"
)

// ParseColour reads a colour in the form #rrggbb.
func ParseColour(text string) (Colour, bool) {
	digits, ok := strings.CutPrefix(text, "#")
	n, err := strconv.ParseUint(digits, 16, 24)
	return Colour(n), ok && err == nil && len(digits) == 6
}

// Contrast is the contrast ratio of two colours, from 1 to 21,
// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
func Contrast(a, b Colour) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
func (c Colour) luminance() float64 {
	linear := func(shift int) float64 {
		part := float64(c>>shift&0xff) / 255
		if part <= 0.04045 {
			return part / 12.92
		}
		return math.Pow((part+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(16) + 0.7152*linear(8) + 0.0722*linear(0)
}

// ReadableOn is the colour itself if it has a contrast with a paper, else the
// nearest one between it and black, or white on dark paper, that has.
func (c Colour) ReadableOn(paper Colour, contrast float64) Colour {
	end := Colour(0x000000)
	if paper.luminance() < 0.18 {
		end = 0xffffff
	}
	const steps = 100
	for i := range steps {
		mixed := c.mixed(end, i, steps)
		if Contrast(mixed, paper) >= contrast {
			return mixed
		}
	}
	return end
}

// mixed is a part of so many of another colour, and the rest of this one.
func (c Colour) mixed(other Colour, part, of int) Colour {
	mixed := Colour(0)
	for _, shift := range []int{16, 8, 0} {
		a, b := int(c>>shift&0xff), int(other>>shift&0xff)
		mixed |= Colour(a+(b-a)*part/of) << shift
	}
	return mixed
}
