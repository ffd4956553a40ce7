package publish

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/diag"
	"allclear/generator/output"
)

var small = files{
	"index.html":               "home",
	"assets/style.css":         "body {}",
	"incidents/one/index.html": "one",
	"api/v2/status.json":       "{}",
}

func TestFirstBuildFillsAFolderThatIsMissingOrEmpty(t *testing.T) {
	for _, name := range []string{"missing", "deep/er/missing", "empty"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), filepath.FromSlash(name))
			if name == "empty" {
				if err := os.Mkdir(dir, 0o777); err != nil {
					t.Fatal(err)
				}
			}
			report := mustPublish(t, dir, small)
			if diff := cmp.Diff(Report{Written: 4, Bytes: 16}, report); diff != "" {
				t.Errorf("the report (-want +got):\n%s", diff)
			}
			expect(t, dir, small.published())
		})
	}
}

func TestGitsOwnFilesMakeNoFolderForeignAndSurvive(t *testing.T) {
	dir := t.TempDir()
	gits := files{".git/config": "[core]", ".gitignore": "*", ".gitkeep": ""}
	write(t, dir, gits)
	mustPublish(t, dir, small)
	mustPublish(t, dir, files{"index.html": "home"})
	want := files{"index.html": "home"}.published().with(gits)
	want[".git/"] = ""
	expect(t, dir, want)
}

func TestFolderThatIsNotOursIsRefused(t *testing.T) {
	for _, state := range []files{nil, {".allclear/stage/x": ""}} {
		dir := t.TempDir()
		write(t, dir, files{"notes.txt": "mine", "zebra/x": "", ".gitignore": ""}.with(state))
		refused(t, dir, small, filepath.ToSlash(dir)+
			" holds notes.txt, which allclear did not write; choose another --output, or empty the folder")
	}
}

func TestFileInPlaceOfTheFolderIsRefused(t *testing.T) {
	name := filepath.Join(t.TempDir(), "public")
	if err := os.WriteFile(name, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(name, nil); err == nil || !strings.Contains(err.Error(), "is not a folder") {
		t.Errorf("got %v", err)
	}
}

func TestUnchangedFilesAreNotTouched(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, small)
	long := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	for name := range small.published() {
		if err := os.Chtimes(filepath.Join(dir, name), long, long); err != nil {
			t.Fatal(err)
		}
	}
	age := func(name string) time.Time {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return info.ModTime().UTC()
	}
	if report := mustPublish(t, dir, small); report != (Report{Unchanged: 4}) {
		t.Errorf("the report is %+v", report)
	}
	for name := range small.published() {
		if got := age(name); name != ".allclear/" && !got.Equal(long) {
			t.Errorf("%s was touched at %s", name, got)
		}
	}
	if report := mustPublish(t, dir, small.with(files{"index.html": "changed"})); report != (Report{Written: 1, Unchanged: 3, Bytes: 7}) {
		t.Errorf("the report is %+v", report)
	}
	for name := range small {
		if got := age(name); got.Equal(long) != (name != "index.html") {
			t.Errorf("%s was last touched at %s", name, got)
		}
	}
}

func TestOnlyWhatAnEarlierBuildWroteIsDeleted(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, small.with(files{"incidents/two/index.html": "two", "deep/er/x.json": ""}))
	mine := files{"CNAME": "example.com", "incidents/two/photo.jpg": "mine", "uploads/a/b": "mine"}
	write(t, dir, mine)
	if err := os.Mkdir(filepath.Join(dir, "hollow"), 0o777); err != nil {
		t.Fatal(err)
	}
	report := mustPublish(t, dir, small)
	if diff := cmp.Diff(Report{Unchanged: 4, Deleted: 2}, report); diff != "" {
		t.Errorf("the report (-want +got):\n%s", diff)
	}
	expect(t, dir, small.published().with(mine).with(files{
		"hollow/": "", "uploads/": "", "uploads/a/": "", "incidents/two/": "",
	}))
}

func TestFileInTheWayIsAdoptedWhereItsBytesAreOurs(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, files{"index.html": "home"})
	write(t, dir, small)
	if report := mustPublish(t, dir, small); report != (Report{Unchanged: 4}) {
		t.Errorf("the report is %+v", report)
	}
	expect(t, dir, small.published())
	mustPublish(t, dir, files{"index.html": "home"})
	expect(t, dir, files{"index.html": "home"}.published())
}

func TestForeignFileInTheWayIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		foreign files
		words   []string
	}{
		"other bytes":          {files{"assets/style.css": "mine"}, []string{"assets/style.css", "(from content/assets/style.css)"}},
		"file for a folder":    {files{"incidents": "mine"}, []string{"incidents is a file that allclear did not write", "incidents/one/index.html"}},
		"folder for a file":    {files{"incidents/one/index.html/x": "mine"}, []string{"incidents/one/index.html is a folder", "holds x"}},
		"several, all at once": {files{"assets": "", "incidents": "", "api": ""}, []string{"assets is", "incidents is", "api is"}},
		"deep below a folder":  {files{"api/v2/status.json/a/b/c": "mine"}, []string{"api/v2/status.json/a/b is a folder", "holds c"}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			mustPublish(t, dir, files{"index.html": "home"})
			write(t, dir, c.foreign)
			refused(t, dir, small, c.words...)
		})
	}
}

func TestForeignFileInAFolderThatBecomesAFileIsRefused(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, files{"index.html": "", "docs/index.html": "", "docs/a/index.html": ""})
	write(t, dir, files{"docs/a/notes.txt": "mine"})
	refused(t, dir, files{"index.html": "", "docs": "a file"}, "docs/a is a folder", "docs (from content/docs)", "notes.txt")
}

func TestManyFilesInTheWayAreSummedUp(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, files{"index.html": ""})
	site := files{"index.html": ""}
	for i := range 30 {
		name := fmt.Sprintf("page%d.html", i)
		site[name] = "ours"
		write(t, dir, files{name: "mine"})
	}
	refused(t, dir, site, "page0.html", "and 20 more")
}

func TestListOfOwnedFilesThatIsNotOursIsRefused(t *testing.T) {
	for line, reason := range map[string]string{
		"../x":            "not a plain path",
		"a/../../x":       "not a plain path",
		"a/./x":           "not a plain path",
		"/etc/passwd":     "not a plain path",
		".":               "not a plain path",
		"a//x":            "not a plain path",
		"a/":              "not a plain path",
		`..\x`:            "not a plain path",
		"":                "empty",
		".git/config":     "belongs to Git",
		".GIT/config":     "belongs to Git",
		".g\u200cit/HEAD": "belongs to Git",
		".gitignore":      "belongs to Git",
		"sub/.git/config": "belongs to Git",
		"GIT~1/config":    "belongs to Git",
		".allclear/owned": "belongs to Git or to allclear",
		"a\x00b":          "control character",
		"a\xff":           "not UTF-8",
	} {
		t.Run(line, func(t *testing.T) {
			top := t.TempDir()
			dir := filepath.Join(top, "public")
			write(t, top, files{"x": "outside"})
			mustPublish(t, dir, small)
			write(t, dir, files{"x": "mine", ".git/config": "mine", ".gitignore": "mine", "sub/.git/config": "mine"})
			write(t, dir, files{".allclear/owned": "index.html\n" + line + "\nassets/style.css\n"})
			refused(t, dir, small, ".allclear/owned:2: ", reason, "remove the line, or empty the folder")
			if got := read(t, top)["x"]; got != "outside" {
				t.Errorf("the file outside holds %q", got)
			}
		})
	}
}

func TestListOfOwnedFilesMayHaveWindowsLineEnds(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, small)
	list := strings.ReplaceAll(read(t, dir)[".allclear/owned"], "\n", "\r\n")
	write(t, dir, files{".allclear/owned": list})
	mustPublish(t, dir, files{"index.html": "home"})
	expect(t, dir, files{"index.html": "home"}.published())
}

func TestStageOfAKilledBuildIsRemoved(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "public")
	mustPublish(t, dir, small)
	write(t, top, files{"precious/file": "mine"})
	write(t, dir, files{".allclear/stage/site/incidents/x/index.html": "half", ".allclear/stage/owned": "half"})
	link(t, filepath.Join(top, "precious"), filepath.Join(dir, ".allclear/stage/link"))
	mustPublish(t, dir, small)
	expect(t, dir, small.published())
	if got := read(t, top)["precious/file"]; got != "mine" {
		t.Errorf("the file that a link led to holds %q", got)
	}
}

