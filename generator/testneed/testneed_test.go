package testneed

import (
	"os"
	"slices"
	"testing"
)

// Without this test, a misspelt name would go unseen where no test with a need
// runs.
func TestTheEnvironmentNamesKnownNeeds(t *testing.T) {
	if _, err := parse(os.Getenv(variable)); err != nil {
		t.Error(err)
	}
}

func TestANeedThatIsNotKnownIsAnError(t *testing.T) {
	for _, test := range []struct {
		list  string
		names []string
		err   string
	}{
		{"", nil, ""},
		{"node", []string{"node"}, ""},
		{"node,browser,nginx,corpus", []string{"node", "browser", "nginx", "corpus"}, ""},
		{"node,chrome", nil, `ALLCLEAR_REQUIRE: unknown name "chrome"; the names are browser, caddy, corpus, nginx, node, rclone, rsync`},
		{"node,", nil, `ALLCLEAR_REQUIRE: unknown name ""; the names are browser, caddy, corpus, nginx, node, rclone, rsync`},
		{"node browser", nil, `ALLCLEAR_REQUIRE: unknown name "node browser"; the names are browser, caddy, corpus, nginx, node, rclone, rsync`},
	} {
		names, err := parse(test.list)
		said := ""
		if err != nil {
			said = err.Error()
		}
		if !slices.Equal(names, test.names) || said != test.err {
			t.Errorf("%q: %q, %s", test.list, names, said)
		}
	}
}
