package api_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"allclear/generator/api"
	"allclear/generator/derive"
)

const descriptionPath = "api/openapi.json"

// TestTheDescriptionIsValidOpenAPI uses the OpenAPI Initiative's own schema,
// https://spec.openapis.org/oas/3.1/schema/2021-04-15, under the Apache License 2.0.
func TestTheDescriptionIsValidOpenAPI(t *testing.T) {
	official, err := os.ReadFile("testdata/openapi-3.1-schema.json")
	if err != nil {
		t.Fatal(err)
	}
	const url = "https://spec.openapis.org/oas/3.1/schema/2021-04-15"
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(url, decode(t, official)); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(url)
	if err != nil {
		t.Fatal(err)
	}
	description := decode(t, fetch(t, rich(), descriptionPath)).(map[string]any)
	if err := schema.Validate(description); err != nil {
		t.Error(err)
	}
	delete(description["info"].(map[string]any), "title")
	if schema.Validate(description) == nil {
		t.Error("the schema accepts a description without a title")
	}
}

func TestTheDescriptionNamesTheSite(t *testing.T) {
	s := quiet()
	s.Site.Title, s.Site.URL = `Quotes "and" </script>`, "https://example.com/status"
	got := []any{
		dig(t, s, descriptionPath, "info", "title"),
		dig(t, s, descriptionPath, "servers", 0, "url"),
	}
	if diff := cmp.Diff([]any{`Quotes "and" </script> - Status API`, "https://example.com/status"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestEveryDocumentMatchesItsDescription validates each route against the one
// path that describes it, and fails for a path without a route.
func TestEveryDocumentMatchesItsDescription(t *testing.T) {
	described := describe(t)
	seen := map[string]bool{}
	for name, s := range map[string]*derive.Snapshot{"rich": rich(), "derived": derived(t, hours(0)), "empty": quiet()} {
		for _, r := range api.Routes(s, words{}) {
			if r.Path == descriptionPath {
				continue
			}
			i := described.find("/" + r.Path)
			if i < 0 {
				t.Errorf("%s is not described", r.Path)
				continue
			}
			seen[described[i].path] = true
			if described[i].schema == nil {
				continue // no JSON
			}
			if err := described[i].schema.Validate(decode(t, fetch(t, s, r.Path))); err != nil {
				t.Errorf("%s of the %s site: %v", r.Path, name, err)
			}
		}
	}
	for _, d := range described {
		if !seen[d.path] {
			t.Errorf("no route has the path %s", d.path)
		}
	}
}

func TestEveryPathHasAValidExample(t *testing.T) {
	for _, d := range describe(t) {
		if d.example == nil {
			t.Errorf("%s has no example", d.path)
			continue
		}
		if d.schema == nil {
			continue
		}
		if err := d.schema.Validate(d.example); err != nil {
			t.Errorf("the example of %s: %v", d.path, err)
		}
	}
}

// TestEveryPropertyHasADescription fails for a type or a field without a
// comment, or whose comment the generator does not find.
func TestEveryPropertyHasADescription(t *testing.T) {
	schemas := dig(t, quiet(), descriptionPath, "components", "schemas").(map[string]any)
	for name, schema := range schemas {
		if schema.(map[string]any)["description"] == nil {
			t.Errorf("%s has no description", name)
		}
		properties, _ := schema.(map[string]any)["properties"].(map[string]any)
		for key, property := range properties {
			if p := property.(map[string]any); p["description"] == nil && p["$ref"] == nil {
				t.Errorf("%s.%s has no description", name, key)
			}
		}
	}
}

// TestTheDescriptionRejectsWhatIsWrong shows that the schemas can fail.
func TestTheDescriptionRejectsWhatIsWrong(t *testing.T) {
	described := describe(t)
	summary := described[described.find("/api/v2/summary.json")]
	whole := string(fetch(t, rich(), "api/v2/summary.json"))
	for _, wrong := range [][2]string{
		{`"major_outage"`, `"on_fire"`},
		{`"position":1`, `"position":"1"`},
		{`"time_zone":`, `"zone":`},
		{`"2022-12-01T12:00:00.000Z"`, `"1 December"`},
		{`"affected_components":null`, `"affected_components":[]`},
		{`"group":false`, `"group":false,"secret":1`},
		{`"https://status.example.com"`, `"not an address"`},
	} {
		changed := strings.Replace(whole, wrong[0], wrong[1], 1)
		if changed == whole {
			t.Fatalf("the summary has no %s", wrong[0])
		}
		if summary.schema.Validate(decode(t, []byte(changed))) == nil {
			t.Errorf("%s passes", wrong[1])
		}
	}
}

// descriptions is what the description says about each path.
type descriptions []struct {
	path    string
	form    *regexp.Regexp     // of the routes that it describes
	schema  *jsonschema.Schema // nil if the response is no JSON
	example any
}

// find returns the index of the path of a route, -1 for none. It prefers a path
// without a parameter.
func (d descriptions) find(route string) int {
	found := -1
	for i, one := range d {
		if one.path == route || found < 0 && one.form.MatchString(route) {
			found = i
		}
	}
	return found
}

// describe reads the description and compiles its schemas. It closes each
// object, so that a key without a description fails.
func describe(t *testing.T) descriptions {
	t.Helper()
	root := decode(t, fetch(t, quiet(), descriptionPath)).(map[string]any)
	closeObjects(root["paths"])
	closeObjects(root["components"])
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	const url = "https://status.example.com/api/openapi.json"
	if err := compiler.AddResource(url, root); err != nil {
		t.Fatal(err)
	}
	var all descriptions
	for path, item := range root["paths"].(map[string]any) {
		form := regexp.MustCompile(`\\\{[a-z]+\\\}`).ReplaceAllString(regexp.QuoteMeta(path), `[^/]+`)
		one := descriptions{{path: path, form: regexp.MustCompile("^" + form + "$")}}[0]
		response := item.(map[string]any)["get"].(map[string]any)["responses"].(map[string]any)["200"].(map[string]any)
		for kind, media := range response["content"].(map[string]any) {
			one.example = media.(map[string]any)["example"]
			if kind != "application/json" {
				continue
			}
			pointer := "/paths/" + strings.ReplaceAll(path, "/", "~1") + "/get/responses/200/content/application~1json/schema"
			schema, err := compiler.Compile(url + "#" + strings.NewReplacer("{", "%7B", "}", "%7D").Replace(pointer))
			if err != nil {
				t.Fatal(err)
			}
			one.schema = schema
		}
		all = append(all, one)
	}
	return all
}

func closeObjects(value any) {
	switch value := value.(type) {
	case map[string]any:
		if _, ok := value["properties"].(map[string]any); ok && value["type"] == "object" {
			value["additionalProperties"] = false
		}
		for _, member := range value {
			closeObjects(member)
		}
	case []any:
		for _, item := range value {
			closeObjects(item)
		}
	}
}

// decode reads JSON as the validator wants it.
func decode(t *testing.T, content []byte) any {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestTheDescriptionIsCompact(t *testing.T) {
	got := fetch(t, quiet(), descriptionPath)
	var compact bytes.Buffer
	if err := json.Compact(&compact, got); err != nil {
		t.Fatal(err)
	}
	if compact.String()+"\n" != string(got) {
		t.Error("it is not compact")
	}
}
