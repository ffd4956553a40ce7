package command

import (
	"fmt"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"allclear/generator"
	"allclear/generator/importer"
	"allclear/generator/publish"
)

func newBuild(h *Host) *cobra.Command {
	s := &site{host: h}
	var folder string
	var sync, withoutGit bool
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Build the site",
		Example: `  allclear build                                        build content/ into public/
  allclear build --content status --output dist
  allclear build --base-url "$DEPLOY_PRIME_URL"         a preview at another address
  allclear build --now "2022-12-01 10:48 UTC"           the site as it was at that time
  allclear build --without-git                          where the clone does not have the history`,
		Long: `build builds the site from the content folder and writes it into the output
folder. A file that has not changed is not touched; a file that an earlier
build wrote and that is no longer part of the site is deleted; a file that no
build wrote is never changed. If the content has an error, the output folder
is not changed.

If site.yaml says "provenance: git", the history of the repository says when
each update was published and edited: see "Two clocks" in the README. A clone
that is too shallow for that is an error.

Diagnostics are printed on standard error; "allclear explain CODE" explains
them. On success a summary is printed on standard output.`,
		Annotations: exits("the site is in the output folder", "the content has an error, or the site could not be written"),
		Args:        arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := s.options(cmd)
			if err != nil {
				return err
			}
			if folder == "" {
				return wrongUsage(cmd, "--output is empty")
			}
			o.Sync, o.Git = sync, !withoutGit
			return await(cmd.Context(), func() error { return h.build(o, folder) })
		},
	}
	s.addContent(cmd)
	cmd.Flags().StringVar(&folder, "output", "public", "the `folder` to write the site into")
	must(cmd.MarkFlagDirname("output"))
	cmd.Flags().BoolVar(&sync, "sync", false, "wait until every file is on the disk, for a server that may lose power; takes some milliseconds for each new file. Without it, such a loss may leave empty files, which the next build repairs")
	cmd.Flags().BoolVar(&withoutGit, "without-git", false, "build although the history can't be read: each update counts as published when it happened, which readers may see as other dates than before")
	s.addBaseURL(cmd)
	s.addNow(cmd)
	return cmd
}

func (h *Host) build(o generator.Options, folder string) error {
	s := newStages(h)
	o.Done = s.done
	result, report, err := generator.Build(o, folder, func() {
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
