package command

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"allclear/generator/check"
)

// starter is the sample content that init writes.
//
//go:embed starter
var starter embed.FS

func newInit(h *Host) *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: "Create a site with sample content",
		Example: `  allclear init my-status                create my-status/content
  allclear init .                        create content/ in the current folder`,
		Long: `init creates a small content folder in DIR, with one sample of each kind of
file, ready to build and to edit. It overwrites nothing: if one of its files
exists already, it writes none.`,
		Annotations:           exits("the content folder is created", "a file exists already, or could not be written"),
		DisableFlagsInUseLine: true,
		Args:                  arguments("the folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] == "" {
				return wrongUsage(cmd, "the folder's name is empty; for the current folder write a dot")
			}
			if info, err := os.Stat(args[0]); err == nil && !info.IsDir() {
				return fmt.Errorf("%s is a file, not a folder", args[0])
			}
			written, err := writeStarter(args[0])
			if err != nil {
				return err
			}
			return h.printNextSteps(args[0], written)
		},
	}
}

// writeStarter writes the files of starter into a folder, or none if one of them
// exists, and returns their names as the user would type them.
func writeStarter(folder string) ([]string, error) {
	content, err := fs.Sub(starter, "starter")
	if err != nil {
		return nil, err
	}
	var names, existing []string
	err = fs.WalkDir(content, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		names = append(names, name)
		if at := filepath.Join(folder, filepath.FromSlash(name)); !missing(at) {
			existing = append(existing, at)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	schema := filepath.Join(folder, "schema", "site.json")
	if !missing(schema) {
		existing = append(existing, schema)
	}
	if len(existing) > 0 {
		return nil, fmt.Errorf("nothing was written, since init overwrites nothing and these files exist: %s", strings.Join(existing, ", "))
	}
	var written []string
	for _, name := range names {
		at := filepath.Join(folder, filepath.FromSlash(name))
		if err := copyNew(content, name, at); err != nil {
			return written, err
		}
		written = append(written, at)
	}
	return append(written, schema), writeSchema(schema)
}

// writeSchema writes the schema that the first line of site.yaml names.
func writeSchema(to string) error {
	text, err := json.MarshalIndent(check.SchemaOf("site", nil), "", "  ")
	if err != nil {
		return err
	}
	return writeNew(to, append(text, '\n'))
}

func missing(name string) bool {
	_, err := os.Lstat(name)
	return errors.Is(err, fs.ErrNotExist)
}

func copyNew(from fs.FS, name, to string) error {
	data, err := fs.ReadFile(from, name)
	if err != nil {
		return err
	}
	return writeNew(to, data)
}

// writeNew writes a file that does not exist.
func writeNew(to string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	file, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Close())
}

func (h *Host) printNextSteps(folder string, written []string) error {
	var b strings.Builder
	for _, name := range written {
		fmt.Fprintf(&b, "wrote %s\n", name)
	}
	b.WriteString("\nNext:\n")
	if filepath.Clean(folder) != "." {
		fmt.Fprintf(&b, "  cd %s\n", folder)
	}
	b.WriteString(`  allclear serve     preview the site live while you write
  allclear check     find errors in the content
  allclear build     build the site into public/

Then put your own title, address and components into content/site.yaml, and
delete the samples.
`)
	_, err := fmt.Fprint(h.Stdout, b.String())
	return err
}
