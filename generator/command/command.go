// Package command parses a command line, runs the generator, and gives output on
// standard output and standard error and an exit status. It never exits the
// process. The clock, the environment and the embedded files come only from its
// Host; file names are used as the user typed them.
//
// Results are printed on standard output, everything else on standard error, both
// through a [diag.Door]. Each command is one file, named after it. Shared flags
// are in flags.go, errors of usage in usage.go.
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
	"allclear/generator/diag"
)

// Host is what a command uses of the machine that it runs on.
type Host struct {
	Args           []string // without the program's name
	Getenv         func(string) string
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Now            func() time.Time
	Theme          fs.FS // the default theme
	Action         fs.FS // the composite action for GitHub, and the script that runs a release
	Stamp          Stamp

	verbose bool // --verbose
}

// The exit statuses, the same for every command.
const (
	succeeded = 0
	failed    = 1 // the content has errors, or the command or the program failed
	badUsage  = 2 // the command line is wrong
)

// errReported ends a command that has printed its errors.
var errReported = errors.New("the errors have been printed")

// Run runs the command that host.Args name and returns the exit status. It
// returns early when ctx ends.
func Run(ctx context.Context, host Host) int {
	runner := onRunner(host.Getenv)
	host.Stdout, host.Stderr = diag.NewDoor(host.Stdout, runner), diag.NewDoor(host.Stderr, runner)
	root := newRoot(&host)
	var cmd *cobra.Command
	err := guarded(func() (err error) {
		cmd, err = root.ExecuteContextC(ctx)
		return err
	})
	return host.report(cmd, err)
}

// onRunner reports whether the output is read by a CI runner that takes some lines
// as commands: GitHub's, and those that are like it, Azure's or TeamCity's.
func onRunner(getenv func(string) string) bool {
	return getenv("GITHUB_ACTIONS") != "" || getenv("TF_BUILD") != "" || getenv("TEAMCITY_VERSION") != ""
}

// report prints a command's error and returns the exit status.
func (h *Host) report(cmd *cobra.Command, err error) int {
	var usage *usageError
	var panicked *panicError
	switch {
	case err == nil:
		return succeeded
	case errors.Is(err, errReported), errors.Is(err, generator.ErrContent):
		return failed
	case errors.Is(err, syscall.EPIPE):
		return failed // the reader of a pipe has ended
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(h.Stderr, "allclear: interrupted")
		return failed
	case errors.As(err, &panicked):
		h.reportPanic(panicked)
		return failed
	case errors.As(err, &usage):
		usage.print(h.Stderr)
		return badUsage
	case !cmd.HasParent(): // cobra found no such command
		unknownCommand(cmd, h.Args).print(h.Stderr)
		return badUsage
	}
	fmt.Fprintf(h.Stderr, "allclear: %v\n", err)
	return failed
}

func newRoot(h *Host) *cobra.Command {
	root := &cobra.Command{
		Use:   "allclear",
		Short: "Build a status site from Markdown incidents",
		Long:  "allclear turns Markdown incident files into a status site: pages, a JSON API, feeds and badges.",
		Example: `  allclear init my-status          create a site, and what a host needs to publish it
  allclear new "API is down"       report an incident
  allclear update resolved         add an update to it
  allclear serve                   preview content/ live
  allclear check                   find errors in content/, write nothing
  allclear build                   build content/ into public/`,
		SilenceErrors:      true,
		SilenceUsage:       true,
		DisableSuggestions: true, // usage.go makes its own
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
	root.PersistentFlags().BoolVarP(&h.verbose, "verbose", "v", false, "print more: the time of each stage, every note of an import, the stack trace of an internal error")
	root.AddCommand(newBuild(h), newCheck(h), newDiff(h), newExplain(h), newImport(h), newInit(h), newNew(h), newNext(h),
		newRename(h), newSchema(h), newServe(h), newStatus(h), newUpdate(h), newVerify(h), newVersion(h))
	root.SetHelpCommand(newHelp())
	root.InitDefaultCompletionCmd(h.Args...)
	if completion, _, err := root.Find([]string{"completion"}); err == nil {
		requireShell(completion)
	}
	return root
}

// panicError is an error in the program itself.
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
	fmt.Fprintf(h.Stderr, "allclear: %v; this is a bug in allclear, please report it\n", p)
	if h.verbose {
		fmt.Fprintf(h.Stderr, "%s", p.stack)
		return
	}
	fmt.Fprintln(h.Stderr, "run the same command with --verbose for the stack trace")
}
