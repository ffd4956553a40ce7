package source

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"allclear/generator/diag"
	"allclear/generator/loose"
	"allclear/generator/status"
)

// meaning is what a line that is no update heading was most likely meant as.
type meaning struct {
	status status.EventStatus // 0 for none
	exact  bool               // the status's own name
	near   bool               // it is nearly spelt so
	time   string             // "" for none; as it was written, unless there is no doubt
	rest   string             // words that are neither
}

// meant finds a status and a time among the words of a line, as people write
// them: "Update: **Fixed** at Dec 1, 10:48". A status is looked for before the
// time and after it, and of several the last one counts that is spelt right.
func meant(text string, kind status.Kind) meaning {
	words := strings.Fields(plainWords(text))
	if len(words) > maxMeant {
		return meaning{rest: strings.TrimSpace(text)}
	}
	var m meaning
	if from, to := timeIn(words); to > from {
		m.time = timeText(strings.Trim(strings.Join(words[from:to], " "), separators+"()[]"))
		words = slices.Concat(words[:from], []string{"·"}, words[to:])
	}
	if from, to, s, exact := statusIn(words, kind); to > from {
		m.status, m.exact = s, exact
		m.near = !exact && diag.Near(strings.ReplaceAll(strings.ToLower(strings.TrimFunc(strings.Join(words[from:to], "_"), isMark)), "-", "_"), status.EventStatuses(kind)) == s.String()
		words = slices.Concat(words[:from], []string{"·"}, words[to:])
	}
	m.rest = strings.Trim(withoutFiller(words), separators+"()[]@")
	return m
}

// maxMeant is how many words a heading has at most in which anything is looked for.
const maxMeant = 14

// plainWords removes the marks of emphasis and of headings from a line.
func plainWords(text string) string {
	text = strings.NewReplacer("**", " ", "__", " ", "*", " ", "`", " ", "—", " — ", "|", " | ").Replace(text)
	return strings.TrimLeft(text, "#>-+ \t")
}

// timeIn finds the most words in a row that are a time.
func timeIn(words []string) (from, to int) {
	for length := len(words); length > 0; length-- {
		for i := 0; i+length <= len(words); i++ {
			part := words[i : i+length]
			if isHeadingFiller(part[0]) || isHeadingFiller(part[length-1]) {
				continue
			}
			if isTime(strings.Join(part, " ")) {
				return i, i + length
			}
		}
	}
	return 0, 0
}

// isTime reports whether a text with a digit is a time in any form.
func isTime(text string) bool {
	return strings.ContainsFunc(text, unicode.IsDigit) && len(readLoosely(text).Times) > 0
}

// readLoosely reads a time of which only the form matters, not what it is
// relative to.
func readLoosely(text string) loose.Reading {
	return loose.Clock{Now: time.Unix(1_700_000_000, 0), Zone: time.UTC}.Read(strings.Trim(text, separators+"()[]."))
}

// timeText is a time in the documented form, if there is no doubt what it is.
func timeText(text string) string {
	if read := readLoosely(text); read.Exact {
		return FormatTimestamp(read.Times[0])
	}
	return text
}

// statusIn finds a status of a kind among words, the exact name before any
// other word for it.
func statusIn(words []string, kind status.Kind) (from, to int, s status.EventStatus, exact bool) {
	for _, exactly := range []bool{true, false} {
		for length := min(3, len(words)); length > 0; length-- {
			for i := len(words) - length; i >= 0; i-- {
				word := strings.TrimFunc(strings.Join(words[i:i+length], " "), isMark)
				if word == "" || !exactly && len(words) > 6 {
					continue
				}
				found, ok := readExactly(word, kind)
				if !exactly {
					found, ok = loose.EventStatus(kind, word)
				}
				if ok {
					return i, i + length, found, exactly
				}
			}
		}
	}
	return 0, 0, 0, false
}

func readExactly(word string, kind status.Kind) (status.EventStatus, bool) {
	found, n := readStatus(word)
	return found, n == len(word) && n > 0 && found.Kind() == kind
}

// withoutFiller joins words, unless they say nothing.
func withoutFiller(words []string) string {
	if !slices.ContainsFunc(words, func(word string) bool { return !isHeadingFiller(word) }) {
		return ""
	}
	return strings.TrimSpace(strings.ReplaceAll(" "+strings.Join(words, " ")+" ", " · ", " "))
}

func isHeadingFiller(word string) bool {
	switch strings.ToLower(strings.TrimFunc(word, isMark)) {
	case "", "update", "status", "new", "at", "on", "as", "of", "since", "is", "now", "the", "incident", "issue", "maintenance", "state", "posted":
		return true
	}
	return false
}

func isMark(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// heading is the update heading that was meant, with the text that belongs
// below it; "" if nothing says so.
func (m meaning) heading(attributes string) string {
	if m.status == 0 && m.time == "" {
		return ""
	}
	line := FormatHeading(Heading{Status: m.status, Time: m.time})
	if attributes != "" {
		line += " " + attributes
	}
	if m.rest != "" {
		line += "\n\n" + m.rest
	}
	return line
}

// RepairHeading is the update heading of an incident or a maintenance that a
// line was most likely meant as, such as "**Resolved** - Dec 1, 11:48 UTC"; ""
// if it does not say a status and a time and nothing else. With alone, a status
// by itself is enough.
func RepairHeading(line string, alone bool) string {
	text, attributes, _ := strings.Cut(strings.TrimSpace(line), "{")
	if attributes != "" {
		attributes = "{" + attributes
	}
	words := strings.Fields(plainWords(text))
	for _, kind := range []status.Kind{status.Incident, status.Maintenance} {
		if _, _, _, exact := statusIn(words, kind); !exact {
			continue
		}
		m := meant(strings.TrimSpace(text), kind)
		if m.status != 0 && m.exact && m.rest == "" && (m.time != "" || alone) {
			return m.heading(attributes)
		}
	}
	return ""
}
