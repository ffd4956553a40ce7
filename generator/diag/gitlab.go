package diag

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"strconv"
)

// GitLab prints the list as a code quality report, which GitLab shows on a merge
// request. A fingerprint says which problems are the same in two reports; it does not
// depend on the line.
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
func (l List) GitLab(w io.Writer) error {
	issues := []gitLabIssue{}
	equal := map[string]int{}
	for _, d := range l {
		key := d.Position.File + "\n" + d.Rule.Code + "\n" + d.Message
		sum := sha256.Sum256([]byte(key + "\n" + strconv.Itoa(equal[key])))
		equal[key]++
		issues = append(issues, gitLabIssue{
			Description: d.withHint(), CheckName: d.Rule.Code, Fingerprint: hex.EncodeToString(sum[:16]), Severity: gitLabSeverity(d.Rule.Level),
			Location: gitLabLocation{d.Position.File, gitLabLines{max(d.Position.Line, 1)}},
		})
	}
	return indented(w, issues)
}

func gitLabSeverity(l Level) string {
	switch l {
	case Error:
		return "critical"
	case Warning:
		return "minor"
	}
	return "info"
}

type gitLabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitLabLocation `json:"location"`
}

type gitLabLocation struct {
	Path  string      `json:"path"`
	Lines gitLabLines `json:"lines"`
}

type gitLabLines struct {
	Begin int `json:"begin"`
}
