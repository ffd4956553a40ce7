package markdown

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestNotLookingForBareAddressesLosesNone joins pieces of Markdown, addresses
// among them, and holds each text against one for which goldmark has looked.
func TestNotLookingForBareAddressesLosesNone(t *testing.T) {
	pieces := []string{
		"word", "next", " ", " ", "  ", "\n", "\n\n", "  \n", "   \n", "\\\n", "\t", ".", ",", ":", "(", ")", "*", "_", "~", "~~", "**", "`", "``", "[", "]", "!", "<", ">", "\\", "&", "&amp;",
		"http:", "https://a.example/b_c", "http://d.example.", "www.", "www.e.example", "@", "f@g.example", "ftp://h.example",
		"[i](https://j.example/k)", "[l](/m)", "![n](o.png)", "<https://p.example>", "<q@r.example>", "`https://s.example`", "[t]", "[t]: https://u.example\n", "<b>", "</b>",
		"- ", "1. ", "> ", "# ", "- [ ] ", "\n| v | w |\n|---|---|\n", "| x ", "```\n", "    ", "---\n",
	}
	r := New(Options{SiteURL: "https://status.example.com", BasePath: "/"})
	looking := New(Options{SiteURL: "https://status.example.com", BasePath: "/"})
	looking.words = looking.parser
	random := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		var b strings.Builder
		for range 1 + random.IntN(12) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		src := []byte(b.String())
		want, wantFound := looking.Render(src)
		got, gotFound := r.Render(src)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q (-looking +got):\n%s", src, diff)
		}
		if diff := cmp.Diff(wantFound, gotFound); diff != "" {
			t.Fatalf("findings of %q (-looking +got):\n%s", src, diff)
		}
	}
}
