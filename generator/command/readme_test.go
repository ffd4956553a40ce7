package command_test

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"allclear/generator/command"
)

// The blocks of commands in README.md that only this list may leave out, by their
// first line, and why.
var notRun = map[string]string{
	"go run . build": "TestTheTwoCommandsBuildTheExample runs the first; the second runs this test",
	"allclear import statuspage https://status.example.com": "it asks the network; testdata/script/import.txt runs both with what was recorded",
}

// TestTheCommandsOfTheReadmeWork runs its blocks of commands one after the other, as
// a newcomer does who has the files of a release and nothing else.
func TestTheCommandsOfTheReadmeWork(t *testing.T) {
	if testing.Short() {
		t.Skip("this test compiles the program, which -short leaves out")
	}
	r := newRelease(t)
	if r.archive != "allclear_linux_amd64.tar.gz" {
		t.Skip("the commands are for Linux")
	}
	folder := t.TempDir()
	packed := readFile(t, filepath.Join(r.folder, r.archive))
	writeFile(t, filepath.Join(folder, r.archive), packed)
	ran := 0
	for _, block := range commandBlocks(t, "../../README.md") {
		first, _, _ := strings.Cut(block, "\n")
		if notRun[strings.TrimSpace(strings.Split(first, "#")[0])] != "" {
			continue
		}
		ran++
		if said, err := tryIn(t, folder, []string{"PATH=" + filepath.Dir(r.program) + ":/usr/bin:/bin"}, "bash", "-ec", withoutServe(block)); err != nil {
			t.Errorf("%v\n%s\n%s", err, block, said)
		}
		if strings.Contains(block, "cd my-status\n") {
			folder = filepath.Join(folder, "my-status")
		}
		if block != withoutServe(block) {
			serves(t, r, folder)
		}
	}
	if ran < 4 {
		t.Errorf("only %d blocks of commands were run", ran)
	}
}

// withoutServe leaves out the preview, which does not end.
func withoutServe(block string) string { return strings.ReplaceAll(block, "allclear serve\n", "") }

// serves expects the preview to show the page.
func serves(t *testing.T, r *release, folder string) {
	t.Helper()
	preview := exec.CommandContext(t.Context(), r.program, "serve", "--addr", "127.0.0.1:0")
	preview.Dir = folder
	said, err := preview.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	preview.Stdout = preview.Stderr
	if err := preview.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = preview.Process.Kill()
		_ = preview.Wait()
	}()
	for lines := bufio.NewScanner(said); lines.Scan(); {
		if at := regexp.MustCompile(`http://127\.0\.0\.1:\d+/`).FindString(lines.Text()); at != "" {
			if page := read(t, at); !strings.Contains(page, "Reports load slowly") || !strings.Contains(page, "Acme") {
				t.Errorf("the preview shows\n%.2000s", page)
			}
			return
		}
	}
	t.Error("the preview says no address")
}

var (
	fenced    = regexp.MustCompile("(?ms)^```(\\w*)\n(.*?)^```$")
	commandIn = regexp.MustCompile(`(?m)^(\./)?(allclear|aws|bash|curl|docker|git|go|sh|tar)\s`)
)

// commandBlocks are the blocks of a file that have commands.
func commandBlocks(t *testing.T, name string) []string {
	var blocks []string
	for _, found := range fenced.FindAllStringSubmatch(readFile(t, name), -1) {
		if found[1] == "" && commandIn.MatchString(found[2]) {
			blocks = append(blocks, found[2])
		}
	}
	return blocks
}

// TestTheTwoCommandsBuildTheExample runs the first of the two commands in a copy of
// the project.
func TestTheTwoCommandsBuildTheExample(t *testing.T) {
	if testing.Short() {
		t.Skip("this test compiles the program, which -short leaves out")
	}
	if !strings.Contains(readFile(t, "../../README.md"), "```\ngo run . build        # content/ → public/, the example site\ngo test ./...\n```\n") {
		t.Error("the two commands are not in README.md")
	}
	project := t.TempDir()
	copyProject(t, project)
	if said := runIn(t, project, nil, "go", "run", ".", "build"); !strings.Contains(said, "public: ") {
		t.Errorf("it says %s", said)
	}
}

