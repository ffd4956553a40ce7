package picture

import (
	"image"

	"golang.org/x/image/vector"

	"allclear/generator/tone"
)

// shapeSize is the width and height of a shape in pixels. Its corners are given
// in sixteenths of that.
const shapeSize = 60

// shape draws the shape of a tone with its upper left corner at x and y.
func (s *sheet) shape(t tone.Tone, x, y int) {
	r := vector.NewRasterizer(shapeSize, shapeSize)
	const unit = shapeSize / 16.0
	if t.Corners != nil {
		for i, p := range t.Corners {
			if i == 0 {
				r.MoveTo(p[0]*unit, p[1]*unit)
			} else {
				r.LineTo(p[0]*unit, p[1]*unit)
			}
		}
		r.ClosePath()
	} else {
		circle(r, 8*unit, 7*unit)
		if t.Name == tone.Degraded.Name { // hollow on one side
			r.MoveTo(8*unit, 2.6*unit)
			r.CubeTo(4.9*unit, 2.6*unit, 2.6*unit, 5*unit, 2.6*unit, 8*unit)
			r.CubeTo(2.6*unit, 11*unit, 4.9*unit, 13.4*unit, 8*unit, 13.4*unit)
			r.ClosePath()
		}
	}
	r.Draw(s.layers[toned], image.Rect(x, y, x+shapeSize, y+shapeSize), image.Opaque, image.Point{})
}

// round is the length of the handles of a quarter circle, in radii.
const round = 0.5523

func circle(r *vector.Rasterizer, c, radius float32) {
	h := radius * round
	r.MoveTo(c, c-radius)
	r.CubeTo(c+h, c-radius, c+radius, c-h, c+radius, c)
	r.CubeTo(c+radius, c+h, c+h, c+radius, c, c+radius)
	r.CubeTo(c-h, c+radius, c-radius, c+h, c-radius, c)
	r.CubeTo(c-radius, c-h, c-h, c-radius, c, c-radius)
	r.ClosePath()
}
