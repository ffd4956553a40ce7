// Package web takes the address of a published site and gives what it serves:
// the answers to GET and OPTIONS requests to that one host. It sends nothing, keeps no
// cookie, and never asks another host, port or scheme than the address names,
// aside from http that is led on to https.
//
// Every answer is untrusted. A [Site] bounds the number of its requests, the time
// and the bytes of each answer, and the bytes of all of them; bytes are counted
// after decompression, so a small answer can't become a huge one. A caller bounds
// the time of the whole with its context, and prints what it read only through a
// [diag.Door].
//
// The name of a host may lead to any computer. Where it leads to this one, or to
// an address that has a meaning only on the local link (as the metadata of cloud
// servers), it is refused, unless the address names that computer itself. Plain
// http is refused but for this computer and where the user allows it, since anyone
// on the way could change the answers.
//
// [Site.Read] reads a document, and follows redirects of the host; [Site.Follow]
// does so for an answer of any status. [Site.Get] makes one request and gives the answer as it is, a redirect or an error page
// too, for those who check what a site serves.
package web
