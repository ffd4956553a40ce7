package preview_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"allclear/generator/preview"
)

// saves are the operations with which programs save a file.
var saves = []struct {
	name string
	save func(t testing.TB, file, text string)
}{
	{"truncate and write", write},
	{"truncate and write in pieces", func(t testing.TB, file, text string) {
		f, err := os.OpenFile(file, os.O_WRONLY|os.O_TRUNC, 0)
		must(t, err)
		for piece := range slices.Chunk([]byte(text), 16) {
			_, err := f.Write(piece)
			must(t, err)
		}
		must(t, f.Close())
	}},
	{"rename over", func(t testing.TB, file, text string) { // gedit, Kate
		temporary := filepath.Join(filepath.Dir(file), ".goutputstream-A1B2C3")
		write(t, temporary, text)
		must(t, os.Rename(temporary, file))
	}},
	{"sed -i", func(t testing.TB, file, text string) { // its temporary file's name is not ignored
		other := filepath.Join(filepath.Dir(file), "sedXk2pQ9")
		write(t, other, text)
		must(t, os.Chmod(other, 0o600), os.Rename(other, file))
	}},
	{"vim, with its backup", func(t testing.TB, file, text string) {
		folder := filepath.Dir(file)
		write(t, filepath.Join(folder, ".api.md.swp"), "swap")
		write(t, filepath.Join(folder, "4913"), "")
		must(t, os.Remove(filepath.Join(folder, "4913")))
		must(t, os.Rename(file, file+"~"))
		write(t, file, text)
		must(t, os.Chmod(file, 0o644))
		must(t, os.Remove(file+"~"), os.Remove(filepath.Join(folder, ".api.md.swp")))
	}},
	{"emacs", func(t testing.TB, file, text string) {
		folder, base := filepath.Split(file)
		lock := filepath.Join(folder, ".#"+base)
		must(t, os.Symlink("somebody@somewhere.1:1", lock))
		write(t, filepath.Join(folder, "#"+base+"#"), text)
		must(t, os.Rename(file, file+"~"))
		write(t, file, text)
		must(t, os.Remove(filepath.Join(folder, "#"+base+"#")), os.Remove(lock))
	}},
	{"a JetBrains editor", func(t testing.TB, file, text string) {
		write(t, file+"___jb_tmp___", text)
		must(t, os.Rename(file, file+"___jb_old___"))
		must(t, os.Rename(file+"___jb_tmp___", file))
		must(t, os.Remove(file+"___jb_old___"))
	}},
	{"delete and write", func(t testing.TB, file, text string) {
		must(t, os.Remove(file))
		write(t, file, text)
	}},
}

func TestOneSaveIsOneRebuild(t *testing.T) {
	for _, test := range saves {
		t.Run(test.name, func(t *testing.T) {
			s := serveFolder(t, newFolder(t), nil)
			// If the machine stalls in the middle of a save, it may be split in two; but
			// not always.
			for try := range 5 {
				title := "The API is slow " + strconv.Itoa(try)
				test.save(t, filepath.Join(s.folder, "content/incidents/api-is-slow.md"), incident(title))
				r := s.next()
				once := slices.Equal(r.Changed, []string{"content/incidents/api-is-slow.md"}) && len(r.Diagnostics) == 0 &&
					strings.Contains(s.get("/incidents/api-is-slow/"), title)
				write(t, filepath.Join(s.folder, "content/static/fence.txt"), title)
				var after []string
				for !slices.ContainsFunc(after, isFence) {
					after = s.next().Changed
					once = once && !slices.ContainsFunc(after, func(name string) bool { return strings.HasSuffix(name, ".md") })
				}
				if once {
					return
				}
			}
			t.Error("five saves in a row were not one rebuild each")
		})
	}
}

func isFence(name string) bool { return strings.HasPrefix(name, "content/static") }

