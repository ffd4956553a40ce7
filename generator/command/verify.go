package command

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"allclear/generator"
	"allclear/generator/diag"
	"allclear/generator/git"
	"allclear/generator/verify"
	"allclear/generator/web"
)

// How gentle a check is with the host.
const (
	verifyInterval = 50 * time.Millisecond
	verifyTime     = 20 * time.Second // of one request
	verifyWhole    = 5 * time.Minute  // of all, and as much again as the interval makes of a large sample
)

func newVerify(h *Host) *cobra.Command {
	s := &site{host: h}
	v := verify.Options{Interval: verifyInterval, Time: verifyTime}
	format := newChoice("text", "json")
	var ignore []string
	var strict bool
	cmd := &cobra.Command{
		Use:   "verify [URL]",
		Short: "Compare a published site with what a build would publish",
		Example: `  allclear verify                                    the address that site.yaml says
  allclear verify https://mirror.example.net         another host with the same build
  allclear verify --ignore header,cache              a host that can't set headers
  allclear verify --format json --sample 500         for a script, and more thorough`,
		Long: `verify asks a published site for its files and compares them with what a build of
the content would publish: whether the site is out of date and since when, files
that are missing, changed or cut off, the headers of _headers, types and character
sets, what scripts of other sites may read (CORS, preflights), whether clients that
poll get a 304, whether a page that is not there is a 404, and compression. Each
finding says what to do on the host.

URL is the address of the site; without it, url in site.yaml. A mirror is compared
with the same build, whose pages name the address of site.yaml; a preview that was
built for its own address needs --base-url as well. The content must be the commit
that the site was built of, or a newer one.

The content is also built for the instant of the site's last build, so a site that
only waits for its next build is not called changed. A build that is late by less
than --grace is a note, and so is a file that lacks a commit which is newer than
that: a deployment takes its time, and caches keep files.

The files that matter are always asked for: the index, the lists of the API, feeds,
badges, what is open. --sample says how many of the others, always the same ones.
verify makes at most 20 requests a second, two at a time, follows no redirect, and
ends when the host fails three times in a row, or after five minutes. A site that
can't be reached is a finding like the others.

--format json is one document:

  {
    "site": "https://status.example.com/",
    "as_of": "2026-11-22T04:00:00Z",   of the site's build; null if it doesn't say
    "files": 63, "requests": 81,
    "left_out": 0,                     files, because the host failed
    "findings": [
      {
        "code": "stale",               for --ignore
        "level": "error",              or "warning" or "note"
        "message": "the site is out of date: …",
        "hint": "look at …",
        "paths": [""]                  below the site's address
      }
    ],
    "errors": 1, "warnings": 0, "notes": 0, "ignored": 0
  }

The codes are ` + wrapCodes() + `.`,
		Annotations: exits("the site is as a build makes it, or has only warnings and notes", "it is not, or it can't be reached; or the content has an error"),
		Args:        atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, code := range ignore {
				if codes := verify.Codes(); !slices.Contains(codes, code) {
					return wrongUsage(cmd, "--ignore: unknown code %q%s", code, near(code, codes))
				}
			}
			if v.Sample < 0 || v.Grace < 0 {
				return wrongUsage(cmd, "--sample and --grace can't be negative")
			}
			o, err := s.options(cmd)
			if err != nil {
				return err
			}
			v.Sample = min(v.Sample, 1_000_000)
			v.Build, v.Whole = o, verifyWhole+2*verifyInterval*time.Duration(v.Sample)
			return await(cmd.Context(), func() error {
				report, err := h.verify(cmd, strings.Join(args, ""), v)
				if err != nil {
					return err
				}
				report.Ignore(ignore)
				return h.printVerified(report, format.word, strict)
			})
		},
	}
	s.addContent(cmd)
	s.addBaseURL(cmd)
	s.addNow(cmd)
	format.add(cmd, "format", "how to print the findings")
	cmd.Flags().IntVar(&v.Sample, "sample", 50, "how many `files` to compare besides those that matter; a large number means all")
	cmd.Flags().DurationVar(&v.Grace, "grace", time.Hour, "how `late` a build may be before that is an error")
	cmd.Flags().StringSliceVar(&ignore, "ignore", nil, "`codes` of findings that don't count, separated by commas")
	must(cmd.RegisterFlagCompletionFunc("ignore", cobra.FixedCompletions(verify.Codes(), cobra.ShellCompDirectiveNoFileComp)))
	cmd.Flags().BoolVar(&strict, "strict", false, "exit with 1 for a warning too")
	cmd.Flags().BoolVar(&v.InsecureHTTP, "insecure-http", false, "read the site over plain http, which anyone on the network can change; not needed for this machine")
	return cmd
}

// wrapCodes lists the codes of findings for the help, in lines of its width.
func wrapCodes() string {
	const width, before = 82, 14
	lines, length := []string{""}, before
	for i, code := range verify.Codes() {
		if i > 0 {
			lines[len(lines)-1] += ","
		}
		if length += len(code) + 2; length > width {
			lines, length = append(lines, ""), len(code)
		} else if i > 0 {
			code = " " + code
		}
		lines[len(lines)-1] += code
	}
	return strings.Join(lines, "\n")
}

func (h *Host) verify(cmd *cobra.Command, url string, v verify.Options) (*verify.Report, error) {
	v.Build.Git = true
	local, err := generator.Check(v.Build)
	if err != nil {
		return nil, explainHistory(err)
	}
	if local.Diagnostics.HasErrors() {
		return nil, h.refuse(local.Diagnostics, "")
	}
	if url == "" {
		url = local.Site.URL
	}
	v.Newest = newestChange(cmd.Context(), v.Build.Content)
	report, err := verify.Site(cmd.Context(), url, local, v)
	switch {
	case errors.Is(err, web.ErrPlainHTTP):
		return nil, wrongUsage(cmd, "%v, or allow it with --insecure-http", err)
	case errors.Is(err, web.ErrAddress):
		return nil, wrongUsage(cmd, "%v", err)
	}
	return report, err
}

// newestChange is when the newest commit changed the content or its themes; zero if
// git doesn't know.
func newestChange(ctx context.Context, content string) time.Time {
	repository, err := git.Open(ctx, content)
	if err != nil {
		return time.Time{}
	}
	for commit, err := range repository.History(ctx, ".", "../"+generator.ThemesFolder) {
		if err != nil {
			break
		}
		if len(commit.Changes) > 0 {
			return commit.Committed
		}
	}
	return time.Time{}
}

func (h *Host) printVerified(report *verify.Report, format string, strict bool) error {
	if format == "json" {
		if err := report.JSON(h.Stdout); err != nil {
			return err
		}
	} else if err := report.Text(h.Stdout); err != nil {
		return err
	}
	if report.Count(diag.Error) > 0 || strict && report.Count(diag.Warning) > 0 {
		return errReported
	}
	return nil
}
