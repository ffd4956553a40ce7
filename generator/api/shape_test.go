package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"allclear/generator/testneed"

	"github.com/google/go-cmp/cmp"
)

// recorded reads a file of the recorded sites.
func recorded(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(testneed.Corpus(t, path))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// node is a JSON value whose objects keep the order of their keys.
type node struct {
	kind  string // object, list, null, boolean, number, string, date or timestamp
	keys  []string
	items []node // of a list, or of an object by keys
	text  string // of anything else, as JSON
}

var (
	timestampForm = regexp.MustCompile(`^"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)"$`)
	dateForm      = regexp.MustCompile(`^"\d{4}-\d\d-\d\d"$`)
)

func parse(t *testing.T, content []byte) node {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.UseNumber()
	root := parseValue(t, decoder)
	if _, err := decoder.Token(); err != io.EOF {
		t.Fatalf("something follows the JSON: %v", err)
	}
	return root
}

func parseValue(t *testing.T, decoder *json.Decoder) node {
	t.Helper()
	token, err := decoder.Token()
	if err != nil {
		t.Fatal(err)
	}
	text, _ := json.Marshal(token)
	switch token := token.(type) {
	case json.Delim:
		n := node{kind: "list"}
		if token == '{' {
			n.kind = "object"
		}
		for decoder.More() {
			if n.kind == "object" {
				key, _ := decoder.Token()
				n.keys = append(n.keys, key.(string))
			}
			n.items = append(n.items, parseValue(t, decoder))
		}
		_, _ = decoder.Token() // the closing bracket
		return n
	case nil:
		return node{kind: "null", text: "null"}
	case bool:
		return node{kind: "boolean", text: string(text)}
	case json.Number:
		return node{kind: "number", text: token.String()}
	}
	switch {
	case timestampForm.Match(text):
		return node{kind: "timestamp", text: string(text)}
	case dateForm.Match(text):
		return node{kind: "date", text: string(text)}
	}
	return node{kind: "string", text: string(text)}
}

// shape is what a kind of document looks like: for each path of keys the types
// of value seen there, and for each object its keys, joined in their order.
type shape struct {
	types  map[string]map[string]bool
	orders map[string]map[string]bool
}

func newShape() shape {
	return shape{types: map[string]map[string]bool{}, orders: map[string]map[string]bool{}}
}

func (s shape) add(path string, n node) {
	note(s.types, path, n.kind)
	switch n.kind {
	case "object":
		note(s.orders, path, strings.Join(n.keys, " "))
		for i, key := range n.keys {
			s.add(path+"."+key, n.items[i])
		}
	case "list":
		for _, item := range n.items {
			s.add(path+"[]", item)
		}
	}
}

func note(seen map[string]map[string]bool, path, what string) {
	if seen[path] == nil {
		seen[path] = map[string]bool{}
	}
	seen[path][what] = true
}

// responses pairs each recorded response with the endpoint that must look like it.
var responses = []struct{ recorded, endpoint string }{
	{"statuspage-github/summary.json", "api/v2/summary.json"},
	{"statuspage-samples/asana-summary.json", "api/v2/summary.json"},
	{"statuspage-samples/bexio-summary.json", "api/v2/summary.json"},
	{"statuspage-samples/cloudflare-summary.json", "api/v2/summary.json"},
	{"statuspage-github/components.json", "api/v2/components.json"},
	{"statuspage-github/incidents.json", "api/v2/incidents.json"},
	{"statuspage-github/scheduled-maintenances.json", "api/v2/scheduled-maintenances.json"},
}

// TestEachKeyIsWhereStatuspageHasIt compares the order of keys at each path of
// each recorded response with ours.
func TestEachKeyIsWhereStatuspageHasIt(t *testing.T) {
	for _, response := range responses {
		t.Run(response.recorded, func(t *testing.T) {
			theirs, ours := newShape(), newShape()
			theirs.add("", parse(t, recorded(t, response.recorded)))
			ours.add("", parse(t, fetch(t, rich(), response.endpoint)))
			for path, orders := range theirs.orders {
				for order := range orders {
					if !ours.orders[path][order] {
						t.Errorf("at %q Statuspage says\n\t%s\nand allclear\n\t%v", path, order, ours.orders[path])
					}
				}
			}
		})
	}
}

// TestEachValueIsOfATypeThatStatuspageSays compares types, nullability and
// the form of timestamps and dates over all recorded responses at once, since
// no single one shows every case: none of the recorded maintenances is over,
// so what incidents show counts for them too.
func TestEachValueIsOfATypeThatStatuspageSays(t *testing.T) {
	theirs, ours := newShape(), newShape()
	for _, response := range responses {
		theirs.add("", parse(t, recorded(t, response.recorded)))
		ours.add("", parse(t, fetch(t, rich(), response.endpoint)))
	}
	delete(theirs.types[".scheduled_maintenances[].incident_updates[].tweet_id"], "number") // allclear tweets nothing
	want, got := alike(theirs.types), alike(ours.types)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("types by path (- Statuspage, + allclear):\n%s", diff)
	}
	for path, orders := range ours.orders {
		for order := range orders {
			if !theirs.orders[path][order] {
				t.Errorf("at %q no recorded response has the keys %s", path, order)
			}
		}
	}
}

