package check_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"allclear/generator/check"
	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

// structural are the rules that a schema can hold.
var structural = []string{
	"unknown-key", "missing-key", "wrong-type", "unknown-value", "unknown-severity", "unknown-component", "unknown-component-status",
	"timestamp-malformed", "timestamp-no-zone", "bad-api-id", "bad-component-id", "bad-date",
}

const schemaSite = `title: Example
url: https://status.example.com
api_id: abc
timezone: Etc/UTC
language: en
theme: default
history_days: 14
freshness: 26h
social_images: true
logo: images/logo.svg
css: brand.css
accent: { light: "#1a7346", dark: "#7fd1a6" }
uptime: { days: 90, partial_outage: 0.3 }
limits: { updates: 1000 }
links: [{ name: Support, url: "https://example.com/" }]
repository: https://github.com/example/status
withdrawn: [{ id: 2022-12-01-api, on: 2022-12-02, reason: It named a person. }]
components: [{ id: api, name: API, aliases: [old-api], api_id: old-api, start_date: 2021-01-01 }, { group: Europe, id: eu, components: [{ id: eu-web, name: Web, description: The shop }] }]
`

// schemaFile is a kind of file: its valid keys, and what checks it.
type schemaFile struct {
	kind, text string
	check      func(t *testing.T, text string) (fields source.Value, found diag.List, ok bool)
}

func schemaFiles(t *testing.T, c *check.Config) []schemaFile {
	now := time.Date(2022, 12, 10, 0, 0, 0, 0, time.UTC)
	event := func(folder, kind, text, body string) schemaFile {
		return schemaFile{kind, text, func(t *testing.T, text string) (source.Value, diag.List, bool) {
			k := status.Incident
			if folder == "maintenance" {
				k = status.Maintenance
			}
			doc, found := source.ParseEvent("content/"+folder+"/a.md", []byte("---\n"+text+"---\n\n"+body), k)
			if doc == nil || len(found) > 0 {
				return source.Value{}, nil, false
			}
			doc.Folder = folder
			return doc.Fields, c.Check(doc, now).Diagnostics, true
		}}
	}
	return []schemaFile{
		event("incidents", "incident", "title: API fails\ncomponent: api\nseverity: major\ninvestigating: 2022-12-01 04:03 UTC\nidentified: 2022-12-01 05:03 UTC\nmonitoring: 2022-12-01 06:03 UTC\nresolved: 2022-12-01 07:03 UTC\npostmortem: 2022-12-02 07:03 UTC\nstarted: 2022-12-01 04:00 UTC\nended: 2022-12-01 07:00 UTC\npublish: scheduled\ndraft: false\nrelated: [b]\naliases: [/old/]\napi_id: abc\n", "Text.\n"),
		event("maintenance", "maintenance", "title: Move\ncomponents: [api, eu-web]\nscheduled_for: 2022-12-05 04:03 UTC\nscheduled_until: 2022-12-05 05:03 UTC\nin_progress: 2022-12-05 04:10 UTC\nverifying: 2022-12-05 04:20 UTC\ncompleted: 2022-12-05 05:00 UTC\ndraft: true\n", "## Scheduled · 2022-12-01 10:00 UTC\n\nText.\n"),
		event("announcements", "announcement", "title: New address\nfrom: 2022-12-05 04:03 UTC\nuntil: 2022-12-09 04:03 UTC\ndraft: false\n", "Text.\n"),
		event("templates", "template", "title: Weekly work\nkind: maintenance\ncomponent: { api: major_outage }\nseverity: minor\nfor: 2h\n", "Text.\n"),
		{"site", schemaSite, func(t *testing.T, text string) (source.Value, diag.List, bool) {
			doc, found := source.ParseSite("content/site.yaml", []byte(text))
			if doc == nil || len(found) > 0 {
				return source.Value{}, nil, false
			}
			_, found = check.ReadConfig(doc, check.Options{})
			return doc.Fields, found, true
		}},
	}
}

