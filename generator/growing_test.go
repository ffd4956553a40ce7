package generator_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/parallel"
)

// growing are contents of any size that once took time by the square of it.
var growing = []struct {
	name string
	size int // of the smaller content
	make func(n int) map[string]string
}{
	{"upcoming maintenances", 400, func(n int) map[string]string {
		return events(n, func(i int) (string, string) {
			from := time.Date(2027, 1, 1, 0, 17*i, 0, 0, time.UTC)
			return fmt.Sprintf("maintenance/m%d.md", i), "component: api\nscheduled: 2026-01-01 00:00 UTC\nscheduled_for: " + from.Format(time.RFC3339) + "\nscheduled_until: " + from.Add(48*time.Hour).Format(time.RFC3339) + "\n"
		})
	}},
	{"unknown ids", 500, func(n int) map[string]string {
		files := incidents(n, "")
		files["incidents/x.md"] = event("investigating: 2026-01-01 00:00 UTC\nrelated: [" + list(n, "from-elsewhere-%d") + "]\n")
		return files
	}},
	{"unknown components", 500, func(n int) map[string]string {
		files := incidents(n, "component: api-%d\n")
		files["site.yaml"] = settings(n)
		return files
	}},
	{"open incidents", 500, func(n int) map[string]string { return incidents(n, "component: api\nseverity: minor\n") }},
	{"related events", 500, func(n int) map[string]string {
		files := incidents(n, "")
		for name := range files {
			files[name] = event("investigating: 2026-01-01 00:00 UTC\nrelated: [" + list(min(n, 15), "e%d") + "]\n")
		}
		return files
	}},
	{"updates", 100, func(n int) map[string]string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "\n## 2026-01-01 %02d:%02d UTC\n\nText.\n", i/60, i%60)
		}
		return map[string]string{"incidents/a.md": event("component: api\ninvestigating: 2026-01-01 00:00 UTC\n") + b.String()}
	}},
	{"components", 250, func(n int) map[string]string {
		files := map[string]string{"site.yaml": settings(n)}
		files["incidents/a.md"] = event("component: [" + list(n, "c%d") + "]\nseverity: minor\ninvestigating: 2026-01-01 00:00 UTC\n")
		return files
	}},
	{"aliases", 25, func(n int) map[string]string {
		return map[string]string{"incidents/a.md": event("investigating: 2026-01-01 00:00 UTC\naliases: [" + list(n, "/old/%d") + "]\n")}
	}},
	{"link references", 200, func(n int) map[string]string {
		return map[string]string{"incidents/a.md": event("investigating: 2026-01-01 00:00 UTC\n") + "[a]: /" + strings.Repeat("x", n) + "\n\n" + strings.Repeat("[a]\n\n", n)}
	}},
	{"announcements", 500, func(n int) map[string]string {
		return events(n, func(i int) (string, string) {
			return fmt.Sprintf("announcements/a%d.md", i), "from: 2026-01-01 00:00 UTC\n"
		})
	}},
	{"files in static", 500, func(n int) map[string]string {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf("static/f/%d.txt", i)] = "x"
		}
		return files
	}},
	{"attributes", 500, func(n int) map[string]string {
		return map[string]string{"site.yaml": settings(n), "incidents/a.md": event("investigating: 2026-01-01 00:00 UTC\n") +
			"\n## 2026-01-02 00:00 UTC {" + strings.ReplaceAll(list(n, "c%d=major_outage"), ",", " ") + "}\n\nText.\n"}
	}},
}

func event(keys string) string { return "---\ntitle: A\n" + keys + "---\n\nText.\n" }

func events(n int, file func(i int) (name, keys string)) map[string]string {
	files := map[string]string{}
	for i := range n {
		name, keys := file(i)
		files[name] = event(keys)
	}
	return files
}

// incidents are n open incidents; a %d in the keys is the number of each.
func incidents(n int, keys string) map[string]string {
	return events(n, func(i int) (string, string) {
		return fmt.Sprintf("incidents/e%d.md", i), fmt.Sprintf("investigating: 2026-%02d-%02d 00:00 UTC\n", 1+i%5, 1+i%28) + strings.ReplaceAll(keys, "%d", fmt.Sprint(i))
	})
}

func list(n int, format string) string {
	items := make([]string, n)
	for i := range items {
		items[i] = fmt.Sprintf(format, i)
	}
	return strings.Join(items, ", ")
}

// settings are a site.yaml with n components.
func settings(n int) string {
	var b strings.Builder
	b.WriteString("title: A\nurl: https://status.example.com\ncomponents:\n  - { id: api, name: API }\n")
	for i := range n {
		fmt.Fprintf(&b, "  - { id: c%d, name: C %[1]d }\n", i)
	}
	return b.String()
}

func contentFolder(t testing.TB, files map[string]string) string {
	content := filepath.Join(t.TempDir(), "content")
	write(t, content, "site.yaml", settings(0))
	for name, text := range files {
		write(t, content, name, text)
	}
	return content
}

// render checks a content folder and writes each route to nowhere.
func render(t testing.TB, content string) *generator.Result {
	result, err := generator.Check(generator.Options{
		Content: content, Now: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC), Theme: os.DirFS("../themes/default"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if result.Output != nil {
		routes := result.Output.Routes
		parallel.Each(len(routes), func(i int) {
			if err := routes[i].Write(io.Discard); err != nil {
				t.Errorf("%s: %v", routes[i].Path, err)
			}
		})
	}
	return result
}
