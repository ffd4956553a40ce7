// Package provenance takes a content folder and says, by the history of its git
// repository, when each update was published and when it was edited: the second of
// two clocks. The first is when an update says that it happened, which is in its
// heading.
//
// # Published
//
// An update was published by the commit along HEAD's first parents that brought
// it, whether that merged, squashed or rebased a pull request: at its committer's
// date, but never before its parent, and never after the instant of the build. It
// is found by the API id of its event and its own id, so a moved file and a new
// place in the file change nothing. An event that was renamed keeps its dates by
// its api_id, or by an alias that is the address of its page before.
//
//   - What stood on the branch when `provenance: git` came into site.yaml counts as
//     published when it happened. If the key went and came back, the last time
//     counts. A commit that moves the content folder brings the key anew.
//   - What stood in an event when `imported: true` came into it counts likewise, as
//     long as the event says so. What was added later was published then.
//   - Nothing is published before it happens: an update that is held back by
//     `publish: scheduled` is published at its own time.
//   - A draft is published when it is none any more.
//   - What is not committed counts as published at the instant. If `provenance: git`
//     is not committed yet, everything stands, and counts as when it happened.
//   - An update that was removed and came back was published the first time.
//   - A history that was rewritten counts as it is now.
//
// # Edited
//
// An update was edited when the words of its text changed after that; blanks and
// line ends don't count, nor do translations. Text that was changed and changed
// back was edited. A change that is not committed was made at the instant.
//
// # Changed
//
// An event changed when anything of it was published, edited or removed, or when
// its title, times or severity were corrected. The site changed with its events,
// but not with its announcements, which the API does not have.
//
// Announcements are dated as updates are; what happened is their `from`.
//
// # Cost
//
// git walks the history once, and only as far back as `provenance: git` came. Each
// version of a file is read once, while git walks on.
package provenance
