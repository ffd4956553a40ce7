package statuspage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"allclear/generator/importer"
	"allclear/generator/web"
)

// Bounds on what is read.
const (
	maxResponse = 64 << 20  // bytes of one response
	maxSource   = 512 << 20 // bytes of all files together
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
	address, _, _ = strings.Cut(address, "/api/v2")
	page, err := web.Open(address, web.Options{InsecureHTTP: o.InsecureHTTP, Answer: maxResponse, Total: maxSource})
	if errors.Is(err, web.ErrPlainHTTP) {
		return nil, fmt.Errorf("%w, or allow it with --insecure-http", err)
	}
	if err != nil {
		return nil, err
	}
	defer page.Close()
	var recordings []recording
	for _, endpoint := range endpoints {
		raw, err := page.Read(ctx, "api/v2/"+endpoint)
		if err != nil {
			return nil, err
		}
		a, err := parseResponse(raw)
		if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("<")) {
			err = errors.New("the response is HTML, not JSON; is this the address of a page that Statuspage serves?")
		}
		if err != nil {
			return nil, fmt.Errorf("%sapi/v2/%s: %w", page.Address(), endpoint, err)
		}
		recordings = append(recordings, recording{endpoint, raw})
		if max(len(a.Incidents), len(a.Maintenances)) >= 50 {
			report.Note(endpoint, "the API gives only the 50 newest: older ones must be recorded in another way and imported from a folder")
		}
	}
	return recordings, nil
}