// alike joins what incidents and maintenances have in common into one path.
func alike(types map[string]map[string]bool) map[string]map[string]bool {
	joined := map[string]map[string]bool{}
	for path, kinds := range types {
		path = strings.Replace(path, ".scheduled_maintenances", ".incidents", 1)
		for kind := range kinds {
			note(joined, path, kind)
		}
	}
	return joined
}

// TestTheDocumentedExampleHasNoKeyOfItsOwn reads the example of Statuspage's
// documentation, which is older than the recorded responses, sorts its keys by
// name and leaves some out.
func TestTheDocumentedExampleHasNoKeyOfItsOwn(t *testing.T) {
	theirs, ours := newShape(), newShape()
	theirs.add("", parse(t, recorded(t, "statuspage-samples/atlassian_docs_example-incidents.json")))
	ours.add("", parse(t, fetch(t, rich(), "api/v2/incidents.json")))
	for path := range theirs.types {
		if ours.types[path] == nil {
			t.Errorf("nothing of ours is at %q", path)
		}
	}
}

// TestRecordedResponsesAndOursAreInOneOrder checks both by the same rules of
// order, so that a rule that Statuspage does not have fails.
func TestRecordedResponsesAndOursAreInOneOrder(t *testing.T) {
	for _, response := range responses {
		t.Run(response.recorded, func(t *testing.T) {
			checkOrder(t, parse(t, recorded(t, response.recorded)))
			checkOrder(t, parse(t, fetch(t, rich(), response.endpoint)))
		})
	}
}

func checkOrder(t *testing.T, root node) {
	t.Helper()
	_, isSummary := root.field("status")
	incidents, _ := root.field("incidents")
	maintenances, _ := root.field("scheduled_maintenances")
	byPosition(t, root)
	for _, e := range slices.Concat(incidents.items, maintenances.items) {
		byPosition(t, e)
		list, _ := e.field("incident_updates")
		descending(t, list.items, "display_at")
	}
	if !isSummary {
		descending(t, incidents.items, "created_at")
		descending(t, maintenances.items, "created_at")
		return
	}
	descending(t, incidents.items, "updated_at")
	inWords := func(n node) bool { word, _ := n.field("status"); return word.text != `"scheduled"` }
	begun := slices.IndexFunc(maintenances.items, inWords)
	if begun >= 0 && slices.ContainsFunc(maintenances.items[begun:], func(n node) bool { return !inWords(n) }) {
		t.Error("a scheduled maintenance follows an active one")
	}
	if begun < 0 {
		begun = len(maintenances.items)
	}
	soonest := slices.Clone(maintenances.items[:begun])
	slices.Reverse(soonest)
	descending(t, soonest, "scheduled_for")
}

// descending fails where a list is not sorted by a key, greatest first.
func descending(t *testing.T, list []node, key string) {
	t.Helper()
	for i := 1; i < len(list); i++ {
		before, _ := list[i-1].field(key)
		after, _ := list[i].field(key)
		if before.text < after.text {
			t.Errorf("%s %s stands before %s", key, before.text, after.text)
		}
	}
}

// byPosition fails where an object's components are not sorted by position.
func byPosition(t *testing.T, n node) {
	t.Helper()
	list, _ := n.field("components")
	last := 0
	for _, c := range list.items {
		field, _ := c.field("position")
		position, err := strconv.Atoi(field.text)
		if err != nil || position < last {
			t.Errorf("position %s stands after %d", field.text, last)
		}
		last = position
	}
}

// field returns the value of an object's key.
func (n node) field(key string) (node, bool) {
	i := slices.Index(n.keys, key)
	if i < 0 {
		return node{}, false
	}
	return n.items[i], true
}
