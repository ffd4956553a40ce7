package render

import (
	"path"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/output"
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

// ranOut reports that hosts would not read a rule for each route: without is a
// route for each rule that is left out.
func ranOut(routes, without []output.Route) diag.List {
	var found diag.List
	var inRoot []output.Route
	for _, r := range routes {
		if isStatic(r) && !strings.Contains(r.Path, "/") {
			inRoot = append(inRoot, r)
		}
	}
	if len(inRoot) > maxStaticRoot {
		found.Add(ruleStaticRoot.At(diag.Position{File: path.Dir(inRoot[0].Origin.File)}, "%d files are in the folder itself, and at most %d may be", len(inRoot), maxStaticRoot).
			WithHint("move files into a folder, such as static/files/, which needs one rule for all of them; their addresses change with it"))
	}
	var static, aliases []output.Route
	for _, r := range without {
		if isStatic(r) {
			static = append(static, r)
		} else {
			aliases = append(aliases, r)
		}
	}
	if len(static) > 0 && len(found) == 0 {
		found.Add(ruleStaticFolders.At(static[0].Origin, "%d files and folders in static/ itself are more than hosts read header rules for, from this one on", len(static)).
			WithHint("move them into one folder, such as static/files/, which needs one rule for all of them"))
	}
	if len(aliases) > 0 {
		found.Add(ruleAliasWithoutRule.At(aliases[0].Origin, "%d old paths begin with a folder of their own and are more than hosts read header rules for, from this one on", len(aliases)).
			WithHint("delete aliases that nobody uses any more, or accept that these pages have no security headers"))
	}
	return found
}

// isStatic reports whether a route is a file of static/, the only assets with a
// place in the content.
func isStatic(r output.Route) bool { return r.Kind == output.Asset && !r.Origin.IsZero() }
