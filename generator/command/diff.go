package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"allclear/generator"
	"allclear/generator/compare"
	"allclear/generator/diag"
	"allclear/generator/git"
)

func newDiff(h *Host) *cobra.Command {
	s := &site{host: h}
	format := newChoice("text", "markdown", "json")
	cmd := &cobra.Command{
		Use:   "diff [BASE]",
		Short: "Say what a change does for readers, subscribers and clients",
		Example: `  allclear diff                          what this branch and its uncommitted files change
  allclear diff origin/release           against another branch, tag or commit
  allclear diff ../other/content         against another content folder
  allclear diff https://status.example.com   against what a site serves now
  allclear diff --format markdown        for a comment on a pull request`,
		Long: `diff builds the site twice, as it was and as it is now, for the same instant,
and says what is different in what it publishes: the banner, the components,
the text of every update word by word, the entries that feeds send, what
clients that poll see change, the calendar, uptime, and addresses. It writes
nothing.

BASE is a branch, a tag or a commit: the site as it was is the content of the
newest commit that BASE and HEAD have in common. Without BASE it is the branch
that changes are merged into, as git knows it from the remote origin, else main
or master. BASE can also be another content folder. The site as it is now is
the content folder with everything in it, committed or not.

With the address of a published site as BASE, the site as it was is what that
address serves: its API with all of the history, its feed and calendar, and its
pages, of which at most 300 are read, those of events that change first. What an
address does not tell is listed at the end. Nothing is sent, and no other host is
asked.

Mistakes that the change brings, and what would break for those who keep addresses
and ids, as "allclear check --against BASE" finds it, are printed on standard error.

A base without content is one line: nothing was public. --format markdown has
at most 60 KB, and says where it is cut.`,
		Annotations: exits("the difference is printed, or there is none", "the content has an error, before or after, or could not be read"),
		Args:        atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := s.options(cmd)
			if err != nil {
				return err
			}
			return await(cmd.Context(), func() error { return h.diff(cmd, o, strings.Join(args, ""), format.word) })
		},
	}
	s.addContent(cmd)
	s.addBaseURL(cmd)
	s.addNow(cmd)
	format.add(cmd, "format", "how to print the difference")
	return cmd
}

func (h *Host) diff(cmd *cobra.Command, o generator.Options, name, format string) error {
	after, err := generator.Check(o)
	if err != nil {
		return err
	}
	if after.Diagnostics.HasErrors() {
		return h.refuse(after.Diagnostics, "")
	}
	base, err := h.against(cmd, o, name, after)
	if err != nil {
		return err
	}
	defer base.Close()
	report, err := generator.Diff(base, after, o)
	if err != nil {
		return err
	}
	report.From, report.To = base.Name, filepath.ToSlash(o.Content)
	if err := h.printReport(report, base, format); err != nil {
		return err
	}
	if found := base.Without(after.Diagnostics, o.Content); len(found) > 0 {
		return h.printFound(found)
	}
	return nil
}

func (h *Host) printReport(report *compare.Report, base *generator.Base, format string) error {
	switch {
	case format == "json":
		return report.JSON(h.Stdout)
	case base.Empty():
		_, err := fmt.Fprintf(h.Stdout, "%s has no content: nothing was public, so all of the site is new\n", base.Name)
		return err
	case format == "markdown":
		return report.Markdown(h.Stdout)
	}
	return report.Text(h.Stdout, h.color(h.Stdout))
}

// printFound prints the mistakes of a change on standard error.
func (h *Host) printFound(found diag.List) error {
	if err := found.Text(h.Stderr, h.color(h.Stderr)); err != nil {
		return err
	}
	if found.HasErrors() {
		return errReported
	}
	return nil
}

// against finds what BASE names, and adds to a result without errors what would
// break for those who keep its addresses and ids. The base is to be closed.
func (h *Host) against(cmd *cobra.Command, o generator.Options, name string, result *generator.Result) (*generator.Base, error) {
	base, err := baseOf(cmd.Context(), o, name)
	if err != nil {
		return nil, explainBase(cmd, err)
	}
	if found := base.Errors(o.Content); found != nil {
		err = h.refuse(found, "allclear: these errors are in "+base.Name+", so there is nothing to compare with; choose another BASE\n")
	} else {
		err = result.Against(base, o)
	}
	if err != nil {
		return nil, errors.Join(err, base.Close())
	}
	return base, nil
}

// baseOf finds what BASE names.
func baseOf(ctx context.Context, o generator.Options, name string) (*generator.Base, error) {
	if isAddress(name) {
		return generator.AddressBase(ctx, name)
	}
	if _, err := os.Stat(filepath.Join(name, "site.yaml")); err == nil && name != "" {
		return generator.FolderBase(o, name)
	}
	return generator.GitBase(ctx, o, name)
}

// isAddress reports whether a name is the address of a site, not of a folder.
func isAddress(name string) bool {
	return strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://")
}

// explainBase says how to get a base that is not there.
func explainBase(cmd *cobra.Command, err error) error {
	var missing *git.Missing
	switch {
	case errors.As(err, &missing):
		return wrongUsage(cmd, "%v; %s", err, missing.Fix)
	case errors.Is(err, git.ErrNoContent):
		return fmt.Errorf("%w: clone without --filter, or name a content folder to compare with: allclear diff FOLDER", err)
	case errors.Is(err, git.ErrNoGit):
		return fmt.Errorf("%w: install it, or name a content folder to compare with: allclear diff FOLDER", err)
	case errors.Is(err, git.ErrNoRepository):
		return wrongUsage(cmd, "%v; name a content folder to compare with: allclear diff FOLDER", git.ErrNoRepository)
	}
	return err
}

// refuse prints the errors that keep a command from its work, and why they do.
func (h *Host) refuse(found diag.List, why string) error {
	if err := found.Text(h.Stderr, h.color(h.Stderr)); err != nil {
		return err
	}
	fmt.Fprint(h.Stderr, why)
	return errReported
}
