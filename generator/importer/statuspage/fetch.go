package statuspage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
	"time"

	"allclear/generator/importer"
	"allclear/generator/importer/markup"
)

// Bounds on what is read.
const (
	maxResponse  = 64 << 20         // bytes of one response
	maxSource    = 512 << 20        // bytes of all files together
	timeout      = 30 * time.Second // of one request
	maxRedirects = 5
)

// endpoints are those of the public API, https://metastatuspage.com/api.
var endpoints = []string{"summary.json", "components.json", "incidents.json", "scheduled-maintenances.json"}

// record collects the responses at an address, in a folder or in a file.
func record(ctx context.Context, from string, o importer.Options, report *importer.Report) ([]recording, error) {
	if strings.HasPrefix(from, "https://") || strings.HasPrefix(from, "http://") {
		return fetchAll(ctx, from, o, report)
	}
	info, err := os.Stat(from)
	switch {
	case errors.Is(err, fs.ErrNotExist) && strings.Contains(from, ".") && !strings.ContainsAny(from, `/\`):
		return nil, fmt.Errorf("there is no file or folder %q; an address begins with https://", from)
	case err != nil:
		return nil, err
	case !info.IsDir():
		file, err := os.Open(from)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		raw, err := importer.ReadBounded(file, maxResponse)
		return []recording{{path.Base(strings.ReplaceAll(from, `\`, "/")), raw}}, err
	}
	return readFolder(from, report)
}

// readFolder reads the recordings in a folder and its sub-folders.
func readFolder(dir string, report *importer.Report) ([]recording, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	var recordings []recording
	total := 0
	err = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir
		case !entry.Type().IsRegular() || !isRecording(name):
			return nil
		}
		file, err := root.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		raw, err := importer.ReadBounded(file, maxResponse)
		if err != nil {
			report.LeaveOut(name, "%v", err)
			return nil
		}
		if total += len(raw); total > maxSource || len(recordings) == importer.MaxFiles {
			return fmt.Errorf("%s has more than %d MiB or %d files: import it in parts", dir, maxSource>>20, importer.MaxFiles)
		}
		recordings = append(recordings, recording{name, raw})
		return nil
	})
	if err == nil && len(recordings) == 0 {
		err = fmt.Errorf("%s has no .json file: record incidents.json, scheduled-maintenances.json, components.json and summary.json of the page's /api/v2/ into it", dir)
	}
	return recordings, err
}

// fetchAll fetches every endpoint of a page's API.
func fetchAll(ctx context.Context, address string, o importer.Options, report *importer.Report) ([]recording, error) {
	base, err := apiBase(address, o.InsecureHTTP)
	if err != nil {
		return nil, err
	}
	client := &http.Client{Timeout: timeout, CheckRedirect: sameHost}
	var recordings []recording
	for _, endpoint := range endpoints {
		raw, err := fetch(ctx, client, base+endpoint)
		if err != nil {
			return nil, fmt.Errorf("%s%s: %w", base, endpoint, err)
		}
		recordings = append(recordings, recording{endpoint, raw})
		if a, err := parseResponse(raw); err == nil && max(len(a.Incidents), len(a.Maintenances)) >= 50 {
			report.Note(endpoint, "the API gives only the 50 newest: older ones must be recorded in another way and imported from a folder")
		}
	}
	return recordings, nil
}

// apiBase is the address of a page's API. Plain http is only for this machine
// unless the user allows it, since anyone on the network could change the history.
func apiBase(address string, insecure bool) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil {
		return "", fmt.Errorf("%q is not the address of a page; write it like https://status.example.com", markup.Short(address))
	}
	if u.Scheme == "http" && !insecure && !isLoopback(u.Hostname()) {
		return "", fmt.Errorf("%s would be read over plain http; use https, or allow it with --insecure-http", u.Host)
	}
	u.RawQuery, u.Fragment = "", ""
	u.Path, _, _ = strings.Cut(u.Path, "/api/v2")
	return strings.TrimRight(u.String(), "/") + "/api/v2/", nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// sameHost follows redirects within the host of the first request, but never
// from https to http.
func sameHost(next *http.Request, via []*http.Request) error {
	from := via[0].URL
	switch {
	case len(via) > maxRedirects:
		return errors.New("it redirects too often")
	case next.URL.Host != from.Host && next.URL.Hostname() != from.Hostname():
		return fmt.Errorf("it redirects to another host; if that is the page, import %s://%s", next.URL.Scheme, next.URL.Host)
	case from.Scheme == "https" && next.URL.Scheme != "https":
		return errors.New("it redirects from https to http")
	}
	return nil
}

func fetch(ctx context.Context, client *http.Client, address string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "allclear")
	response, err := client.Do(request)
	if err != nil {
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err // the caller adds the address
		}
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the response is %s", response.Status)
	}
	raw, err := importer.ReadBounded(response.Body, maxResponse)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("<")) {
		return nil, errors.New("the response is HTML, not JSON; is this the address of a page that Statuspage serves?")
	}
	if _, err := parseResponse(raw); err != nil {
		return nil, err
	}
	return raw, nil
}
