package command

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion(h *Host) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Which allclear this is",
		Example: "  allclear version",
		Long: `version prints the version of this program and the commit that it was built
from, where the toolchain recorded them. Nothing of it stands in any page.`,
		Args:                  arguments(),
		DisableFlagsInUseLine: true,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(h.Stdout, "allclear %s, %s %s/%s\n", version(debug.ReadBuildInfo()), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

// version is the module's version, which ends in +dirty where the tree had
// changes, and the commit it was built from.
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
