package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/page"
	"allclear/generator/status"
)

// themesFolder lies beside the content folder and holds a site's own themes.
const themesFolder = "themes"

// loadTheme reads the theme that a site names, from the folder beside its
// content if it is there, over the built-in one. No link may lead out of the
// folder that holds both.
func loadTheme(site *status.Site, o Options) (*page.Theme, diag.List, error) {
	languages := site.Languages
	if len(languages) == 0 {
		languages = []string{site.Language}
	}
	beside, err := os.OpenRoot(filepath.Join(o.Content, ".."))
	if err != nil {
		return nil, nil, err
	}
	defer beside.Close()
	own, err := beside.OpenRoot(path.Join(themesFolder, site.Theme))
	if errors.Is(err, fs.ErrNotExist) {
		theme, list := page.Load(nil, o.Theme, site.Theme, languages...)
		return theme, list, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("the theme %s/%s can't be read: %w", themesFolder, site.Theme, err)
	}
	defer own.Close()
	theme, list := page.Load(own.FS(), o.Theme, site.Theme, languages...)
	return theme, list, nil
}

// verdict is the banner in words.
func verdict(s *derive.Snapshot, words *language.Catalog) string {
	banner := words.Text("banner." + string(s.Banner.Message))
	if s.Banner.Speaker != nil {
		banner += ": " + s.Banner.Speaker.Title
	}
	return banner
}
