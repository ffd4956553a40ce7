package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"

	"golang.org/x/image/vector"

	"allclear/generator/tone"
)

// markWidth is the width of a mark's line, in the box of the shape.
const markWidth = 1.8

// Icon writes the shape of a tone as a PNG of size by size pixels, on nothing, for
// the tab of a browser that can't show an SVG.
func Icon(w io.Writer, t tone.Tone, size int) error {
	return png.Encode(w, icon(t, size))
}

// icon is the shape in the tone's colour, and its mark in white.
func icon(t tone.Tone, size int) *image.NRGBA {
	out := image.NewNRGBA(image.Rect(0, 0, size, size))
	paint(out, t.Light, 0, func(p pen) { p.shape(t) })
	paint(out, color.White, 0, func(p pen) { p.mark(t) })
	return out
}

// paint draws in one colour, in the box that a margin leaves, which is given as a
// part of the picture's size.
func paint(out draw.Image, c color.Color, margin float64, drawing func(pen)) {
	size := out.Bounds().Dx()
	edge := margin * float64(size)
	p := pen{vector.NewRasterizer(size, size), edge, edge, (float64(size) - 2*edge) / 16}
	drawing(p)
	p.Draw(out, out.Bounds(), image.NewUniform(c), image.Point{})
}

// TouchSize is the size of the icon that phones put on their first screen,
// https://developer.apple.com/design/human-interface-guidelines/app-icons
const TouchSize = 180

// Plain writes an icon that shows no state as a PNG: the days of a status page as
// bars. Phones keep it as it was on the day when it was added.
func Plain(w io.Writer, size int) error {
	out := image.NewNRGBA(image.Rect(0, 0, size, size))
	draw.Draw(out, out.Bounds(), image.NewUniform(tone.Ink), image.Point{}, draw.Src)
	paint(out, color.White, 0.12, func(p pen) {
		for i, height := range []float64{3, 7.5, 5, 3} {
			x := 3.5 + 3*float64(i)
			p.stroke([]point{{x, 12.5}, {x, 12.5 - height}}, markWidth)
		}
	})
	return png.Encode(w, out)
}

// icoSizes are the sizes that are in favicon.ico.
var icoSizes = []int{16, 32, 48}

// ICO writes the shape of a tone in the container that browsers ask for at
// /favicon.ico, https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10);
// the pictures in it are PNGs.
func ICO(w io.Writer, t tone.Tone) error {
	var directory, pictures bytes.Buffer
	le := binary.LittleEndian
	directory.Write(le.AppendUint16(le.AppendUint16(le.AppendUint16(nil, 0), 1), uint16(len(icoSizes))))
	first := 6 + 16*len(icoSizes)
	for _, size := range icoSizes {
		before := pictures.Len()
		if err := Icon(&pictures, t, size); err != nil {
			return err
		}
		entry := []byte{byte(size), byte(size), 0, 0}
		entry = le.AppendUint16(le.AppendUint16(entry, 1), 32) // one plane, 32 bits per pixel
		entry = le.AppendUint32(entry, uint32(pictures.Len()-before))
		entry = le.AppendUint32(entry, uint32(first+before))
		directory.Write(entry)
	}
	_, err := w.Write(append(directory.Bytes(), pictures.Bytes()...))
	return err
}
