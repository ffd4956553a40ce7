package check

import (
	"net/url"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/status"
)

var (
	rulePlaceholderURL = rules.Declare(diag.Rule{
		Code: "placeholder-url", Level: diag.Warning,
		Title: "The address of the site is its own",
		Why:   "Feeds, mails, the API and the sitemap lead there, and with the address that init writes they lead nowhere.",
	})
	ruleSampleLeft = rules.Declare(diag.Rule{
		Code: "sample-left", Level: diag.Warning,
		Title: "The samples that init writes are drafts or deleted when a site is published",
		Why:   "Readers would take them for real incidents.",
	})
	ruleNoComponents = rules.Declare(diag.Rule{
		Code: "no-components", Level: diag.Warning,
		Title: "A site has components",
		Why:   "Without them readers see no list of what works, and the API says that all is operational, whatever happens.",
	})
)

// checkPlaceholders reports what init leaves for a person to write.
func checkPlaceholders(f *fields, site *status.Site) {
	if isPlaceholder(site.URL) {
		f.list.Add(rulePlaceholderURL.At(f.at("url"), "%s is a placeholder", site.URL).
			WithHint("write where the site will be, without a slash at the end; or build with --base-url"))
	}
}

// isPlaceholder reports whether a URL is one that can't exist.
func isPlaceholder(address string) bool {
	u, err := url.Parse(address)
	return err == nil && strings.HasSuffix(u.Hostname(), ".invalid")
}

// isExample reports whether a URL is for documentation only.
func isExample(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (strings.HasSuffix("."+u.Hostname(), ".example.com") || strings.HasSuffix(u.Hostname(), ".example") || strings.HasSuffix(u.Hostname(), ".test") || u.Hostname() == "localhost")
}

// checkSample reports a sample that is public on a site that has an address of its own.
func (d *document) checkSample(f *fields, e *event) {
	if strings.HasPrefix(e.Title, "Sample: ") && !e.Draft && !isPlaceholder(d.site.URL) && !isExample(d.site.URL) {
		d.list.Add(ruleSampleLeft.At(f.at("title"), "this is the sample that init wrote").WithHint("delete it:\ngit rm %s", d.File.Name()))
	}
}

// CheckComponents reports a site without components.
func (c *Config) CheckComponents() diag.List {
	if _, ok := c.doc.Fields.Field("components"); ok {
		return nil
	}
	at := diag.Position{File: c.doc.File.Name(), Line: 1, Column: 1}
	return diag.List{ruleNoComponents.At(at, "the site has no components").
		WithHint("add what your users depend on:\ncomponents:\n  - { id: api, name: API }")}
}
