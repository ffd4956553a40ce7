package compare

import (
	"path"
	"strings"
)

// Addresses are those that change, from the root of the site.
type Addresses struct {
	Gained     []string          `json:"gained"`
	Lost       []string          `json:"lost"`
	Redirected map[string]string `json:"redirected"` // those that lead elsewhere than before, or for the first time
}

// addressChanges lists the addresses that the site gains, loses and redirects. One
// that is lost and redirects is not lost.
func addressChanges(from, to *site) Addresses {
	a := Addresses{Redirected: map[string]string{}}
	was, is := from.leads(), to.leads()
	for _, address := range sorted(was, is) {
		before, had := was[address]
		after, has := is[address]
		switch {
		case !has:
			a.Lost = append(a.Lost, address)
		case after != "" && after != before:
			a.Redirected[address] = after
		case after == "" && (!had || before != ""):
			a.Gained = append(a.Gained, address)
		}
	}
	return a
}

// leads says of each address where it redirects to: "" for a file of its own.
func (s *site) leads() map[string]string {
	all := make(map[string]string, len(s.addresses)+len(s.Redirects))
	for address := range s.addresses {
		all[address] = ""
	}
	for address, target := range s.Redirects {
		all[address] = target
	}
	return all
}

// folded lists addresses, those of the same page in several languages as one, and
// with it the files below it.
func folded(all, languages []string) []string {
	there := set(all...)
	tags, below := map[string][]string{}, map[string]int{}
	var lines []string
	for _, address := range all {
		tag, original := translated(address, languages)
		folder, file := path.Split(address)
		switch {
		case tag != "" && there[original]:
			tags[original] = append(tags[original], tag)
		case file != "" && there[folder]:
			below[folder]++
		default:
			lines = append(lines, address)
		}
	}
	for i, address := range lines {
		if n := below[address]; n > 0 {
			lines[i] += " and " + count(n, "file") + " below it"
		}
		if also := tags[address]; len(also) > 0 {
			lines[i] += " (also in " + strings.Join(also, ", ") + ")"
		}
	}
	return lines
}
