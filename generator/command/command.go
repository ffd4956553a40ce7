// Package command turns the words of a command line into a run of the
// generator, what it says on standard output and standard error, and an exit
// status. It never exits the process, and reads clock, environment and
// embedded files from its Host alone; file names it takes as the user typed
// them.
//
// Results go to standard output, everything said along the way to standard
// error. Each command is one file, named after it; what several of them share
// is in flags.go, how a mistake in usage is told in usage.go.
package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"allclear/generator"
)

// Host is all that a command takes from the machine it runs on.
type Host struct {
	Args           []string // without the program's name
	Getenv         func(string) string
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Now            func() time.Time
	Theme          fs.FS // the default theme

	verbose bool // --verbose
}

// The exit statuses, the same for every command.
const (
	fine   = 0
	failed = 1 // the content or the build, or the program itself
	misuse = 2 // the command line
)

// errSaid ends a command that has printed what is wrong.
var errSaid = errors.New("what is wrong has been printed")

// Run runs the command that host.Args name and returns the exit status. It
// returns early when ctx ends.
func Run(ctx context.Context, host Host) int {
	root := newRoot(&host)
	var cmd *cobra.Command
	err := guarded(func() (err error) {
		cmd, err = root.ExecuteContextC(ctx)
		return err
	})
	return host.report(cmd, err)
}

// report says what ended a command and returns the exit status for it.
func (h *Host) report(cmd *cobra.Command, err error) int {
	var usage *usageError
	var panicked *panicError
	switch {
	case err == nil:
		return fine
	case errors.Is(err, errSaid), errors.Is(err, generator.ErrContent):
		return failed
	case errors.Is(err, syscall.EPIPE):
		return failed // whoever read has enough; there is nobody to tell
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(h.Stderr, "allclear: interrupted")
		return failed
	case errors.As(err, &panicked):
		h.reportPanic(panicked)
		return failed
	case errors.As(err, &usage):
		usage.print(h.Stderr)
		return misuse
	case !cmd.HasParent(): // all that cobra finds fault with before a command runs
		unknownCommand(cmd, h.Args).print(h.Stderr)
		return misuse
	}
	fmt.Fprintf(h.Stderr, "allclear: %v\n", err)
	return failed
}

func newRoot(h *Host) *cobra.Command {
	root := &cobra.Command{
		Use:   "allclear",
		Short: "Markdown incidents in, a status site out",
		Long:  "allclear turns Markdown incident files into a status site: pages, a JSON API, feeds and badges.",
		Example: `  allclear init my-status          a new site, with samples
  allclear serve                   a live preview of content/
  allclear check                   every mistake in content/, nothing written
  allclear build                   content/ into public/`,
		SilenceErrors:      true,
		SilenceUsage:       true,
		DisableSuggestions: true, // usage.go makes them, on one line
		RunE: func(cmd *cobra.Command, _ []string) error {
			cmd.SetOut(h.Stderr)
			if err := cmd.Help(); err != nil {
				return err
			}
			return wrongUsage(cmd, "a command is missing")
		},
	}
	root.SetArgs(h.Args)
	root.SetIn(h.Stdin)
	root.SetOut(h.Stdout)
	root.SetErr(h.Stderr)
	root.SetHelpTemplate(helpTemplate)
	root.SetFlagErrorFunc(flagError)
	root.PersistentFlags().BoolVarP(&h.verbose, "verbose", "v", false, "say where the time goes, and after an internal error where it happened")
	root.AddCommand(newBuild(h), newCheck(h), newExplain(h), newImport(h), newInit(h), newNext(h), newServe(h), newVersion(h))
	root.SetHelpCommand(newHelp())
	root.InitDefaultCompletionCmd(h.Args...)
	if completion, _, err := root.Find([]string{"completion"}); err == nil {
		requireShell(completion)
	}
	return root
}

// panicError is a mistake of the program itself.
type panicError struct {
	value any
	stack []byte
}

func (p *panicError) Error() string { return fmt.Sprintf("internal error: %v", p.value) }

// guarded runs f and returns a panic in it as an error.
func guarded(f func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &panicError{value, debug.Stack()}
		}
	}()
	return f()
}

func (h *Host) reportPanic(p *panicError) {
	fmt.Fprintf(h.Stderr, "allclear: %v; this is a mistake in allclear, please report it\n", p)
	if h.verbose {
		fmt.Fprintf(h.Stderr, "%s", p.stack)
		return
	}
	fmt.Fprintln(h.Stderr, "run the same command with --verbose to see where it happened")
}
