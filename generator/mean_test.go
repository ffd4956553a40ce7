package generator_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// meanShapes are kinds of content that a stranger might send to make a build
// slow, or its output huge. Each makes files of about a number of bytes in all.
var meanShapes = []struct {
	name string
	make func(r *rand.Rand, bytes int) map[string]string
}{
	{"tiny events", func(r *rand.Rand, bytes int) map[string]string {
		return eachEvent(bytes, func(i int) string { return event("resolved: " + meanTime(r) + "\n") })
	}},
	{"tiny events in nine languages", func(r *rand.Rand, bytes int) map[string]string {
		files := eachEvent(bytes, func(i int) string { return event("resolved: " + meanTime(r) + "\n") })
		files["site.yaml"] = "languages: [en, ar, de, es, fr, hi, ja, pt-BR, zh-Hans]\n" + settings(1)
		return files
	}},
	{"empty files", func(_ *rand.Rand, bytes int) map[string]string {
		files := map[string]string{}
		for i := range bytes / 30 { // what git needs for the name of a file
			files[fmt.Sprintf("incidents/%d/e%d.md", i/1000, i)] = ""
		}
		return files
	}},
	{"many updates", func(r *rand.Rand, bytes int) map[string]string {
		return eachEvent(bytes, func(int) string {
			return event("component: api\ninvestigating: 2020-01-01 00:00 UTC\n") + meanUpdates(500, func(int) string { return "" })
		})
	}},
	{"updates that correct", func(r *rand.Rand, bytes int) map[string]string {
		return eachEvent(bytes, func(int) string {
			return event("component: api\ninvestigating: 2020-01-01 00:00 UTC\n") + meanUpdates(500, func(i int) string {
				if r.IntN(2) == 0 {
					return fmt.Sprintf(" {#a%d corrects=nothing%d}", i, i)
				}
				return fmt.Sprintf(" {#a%d corrects=a%d}", i, max(i-1-r.IntN(20), 0))
			})
		})
	}},
	{"updates times components", func(_ *rand.Rand, bytes int) map[string]string {
		files := eachEvent(bytes, func(int) string {
			return event("component: ["+list(40, "c%d")+"]\nseverity: minor\ninvestigating: 2020-01-01 00:00 UTC\n") + meanUpdates(60, func(int) string { return "" })
		})
		files["site.yaml"] = settings(200)
		return files
	}},
	{"events of all components", func(r *rand.Rand, bytes int) map[string]string {
		n := 1 + min(bytes/100, 1999)
		files := eachEvent(bytes, func(int) string {
			return event("component: [" + list(n, "c%d") + "]\nseverity: major\ninvestigating: " + meanTime(r) + "\n")
		})
		files["site.yaml"] = settings(n)
		return files
	}},
	{"incidents open since 1970", func(r *rand.Rand, bytes int) map[string]string {
		files := eachEvent(bytes, func(int) string {
			return event(fmt.Sprintf("component: [%s]\nseverity: major\nstarted: 1970-01-02 00:00 UTC\ninvestigating: 1970-01-%02d 00:00 UTC\n", list(8, "c%d"), 2+r.IntN(20)))
		})
		files["site.yaml"] = settings(100)
		return files
	}},
	{"maintenance to come", func(r *rand.Rand, bytes int) map[string]string {
		return eachFile(bytes, "maintenance/m%d.md", func(i int) string {
			from := time.Date(2027, 1, 1, 0, 17*i, 0, 0, time.UTC)
			return event("component: api\nscheduled: 2026-01-01 00:00 UTC\nscheduled_for: " + from.Format(time.RFC3339) + "\nscheduled_until: " + from.Add(48*time.Hour).Format(time.RFC3339) + "\n")
		})
	}},
	{"announcements", func(r *rand.Rand, bytes int) map[string]string {
		return eachFile(bytes, "announcements/a%d.md", func(int) string { return event("from: 1970-01-02 00:00 UTC\n") })
	}},
	{"long titles of related events", func(r *rand.Rand, bytes int) map[string]string {
		return eachEvent(bytes, func(i int) string {
			return "---\ntitle: " + strings.Repeat("long ", 10000) + "\ninvestigating: " + meanTime(r) + "\nrelated: [" + list(min(100, 1+bytes/60000), "e%d") + "]\n---\n\nText.\n"
		})
	}},
	{"unknown names", func(r *rand.Rand, bytes int) map[string]string {
		return eachEvent(bytes, func(i int) string {
			return event(fmt.Sprintf("component: [%s]\nrelated: [%s]\ninvestigating: %s\nkey%d: 1\n", list(30, "api-%d"), list(30, "evnt-%d"), meanTime(r), i))
		})
	}},
	{"link references", func(r *rand.Rand, bytes int) map[string]string {
		return eachEvent(bytes, func(int) string {
			n := 1 << r.IntN(15)
			return event("investigating: "+meanTime(r)+"\n") + "[a]: /" + strings.Repeat("x", n) + " '" + strings.Repeat("y", n/2) + "'\n\n" + strings.Repeat("[a] ![a]\n\n", 1+r.IntN(90000/n))
		})
	}},
	{"nested Markdown", func(r *rand.Rand, bytes int) map[string]string {
		return eachEvent(bytes, func(int) string {
			return event("investigating: "+meanTime(r)+"\n") + meanMarkdown(r, 1+r.IntN(60000))
		})
	}},
	{"broken YAML", func(r *rand.Rand, bytes int) map[string]string {
		return eachEvent(bytes, func(int) string { return "---\ntitle: A\n" + meanYAML(r, 1+r.IntN(60000)) + "\n---\n\nText.\n" })
	}},
	{"a broken site.yaml", func(r *rand.Rand, bytes int) map[string]string {
		return map[string]string{"site.yaml": settings(1) + meanYAML(r, min(bytes, 900_000))}
	}},
	{"headings", func(r *rand.Rand, bytes int) map[string]string {
		return eachEvent(bytes, func(int) string {
			return event("investigating: "+meanTime(r)+"\n") + "## " + strings.Repeat(meanPiece(r), 1+r.IntN(100_000)) + "\n" + strings.Repeat("## "+meanPiece(r)+"\n", 1+r.IntN(20_000))
		})
	}},
	{"aliases", func(r *rand.Rand, bytes int) map[string]string {
		n := 0
		return eachEvent(bytes, func(int) string {
			n++
			return event("investigating: " + meanTime(r) + "\naliases: [" + list(100, fmt.Sprintf("/%d/", n)+"%d") + "]\n")
		})
	}},
	{"components", func(r *rand.Rand, bytes int) map[string]string {
		var b strings.Builder
		b.WriteString("title: A\nurl: https://status.example.com\nuptime: { days: 366 }\ncomponents:\n")
		for i := range min(2000, 1+bytes/500) {
			fmt.Fprintf(&b, "  - { id: c%d, name: C, start_date: 1970-01-02, aliases: [%s], api_id: x%d }\n", i, list(5, fmt.Sprintf("c%d-", i)+"%d"), i)
		}
		return map[string]string{"site.yaml": b.String(), "incidents/a.md": event("component: c0\ninvestigating: 1970-01-03 00:00 UTC\n")}
	}},
	{"translations", func(r *rand.Rand, bytes int) map[string]string {
		files := map[string]string{"site.yaml": "languages: [en, de]\n" + settings(1)}
		for name, text := range eachEvent(bytes/2, func(int) string {
			return event("investigating: 2020-01-01 00:00 UTC\n") + meanUpdates(100, func(int) string { return "" })
		}) {
			files[name] = text
			files[strings.TrimSuffix(name, ".md")+".de.md"] = "---\ntitle: A\n---\n\nText.\n" + meanUpdates(100, func(int) string { return "" })
		}
		return files
	}},
	{"static files", func(_ *rand.Rand, bytes int) map[string]string {
		files := map[string]string{}
		for i := range bytes / 100 {
			files[fmt.Sprintf("static/f%d/%d.txt", i%39, i)] = "x"
		}
		return files
	}},
	{"any bytes", func(r *rand.Rand, bytes int) map[string]string {
		return eachEvent(bytes, func(int) string {
			text := make([]byte, 1+r.IntN(100_000))
			for i := range text {
				text[i] = byte(r.Uint32())
			}
			return string(text)
		})
	}},
}

