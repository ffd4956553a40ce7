package source

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"time"

	"allclear/generator/diag"
	"allclear/generator/status"
)

var ruleConflict = rules.Declare(diag.Rule{
	Code:  "conflict",
	Title: "A file has no conflict markers of Git",
	Why:   "Two people changed the same lines, and only a person can say which text readers should see. If both only added updates at the end, both are kept, in order of time.",
})

// conflict is one conflict of a merge: the lines of its markers, counted from 1.
type conflict struct {
	ours, base, middle, theirs int // base is 0 unless the marker ||||||| is there
}

// conflicts finds the markers that Git writes into a file. A marker without the
// others is a conflict of its own, since somebody has deleted only some of them.
func (f *File) conflicts() []conflict {
	if !bytes.Contains(f.text, []byte("<<<<<<< ")) && !bytes.Contains(f.text, []byte(">>>>>>> ")) {
		return nil
	}
	var all []conflict
	var current conflict
	for n := 1; n <= len(f.lines); n++ {
		switch line := f.Line(n); {
		case strings.HasPrefix(line, "<<<<<<< "):
			if current.ours > 0 {
				all = append(all, current)
			}
			current = conflict{ours: n}
		case strings.HasPrefix(line, "||||||| ") && current.ours > 0 && current.middle == 0:
			current.base = n
		case line == "=======" && current.ours > 0 && current.middle == 0:
			current.middle = n
		case strings.HasPrefix(line, ">>>>>>> "):
			current.theirs = n
			all = append(all, current)
			current = conflict{}
		}
	}
	if current.ours > 0 {
		all = append(all, current)
	}
	return all
}

// checkConflicts reports each conflict once.
func (f *File) checkConflicts(kind status.Kind) diag.List {
	var list diag.List
	all := f.conflicts()
	for i, c := range all {
		line := cmp.Or(c.ours, c.theirs)
		d := ruleConflict.At(diag.Position{File: f.name, Line: line, Column: 1}, "a conflict of a merge was never resolved").
			WithHint("keep what readers should see, and delete the lines of <<<<<<<, ======= and >>>>>>>")
		if block, last, ok := f.joined(all, kind); ok && i == 0 {
			d = d.WithHint("both sides add updates; keep both, from here to the end of the file:\n%s", strings.Join(block, "\n"))
			d.Fix = &diag.Fix{First: line, Last: last, Lines: block}
		} else if ok {
			d = d.WithHint("the hint for line %d is the end of the file without conflicts", all[0].ours)
		}
		list.Add(d)
	}
	return list
}

// joined is the end of a file from its first conflict on, with the updates of
// both sides in order of time, if both only add updates; and its last line.
func (f *File) joined(all []conflict, kind status.Kind) (lines []string, last int, ok bool) {
	last = len(f.lines)
	if f.Line(last) == "" && last > 1 {
		last-- // the file ends with a line end
	}
	var ours, theirs []string
	next := all[0].ours
	for _, c := range all {
		if c.ours == 0 || c.middle == 0 || c.theirs == 0 {
			return nil, 0, false
		}
		if c.base > 0 && strings.TrimSpace(strings.Join(f.between(c.base, c.middle), "")) != "" {
			return nil, 0, false // a side changes what was there
		}
		common := f.between(next-1, c.ours)
		ours = append(append(ours, common...), f.between(c.ours, cmp.Or(c.base, c.middle))...)
		theirs = append(append(theirs, common...), f.between(c.middle, c.theirs)...)
		next = c.theirs + 1
	}
	common := f.between(next-1, last+1)
	blocks, first := updateBlocks(append(ours, common...), kind)
	others, second := updateBlocks(append(theirs, common...), kind)
	if !first || !second || sameUpdate(blocks, others) {
		return nil, 0, false
	}
	return writeBlocks(inOrder(blocks, others)), last, true
}

// between are the lines after one line and before another.
func (f *File) between(after, before int) []string {
	var lines []string
	for n := after + 1; n < before; n++ {
		lines = append(lines, f.Line(n))
	}
	return lines
}

// updateBlock is an update heading with a time, and the lines below it.
type updateBlock struct {
	at    time.Time
	lines []string
}

// sameUpdate reports whether both sides have an update with the same time and
// another text, or the same text at another time: one of them is an edit.
func sameUpdate(ours, theirs []updateBlock) bool {
	return slices.ContainsFunc(ours, func(a updateBlock) bool {
		return slices.ContainsFunc(theirs, func(b updateBlock) bool {
			return !slices.Equal(a.lines, b.lines) && (a.at.Equal(b.at) || slices.Equal(a.lines[1:], b.lines[1:]))
		})
	})
}

// updateBlocks divides lines at update headings; false if there is text before
// the first one, a heading without a time or none at all.
func updateBlocks(lines []string, kind status.Kind) ([]updateBlock, bool) {
	var blocks []updateBlock
	for _, line := range lines {
		if isLevelTwo([]byte(line)) {
			heading, found := ParseHeading(line, kind, diag.Position{})
			at, err := ParseTimestamp(heading.Time, time.UTC)
			if len(found) > 0 || err != nil {
				return nil, false
			}
			blocks = append(blocks, updateBlock{at, []string{line}})
			continue
		}
		if len(blocks) == 0 {
			if strings.TrimSpace(line) != "" {
				return nil, false
			}
			continue
		}
		last := &blocks[len(blocks)-1]
		last.lines = append(last.lines, line)
	}
	for i := range blocks {
		for n := len(blocks[i].lines); n > 1 && strings.TrimSpace(blocks[i].lines[n-1]) == ""; n-- {
			blocks[i].lines = blocks[i].lines[:n-1]
		}
	}
	return blocks, len(blocks) > 0
}

// inOrder are the blocks of both sides in order of time, the same one once.
func inOrder(ours, theirs []updateBlock) []updateBlock {
	all := slices.Clone(ours)
	for _, b := range theirs {
		if !slices.ContainsFunc(ours, func(a updateBlock) bool { return slices.Equal(a.lines, b.lines) }) {
			all = append(all, b)
		}
	}
	slices.SortStableFunc(all, func(a, b updateBlock) int { return a.at.Compare(b.at) })
	return all
}

func writeBlocks(blocks []updateBlock) []string {
	var lines []string
	for i, b := range blocks {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, b.lines...)
	}
	return lines
}
