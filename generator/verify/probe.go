package verify

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"strings"

	"allclear/generator/web"
)

// nowhere is a path that no site has.
const nowhere = "allclear-verify-no-such-page"

// checkNotFound asks for a page and a document of the API that are not there.
func (c *checker) checkNotFound(ctx context.Context) error {
	want, err := c.then.notFoundPage()
	if err != nil {
		return err
	}
	if a := c.get(ctx, nowhere, asGzip()); a != nil {
		switch {
		case a.Status != 404:
			c.found.add(notFound, nowhere, fmt.Sprintf("a page that is not there answers with %d instead of 404", a.Status), "")
		case !c.elsewhere && want != nil && !bytes.Equal(a.text, want):
			c.found.add(notFoundPage, nowhere, "a page that is not there answers with another page than 404.html", "")
		}
	}
	document := "api/v2/incidents/" + nowhere + ".json"
	a := c.get(ctx, document, asGzip())
	if a == nil {
		return nil
	}
	if a.Status != 404 {
		c.found.add(notFound, document, fmt.Sprintf("a document that is not there answers with %d instead of 404", a.Status), "")
	} else if allowed := a.Header("Access-Control-Allow-Origin"); allowed != "*" && allowed != origin {
		c.found.add(openNotFound, document, "other origins can't read a 404 of the API", "")
	}
	return nil
}

// checkFolder asks for a folder without its slash.
func (c *checker) checkFolder(ctx context.Context) error {
	a := c.get(ctx, "history", asGzip())
	if a == nil {
		return nil
	}
	from, err := url.Parse(a.URL)
	if err != nil {
		return nil
	}
	to, err := from.Parse(a.Header("Location"))
	switch {
	case a.Status/100 != 3:
		c.found.add(redirect, "history", fmt.Sprintf("a folder without its slash answers with %d instead of a redirect to the one with it", a.Status), "")
	case err != nil || to.Host != from.Host || to.Scheme != from.Scheme || to.Path != from.Path+"/":
		c.found.add(redirect, "history", "a folder without its slash does not lead to the one with it", "to "+quoted(a.Header("Location")))
	}
	return nil
}

// checkPreflight asks, as a browser does, whether a script of another origin may
// send a header of its own.
func (c *checker) checkPreflight(ctx context.Context) error {
	const path = "api/v2/summary.json"
	a := c.ask(ctx, path, func() (*web.Response, error) {
		return c.site.Options(ctx, path, map[string]string{
			"Origin": origin, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match",
		})
	})
	if a == nil {
		return nil
	}
	from, names := a.Header("Access-Control-Allow-Origin"), strings.ToLower(a.Header("Access-Control-Allow-Headers"))
	switch {
	case a.Status/100 != 2:
		c.found.add(preflight, path, fmt.Sprintf("a browser that asks first (OPTIONS) is answered with %d", a.Status), "")
	case from != "*" && from != origin || !strings.Contains(names, "*") && !strings.Contains(names, "if-none-match"):
		c.found.add(preflight, path, "a browser that asks first (OPTIONS) may not send If-None-Match", "")
	}
	return nil
}

// polled are the files that clients ask for again and again.
var polled = []string{"", "api/v2/status.json", "api/v2/summary.json", "history.atom"}

// checkConditional asks for some files twice, the second time only if they have
// changed, and once with an ETag that no file has.
func (c *checker) checkConditional(ctx context.Context) error {
	for _, path := range polled {
		c.askAgain(ctx, path)
	}
	const path = "api/v2/status.json"
	if a := c.get(ctx, path, asGzip("If-None-Match", `"allclear-verify"`)); a != nil && a.Status == 304 {
		c.found.add(conditional, path, "the host answers 304 to a client that has another version", "")
	}
	return nil
}

func (c *checker) askAgain(ctx context.Context, path string) {
	first := c.get(ctx, path, asGzip())
	if first == nil || first.Status != 200 {
		return // which is a finding of its own
	}
	validators := first.validators()
	if validators == nil {
		c.found.add(conditional, path, "the answer has neither ETag nor Last-Modified", "")
		return
	}
	second := c.get(ctx, path, asGzip(validators...))
	if second == nil || second.Status == 304 {
		return
	}
	if bytes.Equal(first.text, second.text) || second.Status != 200 { // else it has just changed
		c.found.add(conditional, path, fmt.Sprintf("asked with %s of its own answer, the host answers %d instead of 304", validators[0], second.Status), quoted(validators[1]))
	}
}
