package badge_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"allclear/generator/badge"
	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/page"
	"allclear/generator/status"
)

var now = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// newSite is a site whose components have these names, and came into being
// 90 days ago.
func newSite(title string, names ...string) *status.Site {
	site := &status.Site{
		Title: title, URL: "https://status.example.com", Zone: time.UTC, Language: "en",
		Uptime: status.UptimeRule{Days: 90, PartialOutage: 0.3, MajorOutage: 1},
	}
	for i, name := range names {
		c := &status.Component{ID: "c" + strconv.Itoa(i), Name: name, Index: i, StartDate: status.DaysBefore(now, 89)}
		site.Components = append(site.Components, c)
		site.Items = append(site.Items, status.Item{Component: c})
	}
	return site
}

// breaks adds an incident that has a component in a status for a time, or
// until now if the time is zero.
func breaks(site *status.Site, i int, severity status.Severity, s status.ComponentStatus, from time.Time, long time.Duration) {
	e := &status.Event{
		Kind: status.Incident, ID: "e" + strconv.Itoa(len(site.Events)), Title: "Trouble", Severity: severity, SeverityStated: true,
		Updates: []status.Update{{ID: "one", At: from, Status: status.Investigating}},
	}
	if i >= 0 {
		e.Components = []status.Setting{{Component: site.Components[i], Status: s, Set: true}}
	}
	if long > 0 {
		e.Updates = append(e.Updates, status.Update{ID: "two", At: from.Add(long), Status: status.Resolved})
	}
	site.Events = append(site.Events, e)
}

func files(t testing.TB, site *status.Site) map[string]string {
	t.Helper()
	theme, list := page.Load(nil, os.DirFS("../../themes/default"), "default", "en")
	if list.HasErrors() {
		t.Fatal(list)
	}
	written := map[string]string{}
	for _, r := range badge.Routes(derive.Derive(site, now), theme.Catalog()) {
		var b bytes.Buffer
		if err := r.Write(&b); err != nil {
			t.Fatalf("%s: %v", r.Path, err)
		}
		if r.Kind != output.Data {
			t.Errorf("%s is published at the wrong time", r.Path)
		}
		written[r.Path] = b.String()
	}
	return written
}

// shield is what shields.io reads, https://shields.io/badges/endpoint-badge
type shield struct {
	SchemaVersion         int
	Label, Message, Color string
}

func shieldOf(t testing.TB, text string) shield {
	t.Helper()
	var s shield
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&s); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return s
}

// picture is what a browser reads of a badge.
type picture struct {
	Width  int    `xml:"width,attr"`
	Role   string `xml:"role,attr"`
	Label  string `xml:"aria-label,attr"`
	Title  string `xml:"title"`
	Ground []struct {
		Fill string `xml:"fill,attr"`
	} `xml:"path"`
	Icon struct {
		Paths []struct {
			D string `xml:"d,attr"`
		} `xml:"path"`
	} `xml:"g"`
	Texts []struct {
		X      int    `xml:"x,attr"`
		Length int    `xml:"textLength,attr"`
		Fill   string `xml:"fill,attr"`
		Body   string `xml:",chardata"`
	} `xml:"text"`
}

func pictureOf(t testing.TB, text string) picture {
	t.Helper()
	var p picture
	if err := xml.Unmarshal([]byte(text), &p); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return p
}

const (
	green  = "12804a"
	yellow = "8f6200"
	orange = "b3470a"
	red    = "b3201b"
	grey   = "566070"
)

func TestABadgeSaysHowAComponentIs(t *testing.T) {
	site := newSite("Example", "fine", "slow", "half", "down", "gone")
	breaks(site, 1, status.Minor, status.DegradedPerformance, now.Add(-time.Hour), 0)
	breaks(site, 2, status.Major, status.PartialOutage, now.Add(-time.Hour), 0)
	breaks(site, 3, status.Critical, status.MajorOutage, now.Add(-time.Hour), 0)
	site.Components[4].Retired = status.DaysBefore(now, 10)
	got := files(t, site)
	for path, want := range map[string]shield{
		"badge":               {1, "Example", "Major System Outage", red},
		"components/c0/badge": {1, "fine", "Operational", green},
		"components/c1/badge": {1, "slow", "Degraded performance", yellow},
		"components/c2/badge": {1, "half", "Partial outage", orange},
		"components/c3/badge": {1, "down", "Major outage", red},
		"components/c4/badge": {1, "gone", "Retired", grey},
	} {
		if diff := cmp.Diff(want, shieldOf(t, got[path+".json"])); diff != "" {
			t.Errorf("%s.json (-want +got):\n%s", path, diff)
		}
		p := pictureOf(t, got[path+".svg"])
		words := want.Label + ": " + want.Message
		if path == "badge" {
			words += ": Trouble" // the worst open incident
		}
		if p.Title != words || p.Label != words || p.Role != "img" {
			t.Errorf("%s.svg is called %q and %q, a %q", path, p.Title, p.Label, p.Role)
		}
		if p.Ground[1].Fill != "#"+want.Color {
			t.Errorf("%s.svg has the colour %s", path, p.Ground[1].Fill)
		}
		if p.Texts[0].Body != want.Label || p.Texts[1].Body != want.Message {
			t.Errorf("%s.svg says %v", path, p.Texts)
		}
	}
}

