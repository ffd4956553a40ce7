package render

import (
	"strings"

	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/output"
	"allclear/generator/source"
)

var ruleCollision = rules.Declare(diag.Rule{
	Code:  "path-collision",
	Title: "No two files of the site have the same path, or paths that differ only by letter case or Unicode form",
	Why:   "One file would replace the other, on every disk or only on those of macOS and Windows, and a reader would get the wrong page.",
})

var ruleUnportable = rules.Declare(diag.Rule{
	Code:  "path-unportable",
	Title: "Windows can carry the path of every file of the site",
	Why:   "With a name such as aux, or a point or a blank at its end, the site could not be built on Windows.",
})

// unportable reports routes that Windows can't carry. Most names are checked where
// they come from; a theme's are not.
func unportable(routes []output.Route) diag.List {
	var found diag.List
	for _, r := range routes {
		for part := range strings.SplitSeq(r.Path, "/") {
			if !source.IsPortable(part) {
				found.Add(ruleUnportable.At(r.Origin, "Windows can't carry the path %s", r.Path).
					WithHint("rename the file: %s is a name that Windows keeps for a device, or ends with a point or a blank", part))
				break
			}
		}
	}
	return found
}

// collisions reports routes that can't both be files of one folder. The later
// route is blamed, so pages must come before static files and aliases.
func collisions(routes []output.Route) diag.List {
	var found diag.List
	files := make(map[string]int, len(routes))   // case-folded path → its first route
	folders := make(map[string]int, len(routes)) // case-folded folder → a route below it
	for i, r := range routes {
		key := language.Fold(r.Path)
		if first, taken := files[key]; taken {
			found.Add(collide(r, routes[first], "differ only by letter case or Unicode form"))
			continue
		}
		if below, taken := folders[key]; taken {
			found.Add(collide(r, routes[below], fileAndFolder))
		}
		for slash := strings.LastIndexByte(key, '/'); slash > 0; slash = strings.LastIndexByte(key[:slash], '/') {
			if file, taken := files[key[:slash]]; taken {
				found.Add(collide(r, routes[file], fileAndFolder))
			}
			if _, known := folders[key[:slash]]; known {
				break
			}
			folders[key[:slash]] = i
		}
		files[key] = i
	}
	return found
}

// fileAndFolder says why foo and foo/index.html collide.
const fileAndFolder = "collide: one is a file, and the other needs a folder of the same name"

// collide blames a route for colliding with another. If the program itself made
// it, it blames the other one.
func collide(blamed, other output.Route, how string) diag.Diagnostic {
	if blamed.Origin.IsZero() && !other.Origin.IsZero() {
		blamed, other = other, blamed
	}
	d := ruleCollision.At(blamed.Origin, "the paths %s and %s %s", blamed.Path, other.Path, how)
	if blamed.Path == other.Path {
		d = ruleCollision.At(blamed.Origin, "the path %s is taken", blamed.Path)
	}
	if other.Origin.IsZero() {
		return d.WithHint("the site itself has %s: choose another name", other.Path)
	}
	return d.WithHint("the other one comes from %s: rename one of them", other.Origin)
}
