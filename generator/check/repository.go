package check

import (
	"fmt"
	"net/url"
	"path"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/source"
	"allclear/generator/status"
)

var ruleBadRepository = rules.Declare(diag.Rule{
	Code:  "bad-repository",
	Title: "The repository is the https address of one, on a forge that is known",
	Why:   "The page of an event links the history of its file there, and a wrong address would lead readers nowhere.",
})

// readRepository reads where the content is kept; nil if site.yaml does not say. It
// is the address, or a map if the forge or the folder can't be told from it.
func readRepository(f *fields) *status.Repository {
	r := &status.Repository{Content: "content"}
	field, ok := f.get("repository")
	if !ok || field.Value.Kind != source.KindMap {
		text := f.text("repository")
		f.may("repository", anAddress)
		if text == "" {
			return nil
		}
		return finished(f, r, "repository", text)
	}
	inner := f.within("repository", "repository", field.Value)
	address := inner.text("url")
	inner.may("url", anAddress)
	r.Forge = readForge(inner)
	if folder := inner.text("content"); folder != "" {
		r.Content = path.Clean(strings.Trim(folder, "/"))
		if strings.HasPrefix(r.Content, "..") || strings.ContainsAny(r.Content, "\\") {
			f.list.Add(ruleBadRepository.At(inner.at("content"), "%q is no folder of the repository", diag.Short(folder)).
				WithHint("write the path of the content folder from the root of the repository, for example content: status/content"))
			r = nil
		}
	}
	inner.unknown(nil)
	if !inner.require("url", "url: https://github.com/example/status") || address == "" || r == nil {
		return nil
	}
	return finished(inner, r, "url", address)
}

// readForge reads the name of a forge; nil if there is none.
func readForge(f *fields) *status.Forge {
	var names []string
	for _, forge := range status.Forges {
		names = append(names, forge.Name)
	}
	name := f.text("forge")
	f.may("forge", oneOfWords(names...))
	for _, forge := range status.Forges {
		if forge.Name == name {
			return forge
		}
	}
	if name != "" {
		f.list.Add(ruleUnknownValue.At(f.at("forge"), "unknown forge %q", diag.Short(name)).
			WithHint("%swrite one of %s", diag.DidYouMean(name, names), strings.Join(names, ", ")))
	}
	return nil
}

// finished puts the address into a repository, and the forge of its host.
func finished(f *fields, r *status.Repository, key, text string) *status.Repository {
	address, host, err := repositoryURL(text)
	if err != nil {
		bad := ruleBadRepository.At(f.at(key), "%q is not the address of a repository: %v", diag.Short(text), err)
		if better := webAddress(text); better != "" {
			bad = bad.WithHint("write its address on the web:\n%s: %s", key, better)
		} else {
			bad = bad.WithHint("copy it from a browser, for example https://github.com/example/status")
		}
		f.list.Add(bad)
		return nil
	}
	r.URL = address
	if r.Forge == nil {
		r.Forge = status.ForgeOf(host)
	}
	if _, named := f.field("forge"); r.Forge == nil {
		if !named || key == "repository" {
			f.list.Add(ruleBadRepository.At(f.at(key), "the host %s does not say which forge it is", diag.Short(host)).
				WithHint("say it:\nrepository: { url: %s, forge: gitlab }", address))
		}
		return nil
	}
	return r
}

// repositoryURL checks the address of a repository on the web.
func repositoryURL(text string) (address, host string, err error) {
	address, err = BaseURL(text)
	if err != nil {
		return "", "", err
	}
	address = strings.TrimSuffix(address, ".git")
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return "", "", err
	case u.Scheme != "https":
		return "", "", fmt.Errorf("it must begin with https://")
	case strings.Count(strings.Trim(u.Path, "/"), "/") < 1:
		return "", "", fmt.Errorf("it names no repository, only a host or an owner")
	}
	return address, u.Hostname(), nil
}

// webAddress is the address on the web of a repository as git may have it; "" if it
// can't be told.
func webAddress(text string) string {
	rest, ok := strings.CutPrefix(text, "ssh://")
	if !ok {
		if rest, ok = strings.CutPrefix(text, "http://"); !ok {
			rest = strings.Replace(text, ":", "/", 1) // git@github.com:example/status.git
		}
	}
	if _, after, found := strings.Cut(rest, "@"); found {
		rest = after
	}
	if address, host, err := repositoryURL("https://" + rest); err == nil && strings.Contains(host, ".") {
		return address
	}
	return ""
}

// anAddress is an https address with a path of two parts at least.
func anAddress() Schema { return orNull(matching(`^https://[^/@?#\s]+/[^/?#\s]+/[^/?#\s]+`)) }
