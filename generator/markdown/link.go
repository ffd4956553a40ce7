package markdown

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"allclear/generator/diag"
	"allclear/generator/status"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

var (
	ruleRefusedLink = rules.Declare(diag.Rule{
		Code:  "refused-link",
		Title: "A link leads to http, https or mailto, or to a place on this site",
		Why:   "Other addresses can run code in a reader's browser, pretend to lead elsewhere, or fail in feeds and mail.",
	})
	ruleRemoteImage = rules.Declare(diag.Rule{
		Code:  "remote-image",
		Level: diag.Warning,
		Title: "A picture is a file of this site",
		Why:   "A picture on another host tells that host who reads the page, and is missing when that host is down; a link is shown instead.",
	})
	ruleMissingAlt = rules.Declare(diag.Rule{
		Code:  "missing-alt",
		Level: diag.Warning,
		Title: "A picture says in words what it shows",
		Why:   "People who can't see it, and every reader of the API, the feeds and status.txt, would get nothing.",
	})
)

// target is where a link leads, after check has found it harmless.
type target struct {
	address string // safe in an attribute's value after & and quotes are escaped
	onSite  bool   // address is a path from the site's root, without a slash at its start
	web     bool   // leads to http or https
}

// href is the address in a page or a feed; root ends with a slash.
func (t target) href(root string) string {
	if t.onSite {
		return root + t.address
	}
	return t.address
}

// refusal says why a link is refused. The zero value refuses nothing.
type refusal struct{ message, hint string }

const pasteAddress = "write the address in full, https:// and all, or a path from the site's root such as /history/"

// links holds the targets of the links and pictures of one update that are not
// refused. Several walks use each target, and finding it costs more than
// everything else about a link.
type links map[ast.Node]target

// resolve checks the destination of a link as it is in Markdown, with
// backslashes and entities.
func resolve(destination []byte) (target, refusal) { return check(literal(destination)) }

// check decides whether an address, as a person reads it, is allowed.
func check(address string) (target, refusal) {
	switch {
	case address == "":
		return target{}, refusal{"the link has no address", "write the address between the parentheses"}
	case strings.ContainsRune(address, '\\'):
		return target{}, refusal{"the link's address holds a backslash, which browsers read as a slash", "write / or %5C"}
	case strings.TrimSpace(address) != address, strings.ContainsFunc(address, invisible):
		return target{}, refusal{"the link's address holds characters that can't be seen", "type the address again"}
	case strings.HasPrefix(address, "//"):
		return target{}, refusal{fmt.Sprintf("the link %s names a host but not how to reach it", firstLine(address)), "begin it with https://, or with one slash for a page of this site"}
	}
	escaped := string(util.URLEscape([]byte(address), false))
	if end := strings.IndexAny(address, ":/?#"); end >= 0 && address[end] == ':' {
		return absolute(strings.ToLower(address[:end]), escaped)
	}
	if address[0] == '#' {
		return target{address: escaped}, refusal{}
	}
	return fromRoot(escaped)
}

func absolute(scheme, address string) (target, refusal) {
	switch scheme {
	case "mailto":
		return target{address: address}, refusal{}
	case "http", "https":
	default:
		return target{}, refusal{
			fmt.Sprintf("links to %s: are not allowed", firstLine(scheme)),
			"http, https and mailto are allowed, and paths from the site's root; to show the address, put it in backticks",
		}
	}
	u, err := url.Parse(address)
	switch {
	case err != nil, u.Host == "":
		return target{}, refusal{fmt.Sprintf("%s is not an address that browsers agree on", firstLine(address)), pasteAddress}
	case u.User != nil:
		return target{}, refusal{
			fmt.Sprintf("%s names a user before the host, which hides where it leads", firstLine(address)),
			"remove the part before the @",
		}
	}
	return target{address: address, web: true}, refusal{}
}

// fromRoot resolves the . and .. segments of a path from the site's root.
func fromRoot(address string) (target, refusal) {
	path, rest := address, ""
	if end := strings.IndexAny(address, "?#"); end >= 0 {
		path, rest = address[:end], address[end:]
	}
	var kept []string
	folder := false
	for _, segment := range strings.Split(path, "/") {
		// Browsers read %2e as a dot.
		name := strings.ReplaceAll(strings.ToLower(segment), "%2e", ".")
		folder = name == "" || name == "." || name == ".."
		switch {
		case !folder:
			kept = append(kept, segment)
		case name != "..":
		case len(kept) == 0:
			return target{}, refusal{
				fmt.Sprintf("the link %s leads out of the site", firstLine(address)),
				"links without a host begin at the site's root, on every page: " + strings.TrimLeft(address, "./"),
			}
		default:
			kept = kept[:len(kept)-1]
		}
	}
	path = strings.Join(kept, "/")
	if folder && path != "" {
		path += "/"
	}
	return target{address: path + rest, onSite: true}, refusal{}
}

// autoTarget is where an address in the text leads.
func autoTarget(n *ast.AutoLink, src []byte) (target, refusal) {
	address := string(n.URL(src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
		address = "mailto:" + address
	}
	return check(address)
}

func (i *inspection) link(n *ast.Link) {
	t, refused := resolve(n.Destination)
	i.leads(n, t, refused)
	i.refuse(n.Pos(), refused)
}

func (i *inspection) autoLink(n *ast.AutoLink) {
	t, refused := autoTarget(n, i.src)
	i.leads(n, t, refused)
	offset := max(n.Pos(), 0)
	i.refuse(offset+max(bytes.Index(i.src[offset:], n.Label(i.src)), 0), refused)
}

// leads notes the target of a link or a picture, unless it is refused.
func (i *inspection) leads(n ast.Node, t target, refused refusal) {
	if refused != (refusal{}) {
		return
	}
	i.links[n] = t
	i.relative = i.relative || t.onSite
	if t.onSite || strings.HasPrefix(t.address, "#") {
		i.references = append(i.references, status.Reference{Address: t.address, Picture: n.Kind() == ast.KindImage, Offset: max(n.Pos(), 0)})
	}
}

func (i *inspection) image(n *ast.Image) {
	t, refused := resolve(n.Destination)
	i.leads(n, t, refused)
	switch {
	case refused != refusal{}:
		i.refuse(n.Pos(), refused)
	case t.web:
		i.report(n.Pos(), ruleRemoteImage, fmt.Sprintf("the picture %s is not on this site, and is shown as a link", firstLine(t.address)),
			"copy it to content/static/images/ and write images/ and its name")
	case !t.onSite:
		i.report(n.Pos(), ruleRefusedLink, fmt.Sprintf("%s is not a picture", firstLine(t.address)),
			"write the path of a file below content/static/, such as images/graph.png")
	}
	if strings.TrimSpace(words(n, i.src)) == "" {
		i.report(n.Pos(), ruleMissingAlt, "the picture has no text for people who can't see it",
			"write between the brackets what it shows: ![Error rate, falling since 11:24](images/graph.png)")
	}
}

func (i *inspection) refuse(offset int, refused refusal) {
	if refused != (refusal{}) {
		i.report(offset, ruleRefusedLink, refused.message, refused.hint)
	}
}

// invisible reports whether a character is one that browsers drop from an
// address, or that changes how it looks.
func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r != ' ' && unicode.IsSpace(r)
}

// firstLine is the part of a text that a message quotes.
func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return diag.Short(s)
}
