package render

import (
	"fmt"
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

// matching are the rules that hosts find for each path at which a file is requested.
func matching(out *output.Output) map[string][]output.HeaderRule {
	found := map[string][]output.HeaderRule{}
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
			found[path] = nil
			for _, rule := range out.Headers {
				if matches(rule, path) {
					found[path] = append(found[path], rule)
				}
			}
		}
	}
	return found
}

func TestEveryPathFallsUnderExactlyOneRule(t *testing.T) {
	site := renamed()
	site.Events[0] = outage("a", noon, "/foo", "/old/bar.html")
	site.Events[0].APIID = "api"
	many := []string{"logo.svg", "images/a/b.png", ".well-known/security.txt", "two words.txt", "incidents/a/graph.png", "assets/own.png", "old/bar.pdf"}
	for i := range 1000 {
		many = append(many, fmt.Sprintf("files-%d/%d/%d.txt", i%30, i%7, i))
	}
	for i := range maxStaticRoot - 2 {
		many = append(many, fmt.Sprintf("root-%d.txt", i))
	}
	for name, files := range map[string][]string{"few": many[:7], "many": many} {
		out, found := rendered(t, site, files...)
		if len(found) > 0 || len(out.Headers) > maxRules {
			t.Errorf("%s: %d rules, %v", name, len(out.Headers), found)
		}
		for path, rules := range matching(out) {
			if len(rules) != 1 {
				t.Errorf("%s: %s falls under %d rules", name, path, len(rules))
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
		{"/api/v2/status.json", "Access-Control-Allow-Headers", "*"},
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
		if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") || !strings.HasSuffix(strings.TrimSuffix(policy, "; sandbox"), ancestors) {
			t.Errorf("%s has the policy %q", rule.Path, policy)
		}
	}
}

func TestNothingRunsInAStaticFileUnlessTheSiteNamesIt(t *testing.T) {
	site := siteOf(outage("a", noon))
	site.CSS, site.StaticCode = "brand.css", []string{"demo/index.html", "tool.html"}
	out, found := rendered(t, site, "logo.svg", "brand.css", "tool.html", "notes.txt", "paper.PDF",
		"images/a/b.svg", "papers/a.pdf", "papers/b.svg", "demo/index.html", "demo/c.svg", "incidents/a/graph.png", ".well-known/security.txt")
	if len(found) > 0 {
		t.Fatal(found)
	}
	const page, data, document = "page", "data", "document"
	for path, want := range map[string]string{
		"/": page, "/incidents/a/": page, "/status.txt": page, "/api/v2/status.json": page, "/assets/status.js": page, "/embed/": page,
		"/brand.css": page, "/tool.html": page, "/demo/": page, "/demo/c.svg": page, "/incidents/a/graph.png": page,
		"/logo.svg": data, "/notes.txt": data, "/images/a/b.svg": data, "/.well-known/security.txt": data,
		"/paper.PDF": document, "/papers/a.pdf": document, "/papers/b.svg": document,
	} {
		got := page
		policy := header(out.Headers, path, "Content-Security-Policy")
		switch {
		case strings.Contains(policy, "script-src 'none';") && strings.HasSuffix(policy, "; sandbox"):
			got = data
		case strings.Contains(policy, "script-src 'none';"):
			got = document
		case !strings.Contains(policy, "script-src 'self';") || strings.Contains(policy, "sandbox"):
			got = policy
		}
		if got != want {
			t.Errorf("%s has the policy of a %s, want that of a %s", path, got, want)
		}
	}
	for _, rule := range out.Headers {
		path := strings.TrimSuffix(rule.Path, "*")
		if policy := header(out.Headers, path, "Content-Security-Policy"); !strings.Contains(policy, "; worker-src 'none';") {
			t.Errorf("%s allows workers: %s", path, policy)
		}
		if got := header(out.Headers, path, "X-Content-Type-Options"); got != "nosniff" {
			t.Errorf("%s: X-Content-Type-Options is %q", path, got)
		}
	}
}

func TestMoreRulesThanHostsReadAreReported(t *testing.T) {
	for _, test := range []struct {
		name    string
		files   func(int) string
		aliases bool
		n       int
		want    string // the code and the place
	}{
		{"as many files as may be", func(i int) string { return fmt.Sprintf("%d.txt", i) }, false, maxStaticRoot, ""},
		{"too many files", func(i int) string { return fmt.Sprintf("%d.txt", i) }, false, maxStaticRoot + 1, "static-root content/static"},
		{"far too many files", func(i int) string { return fmt.Sprintf("%d.txt", i) }, false, 2 * maxRules, "static-root content/static"},
		{"folders", func(i int) string { return fmt.Sprintf("%d/a.txt", i) }, false, 50, ""},
		{"too many folders", func(i int) string { return fmt.Sprintf("%03d/a.txt", i) }, false, maxRules, "static-folders content/static"},
		{"old paths", nil, true, 50, ""},
		{"too many old paths", nil, true, maxRules, "alias-without-rule content/incidents/e"},
	} {
		t.Run(test.name, func(t *testing.T) {
			site, files := siteOf(), []string(nil)
			if test.aliases {
				site = siteOf(outage("a", noon))
				for i := range test.n {
					id := fmt.Sprintf("e%d", i)
					site.Events = append(site.Events, outage(id, noon, "/"+id))
				}
			} else {
				for i := range test.n {
					files = append(files, test.files(i))
				}
			}
			out, found := rendered(t, site, files...)
			if len(out.Headers) > maxRules {
				t.Errorf("%d rules", len(out.Headers))
			}
			got := ""
			for _, d := range found {
				got += d.Rule.Code + " " + d.Position.File
			}
			if !strings.HasPrefix(got, test.want) || (test.want == "") != (got == "") {
				t.Errorf("%q is reported, want %q", got, test.want)
			}
			if test.want == "" && len(out.Routes) > 0 {
				for path, rules := range matching(out) {
					if len(rules) != 1 {
						t.Errorf("%s falls under %d rules", path, len(rules))
					}
				}
			}
		})
	}
}
