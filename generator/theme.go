package generator

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"allclear/generator/active"
	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/page"
	"allclear/generator/source"
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
	list.Add(reviewTheme(own.FS(), o.Theme, path.Join(ThemesFolder, site.Theme))...)
	return theme, list, nil
}

// lookOf is a hash of what pages are made with besides events and the facts of
// components: the settings of site.yaml, and the theme of a site's own. Both were
// read before, so that they are not too large.
func lookOf(content string, site *status.Site) (string, error) {
	settings := *site
	settings.Items, settings.Components, settings.Events, settings.Announcements = nil, nil, nil, nil
	settings.Withdrawn, settings.Templates, settings.Limits, settings.Zone = nil, nil, status.Limits{}, nil
	hash := sha256.New()
	fmt.Fprintf(hash, "%q %+v\n", site.Zone, settings)
	for _, c := range site.Components {
		fmt.Fprintf(hash, "%q %q\n", c.Names, c.Descriptions)
		if c.Group != nil {
			fmt.Fprintf(hash, "%q\n", c.Group.Names)
		}
	}
	beside, err := os.OpenRoot(filepath.Join(content, ".."))
	if err != nil {
		return "", err
	}
	defer beside.Close()
	folder := path.Join(ThemesFolder, site.Theme)
	err = fs.WalkDir(beside.FS(), folder, func(name string, entry fs.DirEntry, err error) error {
		if name == folder && errors.Is(err, fs.ErrNotExist) {
			return fs.SkipAll // the built-in theme
		}
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		text, err := fs.ReadFile(beside.FS(), name)
		fmt.Fprintf(hash, "%q %x\n", name, sha256.Sum256(text))
		return err
	})
	return fmt.Sprintf("%x", hash.Sum(nil)), err
}

// maxReview is how many bytes of a theme's file are searched for what a reviewer
// should look at; a larger one is an error anyway.
const maxReview = 8 << 20

// reviewTheme warns of what is in the files of a site's own theme and not in those
// that they replace.
func reviewTheme(own, builtin fs.FS, folder string) diag.List {
	var found diag.List
	for _, part := range []string{"pages", "static", "templates"} {
		// The function reports nothing that can't be read, since page.Load has.
		_ = fs.WalkDir(own, part, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.Type().IsRegular() || source.Ignored(path.Base(name)) {
				return nil
			}
			if info, err := entry.Info(); err != nil || info.Size() > maxReview {
				return nil
			}
			text, err := fs.ReadFile(own, name)
			if err == nil {
				known, _ := fs.ReadFile(builtin, name) // nothing if the theme has it alone
				found.Add(active.Review(path.Join(folder, name), string(text), string(known))...)
			}
			return nil
		})
	}
	return found
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
