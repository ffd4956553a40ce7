package diag

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// sarifSchema is the schema of SARIF 2.1.0 without its descriptions, from the npm
// package @microsoft/jest-sarif 1.0.0-beta.0.
const sarifSchema = "testdata/sarif-2.1.0-rtm.5.json"

func TestSARIFIsValid(t *testing.T) {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile(sarifSchema)
	if err != nil {
		t.Fatal(err)
	}
	odd := List{ruleWrong.At(Position{"content/ä b:c%20#?.md", 3, 0}, "x"), ruleOdd.At(Position{"/absolute/a.md", 1, 1}, "x"), ruleOdd.At(Position{"a:b.md", 1, 1}, "x")}
	for _, list := range []List{sample(), nil, odd} {
		var b bytes.Buffer
		if err := list.SARIF(&b); err != nil {
			t.Fatal(err)
		}
		document, err := jsonschema.UnmarshalJSON(&b)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(document); err != nil {
			t.Error(err)
		}
	}
}

func TestSARIFHasEveryDiagnosticWithItsRule(t *testing.T) {
	var b bytes.Buffer
	if err := sample().SARIF(&b); err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range log.Runs[0].Results {
		at := r.Locations[0].PhysicalLocation
		line := log.Runs[0].Tool.Driver.Rules[r.RuleIndex].ID + " " + r.Level + " " + at.ArtifactLocation.URI
		if at.Region != nil {
			line += " " + Position{Line: at.Region.StartLine, Column: at.Region.StartColumn}.String()
		}
		got = append(got, line)
	}
	want := []string{"wrong-thing error content/a.md", "wrong-thing error content/b.md :2:12", "odd-thing warning content/b.md :9:1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("results (-want +got):\n%s", diff)
	}
}

func TestGitLabReportHasWhatGitLabAsksFor(t *testing.T) {
	list := append(sample(), ruleOdd.At(Position{"content/b.md", 12, 1}, "odd"))
	report := func(l List) (issues []gitLabIssue) {
		var b bytes.Buffer
		if err := l.GitLab(&b); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b.Bytes(), &issues); err != nil {
			t.Fatal(err)
		}
		return issues
	}
	issues := report(list)
	seen := map[string]bool{}
	for _, i := range issues {
		if i.Description == "" || i.CheckName == "" || i.Location.Path == "" || i.Location.Lines.Begin < 1 || seen[i.Fingerprint] {
			t.Errorf("GitLab would refuse %+v", i)
		}
		if !strings.Contains("info minor major critical blocker", i.Severity) {
			t.Errorf("severity %q", i.Severity)
		}
		seen[i.Fingerprint] = true
	}
	if len(issues) != len(list) {
		t.Errorf("%d of %d diagnostics are in the report", len(issues), len(list))
	}
	moved := append(List{}, list...)
	moved[1].Position.Line += 5
	if a, b := report(list)[1], report(moved)[1]; a.Fingerprint != b.Fingerprint {
		t.Error("a diagnostic whose line moves is another one for GitLab")
	}
	if got := report(nil); got == nil {
		t.Error("no diagnostics are no list")
	}
}
