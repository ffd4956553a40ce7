// Package testsite writes a content folder with any number of incidents for tests
// and benchmarks. The same number gives the same bytes. The program never imports
// it.
package testsite

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Last is the instant of the newest incident. All others are in the ten years
// before it.
var Last = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

const years = 10

// perMaintenance is the number of incidents per maintenance.
const perMaintenance = 20

// Write writes a content folder with incidents of six updates each, evenly
// distributed, and one maintenance for every twenty of them.
func Write(folder string, incidents int) error {
	random := rand.New(rand.NewPCG(1, 2))
	if err := writeFile(filepath.Join(folder, "site.yaml"), site); err != nil {
		return err
	}
	interval := years * 365 * 24 * time.Hour / time.Duration(max(incidents, 1))
	for i := range incidents {
		begin := Last.Add(-time.Duration(incidents-1-i) * interval).Truncate(time.Minute)
		id := fmt.Sprintf("%s-incident-%05d", begin.Format("2006-01-02"), i)
		name := filepath.Join(folder, "incidents", begin.Format("2006"), id+".md")
		if err := writeFile(name, incident(random, begin)); err != nil {
			return err
		}
		if i%perMaintenance != 0 {
			continue
		}
		id = fmt.Sprintf("%s-maintenance-%05d", begin.Format("2006-01-02"), i)
		name = filepath.Join(folder, "maintenance", begin.Format("2006"), id+".md")
		if err := writeFile(name, maintenance(random, begin)); err != nil {
			return err
		}
	}
	return nil
}

const site = `title: Example
url: https://status.example.com
components:
  - { id: website, name: Website }
  - { id: dashboard, name: Dashboard }
  - group: Europe
    components:
      - { id: eu-api, name: API }
      - { id: eu-ingestion, name: Ingestion }
      - { id: eu-email, name: Email }
      - { id: eu-push, name: Push }
  - group: Asia
    components:
      - { id: asia-api, name: API }
      - { id: asia-ingestion, name: Ingestion }
      - { id: asia-email, name: Email }
      - { id: asia-push, name: Push }
  - { id: webhooks, name: Webhooks }
  - { id: docs, name: Documentation }
`

var components = []string{
	"website", "dashboard", "eu-api", "eu-ingestion", "eu-email", "eu-push",
	"asia-api", "asia-ingestion", "asia-email", "asia-push", "webhooks", "docs",
}

func incident(random *rand.Rand, begin time.Time) string {
	step := func() time.Duration { return time.Duration(5+random.IntN(40)) * time.Minute }
	var at [6]time.Time
	at[0] = begin
	for i := 1; i < len(at); i++ {
		at[i] = at[i-1].Add(step())
	}
	first := random.IntN(len(components) - 1)
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\n", title(random))
	fmt.Fprintf(&b, "components: [%s, %s]\n", components[first], components[first+1])
	fmt.Fprintf(&b, "severity: %s\n", pick(random, "minor", "minor", "major", "critical"))
	fmt.Fprintf(&b, "investigating: %s\nidentified: %s\nmonitoring: %s\nresolved: %s\n---\n",
		stamp(at[0]), stamp(at[2]), stamp(at[4]), stamp(at[5]))
	fmt.Fprintf(&b, "\n%s", text(random))
	fmt.Fprintf(&b, "\n## %s {%s=major_outage}\n\n%s", stamp(at[1]), components[first], text(random))
	fmt.Fprintf(&b, "\n## Identified\n\n%s", text(random))
	fmt.Fprintf(&b, "\n## %s {%s=degraded_performance}\n\n%s", stamp(at[3]), components[first], text(random))
	fmt.Fprintf(&b, "\n## Monitoring\n\n%s", text(random))
	fmt.Fprintf(&b, "\n## Resolved\n\n%s", text(random))
	return b.String()
}

func maintenance(random *rand.Rand, begin time.Time) string {
	return fmt.Sprintf("---\ntitle: Upgrade of a database\ncomponent: %s\nscheduled: %s\nscheduled_for: %s\nscheduled_until: %s\n---\n\n%s",
		pick(random, components...), stamp(begin.Add(-7*24*time.Hour)), stamp(begin), stamp(begin.Add(2*time.Hour)), text(random))
}

func title(random *rand.Rand) string {
	return pick(random, "Elevated error rates", "Slow answers", "Delayed messages", "Failing sign-ins", "Missing data") +
		pick(random, " for some customers", " in one region", " during the deployment", "")
}

// text is an update of about 300 bytes, sometimes with a list.
func text(random *rand.Rand) string {
	sentences := []string{
		"We are looking into an elevated rate of errors. ",
		"Some requests time out; a retry mostly succeeds. ",
		"Engineers have found a *saturated* pool of connections and are adding capacity. ",
		"The [documentation](https://docs.example.com/limits) says which limits apply meanwhile. ",
		"No data is lost: what could not be delivered waits in `retry-queue` and follows. ",
		"The next update comes within thirty minutes. ",
	}
	random.Shuffle(len(sentences), func(i, j int) { sentences[i], sentences[j] = sentences[j], sentences[i] })
	written := strings.TrimSpace(strings.Join(sentences[:4], "")) + "\n"
	if random.IntN(4) == 0 {
		written += "\n- reading works\n- writing is slow\n- reports are delayed\n"
	}
	return written
}

func pick(random *rand.Rand, from ...string) string { return from[random.IntN(len(from))] }

func stamp(t time.Time) string { return t.Format("2006-01-02 15:04") + " UTC" }

func writeFile(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o666)
}
