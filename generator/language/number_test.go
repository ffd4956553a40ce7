package language_test

import (
	"math"
	"testing"
	"time"
)

func TestDuration(t *testing.T) {
	const minute, hour, day = time.Minute, time.Hour, 24 * time.Hour
	for _, c := range []struct {
		length          time.Duration
		english, german string
	}{
		{-hour, "less than a minute", "weniger als eine Minute"},
		{0, "less than a minute", "weniger als eine Minute"},
		{59 * time.Second, "less than a minute", "weniger als eine Minute"},
		{minute, "1m", "1\u00a0Min."},
		{45*minute + 59*time.Second, "45m", "45\u00a0Min."},
		{hour, "1h", "1\u00a0Std."},
		{7*hour + 45*minute, "7h 45m", "7\u00a0Std. 45\u00a0Min."},
		{day, "24h", "24\u00a0Std."},
		{2*day - time.Second, "47h 59m", "47\u00a0Std. 59\u00a0Min."},
		{2 * day, "2d", "2\u00a0Tage"},
		{2*day + 59*minute, "2d", "2\u00a0Tage"},
		{2*day + 3*hour + 59*minute, "2d 3h", "2\u00a0Tage 3\u00a0Std."},
		{1500 * day, "1,500d", "1.500\u00a0Tage"},
	} {
		if got := catalog(t, "en", nil, nil).Duration(c.length); got != c.english {
			t.Errorf("en: %v is %q, want %q", c.length, got, c.english)
		}
		if got := catalog(t, "de", nil, nil).Duration(c.length); got != c.german {
			t.Errorf("de: %v is %q, want %q", c.length, got, c.german)
		}
	}
}

func TestList(t *testing.T) {
	for _, c := range []struct {
		items           []string
		english, german string
	}{
		{nil, "", ""},
		{[]string{"A"}, "A", "A"},
		{[]string{"A", "B"}, "A and B", "A und B"},
		{[]string{"A", "B", "C", "5 more"}, "A, B, C and 5 more", "A, B, C und 5 more"},
	} {
		if got := catalog(t, "en", nil, nil).List(c.items); got != c.english {
			t.Errorf("en: %q is %q, want %q", c.items, got, c.english)
		}
		if got := catalog(t, "de", nil, nil).List(c.items); got != c.german {
			t.Errorf("de: %q is %q, want %q", c.items, got, c.german)
		}
	}
}

func TestPercentIsNeverRoundedUp(t *testing.T) {
	for _, c := range []struct {
		fraction        float64
		english, german string
	}{
		{1, "100%", "100\u00a0%"},
		{0.9999999, "99.99%", "99,99\u00a0%"},
		{math.Nextafter(1, 0), "99.99%", "99,99\u00a0%"},
		{0.99951, "99.95%", "99,95\u00a0%"},
		{0.995, "99.5%", "99,5\u00a0%"},
		{0.9905, "99.05%", "99,05\u00a0%"},
		{0.3, "30%", "30\u00a0%"},
		{0.29, "29%", "29\u00a0%"},
		{0.0001, "0.01%", "0,01\u00a0%"},
		{0, "0%", "0\u00a0%"},
	} {
		if got := catalog(t, "en", nil, nil).Percent(c.fraction); got != c.english {
			t.Errorf("en: %v is %q, want %q", c.fraction, got, c.english)
		}
		if got := catalog(t, "de", nil, nil).Percent(c.fraction); got != c.german {
			t.Errorf("de: %v is %q, want %q", c.fraction, got, c.german)
		}
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", -1234567: "-1,234,567", 100000: "100,000"} {
		if got := catalog(t, "en", nil, nil).Number(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}