func TestSecondBuildSaysSoWaitsAndThenReads(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	first, err := Open(dir, func() { t.Error("the first build waited") })
	if err != nil {
		t.Fatal(err)
	}
	waiting := make(chan bool, 2)
	done := make(chan error)
	var said atomic.Bool
	go func() {
		second, err := Open(dir, func() { said.Store(true); waiting <- true })
		if err != nil {
			waiting <- true
			done <- err
			return
		}
		_, err = second.Publish(small.output())
		done <- errors.Join(err, second.Close())
	}()
	<-waiting
	select {
	case err := <-done:
		t.Fatalf("the second build did not wait: %v", err)
	default:
	}
	if _, err := first.Publish(small.with(files{"old/index.html": "", "index.html": "first"}).output()); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil || !said.Load() {
		t.Fatalf("the second build ended with %v, having said so: %t", err, said.Load())
	}
	expect(t, dir, small.published())
}

func TestFolderReplacedWhileWaitingIsOpenedAgain(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps a folder that is open from being removed")
	}
	dir := filepath.Join(t.TempDir(), "public")
	first, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	waiting, done := make(chan bool, 2), make(chan error)
	go func() {
		second, err := Open(dir, func() { waiting <- true })
		if err == nil {
			_, err = second.Publish(small.output())
			err = errors.Join(err, second.Close())
		}
		waiting <- true
		done <- err
	}()
	<-waiting
	if err := first.Close(); err != nil { // removes the folder that it made and did not fill
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	expect(t, dir, small.published())
}

func TestFolderThatWasMadeForNothingIsRemoved(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "a", "b")
	target, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := small.output()
	out.Routes[0].Write = func(io.Writer) error { return errors.New("no") }
	if _, err := target.Publish(out); err == nil {
		t.Fatal("published")
	}
	if err := target.Close(); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" { // where the lock is a file
		expect(t, top, files{})
	}
}

