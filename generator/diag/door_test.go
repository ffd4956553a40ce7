package diag

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
)

func TestTheDoorMakesVisibleWhatAMachineWouldObey(t *testing.T) {
	for text, want := range map[string]string{
		"plain\n\ttext — Ünïcode 👩‍🚒\n":    "plain\n\ttext — Ünïcode 👩‍🚒\n",
		"a\x1b[2J\x07\r\x7f":               `a\x1b[2J\x07\x0d\u007f`,
		"\u202eabc\u2066\u200b\U000e0041":  `\u202eabc\u2066\u200b\udb40\udc41`,
		"\x9b1m \xff":                      `\x9b1m \xff`,
		"::error::x\n \t::debug::":         ":\\u003aerror::x\n \t:\\u003adebug::",
		"\u00a0::x":                        "\u00a0:\\u003ax",
		"a::b: ::c":                        "a::b: ::c",
		"x ##[error] ###[a] ##vso[b] # #[": "x ##\\u005berror] ###\\u005ba] ##vso\\u005bb] # #[",
	} {
		var b strings.Builder
		if _, err := io.WriteString(NewDoor(&b, true), text); err != nil || b.String() != want {
			t.Errorf("%q becomes %q, want %q", text, b.String(), want)
		}
		var pieces strings.Builder
		door := NewDoor(&pieces, true)
		for _, r := range strings.Split(strings.ToValidUTF8(text, ""), "") {
			if _, err := io.WriteString(door, r); err != nil {
				t.Fatal(err)
			}
		}
		var whole strings.Builder
		if _, err := io.WriteString(NewDoor(&whole, true), strings.ToValidUTF8(text, "")); err != nil || pieces.String() != whole.String() {
			t.Errorf("in pieces %q becomes %q, not %q", text, pieces.String(), whole.String())
		}
	}
}

func TestWithoutARunnerItsCommandsAreText(t *testing.T) {
	const text = "::error::x ##[group]\n"
	var b strings.Builder
	if _, err := io.WriteString(NewDoor(&b, false), text); err != nil || b.String() != text {
		t.Errorf("%q becomes %q", text, b.String())
	}
}

func TestJSONIsTheSameDocumentBehindTheDoor(t *testing.T) {
	want := []string{"::error::x", "##[stop-commands]", "\x1b[2J\u202e\x7f\u009b\U000e0041", "\u2028"}
	for _, indent := range []string{"", "  "} {
		var b strings.Builder
		encoder := json.NewEncoder(NewDoor(&b, true))
		encoder.SetIndent("", indent)
		if err := encoder.Encode(want); err != nil {
			t.Fatal(err)
		}
		var got []string
		if err := json.Unmarshal([]byte(b.String()), &got); err != nil || strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%q is read as %q: %v", b.String(), got, err)
		}
		if strings.Contains(b.String(), "##[") {
			t.Errorf("%s has a command", b.String())
		}
	}
}

func TestColoursPassTheDoor(t *testing.T) {
	var b strings.Builder
	l := List{ruleWrong.At(Position{File: "\x1b[31ma"}, "\x1b[0m")}
	if err := l.Text(NewDoor(&b, true), true); err != nil {
		t.Fatal(err)
	}
	if want := "\\x1b[31ma: \x1b[1;31merror\x1b[0m: \\x1b[0m [wrong-thing]\n1 error\n"; b.String() != want {
		t.Errorf("got %q", b.String())
	}
}
