package command

import (
	"strings"
	"testing"
)

func TestAnEditorMayHaveArgumentsOnEverySystem(t *testing.T) {
	for _, test := range []struct{ system, editor, want string }{
		{"linux", "vim -u NONE", `sh|-c|vim -u NONE "$@"|vim -u NONE|a b.md`},
		{"windows", "code --wait", "code|--wait|a b.md"},
		{"windows", "notepad", "notepad|a b.md"},
	} {
		if got := strings.Join(editorCommand(test.system, test.editor, "a b.md").Args, "|"); got != test.want {
			t.Errorf("%s on %s is run as %s, want %s", test.editor, test.system, got, test.want)
		}
	}
}
