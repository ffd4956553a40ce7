// Package active tells data from code. It takes the name and the content of a
// file, and says whether a browser, or the host, would run something in it. In a
// file that is code, it finds what a reviewer should look at.
//
// Any file on a site's origin can do what the site's own pages do: a page with a
// script and a service worker answers every later visit, even when the files are
// long gone. So files that anybody may add through a pull request must be data.
// Hosts choose a file's type by its name; some that don't know the name send no
// type, and the browser guesses by the content. So both must be harmless.
//
// What can't be found by its content is a classic script in a file of another
// type, such as code.txt: nothing on the site loads it, since pages are refused.
package active

import (
	"bufio"
	"bytes"
	"io"
	"path"
	"regexp"
)

// sniffed is how much of a file a browser reads to guess its type,
// https://mimesniff.spec.whatwg.org/#reading-the-resource-header
const sniffed = 1445

// likePage matches how a file begins that a browser takes for a page if its type is
// unknown, after blanks, https://mimesniff.spec.whatwg.org/#identifying-a-resource-with-an-unknown-mime-type
var likePage = regexp.MustCompile(`(?i)^(<!--|<(!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)([\s/>]|$))`)

// Reason says why a browser or a host would run a file, as the end of a sentence
// that begins with the file's name; "" if the file is only data.
func Reason(name string, content io.Reader) (string, error) {
	if reason := byName(path.Base(name)); reason != "" {
		return reason, nil
	}
	r := bufio.NewReaderSize(content, sniffed)
	head, err := r.Peek(sniffed)
	if err != nil && err != io.EOF {
		return "", err
	}
	isXML := hasKind(name, xmlFile)
	begin := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), "\t\n\f\r ")
	switch {
	case isXML:
	case likePage.Match(begin):
		return "begins like a page of HTML, which can run scripts", nil
	case bytes.HasPrefix(head, []byte("\x00asm")):
		return "is a program of WebAssembly", nil
	case !bytes.HasPrefix(begin, []byte("<")):
		return "", nil
	}
	x := examination{strict: isXML || bytes.HasPrefix(begin, []byte("<?xml")), isSVG: hasKind(name, svgFile)}
	return x.read(r)
}
