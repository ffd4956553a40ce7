package badge

import (
	"encoding/xml"
	"fmt"
	"io"

	"allclear/generator/tone"
)

// The sizes of a badge in pixels.
const (
	height   = 20
	baseline = 14 // of the text, from the top
	padding  = 6  // beside a text
	iconSize = 12 // the shape's height and width
	radius   = 3  // of the corners
)

const fonts = "Verdana,Geneva,'DejaVu Sans',sans-serif"

// picture is a badge as SVG 1.1. It has no id, style or address, so that it can
// be part of a page under the strictest content security policy.
type picture struct {
	XMLName xml.Name `xml:"http://www.w3.org/2000/svg svg"`
	Width   int      `xml:"width,attr"`
	Height  int      `xml:"height,attr"`
	ViewBox string   `xml:"viewBox,attr"`
	Role    string   `xml:"role,attr"`
	Label   string   `xml:"aria-label,attr"`
	Title   string   `xml:"title"`
	Grounds []path   `xml:"path"`
	Icon    group    `xml:"g"`
	Texts   []text   `xml:"text"`
}

type path struct {
	Fill   string `xml:"fill,attr"`
	Stroke string `xml:"stroke,attr,omitempty"`
	Width  string `xml:"stroke-width,attr,omitempty"`
	Cap    string `xml:"stroke-linecap,attr,omitempty"`
	Join   string `xml:"stroke-linejoin,attr,omitempty"`
	D      string `xml:"d,attr"`
}

type group struct {
	Transform string `xml:"transform,attr"`
	Paths     []path `xml:"path"`
}

type text struct {
	X      int    `xml:"x,attr"`
	Y      int    `xml:"y,attr"`
	Fill   string `xml:"fill,attr"`
	Family string `xml:"font-family,attr"`
	Size   int    `xml:"font-size,attr"`
	Length int    `xml:"textLength,attr"`
	Adjust string `xml:"lengthAdjust,attr"`
	Body   string `xml:",chardata"`
}

// labelColour is the background of the label in every tone.
const labelColour = "#33373d"

const white = "#fff"

func (b badge) svg(w io.Writer) error {
	label, message := shorten(b.Label), shorten(b.Message)
	left := 2*padding + measure(label)
	right := 3*padding + iconSize + measure(message)
	p := picture{
		Width:   left + right,
		Height:  height,
		ViewBox: fmt.Sprintf("0 0 %d %d", left+right, height),
		Role:    "img",
		Label:   b.Title,
		Title:   b.Title,
		Grounds: []path{
			{Fill: labelColour, D: fmt.Sprintf("M%d 0H%dV%dH%da%d %d 0 0 1-%d-%dV%da%d %d 0 0 1 %d-%dz",
				radius, left, height, radius, radius, radius, radius, radius, radius, radius, radius, radius, radius)},
			{Fill: "#" + b.Tone.Light.String(), D: fmt.Sprintf("M%d 0H%da%d %d 0 0 1 %d %dV%da%d %d 0 0 1-%d %dH%dz",
				left, left+right-radius, radius, radius, radius, radius, height-radius, radius, radius, radius, radius, left)},
		},
		Icon:  icon(b.Tone, left+padding),
		Texts: append(words(padding, label), words(left+2*padding+iconSize, message)...),
	}
	encoder := xml.NewEncoder(w)
	if err := encoder.Encode(p); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// icon is the shape of a tone at a distance from the left.
func icon(t tone.Tone, x int) group {
	paths := []path{{Fill: white, D: t.Shape}}
	if t.Mark != "" {
		paths = append(paths, path{Fill: "none", Stroke: "#" + t.Light.String(), Width: "1.8", Cap: "round", Join: "round", D: t.Mark})
	}
	return group{fmt.Sprintf("translate(%d %d)scale(.75)", x, (height-iconSize)/2), paths}
}

// words is a text that is exactly as wide as it was measured, in any font that
// the reader has.
func words(x int, body string) []text {
	if body == "" {
		return nil
	}
	return []text{{
		X: x, Y: baseline, Fill: white, Family: fonts, Size: fontSize,
		Length: measure(body), Adjust: "spacingAndGlyphs", Body: body,
	}}
}