func TestPollingShowsEachSave(t *testing.T) {
	saves := saves
	if testing.Short() {
		saves = saves[:2] // each waits until the folder is looked at
	}
	s := serveFolder(t, newFolder(t), func(o *preview.Options) { o.Poll = true })
	for _, test := range saves {
		test.save(t, filepath.Join(s.folder, "content/incidents/api-is-slow.md"), incident("Saved by "+test.name))
		s.shows("/incidents/api-is-slow/", "Saved by "+test.name)
	}
	must(t, os.Rename(filepath.Join(s.folder, "content/incidents"), filepath.Join(s.folder, "gone")))
	s.hides("/", "Saved by")
	must(t, os.Rename(filepath.Join(s.folder, "gone"), filepath.Join(s.folder, "content/incidents")))
	s.shows("/", "Saved by")
	s.becomesFresh()
}

func TestAFileThatDoesNotMatterCausesNoRebuild(t *testing.T) {
	s := serveFolder(t, newFolder(t), nil)
	file := filepath.Join(s.folder, "content/incidents/api-is-slow.md")
	must(t, os.Chmod(file, 0o600))
	write(t, filepath.Join(s.folder, "content/incidents/.api-is-slow.md.swp"), "swap")
	write(t, filepath.Join(s.folder, "content/.git/index"), "index")
	write(t, filepath.Join(s.folder, "public/index.html"), "of a build")
	write(t, file, incident("The API is fast"))
	if r := s.next(); !slices.Equal(r.Changed, []string{"content/incidents/api-is-slow.md"}) {
		t.Errorf("rebuilt for %q", r.Changed)
	}
}

// TestASaveWithoutAChangeReloadsNothing saves unchanged files, which rebuilds the
// site without a new state, and then a changed one.
func TestASaveWithoutAChangeReloadsNothing(t *testing.T) {
	s := serveFolder(t, newFolder(t), nil)
	states, _ := s.listen()
	first := await(t, states)
	for _, name := range []string{"content/incidents/api-is-slow.md", "content/site.yaml"} {
		file := filepath.Join(s.folder, name)
		text, err := os.ReadFile(file)
		must(t, err)
		write(t, file, string(text))
		s.next()
	}
	write(t, filepath.Join(s.folder, "content/incidents/api-is-slow.md"), incident("The API is fast"))
	s.shows("/incidents/api-is-slow/", "The API is fast")
	if now := await(t, states); now.Generation != first.Generation+1 || !strings.Contains(s.get("/"), strconv.FormatInt(now.Generation, 10)) {
		t.Errorf("after one change and two saves without any: %+v, before %+v", now, first)
	}
}

// ownPage is a page that a theme brings.
const ownPage = `{{template "base" .}}{{define "title"}}About{{end}}{{define "main"}}<h1>{{template "title" .}}</h1>We run it.{{end}}`

// TestAChangeOfEachKindOfFileIsShown changes one file of each kind.
func TestAChangeOfEachKindOfFileIsShown(t *testing.T) {
	folder := newFolder(t)
	s := serveFolder(t, folder, nil)
	english, err := os.ReadFile("../../themes/default/i18n/en.yaml")
	must(t, err)
	notFound, err := os.ReadFile("../../themes/default/templates/404.html")
	must(t, err)
	for _, test := range []struct{ file, text, path, shows string }{
		{"content/site.yaml", strings.Replace(siteYAML, "Example", "Another name", 1), "/", "Another name"},
		{"content/announcements/office.md", "---\ntitle: A new office\nfrom: 2022-12-05 10:00 UTC\nuntil: 2022-12-06 10:00 UTC\n---\n\nWe have moved.\n", "/", "A new office"},
		{"content/static/hello.txt", "hello", "/hello.txt", "hello"},
		{"content/static/.well-known/security.txt", "Contact: mailto:security@example.com", "/.well-known/security.txt", "security@example.com"},
		{"content/maintenance/upgrade.md", "---\ntitle: An upgrade\ncomponent: api\nscheduled: 2022-12-01 10:00 UTC\nscheduled_for: 2022-12-07 10:00 UTC\nscheduled_until: 2022-12-07 12:00 UTC\n---\n\nWe upgrade.\n", "/", "An upgrade"},
		{"themes/default/static/style.css", "/* mine */", "/assets/style.css", "/* mine */"},
		{"themes/default/i18n/en.yaml", strings.Replace(string(english), "All Systems Operational", "All is well", 1), "/", "All is well"},
		{"themes/default/templates/404.html", strings.Replace(string(notFound), `<p class="lead">`, `<p>Lost?</p><p class="lead">`, 1), "/nowhere", "Lost?"},
		{"themes/default/pages/about.html", ownPage, "/about/", "We run it"},
		{"themes/default/pages/about.html", strings.Replace(ownPage, "We run", "They run", 1), "/about/", "They run it"},
	} {
		write(t, filepath.Join(folder, filepath.FromSlash(test.file)), test.text)
		s.shows(test.path, test.shows)
		s.becomesFresh()
	}
}

