package command

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"allclear/generator/diag"
)

// usageError is an error in a command line: a line with the reason and a line
// about help.
type usageError struct {
	message string
	help    string // the help command
}

func (e *usageError) Error() string { return e.message }

func (e *usageError) print(w io.Writer) {
	fmt.Fprintf(w, "allclear: %s\nrun %q for help\n", e.message, e.help)
}

// wrongUsage makes the error of a command.
func wrongUsage(cmd *cobra.Command, format string, args ...any) error {
	help := "allclear help"
	if cmd.HasParent() {
		help += strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name())
	}
	return &usageError{fmt.Sprintf(format, args...), help}
}

// unknownCommand is the error about the first word of args that is not a flag. No
// flag before a command takes a value.
func unknownCommand(root *cobra.Command, args []string) *usageError {
	for _, word := range args {
		if !strings.HasPrefix(word, "-") {
			return &usageError{fmt.Sprintf("unknown command %q%s", word, near(word, commandNames(root))), "allclear help"}
		}
	}
	return &usageError{"no such command", "allclear help"}
}

func commandNames(parent *cobra.Command) []string {
	var names []string
	for _, c := range parent.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return names
}

// near is the end of a message about a mistyped word.
func near(word string, candidates []string) string {
	if n := diag.Near(word, candidates); n != "" {
		return fmt.Sprintf("; did you mean %q?", n)
	}
	return ""
}

// flagError replaces the flag library's message.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	var bare *pflag.ValueRequiredError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return wrongUsage(cmd, "unknown flag -%s", unknown.GetSpecifiedName())
	case errors.As(err, &unknown):
		return wrongUsage(cmd, "unknown flag --%s%s", unknown.GetSpecifiedName(), nearFlag(unknown.GetSpecifiedName(), cmd))
	case errors.As(err, &invalid):
		return wrongUsage(cmd, "--%s: %v", invalid.GetFlag().Name, invalid.Unwrap())
	case errors.As(err, &bare):
		return wrongUsage(cmd, "--%s needs a value", bare.GetFlag().Name)
	}
	return wrongUsage(cmd, "%v", err)
}

func nearFlag(name string, cmd *cobra.Command) string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return near("--"+name, names)
}

// arguments requires one argument for each name.
func arguments(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return wrongUsage(cmd, "%s is missing", names[len(args)])
		case len(args) > len(names):
			return wrongUsage(cmd, "unexpected argument %q", args[len(names)])
		}
		return nil
	}
}

// atMost allows so many arguments.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return wrongUsage(cmd, "unexpected argument %q", args[n])
		}
		return nil
	}
}

// requireShell makes cobra's completion command report wrong usage, which it would
// accept or report as a failure.
func requireShell(completion *cobra.Command) {
	completion.Args = cobra.ArbitraryArgs
	completion.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return wrongUsage(cmd, "the shell is missing: %s", strings.Join(commandNames(cmd), ", "))
		}
		return wrongUsage(cmd, "unknown shell %q%s", args[0], near(args[0], commandNames(cmd)))
	}
	for _, shell := range completion.Commands() {
		shell.Args = arguments()
	}
}

// newHelp is like cobra's help command, but an unknown topic is wrong usage.
func newHelp() *cobra.Command {
	return &cobra.Command{
		Use:                   "help [COMMAND]",
		Short:                 "Explain how to use a command",
		Example:               "  allclear help build              explain build and its flags",
		Long:                  "help explains how to use a command, or lists all commands.",
		DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			topic, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(cmd.Root(), args)
			}
			topic.InitDefaultHelpFlag()
			return topic.Help()
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return commandNames(cmd.Root()), cobra.ShellCompDirectiveNoFileComp
		},
	}
}

// exitKey is the annotation with a command's own exit statuses.
const exitKey = "exit"

// exits is the annotation of a command that can fail.
func exits(zero, one string) map[string]string {
	return map[string]string{exitKey: "  0  " + zero + "\n  1  " + one + "\n  2  wrong usage"}
}

const helpTemplate = `{{with .Example}}Examples:
{{.}}

{{end}}{{with or .Long .Short}}{{trimTrailingWhitespaces .}}

{{end}}Usage:
  {{if .HasAvailableSubCommands}}{{.CommandPath}} COMMAND{{else}}{{.UseLine}}{{end}}
{{if .HasAvailableSubCommands}}
Commands:
{{- range .Commands}}{{if or .IsAvailableCommand (eq .Name "help")}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}
{{end}}{{if .HasAvailableLocalFlags}}
Flags:
{{.LocalFlags.FlagUsagesWrapped 90 | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
Flags of every command:
{{.InheritedFlags.FlagUsagesWrapped 90 | trimTrailingWhitespaces}}
{{end}}
Exit status:
{{with index .Annotations "exit"}}{{.}}{{else}}  0  success
  2  wrong usage{{end}}
`
