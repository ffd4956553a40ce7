package command_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"allclear/generator/command"
)

// hostileParts are what a terminal or a CI runner obeys, and what a person does
// not see.
var hostileParts = []string{
	"\x1b[2J", "\x1b]0;title\x07", "\x1b]8;;https://evil.example\x1b\\", "\x1b[8m", "\x1bc", "\x9b31m", "\x90q\x9c", "\u009b1m", "\b\b\b", "\r", "\x7f", "\x00",
	"::stop-commands::x", "::set-output name=a::b", "::add-mask::a", "  ::warning::x", "\t::error file=a::x", "\n::error::x", "\r\n::debug::x", "\u00a0::group::x", "\u2003::notice::x", "\u3000::endgroup::",
	"##[stop-commands]x", "##[error]x", " a ##[command]b", "##vso[task.setvariable]x", "\n##[group]x", "#", "##", "[", ":",
	"\u202e", "\u2066", "\u200b", "\u200f", "\u2028", "\u2029::error::x", "\u0085", "\ufeff", "\U000e0041", "\u00ad", "\xff", "\xc3", "\"", "'", "%0A::error::x", "a", " ", "…",
}

// hostileTexts are n texts of such parts. A seed makes them the same each time.
func hostileTexts(n int) []string {
	random := rand.New(rand.NewPCG(1, 2))
	texts := append([]string{}, hostileParts...)
	for len(texts) < n {
		text := ""
		for range 1 + random.IntN(5) {
			text += hostileParts[random.IntN(len(hostileParts))]
		}
		texts = append(texts, text)
	}
	return texts[:n]
}

// obeyed returns the first line that a terminal or a CI runner would obey, or in
// which something is hidden; "" if there is none. What check says itself to
// GitHub is no such line.
func obeyed(printed string) string {
	for line := range strings.SplitSeq(printed, "\n") {
		own := strings.HasPrefix(line, "::error file=") || strings.HasPrefix(line, "::warning file=")
		hidden := strings.ContainsFunc(line, func(r rune) bool {
			joiner := r == '\u200c' || r == '\u200d'
			return unicode.IsControl(r) && r != '\t' || unicode.Is(unicode.Cf, r) && !joiner || r == '\u2028' || r == '\u2029'
		})
		if hidden || !utf8.ValidString(line) || strings.Contains(line, "##[") || strings.Contains(line, "##vso[") || !own && strings.HasPrefix(strings.TrimSpace(line), "::") {
			return line
		}
	}
	return ""
}

// TestNoTextOfAStrangerIsObeyed puts hostile texts into everything that a command
// may print: files' names, every field, arguments and the environment.
func TestNoTextOfAStrangerIsObeyed(t *testing.T) {
	theme, err := filepath.Abs("../../themes/default")
	if err != nil {
		t.Fatal(err)
	}
	texts := hostileTexts(500)
	if testing.Short() {
		texts = texts[:len(hostileParts)]
	}
	for n := 0; n < len(texts); n += 25 {
		batch := texts[n:min(n+25, len(texts))]
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Chdir(t.TempDir())
			for _, run := range hostileRuns(t, batch) {
				var out bytes.Buffer
				ctx, cancel := context.WithCancel(t.Context())
				if run.args[0] == "serve" {
					cancel()
				}
				command.Run(ctx, command.Host{
					Args: run.args, Stdin: strings.NewReader(batch[0]), Stdout: &out, Stderr: &out, Now: clock, Theme: os.DirFS(theme),
					Getenv: func(key string) string {
						switch key {
						case "GITHUB_ACTIONS":
							return "true"
						case "SOURCE_DATE_EPOCH":
							return run.epoch
						}
						return ""
					},
				})
				cancel()
				if line := obeyed(out.String()); line != "" {
					t.Errorf("%q prints %q", run.args, line)
				}
			}
		})
	}
}

type hostileRun struct {
	args  []string
	epoch string
}

