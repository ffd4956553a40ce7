package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"charm.land/huh/v2"
	"github.com/spf13/cobra"

	"allclear/generator/check"
	"allclear/generator/git"
	"allclear/generator/starter"
)

// initiation is a run of init.
type initiation struct {
	host    *Host
	folder  string
	site    starter.Site
	adopted bool // the folder has content already
}

func newInit(h *Host) *cobra.Command {
	i := &initiation{host: h}
	cmd := &cobra.Command{
		Use:   "init DIR",
		Short: "Create a site, and what a host needs to publish it",
		Example: `  allclear init my-status                               only my-status/content
  allclear init my-status --host github                 a repository that publishes itself
  allclear init . --host netlify --title "Acme" --url https://status.example.com
  allclear init . --host gitlab                         adds what GitLab needs to a content/ that is here`,
		Long: `init creates a small content folder in DIR, with samples that are drafts, ready
to build and to edit. With --host it makes a repository of it that is published as
it stands: the files of the host, which check each change, make previews and
rebuild the page when the clock changes it; allclearw, which downloads the release
that it names and runs it; CODEOWNERS; and a README.md and an AGENTS.md for those
who write. On a terminal it asks for what is missing.

It overwrites nothing. If DIR has a content folder, only the files of the host are
added. If one of those exists already, nothing is written; an allclearw, a
README.md, an AGENTS.md, a CODEOWNERS, a .gitignore or a .gitattributes that exists
is kept.

allclearw runs the release that this program is of; for a program from a clone of
allclear's repository, the newest one of that repository; or that of --release. If
none is known, the variable ALLCLEAR_RELEASE says it where allclearw runs.`,
		Annotations: exits("the files are created", "a file exists already, or could not be written"),
		Args:        arguments("the folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			i.folder = args[0]
			if err := i.prepare(cmd); err != nil {
				return err
			}
			return i.run()
		},
	}
	cmd.Flags().StringVar(&i.site.Host, "host", "", "where it is published: "+strings.Join(starter.Hosts(), ", "))
	must(cmd.RegisterFlagCompletionFunc("host", cobra.FixedCompletions(starter.Hosts(), cobra.ShellCompDirectiveNoFileComp)))
	cmd.Flags().StringVar(&i.site.Title, "title", "", "the `name` of what the site reports on")
	cmd.Flags().StringVar(&i.site.URL, "url", "", "the site's `URL`")
	cmd.Flags().StringVar(&i.site.Owners, "owners", "", "`who` must approve changes of code, as in CODEOWNERS: \"@example/admins\"")
	cmd.Flags().StringVar(&i.site.Release, "release", "", "the `URL` of the release that allclearw runs: the folder that has its checksums.txt")
	return cmd
}

// prepare checks the command line, and asks for what is missing.
func (i *initiation) prepare(cmd *cobra.Command) error {
	if i.folder == "" {
		return wrongUsage(cmd, "the folder's name is empty; for the current folder write a dot")
	}
	if info, err := os.Stat(i.folder); err == nil && !info.IsDir() {
		return fmt.Errorf("%s is a file, not a folder", i.folder)
	}
	if hosts := starter.Hosts(); i.site.Host != "" && !slices.Contains(hosts, i.site.Host) {
		return wrongUsage(cmd, "--host: %q is not one of %s%s", i.site.Host, strings.Join(hosts, ", "), near(i.site.Host, hosts))
	}
	i.adopted = !missing(filepath.Join(i.folder, "content", "site.yaml"))
	if i.host.interactive() {
		if err := i.ask(cmd.Context()); err != nil {
			return err
		}
	}
	if err := i.checkFlags(cmd); err != nil {
		return err
	}
	i.site.Title = strings.TrimSpace(i.site.Title)
	if i.site.Release == "" {
		i.site.Release = i.host.release(cmd.Context())
	}
	return nil
}

// checkFlags checks the site's own words, and writes addresses in one way.
func (i *initiation) checkFlags(cmd *cobra.Command) error {
	for _, flag := range []string{"release", "owners"} {
		if cmd.Flags().Changed(flag) && i.site.Host == "" {
			return wrongUsage(cmd, "--%s needs --host, since the content alone says nothing of it", flag)
		}
	}
	if strings.ContainsFunc(i.site.Title+i.site.Owners, func(r rune) bool { return r < ' ' }) {
		return wrongUsage(cmd, "--title and --owners are one line each")
	}
	if i.site.URL != "" {
		address, err := check.BaseURL(i.site.URL)
		if err != nil {
			return wrongUsage(cmd, "--url: %q is not a site's URL: %v", i.site.URL, err)
		}
		i.site.URL = address
	}
	if i.site.Release != "" {
		address, err := starter.ReleaseAddress(i.site.Release)
		if err != nil {
			return wrongUsage(cmd, "--release: %v", err)
		}
		i.site.Release = address
	}
	return nil
}

// ask asks for what the command line leaves out.
func (i *initiation) ask(ctx context.Context) error {
	var fields []huh.Field
	if i.site.Title == "" && !i.adopted {
		fields = append(fields, lineField("What does the page report on?", "Example", &i.site.Title))
	}
	if i.site.URL == "" && !i.adopted {
		fields = append(fields, huh.NewInput().Title("At which address? It can be changed until the page is public.").
			Placeholder("https://status.example.com").Value(&i.site.URL).Validate(isURL))
	}
	if i.site.Host == "" {
		options := []huh.Option[string]{huh.NewOption("only the content", "")}
		for _, host := range starter.Hosts() {
			options = append(options, huh.NewOption(host, host))
		}
		fields = append(fields, huh.NewSelect[string]().Title("Where is it published?").Options(options...).Value(&i.site.Host))
	}
	return i.host.ask(ctx, fields)
}

