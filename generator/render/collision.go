package render

import (
	"strings"

	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/output"
)

var ruleCollision = rules.Declare(diag.Rule{
	Code:  "path-collision",
	Title: "Each path of the site belongs to one thing, and none differ by letter case or Unicode form alone",
	Why:   "One of the two would be lost, on every disk or on those of macOS and Windows, and a reader would find the wrong page.",
})

// collisions reports routes that can't stand beside each other in one folder.
// The later route is blamed: pages come before static files and aliases.
func collisions(routes []output.Route) diag.List {
	var found diag.List
	files := make(map[string]int, len(routes))   // folded path → its first route
	folders := make(map[string]int, len(routes)) // folded folder → a route below it
	for i, r := range routes {
		key := language.Fold(r.Path)
		if first, taken := files[key]; taken {
			found.Add(collide(r, routes[first], "differ by letter case or Unicode form alone"))
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

// fileAndFolder is how foo and foo/index.html are in each other's way.
const fileAndFolder = "can't stand together: one is a file where the other needs a folder"

// collide blames a route for being in the way of another; where the program
// itself made it, the other one is to blame.
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
