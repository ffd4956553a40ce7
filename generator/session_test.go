package generator_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/testsite"
)

// outcome is all that a result says: every file, and every mistake.
func outcome(t testing.TB, r *generator.Result, err error) map[string]string {
	t.Helper()
	said := map[string]string{}
	if err != nil {
		said["error"] = err.Error()
		return said
	}
	for i, d := range r.Diagnostics {
		said[fmt.Sprintf("mistake %03d", i)] = fmt.Sprint(d.Position, " ", d.Message, " ", d.Hint, " ", d.Excerpt)
	}
	if r.Output == nil {
		return said
	}
	for _, route := range r.Output.Routes {
		var b bytes.Buffer
		if err := route.Write(&b); err != nil {
			t.Fatal(err)
		}
		said[route.Path] = b.String()
	}
	return said
}

// TestSessionEqualsAFreshCheckWhateverIsEdited edits, breaks, mends, renames
// and deletes at random, and moves the clock.
func TestSessionEqualsAFreshCheckWhateverIsEdited(t *testing.T) {
	folder := t.TempDir()
	content := filepath.Join(folder, "content")
	if err := testsite.Write(content, 12); err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range folderFiles(t, content) {
		names = append(names, name)
	}
	slices.Sort(names)
	original := folderFiles(t, content)
	o := generator.Options{Content: content, Now: testsite.Last.AddDate(0, 0, -20), Theme: os.DirFS("../themes/default")}
	session := generator.NewSession(o)
	random := rand.New(rand.NewPCG(1, 2))
	write := func(name, text string) string {
		path := filepath.Join(content, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return "content/" + name
	}
	for i := range 120 {
		name := names[random.IntN(len(names))]
		changed := []string{}
		switch random.IntN(8) {
		case 0:
			changed = append(changed, write(name, original[name]))
		case 1:
			changed = append(changed, write(name, original[name]+"\n## Monitoring\n\nx <b>\n"))
		case 2:
			changed = append(changed, write(name, strings.ReplaceAll(original[name], "title: ", "title: Other ")))
		case 3:
			if err := os.RemoveAll(filepath.Join(content, filepath.FromSlash(name))); err != nil {
				t.Fatal(err)
			}
			changed = append(changed, "content/"+name)
		case 4:
			dir := "content/" + filepath.ToSlash(filepath.Dir(name))
			if dir == "content/." || strings.Count(dir, "/") < 2 {
				break
			}
			to := "content/incidents/moved-" + fmt.Sprint(i)
			_ = os.MkdirAll(filepath.Join(folder, "content/incidents"), 0o777)
			if err := os.Rename(filepath.Join(folder, dir), filepath.Join(folder, to)); err == nil {
				changed = append(changed, dir, to)
			}
		case 5:
			changed = append(changed, write("incidents/related.md", "---\ntitle: Related\nrelated: ["+strings.TrimSuffix(filepath.Base(name), ".md")+"]\ninvestigating: 2026-05-01 10:00 UTC\n---\n\nx\n"))
		case 6:
			o.Now = o.Now.Add(time.Duration(random.IntN(100)) * time.Hour)
		case 7:
			changed = append(changed, write("static/"+fmt.Sprint(random.IntN(3))+".txt", fmt.Sprint(i)))
		}
		result, err := session.Rebuild(o.Now, changed)
		got := outcome(t, result, err)
		result, err = generator.Check(o)
		if diff := cmp.Diff(outcome(t, result, err), got); diff != "" {
			t.Fatalf("after step %d, which changed %q, at %s (-check +session):\n%s", i, changed, o.Now, diff)
		}
	}
}

func TestSessionReadsAThemeAgainThatChanged(t *testing.T) {
	folder := t.TempDir()
	o := exampleOptions()
	o.Content = filepath.Join(folder, "content")
	if err := os.CopyFS(o.Content, os.DirFS("../content")); err != nil {
		t.Fatal(err)
	}
	session := generator.NewSession(o)
	if _, err := session.Rebuild(o.Now, nil); err != nil {
		t.Fatal(err)
	}
	style := filepath.Join(folder, "themes", "default", "static", "style.css")
	if err := os.MkdirAll(filepath.Dir(style), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(style, []byte("body{}"), 0o666); err != nil {
		t.Fatal(err)
	}
	result, err := session.Rebuild(o.Now, []string{"themes/default/static/style.css"})
	if got := outcome(t, result, err)["assets/style.css"]; got != "body{}" {
		t.Errorf("the style is %.60q", got)
	}
	template := filepath.Join(folder, "themes", "default", "templates", "index.html")
	if err := os.MkdirAll(filepath.Dir(template), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(template, []byte("{{.Nothing}}"), 0o666); err != nil {
		t.Fatal(err)
	}
	result, err = session.Rebuild(o.Now, []string{"themes"})
	if err != nil || !slices.ContainsFunc(result.Diagnostics, func(d diag.Diagnostic) bool { return d.Position.File == "themes/default/templates/index.html" }) {
		t.Errorf("a wrong template gives %v, %v", result.Diagnostics, err)
	}
}