func TestFoldersAreCreatedMovedAndDeleted(t *testing.T) {
	folder := newFolder(t)
	s := serveFolder(t, folder, nil)
	at := func(name string) string { return filepath.Join(folder, "content/incidents", filepath.FromSlash(name)) }

	// mkdir -p a/b/c, and a file in it, is one event for a.
	write(t, at("a/b/c/deep.md"), incident("Deep down"))
	s.shows("/incidents/deep/", "Deep down")
	write(t, at("a/b/c/deep.md"), incident("Deeper down"))
	s.shows("/incidents/deep/", "Deeper down")

	// cp -r
	source := filepath.Join(t.TempDir(), "2021")
	for _, name := range []string{"x", "y/z", "y/w/v"} {
		write(t, filepath.Join(source, name+"-copied.md"), incident("Copied"))
	}
	must(t, os.CopyFS(at("2021"), os.DirFS(source)))
	s.becomesFresh()
	write(t, at("2021/y/w/v-copied.md"), incident("Copied, then changed"))
	s.shows("/incidents/v-copied/", "Copied, then changed")

	// mv: watches below keep the old path unless they are removed.
	must(t, os.Rename(at("a"), at("moved")))
	s.becomesFresh()
	write(t, at("moved/b/c/deep.md"), incident("Moved and changed"))
	s.shows("/incidents/deep/", "Moved and changed")
	write(t, at("a/b/c/again.md"), incident("In the old place"))
	s.shows("/incidents/again/", "In the old place")

	// Out of the content, changed there, and back.
	must(t, os.Rename(at("moved"), filepath.Join(folder, "elsewhere")))
	s.hides("/", "Moved and changed")
	write(t, filepath.Join(folder, "elsewhere/b/c/deep.md"), incident("Changed elsewhere"))
	must(t, os.Rename(filepath.Join(folder, "elsewhere"), at("back")))
	s.shows("/incidents/deep/", "Changed elsewhere")
	write(t, at("back/b/c/deep.md"), incident("Changed back"))
	s.shows("/incidents/deep/", "Changed back")

	must(t, os.RemoveAll(at("back")))
	s.hides("/", "Changed back")
	s.becomesFresh()
}

