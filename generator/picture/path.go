package picture

import (
	"math"
	"regexp"
	"strconv"

	"golang.org/x/image/vector"

	"allclear/generator/tone"
)

// point is a place in the box of a shape, 16 by 16.
type point struct{ x, y float64 }

// The commands of a path and their numbers. The flags of an arc may have no
// space after them.
var (
	pathStep   = regexp.MustCompile(`([MLHVAZmlhvaz])([^A-Za-z]*)`)
	pathNumber = regexp.MustCompile(`-?(?:\d+\.?\d*|\.\d+)`)
)

// lines follows a path of SVG that has straight lines and arcs of circles, and
// returns its parts, each as the corners of straight lines. That is all that the
// tones need.
func lines(path string) [][]point {
	var parts [][]point
	var at point
	add := func(to point) {
		parts[len(parts)-1] = append(parts[len(parts)-1], to)
		at = to
	}
	for _, step := range pathStep.FindAllStringSubmatch(path, -1) {
		command, n := step[1][0], numbers(step[2])
		origin := point{}
		if command >= 'a' {
			origin, command = at, command-'a'+'A'
		}
		switch command {
		case 'M':
			at = point{origin.x + n[0], origin.y + n[1]}
			parts = append(parts, []point{at})
			for i := 2; i+1 < len(n); i += 2 { // more pairs are lines
				if step[1] == "m" {
					origin = at
				}
				add(point{origin.x + n[i], origin.y + n[i+1]})
			}
		case 'L':
			for i := 0; i+1 < len(n); i += 2 {
				add(point{origin.x + n[i], origin.y + n[i+1]})
				if step[1] == "l" {
					origin = at
				}
			}
		case 'H':
			add(point{origin.x + n[0], at.y})
		case 'V':
			add(point{at.x, origin.y + n[0]})
		case 'A':
			for i := 0; i+6 < len(n); i += 7 {
				arc(at, point{origin.x + n[i+5], origin.y + n[i+6]}, n[i], n[i+3] != 0, n[i+4] != 0, add)
				if step[1] == "a" {
					origin = at
				}
			}
		case 'Z':
			add(parts[len(parts)-1][0])
		}
	}
	return parts
}

func numbers(text string) []float64 {
	var n []float64
	for _, digits := range pathNumber.FindAllString(text, -1) {
		f, _ := strconv.ParseFloat(digits, 64)
		n = append(n, f)
	}
	return n
}

// arc adds the corners of an arc of a circle, as
// https://www.w3.org/TR/SVG2/implnote.html#ArcImplementationNotes has it.
func arc(from, to point, r float64, large, sweep bool, add func(point)) {
	middle := point{(from.x + to.x) / 2, (from.y + to.y) / 2}
	half := math.Hypot(to.x-from.x, to.y-from.y) / 2
	r = math.Max(r, half)
	// How far the centre is away, in halves of the chord. The difference of two squares
	// can be below zero on a processor that rounds one of them only with the other.
	away := math.Sqrt((r-half)*(r+half)) / half
	if large == sweep {
		away = -away
	}
	centre := point{middle.x - away*(to.y-from.y)/2, middle.y + away*(to.x-from.x)/2}
	first := math.Atan2(from.y-centre.y, from.x-centre.x)
	turn := math.Atan2(to.y-centre.y, to.x-centre.x) - first
	if sweep && turn <= 0 {
		turn += 2 * math.Pi
	} else if !sweep && turn >= 0 {
		turn -= 2 * math.Pi
	}
	const steps = 24
	for i := 1; i < steps; i++ {
		angle := first + turn*float64(i)/steps
		add(point{centre.x + r*math.Cos(angle), centre.y + r*math.Sin(angle)})
	}
	add(to)
}

// pen draws in a box of 16 by 16 whose upper left corner and unit are given in
// pixels.
type pen struct {
	*vector.Rasterizer
	x, y, unit float64
}

func (p pen) shape(t tone.Tone) {
	for _, part := range lines(t.Shape) {
		p.fill(part)
	}
}

func (p pen) mark(t tone.Tone) {
	for _, part := range lines(t.Mark) {
		p.stroke(part, markWidth)
	}
}

func (p pen) fill(part []point) {
	for i, at := range part {
		x, y := float32(p.x+at.x*p.unit), float32(p.y+at.y*p.unit)
		if i == 0 {
			p.MoveTo(x, y)
		} else {
			p.LineTo(x, y)
		}
	}
	p.ClosePath()
}

// stroke draws a line of a width with round ends and corners.
func (p pen) stroke(part []point, width float64) {
	r := width / 2
	for i, at := range part {
		p.disc(at, r)
		if i == 0 || at == part[i-1] {
			continue
		}
		from := part[i-1]
		length := math.Hypot(at.x-from.x, at.y-from.y)
		dx, dy := -(at.y-from.y)/length*r, (at.x-from.x)/length*r
		p.fill([]point{{from.x - dx, from.y - dy}, {at.x - dx, at.y - dy}, {at.x + dx, at.y + dy}, {from.x + dx, from.y + dy}})
	}
}

func (p pen) disc(centre point, r float64) {
	circle := []point{{centre.x + r, centre.y}}
	arc(circle[0], point{centre.x - r, centre.y}, r, false, true, func(at point) { circle = append(circle, at) })
	arc(point{centre.x - r, centre.y}, circle[0], r, false, true, func(at point) { circle = append(circle, at) })
	p.fill(circle)
}
