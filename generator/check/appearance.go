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
		Title: "A freshness is a length of time from one hour to thirty days",
		Why:   "After it the page says that it can't confirm the state any more: too short a one says so between two builds, too long a one too late.",
	})
	ruleStaticMissing = rules.Declare(diag.Rule{
		Code:  "static-missing",
		Title: "A file that site.yaml names is in content/static/",
		Why:   "Readers would see a broken picture, or a page without its colours.",
	})
)

// readFreshness reads for how long a build is to be believed; 0 where
// site.yaml does not say.
func readFreshness(f fields) time.Duration {
	field, ok := f.get("freshness")
	if !ok {
		return 0
	}
	length, err := time.ParseDuration(field.Value.Text)
	if field.Value.Kind != source.KindScalar || err != nil || length < time.Hour || length > 30*24*time.Hour {
		f.list.Add(ruleBadFreshness.At(field.Value.Position, "freshness must be a length of time from 1h to 720h, not %s", shape(field.Value)).
			WithHint("write a little more than the time between two scheduled builds, for example freshness: 26h"))
		return 0
	}
	return length
}

// readFile reads the name of a file below static/, with one of some endings.
func readFile(f fields, key string, endings ...string) string {
	name := f.text(key)
	if name == "" || slices.Contains(endings, strings.ToLower(path.Ext(name))) {
		return strings.TrimPrefix(name, "/")
	}
	field, _ := f.value.Field(key)
	f.list.Add(ruleUnknownValue.At(field.Value.Position, "%q can't be the %s", short(name), key).
		WithHint("name a file in content/static/ that ends in %s", strings.Join(endings, ", ")))
	return ""
}

// requireFiles reports files that site.yaml names and that are not there.
func requireFiles(doc *source.Document, static []source.Static, list *diag.List) {
	var names []string
	for _, s := range static {
		names = append(names, s.Path)
	}
	for _, key := range []string{"logo", "css"} {
		field, ok := doc.Fields.Field(key)
		name := strings.TrimPrefix(field.Value.Text, "/")
		if !ok || field.Value.Kind != source.KindScalar || name == "" || slices.Contains(names, name) {
			continue
		}
		list.Add(ruleStaticMissing.At(field.Value.Position, "there is no %s in content/static/", short(name)).
			WithHint("%sput the file there, or take the %s out", diag.DidYouMean(name, names), key))
	}
}