// schemaValues are what a writer may put in the place of a value.
var schemaValues = []string{
	"null", "", `""`, `"  "`, "true", "false", `"true"`, "yes", "0", "42", "-1", "1.5", "0.3", "367", `"42"`, "14.5",
	"text", `"one\ntwo"`, "  spaced  ", "A longer text, with marks: none", "[]", "{}", "[a, b]", "[api]", "[api, eu-web]", "[api, [eu-web]]", "[null]", `[""]`, "[42]",
	"{ api: major_outage }", "{ api: down }", "{ ap1: major_outage }", "{ api: null }", "{ api: [x] }", "{ old-api: operational }", "api", "ap1", "eu-web", "Europe",
	"none", "minor", "major", "critical", "high", "Major", "scheduled", "now", "incident", "maintenance",
	"2022-12-01 04:03 UTC", "2022-12-01T04:03:00Z", "2022-12-01t04:03:00.5+05:30", "2022-12-01 04:03:59 +01:00", "2022-12-01  04:03  utc", `"2022-12-01 04:03 UTC"`,
	"2022-12-01 04:03", "2022-12-01", "2022-12-01 4:03 UTC", "2022-12-01 04:03 CET", "2022/12/01 04:03 UTC", "1.12.2022", "20221201", "1669867380", "2022-12-01 04:03 +0100", "2022-12-01T04:03Z ",
	"abc-DEF_1", "a.b", "a b", "8l4ygp009s5s", "-x", "severity", "id", "x1", "UPPER",
	"https://example.com", "http://example.com/status", "example.com", "ftp://example.com", "/images/logo.SVG", "logo.txt", "brand.CSS", "2h", "1h30m", "2 hours", "26h",
	`"#123456"`, `"#abc"`, "red", "{ light: \"#1a7346\", dark: \"#7fd1a6\" }", "{ light: a.svg }", "{ en: Text, de: Text }",
	"[{ name: Support, url: \"https://example.com/\" }]", "[{ name: Support }]", "[{ nam: Support }]", "[{ id: web, name: Web }]", "[{ id: Web!, name: Web }]", "[{ id: web }]", "[{ name: Web }]",
	"[{ group: G, components: [{ id: web, name: Web }] }]", "[{ group: G }]", "[{ group: G, components: [{ group: H, components: [] }] }]", "[text]", "[{ id: web, name: Web, start_date: 2021-1-1 }]", "[{ id: web, name: Web, retired: 2021-01-01 }]",
	"https://github.com/example/status", "https://github.com/example", "https://github.com/example/status.git?x", "git@github.com:example/status.git",
	"{ url: \"https://git.example.com/a/b\", forge: gitlab, content: site/content }", "{ url: \"https://github.com/a/b\" }", "{ forge: gitlab }", "{ url: \"https://github.com/a/b\", forge: svn }",
	"{ days: 30 }", "{ days: 0 }", "{ days: 1.5 }", "{ partial_outage: 2 }", "{ weeks: 3 }", "{ output_mb: 1000 }", "{ updates: 0 }",
}

var schemaKeys = []string{
	"title", "component", "components", "severity", "investigating", "resolved", "scheduled", "completed", "scheduled_for", "scheduled_until", "from", "until", "kind", "for",
	"titel", "Title", "impact", "status", "date", "name", "url", "language", "languages", "logo", "favicon", "api_id", "draft", "publish", "started", "ended", "freshness", "theme", "uptime", "links", "repository",
}

