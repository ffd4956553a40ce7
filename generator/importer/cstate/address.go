package cstate

import (
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"allclear/generator/importer/markup"
	"allclear/generator/source"
	"allclear/generator/status"
)

// This file finds the addresses of a page, https://gohugo.io/content-management/urls/.

// addresses are the path that Hugo makes for a page, and its aliases.
func (c *cstate) addresses(f *hugoFile, date time.Time) []status.Alias {
	old := c.address(f, date)
	all := []status.Alias{{Path: old}}
	if strings.HasPrefix(f.path, "default/") && textOf(f.fields, "url") == "" { // ClearStatus has its pages there
		all = append(all, status.Alias{Path: strings.Replace(old, "/default/", "/", 1)})
	}
	aliases, _ := f.field("aliases")
	for _, v := range append([]source.Value{aliases.Value}, aliases.Value.Items...) {
		alias := markup.OneLine(v.Text)
		if v.Kind != source.KindScalar || alias == "" {
			continue
		}
		if !strings.HasPrefix(alias, "/") { // next to the page
			alias = path.Join(path.Dir(strings.TrimSuffix(old, "/")), alias)
		}
		all = append(all, status.Alias{Path: alias})
	}
	return all
}

// address is the path of a page. url in its front matter counts first, then the
// settings' permalinks, then slug, then its file.
func (c *cstate) address(f *hugoFile, date time.Time) string {
	if word := textOf(f.fields, "url"); word != "" {
		return "/" + strings.TrimLeft(c.filled(word, f, date), "/")
	}
	section, _, _ := strings.Cut(f.path, "/")
	for _, keys := range [][]string{{"permalinks", "page", section}, {"permalinks", section}} {
		if pattern := textOf(c.config, keys...); pattern != "" && strings.Contains(f.path, "/") {
			return c.ending("/" + strings.Trim(urlize(c.filled(pattern, f, date)), "/") + "/")
		}
	}
	old := f.path
	if word := textOf(f.fields, "slug"); word != "" {
		old = path.Join(path.Dir(old), word)
	}
	return c.ending("/" + strings.Trim(urlize(old), "/") + "/")
}

// ending is an address as the settings want it to end.
func (c *cstate) ending(address string) string {
	if !isTrue(textOf(c.config, "disablePathToLower")) {
		address = strings.ToLower(address)
	}
	if c.flat && path.Ext(address) == "" {
		return strings.TrimSuffix(address, "/") + ".html"
	}
	return address
}

var permalinkToken = regexp.MustCompile(`:[a-z]+(\[[^\]]*\])?`)

// filled is a pattern of an address with its tokens replaced,
// https://gohugo.io/configuration/permalinks/.
func (c *cstate) filled(pattern string, f *hugoFile, date time.Time) string {
	local := date.In(c.zone)
	name, title, slug := path.Base(f.path), textOf(f.fields, "title"), textOf(f.fields, "slug")
	or := func(first, second string) string {
		if first != "" {
			return first
		}
		return second
	}
	section, _, _ := strings.Cut(f.path, "/")
	return permalinkToken.ReplaceAllStringFunc(pattern, func(token string) string {
		switch token {
		case ":year":
			return local.Format("2006")
		case ":month":
			return local.Format("01")
		case ":monthname":
			return local.Format("January")
		case ":day":
			return local.Format("02")
		case ":weekday":
			return strconv.Itoa(int(local.Weekday()))
		case ":weekdayname":
			return local.Format("Monday")
		case ":yearday":
			return strconv.Itoa(local.YearDay())
		case ":section":
			return section
		case ":sections":
			return path.Dir(f.path)
		case ":title":
			return strings.ReplaceAll(title, "/", "-")
		case ":slug":
			return or(slug, strings.ReplaceAll(title, "/", "-"))
		case ":filename", ":contentbasename":
			return name
		case ":slugorfilename", ":slugorcontentbasename":
			return or(slug, name)
		}
		return token
	})
}

// urlize makes a part of an address from a name as Hugo does: with
// hyphens for blanks, without characters that need escaping.
func urlize(name string) string {
	var b strings.Builder
	for _, r := range strings.TrimSpace(name) {
		switch {
		case unicode.IsSpace(r):
			if !strings.HasSuffix(b.String(), "-") {
				b.WriteByte('-')
			}
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), strings.ContainsRune("._#+~-@/", r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
