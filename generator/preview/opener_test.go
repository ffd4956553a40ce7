package preview

import (
	"slices"
	"testing"
)

func TestEachSystemHasItsOwnCommandToOpenABrowser(t *testing.T) {
	const url = "http://127.0.0.1:8080/"
	for system, want := range map[string][]string{
		"linux":   {"xdg-open", url},
		"freebsd": {"xdg-open", url},
		"darwin":  {"open", url},
		"windows": {"rundll32", "url.dll,FileProtocolHandler", url},
	} {
		if got := openCommand(system, url); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", system, got, want)
		}
	}
}
