package oracle

import (
	"fmt"
	"strings"
)

// Law is one thing that must hold of every site. A law of one build judges the
// outputs of one instant; a law of change judges two builds, of two instants or
// of two versions of the content.
type Law struct {
	Name   string // as the issue numbers it, or a word for what is beyond it
	Title  string
	Site   func(*finder)
	Change func(*finder, *Change)
}

// laws is every law, in the order of their names.
var laws = []Law{
	{Name: "1", Title: "nothing says 100 %, green, operational or none over something worse", Site: lawNothingTooGood},
	{Name: "2", Title: "a component has one present status everywhere", Site: lawOneStatus},
	{Name: "3", Title: "a group speaks for all its members", Site: lawWholeGroup},
	{Name: "4", Title: "every day and month names what happened in it", Site: lawDaysName},
	{Name: "5", Title: "a component is named so that it can't be another", Site: lawOneName},
	{Name: "6", Title: "an id never changes by what happens elsewhere", Site: lawIDsDiffer, Change: lawIDsStay},
	{Name: "7", Title: "nothing that is counted falls, and nothing said is unsaid", Change: lawNothingFalls},
	{Name: "8", Title: "a channel carries the fact that it is there for", Site: lawChannelsTell},
	{Name: "9", Title: "the last change is one that happened", Site: lawLastChange},
	{Name: "10", Title: "every id leads to its document", Site: lawIDsLead},
	{Name: "11", Title: "no body is empty", Site: lawNoEmptyBody},
	{Name: "12", Title: "the verdict is at least as bad as the worst open incident", Site: lawVerdict},
	{Name: "13", Title: "ended takes effect at its instant", Site: lawEnded},
	{Name: "14", Title: "what the clock did stays", Site: lawClock, Change: lawClockStays},
	{Name: "15", Title: "a component's updated_at never goes back", Change: lawUpdatedAt},
	{Name: "16", Title: "what is not public has no effect", Change: lawHidden},
	{Name: "17", Title: "an outage without a length is a warning", Site: lawLength},
	{Name: "api", Title: "the API's events are as the content has them", Site: lawAPI},
	{Name: "dates", Title: "each date that exists comes once", Site: lawDates},
	{Name: "diff", Title: "diff says what differs, and nothing else", Change: lawDiff},
	{Name: "feeds", Title: "all feeds have the same entries, their dates falling", Site: lawFeeds},
	{Name: "languages", Title: "every language says the same", Site: lawLanguages},
	{Name: "later", Title: "what a page becomes by the clock alone is true then", Site: lawLater},
	{Name: "linked data", Title: "JSON-LD says what the page says", Site: lawLinkedData},
	{Name: "quiet", Title: "a rebuild in which nothing happened changes no file", Change: lawQuiet},
	{Name: "uptime", Title: "every figure is that of the seconds", Site: lawUptime},
	{Name: "announcements", Title: "announcements are in feeds and history", Site: lawAnnouncements},
	{Name: "aliases", Title: "a component's old ids answer", Site: lawAliases},
	{Name: "pictures", Title: "a social picture's address changes with it", Change: lawPictures},
	{Name: "promises", Title: "a promise of the next update is kept or said to be overdue", Site: lawPromises},
	{Name: "times", Title: "the words of a time are those of its instant", Site: lawTimes},
	{Name: "age", Title: "a page without script says its date", Site: lawAge},
}

// Violation is a place where a law does not hold.
type Violation struct {
	Law, Class   string
	File         string
	Says, Should string
}

func (v Violation) String() string {
	return fmt.Sprintf("law %s (%s): %s says %q; should be %s", v.Law, v.Class, v.File, v.Says, v.Should)
}

// key names the kind of a violation in the table of what is known to be broken.
func (v Violation) key() string { return v.Law + ": " + v.Class }

// finder collects the violations of one law in one build.
type finder struct {
	law string
	b   *Build
	m   *Model
	c   *Content

	found []Violation
}

// add notes a violation. Says is what the file says, should what it should.
func (f *finder) add(class, file, says, should string, args ...any) {
	says = strings.TrimSpace(says)
	if len(says) > 160 {
		says = says[:160] + "…"
	}
	f.found = append(f.found, Violation{f.law, class, file, says, fmt.Sprintf(should, args...)})
}

// truth is the model of a build, made once.
func (b *Build) truth() *Model {
	if b.model == nil {
		b.model = reason(b.Content, b.Now)
	}
	return b.model
}

// judge holds a build against all laws of one build.
func judge(b *Build) []Violation {
	var found []Violation
	for _, law := range laws {
		if law.Site != nil {
			f := &finder{law: law.Name, b: b, m: b.truth(), c: b.Content}
			law.Site(f)
			found = append(found, f.found...)
		}
	}
	return found
}

// judgeChange holds two builds against all laws of change.
func judgeChange(change *Change) []Violation {
	var found []Violation
	for _, law := range laws {
		if law.Change != nil {
			f := &finder{law: law.Name, b: change.After, m: change.After.truth(), c: change.After.Content}
			law.Change(f, change)
			found = append(found, f.found...)
		}
	}
	return found
}
