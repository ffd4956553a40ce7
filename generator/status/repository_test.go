package status

import "testing"

func TestTheHistoryOfAFileIsWhereItsForgeHasIt(t *testing.T) {
	for _, test := range []struct{ host, content, file, want string }{
		{"github.com", "content", "incidents/2022/api.md", "/commits/HEAD/content/incidents/2022/api.md"},
		{"GitHub.example.com", ".", "incidents/api.md", "/commits/HEAD/incidents/api.md"},
		{"gitlab.com", "sites/status/content", "maintenance/a.md", "/-/commits/HEAD/sites/status/content/maintenance/a.md"},
		{"gitlab.example.com", "Inhalt 1", "incidents/ä#?.md", "/-/commits/HEAD/Inhalt%201/incidents/%C3%A4%23%3F.md"},
		{"codeberg.org", "content", "incidents/api.md", "/commits/commit/HEAD/content/incidents/api.md"},
		{"gitea.example.com", "content", "incidents/api.md", "/commits/commit/HEAD/content/incidents/api.md"},
		{"bitbucket.org", "content", "incidents/api.md", "/history-node/HEAD/content/incidents/api.md"},
	} {
		r := Repository{URL: "https://forge/o/r", Forge: ForgeOf(test.host), Content: test.content}
		if r.Forge == nil {
			t.Errorf("%s is no forge", test.host)
			continue
		}
		if got := r.History(test.file); got != "https://forge/o/r"+test.want {
			t.Errorf("%s: %s, want %s", test.host, got, test.want)
		}
	}
	for _, host := range []string{"git.example.com", "example.com", "mygithub.com", "", "notgitlab.example.com"} {
		if f := ForgeOf(host); f != nil {
			t.Errorf("%q is taken for %s", host, f.Name)
		}
	}
}
