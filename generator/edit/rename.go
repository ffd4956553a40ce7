package edit

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"allclear/generator/compose"
	"allclear/generator/derive"
	"allclear/generator/language"
	"allclear/generator/source"
	"allclear/generator/status"
)

// Rename is a new id for an event, which is its file's name and its address. The old
// address leads to the new one, and every id that clients and readers know stays.
type Rename struct {
	Event string // any spelling
	ID    string // the new one
}

// Plan plans the renaming: the event's file and its translations move, and events
// that name it as related are changed.
func (r Rename) Plan(c *Content) (*Change, error) {
	e, err := c.Find(r.Event, 0)
	if err != nil {
		return nil, err
	}
	if r.ID == e.ID {
		return nil, problem("choose another id", "the event has the id %s already", r.ID)
	}
	taken := c.takenIDs()
	for _, a := range e.Aliases { // an event may have an old id of its own again
		delete(taken, language.Fold(path.Base(a.Path)))
	}
	if r.ID == e.Code() {
		delete(taken, language.Fold(r.ID))
	}
	if err := newID(r.ID, taken); err != nil {
		return nil, err
	}
	below, old, err := c.read(e.Event)
	if err != nil {
		return nil, err
	}
	text, err := r.renamed(e, old)
	if err != nil {
		return nil, err
	}
	ch := &Change{Event: r.ID, Kind: e.Kind, Line: 1, Block: newLines(old, text)}
	ch.move(c, below, r.ID, old, text)
	return ch, r.changeOthers(c, ch, e, below)
}

// move adds a file that moves: the new one before the old one, so that nothing is
// lost if the program is killed in between.
func (ch *Change) move(c *Content, from, id string, old, text []byte) {
	_, ending, _ := strings.Cut(path.Base(from), ".")
	to := path.Join(path.Dir(from), id+"."+ending)
	ch.Files = append(ch.Files, File{c.file(to), to, nil, text}, File{c.file(from), from, old, nil})
}

// renamed is the text of the event's file with its old address as an alias, in the
// place of its new one if that is an alias already, and with the id that the API and
// the updates' ids are made of.
func (r Rename) renamed(e *derive.Event, text []byte) ([]byte, error) {
	doc, found := source.ParseEvent(e.Position.File, text, e.Kind)
	if doc == nil {
		return nil, &Refused{errorsOf(found)}
	}
	target, old := status.Event{Kind: e.Kind, ID: r.ID}, "/"+e.Path()
	f, listed := doc.Fields.Field("aliases")
	taken := slices.IndexFunc(itemsOf(f.Value), func(v source.Value) bool {
		return strings.Trim(v.Text, "/")+"/" == target.Path()
	})
	switch {
	case listed && taken >= 0:
		text = compose.ReplaceItem(text, itemsOf(f.Value)[taken], old)
	case listed:
		text = compose.AddItem(text, f, old)
	default:
		text = compose.AddKeys(text, "aliases: ["+old+"]")
	}
	if e.APIID == "" {
		text = compose.AddKeys(text, "api_id: "+e.ID)
	}
	return text, nil
}

// itemsOf are the items of a list, or the scalar itself.
func itemsOf(v source.Value) []source.Value {
	if v.Kind == source.KindScalar {
		return []source.Value{v}
	}
	return v.Items
}

// changeOthers moves the translations, and changes the events that name this one as
// related.
func (r Rename) changeOthers(c *Content, ch *Change, e *derive.Event, own string) error {
	folder, _, _ := strings.Cut(own, "/")
	for _, name := range c.before.Files {
		if name == own || !isEvent(name) {
			continue
		}
		old, err := source.ReadText(c.dir, name)
		if err != nil {
			return err
		}
		if base, _, _ := strings.Cut(path.Base(name), "."); base == e.ID && strings.HasPrefix(name, folder+"/") {
			ch.move(c, name, r.ID, old, old)
		} else if text := r.relate(c.file(name), old, e.ID); !bytes.Equal(text, old) {
			ch.Files = append(ch.Files, File{c.file(name), name, old, text})
		}
	}
	return nil
}

// relate is the text of another event with the new id in its key related.
func (r Rename) relate(name string, text []byte, id string) []byte {
	if !bytes.Contains(text, []byte("related")) || !bytes.Contains(text, []byte(id)) {
		return text
	}
	doc, _ := source.ParseEvent(name, text, status.Incident) // of either kind: only its keys count
	if doc == nil {
		return text
	}
	if f, ok := doc.Fields.Field("related"); ok {
		for _, v := range slices.Backward(itemsOf(f.Value)) {
			if v.Text == id {
				text = compose.ReplaceItem(text, v, r.ID)
			}
		}
	}
	return text
}

// newLines are the lines of a text that are not in the old one.
func newLines(old, text []byte) string {
	known := map[string]bool{}
	for line := range strings.Lines(compose.Clean(string(old))) {
		known[line] = true
	}
	var b strings.Builder
	for line := range strings.Lines(compose.Clean(string(text))) {
		if !known[line] {
			b.WriteString(line)
		}
	}
	return b.String()
}
