package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/png"
	"math"
	"testing"

	"allclear/generator/tone"
)

var tones = []tone.Tone{tone.Operational, tone.Notice, tone.Maintenance, tone.Degraded, tone.Partial, tone.Major, tone.Unknown}

func TestAnIconIsTheToneOnNothing(t *testing.T) {
	seen := map[string]string{}
	for _, row := range tones {
		var b bytes.Buffer
		if err := Icon(&b, row, 48); err != nil {
			t.Fatal(err)
		}
		if b.Len() > 1500 {
			t.Errorf("%s has %d bytes", row.Name, b.Len())
		}
		if other := seen[b.String()]; other != "" && row.Name != tone.Notice.Name {
			t.Errorf("%s looks like %s", row.Name, other)
		}
		seen[b.String()] = row.Name
		picture, err := png.Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, _, alpha := picture.At(0, 0).RGBA(); alpha != 0 {
			t.Errorf("%s has a background", row.Name)
		}
		r, g, bl, _ := row.Light.RGBA()
		toned := 0
		for y := range 48 {
			for x := range 48 {
				if pr, pg, pb, _ := picture.At(x, y).RGBA(); pr == r && pg == g && pb == bl {
					toned++
				}
			}
		}
		if toned < 48*48/4 {
			t.Errorf("%s has only %d pixels in its colour", row.Name, toned)
		}
	}
}

func TestAContainerOfIconsHasEachSize(t *testing.T) {
	var b bytes.Buffer
	if err := ICO(&b, tone.Major); err != nil {
		t.Fatal(err)
	}
	data, le := b.Bytes(), binary.LittleEndian
	if kind, n := le.Uint16(data[2:]), int(le.Uint16(data[4:])); kind != 1 || n != len(icoSizes) {
		t.Fatalf("kind %d with %d pictures", kind, n)
	}
	for i, size := range icoSizes {
		entry := data[6+16*i:]
		length, at := le.Uint32(entry[8:]), le.Uint32(entry[12:])
		config, err := png.DecodeConfig(bytes.NewReader(data[at : at+length]))
		if err != nil || config.Width != size || int(entry[0]) != size {
			t.Errorf("picture %d is %d pixels wide, said %d, want %d: %v", i, config.Width, entry[0], size, err)
		}
	}
}

func TestATouchIconHasNoHoles(t *testing.T) {
	var b bytes.Buffer
	if err := Plain(&b, TouchSize); err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(&b)
	if err != nil || picture.Bounds() != image.Rect(0, 0, TouchSize, TouchSize) {
		t.Fatal(picture.Bounds(), err)
	}
	for y := range TouchSize {
		for x := range TouchSize {
			if _, _, _, alpha := picture.At(x, y).RGBA(); alpha != 0xffff {
				t.Fatalf("it is not opaque at %d, %d", x, y) // a phone would fill it with black
			}
		}
	}
}

func TestLinesFollowAPath(t *testing.T) {
	for path, want := range map[string][][]point{
		"M1 2L3 4":             {{{1, 2}, {3, 4}}},
		"M1 2l3 4 1 1":         {{{1, 2}, {4, 6}, {5, 7}}},
		"M1 1h2v3H1z":          {{{1, 1}, {3, 1}, {3, 4}, {1, 4}, {1, 1}}},
		"M5.4 5.4l5-5M10 .5V3": {{{5.4, 5.4}, {10.4, 0.4}}, {{10, 0.5}, {10, 3}}},
	} {
		got := lines(path)
		if len(got) != len(want) {
			t.Fatalf("%s: %v", path, got)
		}
		for i, part := range want {
			for j, at := range part {
				if len(got[i]) != len(part) || math.Hypot(got[i][j].x-at.x, got[i][j].y-at.y) > 1e-9 {
					t.Errorf("%s: %v, want %v", path, got[i], part)
				}
			}
		}
	}
	for _, circle := range []string{"M8 1a7 7 0 0 1 0 14A7 7 0 0 1 8 1z", "M8 1a7 7 0 1 0 7 7"} {
		for _, at := range lines(circle)[0] {
			if r := math.Hypot(at.x-8, at.y-8); math.Abs(r-7) > 1e-9 {
				t.Errorf("%s: %v is %f from the centre", circle, at, r)
			}
		}
	}
}
