package oracle

// Features names what the program is to support one day and what random
// content uses as soon as it does. A feature is off while `allclear check`
// refuses its syntax, or while nothing of it is in any output. Turn one on
// here once it is built, or for one run with -oracle.features.
type Features struct {
	Windows             bool // {from= until=} in maintenance
	Promises            bool // {next=}
	Corrections         bool // {corrects=}
	ComponentAliases    bool // aliases of a component
	AnnouncementHistory bool // announcements in feeds and history
	PictureAddresses    bool // social/<id>.png?v=<hash>
	PageAge             bool // the page says how old it is
}

var features = Features{}

// names lets a flag set a feature by its name.
func (f *Features) names() map[string]*bool {
	return map[string]*bool{
		"windows": &f.Windows, "promises": &f.Promises, "corrections": &f.Corrections,
		"component-aliases": &f.ComponentAliases, "announcement-history": &f.AnnouncementHistory,
		"picture-addresses": &f.PictureAddresses, "page-age": &f.PageAge,
	}
}
