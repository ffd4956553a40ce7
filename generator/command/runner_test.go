package command_test

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// runner runs the jobs of a workflow of GitHub in a clone, as GitHub does, as far as
// the workflows need that init writes: it evaluates expressions, runs the scripts of
// steps and composite actions, and stands in for GitHub's own actions.
type runner struct {
	t         *testing.T
	folder    string            // the clone
	env       map[string]string // of the runner
	contexts  map[string]string // github.event_name and the like
	temp      string
	printed   bytes.Buffer // by all steps
	jobs      []string     // that ran, in order
	artifacts map[string]string
	published bool // the pages were deployed
}

type workflow struct {
	Permissions map[string]string
	Env         map[string]string
	Jobs        yaml.Node // a mapping, in order
}

type job struct {
	Needs       string
	If          string
	Permissions map[string]string
	Outputs     map[string]string
	Steps       []step
}

type step struct {
	ID, If, Uses, Run, Shell string
	Env, With                map[string]string
}

type action struct {
	Inputs map[string]struct {
		Default  string
		Required bool
	}
	Outputs map[string]struct{ Value string }
	Runs    struct{ Steps []step }
}

// newRunner makes a runner of a clone for an event. path are the folders of programs.
func newRunner(t *testing.T, folder, event string, path ...string) *runner {
	r := &runner{
		t: t, folder: folder, temp: t.TempDir(), artifacts: map[string]string{},
		contexts: map[string]string{
			"github.event_name": event, "github.ref_name": "main", "github.ref": "refs/heads/main", "github.token": "a token",
			"runner.os": "Linux", "runner.arch": "X64",
		},
	}
	r.contexts["runner.temp"] = r.temp
	r.env = map[string]string{
		"PATH": strings.Join(append(path, "/usr/bin", "/bin"), ":"), "HOME": filepath.Join(r.temp, "home"), "CI": "true", "GITHUB_ACTIONS": "true",
		"GITHUB_REPOSITORY": "example/status", "GITHUB_WORKFLOW_REF": "example/status/.github/workflows/status.yml@refs/heads/main",
		"GITHUB_EVENT_NAME": event, "RUNNER_TEMP": r.temp, "GITHUB_STEP_SUMMARY": filepath.Join(r.temp, "summary.md"),
	}
	return r
}

// run runs a workflow and returns the result of each job: success, failure or skipped.
func (r *runner) run(name string) map[string]string {
	r.t.Helper()
	var w workflow
	readYAML(r.t, filepath.Join(r.folder, ".github/workflows", name), &w)
	maps.Copy(r.env, r.filled(w.Env))
	results := map[string]string{}
	for i := 0; i < len(w.Jobs.Content); i += 2 {
		name := w.Jobs.Content[i].Value
		var j job
		if err := w.Jobs.Content[i+1].Decode(&j); err != nil {
			r.t.Fatal(err)
		}
		if j.If != "" && !truthy(r.evaluate(j.If)) || j.Needs != "" && results[j.Needs] != "success" && !strings.Contains(j.If, "cancelled()") {
			results[name] = "skipped"
		} else if results[name] = "success"; !r.steps(j.Steps, "", nil) {
			results[name] = "failure"
		}
		r.contexts["needs."+name+".result"] = results[name]
		for output, value := range j.Outputs {
			r.contexts["needs."+name+".outputs."+output] = r.text(value)
		}
		if results[name] != "skipped" {
			r.jobs = append(r.jobs, name)
		}
		maps.DeleteFunc(r.contexts, func(key, _ string) bool { return strings.HasPrefix(key, "steps.") })
	}
	return results
}

// steps runs the steps of a job, or those of a composite action, and reports whether
// all succeeded.
func (r *runner) steps(steps []step, at string, env map[string]string) bool {
	succeeded := true
	for _, s := range steps {
		r.contexts["success()"] = fmt.Sprint(succeeded)
		condition := s.If
		if !strings.Contains(condition, "cancelled()") {
			condition = "success() && (" + strings.TrimSpace(cmp.Or(unwrap(condition), "success()")) + ")"
		}
		if truthy(r.evaluate(condition)) && !r.step(s, at, env) {
			succeeded = false
		}
	}
	return succeeded
}

func (r *runner) step(s step, at string, env map[string]string) bool {
	if s.Run != "" {
		return r.script(s, at, env)
	}
	with := r.filled(s.With)
	name, _, _ := strings.Cut(s.Uses, "@")
	switch name {
	case "./.github/actions/allclear":
		return r.composite(s.ID, filepath.Join(r.folder, name), with)
	case "actions/checkout":
		if with["fetch-depth"] != "0" || with["persist-credentials"] != "false" {
			r.t.Errorf("the checkout is without history, or leaves a token behind: %v", with)
		}
	case "actions/setup-go", "actions/cache": // Go is here, and the cache is empty
	case "actions/configure-pages":
		r.contexts["steps."+s.ID+".outputs.base_url"] = "https://example.github.io/status"
	case "actions/upload-artifact":
		path := with["path"]
		if !filepath.IsAbs(path) {
			path = filepath.Join(r.folder, path)
		}
		if _, err := os.Stat(path); err != nil {
			r.t.Errorf("the artifact %s: %v", with["name"], err)
		}
		r.artifacts[with["name"]] = path
	case "actions/deploy-pages":
		r.published = r.artifacts["github-pages"] != ""
		r.contexts["steps."+s.ID+".outputs.page_url"] = "https://example.github.io/status/"
	default:
		r.t.Fatalf("this runner has no %s", s.Uses)
	}
	return true
}

