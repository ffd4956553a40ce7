package command_test

import (
	"archive/tar"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v4"
)

// TestWhatInitWritesIsPublishedAsItStands makes a repository for each host, runs its
// build as the host would, with a release on this machine and without a compiler,
// and reads the page.
func TestWhatInitWritesIsPublishedAsItStands(t *testing.T) {
	if testing.Short() {
		t.Skip("this test compiles the program, which -short leaves out")
	}
	r := newRelease(t)
	for host, publish := range map[string]func(t *testing.T, clone string) (public, base string){
		"github": publishOnGitHub, "gitlab": publishOnGitLab, "netlify": publishOnNetlify, "cloudflare": publishOnCloudflare, "server": publishOnServer,
	} {
		t.Run(host, func(t *testing.T) {
			clone := newRepository(t, r, host)
			public, base := publish(t, clone)
			server := httptest.NewServer(http.StripPrefix(base, http.FileServer(http.Dir(public))))
			defer server.Close()
			for at, want := range map[string]string{
				"/":                   "<title>All Systems Operational",
				"/components/api/":    "API",
				"/api/v2/status.json": `"indicator":"none"`,
				"/history.atom":       "Acme &amp; Sons",
			} {
				if text := read(t, server.URL+base+at); !strings.Contains(text, want) {
					t.Errorf("%s has no %q:\n%.2000s", at, want, text)
				}
			}
			for _, sample := range []string{"incidents/2026-01-14-sample-incident", "maintenance/2026-02-03-sample-maintenance"} {
				if _, err := os.Stat(filepath.Join(public, sample)); err == nil {
					t.Errorf("the sample %s is public", sample)
				}
			}
			if said := runIn(t, clone, nil, "git", "status", "--porcelain"); said != "" {
				t.Errorf("the build leaves files that git does not ignore:\n%s", said)
			}
		})
	}
}

// newRepository makes a site for a host, commits it, and returns a clone.
func newRepository(t *testing.T, r *release, host string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "status")
	r.run(t, t.TempDir(), "init", folder, "--host", host, "--title", "Acme & Sons", "--url", "https://status.example.com")
	runIn(t, folder, nil, "git", "init", "--quiet", "--initial-branch", "main")
	commit(t, folder, "A status page")
	clone := filepath.Join(t.TempDir(), "clone")
	runIn(t, folder, nil, "git", "clone", "--quiet", folder, clone)
	return clone
}

func commit(t *testing.T, folder, message string) {
	t.Helper()
	runIn(t, folder, nil, "git", "add", "--all")
	runIn(t, folder, nil, "git", "commit", "--quiet", "--message", message)
}

// bare are the variables of a machine that has a shell, git and curl, and no compiler.
func bare(t *testing.T, more ...string) []string {
	return append([]string{"PATH=/usr/bin:/bin", "HOME=" + t.TempDir()}, more...)
}

func publishOnGitHub(t *testing.T, clone string) (public, base string) {
	run := newRunner(t, clone, "push")
	if results := run.run("status.yml"); results["publish"] != "success" || len(run.jobs) != 1 || !run.published {
		t.Fatalf("the jobs end with %v\n%s", results, &run.printed)
	}
	return untar(t, run.artifacts["github-pages"]), "/status"
}

func publishOnGitLab(t *testing.T, clone string) (public, base string) {
	said, err := newPipeline(t, clone, "push").run("pages")
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return filepath.Join(clone, "public"), "/status"
}

func publishOnNetlify(t *testing.T, clone string) (public, base string) {
	var settings struct {
		Build struct{ Command, Publish string }
	}
	if _, err := toml.DecodeFile(filepath.Join(clone, "netlify.toml"), &settings); err != nil {
		t.Fatal(err)
	}
	runIn(t, clone, bare(t, "CONTEXT=deploy-preview", "DEPLOY_PRIME_URL=https://deploy-preview-1--acme.netlify.app", "URL=https://acme.netlify.app"), "bash", "-c", settings.Build.Command)
	public = filepath.Join(clone, settings.Build.Publish)
	if next := readFile(t, filepath.Join(clone, "netlify/functions/rebuild/next.mjs")); next != "export default 'never'\n" {
		t.Errorf("a preview is built again: %s", next)
	}
	if index := readFile(t, filepath.Join(public, "index.html")); !strings.Contains(index, "https://deploy-preview-1--acme.netlify.app/") {
		t.Error("a preview is not built for its own address")
	}
	runIn(t, clone, bare(t, "CONTEXT=production", "DEPLOY_PRIME_URL=https://main--acme.netlify.app", "URL=https://acme.netlify.app"), "bash", "-c", settings.Build.Command)
	expectNext(t, filepath.Join(clone, "netlify/functions/rebuild/next.mjs"))
	if index := readFile(t, filepath.Join(public, "index.html")); !strings.Contains(index, "https://acme.netlify.app/") {
		t.Error("the page is not built for the site's address")
	}
	return public, ""
}

