// Package picture takes the words for an event and gives the picture that other
// sites show with a link to its page: a PNG of 1200 by 630 pixels and about
// 10 KB, the same bytes for the same words. It never decides what the words
// are, and never draws a letter that its fonts don't have.
//
// The fonts are Go's own (https://go.dev/blog/go-fonts), which have the letters
// of the Latin, Greek and Cyrillic scripts. A line with any other letter is
// left out instead of shown as boxes; then the shape of the tone and the site's
// address are left.
package picture

import (
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"allclear/generator/tone"
	"allclear/generator/wrap"
)

// Width and Height are the size that sites with link previews ask for,
// https://ogp.me.
const (
	Width  = 1200
	Height = 630
	margin = 80
)

// Card is the content of a picture.
type Card struct {
	Site  string // its title
	Host  string // its address
	State string // "Major · Resolved"
	Tone  tone.Tone
	Title string // wrapped to a few lines; the rest is cut off
}

// Write writes a card as a PNG.
func Write(w io.Writer, c Card) error {
	regular, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return err
	}
	bold, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return err
	}
	s := newSheet([count]tone.Colour{ink: tone.Ink, soft: tone.Soft, toned: c.Tone.Light})
	s.shape(c.Tone, margin, 168)
	lines := []struct {
		text   string
		font   *opentype.Font
		size   float64
		x, y   int // of the first line, at its baseline
		ink    int
		atMost int // lines
	}{
		{c.Site, bold, 40, margin, 118, soft, 1},
		{c.State, bold, 40, margin + 76, 218, toned, 1},
		{c.Title, bold, 68, margin, 330, ink, 3},
		{c.Host, regular, 32, margin, Height - 56, soft, 1},
	}
	for _, l := range lines {
		if err := s.write(l.text, l.font, l.size, l.x, l.y, l.ink, l.atMost); err != nil {
			return err
		}
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	return encoder.Encode(w, s.image())
}

// The inks, by number. Each has its own part of the palette, from paper to the
// full colour, so that edges are smooth and the file stays small.
const (
	ink = iota
	soft
	toned
	count
)

const levels = 5 // 16 colours in all, which a PNG packs into half a byte

// sheet has one layer for each ink, which says how much of it covers a pixel.
type sheet struct {
	inks   [count]tone.Colour
	layers [count]*image.Alpha
}

func newSheet(inks [count]tone.Colour) *sheet {
	s := &sheet{inks: inks}
	for i := range s.layers {
		s.layers[i] = image.NewAlpha(image.Rect(0, 0, Width, Height))
	}
	return s
}

// write writes a text, or nothing if the font lacks one of its letters.
func (s *sheet) write(text string, f *opentype.Font, size float64, x, y, ink, atMost int) error {
	if !has(f, text) {
		return nil
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		return err
	}
	defer face.Close()
	drawer := font.Drawer{Dst: s.layers[ink], Src: image.Opaque, Face: face}
	measure := func(text string) int { return drawer.MeasureString(text).Ceil() }
	for i, line := range textLines(text, Width-margin-x, atMost, measure) {
		drawer.Dot = fixed.P(x, y+i*int(size*1.22))
		drawer.DrawString(line)
	}
	return nil
}

// textLines breaks a text at blanks. If there are more than atMost lines, the last
// of them ends in an ellipsis.
func textLines(text string, width, atMost int, measure func(string) int) []string {
	all := wrap.Lines(wrap.Words(text), width, measure)
	if len(all) <= atMost {
		return all
	}
	last := wrap.Cut(all[atMost-1]+" "+all[atMost], width-measure("…"), measure)
	return append(all[:atMost-1], strings.TrimRight(last, " ")+"…")
}

// has reports whether a font has every letter of a text.
func has(f *opentype.Font, text string) bool {
	var buffer sfnt.Buffer
	for _, r := range text {
		if i, err := f.GlyphIndex(&buffer, r); err != nil || i == 0 {
			return false
		}
	}
	return true
}

// image puts the layers on top of each other.
func (s *sheet) image() *image.Paletted {
	palette := color.Palette{rgba(tone.Paper)}
	for _, c := range s.inks {
		for level := 1; level <= levels; level++ {
			palette = append(palette, mix(rgba(tone.Paper), rgba(c), level))
		}
	}
	out := image.NewPaletted(image.Rect(0, 0, Width, Height), palette)
	for i, layer := range s.layers {
		for at, alpha := range layer.Pix {
			if level := (int(alpha)*levels + 127) / 255; level > 0 {
				out.Pix[at] = uint8(i*levels + level)
			}
		}
	}
	return out
}

// mix is the colour of a level of levels between paper and ink.
func mix(paper, ink color.RGBA, level int) color.RGBA {
	part := func(paper, ink uint8) uint8 {
		return uint8((int(paper)*(levels-level) + int(ink)*level) / levels)
	}
	return color.RGBA{part(paper.R, ink.R), part(paper.G, ink.G), part(paper.B, ink.B), 0xff}
}

func rgba(c tone.Colour) color.RGBA { return color.RGBAModel.Convert(c).(color.RGBA) }
