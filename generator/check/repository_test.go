package check

import (
	"strings"
	"testing"

	"allclear/generator/source"
)

func TestTheAddressOfARepository(t *testing.T) {
	for value, want := range map[string]string{
		"https://github.com/example/status":                                       "https://github.com/example/status/commits/HEAD/content/a.md",
		"https://github.com/example/status.git":                                   "https://github.com/example/status/commits/HEAD/content/a.md",
		"https://gitlab.com/group/sub/status/":                                    "https://gitlab.com/group/sub/status/-/commits/HEAD/content/a.md",
		"{ url: https://git.example.com/ops/status, forge: gitlab }":              "https://git.example.com/ops/status/-/commits/HEAD/content/a.md",
		"{ url: https://git.example.com:8443/ops/s, forge: forgejo, content: . }": "https://git.example.com:8443/ops/s/commits/commit/HEAD/a.md",
		"{ url: https://github.com/a/b, content: /sites/status/content/ }":        "https://github.com/a/b/commits/HEAD/sites/status/content/a.md",

		"https://git.example.com/ops/status":                       "does not say which forge; repository: { url: https://git.example.com/ops/status, forge: gitlab }",
		"http://github.com/example/status":                         "must begin with https://; repository: https://github.com/example/status",
		"git@github.com:example/status.git":                        "is not the address; repository: https://github.com/example/status",
		"ssh://git@gitlab.com/example/status":                      "is not the address; repository: https://gitlab.com/example/status",
		"https://github.com/example":                               "names no repository",
		"https://user:word@github.com/example/status":              "user",
		"https://github.com/example/status?tab=x":                  "query",
		"javascript:alert(1)":                                      "is not the address",
		"{ url: https://github.com/a/b, content: ../other }":       "is no folder of the repository",
		"{ url: https://git.example.com/a/b, forge: git-lab }":     "unknown forge; did you mean",
		"{ forge: gitlab }":                                        "has no url",
		"{ url: https://github.com/a/b, branch: main }":            "unknown key",
		"[https://github.com/example/status]":                      "must be a line of text",
		`"https://github.com/example/status\" onclick=\"alert(1)"`: "is not the address",
	} {
		fields, _ := source.ParseYAML("content/site.yaml", []byte("title: A\nurl: https://a.example\nrepository: "+value+"\n"))
		site, list := Site(&source.Content{Name: "content", Site: &source.Document{File: &source.File{}, Fields: fields}}, Options{})
		if strings.HasPrefix(want, "https:") && site.Repository != nil {
			if got := site.Repository.History("a.md"); got != want || len(list) > 0 {
				t.Errorf("%s: %s %v, want %s", value, got, list, want)
			}
			continue
		}
		message, hint, _ := strings.Cut(want, "; ")
		if len(list) != 1 || !strings.Contains(list[0].Message, message) || !strings.Contains(list[0].Hint, hint) {
			t.Errorf("%s: %v, want %s", value, list, want)
		}
	}
}
