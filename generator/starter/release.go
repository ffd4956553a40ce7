package starter

import (
	"errors"
	"net/url"
	"regexp"
	"strings"
)

// plainAddress has only characters that mean nothing else in a script.
var plainAddress = regexp.MustCompile(`^(https://|http://(127\.0\.0\.1|localhost):)[A-Za-z0-9._~:/@%+-]+$`)

// ReleaseAddress checks the address of a release, and returns it without a slash at
// its end.
func ReleaseAddress(text string) (string, error) {
	if !plainAddress.MatchString(text) {
		return "", errors.New("it must begin with https:// and be the folder that has the release's checksums.txt, such as https://github.com/OWNER/REPOSITORY/releases/download/v1.2.3")
	}
	return strings.TrimRight(text, "/"), nil
}

// shortRemote is an address of git's short form, git@example.com:owner/name.git.
var shortRemote = regexp.MustCompile(`^(?:[\w.-]+@)?([\w.-]+):([^/].*)$`)

// ReleaseOf is the address of a tag's release, where the forge of a git remote has it:
// GitLab at one path, GitHub, Gitea and Forgejo at another. It is "" if the remote is
// no forge's. What the remote says of a user or a password is in no address.
func ReleaseOf(remote, tag string) string {
	host, path := "", ""
	if at, err := url.Parse(remote); err == nil && at.Host != "" && (at.Scheme == "https" || at.Scheme == "http" || at.Scheme == "ssh" || at.Scheme == "git") {
		host, path = at.Hostname(), at.Path
		if at.Scheme == "https" {
			host = at.Host
		}
	} else if parts := shortRemote.FindStringSubmatch(remote); parts != nil && !strings.Contains(remote, "://") {
		host, path = parts[1], parts[2]
	}
	path = strings.TrimSuffix(strings.Trim(path, "/"), ".git")
	if host == "" || path == "" || tag == "" {
		return ""
	}
	folder := "/releases/download/" + tag
	if strings.Contains(host, "gitlab") {
		folder = "/-/releases/" + tag + "/downloads"
	}
	address, err := ReleaseAddress("https://" + host + "/" + path + folder)
	if err != nil {
		return ""
	}
	return address
}
