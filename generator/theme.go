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

// ThemesFolder is beside the content folder and has a site's own themes.
const ThemesFolder = "themes"

// loadTheme loads the theme that a site names: the files beside its content, if
// there are any, overlay the built-in theme. No symlink may lead out of the folder
// that contains both.
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
	own, err := beside.OpenRoot(path.Join(ThemesFolder, site.Theme))
	if errors.Is(err, fs.ErrNotExist) {
		theme, list := page.Load(nil, o.Theme, site.Theme, languages...)
		return theme, list, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("the theme %s/%s can't be read: %w", ThemesFolder, site.Theme, err)
	}
	defer own.Close()
	theme, list := page.Load(own.FS(), o.Theme, site.Theme, languages...)
	return theme, list, nil
}

// bannerText is the banner in the catalog's language, for a terminal, which would
// show the marks that keep names apart.
func bannerText(s *derive.Snapshot, catalog *language.Catalog) string {
	text := catalog.Text("banner." + string(s.Banner.Message))
	if s.Banner.Speaker != nil {
		text = catalog.Text("index.verdict", "banner", text, "title", s.Banner.Speaker.Title)
	}
	return language.WithoutIsolates(text)
}
