package command

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"allclear/generator"
	"allclear/generator/diag"
)

func newCheck(h *Host) *cobra.Command {
	s := &site{host: h}
	format := newChoice("text", "json", "github", "gitlab", "sarif")
	var strict, fix bool
	var against string
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Find errors in the content, and fix those that are certain",
		Example: `  allclear check                         every error and warning, and the banner
  allclear check --strict                warnings count as errors
  allclear check --format github         annotations on a pull request
  allclear check --against origin/main   what is public keeps its addresses and ids
  allclear check --fix                   writes the hints that are certain`,
		Long: `check does everything that build does except writing, and prints every error,
warning and note on standard output; "allclear explain CODE" explains them.

--format gitlab is a code quality report, and --format sarif a log of SARIF 2.1.0;
code hosts and editors show both beside the lines. In a pipeline of GitHub or
GitLab, these and --format github name files from the root of the repository.

--against compares with what is public: with the content of the newest commit
that a branch, a tag or a commit has in common with HEAD, or with another
content folder. It finds what would break for those who keep addresses and ids:
a renamed or deleted file, an update with another id, a window that is
rewritten.

--fix applies only hints that can have but one meaning, such as a misspelt status
or a time in another form, shows each change as a diff, and touches no other line.
It resolves a conflict of a merge if both sides only add updates.

A warning or a note is switched off for a site by its code in site.yaml, with
disable: [relative-day], and for one line by a comment on the line above, which is
in no output: <!-- allclear-disable-next-line relative-day -->

--format text and github end with a summary and, if the content has no error,
with the banner that readers would see. --format json is one document:

  {
    "diagnostics": [
      {
        "file": "content/incidents/api.md",
        "line": 4,           from 1; 0 means the whole file
        "column": 12,        from 1, in code points; 0 means the whole line
        "level": "error",    or "warning" or "note"
        "code": "unknown-component",
        "message": "unknown component \"ap1\"",
        "hint": "did you mean \"api\"?"    or null
      }
    ],
    "errors": 1,
    "warnings": 0,
    "notes": 0
  }

A note is about what time alone brought about, such as an incident that nobody has
updated for days. It is never counted, so that no pull request fails by the clock.`,
		Annotations: exits("no error, and with --strict no warning", "the content has an error, or could not be read"),
		Args:        arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := s.options(cmd)
			if err != nil {
				return err
			}
			if fix {
				diff := h.Stdout
				if format.word != "text" { // a program reads the rest
					diff = h.Stderr
				}
				if err := h.fix(o, diff); err != nil {
					return err
				}
			}
			return await(cmd.Context(), func() error { return h.check(cmd, o, against, format.word, strict) })
		},
	}
	s.addContent(cmd)
	s.addBaseURL(cmd)
	s.addNow(cmd)
	format.add(cmd, "format", "how to print the diagnostics")
	cmd.Flags().StringVar(&against, "against", "", "the `BASE` to compare with: a branch, a commit or a content folder")
	cmd.Flags().BoolVar(&strict, "strict", false, "exit with 1 for a warning too")
	cmd.Flags().BoolVar(&fix, "fix", false, "first apply the hints that are certain, and show the diff")
	return cmd
}

func (h *Host) check(cmd *cobra.Command, o generator.Options, against, format string, strict bool) error {
	s := newStages(h)
	o.Done = s.done
	result, err := generator.Check(o)
	s.end()
	if err != nil {
		return err
	}
	if isAddress(against) {
		return wrongUsage(cmd, "--against needs the content that is public, a branch, a commit or a folder; allclear diff %s compares with what an address serves", against)
	}
	if against != "" && !result.Diagnostics.HasErrors() {
		base, err := h.against(cmd, o, against, result)
		if err != nil {
			return err
		}
		defer base.Close()
	}
	found := result.Diagnostics
	if err := h.printDiagnostics(found, format); err != nil {
		return err
	}
	if result.Snapshot != nil && (format == "text" || format == "github") {
		if _, err := fmt.Fprintf(h.Stdout, "banner: %s\n", strconv.QuoteToGraphic(result.Banner)); err != nil {
			return err
		}
	}
	if found.HasErrors() || strict && found.Count(diag.Warning) > 0 {
		return errReported
	}
	return nil
}

func (h *Host) printDiagnostics(found diag.List, format string) error {
	switch format {
	case "json":
		return found.JSON(h.Stdout)
	case "github":
		return h.inRepository(found).GitHub(h.Stdout)
	case "gitlab":
		return h.inRepository(found).GitLab(h.Stdout)
	case "sarif":
		return h.inRepository(found).SARIF(h.Stdout)
	}
	return found.Text(h.Stdout, h.color(h.Stdout))
}

// inRepository is the list with the names that files have in the repository: a step
// of a workflow may run in a folder of it, and code hosts show a diagnostic only at
// a name from the root.
func (h *Host) inRepository(found diag.List) diag.List {
	root := cmp.Or(h.Getenv("GITHUB_WORKSPACE"), h.Getenv("CI_PROJECT_DIR"))
	if root == "" {
		return found
	}
	here, err := filepath.Abs(".")
	if err == nil {
		here, err = filepath.EvalSymlinks(here)
	}
	if err == nil {
		root, err = filepath.EvalSymlinks(root)
	}
	if err != nil {
		return found // it is not on this machine
	}
	list := slices.Clone(found)
	for i, d := range list {
		absolute := filepath.FromSlash(d.Position.File)
		if !filepath.IsAbs(absolute) {
			absolute = filepath.Join(here, absolute)
		}
		if name, err := filepath.Rel(root, absolute); err == nil && filepath.IsLocal(name) {
			list[i].Position.File = filepath.ToSlash(name)
		}
	}
	return list
}
