package badge

import (
	"unicode"

	"allclear/generator/wrap"
)

// fontSize is the height of the text in pixels, and em the same height in units
// of the font.
const (
	fontSize = 11
	em       = 2048
)

// widest is the greatest width of a text in pixels. A longer text is cut short;
// the badge's title has all of it.
const widest = 320

// advances are the widths of the characters from space to tilde in Verdana,
// which most readers of a badge have. Other fonts are about as wide, and are
// stretched to the width of Verdana.
var advances = [...]int{
	720, 806, 940, 1676, 1302, 2204, 1488, 550, 930, 930, 1302, 1676, 745, 930, 745, 930,
	1302, 1302, 1302, 1302, 1302, 1302, 1302, 1302, 1302, 1302, 930, 930, 1676, 1676, 1676, 1117,
	2048, 1400, 1404, 1430, 1578, 1295, 1177, 1588, 1539, 862, 931, 1419, 1140, 1726, 1532, 1612,
	1235, 1612, 1424, 1400, 1262, 1499, 1400, 2025, 1403, 1260, 1403, 930, 930, 930, 1676, 1302,
	1302, 1230, 1276, 1067, 1276, 1220, 720, 1276, 1296, 562, 705, 1212, 562, 1992, 1296, 1243,
	1276, 1276, 874, 1067, 807, 1296, 1212, 1676, 1212, 1212, 1076, 1300, 930, 1300, 1676,
}

// advance is the width of a character in units of the font. Beyond ASCII it is
// a guess, since the reader's font is unknown.
func advance(r rune) int {
	switch {
	case r >= ' ' && r <= '~':
		return advances[r-' ']
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.So),
		r >= 0x3000 && r <= 0x303F, r >= 0xFF00 && r <= 0xFF60:
		return em
	case unicode.IsUpper(r):
		return 1500
	}
	return 1280
}

// measure is the width of a text in pixels, rounded up.
func measure(text string) int {
	units := 0
	for _, r := range text {
		units += advance(r)
	}
	return (units*fontSize + em - 1) / em
}

// shorten cuts a text that is wider than widest, and ends it with an ellipsis.
func shorten(text string) string {
	if measure(text) <= widest {
		return text
	}
	const mark = "…"
	return wrap.Cut(text, widest, func(begin string) int { return measure(begin + mark) }) + mark
}
