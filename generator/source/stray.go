package source

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"allclear/generator/diag"
)

var ruleStrayFile = rules.Declare(diag.Rule{
	Code:  "stray-file",
	Level: diag.Warning,
	Title: "Every file in the content folder is in a folder where allclear reads it",
	Why:   "A file that is not read does nothing, and its writer most likely wanted something of it.",
})

var ruleContentNotRead = rules.Declare(diag.Rule{
	Code:  "content-not-read",
	Title: "A file that looks like an incident, a maintenance or an announcement is read",
	Why:   "Its writer believes that it is published. If an open incident is renamed so that it is not read, the page turns green.",
})

// textEndings are the endings of text files that are nearly .md.
var textEndings = []string{".md", ".markdown", ".mdown", ".mkd", ".mdx", ".txt", ".text"}

// isText reports whether a file's name is that of a text.
func isText(name string) bool {
	lower := strings.ToLower(name)
	return slices.ContainsFunc(textEndings, func(ending string) bool { return strings.HasSuffix(lower, ending) })
}

// asMarkdown is a text file's name with .md in place of its endings, in lower
// case: outage.md.txt becomes outage.md.
func asMarkdown(name string) string {
	lower := strings.ToLower(name)
	for cut := true; cut; {
		cut = false
		for _, ending := range append(textEndings, ".bak", ".orig", ".rej", ".old", ".save", ".tmp", ".yaml", ".yml") {
			if rest, ok := strings.CutSuffix(lower, ending); ok && rest != "" {
				lower, cut = rest, true
			}
		}
	}
	base, tag := cutLanguage(lower)
	if tag != "" {
		tag = "." + tag
	}
	return NearestID(base) + tag + ".md"
}

// isReadme reports whether a file has notes for writers.
func isReadme(name string) bool {
	lower := strings.ToLower(name)
	return strings.HasPrefix(lower, "readme") && (path.Ext(lower) == "" || isText(lower))
}

// strayDocument reports a file in a folder of documents that is not read.
func (w *walker) strayDocument(p, folder string, e fs.DirEntry) {
	name := path.Base(p)
	if isText(name) || w.hasFrontMatter(p, e) {
		w.found.Add(ruleContentNotRead.At(w.at(p), "is not read, since its name does not end in .md").
			WithHint("rename it: git mv %s %s", w.at(p).File, path.Join(path.Dir(w.at(p).File), asMarkdown(name))))
		return
	}
	w.found.Add(ruleStrayFile.At(w.at(p), "is not read, since its name does not end in .md").
		WithHint("move it to static/, whose files are copied unchanged: git mv %s %s", w.at(p).File, w.at(path.Join(static, name)).File))
}

// stray reports a file or folder that is in the content folder itself, with a
// hint where it belongs.
func (w *walker) stray(name string, e fs.DirEntry) {
	lower := strings.ToLower(name)
	at := w.at(name)
	switch extension := path.Ext(lower); {
	case e.IsDir():
		w.strayFolder(name)
	case extension == ".yaml" || extension == ".yml":
		w.found.Add(ruleStrayFile.At(at, "is not read").
			WithHint("rename it to %[1]s, or move the settings to %[1]s and delete it", siteFile))
	case isText(lower) || w.hasFrontMatter(name, e):
		folder := w.likelyFolder(name, e)
		w.found.Add(ruleContentNotRead.At(at, "is not read, since it is in no folder of the content").
			WithHint("move it: git mv %s %s; move notes for writers out of the content folder", at.File, w.at(path.Join(folder, asMarkdown(name))).File))
	default:
		w.found.Add(ruleStrayFile.At(at, "is not read").
			WithHint("move it to static/, whose files are copied unchanged, or out of the content folder"))
	}
}

// strayFolder reports a folder that is not read, once for all its files.
func (w *walker) strayFolder(name string) {
	rule, hint := ruleStrayFile, "the folders are incidents/, maintenance/, announcements/, templates/ and static/"
	texts := 0
	for _, e := range w.list(name) {
		if !e.IsDir() && !isReadme(e.Name()) && (isText(e.Name()) || e.Type().IsRegular() && w.hasFrontMatter(path.Join(name, e.Name()), e)) {
			texts++
		}
	}
	if texts > 0 {
		rule = ruleContentNotRead
	}
	if meant := meantFolder(name); meant != "" {
		hint = "did you mean \"" + meant + "\"? git mv " + w.at(name).File + " " + w.at(meant).File
		if slices.ContainsFunc(w.list("."), func(e fs.DirEntry) bool { return e.Name() == meant }) {
			hint = "did you mean \"" + meant + "\"? git mv " + w.at(name).File + "/* " + w.at(meant).File + "/"
		}
	}
	w.found.Add(rule.At(w.at(name), "is not read, since allclear knows no such folder").WithHint("%s", hint))
}

// meantFolder is the folder that a name was meant as; "" for none.
func meantFolder(name string) string {
	lower := strings.ToLower(name)
	switch lower {
	case "issues", "outages", "events", "posts", "_posts":
		return incidents
	case "maintenances", "scheduled", "scheduled-maintenances", "scheduled_maintenances", "planned":
		return maintenance
	case "news", "notices", "banners":
		return announcements
	case "assets", "images", "img", "public", "files", "media":
		return static
	}
	return diag.Near(lower, folders)
}

// otherEndings are of pictures and the like, which can't have front matter.
var otherEndings = []string{".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".pdf", ".css", ".js", ".json", ".csv", ".zip", ".ico"}

// hasFrontMatter reports whether a file begins with a line of ---.
func (w *walker) hasFrontMatter(p string, e fs.DirEntry) bool {
	if slices.Contains(otherEndings, strings.ToLower(path.Ext(p))) {
		return false
	}
	return bytes.HasPrefix(w.beginning(p, e), []byte("---\n"))
}

// beginning is the first bytes of a file, with LF line ends; nothing of one
// that can't be read.
func (w *walker) beginning(p string, e fs.DirEntry) []byte {
	const enough = 2 << 10
	info, err := e.Info()
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	file, _, err := openRegular(w.root, p, info)
	if err != nil {
		return nil
	}
	defer file.Close()
	text := make([]byte, enough)
	n, _ := file.Read(text)
	return normalise(text[:n])
}

// likelyFolder is the folder that a document most likely belongs in, by its keys.
func (w *walker) likelyFolder(p string, e fs.DirEntry) string {
	text := append([]byte("\n"), w.beginning(p, e)...)
	has := func(key string) bool { return bytes.Contains(text, []byte("\n"+key+":")) }
	switch {
	case has("scheduled_for"), has("scheduled_until"), has("scheduled"):
		return maintenance
	case has("from") && !has("investigating"):
		return announcements
	}
	return incidents
}

// looksLikeEvent reports whether a file begins with the front matter of an event.
func (w *walker) looksLikeEvent(p string, e fs.DirEntry) bool {
	text := w.beginning(p, e)
	if !bytes.HasPrefix(text, []byte("---\n")) || !bytes.Contains(text, []byte("\ntitle:")) {
		return false
	}
	return slices.ContainsFunc([]string{"investigating", "identified", "resolved", "scheduled", "scheduled_for", "severity", "component"}, func(key string) bool {
		return bytes.Contains(text, []byte("\n"+key+":"))
	})
}
