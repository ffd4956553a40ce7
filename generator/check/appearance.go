package check

import (
	"path"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/source"
)

var (
	ruleBadFreshness = rules.Declare(diag.Rule{
		Code:  "bad-freshness",
		Title: "The freshness is a duration from one hour to thirty days",
		Why:   "After this time without a build, the page says that its state may be out of date. If it is too short, the page says so between two builds; if it is too long, it says so too late.",
	})
	ruleStaticMissing = rules.Declare(diag.Rule{
		Code:  "static-missing",
		Title: "A file that site.yaml names is in content/static/",
		Why:   "Otherwise readers would see a broken picture, or a page without its own colours.",
	})
)

const maxFreshness = 30 * 24 * time.Hour

// readFreshness reads how long after a build the page counts as up to date; 0
// if site.yaml has no freshness.
func readFreshness(f *fields) time.Duration {
	f.may("freshness", func() Schema { return orNull(aDuration()) })
	field, ok := f.get("freshness")
	if !ok {
		return 0
	}
	length, err := time.ParseDuration(field.Value.Text)
	if field.Value.Kind != source.KindScalar || err != nil || length < time.Hour || length > maxFreshness {
		f.list.Add(ruleBadFreshness.At(field.Value.Position, "freshness must be a duration from 1h to 720h, not %s", describe(field.Value)).
			WithHint("write a little more than the time between two scheduled builds, for example\nfreshness: %s", source.FormatDuration(min(wholeHours(field.Value.Text, 26*time.Hour), maxFreshness))))
		return 0
	}
	return length
}

// The endings of files that can be a picture.
var pictures = []string{".svg", ".png", ".webp", ".avif", ".jpg", ".jpeg", ".gif"}

// readLogo reads the logo: a file, or one for light and one for dark pages.
func readLogo(f *fields) (light, dark string) {
	return bySchemes(f, "logo", [2]string{"images/logo.svg", "images/logo-dark.svg"}, func(f *fields, key string) string { return readFile(f, key, "logo", pictures...) })
}

// bySchemes reads a value that may be a map with one for light and one for dark
// pages.
func bySchemes[T any](f *fields, key string, examples [2]string, read func(f *fields, key string) T) (light, dark T) {
	field, ok := f.get(key)
	if !ok || field.Value.Kind != source.KindMap {
		light = read(f, key)
		f.may(key, func() Schema { return inSchemes(f.shape.keys[key]) })
		return light, light
	}
	schemes := f.inside("the "+key, field.Value)
	light, dark = read(schemes, "light"), read(schemes, "dark")
	schemes.unknown(nil)
	schemes.require("light", "light: "+examples[0])
	schemes.require("dark", "dark: "+examples[1])
	return light, dark
}

// readFile reads the name of a file in static/ with one of the given endings; what
// says what it is for.
func readFile(f *fields, key, what string, endings ...string) string {
	name := f.text(key)
	f.may(key, func() Schema { return aFile(endings) })
	if name == "" || slices.Contains(endings, strings.ToLower(path.Ext(name))) {
		return strings.TrimPrefix(name, "/")
	}
	f.list.Add(ruleUnknownValue.At(f.at(key), "%q can't be the %s", diag.Short(name), what).
		WithHint("write the name of a file in content/static/ that ends in %s", strings.Join(endings, ", ")))
	return ""
}

// requireFiles reports files that site.yaml names and static/ does not have.
func requireFiles(doc *source.Document, static []source.Static, list *diag.List) {
	var names []string
	for _, s := range static {
		names = append(names, s.Path)
	}
	require := func(value source.Value, otherwise string) {
		name := strings.TrimPrefix(value.Text, "/")
		if value.Kind != source.KindScalar || name == "" || slices.Contains(names, name) {
			return
		}
		list.Add(ruleStaticMissing.At(value.Position, "there is no %s in content/static/", diag.Short(name)).
			WithHint("%sadd the file, or delete %s", diag.DidYouMean(name, names), otherwise))
	}
	for _, key := range []string{"logo", "css", "favicon"} {
		field, _ := doc.Fields.Field(key)
		require(field.Value, "the key "+key)
		for _, scheme := range field.Value.Fields {
			require(scheme.Value, "the key "+key)
		}
	}
	settings, _ := doc.Fields.Field("static")
	allowed, _ := settings.Value.Field("allow")
	for _, value := range append(allowed.Value.Items, allowed.Value) {
		require(value, "its name here: a file that somebody adds later would be code")
	}
}
