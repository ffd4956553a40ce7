package loose

import "time"

// clock is a time of day. Hours over 23 are of the next day. It is odd if its
// form leaves a doubt.
type clock struct {
	hour, minute, second, fraction int
	odd                            bool
}

var (
	withMarks  = pattern(`(?:^|[^\d+:-])(\d{1,2})(?:[:.]|h|[ ]?uhr[ ]?)(\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?(?: ?([ap]\.? ?m\b\.?))?`)
	hourAlone  = pattern(`(?:^|[^\d+:-])(\d{1,2}) ?(?:([ap]\.? ?m\b\.?)|uhr|h\b|o'clock)`)
	fourDigits = pattern(`(?:^|[^\d+:-])([0-2]\d)([0-5]\d)([0-5]\d)?(?:[^\d:]|$)`)
	inWords    = pattern(`(?:^|[^\pL])(noon|midday|midnight)(?:[^\pL]|$)`)
)

// clock takes the time of day out of a text; false if there is none.
func (s *scanner) clock() (clock, bool) {
	var c clock
	if m, found := s.take(withMarks()); found {
		c = clock{hour: number(m[1]), minute: number(m[2]), second: number(m[3])}
		c.fraction = number((m[4] + "000000000")[:9])
		c.ofHalf(m[5])
	} else if m, found := s.take(hourAlone()); found {
		c = clock{hour: number(m[1])}
		c.ofHalf(m[2])
	} else if m, found := s.take(fourDigits()); found {
		c = clock{hour: number(m[1]), minute: number(m[2]), second: number(m[3]), odd: true}
	} else if m, found := s.take(inWords()); found {
		c = clock{hour: 12, odd: true}
		if m[1] == "midnight" {
			c.hour = 0
		}
	} else {
		return c, false
	}
	c.odd = c.odd || c.hour > 23
	return c, c.hour < 30 && c.minute < 60 && c.second < 60
}

// ofHalf applies am or pm.
func (c *clock) ofHalf(letters string) {
	if letters != "" {
		c.half(letters[0] == 'p')
	}
}

// half applies the half of the day to an hour of 1 to 12.
func (c *clock) half(second bool) {
	if c.hour < 1 || c.hour > 12 {
		return
	}
	c.hour %= 12
	if second {
		c.hour += 12
	}
}

// wall is a time of day on a date, taken as UTC.
func (c clock) wall(d date) time.Time {
	return time.Date(d.year, time.Month(d.month), d.day, c.hour, c.minute, c.second, c.fraction, time.UTC)
}
