// Package starter takes what a new site is to be, and where it is to be hosted, and
// gives the files of its repository. It reads and writes no disk.
//
// The files are those below files/: content for every site, all for every host, and
// a folder for each host. They say "Example" and https://status.example.com where a
// site's own words go. From the composite action, which the program carries, come the
// action itself and allclearw, which runs the release that it names.
package starter

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"regexp"
	"strings"
)

//go:embed all:files
var files embed.FS

// Hosts are the hosts that a site can be made for, in the order in which they are offered.
func Hosts() []string { return []string{"github", "gitlab", "netlify", "cloudflare", "server"} }

// Site is what a new site is to be. An empty field has a default.
type Site struct {
	Title   string
	URL     string // its address
	Host    string // one of Hosts, or "" for the content alone
	Release string // the address of the release to use, "" if it is not known
	Owners  string // who must approve code, as in CODEOWNERS: @example/admins
}

// File is a file of the repository.
type File struct {
	Path string // slash-separated
	Text string
	Kind Kind
}

// Kind is what a file is for.
type Kind int

const (
	Content Kind = iota // what the site is built from
	Deploy              // how it is checked, built and published
	Advice              // for people and their tools; the site works without it
)

// Files are the files of a new site's repository. action is the folder of the
// composite action.
func Files(s Site, action fs.FS) ([]File, error) {
	made := maker{site: s}
	made.read(files, "files", Content, "content")
	if s.Host != "" {
		made.read(files, "files/all", Advice, ".")
		made.read(action, ".", Deploy, "allclearw")
		made.read(files, "files/"+s.Host, Deploy, ".")
	}
	if s.Host == "github" {
		made.copy(action, "action.yml", ".github/actions/allclear/action.yml", Deploy)
	}
	return made.files, made.err
}

// maker collects files.
type maker struct {
	site  Site
	files []File
	err   error // the first one
}

// read adds the files of a folder, below one of its names.
func (m *maker) read(from fs.FS, folder string, kind Kind, name string) {
	if m.err != nil {
		return
	}
	below, err := fs.Sub(from, folder)
	if err != nil {
		m.err = err
		return
	}
	m.err = fs.WalkDir(below, name, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			m.copy(below, name, name, kind)
			err = m.err
		}
		return err
	})
}

// copy adds a file. A README.md of a host goes on where that for all ends; any other
// file of a host replaces that for all.
func (m *maker) copy(from fs.FS, name, to string, kind Kind) {
	text, err := fs.ReadFile(from, name)
	if err != nil {
		m.err = err
		return
	}
	filled := m.site.fill(to, string(text))
	for i, f := range m.files {
		if f.Path != to {
			continue
		}
		if to == "README.md" {
			filled = f.Text + filled
		}
		m.files[i].Text = filled
		return
	}
	m.files = append(m.files, File{to, filled, kind})
}

// ownersLine is a line of CODEOWNERS that counts if the owners are known, and its path.
var ownersLine = regexp.MustCompile(`(?m)^#OWNERS (/\S+)( +)@example/status-admins\n`)

// provenanceLine is for a site whose content is in a repository of git.
var provenanceLine = regexp.MustCompile(`(?m)^provenance: .*\n`)

// plainHost is a host's name that means nothing else in the settings of nginx.
var plainHost = regexp.MustCompile(`^[A-Za-z0-9.-]+$`)

// fill puts a site's own words into the text of a file.
func (s Site) fill(name, text string) string {
	switch name {
	case "content/site.yaml":
		if s.Host == "" { // there may be no repository
			text = provenanceLine.ReplaceAllString(text, "")
		}
		if s.Title != "" {
			text = strings.Replace(text, "title: Example\n", "title: "+quoted(s.Title)+"\n", 1)
		}
		if s.URL != "" {
			text = strings.Replace(text, "url: https://status.example.com  ", "url: "+s.URL+"  ", 1)
		}
	case "README.md":
		if s.Title != "" {
			text = strings.Replace(text, "# Example: status\n", "# "+s.Title+": status\n", 1)
		}
	case "server/nginx.conf":
		if at, err := url.Parse(s.URL); err == nil && plainHost.MatchString(at.Hostname()) {
			text = strings.Replace(text, "server_name status.example.com;", "server_name "+at.Hostname()+";", 1)
		}
	case "allclearw":
		text = strings.Replace(text, "release=${ALLCLEAR_RELEASE:-}\n", "release=${ALLCLEAR_RELEASE:-"+s.Release+"}\n", 1)
	case "CODEOWNERS":
		text = ownersLine.ReplaceAllStringFunc(text, s.owned)
	}
	return text
}

// deployed are the paths that only some hosts have.
var deployed = map[string]string{
	"/.github/": "github", "/.gitlab/": "gitlab", "/.gitlab-ci.yml": "gitlab", "/netlify/": "netlify", "/netlify.toml": "netlify",
	"/cloudflare/": "cloudflare", "/wrangler.toml": "cloudflare", "/server/": "server",
}

// owned is a line of CODEOWNERS: nothing for a path of another host, a comment if the
// owners are not known.
func (s Site) owned(line string) string {
	parts := ownersLine.FindStringSubmatch(line)
	switch host := deployed[parts[1]]; {
	case host != "" && host != s.Host:
		return ""
	case s.Owners == "":
		return fmt.Sprintf("# %s%s@example/status-admins\n", parts[1], parts[2])
	}
	return parts[1] + parts[2] + s.Owners + "\n"
}

// quoted is a text as a YAML scalar in double quotes, which JSON's strings are.
func quoted(text string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(text); err != nil {
		panic(err) // a string can be encoded
	}
	return strings.TrimSuffix(b.String(), "\n")
}
