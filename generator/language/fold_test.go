package language

import "testing"

func TestPathsOfOneFileOnSomeDisksHaveEqualFolds(t *testing.T) {
	for _, test := range []struct {
		a, b string
		same bool
	}{
		{"Logo.SVG", "logo.svg", true},
		{"über.html", "Über.html", true},
		{"caf\u00e9.html", "cafe\u0301.html", true},
		{"stra\u00dfe.html", "STRASSE.html", true},
		{"cafe.html", "caf\u00e9.html", false},
		{"a/b", "a-b", false},
	} {
		if got := Fold(test.a) == Fold(test.b); got != test.same {
			t.Errorf("%q and %q: alike is %v", test.a, test.b, got)
		}
	}
}
