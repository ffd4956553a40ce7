package command_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"allclear/generator"
	"allclear/generator/command"
)

// Each rule has an archive, explain/<code>.txtar, with
//
//	bad/…    a folder that breaks the rule, as a writer might
//	good/…   the same without the error
//	base/…   what is public, for a rule of check --against
//	output   what `allclear check` prints in bad/
//	flags    flags for check in both, if any is needed
//	links    lines `bad/content/x -> target`, symbolic links, if any is needed;
//	         the targets `a socket` and `no permission` mean a socket and a file
//	         that nobody may read
//
// A folder without a content/site.* gets defaultSite. A line with
// "(and so on for 70000 bytes)" is repeated for as long, "(byte ff)" becomes
// that byte. The current time is that of clock.
//
//	go test ./generator/command -run TestExplanations -update
//
// writes output again; read the diff.
var update = flag.Bool("update", false, "write what check prints into the explanations")

const defaultSite = `title: Example
url: https://status.example.com
components:
  - { id: website, name: Website }
  - { id: api, name: API }
remind: 720h
`

func TestExplanationsHaveTheOutputOfCheck(t *testing.T) {
	folder, err := filepath.Abs("../../themes/default")
	if err != nil {
		t.Fatal(err)
	}
	theme := os.DirFS(folder)
	for _, rule := range generator.Rules() {
		t.Run(rule.Code, func(t *testing.T) {
			name, err := filepath.Abs("explain/" + rule.Code + ".txtar")
			if err != nil {
				t.Fatal(err)
			}
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			flags := strings.Fields(member(archive, "flags"))

			got, status := checkIn(t, theme, archive, "bad", flags)
			if *update {
				setMember(archive, "output", got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(member(archive, "output"), got); diff != "" {
				t.Errorf("check in bad/ (-want +got):\n%s", diff)
			}
			if !strings.Contains(got, ": "+rule.Level.String()+": ") || !strings.Contains(got, " ["+rule.Code+"]\n") {
				t.Errorf("the bad example does not break the rule:\n%s", got)
			}
			if broken := strings.Contains(got, ": error: "); broken != (status == 1) {
				t.Errorf("check in bad/ exits with %d:\n%s", status, got)
			}
			if got, _ := checkIn(t, theme, archive, "good", flags); !strings.HasPrefix(got, "no mistakes\n") {
				t.Errorf("the good example has mistakes:\n%s", got)
			}
		})
	}
}

func TestEveryExplanationIsOfARule(t *testing.T) {
	known := map[string]bool{}
	for _, rule := range generator.Rules() {
		known[rule.Code+".txtar"] = true
	}
	entries, err := os.ReadDir("explain")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !known[entry.Name()] {
			t.Errorf("explain/%s belongs to no rule", entry.Name())
		}
	}
}

func TestTheTitleAndTheReasonOfARuleAreSentences(t *testing.T) {
	seen := map[string]bool{}
	for _, rule := range generator.Rules() {
		if seen[rule.Code] {
			t.Errorf("two rules have the code %s", rule.Code)
		}
		seen[rule.Code] = true
		if !begins.MatchString(rule.Title) || strings.HasSuffix(rule.Title, ".") {
			t.Errorf("%s: the title must begin like a sentence and have no full stop: %q", rule.Code, rule.Title)
		}
		if !begins.MatchString(rule.Why) || !strings.HasSuffix(rule.Why, ".") {
			t.Errorf("%s: why must be sentences: %q", rule.Code, rule.Why)
		}
	}
}

// begins is how a sentence does; static/ and the like keep their case.
var begins = regexp.MustCompile(`^([A-Z]|[a-z._]+/ )`)

// checkIn runs check in a folder of the archive and returns what it prints.
func checkIn(t *testing.T, theme fs.FS, archive *txtar.Archive, folder string, flags []string) (printed string, status int) {
	t.Helper()
	dir := t.TempDir()
	if !holdsSite(archive, folder) {
		writeFile(t, filepath.Join(dir, "content/site.yaml"), defaultSite)
	}
	for _, f := range archive.Files {
		if name, ok := strings.CutPrefix(f.Name, folder+"/"); ok {
			writeFile(t, filepath.Join(dir, name), expand(string(f.Data)))
		}
	}
	if name := member(archive, "flags"); strings.Contains(name, "--against base/content") {
		for _, f := range archive.Files {
			if strings.HasPrefix(f.Name, "base/") {
				writeFile(t, filepath.Join(dir, f.Name), expand(string(f.Data)))
			}
		}
		if !holdsSite(archive, "base") {
			writeFile(t, filepath.Join(dir, "base/content/site.yaml"), defaultSite)
		}
	}
	t.Chdir(dir)
	for line := range strings.Lines(member(archive, "links")) {
		name, target, _ := strings.Cut(strings.TrimSpace(line), " -> ")
		if name, ok := strings.CutPrefix(name, folder+"/"); ok {
			link(t, name, target)
		}
	}
	var stdout, stderr bytes.Buffer
	status = command.Run(t.Context(), command.Host{
		Args:   append([]string{"check"}, flags...),
		Getenv: func(string) string { return "" },
		Stdin:  strings.NewReader(""),
		Stdout: &stdout,
		Stderr: &stderr,
		Now:    clock,
		Theme:  theme,
	})
	if stderr.Len() > 0 {
		t.Errorf("check says on standard error: %s", &stderr)
	}
	return stdout.String(), status
}

// holdsSite reports whether a folder of the archive has a site.yaml, whatever
// its name ends in.
func holdsSite(archive *txtar.Archive, folder string) bool {
	return slices.ContainsFunc(archive.Files, func(f txtar.File) bool {
		return strings.HasPrefix(f.Name, folder+"/content/site.")
	})
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, name, target string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	switch target {
	case "a socket":
		socket, err := net.Listen("unix", name)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { socket.Close() })
	case "no permission":
		if err := os.WriteFile(name, nil, 0); err != nil {
			t.Fatal(err)
		}
		if _, err := os.ReadFile(name); err == nil {
			t.Skip("the user who runs the tests may read everything")
		}
	default:
		if err := os.Symlink(target, name); err != nil {
			t.Fatal(err)
		}
	}
}

var (
	andSoOn  = regexp.MustCompile(`(?m)^.*\(and so on for (\d+) bytes\).*\n`)
	rareByte = regexp.MustCompile(`\(byte ([0-9a-f]{2})\)`)
)

// expand writes out what an archive only hints at.
func expand(text string) string {
	text = andSoOn.ReplaceAllStringFunc(text, func(line string) string {
		size, err := strconv.Atoi(andSoOn.FindStringSubmatch(line)[1])
		if err != nil {
			panic(err)
		}
		return strings.Repeat(line, size/len(line)+1)
	})
	return rareByte.ReplaceAllStringFunc(text, func(name string) string {
		var b byte
		if _, err := fmt.Sscanf(name, "(byte %02x)", &b); err != nil {
			panic(err)
		}
		return string([]byte{b})
	})
}

func member(archive *txtar.Archive, name string) string {
	for _, f := range archive.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func setMember(archive *txtar.Archive, name, text string) {
	for i, f := range archive.Files {
		if f.Name == name {
			archive.Files[i].Data = []byte(text)
			return
		}
	}
	archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(text)})
}