// hostileRuns makes a folder with the texts and returns command lines with them.
func hostileRuns(t *testing.T, texts []string) []hostileRun {
	t.Helper()
	for i, text := range texts {
		hostileFiles(t, i, text)
	}
	var runs []hostileRun
	add := func(args ...string) { runs = append(runs, hostileRun{args: args}) }
	for _, format := range []string{"text", "json", "github"} {
		add("check", "--format", format)
		add("check", "--format", format, "--content", "good")
		add("check", "--format", format, "--content", "broken")
	}
	add("build", "--verbose")
	add("build", "--verbose", "--content", "good")
	add("import", "statuspage", "recorded", "--content", "new", "--verbose")
	add("import", "cstate", "old", "--content", "new2", "--verbose")
	for _, text := range texts {
		for _, name := range []string{"build", "check", "explain", "import", "init", "next", "serve", "version", "help", "new", "update", "status", "diff", "rename", "verify", "schema"} {
			add(name, text)
			add(name, "--content", text)
			add(name, "--"+text)
		}
		add(text)
		add("build", "--output", text, "--content", "broken")
		add("build", "--now", text)
		add("build", "--base-url", text)
		add("check", "--format", text)
		add("serve", "--addr", text)
		add("import", text)
		add("import", "statuspage", text)
		add("import", "statuspage", "https://"+text)
		add("import", "cstate", text)
		add("import", "cstate", "old", "--timezone", text)
		add("update", "--content", "good", "-m", text)
		add("new", text, "--content", "good", "-c", text)
		runs = append(runs, hostileRun{args: []string{"build"}, epoch: text})
	}
	return runs
}

// hostileFiles writes files with a text in their names and in all that is in them.
// A name that the system refuses is left out.
func hostileFiles(t *testing.T, i int, text string) {
	t.Helper()
	try := func(name, content string) {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err == nil {
			_ = os.WriteFile(name, []byte(content), 0o666)
		}
	}
	quoted := strconv.Quote(text)
	settings := "title: " + quoted + "\nurl: https://status.example.com\ntimezone: Etc/UTC\ncomponents: [{ id: api, name: " + quoted + " }]\n"
	try("good/site.yaml", settings)
	try("content/site.yaml", settings+"theme: "+quoted+"\n"+quoted+": 1\nlogo: "+quoted+"\n")
	try("broken/site.yaml", settings+text)
	name := strings.ReplaceAll(text, "/", "-")
	event := "---\ntitle: %s\ncomponent: %s\ninvestigating: 2022-01-01 00:00 UTC\n%s---\n\nText %s\n"
	try(fmt.Sprintf("good/incidents/e%d.md", i), fmt.Sprintf(event, quoted, "api", "", "text"))
	for _, folder := range []string{"content/incidents", "content/static", "content/maintenance", "content", "recorded", "old/content/issues"} {
		try(folder+"/"+name, text)
		try(folder+"/"+name+".md", fmt.Sprintf(event, quoted, quoted, "", text))
		try(folder+"/"+name+".json", `{"incidents":[{"id":`+quoted+`}]}`)
	}
	try(fmt.Sprintf("content/incidents/e%d.md", i), fmt.Sprintf(event, quoted, quoted, quoted+": 1\nresolved: "+quoted+"\nseverity: "+quoted+"\nrelated: "+quoted+"\naliases: "+quoted+"\n", text+"\n\n## "+text+"\n\n[a]("+text+") <b "+text+">\n\n## Resolved · "+text+" {"+text+"="+text+"}\n"))
	try(fmt.Sprintf("broken/incidents/e%d.md", i), text)
	try(fmt.Sprintf("broken/incidents/f%d.md", i), "---\ntitle: "+text+"\n  x: [ "+text+"\n---\n"+text)
	try("recorded/incidents.json", `{"page":{"id":"a","name":`+jsonOf(text)+`,"time_zone":`+jsonOf(text)+`},"incidents":[{"id":`+jsonOf(text)+`,"name":`+jsonOf(text)+
		`,"impact":`+jsonOf(text)+`,"created_at":"2022-01-01T00:00:00Z","incident_updates":[{"id":`+jsonOf(text)+`,"status":`+jsonOf(text)+`,"body":`+jsonOf(text)+`,"created_at":"2022-01-01T00:00:00Z"}]}]}`)
	try("old/config.yml", "title: "+quoted+"\nparams:\n  categories:\n    - name: "+quoted+"\n  systems:\n    - name: "+quoted+"\n")
	try(fmt.Sprintf("old/content/issues/i%d.md", i), "---\ntitle: "+quoted+"\ndate: "+quoted+"\nresolved: "+quoted+"\nseverity: "+quoted+"\naffected: ["+quoted+"]\nsection: issue\n"+quoted+": 1\n---\n"+text+"\n")
}

// jsonOf is a text as a JSON string; bytes that are not UTF-8 stay.
func jsonOf(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		if r < ' ' || r == '"' || r == '\\' {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