// composite runs a composite action.
func (r *runner) composite(id, at string, with map[string]string) bool {
	var a action
	readYAML(r.t, filepath.Join(at, "action.yml"), &a)
	outer := maps.Clone(r.contexts)
	maps.DeleteFunc(r.contexts, func(key, _ string) bool { return strings.HasPrefix(key, "steps.") })
	for name, input := range a.Inputs {
		value, given := with[name]
		if !given {
			value = input.Default
		}
		if input.Required && !given {
			r.t.Errorf("the input %s is missing", name)
		}
		r.contexts["inputs."+name] = value
	}
	for name := range with {
		if _, known := a.Inputs[name]; !known {
			r.t.Errorf("the action has no input %s", name)
		}
	}
	succeeded := r.steps(a.Runs.Steps, at, map[string]string{"GITHUB_ACTION_PATH": at})
	for name, output := range a.Outputs {
		outer["steps."+id+".outputs."+name] = r.text(output.Value)
	}
	r.contexts = outer
	return succeeded
}

func (r *runner) script(s step, at string, env map[string]string) bool {
	outputs := filepath.Join(r.temp, "outputs")
	if err := os.WriteFile(outputs, nil, 0o666); err != nil {
		r.t.Fatal(err)
	}
	command := exec.CommandContext(r.t.Context(), "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", s.Run)
	command.Dir = r.folder
	all := maps.Clone(r.env)
	maps.Copy(all, env)
	maps.Copy(all, r.filled(s.Env))
	all["GITHUB_OUTPUT"] = outputs
	command.Env = environment(all)
	command.Stdout, command.Stderr = &r.printed, &r.printed
	err := command.Run()
	text, readErr := os.ReadFile(outputs)
	if readErr != nil {
		r.t.Fatal(readErr)
	}
	for line := range strings.Lines(string(text)) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		r.contexts["steps."+s.ID+".outputs."+name] = value
	}
	return err == nil
}

func (r *runner) filled(texts map[string]string) map[string]string {
	filled := map[string]string{}
	for name, text := range texts {
		filled[name] = r.text(text)
	}
	return filled
}

var expressionIn = regexp.MustCompile(`\$\{\{(.*?)\}\}`)

// text replaces the expressions in a text.
func (r *runner) text(text string) string {
	return expressionIn.ReplaceAllStringFunc(text, func(found string) string {
		return fmt.Sprint(r.evaluate(found))
	})
}

// evaluate evaluates an expression. Values are text or bool; what is unknown is "".
func (r *runner) evaluate(text string) any {
	e := &expression{r: r, tokens: tokenOf.FindAllString(unwrap(text), -1)}
	value := e.or()
	if len(e.tokens) > 0 {
		r.t.Fatalf("%q is an expression that this runner can't read, from %v on", text, e.tokens)
	}
	return value
}

func unwrap(text string) string {
	text = strings.TrimSpace(text)
	if inner, ok := strings.CutPrefix(text, "${{"); ok {
		return strings.TrimSuffix(inner, "}}")
	}
	return text
}

var tokenOf = regexp.MustCompile(`'[^']*'|&&|\|\||==|!=|!|\(\)|\(|\)|[A-Za-z_][\w.-]*|\S`)

type expression struct {
	r      *runner
	tokens []string
}

func (e *expression) take(tokens ...string) string {
	if len(e.tokens) == 0 || len(tokens) > 0 && !slices.Contains(tokens, e.tokens[0]) {
		return ""
	}
	token := e.tokens[0]
	e.tokens = e.tokens[1:]
	return token
}

func (e *expression) or() any {
	value := e.and()
	for e.take("||") != "" {
		if right := e.and(); !truthy(value) {
			value = right
		}
	}
	return value
}

func (e *expression) and() any {
	value := e.equal()
	for e.take("&&") != "" {
		if right := e.equal(); truthy(value) {
			value = right
		}
	}
	return value
}

func (e *expression) equal() any {
	value := e.unary()
	switch e.take("==", "!=") {
	case "==":
		return strings.EqualFold(fmt.Sprint(value), fmt.Sprint(e.unary()))
	case "!=":
		return !strings.EqualFold(fmt.Sprint(value), fmt.Sprint(e.unary()))
	}
	return value
}

func (e *expression) unary() any {
	switch token := e.take(); {
	case token == "!":
		return !truthy(e.unary())
	case token == "(":
		value := e.or()
		e.take(")")
		return value
	case strings.HasPrefix(token, "'"):
		return strings.Trim(token, "'")
	case e.take("()") != "":
		return token == "always" || token == "success" && e.r.contexts["success()"] != "false"
	case strings.HasPrefix(token, "env."):
		return e.r.env[token[len("env."):]]
	default:
		return e.r.contexts[token]
	}
}

func truthy(value any) bool { return value != "" && value != false }

func environment(variables map[string]string) []string {
	var all []string
	for name, value := range variables {
		all = append(all, name+"="+value)
	}
	slices.Sort(all)
	return all
}

func readYAML(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
