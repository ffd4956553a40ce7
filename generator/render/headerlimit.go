package render

import (
	"path"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/output"
	"allclear/generator/page"
)

const (
	// maxRules is how many rules of a _headers file Cloudflare Pages reads,
	// https://developers.cloudflare.com/pages/configuration/headers/
	maxRules = 100

	// maxStaticRoot is how many files may be in static/ itself, each of which needs a
	// rule. It leaves room for the site's own files, for folders and for old paths.
	maxStaticRoot = 40
)

var (
	ruleStaticRoot = rules.Declare(diag.Rule{
		Code:  "static-root",
		Title: "At most 40 files are in static/ itself; the others are in folders",
		Why:   "Hosts read 100 header rules and ignore the rest in silence. A folder needs one rule, but each file outside of folders needs one of its own, and a file without a rule has no security headers.",
	})
	ruleStaticFolders = rules.Declare(diag.Rule{
		Code:  "static-folders",
		Title: "Files and folders in static/ itself need no more header rules than hosts read",
		Why:   "Hosts read 100 header rules and ignore the rest in silence. Files without a rule have no security headers.",
	})
	ruleAliasWithoutRule = rules.Declare(diag.Rule{
		Code: "alias-without-rule", Level: diag.Warning,
		Title: "Old paths need no more header rules than hosts read",
		Why:   "Hosts read 100 header rules, so the small pages at the old paths beyond them have no security headers. They contain only a link.",
	})
)

// ranOut reports that hosts would not read a rule for each pattern. Those from a
// number on have no rule.
func ranOut(patterns []string, below map[string]*covered, from int) diag.List {
	var files, static, others []output.Route // the first one of each pattern
	for _, pattern := range patterns {
		switch first := below[pattern].first; {
		case !isStatic(first):
			others = append(others, first)
		case strings.HasSuffix(pattern, "/*"):
			static = append(static, first)
		default:
			static, files = append(static, first), append(files, first)
		}
	}
	without := patterns[min(from, len(patterns)):]
	isWithout := func(want bool) bool {
		return slices.ContainsFunc(without, func(p string) bool { return isStatic(below[p].first) == want })
	}
	var found diag.List
	switch {
	case len(files) > maxStaticRoot:
		found.Add(ruleStaticRoot.At(folderOf(files[0]), "%d files are in the folder itself, and at most %d may be", len(files), maxStaticRoot).
			WithHint("move files into a folder, such as static/files/, which needs one rule for all of them; their addresses change with it"))
	case isWithout(true):
		found.Add(ruleStaticFolders.At(folderOf(static[0]), "%d files and folders are in the folder itself; with the site's own, they need more than the %d header rules that hosts read", len(static), maxRules).
			WithHint("move them into one folder, such as static/files/, which needs one rule for all of them; their addresses change with it"))
	}
	if isWithout(false) {
		last := others[len(others)-1]
		found.Add(ruleAliasWithoutRule.At(last.Origin, "the old paths need more than the %d header rules that hosts read; this one and others have none", maxRules).
			WithHint("delete aliases that nobody uses any more, or accept that these pages have no security headers"))
	}
	return found
}

// isStatic reports whether a route is a file of static/ that shares its rule with no
// file of the theme.
func isStatic(r output.Route) bool {
	return r.Kind == output.Asset && !r.Origin.IsZero() && !strings.HasPrefix(r.Path, page.Assets)
}

// folderOf is static/ itself.
func folderOf(r output.Route) diag.Position {
	folder := path.Dir(r.Origin.File)
	for range strings.Count(r.Path, "/") {
		folder = path.Dir(folder)
	}
	return diag.Position{File: folder}
}
