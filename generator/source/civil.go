package source

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

const maxOffset = 14 * 60 // minutes; no zone is further from UTC

// civilTime is the numbers of a timestamp as they were written.
type civilTime struct {
	year, month, day     int
	hour, minute, second int
	fraction             int // nanoseconds
	zoned                bool
	offset               int // minutes east of UTC
	offsetMinute         int // as written; must be below 60
}

// wall is the date and time of day, taken as UTC.
func (c civilTime) wall() time.Time {
	return time.Date(c.year, time.Month(c.month), c.day, c.hour, c.minute, c.second, c.fraction, time.UTC)
}

// instant is the instant of the timestamp, taken as UTC if it has no zone.
func (c civilTime) instant() time.Time {
	return c.wall().Add(-time.Duration(c.offset) * time.Minute)
}

// credible reports whether an instant can be on a status page. It depends on
// the instant, not on the text, so that the result is the same in every zone.
func credible(t time.Time) bool {
	year := t.UTC().Year()
	return 1970 <= year && year <= 9998
}

// impossible explains why there is no such time; "" if there is one.
func (c civilTime) impossible() string {
	switch {
	case !credible(c.instant()):
		return fmt.Sprintf("the year %04d is not between 1970 and 9998", c.year)
	case c.month < 1 || c.month > 12:
		return fmt.Sprintf("months go from 01 to 12, not %02d", c.month)
	}
	last := time.Date(c.year, time.Month(c.month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	switch {
	case c.day < 1 || c.day > last:
		return fmt.Sprintf("%s %d has %d days", time.Month(c.month), c.year, last)
	case c.hour == 24:
		return "midnight is 00:00 of the next day"
	case c.hour > 23:
		return fmt.Sprintf("hours go from 00 to 23, not %02d", c.hour)
	case c.minute > 59:
		return fmt.Sprintf("minutes go from 00 to 59, not %02d", c.minute)
	case c.second > 59:
		return fmt.Sprintf("seconds go from 00 to 59, not %02d", c.second)
	case c.offset < -maxOffset || c.offset > maxOffset || c.offsetMinute > 59:
		return "offsets go from -14:00 to +14:00"
	}
	return ""
}

// readCivilTime parses the documented forms, and those without a zone; false
// for any other.
func readCivilTime(text string) (civilTime, bool) {
	var c civilTime
	if !startsWithDate(text) || len(text) < len("2022-12-01 10:48") {
		return c, false
	}
	c.year, c.month, c.day = number(text[:4]), number(text[5:7]), number(text[8:10])
	rest := text[10:]
	switch {
	case rest[0] == 'T' || rest[0] == 't':
		rest = rest[1:]
	case rest[0] == ' ':
		rest = strings.TrimLeft(rest, " ")
	default:
		return c, false
	}
	if len(rest) < 5 || rest[2] != ':' || !isDigits(rest[:2]) || !isDigits(rest[3:5]) {
		return c, false
	}
	c.hour, c.minute, rest = number(rest[:2]), number(rest[3:5]), rest[5:]
	if len(rest) >= 3 && rest[0] == ':' && isDigits(rest[1:3]) {
		c.second, rest = number(rest[1:3]), rest[3:]
		if after, ok := strings.CutPrefix(rest, "."); ok {
			n := leading(after, "0123456789")
			if n < 1 || n > 9 {
				return c, false
			}
			c.fraction, rest = nanoseconds(after[:n]), after[n:]
		}
	}
	zone := strings.TrimLeft(rest, " ")
	return c, zone == "" || c.readZone(zone)
}

// readZone parses UTC, Z or an offset; false for anything else.
func (c *civilTime) readZone(text string) bool {
	if strings.EqualFold(text, "Z") || strings.EqualFold(text, "UTC") {
		c.zoned = true
		return true
	}
	if len(text) != 6 || text[3] != ':' || !isDigits(text[1:3]) || !isDigits(text[4:]) || text[0] != '+' && text[0] != '-' {
		return false
	}
	c.zoned, c.offsetMinute = true, number(text[4:])
	c.offset = number(text[1:3])*60 + c.offsetMinute
	if text[0] == '-' {
		c.offset = -c.offset
	}
	return true
}

// pattern is a regular expression that is compiled on first use.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// startsWithDate reports whether a text begins like 2022-12-01.
func startsWithDate(text string) bool {
	return len(text) >= 10 && text[4] == '-' && text[7] == '-' &&
		isDigits(text[:4]) && isDigits(text[5:7]) && isDigits(text[8:10])
}

func isDigits(text string) bool {
	for i := range len(text) {
		if !isDigit(text[i]) {
			return false
		}
	}
	return true
}

// nanoseconds is the value of up to nine digits after a decimal point.
func nanoseconds(digits string) int { return number((digits + "000000000")[:9]) }

// number is the value of a few digits; 0 if there are none.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
