package command

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"allclear/generator"
	"allclear/generator/check"
	"allclear/generator/loose"
	"allclear/generator/source"
)

// site has the flags that several commands share. Each has one name and one
// meaning.
type site struct {
	host    *Host
	content string
	baseURL string
	now     time.Time // zero unless --now is given
}

func (s *site) addContent(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.content, "content", "content", "the `folder` that holds site.yaml and the incidents")
	must(cmd.MarkFlagDirname("content"))
}

func (s *site) addNow(cmd *cobra.Command) {
	s.addNowFor(cmd, "build the site as it was, or will be, at this `time`: \"2022-12-01 10:48 UTC\" or RFC 3339; later updates are left out.")
}

// addNowFor adds --now with another meaning of the instant.
func (s *site) addNowFor(cmd *cobra.Command, usage string) {
	s.addTime(cmd, &s.now, "now", usage+" The default is SOURCE_DATE_EPOCH, else the current time")
}

// addTime adds a flag for an instant.
func (s *site) addTime(cmd *cobra.Command, t *time.Time, name, usage string) {
	cmd.Flags().Func(name, usage, func(text string) (err error) {
		if *t, err = source.ParseTimestamp(text, time.UTC); err == nil {
			return nil
		}
		meant := loose.Clock{Now: s.host.Now(), Zone: time.UTC}.Read(text).Times
		if len(meant) == 0 {
			return fmt.Errorf("%w; write it like %s", err, source.FormatTimestamp(s.host.Now().UTC().Truncate(time.Minute)))
		}
		return fmt.Errorf("%w; write %s", err, source.FormatTimestamp(meant[0]))
	})
}

func (s *site) addBaseURL(cmd *cobra.Command) {
	cmd.Flags().Func("base-url", "the site's `URL`, in place of url in site.yaml", func(text string) (err error) {
		if s.baseURL, err = check.BaseURL(text); err != nil {
			return fmt.Errorf("%q is not a site's URL: %w", text, err)
		}
		return nil
	})
}

// options are the generator's options. If the environment sets the time, it is
// printed on standard error, since the command line does not show it.
func (s *site) options(cmd *cobra.Command) (generator.Options, error) {
	o := generator.Options{Content: s.content, BaseURL: s.baseURL, Theme: s.host.Theme}
	epoch := s.host.Getenv("SOURCE_DATE_EPOCH")
	switch {
	case !s.now.IsZero():
		o.Now, o.Pinned = s.now, true
	case epoch != "":
		at, err := parseEpoch(epoch)
		if err != nil {
			return o, wrongUsage(cmd, "%v", err)
		}
		o.Now, o.Pinned = at, true
		fmt.Fprintf(s.host.Stderr, "as of %s (SOURCE_DATE_EPOCH)\n", at.Format(time.RFC3339))
	default:
		o.Now = s.host.Now()
	}
	return o, nil
}

// parseEpoch parses seconds since 1970, up to the end of the year 9999.
// https://reproducible-builds.org/specs/source-date-epoch/
func parseEpoch(text string) (time.Time, error) {
	const last = 253402300799
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil || seconds < 0 || seconds > last {
		return time.Time{}, fmt.Errorf("SOURCE_DATE_EPOCH=%q is not a number of seconds since 1970", text)
	}
	return time.Unix(seconds, 0).UTC(), nil
}

// choice is a flag for one of a few words. The first is the default.
type choice struct {
	words []string
	word  string
}

func newChoice(words ...string) *choice { return &choice{words, words[0]} }

func (c *choice) String() string { return c.word }
func (c *choice) Type() string   { return strings.Join(c.words, "|") }

func (c *choice) Set(word string) error {
	for _, w := range c.words {
		if w == word {
			c.word = w
			return nil
		}
	}
	return fmt.Errorf("%q is not one of %s%s", word, strings.Join(c.words, ", "), near(word, c.words))
}

func (c *choice) add(cmd *cobra.Command, name, usage string) {
	cmd.Flags().Var(c, name, usage)
	must(cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(c.words, cobra.ShellCompDirectiveNoFileComp)))
}

// must is for errors that only a misspelt flag in this package causes.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// await runs f, but returns early when ctx ends. That is safe, since a build can be
// killed at any instant, and the process is about to exit.
func await(ctx context.Context, f func() error) error {
	done := make(chan error, 1)
	go func() { done <- guarded(f) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
