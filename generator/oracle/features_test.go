package oracle

// Features names what random content may use and which outputs are held to it.
// A feature is off while `allclear check` refuses its syntax, or while nothing
// of it is in any output. Turn one on or off here, or on for one run with
// -oracle.features.
type Features struct {
	Windows             bool // {from= until=} in maintenance
	Promises            bool // {next=}
	Corrections         bool // {corrects=}
	ComponentAliases    bool // aliases of a component
	AnnouncementHistory bool // announcements in feeds and history
	PageAge             bool // the page says how old it is
}

var features = Features{
	Windows: true, Promises: true, Corrections: true, ComponentAliases: true, AnnouncementHistory: true, PageAge: true,
}

// names lets a flag set a feature by its name.
func (f *Features) names() map[string]*bool {
	return map[string]*bool{
		"windows": &f.Windows, "promises": &f.Promises, "corrections": &f.Corrections,
		"component-aliases": &f.ComponentAliases, "announcement-history": &f.AnnouncementHistory,
		"page-age": &f.PageAge,
	}
}