func TestErrorOfARouteNamesItsPathAndOrigin(t *testing.T) {
	dir := t.TempDir()
	mustPublish(t, dir, small)
	before := read(t, dir)
	cause := errors.New("the template went wrong")
	site := files{}
	for i := range 50 {
		site[fmt.Sprintf("page%02d.html", i)] = "new"
	}
	out := site.output()
	for i := range out.Routes {
		if name := out.Routes[i].Path; name > "page20.html" {
			out.Routes[i].Write = func(w io.Writer) error { io.WriteString(w, "half"); return cause }
			out.Routes[i].Origin = diag.Position{File: "content/" + name, Line: 3}
		}
	}
	for range 5 { // the same one each time, however the work is shared
		target, err := Open(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = target.Publish(out)
		target.Close()
		want := "content/page21.html:3: rendering page21.html: the template went wrong"
		if err == nil || err.Error() != want || !errors.Is(err, cause) {
			t.Errorf("got %v, want %s", err, want)
		}
		expect(t, dir, before)
	}
}

func TestPathsOfTheOutputMustBeDistinctAndInside(t *testing.T) {
	for name, paths := range map[string][]string{
		"a.html is published twice":                  {"a.html", "a.html"},
		"a/b.html can't be published, since a is":    {"a", "a-b", "a/b.html"},
		`"../a" can't be published: it is not a`:     {"../a"},
		`".git/hooks/x" can't be published: ".git"`:  {".git/hooks/x"},
		`".allclear/owned" can't be published`:       {".allclear/owned"},
		`"a\nb" can't be published: it holds a cont`: {"a\nb"},
	} {
		out := &output.Output{}
		for i, p := range paths {
			out.Routes = append(out.Routes, output.Route{
				Path: p, Origin: diag.Position{File: "content/x.md", Line: i + 1},
				Write: func(io.Writer) error { return nil },
			})
		}
		dir := t.TempDir()
		target, err := Open(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = target.Publish(out)
		target.Close()
		if err == nil || !strings.Contains(err.Error(), name) || !strings.HasPrefix(err.Error(), "content/x.md:") {
			t.Errorf("got %v, want %s", err, name)
		}
	}
}

func TestNestedNamesThatOnlyLookLikeGitsArePublished(t *testing.T) {
	dir := t.TempDir()
	site := files{"index.html": "", "images/.gitkeep": "", "a/.github": "", ".well-known/security.txt": "x"}
	mustPublish(t, dir, site)
	expect(t, dir, site.published())
}

func TestRoutesAreRenderedOnceAndSideBySide(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	var both sync.WaitGroup
	both.Add(2)
	var calls atomic.Int32
	meet := func(w io.Writer) error { // returns once the other is here too
		calls.Add(1)
		both.Done()
		both.Wait()
		_, err := io.WriteString(w, "new")
		return err
	}
	dir := t.TempDir()
	target, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	if _, err := target.Publish(&output.Output{Routes: []output.Route{{Path: "a", Write: meet}, {Path: "b", Write: meet}}}); err != nil {
		t.Fatal(err)
	}
	if calls.Load() != 2 {
		t.Errorf("two routes were rendered %d times", calls.Load())
	}
}

func TestChangedBytesArriveWhereverTheyAre(t *testing.T) {
	const size = 100_000
	long := strings.Repeat("0123456789", size/10)
	for _, text := range []string{
		"", "x", long[:size-1], long + "x", long, "x" + long[1:], long[:size-1] + "x",
		long[:40_000] + "x" + long[40_001:], long[:32<<10], long[:64<<10] + "x",
	} {
		dir := t.TempDir()
		mustPublish(t, dir, files{"a": long, "index.html": ""})
		out := files{"a": text, "index.html": ""}.output()
		for i := range out.Routes {
			whole := out.Routes[i].Write
			out.Routes[i].Write = func(w io.Writer) error { return whole(inPieces{w}) }
		}
		target, err := Open(dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := target.Publish(out); err != nil {
			t.Fatal(err)
		}
		target.Close()
		if got := read(t, dir)["a"]; got != text {
			t.Errorf("%d bytes over %d gave %d others", len(text), len(long), len(got))
		}
	}
}

func TestOutputIsNotHeldInMemory(t *testing.T) {
	const size = 16 << 20
	part := make([]byte, 1<<16)
	big := &output.Output{Routes: []output.Route{{Path: "big", Write: func(w io.Writer) error {
		for range size / len(part) {
			if _, err := w.Write(part); err != nil {
				return err
			}
		}
		return nil
	}}}}
	target, err := Open(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	for _, want := range []Report{{Written: 1, Bytes: size}, {Unchanged: 1}} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if report, err := target.Publish(big); err != nil || report != want {
			t.Errorf("got %+v and %v, want %+v", report, err, want)
		}
		runtime.ReadMemStats(&after)
		if used := after.TotalAlloc - before.TotalAlloc; used > size/8 {
			t.Errorf("publishing %d bytes took %d bytes of memory", size, used)
		}
	}
}

// inPieces writes a few thousand bytes at a time.
type inPieces struct{ w io.Writer }

func (p inPieces) Write(data []byte) (int, error) {
	for part := range slices.Chunk(data, 3_333) {
		if _, err := p.w.Write(part); err != nil {
			return 0, err
		}
	}
	return len(data), nil
}

// renames publishes and returns what was renamed to, in order.
func renames(t *testing.T, dir string, site files) []string {
	t.Helper()
	target, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer target.Close()
	var to []string
	target.disk = &faultyDisk{
		disk:   target.disk,
		before: func(operation) error { return nil },
		after: func(op operation) {
			if op.name == "rename" && op.path != ownedFile {
				to = append(to, op.path)
			}
		},
	}
	if _, err := target.Publish(site.output()); err != nil {
		t.Fatal(err)
	}
	return to
}

func TestNewFoldersMoveInWholeAndEntryPointsLast(t *testing.T) {
	dir := t.TempDir()
	site := files{
		"index.html": "", "assets/a.css": "", "assets/b/c.js": "", "404.html": "", "history.atom": "", "components/api/index.html": "",
		"components/api/badge.svg": "", "api/v2/status.json": "", "api/v2/summary.json": "", "api/v2/history/2022-12.json": "",
	}
	for i := range 1000 {
		site[fmt.Sprintf("incidents/incident-%d/index.html", i)] = "old"
	}
	want := []string{
		"assets", "404.html", "components", "incidents", "api/v2/history", "api/v2/summary.json", "history.atom", "api/v2/status.json", "index.html",
	}
	if diff := cmp.Diff(want, renames(t, dir, site)); diff != "" {
		t.Errorf("the first build's renames (-want +got):\n%s", diff)
	}
	edit := files{
		"index.html": "new", "assets/a.css": "new", "history.atom": "new", "api/v2/status.json": "new", "incidents/incident-7/index.html": "new",
		"incidents/new/index.html": "", "incidents/another/index.html": "", "components/web/index.html": "", "components/web/badge.svg": "", "feed.json": "",
	}
	want = []string{
		"assets/a.css", "components/web", "incidents/another", "incidents/new", "feed.json",
		"incidents/incident-7/index.html", "history.atom", "api/v2/status.json", "index.html",
	}
	if diff := cmp.Diff(want, renames(t, dir, site.with(edit))); diff != "" {
		t.Errorf("the second build's renames (-want +got):\n%s", diff)
	}
	expect(t, dir, site.with(edit).published())
}
