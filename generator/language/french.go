package language

// french is CLDR's fr, which writes 1 décembre, not 1er.
var french = facts{
	tag:  "fr",
	name: "Français",
	months: [12]string{
		"janvier", "février", "mars", "avril", "mai", "juin",
		"juillet", "août", "septembre", "octobre", "novembre", "décembre",
	},
	shortMonths: [12]string{
		"janv.", "févr.", "mars", "avr.", "mai", "juin",
		"juil.", "août", "sept.", "oct.", "nov.", "déc.",
	},
	halves: [2]string{"AM", "PM"},

	date:      "d MMMM y",
	monthYear: "MMMM y",
	dateTime:  "d MMM y, HH:mm z",
	clock:     "HH:mm z",

	list:    list{two: " et ", middle: ", ", last: " et "},
	number:  number{decimal: ",", separator: "\u202f", last: 3, others: 3, least: 4},
	percent: "{n}\u202f%",
	length: length{
		day:     map[string]string{other: "{n}\u202fj"},
		hour:    map[string]string{other: "{n}\u202fh"},
		minute:  map[string]string{other: "{n}\u00a0min"},
		between: " ",
	},
	underAMinute: "moins d’une minute",
}
