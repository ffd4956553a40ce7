package compose

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"allclear/generator/status"
)

// latin replaces letters of European languages by those that an id may have.
var latin = strings.NewReplacer(
	"ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "æ", "ae", "ø", "o", "œ", "oe", "å", "a", "ð", "d", "þ", "th", "ł", "l", "đ", "d", "ı", "i",
	"à", "a", "á", "a", "â", "a", "ã", "a", "ā", "a", "ă", "a", "ą", "a", "ç", "c", "ć", "c", "č", "c", "ĉ", "c", "ċ", "c", "ď", "d",
	"è", "e", "é", "e", "ê", "e", "ë", "e", "ē", "e", "ĕ", "e", "ė", "e", "ę", "e", "ě", "e", "ğ", "g", "ģ", "g", "ì", "i", "í", "i", "î", "i",
	"ï", "i", "ī", "i", "į", "i", "ķ", "k", "ĺ", "l", "ļ", "l", "ľ", "l", "ñ", "n", "ń", "n", "ņ", "n", "ň", "n", "ò", "o", "ó", "o", "ô", "o",
	"õ", "o", "ō", "o", "ő", "o", "ŕ", "r", "ř", "r", "ś", "s", "š", "s", "ş", "s", "ș", "s", "ţ", "t", "ť", "t", "ț", "t", "ù", "u", "ú", "u",
	"û", "u", "ū", "u", "ů", "u", "ű", "u", "ų", "u", "ý", "y", "ÿ", "y", "ź", "z", "ž", "z", "ż", "z", "'", "", "’", "",
)

// Slug makes the words of an id from a text: lower-case letters and digits with
// hyphens between, a number of bytes at most, cut between words if possible. It
// is "" if the text is in another script.
func Slug(text string, most int) string {
	words := strings.FieldsFunc(latin.Replace(strings.ToLower(text)), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && !unicode.Is(unicode.Mn, r)
	})
	var b strings.Builder
	for _, word := range words {
		word = strings.Map(func(r rune) rune {
			if r >= utf8.RuneSelf {
				return -1 // an accent on its own
			}
			return r
		}, word)
		switch {
		case word == "":
			continue
		case b.Len() == 0:
			b.WriteString(word[:min(len(word), most)])
			continue
		case b.Len()+1+len(word) > most:
			return b.String()
		}
		b.WriteString("-" + word)
	}
	return b.String()
}

// EventID makes the id of an event's file: a date and its title, or the kind of event
// if the title has no Latin letters.
func EventID(date time.Time, title string, kind status.Kind) string {
	const most = 72 // of the 80 bytes of an id, to leave some for a number
	day := date.Format(time.DateOnly)
	words := Slug(title, most-len(day)-1)
	if words == "" {
		words = kind.String()
	}
	return day + "-" + words
}

// Numbered is an id that is free: the one given, else that one with the first number
// from 2 on that makes it so.
func Numbered(id string, taken func(id string) bool) string {
	free := id
	for n := 2; taken(free); n++ {
		free = fmt.Sprintf("%s-%d", id, n)
	}
	return free
}
