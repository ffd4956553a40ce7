package picture

import (
	"image"
	"image/draw"

	"golang.org/x/image/vector"

	"allclear/generator/tone"
)

// shapeSize is the width and height of a shape in pixels.
const shapeSize = 60

// shape draws the shape of a tone with its upper left corner at x and y, and
// leaves out its mark.
func (s *sheet) shape(t tone.Tone, x, y int) {
	box := image.Rect(x, y, x+shapeSize, y+shapeSize)
	part := func(op draw.Op, ink image.Image, drawing func(pen)) {
		p := pen{vector.NewRasterizer(shapeSize, shapeSize), 0, 0, shapeSize / 16.0}
		p.DrawOp = op
		drawing(p)
		p.Draw(s.layers[toned], box, ink, image.Point{})
	}
	part(draw.Over, image.Opaque, func(p pen) { p.shape(t) })
	part(draw.Src, image.Transparent, func(p pen) { p.mark(t) })
}