func publishOnCloudflare(t *testing.T, clone string) (public, base string) {
	var settings struct {
		Main   string
		Build  struct{ Command string }
		Assets struct{ Directory string }
	}
	if _, err := toml.DecodeFile(filepath.Join(clone, "wrangler.toml"), &settings); err != nil {
		t.Fatal(err)
	}
	runIn(t, clone, bare(t, "WORKERS_CI=1", "WORKERS_CI_BRANCH=main"), "sh", "-c", settings.Build.Command)
	expectNext(t, filepath.Join(clone, "cloudflare/next.mjs"))
	if _, err := os.Stat(filepath.Join(clone, settings.Main)); err != nil {
		t.Error(err)
	}
	return filepath.Join(clone, settings.Assets.Directory), ""
}

func publishOnServer(t *testing.T, clone string) (public, base string) {
	public = filepath.Join(t.TempDir(), "srv")
	runIn(t, "/", bare(t), "sh", filepath.Join(clone, "server/update"), public)
	// with the forge gone, the clock goes on
	runIn(t, clone, nil, "git", "remote", "set-url", "origin", filepath.Join(t.TempDir(), "gone"))
	said := runIn(t, "/", bare(t), "sh", filepath.Join(clone, "server/update"), public)
	if !strings.Contains(said, "the newest content can't be fetched; building what is here") || !strings.Contains(said, " 0 written, 0 deleted") {
		t.Errorf("without the forge it says %s", said)
	}
	return public, ""
}

// expectNext expects the module of a function to have an instant within a day.
func expectNext(t *testing.T, name string) {
	t.Helper()
	parts := regexp.MustCompile(`^export default '(\S+)'\n$`).FindStringSubmatch(readFile(t, name))
	if parts == nil {
		t.Fatalf("%s is %q", name, readFile(t, name))
	}
	if at, err := time.Parse(time.RFC3339, parts[1]); err != nil || time.Until(at) > 24*time.Hour {
		t.Errorf("the next build is at %s (%v), which is not daily", parts[1], err)
	}
}

func TestThePageIsRebuiltOnGitHubOnlyWhenItIsDue(t *testing.T) {
	if testing.Short() {
		t.Skip("this test compiles the program, which -short leaves out")
	}
	clone := newRepository(t, newRelease(t), "github")
	now := time.Now().UTC()
	for _, test := range []struct {
		name            string
		success, failed string // when the last runs began
		jobs            string
	}{
		{"the first run", "", "", "due publish"},
		{"nothing has changed", now.Format(time.RFC3339), "", "due"},
		{"a day has begun", now.AddDate(0, 0, -1).Format(time.RFC3339), "", "due publish"},
		{"the last run has failed", now.Add(-time.Minute).Format(time.RFC3339), now.Format(time.RFC3339), "due publish"},
		{"an older run has failed", now.Format(time.RFC3339), now.AddDate(0, 0, -2).Format(time.RFC3339), "due"},
	} {
		programs := t.TempDir()
		writeFile(t, filepath.Join(programs, "gh"), `#!/bin/sh
[ "$GH_TOKEN" = "a token" ] || exit 4
case $2 in
repos/example/status/actions/workflows/status.yml/runs*status=success*) echo "`+test.success+`" ;;
repos/example/status/actions/workflows/status.yml/runs*status=failure*) echo "`+test.failed+`" ;;
*) exit 1 ;;
esac
`)
		if err := os.Chmod(filepath.Join(programs, "gh"), 0o777); err != nil {
			t.Fatal(err)
		}
		run := newRunner(t, clone, "schedule", programs)
		results := run.run("status.yml")
		if jobs := strings.Join(run.jobs, " "); jobs != test.jobs || results["due"] != "success" || results["publish"] == "failure" {
			t.Errorf("%s: the jobs %q run, want %q\n%s", test.name, jobs, test.jobs, &run.printed)
		}
	}
}

