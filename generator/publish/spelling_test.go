package publish

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// foldingDisk treats names as the same that differ by case, or by the normal form
// of an é, as the disks of macOS do.
type foldingDisk struct{ disk }

func fold(name string) string {
	return strings.ReplaceAll(strings.ToLower(name), "e\u0301", "\u00e9")
}

func (d foldingDisk) Lstat(name string) (fs.FileInfo, error) { return d.disk.Lstat(fold(name)) }
func (d foldingDisk) Open(name string) (file, error)         { return d.disk.Open(fold(name)) }
func (d foldingDisk) Create(name string) (file, error)       { return d.disk.Create(fold(name)) }
func (d foldingDisk) Mkdir(name string) error                { return d.disk.Mkdir(fold(name)) }
func (d foldingDisk) MkdirAll(name string) error             { return d.disk.MkdirAll(fold(name)) }
func (d foldingDisk) RemoveAll(name string) error            { return d.disk.RemoveAll(fold(name)) }
func (d foldingDisk) Remove(name string) error               { return d.disk.Remove(fold(name)) }
func (d foldingDisk) Writable(name string) error             { return d.disk.Writable(fold(name)) }
func (d foldingDisk) Mount(name string) (mount, error)       { return d.disk.Mount(fold(name)) }
func (d foldingDisk) Rename(from, to string) error           { return d.disk.Rename(fold(from), fold(to)) }

func (d foldingDisk) Sub(folder string) (disk, error) {
	inner, err := d.disk.Sub(fold(folder))
	return foldingDisk{inner}, err
}

func TestRespelledFileSurvivesOnADiskThatFoldsNames(t *testing.T) {
	for name, c := range map[string]struct{ before, after files }{
		"case, new bytes":    {files{"Logo.svg": "old"}, files{"logo.svg": "new"}},
		"case, same bytes":   {files{"Logo.svg": "old"}, files{"logo.svg": "old"}},
		"case of a folder":   {files{"Docs/a.html": "old", "Docs/b.html": "b"}, files{"docs/a.html": "new"}},
		"normal form":        {files{"cafe\u0301.svg": "old"}, files{"caf\u00e9.svg": "new"}},
		"case, beyond ASCII": {files{"CAF\u00e9.svg": "old"}, files{"caf\u00e9.svg": "new"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			for _, site := range []files{c.before, c.after, c.after} {
				target, err := Open(dir, nil)
				if err != nil {
					t.Fatal(err)
				}
				target.disk = foldingDisk{target.disk}
				if _, err := target.Publish(site.output()); err != nil {
					t.Fatal(err)
				}
				target.Close()
				want := files{}
				for name, text := range site {
					want[fold(name)] = text
				}
				expectSite(t, dir, want)
			}
			if got := read(t, dir)[".allclear/owned"]; got != c.after.published()[".allclear/owned"] {
				t.Errorf("owned is %q", got)
			}
		})
	}
}
