package render

import (
	"strings"
	"testing"

	"allclear/generator/output"
)

// matches is how hosts read a rule.
func matches(rule output.HeaderRule, path string) bool {
	if prefix, ok := strings.CutSuffix(rule.Path, "*"); ok {
		return strings.HasPrefix(path, prefix)
	}
	return rule.Path == path
}

// header is what a path is served with.
func header(rules []output.HeaderRule, path, name string) string {
	for _, rule := range rules {
		for _, h := range rule.Headers {
			if matches(rule, path) && h.Name == name {
				return h.Value
			}
		}
	}
	return ""
}

func TestEveryPathFallsUnderExactlyOneRule(t *testing.T) {
	site := renamed()
	site.Events[0] = outage("a", noon, "/foo", "/old/bar.html")
	site.Events[0].APIID = "api"
	out, _ := rendered(t, site, "logo.svg", "images/a/b.png", ".well-known/security.txt", "two words.txt")
	for _, r := range out.Routes {
		if r.Path == "_headers" || r.Path == "_redirects" {
			continue // hosts read these and never serve them
		}
		path := "/" + strings.ReplaceAll(r.Path, " ", "%20")
		paths := []string{path}
		if folder, ok := strings.CutSuffix(path, "index.html"); ok {
			paths = append(paths, folder)
		}
		for _, path := range paths {
			n := 0
			for _, rule := range out.Headers {
				if matches(rule, path) {
					n++
				}
			}
			if n != 1 {
				t.Errorf("%s falls under %d rules", path, n)
			}
		}
	}
}

func TestNoHeaderIsTwiceInARule(t *testing.T) {
	out, _ := rendered(t, siteOf(outage("a", noon)))
	for _, rule := range out.Headers {
		seen := map[string]bool{}
		for _, h := range rule.Headers {
			if seen[h.Name] {
				t.Errorf("%s has %s twice", rule.Path, h.Name)
			}
			seen[h.Name] = true
		}
	}
}

func TestPagesAreStrictAndDataIsOpenToEveryOrigin(t *testing.T) {
	out, _ := rendered(t, siteOf(outage("a", noon)))
	for _, test := range []struct{ path, header, want string }{
		{"/", "Access-Control-Allow-Origin", ""},
		{"/", "Cross-Origin-Resource-Policy", "same-origin"},
		{"/incidents/a/", "X-Frame-Options", "DENY"},
		{"/api/v2/status.json", "Access-Control-Allow-Origin", "*"},
		{"/api/v2/status.json", "Cross-Origin-Resource-Policy", "cross-origin"},
		{"/api/v2/status.json", "X-Content-Type-Options", "nosniff"},
		{"/api/v2/status.json", "Cache-Control", "public, max-age=15, must-revalidate"},
		{"/components/api/badge.svg", "Access-Control-Allow-Origin", "*"},
		{"/embed/", "X-Frame-Options", ""},
		{"/embed/", "Access-Control-Allow-Origin", "*"},
		{"/assets/style.css", "Cache-Control", "public, max-age=600, stale-while-revalidate=86400"},
	} {
		if got := header(out.Headers, test.path, test.header); got != test.want {
			t.Errorf("%s: %s is %q, want %q", test.path, test.header, got, test.want)
		}
	}
	for _, rule := range out.Headers {
		policy := header(out.Headers, strings.TrimSuffix(rule.Path, "*"), "Content-Security-Policy")
		ancestors := "frame-ancestors 'none'"
		if rule.Path == "/embed/*" {
			ancestors = "frame-ancestors *"
		}
		if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") || !strings.HasSuffix(policy, ancestors) {
			t.Errorf("%s has the policy %q", rule.Path, policy)
		}
	}
}

func TestAHostsLimitOfRulesIsKept(t *testing.T) {
	var files []string
	for i := range 2 * maxRules {
		files = append(files, strings.Repeat("x", i+1)+".txt")
	}
	if out, _ := rendered(t, siteOf(), files...); len(out.Headers) != maxRules {
		t.Errorf("there are %d rules, want %d", len(out.Headers), maxRules)
	}
}
