package command

import (
	"embed"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/tools/txtar"

	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/wrap"
)

// explanations has one archive per rule, explain/<code>.txtar: bad/ is a folder
// that breaks the rule, good/ one that does not, and output is what check prints
// in bad/. explain_test.go describes the rest, and requires one for every rule.
//
//go:embed explain
var explanations embed.FS

func newExplain(h *Host) *cobra.Command {
	return &cobra.Command{
		Use:   "explain [CODE]",
		Short: "Explain an error or a warning, with a bad and a good example",
		Example: `  allclear explain                       list all codes
  allclear explain unknown-component     explain one of them`,
		Long: `explain explains the code at the end of a diagnostic: the rule, the reason for
it, content that breaks it, what check prints about that content, and the same
content after the fix.`,
		Annotations:           map[string]string{exitKey: "  0  success\n  2  wrong usage, such as an unknown code"},
		DisableFlagsInUseLine: true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return wrongUsage(cmd, "unexpected argument %q", args[1])
			}
			return nil
		},
		ValidArgsFunction: completeCode,
		RunE: func(cmd *cobra.Command, args []string) error {
			rules := generator.Rules()
			if len(args) == 0 {
				return listRules(h.Stdout, rules)
			}
			i := slices.IndexFunc(rules, func(r *diag.Rule) bool { return r.Code == args[0] })
			if i < 0 {
				return wrongUsage(cmd, "unknown code %q%s", args[0], near(args[0], codes(rules)))
			}
			return explainRule(h.Stdout, rules[i])
		},
	}
}

func completeCode(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var found []string
	for _, r := range generator.Rules() {
		found = append(found, cobra.CompletionWithDesc(r.Code, r.Title))
	}
	return found, cobra.ShellCompDirectiveNoFileComp
}

func codes(rules []*diag.Rule) []string {
	var found []string
	for _, r := range rules {
		found = append(found, r.Code)
	}
	return found
}

func listRules(w io.Writer, rules []*diag.Rule) error {
	width := 0
	for _, r := range rules {
		width = max(width, len(r.Code))
	}
	var b strings.Builder
	for _, r := range rules {
		fmt.Fprintf(&b, "%-*s  %-7s  %s\n", width, r.Code, r.Level, r.Title)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func explainRule(w io.Writer, r *diag.Rule) error {
	text, err := explanations.ReadFile("explain/" + r.Code + ".txtar")
	if err != nil {
		return fmt.Errorf("no example of %s: %w", r.Code, err)
	}
	archive := txtar.Parse(text)
	bad, good := differences(archive)
	var public []txtar.File
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "base/") {
			public = append(public, f)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)\n\n%s.\n\n%s\n", r.Code, r.Level, r.Title, strings.Join(wrap.Lines(wrap.Words(r.Why), 78, wrap.Columns), "\n"))
	if len(bad) == 0 { // something is missing
		for _, f := range good {
			fmt.Fprintf(&b, "\nWrong: %s is missing, or lacks what it has below\n", f.Name)
		}
	}
	showFiles(&b, "Public", public)
	showFiles(&b, "Wrong", bad)
	command := strings.Join(append([]string{"allclear check"}, strings.Fields(string(member(archive, "flags")))...), " ")
	fmt.Fprintf(&b, "\n%s prints:\n\n%s", command, indent(string(member(archive, "output"))))
	showFiles(&b, "Right", good)
	_, err = io.WriteString(w, b.String())
	return err
}

func member(archive *txtar.Archive, name string) []byte {
	for _, f := range archive.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

// differences returns the files that differ between the bad and the good example,
// with names relative to the folder in which check ran. A symlink is an empty
// file.
func differences(archive *txtar.Archive) (bad, good []txtar.File) {
	for _, f := range archive.Files {
		folder, name, _ := strings.Cut(f.Name, "/")
		other := map[string]string{"bad": "good/", "good": "bad/"}[folder]
		if other == "" || string(member(archive, other+name)) == string(f.Data) {
			continue
		}
		if folder == "bad" {
			bad = append(bad, txtar.File{Name: name, Data: f.Data})
		} else {
			good = append(good, txtar.File{Name: name, Data: f.Data})
		}
	}
	for line := range strings.Lines(string(member(archive, "links"))) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "bad/"); ok {
			bad = append(bad, txtar.File{Name: name})
		}
	}
	return bad, good
}

func showFiles(b *strings.Builder, heading string, files []txtar.File) {
	for _, f := range files {
		if len(f.Data) == 0 {
			fmt.Fprintf(b, "\n%s: %s\n", heading, f.Name)
			continue
		}
		fmt.Fprintf(b, "\n%s, %s:\n\n%s", heading, f.Name, indent(string(f.Data)))
	}
}

func indent(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if line != "\n" {
			b.WriteString("    ")
		}
		b.WriteString(line)
	}
	return b.String()
}
