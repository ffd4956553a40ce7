package starter_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/starter"
)

// update writes the copies again:
//
//	go test ./generator/starter -update
var update = flag.Bool("update", false, "write the files that are copies of others")

var action = os.DirFS("../../.github/actions/allclear")

// TestTheWorkflowsThatTeamsCopyAreThoseOfInit holds tools/deploy/github and
// tools/deploy/gitlab: what init writes for a program that knows no release.
func TestTheWorkflowsThatTeamsCopyAreThoseOfInit(t *testing.T) {
	for _, host := range []string{"github", "gitlab"} {
		files, err := starter.Files(starter.Site{Host: host}, action)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]bool{}
		for _, f := range files {
			if f.Kind == starter.Deploy {
				name := filepath.Join("../../tools/deploy", host, filepath.FromSlash(f.Path))
				want[name] = true
				same(t, name, f.Text)
			}
		}
		err = filepath.WalkDir("../../tools/deploy/"+host, func(name string, entry os.DirEntry, err error) error {
			if err == nil && !entry.IsDir() && !want[name] {
				t.Errorf("init writes no %s", name)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// TestTheServersSettingsAreThoseThatAreTested holds what init writes for a server of
// one's own, since the tests of servers run those in tools/deploy.
func TestTheServersSettingsAreThoseThatAreTested(t *testing.T) {
	for _, name := range []string{"nginx.conf", "nginx-headers.awk"} {
		text, err := os.ReadFile("../../tools/deploy/" + name)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "files/server/server/"+name, strings.ReplaceAll(string(text), "tools/deploy/", "server/"))
	}
}

// same expects a file to have a text, and writes it with -update.
func same(t *testing.T, name, want string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(want), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("%s (-want +got; go test ./generator/starter -update):\n%s", name, diff)
	}
}

func TestNginxHasTheNameOfTheSitesHost(t *testing.T) {
	for address, want := range map[string]string{
		"https://status.acme.example:8443/page": "server_name status.acme.example;",
		"":                                      "server_name status.example.com;",
		"https://a;autoindex.example":           "server_name status.example.com;",
		"https://[::1]:80":                      "server_name status.example.com;",
	} {
		files, err := starter.Files(starter.Site{Host: "server", URL: address}, action)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if f.Path == "server/nginx.conf" && !strings.Contains(f.Text, want) {
				t.Errorf("%q: nginx.conf has no %q", address, want)
			}
		}
	}
}

func TestAReleaseIsWhereTheForgeOfARemoteHasIt(t *testing.T) {
	for _, test := range []struct{ remote, tag, want string }{
		{"https://github.com/example/allclear.git", "v1.2.3", "https://github.com/example/allclear/releases/download/v1.2.3"},
		{"https://github.com/example/allclear", "v1.2.3", "https://github.com/example/allclear/releases/download/v1.2.3"},
		{"git@github.com:example/allclear.git", "v1.2.3", "https://github.com/example/allclear/releases/download/v1.2.3"},
		{"ssh://git@git.example.com:2222/example/allclear.git", "v1.2.3", "https://git.example.com/example/allclear/releases/download/v1.2.3"},
		{"https://git.example.com:8443/example/allclear/", "v1.2.3", "https://git.example.com:8443/example/allclear/releases/download/v1.2.3"},
		{"git@gitlab.com:group/team/allclear.git", "v1.2.3", "https://gitlab.com/group/team/allclear/-/releases/v1.2.3/downloads"},
		{"https://user:secret@github.com/example/allclear.git", "v1.2.3", "https://github.com/example/allclear/releases/download/v1.2.3"},
		{"https://github.com/example/allclear.git", "", ""},
		{"", "v1.2.3", ""},
		{"/srv/git/allclear.git", "v1.2.3", ""},
		{"../allclear", "v1.2.3", ""},
		{"file:///srv/git/allclear.git", "v1.2.3", ""},
		{`C:\git\allclear`, "v1.2.3", ""},
		{"git@github.com:exa$(mple)/allclear.git", "v1.2.3", ""},
	} {
		if got := starter.ReleaseOf(test.remote, test.tag); got != test.want {
			t.Errorf("%s at %s: %q, want %q", test.remote, test.tag, got, test.want)
		}
	}
}

func TestTheAddressOfAReleaseIsSafeInAScript(t *testing.T) {
	for _, bad := range []string{
		"", "https://", "releases.example.com/v1", "http://releases.example.com/v1", "http://127.0.0.1.example.com/v1", "file:///v1",
		"https://example.com/$(id)", "https://example.com/v1'", "https://example.com/a b", "https://example.com/v1}", "https://example.com/v1\n", "https://example.com/`id`", `https://example.com/\`,
	} {
		if got, err := starter.ReleaseAddress(bad); err == nil {
			t.Errorf("%q is taken as %q", bad, got)
		}
	}
	for _, good := range []string{"https://example.com/v1.2.3/", "http://127.0.0.1:8000/v1", "https://git.example.com:8443/~a/b%20c/v1+x"} {
		if got, err := starter.ReleaseAddress(good); err != nil || got != strings.TrimRight(good, "/") {
			t.Errorf("%q: %q, %v", good, got, err)
		}
	}
}
