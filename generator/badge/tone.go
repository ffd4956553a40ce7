package badge

// tone is how a badge looks: a colour on which white text has a contrast of
// 4.5 to 1 at least (WCAG 2.2, 1.4.3), and a white shape of its own. Colours
// and shapes are those of the default theme.
type tone struct {
	colour string // six hexadecimal digits
	shape  string // an SVG path in a box of 16 by 16, filled
	mark   string // an SVG path in the tone's colour over it, drawn as a line; "" for none
}

const disc = "M8 1a7 7 0 0 1 0 14A7 7 0 0 1 8 1z"

var (
	operational = tone{"1a7346", disc, "M4.8 8.3l2.2 2.2 4.2-4.6"}
	notice      = tone{"2a5db0", disc, "M8 7.4v4M8 4.6v.2"}
	maintenance = tone{"2a5db0", "M4.5 1.5h7a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3h-7a3 3 0 0 1-3-3v-7a3 3 0 0 1 3-3z",
		"M5 11l3.6-3.6M8.2 5.2a2.4 2.4 0 0 1 3-1l-1.5 1.6.5 1 1.1.4 1.4-1.5a2.4 2.4 0 0 1-3.4 2.8"}
	degraded = tone{"826000", disc + "M8 2.8a5.2 5.2 0 0 0 0 10.4z", ""} // half of it hollow
	partial  = tone{"a84600", "M8 1.2l7.2 13H.8z", "M8 6v4M8 12.2v.1"}
	major    = tone{"b01f2e", "M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z", "M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2"}
	unknown  = tone{"5d5952", disc, "M5 8h6"}
)

// labelColour is the ground of the label, for every tone.
const labelColour = "33373d"