func TestAPullRequestIsReviewed(t *testing.T) {
	if testing.Short() {
		t.Skip("this test compiles the program, which -short leaves out")
	}
	r := newRelease(t)
	clone := newRepository(t, r, "github")
	runIn(t, clone, nil, "git", "switch", "--quiet", "--create", "change")
	r.run(t, clone, "new", "Reports load slowly", "-c", "website", "-s", "minor", "-m", "We are looking into it.")
	commit(t, clone, "Reports load slowly")
	review := func() (*runner, map[string]string) {
		run := newRunner(t, clone, "pull_request")
		run.contexts["github.base_ref"] = "main"
		return run, run.run("review.yml")
	}

	run, results := review()
	summary := readFile(t, run.env["GITHUB_STEP_SUMMARY"])
	if results["review"] != "success" || !strings.Contains(summary, "Reports load slowly") || !strings.Contains(summary, "We are looking into it.") {
		t.Errorf("the review ends with %v, and its summary is\n%s\n%s", results, summary, &run.printed)
	}
	if index := readFile(t, filepath.Join(run.artifacts["preview"], "index.html")); !strings.Contains(index, "Reports load slowly") {
		t.Error("the preview has not the incident")
	}

	writeFile(t, filepath.Join(clone, "content/incidents/late.md"), "---\ntitle: Late\ncomponent: websit\ninvestigating: 2026-01-14 09:12 UTC\n---\n\nLate.\n")
	run, results = review()
	if results["review"] != "failure" || !strings.Contains(run.printed.String(), "::error file=content/incidents/late.md,line=3,") {
		t.Errorf("the review of a mistake ends with %v\n%s", results, &run.printed)
	}
	if run.artifacts["preview"] != "" {
		t.Error("a preview is made of a mistake")
	}
}

func TestAMergeRequestIsReviewed(t *testing.T) {
	if testing.Short() {
		t.Skip("this test compiles the program, which -short leaves out")
	}
	r := newRelease(t)
	clone := newRepository(t, r, "gitlab")
	base := strings.TrimSpace(runIn(t, clone, nil, "git", "rev-parse", "HEAD"))
	r.run(t, clone, "new", "Reports load slowly", "-c", "website", "-s", "minor", "-m", "We are looking into it.")
	commit(t, clone, "Reports load slowly")
	p := newPipeline(t, clone, "merge_request_event")
	p.env = append(p.env, "CI_MERGE_REQUEST_DIFF_BASE_SHA="+base)
	said, err := p.run("review")
	if err != nil || !strings.Contains(said, "We are looking into it.") {
		t.Errorf("%v\n%s", err, said)
	}
	if index := readFile(t, filepath.Join(clone, "public/index.html")); !strings.Contains(index, "https://example.gitlab.io/-/web/status/-/jobs/7/artifacts/public/") {
		t.Error("the preview is not built for its own address")
	}
	writeFile(t, filepath.Join(clone, "content/incidents/late.md"), "---\ntitle: Late\ncomponent: websit\ninvestigating: 2026-01-14 09:12 UTC\n---\n\nLate.\n")
	if said, err := p.run("review"); err == nil || !strings.Contains(said, "content/incidents/late.md:3:") {
		t.Errorf("a mistake is no failure: %v\n%s", err, said)
	}
	if report := readFile(t, filepath.Join(clone, "gl-code-quality-report.json")); !strings.Contains(report, `"path": "content/incidents/late.md"`) {
		t.Errorf("the report is\n%s", report)
	}
}

func TestThePageIsRebuiltOnGitLabOnlyWhenItIsDue(t *testing.T) {
	if testing.Short() {
		t.Skip("this test compiles the program, which -short leaves out")
	}
	clone := newRepository(t, newRelease(t), "gitlab")
	pipeline := newPipeline(t, clone, "schedule")
	if said, err := pipeline.run("pages"); err != nil {
		t.Fatalf("the first run: %v\n%s", err, said)
	}
	said, err := pipeline.run("pages")
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 75 || !strings.Contains(said, "nothing changes before ") {
		t.Errorf("at once again: %v\n%s", err, said)
	}
	writeFile(t, filepath.Join(clone, ".allclear/built"), time.Now().UTC().AddDate(0, 0, -1).Format(time.RFC3339)+"\n")
	if said, err := pipeline.run("pages"); err != nil {
		t.Errorf("a day later: %v\n%s", err, said)
	}
}