// copyProject copies what the program is built from, and the example site.
func copyProject(t *testing.T, to string) {
	t.Helper()
	for _, part := range []string{"go.mod", "go.sum", "main.go", ".gitignore", ".github", "content", "generator", "themes"} {
		runIn(t, "../..", nil, "cp", "-R", part, to)
	}
}

var (
	inline = regexp.MustCompile("`(?:git pull --quiet; )?((?:sh allclearw|allclear) [^`]+)`")
	flagOf = regexp.MustCompile(`(?:^| )(--[a-z-]+)`)
)

// TestTheCommandsThatTextNamesExist holds each command in the text of the project's
// documents and of those that init writes: it and its flags are there.
func TestTheCommandsThatTextNamesExist(t *testing.T) {
	helpOf := map[string]string{}
	for _, name := range documents(t) {
		for _, found := range inline.FindAllStringSubmatch(readFile(t, name), -1) {
			words := strings.Fields(strings.ReplaceAll(found[1], `\|`, "|"))
			if words[0] == "sh" {
				words = words[1:]
			}
			if !regexp.MustCompile(`^[a-z]+$`).MatchString(words[1]) {
				continue // allclear …
			}
			help, known := helpOf[words[1]]
			if !known {
				help = printed(t, "help", words[1])
				helpOf[words[1]] = help
			}
			if help == "" {
				t.Errorf("%s: %s: there is no such command", name, found[1])
			}
			for _, flag := range flagOf.FindAllStringSubmatch(strings.Join(words, " "), -1) {
				if !strings.Contains(help, flag[1]) {
					t.Errorf("%s: %s: there is no %s", name, found[1], flag[1])
				}
			}
		}
	}
	if len(helpOf) < 12 {
		t.Errorf("only %d commands were found", len(helpOf))
	}
}

// printed is what the program prints, "" if it fails.
func printed(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if command.Run(t.Context(), command.Host{
		Args: args, Getenv: func(string) string { return "" }, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Now: clock,
	}) != 0 {
		return ""
	}
	return stdout.String()
}

// documents are the project's documents, and those that init writes.
func documents(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, pattern := range []string{"*.md", ".github/*.md", "tools/deploy/*.md", "generator/starter/files/*/*.md"} {
		found, err := filepath.Glob("../../" + pattern)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	return names
}

var linkIn = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// TestTheLinksOfTheDocumentsLead holds each relative link: the file exists, and the
// heading.
func TestTheLinksOfTheDocumentsLead(t *testing.T) {
	seen := 0
	for _, name := range documents(t) {
		for _, found := range linkIn.FindAllStringSubmatch(fenced.ReplaceAllString(readFile(t, name), ""), -1) {
			target := found[1]
			if strings.Contains(target, "://") || strings.HasPrefix(target, "../../releases") { // the forge's page
				continue
			}
			seen++
			file, anchor, _ := strings.Cut(target, "#")
			at := name
			if file != "" {
				at = filepath.Join(filepath.Dir(name), filepath.FromSlash(file))
			}
			if _, err := os.Stat(at); err != nil {
				t.Errorf("%s links to %s: %v", name, target, err)
			} else if anchor != "" && !anchors(t, at)[anchor] {
				t.Errorf("%s links to %s, which has no such heading", name, target)
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d links were found", seen)
	}
}

var (
	headingIn = regexp.MustCompile(`(?m)^#+ (.+)$`)
	dropped   = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// anchors are the anchors of a document's headings, as forges make them.
func anchors(t *testing.T, name string) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, found := range headingIn.FindAllStringSubmatch(readFile(t, name), -1) {
		all[strings.ReplaceAll(dropped.ReplaceAllString(strings.ToLower(found[1]), ""), " ", "-")] = true
	}
	return all
}
