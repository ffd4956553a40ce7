package picture

import (
	"bytes"
	"image/png"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"allclear/generator/tone"
)

func painted(t *testing.T, c Card) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var card = Card{
	Site: "Example", Host: "status.example.com", State: "Major · Resolved", Tone: tone.Major,
	Title: "We are experiencing downtime on our India SDK endpoint",
}

func TestAPictureIsSmallAndOfTheSizeThatIsAskedFor(t *testing.T) {
	data := painted(t, card)
	if len(data) > 12<<10 {
		t.Errorf("it has %d bytes", len(data))
	}
	decoded, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if size := decoded.Bounds().Size(); size.X != Width || size.Y != Height {
		t.Errorf("it is %v", size)
	}
}

func TestTheSameWordsGiveTheSamePicture(t *testing.T) {
	if !bytes.Equal(painted(t, card), painted(t, card)) {
		t.Error("they differ")
	}
	other := card
	other.Tone = tone.Degraded
	if bytes.Equal(painted(t, card), painted(t, other)) {
		t.Error("the tone makes no difference")
	}
}

func TestALineThatTheFontCantWriteIsLeftOut(t *testing.T) {
	foreign, none := card, card
	foreign.Title, none.Title = "障害が発生しています", ""
	if !bytes.Equal(painted(t, foreign), painted(t, none)) {
		t.Error("something is drawn in place of a title that can't be written")
	}
	greek := card
	greek.Title = "Διακοπή"
	if bytes.Equal(painted(t, greek), painted(t, none)) {
		t.Error("Greek is left out")
	}
}

func TestLines(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		atMost int
		want   []string
	}{
		"short":                    {"one two", 3, []string{"one two"}},
		"at a blank":               {"one two three four", 3, []string{"one two", "three four"}},
		"a word that is too long":  {"a abcdefghijklmnop", 3, []string{"a", "abcdefghij", "klmnop"}},
		"cut at the end":           {"one two three four five", 2, []string{"one two", "three fou…"}},
		"cut inside of a word":     {"ääääääääääääääääääääääää", 1, []string{"äääääääää…"}},
		"nothing":                  {"  ", 3, []string{""}},
		"blanks that are not wide": {"one\n\ttwo", 3, []string{"one two"}},
	} {
		if got := textLines(c.text, 10, c.atMost, utf8.RuneCountInString); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

func TestLinesEndWhereNoLetterFits(t *testing.T) {
	if got := textLines(strings.Repeat("x", 5), 0, 9, utf8.RuneCountInString); len(got) == 0 {
		t.Error("nothing is left")
	}
}
