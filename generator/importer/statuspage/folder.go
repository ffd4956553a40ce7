package statuspage

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"allclear/generator/importer"
)

// Bounds on what is read.
const (
	maxResponse = 64 << 20  // bytes of one response
	maxSource   = 512 << 20 // bytes of all files together
	maxFiles    = 100_000   // one for each event, and a few
)

// readAll reads the responses in a folder, or in one file.
func readAll(from string, report *importer.Report) ([]recording, error) {
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
		if total += len(raw); total > maxSource || len(recordings) == maxFiles {
			return fmt.Errorf("%s has more than %d MiB or %d files: import it in parts", dir, maxSource>>20, maxFiles)
		}
		recordings = append(recordings, recording{name, raw})
		return nil
	})
	if err == nil && len(recordings) == 0 {
		err = fmt.Errorf("%s has no .json file: record incidents.json, scheduled-maintenances.json, components.json and summary.json of the page's /api/v2/ into it", dir)
	}
	return recordings, err
}
