package importer

import (
	"errors"

	"allclear/generator/status"
)

func readCState(dir string, o Options, site *status.Site, report *Report) (*history, []component, error) {
	return nil, nil, errors.New("not yet")
}