func TestTheContentFolderIsDeletedAndRestored(t *testing.T) {
	folder := newFolder(t)
	s := serveFolder(t, folder, nil)
	content := filepath.Join(folder, "content")
	states, _ := s.listen()
	await(t, states)

	must(t, os.Rename(content, content+"-away"))
	for state := await(t, states); !strings.Contains(state.Problems, "there is no content folder"); {
		state = await(t, states)
	}
	if !strings.Contains(s.get("/incidents/api-is-slow/"), "The API is slow") {
		t.Error("the last good site is gone")
	}
	must(t, os.Rename(content+"-away", content))
	s.becomesFresh()
	write(t, filepath.Join(content, "incidents/api-is-slow.md"), incident("Watched again"))
	s.shows("/incidents/api-is-slow/", "Watched again")

	// Deleted and written again, perhaps between two checks.
	must(t, os.RemoveAll(content))
	write(t, filepath.Join(content, "site.yaml"), siteYAML)
	write(t, filepath.Join(content, "incidents/other.md"), incident("Another one"))
	s.becomesFresh()
	write(t, filepath.Join(content, "incidents/other.md"), incident("Still watched"))
	s.shows("/incidents/other/", "Still watched")

	// A themes folder that is created later is watched too.
	write(t, filepath.Join(folder, "themes/default/static/style.css"), "/* mine */")
	s.shows("/assets/style.css", "/* mine */")
	must(t, os.RemoveAll(filepath.Join(folder, "themes")))
	s.hides("/assets/style.css", "/* mine */")
}

func TestTheContentFolderMayHaveAnyPath(t *testing.T) {
	folder := newFolder(t)
	file := filepath.Join(folder, "content/incidents/api-is-slow.md")
	for _, test := range []struct{ name, dir, content string }{
		{"a relative path", folder, "content"},
		{"a path with a slash at the end", folder, "content/"},
		{"the current folder", filepath.Join(folder, "content"), "."},
		{"a path with dots", folder, "content/incidents/.."},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := serveFolder(t, folder, func(o *preview.Options) {
				t.Chdir(test.dir)
				o.Site.Content = test.content
			})
			write(t, file, incident("Given as "+test.name))
			s.shows("/incidents/api-is-slow/", "Given as "+test.name)
		})
	}
}

func TestTheContentFolderMayBeALink(t *testing.T) {
	folder, link := newFolder(t), filepath.Join(t.TempDir(), "content")
	if err := os.Symlink(filepath.Join(folder, "content"), link); err != nil {
		t.Skipf("this test needs symlinks: %v", err)
	}
	s := serveFolder(t, folder, func(o *preview.Options) { o.Site.Content = link })
	write(t, filepath.Join(folder, "content/incidents/api-is-slow.md"), incident("Behind a link"))
	s.shows("/incidents/api-is-slow/", "Behind a link")

	// A link with another target is another folder.
	other := newFolder(t)
	write(t, filepath.Join(other, "content/incidents/api-is-slow.md"), incident("Behind another"))
	must(t, os.Remove(link), os.Symlink(filepath.Join(other, "content"), link))
	s.shows("/incidents/api-is-slow/", "Behind another")
	write(t, filepath.Join(other, "content/incidents/api-is-slow.md"), incident("Watched there"))
	s.shows("/incidents/api-is-slow/", "Watched there")
}

func TestACheckoutOfAnotherBranchIsShown(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of files take some seconds")
	}
	if _, err := exec.LookPath("git"); err != nil {
		t.Skipf("this test needs git, which is not here: %v", err)
	}
	folder := newFolder(t)
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", folder, "-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"}, args...)...)
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_SYSTEM="+os.DevNull)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", args, err, out)
		}
	}
	many := func(branch string, from, to int) {
		for i := from; i < to; i++ {
			id := "number-" + strconv.Itoa(i)
			write(t, filepath.Join(folder, "content/incidents", strconv.Itoa(i%7), id+".md"), incident(branch+" "+id))
		}
		git("add", ".")
		git("commit", "-q", "-m", branch)
	}
	git("init", "-q", "-b", "one")
	many("one", 0, 300)
	git("checkout", "-q", "-b", "two")
	git("rm", "-q", "-r", "content/incidents/3", "content/incidents/5")
	many("two", 100, 400)

	s := serveFolder(t, folder, nil)
	s.shows("/incidents/number-200/", "two number-200")
	for _, branch := range []string{"one", "two", "one"} {
		git("checkout", "-q", branch)
		s.shows("/incidents/number-200/", branch+" number-200")
		s.becomesFresh()
	}
}