// isURL is for an address that may be left out.
func isURL(text string) error {
	if text == "" {
		return nil
	}
	_, err := check.BaseURL(text)
	return err
}

// release is the address of the release that this program is of, or, in a clone of
// its repository, of the newest one. It is "" if neither is known.
func (h *Host) release(ctx context.Context) string {
	if address, err := starter.ReleaseAddress(h.Stamp.Release); err == nil {
		return address
	}
	clone, err := git.Open(ctx, ".")
	if err != nil {
		return ""
	}
	root, err := clone.Root(ctx)
	if err != nil {
		return ""
	}
	module, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil || !strings.HasPrefix(string(module), "module allclear\n") {
		return ""
	}
	return starter.ReleaseOf(clone.Remote(ctx), clone.Version(ctx))
}

func (i *initiation) run() error {
	files, err := starter.Files(i.site, i.host.Action)
	if err != nil {
		return err
	}
	schema, err := json.MarshalIndent(check.SchemaOf("site", nil), "", "  ")
	if err != nil {
		return err
	}
	files = append(files, starter.File{Path: "schema/site.json", Text: string(schema) + "\n", Kind: starter.Content})
	files, kept, err := i.choose(files)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := writeNew(i.path(f), f.Text); err != nil {
			return err
		}
	}
	return i.printNextSteps(files, kept)
}

func (i *initiation) path(f starter.File) string {
	return filepath.Join(i.folder, filepath.FromSlash(f.Path))
}

// choose divides files into those to write and those that exist and are kept. If one
// of the others exists, none is to be written.
func (i *initiation) choose(files []starter.File) (write, kept []starter.File, err error) {
	adopt := i.adopted && i.site.Host != ""
	var existing []string
	for _, f := range files {
		exists := !missing(i.path(f))
		switch {
		case f.Kind == starter.Content && adopt && (exists || f.Path != "schema/site.json"):
		case !exists:
			write = append(write, f)
		case f.Kind == starter.Advice, f.Path == "allclearw": // every host's files run the same one
			kept = append(kept, f)
		default:
			existing = append(existing, i.path(f))
		}
	}
	if len(existing) > 0 {
		return nil, nil, fmt.Errorf("nothing was written, since init overwrites nothing and these files exist: %s", strings.Join(existing, ", "))
	}
	return write, kept, nil
}

func missing(name string) bool {
	_, err := os.Lstat(name)
	return errors.Is(err, fs.ErrNotExist)
}

// writeNew writes a file that does not exist. A script can be run.
func writeNew(to, text string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return err
	}
	mode := fs.FileMode(0o666)
	if strings.HasPrefix(text, "#!") {
		mode = 0o777
	}
	file, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Close())
}

func (i *initiation) printNextSteps(files, kept []starter.File) error {
	var b strings.Builder
	for _, f := range files {
		fmt.Fprintf(&b, "wrote %s\n", i.path(f))
	}
	for _, f := range kept {
		fmt.Fprintf(&b, "kept %s, which exists%s\n", i.path(f), lacks(f))
	}
	b.WriteString("\nNext:\n")
	if filepath.Clean(i.folder) != "." {
		fmt.Fprintf(&b, "  cd %s\n", i.folder)
	}
	b.WriteString(`  allclear serve     preview the site live while you write
  allclear check     find errors in the content
  allclear build     build the site into public/
`)
	if !i.adopted {
		b.WriteString(`
Then put your own components into content/site.yaml. The samples are drafts, which
only the preview shows: delete them when you have seen them.
`)
	}
	b.WriteString(i.aboutHost(kept))
	_, err := fmt.Fprint(i.host.Stdout, b.String())
	return err
}

// lacks says what a file that was kept may not have.
func lacks(f starter.File) string {
	switch f.Path {
	case "allclearw":
		return "; it runs the release that it names"
	case ".gitignore", ".gitattributes", "CODEOWNERS":
		var lines []string
		for line := range strings.Lines(f.Text) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
				lines = append(lines, line)
			}
		}
		if len(lines) > 0 {
			return "; it needs " + strings.Join(lines, ", ")
		}
	}
	return ""
}

// aboutHost says how the site gets online, also if README.md is one that was kept.
func (i *initiation) aboutHost(kept []starter.File) string {
	if i.site.Host == "" {
		return ""
	}
	var b strings.Builder
	steps, scripted := "", true
	for _, f := range kept {
		switch f.Path {
		case "README.md":
			_, steps, _ = strings.Cut(f.Text, "\n## How it gets online\n")
		case "allclearw":
			scripted = false
		}
	}
	if steps == "" {
		b.WriteString("\nTo publish it, see README.md:\n")
	} else {
		b.WriteString("\nTo publish it:\n")
	}
	if missing(filepath.Join(i.folder, ".git")) {
		b.WriteString("  git init --initial-branch main\n")
	}
	b.WriteString("  git add --all && git commit --message \"A status page\"\n")
	b.WriteString(steps)
	if i.site.Release == "" && scripted {
		b.WriteString(`
allclearw does not know which release to run, since this program is none: set the
variable ALLCLEAR_RELEASE where it runs, or write the line release= in allclearw.
`)
		if i.site.Host == "github" {
			b.WriteString("On GitHub a pull request of a fork sees no variable, so it needs the line.\n")
		}
	}
	return b.String()
}
