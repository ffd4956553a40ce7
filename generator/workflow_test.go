package generator_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// actions are the commits of the actions that workflows may use, with the version
// that each one is. A tag can be moved to another commit, a commit can't be changed.
var actions = map[string]string{
	"actions/checkout":              "11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",
	"actions/setup-go":              "d35c59abb061a4a6fb18e82ac0862c26744d6ab5 # v5.5.0",
	"actions/cache":                 "0057852bfaa89a56745cba8c7296529d2fc39830 # v4.3.0",
	"actions/upload-artifact":       "ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2",
	"actions/download-artifact":     "d3f86a106a0bac45b974a628896c90dbdf5c8093 # v4.3.0",
	"actions/configure-pages":       "983d7736d9b0ae728b81ab479565c72886d7745b # v5.0.0",
	"actions/upload-pages-artifact": "7b1f4a764d45c48632c6b24a0339c27f5614fb0b # v4.0.0",
	"actions/deploy-pages":          "d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5",

	"actions/attest-build-provenance": "a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32 # v4.1.0",
}

var usesLine = regexp.MustCompile(`^[\s-]*uses:\s*(\S+)@(.*)$`)

// TestWorkflowsRunOnlyWhatWasReviewed holds for this project's workflows and for those
// that users copy: each action is named by its commit, and no expression is put into
// a script, where a title or a branch's name could become a command.
func TestWorkflowsRunOnlyWhatWasReviewed(t *testing.T) {
	seen := 0
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == ".git" || entry.Name() == "content" || entry.Name() == "public"):
			return fs.SkipDir
		case path.Ext(name) != ".yml" && path.Ext(name) != ".yaml":
			return nil
		}
		text, err := os.ReadFile("../" + name)
		if err != nil {
			return err
		}
		for line := range strings.Lines(string(text)) {
			match := usesLine.FindStringSubmatch(strings.TrimRight(line, "\r\n"))
			if match == nil {
				continue
			}
			seen++
			if want := actions[match[1]]; match[2] != want {
				t.Errorf("%s uses %s@%s, want %q", name, match[1], match[2], want)
			}
		}
		var document any
		if err := yaml.Unmarshal(text, &document); err != nil {
			return nil // a template, or no workflow
		}
		checkRights(t, name, string(text), document)
		for _, script := range runScripts(document) {
			if strings.Contains(script, "${{") {
				t.Errorf("%s has an expression in a script; give it to the script in env: %s", name, script)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 5 {
		t.Errorf("only %d lines with actions were found", seen)
	}
}

// checkRights expects a workflow to be safe for pull requests of strangers: it may
// only read unless a job says why it writes, no job of a pull request may write, and
// none has a secret.
func checkRights(t *testing.T, name, text string, document any) {
	t.Helper()
	workflow, _ := document.(map[string]any)
	jobs, ok := workflow["jobs"].(map[string]any)
	if !ok {
		return // no workflow
	}
	if strings.Contains(text, "pull_request_target") || strings.Contains(text, "secrets.") {
		t.Errorf("%s gives a secret or the right to write to a stranger's pull request", name)
	}
	if rights, ok := workflow["permissions"].(map[string]any); !ok || len(rights) != 1 || rights["contents"] != "read" {
		t.Errorf("%s has the permissions %v, want contents: read alone", name, workflow["permissions"])
	}
	if !strings.Contains(text, "pull_request") {
		return
	}
	for job, of := range jobs {
		if of, _ := of.(map[string]any); of["permissions"] != nil {
			t.Errorf("%s: the job %s, which pull requests run, has permissions of its own", name, job)
		}
	}
}

// runScripts are the values of the keys "run" in a document.
func runScripts(document any) []string {
	var found []string
	switch value := document.(type) {
	case map[string]any:
		for key, below := range value {
			if script, ok := below.(string); ok && key == "run" {
				found = append(found, script)
			}
			found = append(found, runScripts(below)...)
		}
	case []any:
		for _, item := range value {
			found = append(found, runScripts(item)...)
		}
	}
	return found
}
