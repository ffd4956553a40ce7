package command

import (
	_ "embed"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// licenses is made by tools/licenses.sh.
//
//go:generate bash ../../tools/licenses.sh
//go:embed licenses.txt
var licenses string

func newVersion(h *Host) *cobra.Command {
	var showLicenses bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Which allclear this is",
		Example: `  allclear version
  allclear version --licenses      what allclear is made of, and under which terms`,
		Long: `version prints the version of this program and the commit that it was built
from, if the toolchain recorded them. No page contains them.`,
		Args: arguments(),
		RunE: func(*cobra.Command, []string) error {
			if showLicenses {
				_, err := io.WriteString(h.Stdout, licenses)
				return err
			}
			_, err := fmt.Fprintf(h.Stdout, "allclear %s, %s %s/%s\n", version(debug.ReadBuildInfo()), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
	cmd.Flags().BoolVar(&showLicenses, "licenses", false, "print the license of allclear, of Go, and of each module in this program")
	return cmd
}

// version is the module's version, which ends in +dirty if the working copy had
// changes, and the commit that it was built from.
func version(info *debug.BuildInfo, ok bool) string {
	if !ok || info.Main.Version == "" {
		return "of unknown version"
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	text := info.Main.Version
	if revision := settings["vcs.revision"]; revision != "" {
		text += " (" + revision + ", " + settings["vcs.time"] + ")"
	}
	return text
}
