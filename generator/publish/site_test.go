package publish

import (
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/diag"
	"allclear/generator/output"
)

// files is a site, or what a folder holds: paths and bytes.
type files map[string]string

// output makes routes of the files. Kinds go by name, as a real site's do.
func (f files) output() *output.Output {
	out := &output.Output{}
	for name, text := range f {
		kind := output.Data
		switch {
		case name == "index.html", name == "api/v2/status.json":
			kind = output.EntryPoint
		case strings.HasSuffix(name, ".html"):
			kind = output.Page
		case strings.HasPrefix(name, "assets/"):
			kind = output.Asset
		}
		out.Routes = append(out.Routes, output.Route{
			Path: name, Kind: kind, Origin: diag.Position{File: "content/" + name},
			Write: func(w io.Writer) error { _, err := io.WriteString(w, text); return err },
		})
	}
	return out
}

// published is what the folder must hold after a build of the site alone.
func (f files) published() files {
	want := files{}
	var names []string
	for name, text := range f {
		want[name] = text
		names = append(names, name)
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			want[dir+"/"] = ""
		}
	}
	slices.Sort(names)
	want[".allclear/"] = ""
	want[".allclear/owned"] = strings.Join(names, "\n") + "\n"
	return want
}

// with is a copy with some files set, and some removed by "-".
func (f files) with(others files) files {
	all := files{}
	for name, text := range f {
		all[name] = text
	}
	for name, text := range others {
		if text == "-" {
			delete(all, name)
		} else {
			all[name] = text
		}
	}
	return all
}

// read returns everything below a folder: files, folders as "name/", symlinks
// as "-> target".
func read(t *testing.T, dir string) files {
	t.Helper()
	found := files{}
	err := filepath.WalkDir(dir, func(at string, entry fs.DirEntry, err error) error {
		if err != nil || at == dir {
			return err
		}
		name, _ := filepath.Rel(dir, at)
		name = filepath.ToSlash(name)
		switch {
		case entry.IsDir():
			found[name+"/"] = ""
		case entry.Type()&fs.ModeSymlink != 0:
			to, err := os.Readlink(at)
			found[name] = "-> " + to
			return err
		case entry.Type().IsRegular():
			if name == ".allclear/lock" { // Windows
				return nil
			}
			text, err := os.ReadFile(at)
			found[name] = string(text)
			return err
		default:
			found[name] = entry.Type().String()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func write(t *testing.T, dir string, all files) {
	t.Helper()
	for name, text := range all {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func publish(dir string, site files) (Report, error) {
	t, err := Open(dir, nil)
	if err != nil {
		return Report{}, err
	}
	defer t.Close()
	return t.Publish(site.output())
}

func mustPublish(t *testing.T, dir string, site files) Report {
	t.Helper()
	report, err := publish(dir, site)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// expect compares what a folder holds.
func expect(t *testing.T, dir string, want files) {
	t.Helper()
	if diff := cmp.Diff(want, read(t, dir)); diff != "" {
		t.Errorf("the folder (-want +got):\n%s", diff)
	}
}

// refused publishes and expects an error with these words in it, and the
// folder as it was.
func refused(t *testing.T, dir string, site files, words ...string) {
	t.Helper()
	before := read(t, dir)
	_, err := publish(dir, site)
	if err == nil {
		t.Fatal("published, and should not have")
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("the error %q does not say %q", err, word)
		}
	}
	expect(t, dir, before)
}

var href = regexp.MustCompile(`(?:href|src)="/([^"]*)"`)

// brokenLinks follows the links of the given pages, and of the pages that
// they lead to, and returns those that lead nowhere, as "page -> target".
func brokenLinks(site files, from []string) []string {
	var broken []string
	seen := map[string]bool{}
	for todo := from; len(todo) > 0; todo = todo[1:] {
		page := todo[0]
		if seen[page] || !strings.HasSuffix(page, ".html") {
			continue
		}
		seen[page] = true
		for _, match := range href.FindAllStringSubmatch(site[page], -1) {
			to := match[1]
			if to == "" || strings.HasSuffix(to, "/") {
				to += "index.html"
			}
			if _, found := site[to]; !found {
				broken = append(broken, page+" -> "+to)
				continue
			}
			todo = append(todo, to)
		}
	}
	return broken
}