// mutated changes, adds or removes some keys of a text, each of which is one line.
func mutated(random *rand.Rand, text string) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for range 1 + random.IntN(3) {
		i := random.IntN(len(lines))
		key, _, _ := strings.Cut(lines[i], ":")
		value := schemaValues[random.IntN(len(schemaValues))]
		switch random.IntN(5) {
		case 0:
			lines = slices.Delete(lines, i, i+1)
			if len(lines) == 0 {
				return "title: x\n"
			}
		case 1:
			lines = append(lines, schemaKeys[random.IntN(len(schemaKeys))]+": "+value)
		default:
			lines[i] = key + ": " + value
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

var (
	yamlInt   = regexp.MustCompile(`^[-+]?[0-9]+$`)
	yamlFloat = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
)

// asJSON is a value as an editor's YAML reader has it: the core schema of YAML 1.2.
func asJSON(v source.Value) any {
	switch v.Kind {
	case source.KindNull:
		return nil
	case source.KindList:
		list := []any{}
		for _, item := range v.Items {
			list = append(list, asJSON(item))
		}
		return list
	case source.KindMap:
		m := map[string]any{}
		for _, f := range v.Fields {
			m[f.Key] = asJSON(f.Value)
		}
		return m
	}
	switch lower := strings.ToLower(v.Text); {
	case v.Quoted:
	case slices.Contains([]string{"true", "True", "TRUE", "false", "False", "FALSE"}, v.Text):
		return lower == "true"
	case yamlInt.MatchString(v.Text), yamlFloat.MatchString(v.Text):
		if n, err := strconv.ParseFloat(v.Text, 64); err == nil {
			return json.Number(strconv.FormatFloat(n, 'f', -1, 64))
		}
	}
	return v.Text
}

func compileSchema(t *testing.T, kind string, c *check.Config) *jsonschema.Schema {
	t.Helper()
	text, err := json.Marshal(check.SchemaOf(kind, c))
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// TestSchemaAndCheckAgree changes front matters at random. A file without an error is
// valid, and one with an error of structure is not. "True" is not among the values: to
// JSON it is true, which may be an id, and "True" may not.
func TestSchemaAndCheckAgree(t *testing.T) {
	site, _ := source.ParseSite("content/site.yaml", []byte(schemaSite))
	c, _ := check.ReadConfig(site, check.Options{})
	random := rand.New(rand.NewPCG(1, 2))
	compared, invalid := 0, 0
	for _, file := range schemaFiles(t, c) {
		schema := compileSchema(t, file.kind, c)
		for i := range 2500 {
			text := file.text
			if i > 0 {
				text = mutated(random, text)
			}
			fields, found, ok := file.check(t, text)
			if !ok {
				continue // not even YAML
			}
			wrong, broken := "", false
			for _, d := range found {
				broken = broken || d.Rule.Level == diag.Error
				if slices.Contains(structural, d.Rule.Code) {
					wrong += fmt.Sprintf("\n%s: %s [%s]", d.Position, d.Message, d.Rule.Code)
				}
			}
			refused := schema.Validate(asJSON(fields))
			switch {
			case i == 0 && (broken || refused != nil):
				t.Fatalf("the valid %s is refused: %v, %v", file.kind, found, refused)
			case wrong != "" && refused == nil:
				t.Errorf("the schema of %s takes what check refuses:\n%s%s", file.kind, text, wrong)
			case !broken && refused != nil:
				t.Errorf("the schema of %s refuses what check takes:\n%s%v", file.kind, text, refused)
			}
			if t.Failed() && testing.Short() {
				return
			}
			compared++
			if refused != nil {
				invalid++
			}
		}
	}
	if compared < 10000 || invalid < compared/4 || invalid > compared*19/20 {
		t.Errorf("%d files were compared, of which %d are invalid: that says little", compared, invalid)
	}
}

func TestEveryKeyOfASchemaIsDescribed(t *testing.T) {
	var walk func(at string, value any)
	walk = func(at string, value any) {
		switch value := value.(type) {
		case map[string]any:
			if properties, ok := value["properties"].(map[string]any); ok && !strings.HasSuffix(at, "anyOf") {
				for key, p := range properties {
					if p, ok := p.(map[string]any); !ok || p["description"] == nil {
						if key != "light" && key != "dark" && key != "en" {
							t.Errorf("%s of %s has no description", key, at)
						}
					}
				}
			}
			for key, inner := range value {
				walk(at+"/"+key, inner)
			}
		case []any:
			for _, inner := range value {
				walk(at, inner)
			}
		}
	}
	for _, kind := range check.SchemaNames() {
		text, err := json.Marshal(check.SchemaOf(kind, nil))
		if err != nil {
			t.Fatal(err)
		}
		var schema any
		if err := json.Unmarshal(text, &schema); err != nil {
			t.Fatal(err)
		}
		walk(kind, schema)
		compileSchema(t, kind, nil)
	}
}
