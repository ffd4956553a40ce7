package tone_test

import (
	"math"
	"testing"

	"allclear/generator/tone"
)

func TestContrastIsThatOfWCAG(t *testing.T) {
	for _, test := range []struct {
		a, b tone.Colour
		want float64
	}{{0, 0xffffff, 21}, {0x777777, 0xffffff, 4.48}, {0x767676, 0xffffff, 4.54}, {0x123456, 0x123456, 1}} {
		if got := tone.Contrast(test.a, test.b); math.Abs(got-test.want) > 0.01 {
			t.Errorf("%v on %v has %f, want %f", test.a, test.b, got, test.want)
		}
	}
}

func TestAColourIsChangedOnlyAsFarAsItMustBe(t *testing.T) {
	for _, paper := range []tone.Colour{tone.Paper, tone.DarkPaper} {
		for _, c := range []tone.Colour{0x1f5eff, 0xffcc00, 0x00ff00, 0x000000, 0xffffff, 0x808080} {
			got := c.ReadableOn(paper, 4.5)
			if tone.Contrast(got, paper) < 4.5 {
				t.Errorf("%v on %v becomes %v, which can't be read", c, paper, got)
			}
			if tone.Contrast(c, paper) >= 4.5 && got != c {
				t.Errorf("%v on %v becomes %v for no reason", c, paper, got)
			}
		}
	}
	if c, ok := tone.ParseColour("#1f5eff"); !ok || c != 0x1f5eff {
		t.Errorf("got %v", c)
	}
	for _, wrong := range []string{"1f5eff", "#1f5", "#1f5efg", "#1f5eff0", "", "#+12345"} {
		if _, ok := tone.ParseColour(wrong); ok {
			t.Errorf("%q is read as a colour", wrong)
		}
	}
}