func TestTheSitesBadgeIsTheBanner(t *testing.T) {
	site := newSite("Example", "API")
	if got := shieldOf(t, files(t, site)["badge.json"]); got.Message != "All Systems Operational" || got.Color != green {
		t.Errorf("a quiet site: %+v", got)
	}
	breaks(site, -1, status.None, 0, now.Add(-time.Hour), 0)
	if got := shieldOf(t, files(t, site)["badge.json"]); got.Message != "Incident in Progress" || got.Color != grey {
		t.Errorf("an incident that touches nothing: %+v", got)
	}
	breaks(site, -1, status.Critical, 0, now.Add(-time.Hour), 0)
	got := files(t, site)
	if got := shieldOf(t, got["badge.json"]); got.Message != "Major System Outage" || got.Color != red {
		t.Errorf("a critical one: %+v", got)
	}
	if p := pictureOf(t, got["badge.svg"]); p.Title != "Example: Major System Outage: Trouble" || p.Texts[1].Body != "Major System Outage" {
		t.Errorf("the picture of a critical one is called %q and says %q", p.Title, p.Texts[1].Body)
	}
}

func TestUptimeBadgesAreNotRoundedUp(t *testing.T) {
	site := newSite("Example", "always", "nearly", "hour", "day", "week", "new")
	breaks(site, 1, status.Critical, status.MajorOutage, now.Add(-48*time.Hour), time.Minute)
	breaks(site, 2, status.Critical, status.MajorOutage, now.Add(-48*time.Hour), 2*time.Hour)
	breaks(site, 3, status.Critical, status.MajorOutage, now.Add(-48*time.Hour), 24*time.Hour)
	breaks(site, 4, status.Critical, status.MajorOutage, now.Add(-240*time.Hour), 168*time.Hour)
	site.Components[5].StartDate = status.NextDay(now)
	got := files(t, site)
	for path, want := range map[string]shield{
		"components/c0/uptime": {1, "always uptime, last 90 days", "100%", green},
		"components/c1/uptime": {1, "nearly uptime, last 90 days", "99.99%", grey},
		"components/c2/uptime": {1, "hour uptime, last 90 days", "99.9%", grey},
		"components/c3/uptime": {1, "day uptime, last 90 days", "98.88%", grey},
		"components/c4/uptime": {1, "week uptime, last 90 days", "92.22%", orange},
		"components/c5/uptime": {1, "new uptime, last 90 days", "no data", grey},
	} {
		if diff := cmp.Diff(want, shieldOf(t, got[path+".json"])); diff != "" {
			t.Errorf("%s.json (-want +got):\n%s", path, diff)
		}
		if p := pictureOf(t, got[path+".svg"]); p.Title != want.Label+": "+want.Message {
			t.Errorf("%s.svg is called %q", path, p.Title)
		}
	}
}

func TestABadgeIsGreenOnlyIfNothingWorseHappened(t *testing.T) {
	site := newSite("Example", "slow", "worked", "noted", "long ago", "half", "down")
	breaks(site, 0, status.Minor, status.DegradedPerformance, now.Add(-48*time.Hour), time.Minute)
	breaks(site, 1, status.None, status.UnderMaintenance, now.Add(-48*time.Hour), time.Minute)
	breaks(site, 2, status.None, status.Operational, now.Add(-time.Hour), 0)
	breaks(site, 3, status.Critical, status.MajorOutage, now.Add(-92*24*time.Hour), time.Hour)
	breaks(site, 4, status.Major, status.PartialOutage, now.Add(-30*time.Second), 0)
	breaks(site, 5, status.Critical, status.MajorOutage, now.Add(-24*time.Hour), 0)
	got := files(t, site)
	for path, want := range map[string]shield{
		"components/c0/uptime": {1, "slow uptime, last 90 days", "100%", grey},
		"components/c1/uptime": {1, "worked uptime, last 90 days", "100%", grey},
		"components/c2/uptime": {1, "noted uptime, last 90 days", "100%", grey},
		"components/c3/uptime": {1, "long ago uptime, last 90 days", "100%", green},
		"components/c4/uptime": {1, "half uptime, last 90 days", "99.99% until 12:00 PM UTC", orange},
		"components/c5/uptime": {1, "down uptime, last 90 days", "98.88% until 12:00 PM UTC", red},
		"components/c2/badge":  {1, "noted", "Operational", green}, // as exact as the API
	} {
		if diff := cmp.Diff(want, shieldOf(t, got[path+".json"])); diff != "" {
			t.Errorf("%s.json (-want +got):\n%s", path, diff)
		}
		if p := pictureOf(t, got[path+".svg"]); p.Title != want.Label+": "+want.Message || p.Ground[1].Fill != "#"+want.Color {
			t.Errorf("%s.svg is called %q, in %s", path, p.Title, p.Ground[1].Fill)
		}
	}
}