// TestThisProjectReviewsItsExampleAsTeamsReviewTheirs runs the project's workflow, in
// which the action builds the program.
func TestThisProjectReviewsItsExampleAsTeamsReviewTheirs(t *testing.T) {
	if testing.Short() {
		t.Skip("this test compiles the program, which -short leaves out")
	}
	goProgram, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	project, clone := filepath.Join(t.TempDir(), "project"), filepath.Join(t.TempDir(), "clone")
	if err := os.Mkdir(project, 0o777); err != nil {
		t.Fatal(err)
	}
	copyProject(t, project)
	runIn(t, project, nil, "git", "init", "--quiet", "--initial-branch", "main")
	commit(t, project, "The project")
	runIn(t, project, nil, "git", "clone", "--quiet", project, clone)
	run := newRunner(t, clone, "pull_request", filepath.Dir(goProgram))
	run.contexts["github.base_ref"] = "main"
	for _, variable := range []string{"GOMODCACHE", "GOCACHE", "GOPROXY", "GOFLAGS"} {
		run.env[variable] = strings.TrimSpace(runIn(t, ".", nil, "go", "env", variable))
	}
	if results := run.run("example.yml"); results["example"] != "success" || run.artifacts["example"] == "" {
		t.Errorf("it ends with %v\n%s", results, &run.printed)
	}
	if summary := readFile(t, run.env["GITHUB_STEP_SUMMARY"]); !strings.Contains(summary, "origin/main") {
		t.Errorf("the summary is %s", summary)
	}
}

// pipeline runs the jobs of GitLab's component as its runner does.
type pipeline struct {
	t     *testing.T
	clone string
	env   []string
	jobs  map[string]pipelineJob
}

type pipelineJob struct {
	Variables map[string]string
	Script    []string
}

func newPipeline(t *testing.T, clone, source string) *pipeline {
	component, jobs, ok := strings.Cut(readFile(t, filepath.Join(clone, ".gitlab/allclear.yml")), "\n---\n")
	if !ok {
		t.Fatal("the component has no inputs")
	}
	var spec struct {
		Spec struct {
			Inputs map[string]struct{ Default string }
		}
	}
	if err := yaml.Unmarshal([]byte(component), &spec); err != nil {
		t.Fatal(err)
	}
	for name, input := range spec.Spec.Inputs {
		jobs = strings.ReplaceAll(jobs, "$[[ inputs."+name+" ]]", input.Default)
	}
	p := &pipeline{t: t, clone: clone, env: bare(t, "CI=true", "CI_PIPELINE_SOURCE="+source, "CI_DEFAULT_BRANCH=main", "CI_PAGES_URL=https://web.gitlab.io/status",
		"CI_PAGES_DOMAIN=gitlab.io", "CI_PROJECT_ROOT_NAMESPACE=example", "CI_PROJECT_PATH=example/web/status", "CI_JOB_ID=7")}
	if err := yaml.Unmarshal([]byte(jobs), &p.jobs); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *pipeline) run(name string) (string, error) {
	p.t.Helper()
	var export strings.Builder
	for _, from := range []string{".allclear", name} {
		for variable, value := range p.jobs[from].Variables {
			export.WriteString(variable + "=\"" + value + "\"\nexport " + variable + "\n")
		}
	}
	return tryIn(p.t, p.clone, p.env, "bash", "-eo", "pipefail", "-c", export.String()+strings.Join(p.jobs[name].Script, "\n"))
}

func untar(t *testing.T, name string) string {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	folder := t.TempDir()
	for archive := tar.NewReader(file); ; {
		header, err := archive.Next()
		if errors.Is(err, io.EOF) {
			return folder
		}
		if err != nil {
			t.Fatal(err)
		}
		if header.Typeflag != tar.TypeReg {
			continue
		}
		if strings.HasPrefix(path.Clean(header.Name), ".allclear") {
			t.Errorf("the artifact has %s", header.Name)
		}
		text, err := io.ReadAll(archive)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(folder, filepath.FromSlash(header.Name)), string(text))
	}
}

func read(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", address, response.Status, err)
	}
	return string(text)
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
