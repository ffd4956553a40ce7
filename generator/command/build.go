package command

import (
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"allclear/generator"
	"allclear/generator/git"
	"allclear/generator/importer"
	"allclear/generator/publish"
)

func newBuild(h *Host) *cobra.Command {
	s := &site{host: h}
	var folder string
	var sync, withoutGit bool
	var at time.Time
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the site",
		Example: `  allclear build                                        build content/ into public/
  allclear build --content status --output dist
  allclear build --base-url "$DEPLOY_PRIME_URL"         a preview at another address
  allclear build --now "2022-12-01 10:48 UTC"           the site as it was at that time
  allclear build --as-published "2022-12-01 10:48 UTC" --output then   as readers saw it then
  allclear build --without-git                          where the clone does not have the history`,
		Long: `build builds the site from the content folder and writes it into the output
folder. A file that has not changed is not touched; a file that an earlier
build wrote and that is no longer part of the site is deleted; a file that no
build wrote is never changed. If the content has an error, the output folder
is not changed.

--now builds what the content says today about another time. --as-published
builds what readers saw then: git gives the content and the theme of the newest
commit of this branch that was public at that time, and later corrections are not
in it. The working tree stays as it is. The commit must have been built by the
same version of allclear for the result to be the same, byte for byte.

If site.yaml says "provenance: git", the history of the repository says when
each update was published and edited: see "Two clocks" in the README. A clone
that is too shallow for that is an error.

Diagnostics are printed on standard error; "allclear explain CODE" explains
them. On success a summary is printed on standard output.`,
		Annotations: exits("the site is in the output folder", "the content has an error, or the site could not be written"),
		Args:        arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !at.IsZero() && !s.now.IsZero() {
				return wrongUsage(cmd, "--now and --as-published are two instants; give one of them")
			}
			if !at.IsZero() {
				s.now = at
			}
			o, err := s.options(cmd)
			if err != nil {
				return err
			}
			if folder == "" {
				return wrongUsage(cmd, "--output is empty")
			}
			o.Sync, o.Git = sync, !withoutGit
			if at.IsZero() {
				return await(cmd.Context(), func() error { return h.build(o, folder, generator.Build) })
			}
			o.Now = h.Now()
			return await(cmd.Context(), func() error { return h.buildAsPublished(cmd, o, at, folder) })
		},
	}
	s.addContent(cmd)
	cmd.Flags().StringVar(&folder, "output", "public", "the `folder` to write the site into")
	must(cmd.MarkFlagDirname("output"))
	cmd.Flags().BoolVar(&sync, "sync", false, "wait until every file is on the disk, for a server that may lose power; takes some milliseconds for each new file. Without it, such a loss may leave empty files, which the next build repairs")
	cmd.Flags().BoolVar(&withoutGit, "without-git", false, "build although the history can't be read: each update counts as published when it happened, which readers may see as other dates than before")
	s.addBaseURL(cmd)
	s.addNow(cmd)
	s.addTime(cmd, &at, "as-published", "build the site as it stood in public at this `time`, from git: \"2022-12-01 10:48 UTC\" or RFC 3339")
	return cmd
}

// buildAsPublished builds what was public at an instant.
func (h *Host) buildAsPublished(cmd *cobra.Command, o generator.Options, at time.Time, folder string) error {
	past, err := generator.AsPublished(cmd.Context(), o, at)
	switch {
	case errors.Is(err, generator.ErrFuture):
		return wrongUsage(cmd, "--as-published: %v; --now builds for a time to come", err)
	case errors.Is(err, generator.ErrTooShallow):
		return wrongUsage(cmd, "--as-published: %v; get older commits with: git fetch --unshallow origin", err)
	case errors.Is(err, generator.ErrNotYet), errors.Is(err, git.ErrNoRepository):
		return wrongUsage(cmd, "--as-published: %v", err)
	case err != nil:
		return fmt.Errorf("--as-published: %w", err)
	}
	defer past.Close()
	fmt.Fprintf(h.Stderr, "as published at %s: commit %s of %s\n", at.UTC().Format(time.RFC3339), past.Commit, past.Published.UTC().Format(time.RFC3339))
	return h.build(o, folder, past.Build)
}

// builder is generator.Build, or the like.
type builder func(o generator.Options, folder string, waiting func()) (*generator.Result, publish.Report, error)

// build builds into a folder, and prints what came of it.
func (h *Host) build(o generator.Options, folder string, build builder) error {
	s := newStages(h)
	o.Done = s.done
	result, report, err := build(o, folder, func() {
		fmt.Fprintf(h.Stderr, "another build is writing %s; waiting for it to finish\n", folder)
	})
	s.end()
	if len(result.Diagnostics) > 0 {
		if err := result.Diagnostics.Text(h.Stderr, h.color(h.Stderr)); err != nil {
			return err
		}
	}
	if err != nil {
		return explainHistory(err)
	}
	if note := undated(result, o); note != "" {
		fmt.Fprintf(h.Stderr, "warning: %s\n", note)
	}
	if h.verbose {
		fmt.Fprintf(h.Stderr, "as of %s, %d bytes\n", result.Snapshot.At.Format(time.RFC3339), report.Bytes)
	}
	return h.summarize(result, folder, report)
}

func (h *Host) summarize(result *generator.Result, folder string, report publish.Report) error {
	_, err := fmt.Fprintf(h.Stdout, "%s: %s, %d written, %d deleted, banner %s\n",
		folder, importer.Count(report.Written+report.Unchanged, "file"), report.Written, report.Deleted, strconv.QuoteToGraphic(result.Banner))
	return err
}
