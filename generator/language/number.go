package language

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// List joins items: A, B and C.
func (c *Catalog) List(items []string) string {
	l := c.facts.list
	last := len(items) - 1
	if last < 0 {
		return ""
	}
	if last == 0 {
		return items[0]
	}
	apart := make([]string, len(items))
	for i, item := range items {
		apart[i] = c.facts.isolate(item)
	}
	separator := l.last
	if last == 1 {
		separator = l.two
	}
	if l.beforeI != "" && soundsLikeI(items[last]) {
		separator = l.beforeI
	}
	return strings.Join(apart[:last], l.middle) + separator + apart[last]
}

// soundsLikeI reports whether a Spanish word begins with the sound of i: i or
// hi, but not hie and hia.
func soundsLikeI(word string) bool {
	word = strings.ToLower(word)
	after, ok := strings.CutPrefix(word, "hi")
	return strings.HasPrefix(word, "i") || strings.HasPrefix(word, "í") || ok && !strings.HasPrefix(after, "e") && !strings.HasPrefix(after, "a")
}

// Number is a whole number with its digits grouped: 1,234.
func (c *Catalog) Number(n int) string {
	digits, negative := strings.CutPrefix(strconv.Itoa(n), "-")
	digits = c.facts.number.group(digits)
	if negative {
		return "-" + digits
	}
	return digits
}

func (n number) group(digits string) string {
	if len(digits) < n.least {
		return digits
	}
	grouped := ""
	for size := n.last; len(digits) > size; size = n.others {
		grouped = n.separator + digits[len(digits)-size:] + grouped
		digits = digits[:len(digits)-size]
	}
	return digits + grouped
}

// Percent is a fraction from 0 to 1 in hundredths: 99.95%. It has at most two
// digits after the point and is rounded down, so that only all of a time is
// 100%.
func (c *Catalog) Percent(fraction float64) string {
	// The float64 of a fraction such as 0.29 is a little too small.
	hundredths := int(math.Floor(fraction*1e4 + 1e-9))
	if fraction < 1 {
		hundredths = min(hundredths, 9999)
	}
	text := c.Number(hundredths / 100)
	if rest := hundredths % 100; rest > 0 {
		text += c.facts.number.decimal + strings.TrimRight(padded(rest, "dd"), "0")
	}
	return fill(c.facts.percent, []string{"n", text})
}

// Duration is a duration in whole minutes, rounded down: 7h 45m, 45m, less than
// a minute. From 48 hours on it is in days and hours: 2d 3h. A unit with the
// number zero is left out.
func (c *Catalog) Duration(d time.Duration) string {
	minutes := int(d / time.Minute)
	if minutes < 1 {
		return c.facts.underAMinute
	}
	hours := minutes / 60
	l := c.facts.length
	if hours >= 48 {
		return c.units(l.day, hours/24, l.hour, hours%24)
	}
	return c.units(l.hour, hours, l.minute, minutes%60)
}

// units is a number of a greater unit and one of a smaller unit.
func (c *Catalog) units(greater map[string]string, n int, smaller map[string]string, m int) string {
	var said []string
	if n > 0 {
		said = append(said, c.unit(greater, n))
	}
	if m > 0 {
		said = append(said, c.unit(smaller, m))
	}
	return strings.Join(said, c.facts.length.between)
}

func (c *Catalog) unit(forms map[string]string, n int) string {
	return fill(choose(forms, c.tag, n), []string{"n", c.Number(n)})
}
