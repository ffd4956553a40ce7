package status

import (
	"net/url"
	"path"
	"strings"
)

// Repository is where a site's content is kept.
type Repository struct {
	URL     string // https, without a slash at its end
	Forge   *Forge
	Content string // the content folder, slash-separated, from the root of the repository; "." for the root itself
}

// History is the address of the history of a file of the content folder.
func (r *Repository) History(file string) string {
	name := url.URL{Path: path.Join(r.Content, file)}
	return r.URL + r.Forge.history + name.EscapedPath()
}

// Forge is a service that shows repositories. Each shows the history of a file on
// the default branch without being told its name, as HEAD.
type Forge struct {
	Name    string
	hosts   []string // its own, and the first label of the host of others: gitlab.example.com
	history string   // between the address of a repository and a path in it
}

// Forges are those that are known.
var Forges = []*Forge{
	{"github", []string{"github.com", "github"}, "/commits/HEAD/"},
	{"gitlab", []string{"gitlab.com", "gitlab"}, "/-/commits/HEAD/"},
	{"gitea", []string{"gitea.com", "gitea"}, "/commits/commit/HEAD/"},
	{"forgejo", []string{"codeberg.org", "forgejo"}, "/commits/commit/HEAD/"},
	{"bitbucket", []string{"bitbucket.org"}, "/history-node/HEAD/"},
}

// ForgeOf is the forge of a host; nil if its name does not say.
func ForgeOf(host string) *Forge {
	host = strings.ToLower(host)
	label, _, _ := strings.Cut(host, ".")
	for _, f := range Forges {
		for _, own := range f.hosts {
			if host == own || label == own {
				return f
			}
		}
	}
	return nil
}