func TestEveryToneHasAShapeAndContrast(t *testing.T) {
	site := newSite("Example", "fine", "slow", "half", "down", "works", "gone")
	breaks(site, 1, status.Minor, status.DegradedPerformance, now.Add(-time.Hour), 0)
	breaks(site, 2, status.Major, status.PartialOutage, now.Add(-time.Hour), 0)
	breaks(site, 3, status.Critical, status.MajorOutage, now.Add(-time.Hour), 0)
	breaks(site, 4, status.None, status.UnderMaintenance, now.Add(-time.Hour), 0)
	site.Components[5].Retired = status.DaysBefore(now, 10)
	got := files(t, site)
	shapes := map[string]string{}
	for i := range site.Components {
		path := "components/c" + strconv.Itoa(i) + "/badge.svg"
		p := pictureOf(t, got[path])
		shape := ""
		for _, part := range p.Icon.Paths {
			shape += part.D
		}
		if other, ok := shapes[shape]; ok || shape == "" {
			t.Errorf("%s has no shape of its own, but that of %q", path, other)
		}
		shapes[shape] = path
		for j, text := range p.Texts {
			if ratio := contrast(t, text.Fill, p.Ground[j].Fill); ratio < 4.5 {
				t.Errorf("%s: %q has a contrast of %.2f", path, text.Body, ratio)
			}
		}
	}
}

// contrast is that of WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
func contrast(t testing.TB, a, b string) float64 {
	luminance := func(colour string) float64 {
		digits := strings.TrimPrefix(colour, "#")
		if len(digits) == 3 {
			digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
		}
		sum := 0.0
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			n, err := strconv.ParseUint(digits[2*i:2*i+2], 16, 8)
			if err != nil {
				t.Fatal(err)
			}
			c := float64(n) / 255
			if c <= 0.04045 {
				sum += weight * c / 12.92
			} else {
				sum += weight * math.Pow((c+0.055)/1.055, 2.4)
			}
		}
		return sum
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestAnyTextIsTextInBadges(t *testing.T) {
	long := strings.Repeat("long ", 2_000)
	for name, c := range map[string]struct{ text, shown string }{
		"plain":         {"API", "API"},
		"wide":          {"WWWW@@@@MMMM%%%%", "WWWW@@@@MMMM%%%%"},
		"markup":        {`"a" 'b' &amp; </title></svg><script>alert(1)</script> ]]>`, `"a" 'b' &amp; </title></svg><script>alert(1)</script> ]]>`},
		"line ends":     {"one\r\ntwo\u2028three", "one two three"},
		"controls":      {"a\x00b\x1b[1mc\u009bd\x7fe\uFFFE", "ab[1mcde"},
		"not UTF-8":     {"a\xffb", "a\uFFFDb"},
		"bidi":          {"\u202egpj.exe\u202c", "\u202egpj.exe\u202c"},
		"emoji":         {"👩‍👩‍👧‍👦 🇨🇭 ❤️", "👩‍👩‍👧‍👦 🇨🇭 ❤️"},
		"long":          {long, strings.TrimSpace(long)},
		"right to left": {"תקלה ونفحص", "תקלה ونفحص"},
		"East Asian":    {"保守作業のお知らせ", "保守作業のお知らせ"},
		"placeholders":  {"{label} {message} {n}", "{label} {message} {n}"},
		"nothing":       {"\x01", ""},
	} {
		t.Run(name, func(t *testing.T) {
			for path, file := range files(t, newSite(c.text, c.text)) {
				if strings.HasSuffix(path, ".json") {
					if s := shieldOf(t, file); !strings.HasPrefix(s.Label, c.shown) || s.Message == "" || s.SchemaVersion != 1 {
						t.Errorf("%s: %+v", path, s)
					}
					continue
				}
				p := pictureOf(t, file)
				if !strings.HasPrefix(p.Title, c.shown) || p.Label != p.Title {
					t.Errorf("%s is called %q", path, p.Title)
				}
				fits(t, path, p)
				for _, word := range []string{"href", "url(", "style", "<script", "xmlns:"} {
					if strings.Contains(file, word) {
						t.Errorf("%s holds %s", path, word)
					}
				}
			}
		})
	}
}

// fits reports texts of a badge that overlap or are outside it.
func fits(t testing.TB, path string, p picture) {
	t.Helper()
	end := 0
	for _, text := range p.Texts {
		if text.X < end+6 || text.Length <= 0 {
			t.Errorf("%s: %q begins at %d, the one before ends at %d", path, text.Body, text.X, end)
		}
		end = text.X + text.Length
	}
	if end+6 > p.Width || p.Width > 800 {
		t.Errorf("%s: the text ends at %d of %d", path, end, p.Width)
	}
}
