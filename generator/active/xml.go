package active

import (
	"encoding/xml"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// maxXML is how many bytes of XML are examined, which is far more than a picture has.
const maxXML = 8 << 20

const svgSpace = "http://www.w3.org/2000/svg"

// spaces are the namespaces whose elements a browser runs in any XML.
var spaces = map[string]string{
	"http://www.w3.org/1999/xhtml":                                  "HTML",
	"http://www.w3.org/1998/Math/MathML":                            "MathML",
	"http://www.w3.org/1999/XSL/Transform":                          "XSLT",
	"http://www.w3.org/2001/xml-events":                             "XML Events",
	"http://www.mozilla.org/xbl":                                    "XBL",
	"http://www.mozilla.org/keymaster/gatekeeper/there.is.only.xul": "XUL",
}

// running are the elements of SVG that run something or contain a page.
var running = map[string]bool{
	"script": true, "handler": true, "listener": true, "foreignobject": true,
	"iframe": true, "embed": true, "object": true, "audio": true, "video": true,
}

// examination reads XML as a browser does, up to the first thing in it that is not
// data.
type examination struct {
	strict  bool // the file is parsed as XML: what can't be read is not data
	isSVG   bool // elements without a namespace count as SVG
	inStyle bool
	style   strings.Builder
}

// read returns why the file is not data, or "".
func (x *examination) read(content io.Reader) (string, error) {
	limited := &io.LimitedReader{R: content, N: maxXML + 1}
	decoder := xml.NewDecoder(limited)
	for {
		token, err := decoder.Token()
		if limited.N == 0 {
			return "is XML of more than 8 MiB, which is not examined", nil
		}
		if err == io.EOF {
			return "", nil
		}
		if err != nil {
			return x.unreadable(err)
		}
		if reason := x.token(token); reason != "" {
			return reason, nil
		}
	}
}

func (x *examination) unreadable(err error) (string, error) {
	if _, ok := err.(*xml.SyntaxError); !ok && !strings.HasPrefix(err.Error(), "xml: ") {
		return "", err // of the disk
	}
	if !x.strict {
		return "", nil
	}
	return "is no well-formed XML in UTF-8, so that scripts can't be found in it", nil
}

func (x *examination) token(token xml.Token) string {
	switch t := token.(type) {
	case xml.StartElement:
		return x.element(t)
	case xml.EndElement:
		if !x.inStyle || !strings.EqualFold(t.Name.Local, "style") {
			return ""
		}
		x.inStyle = false
		return loads(x.style.String())
	case xml.CharData:
		if x.inStyle {
			x.style.Write(t)
		}
	case xml.ProcInst:
		if strings.EqualFold(t.Target, "xml-stylesheet") {
			return "names a style sheet, which can turn it into a page"
		}
	case xml.Directive:
		if strings.ContainsAny(string(t), "[&%") || strings.Contains(strings.ToUpper(string(t)), "ENTITY") {
			return "declares entities, which can hide a script"
		}
	}
	return ""
}

func (x *examination) element(e xml.StartElement) string {
	if language := spaces[e.Name.Space]; language != "" {
		return "contains elements of " + language + ", which can run scripts"
	}
	if e.Name.Space != svgSpace && (e.Name.Space != "" || !x.isSVG) {
		return ""
	}
	local := strings.ToLower(e.Name.Local)
	if running[local] {
		return "contains the element " + e.Name.Local + ", which can run scripts"
	}
	if local == "style" {
		x.inStyle = true
		x.style.Reset()
	}
	for _, a := range e.Attr {
		if reason := attribute(local, a); reason != "" {
			return reason
		}
	}
	return ""
}

// attribute says why an attribute of an element of SVG is not data, or "".
func attribute(element string, a xml.Attr) string {
	local := strings.ToLower(a.Name.Local)
	switch {
	case a.Name.Space == "xmlns", local == "xmlns":
		return ""
	case spaces[a.Name.Space] != "", strings.HasPrefix(local, "on") && a.Name.Space == "":
		return "has the attribute " + a.Name.Local + ", which runs a script"
	case local == "attributename" && (strings.HasSuffix(strings.ToLower(a.Value), "href") || strings.HasPrefix(strings.ToLower(a.Value), "on")):
		return "animates the attribute " + strconv.Quote(shown(a.Value)) + ", which can become a script"
	case local == "href", local == "src", local == "base":
		return target(element, a.Value)
	}
	return loads(a.Value)
}

var (
	hasScheme = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*:`)
	isPicture = regexp.MustCompile(`(?i)^data:image/(png|jpeg|jpg|gif|webp|avif)[;,]`)
	linkable  = regexp.MustCompile(`(?i)^(https?|mailto):`)
)

// target says why the address that an element of SVG names is not data, or "". A
// link may lead anywhere; all else must be in the file or on the site.
func target(element, address string) string {
	address = cleanURL(address)
	switch {
	case isPicture.MatchString(address), element == "a" && (linkable.MatchString(address) || isForeign(address) && !hasScheme.MatchString(address)):
		return ""
	case isForeign(address), hasScheme.MatchString(address):
		return "names the address " + strconv.Quote(shown(address))
	}
	return ""
}

// cleanURL is an address as a browser reads it: without the blanks and control
// characters around it, and without tabs and line ends in it.
// https://url.spec.whatwg.org/#concept-basic-url-parser
func cleanURL(address string) string {
	return asBrowsers.Replace(strings.TrimFunc(address, func(r rune) bool { return r <= ' ' }))
}

var asBrowsers = strings.NewReplacer("\t", "", "\n", "", "\r", "", `\`, "/")

// isForeign reports whether a clean address names a host.
func isForeign(address string) bool {
	lower := strings.ToLower(address)
	for _, prefix := range []string{"//", "http:", "https:", "ws:", "wss:", "ftp:"} {
		if strings.HasPrefix(lower, prefix) {
			return true
		}
	}
	return false
}

// shown is the beginning of a text for a message.
func shown(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
