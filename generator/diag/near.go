package diag

import (
	"fmt"
	"math/bits"
)

// Near returns the candidate that a mistyped word most likely means, or "" if
// none is near. At most a third of the word may differ, counted as insertions,
// deletions, replacements and swaps of neighbours. Of several equally near
// candidates it returns the first.
func Near(word string, candidates []string) string {
	runes := []rune(cut(word, maxCompared))
	letters := lettersOf(word)
	best, bestDistance := "", len(runes)/3+1
	for _, c := range candidates {
		// A change of one letter for another makes two differences.
		if bits.OnesCount64(letters^lettersOf(c)) >= 2*bestDistance {
			continue
		}
		if d := distance(runes, []rune(cut(c, maxCompared))); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// lettersOf is the set of letters in a word, as far as they are compared. It
// tells most words apart without their distance, which is costly.
func lettersOf(word string) uint64 {
	var set uint64
	for _, r := range cut(word, maxCompared) {
		set |= 1 << (r % 64)
	}
	return set
}

// maxCompared is how many characters of a word are compared.
const maxCompared = 100

// DidYouMean is the beginning of a hint, `did you mean "api"? `, or "" if no
// candidate is near.
func DidYouMean(word string, candidates []string) string {
	if near := Near(word, candidates); near != "" {
		return fmt.Sprintf("did you mean %q? ", near)
	}
	return ""
}

// distance is the optimal string alignment distance of two words.
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
