package check

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/source"
	"allclear/generator/status"
)

// checkSite is a site of a site.yaml and one incident, and a line per mistake.
func checkSite(t *testing.T, yaml, incident string) (*status.Site, []string) {
	t.Helper()
	site, list := source.ParseSite("content/site.yaml", []byte("title: A\nurl: https://a.example\n"+yaml))
	content := &source.Content{Name: "content", Site: site}
	if incident != "" {
		doc, found := source.ParseEvent("content/incidents/a.md", []byte(incident), status.Incident)
		list.Add(found...)
		content.Documents = append(content.Documents, doc)
	}
	checked, found := Site(content, Options{Now: time.Date(2026, 5, 10, 12, 0, 0, 0, time.UTC)})
	list.Add(found...)
	var all []string
	list = list.Sorted()
	for i, line := range lines(list) {
		all = append(all, line+" | "+list[i].Hint)
	}
	return checked, all
}

func TestARenamedComponentKeepsItsOldIDs(t *testing.T) {
	const yaml = "components:\n  - { id: core, name: Core, aliases: %s, api_id: x1 }\n  - { id: web, name: Web }\n"
	const incident = "---\ntitle: A\ncomponents: { rest: major_outage }\ninvestigating: 2026-05-01 10:00 UTC\n---\n\nx\n\n## 2026-05-01 11:00 UTC {api=partial_outage}\n\ny\n"
	site, found := checkSite(t, fmt.Sprintf(yaml, "[rest, api]"), incident)
	if len(found) > 0 {
		t.Fatal(strings.Join(found, "\n"))
	}
	core := site.Components[0]
	if diff := cmp.Diff([]string{"rest", "api"}, core.Aliases); diff != "" {
		t.Error(diff)
	}
	e := site.Events[0]
	if e.Components[0].Component != core || e.Updates[1].Settings[0].Component != core {
		t.Error("an old id does not mean the component")
	}
	if site, _ := checkSite(t, fmt.Sprintf(yaml, "rest"), ""); len(site.Components[0].Aliases) != 1 {
		t.Error("an alias that is not a list is not read")
	}
}

func TestOldIDsOfComponentsAreChecked(t *testing.T) {
	for _, test := range []struct{ name, components, want string }{
		{"a path", "- { id: core, name: Core, aliases: [/components/rest/], api_id: x }", `4:41 bad-component-id: "/components/rest/" can't be an old id of a component | write rest`},
		{"a reserved word", "- { id: core, name: Core, aliases: until, api_id: x }", `4:40 bad-component-id: "until" can't be an old id of a component | write the id that the component had, without components/ and slashes`},
		{"its own id", "- { id: core, name: Core, aliases: core, api_id: x }", `4:40 duplicate-id: alias "core" is already used | write another one: content/site.yaml:4:13 has it`},
		{"the id of a component below it", "- { id: core, name: Core, aliases: web, api_id: x }\n    - { id: web, name: Web }", `4:40 duplicate-id: alias "web" is already used | write another one: content/site.yaml:5:13 has it`},
		{"the id of a group", "- { id: core, name: Core, aliases: europe, api_id: x }\n    - { group: Europe, components: [{ id: web, name: Web }] }",
			`4:40 duplicate-id: alias "europe" is already used | write another one: content/site.yaml:5:16 has it`},
		{"an alias of another", "- { id: core, name: Core, aliases: api, api_id: x }\n    - { id: web, name: Web, aliases: API, api_id: y }\n    - { id: b, name: B, aliases: [api], api_id: z }",
			`5:38 bad-component-id: "API" can't be an old id of a component | write api` + "\n" +
				`6:35 duplicate-id: alias "api" is already used | write another one: content/site.yaml:4:40 has it`},
		{"no api_id", "- { id: core, name: Core, aliases: [rest, api] }", `4:41 alias-without-api-id: the API calls this component "core", and clients know it as "rest" | add to the component: api_id: rest`},
		{"its new id in the API, on purpose", "- { id: core, name: Core, aliases: [rest], api_id: core }", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, found := checkSite(t, "components:\n    "+test.components+"\n", ""); strings.Join(found, "\n") != test.want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(found, "\n"), test.want)
			}
		})
	}
}

func TestAComponentIsNamedOnceByAnyOfItsIDs(t *testing.T) {
	const yaml = "components:\n  - { id: core, name: Core, aliases: rest, api_id: rest }\n"
	const incident = "---\ntitle: A\ncomponents: %s\ninvestigating: 2026-05-01 10:00 UTC\n---\n\nx\n\n## 2026-05-01 11:00 UTC {%s}\n\ny\n"
	const again = `duplicate-component: component "core" is named twice: "rest" is an old id of it | delete rest`
	for _, test := range []struct{ components, attributes, want string }{
		{"[core, rest]", "#x", "3:20 " + again},
		{"[core, core]", "#x", `3:20 duplicate-component: component "core" is named twice | write` + "\n" + `components: [core]`},
		{"{ core: major_outage, rest: major_outage }", "#x", "3:35 " + again},
		{"core", "core=major_outage rest=operational", "9:44 " + again},
		{"rezt", "#x", `3:13 unknown-component: unknown component "rezt" | write one of core, declared in content/site.yaml:3`},
	} {
		if _, found := checkSite(t, yaml, fmt.Sprintf(incident, test.components, test.attributes)); strings.Join(found, "\n") != test.want {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(found, "\n"), test.want)
		}
	}
}

func TestWordsOfAttributesAreNoComponents(t *testing.T) {
	for _, id := range []string{"id", "class", "severity", "corrects", "from", "until", "next"} {
		if IsComponentID(id) {
			t.Errorf("a component may be %s", id)
		}
	}
}

func TestAnOldIDOfAnyLengthCanBeAnAPIID(t *testing.T) {
	old := strings.Repeat("a", 80)
	if !IsComponentID(old) || !IsAPIID(old) || IsAPIID(old+"a") {
		t.Error("the longest api_id is not as long as the longest id")
	}
}

func TestAComponentsUniqueNameTellsItFromAllOthers(t *testing.T) {
	site, found := checkSite(t, `languages: [en, de]
components:
  - { id: api, name: API }
  - group: Europe
    components:
      - { id: eu-api, name: api, retired: 2024-05-01 }
      - { id: eu-web, name: { en: Website, de: Netz } }
  - group: { en: Asia, de: Asien }
    components:
      - { id: asia-web, name: { en: Site, de: NETZ } }
      - { id: asia-mail, name: Mail }
`, "")
	if len(found) > 0 {
		t.Fatal(strings.Join(found, "\n"))
	}
	got := map[string]string{}
	for _, c := range site.Components {
		got[c.ID] = c.UniqueName("en") + " | " + c.UniqueName("de")
	}
	want := map[string]string{
		"api": "API | API", "eu-api": "Europe - api | Europe - api", "eu-web": "Europe - Website | Europe - Netz",
		"asia-web": "Asia - Site | Asien - NETZ", "asia-mail": "Mail | Mail",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestComponentsWithTheSameFullNameAreReported(t *testing.T) {
	_, found := checkSite(t, "components:\n  - { id: api, name: API }\n  - { id: old, name: Api, retired: 2024-05-01 }\n", "")
	want := `5:11 same-name: the components "api" and "old" have the same name, Api | write another name for one of the two, such as name: "Api (new)"`
	if strings.Join(found, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(found, "\n"), want)
	}
}
