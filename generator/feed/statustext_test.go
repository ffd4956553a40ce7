package feed_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"
)

func TestStatusTextSaysAll(t *testing.T) {
	content := story + `
-- announcements/hello.md --
---
title: We have a new page
from: 2026-05-30 00:00 UTC
---

It shows the status of everything that you use, and of a few things that you have never heard of.

- Its address stays the same, and so do the feeds and the calendars that you have subscribed to.
- Its API too.
`
	const want = `Example: Major System Outage: API is down

Announcements

* We have a new page
  It shows the status of everything that you use, and of a few things that you
  have never heard of.

  - Its address stays the same, and so do the feeds and the calendars that you
    have subscribed to.
  - Its API too.

Open incidents

* API is down
  Critical · Investigating · Since 10:00 AM UTC
  Affects API

  We are looking into it.

  https://status.example.com/incidents/outage/

Scheduled maintenance

* Another move
  Scheduled · Jun 10, 8:00 PM – 10:00 PM UTC
  Affects Website

  We move on.

  https://status.example.com/maintenance/soon/

Components

  Operational           Website

  Europe · Major outage
  Major outage          API

https://status.example.com/
As of Jun 01, 2026, 12:00 PM UTC
`
	if diff := cmp.Diff(want, build(t, content, now)["status.txt"]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestStatusTextOfAQuietSite(t *testing.T) {
	const want = `Example: All Systems Operational

Components

  Operational           Website

  Europe · Operational
  Operational           API

https://status.example.com/
As of Jun 01, 2026, 12:00 AM UTC
`
	if diff := cmp.Diff(want, build(t, site, now)["status.txt"]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestStatusTextIsNoWiderThanATerminal(t *testing.T) {
	for name, text := range map[string]string{
		"words":       strings.Repeat("some words and more ", 60),
		"one word":    strings.Repeat("x", 10_000),
		"East Asian":  strings.Repeat("私たちは問題を調査しています。", 60),
		"emoji":       strings.Repeat("👩‍👩‍👧‍👦🇨🇭❤️", 60),
		"accents":     strings.Repeat("e\u0301", 400),
		"other way":   strings.Repeat("אנחנו בודקים את הבעיה ", 60),
		"narrow mark": strings.Repeat("x\u200b", 400),
	} {
		t.Run(name, func(t *testing.T) {
			content := strings.NewReplacer(
				"title: API is down", "title: "+text,
				"We are looking into it.", text,
				"name: Website", "name: "+text,
				"group: Europe", "group: "+text,
				"title: Example", "title: "+text,
			).Replace(story)
			got := build(t, content, now)["status.txt"]
			for _, l := range strings.Split(got, "\n") {
				if width := uniseg.StringWidth(l); width > 80 {
					t.Errorf("%d columns: %q", width, l)
				}
			}
			squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
			if n := strings.Count(squeeze(got), squeeze(text)); n < 4 {
				t.Errorf("the whole text is there only %d times:\n%s", n, got)
			}
		})
	}
}
