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
		Long: `version prints the version of this program, the commit that it was built from,
and the commit's date: as its release says, else as the toolchain recorded them.
No page contains them.`,
		Args: arguments(),
		RunE: func(*cobra.Command, []string) error {
			if showLicenses {
				_, err := io.WriteString(h.Stdout, licenses)
				return err
			}
			_, err := fmt.Fprintf(h.Stdout, "allclear %s, %s %s/%s\n", h.Stamp.text(debug.ReadBuildInfo()), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
	cmd.Flags().BoolVar(&showLicenses, "licenses", false, "print the license of allclear, of Go, and of each module in this program")
	return cmd
}

// Stamp is what the build of a release writes into the program. In a program that
// was built otherwise it is empty.
type Stamp struct {
	Version string // v1.2.3
	Commit  string
	Date    string // of the commit, RFC 3339
	Release string // the address of the folder that has the release's files, checksums.txt among them
}

// text is the version, and the commit and its date. What is not stamped is as the
// toolchain recorded it: the version of the module ends in +dirty if the working
// copy had changes.
func (s Stamp) text(info *debug.BuildInfo, ok bool) string {
	if s.Version == "" && ok {
		s.Version = info.Main.Version
		for _, setting := range info.Settings {
			switch setting.Key {
			case "vcs.revision":
				s.Commit = setting.Value
			case "vcs.time":
				s.Date = setting.Value
			}
		}
	}
	switch {
	case s.Version == "":
		return "of unknown version"
	case s.Commit == "":
		return s.Version
	}
	return s.Version + " (" + s.Commit + ", " + s.Date + ")"
}
