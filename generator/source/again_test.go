package source_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/diag"
	"allclear/generator/source"
)

// TestAFolderThatIsReadAgainIsAsIfReadAnew puts files, folders and symlinks in
// each other's place, and names what it touched.
func TestAFolderThatIsReadAgainIsAsIfReadAnew(t *testing.T) {
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 5))
		pick := func(from ...string) string { return from[random.IntN(len(from))] }
		dir := folder(t, map[string]string{"site.yaml": settings, "incidents/a.md": front, "incidents/b/c.md": front})
		again := source.NewFolder(dir)
		var changed, done []string
		touch := func(what, name string) string {
			changed = append(changed, name)
			done = append(done, what+" "+name)
			return filepath.Join(dir, filepath.FromSlash(name))
		}
		for step := range 60 {
			read, found, err := again.Read(changed)
			anew, want, errAnew := source.Read(dir)
			if diff := cmp.Diff(told(anew, want, errAnew), told(read, found, err)); diff != "" {
				t.Fatalf("seed %d, step %d, after %q (-anew +again):\n%s", seed, step, done, diff)
			}
			changed, done = []string{}, nil
			for range random.IntN(4) {
				somewhere := func() string {
					return path.Join(pick("incidents", "incidents", "maintenance", "static"), pick("", "", "b", "b/d"),
						pick("a.md", "a.md", "a.md", "a.de.md", "b", "b", "B.md", "note.txt", ".hidden.md"))
				}
				name := somewhere()
				if random.IntN(12) == 0 {
					name = pick("site.yaml", "incidents", "maintenance")
				}
				full := filepath.Join(dir, filepath.FromSlash(name))
				if random.IntN(3) == 0 {
					_ = os.RemoveAll(touch("remove", name)) // its folder may be a file
				}
				switch random.IntN(5) {
				case 0:
				case 1:
					to := somewhere()
					if os.Rename(full, filepath.Join(dir, filepath.FromSlash(to))) == nil {
						touch("rename from", name)
						touch("to", to)
					}
				case 2:
					if os.Mkdir(full, 0o777) == nil {
						touch("folder", name)
					}
				case 3:
					_ = os.Symlink("a.md", touch("link", name)) // something may be there
				default:
					if _, err := os.Readlink(full); err == nil {
						continue // the write would go elsewhere
					}
					for above := path.Dir(name); above != "."; above = path.Dir(above) {
						if _, err := os.Lstat(filepath.Join(dir, above)); err != nil {
							touch("folder", above)
						}
					}
					if os.MkdirAll(filepath.Dir(full), 0o777) == nil {
						_ = os.WriteFile(touch("write", name), fmt.Appendf(nil, "%stext %d {\n", front, step), 0o666) // a folder may be there
					}
				}
			}
		}
	}
}

func TestAFolderInAnothersPlaceIsReadAnew(t *testing.T) {
	dir := folder(t, map[string]string{"site.yaml": settings, "incidents/b/d/old.md": front, "incidents/x/d/new.md": front})
	again := source.NewFolder(dir)
	if _, _, err := again.Read(nil); err != nil {
		t.Fatal(err)
	}
	below := func(name string) string { return filepath.Join(dir, "incidents", name) }
	if err := errors.Join(os.RemoveAll(below("b")), os.Rename(below("x"), below("b"))); err != nil {
		t.Fatal(err)
	}
	content, _, err := again.Read([]string{"incidents/b", "incidents/x"})
	if err != nil || len(content.Incidents) != 1 || content.Incidents[0].ID != "new" {
		t.Errorf("there are %v, %v", content.Incidents, err)
	}
}

// told is all that a content says.
func told(c *source.Content, found diag.List, err error) []string {
	if err != nil {
		return []string{err.Error()}
	}
	var all []string
	for _, docs := range [][]*source.Document{c.Incidents, c.Maintenance, c.Announcements, c.Translations} {
		for _, d := range docs {
			all = append(all, fmt.Sprintf("%s %s %s %s %q", d.File.Name(), d.ID, d.Folder, d.Language, d.File.Line(4)))
		}
		all = append(all, "")
	}
	for _, s := range c.Static {
		all = append(all, s.Path)
	}
	for _, d := range found {
		all = append(all, fmt.Sprint(d.Position, d.Message, d.Hint, d.Excerpt))
	}
	return append(all, fmt.Sprint(c.Site != nil))
}
