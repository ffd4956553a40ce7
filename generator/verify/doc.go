// Package verify takes a published site and the content that it is of, and gives
// findings: where the host serves something else than a build of the content would
// publish, and what to do about it on the host. It only reads.
//
// A site is as old as its last build. So the content is built for the instant of
// that build, as the site itself says it, and for now; a file may be of either,
// since caches keep each file for a time of its own. Only then it is said how old
// the site is, and whether a build is due that did not come.
//
// Requests are few and gentle: the files that matter always, a sample of the
// others in an order that never changes, one after the other at a fixed rate, and
// none any more once the host fails three times in a row or asks to be left alone.
// All that the host says is untrusted; package web bounds it.
package verify
