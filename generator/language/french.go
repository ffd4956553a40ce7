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
	weekdays:      [7]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
	shortWeekdays: [7]string{"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."},
	halves:        [2]string{"AM", "PM"},

	date:      "d MMMM y",
	monthYear: "MMMM y",
	dateTime:  "d MMM y, HH:mm z",
	clock:     "HH:mm z",

	short: short{clock: "HH:mm z", week: "E HH:mm z", year: "d MMM, HH:mm z", other: "d MMM y, HH:mm z"},
	day:   day{year: "EEEE d MMMM", other: "EEEE d MMMM y"},
	days:  days{span{"d", "d MMMM", "–"}, span{"d MMMM", "d MMMM", " – "}},

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
