package status

// Limits are how much a site may have. Each is far above what real sites have,
// and is there so that a mistake, or a stranger's pull request, is an error and
// no build without end.
type Limits struct {
	Events       int // incidents, maintenance and announcements
	Updates      int // of an event
	Changes      int // of all events together: the updates of each times its components
	Months       int // of all events together: those in which each was going on
	Related      int // other events of an event
	Aliases      int // of an event or a component
	AliasesInAll int
	Components   int
	TextMB       int // HTML and plain text of all updates
	StaticFiles  int
	Files        int // of the output
	OutputMB     int // of all files of the output
}

// StandardLimits are the limits of a site whose site.yaml says nothing else.
func StandardLimits() Limits {
	return Limits{
		Events:       100_000,
		Updates:      500,
		Changes:      1_000_000,
		Months:       500_000,
		Related:      200,
		Aliases:      100,
		AliasesInAll: 100_000,
		Components:   2_000,
		TextMB:       100,
		StaticFiles:  50_000,
		Files:        500_000,
		OutputMB:     1_000,
	}
}