// eachEvent is incidents until they have a number of bytes.
func eachEvent(bytes int, text func(i int) string) map[string]string {
	return eachFile(bytes, "incidents/e%d.md", text)
}

func eachFile(bytes int, name string, text func(i int) string) map[string]string {
	files := map[string]string{}
	for i := 0; bytes > 0; i++ {
		file := text(i)
		folder, base, _ := strings.Cut(fmt.Sprintf(name, i), "/")
		files[fmt.Sprintf("%s/%d/%s", folder, i/1000, base)] = file
		bytes -= len(file)
	}
	return files
}

func meanUpdates(n int, attributes func(i int) string) string {
	var b strings.Builder
	for i := range n {
		at := time.Date(2020, 1, 1, 1, i, 0, 0, time.UTC)
		fmt.Fprintf(&b, "\n## %s%s\n\nx\n", at.Format("2006-01-02 15:04 UTC"), attributes(i))
	}
	return b.String()
}

// meanTime is any minute since 1970.
func meanTime(r *rand.Rand) string {
	return time.Unix(86400+r.Int64N(56*365*86400), 0).UTC().Format("2006-01-02 15:04 UTC")
}

var meanPieces = []string{"> ", "- ", "1. ", "* ", "  ", "\t", "[", "](", "][", "]: ", "![", "](/a)", "*", "**", "_", "~~", "`", "``", "\\`", "<", "<a ", "<!--", "&amp;", "&#x", "|", "|-|\n", "---\n", "\n", "\n\n", "a", "a ", "```\n", "~~~", "#", "## ", "http://a.b/", "www.a.b", "a@b.c", "\\", "\\\n", "  \n", "(", ")", "\"", "'", "{", "}", "é", "\u00a0", ":", "- [ ] "}

func meanPiece(r *rand.Rand) string { return meanPieces[r.IntN(len(meanPieces))] }

// meanMarkdown is pieces of Markdown, each repeated many times.
func meanMarkdown(r *rand.Rand, bytes int) string {
	var b strings.Builder
	for b.Len() < bytes {
		piece := meanPiece(r) + meanPiece(r)
		if r.IntN(3) == 0 {
			piece = meanPiece(r)
		}
		b.WriteString(strings.Repeat(piece, 1<<r.IntN(14)))
	}
	return b.String()[:bytes]
}

func meanYAML(r *rand.Rand, bytes int) string {
	pieces := []string{"a: ", "- ", "[", "]", "{", "}", ", ", "&a ", "*a ", "!!str ", "? ", "'", "\"", "\n", "\n  ", "\n    ", "|\n  ", ">\n  ", "#", " # ", ": ", "x", "\\u0041", "<<: ", "%", "@", "`", "k%d: v\n", "é", "{a: [", "'': "}
	var b strings.Builder
	for b.Len() < bytes {
		piece := pieces[r.IntN(len(pieces))]
		if r.IntN(2) == 0 {
			piece += pieces[r.IntN(len(pieces))]
		}
		for i := range 1 << r.IntN(14) {
			b.WriteString(strings.ReplaceAll(piece, "%d", fmt.Sprint(i)))
		}
	}
	return b.String()[:bytes]
}
