package starter_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/testbrowser"
)

// TestAScheduledFunctionBuildsWhatIsDue runs the functions that Netlify and Cloudflare
// call every quarter of an hour.
func TestAScheduledFunctionBuildsWhatIsDue(t *testing.T) {
	const hook = "https://hooks.example.com/main"
	type did struct {
		Asked  []string
		Failed string
	}
	for name, test := range map[string]struct {
		next, hook string
		want       did
	}{
		"due":             {"2026-01-01T00:00:00Z", hook, did{[]string{"POST " + hook}, ""}},
		"not due":         {"9999-01-01T00:00:00Z", hook, did{[]string{}, ""}},
		"a preview":       {"never", hook, did{[]string{}, ""}},
		"a hook is gone":  {"2026-01-01T00:00:00Z", hook + "/gone", did{[]string{"POST " + hook + "/gone"}, "the KIND hook answers with 404"}},
		"no hook is made": {"2026-01-01T00:00:00Z", "", did{[]string{}, "NAME is not set: README.md says how to make a hook"}},
	} {
		t.Run(name, func(t *testing.T) {
			netlify, cloudflare := repository(t, "netlify")+"/netlify/functions/rebuild", repository(t, "cloudflare")+"/cloudflare"
			for _, folder := range []string{netlify, cloudflare} {
				if err := os.WriteFile(filepath.Join(folder, "next.mjs"), []byte("export default '"+test.next+"'\n"), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			variables := map[string]string{}
			if test.hook != "" {
				variables = map[string]string{"BUILD_HOOK": test.hook, "DEPLOY_HOOK": test.hook}
			}
			got := map[string]did{}
			testbrowser.Script(t, "rebuild.mjs", map[string]any{
				"modules": []string{netlify + "/rebuild.mjs", cloudflare + "/rebuild.mjs"}, "variables": variables,
			}, &got)
			for folder, word := range map[string]struct{ kind, name string }{netlify: {"build", "BUILD_HOOK"}, cloudflare: {"deploy", "DEPLOY_HOOK"}} {
				want := test.want
				want.Failed = strings.NewReplacer("KIND", word.kind, "NAME", word.name).Replace(want.Failed)
				if diff := cmp.Diff(want, got[folder+"/rebuild.mjs"]); diff != "" {
					t.Errorf("%s (-want +got):\n%s", filepath.Base(folder), diff)
				}
			}
		})
	}
}
