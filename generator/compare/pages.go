package compare

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Words is a text of pages that changes, aside from what other parts of the report
// say already.
type Words struct {
	Change
	Pages []string `json:"pages"` // on which it stands, as addresses from the root
}

// pageChange is what changes on a page that is on both sides.
type pageChange struct {
	address string
	blocks  []Change
	moved   bool // some words stand in another place
	later   bool // what the clock will show there changes
}

// comparePage compares what a person can read on a page.
func comparePage(address, before, after string) pageChange {
	a, b := readPage(before, address), readPage(after, address)
	c := pageChange{address: address, later: !slices.Equal(a.later, b.later)}
	if len(a.blocks)+len(b.blocks) > maxTokens {
		c.blocks = []Change{{After: "(the page is too long to be compared word by word)"}}
		return c
	}
	var gone, added []string
	for _, r := range runs(a.blocks, b.blocks, false) {
		switch r.kind {
		case Removed:
			gone = append(gone, r.tokens...)
		case Added:
			added = append(added, r.tokens...)
		default:
			c.pair(gone, added)
			gone, added = nil, nil
		}
	}
	c.pair(gone, added)
	c.dropMoved()
	gone, added = without(external(a.links), external(b.links)), without(external(b.links), external(a.links))
	c.pair(gone, added)
	return c
}

// pair adds blocks that stand in each other's place, each with the one that it is
// most likely a version of.
func (c *pageChange) pair(gone, added []string) {
	inPlace := len(gone) == len(added)
	if len(gone)*len(added) > maxPairs {
		added, c.blocks = nil, append(c.blocks, news(added)...)
	}
	for _, text := range gone {
		i := slices.IndexFunc(added, func(other string) bool { return inPlace || similar(text, other) })
		change := Change{Before: text}
		if i >= 0 {
			change.After = added[i]
			c.blocks = append(c.blocks, news(added[:i])...)
			added = added[i+1:]
		}
		c.blocks = append(c.blocks, change)
	}
	c.blocks = append(c.blocks, news(added)...)
}

// maxPairs is how many pairs of texts are looked at, to find versions of each other.
const maxPairs = 100_000

// news are texts as changes.
func news(texts []string) []Change {
	all := make([]Change, 0, len(texts))
	for _, text := range texts {
		all = append(all, Change{After: text})
	}
	return all
}

// similar reports whether two texts share at least half of their words.
func similar(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	count := map[string]int{}
	for _, word := range x {
		count[word]++
	}
	common := 0
	for _, word := range y {
		if count[word]--; count[word] >= 0 {
			common++
		}
	}
	return 2*common >= max(len(x), len(y))
}

// dropMoved takes out the blocks that only stand in another place.
func (c *pageChange) dropMoved() {
	there := map[string]int{}
	for _, b := range c.blocks {
		if b.Before == "" {
			there[b.After]++
		}
	}
	moved := map[string]int{}
	c.blocks = slices.DeleteFunc(c.blocks, func(b Change) bool {
		if b.After != "" || there[b.Before] == 0 {
			return false
		}
		there[b.Before]--
		moved[b.Before]++
		return true
	})
	c.moved = len(moved) > 0
	c.blocks = slices.DeleteFunc(c.blocks, func(b Change) bool {
		if b.Before != "" || moved[b.After] == 0 {
			return false
		}
		moved[b.After]--
		return true
	})
}

// external are the links that lead out of the site.
func external(links []string) []string {
	return slices.DeleteFunc(slices.Clone(links), func(link string) bool { return strings.HasPrefix(link, "/") })
}

// without are the texts of a list that another list does not have, each once.
func without(all, others []string) []string {
	var rest []string
	for _, s := range all {
		if !slices.Contains(others, s) && !slices.Contains(rest, s) {
			rest = append(rest, s)
		}
	}
	return rest
}

// corpus is text that the report says, word by word.
type corpus struct{ text strings.Builder }

func (c *corpus) add(texts ...string) {
	for _, text := range texts {
		c.text.WriteString(spelled(text) + "\x00")
	}
}

// has reports whether a text is a part of what is said.
func (c *corpus) has(text string) bool {
	return strings.TrimSpace(spelled(text)) == "" || strings.Contains(c.text.String(), spelled(text))
}

// spelled is a text as words alone, with a space around each.
func spelled(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) })
	return " " + strings.Join(words, " ") + " "
}

// said collects what the report says to be new, and to be gone.
func (r *Report) said() (gone, added *corpus) {
	gone, added = &corpus{}, &corpus{}
	change := func(c *Change) {
		if c != nil {
			gone.add(c.Before)
			added.add(c.After)
		}
	}
	item := func(i Item) {
		if i.Kind != Added {
			gone.add(i.Name)
		}
		if i.Kind != Removed {
			added.add(i.Name)
		}
		for _, p := range i.Fields {
			change(&p.Change)
		}
	}
	change(r.Verdict)
	for _, p := range r.Site {
		change(&p.Change)
	}
	for _, i := range slices.Concat(r.Components, r.Notices, r.Calendar) {
		item(i)
	}
	for _, e := range r.Events {
		item(e.Item)
		for _, u := range e.Updates {
			item(u)
		}
	}
	for _, e := range r.Entries {
		item(Item{Name: e.Title, Kind: e.Kind, Fields: e.Fields})
		switch e.Kind {
		case Removed:
			gone.add(e.Text)
		default:
			gone.add(e.Before)
			added.add(e.Text)
		}
	}
	return gone, added
}

// wordsOf lists the texts of changed pages that the report does not say elsewhere,
// those on the most pages first.
func (r *Report) wordsOf(pages []pageChange) []Words {
	gone, added := r.said()
	place := map[Change]int{}
	var all []Words
	for _, p := range pages {
		for _, c := range p.blocks {
			if gone.has(c.Before) && added.has(c.After) {
				continue
			}
			i, found := place[c]
			if !found {
				i = len(all)
				place[c] = i
				all = append(all, Words{Change: c})
			}
			if !slices.Contains(all[i].Pages, p.address) {
				all[i].Pages = append(all[i].Pages, p.address)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Words) int { return cmp.Compare(len(b.Pages), len(a.Pages)) })
	return all
}

// translated splits the address of a page in a further language into the language
// and the address of the same page in the default one. The tag is "" for others.
func translated(address string, languages []string) (tag, original string) {
	for _, tag := range languages {
		if rest, ok := strings.CutPrefix(address, "/"+tag+"/"); ok {
			return tag, "/" + rest
		}
		if address == "/embed/"+tag+"/" {
			return tag, "/embed/"
		}
	}
	return "", address
}
