package language

// german is CLDR's de, whose days of a duration are written out: Tg. is seldom read.
var german = facts{
	tag:  "de",
	name: "Deutsch",
	months: [12]string{
		"Januar", "Februar", "März", "April", "Mai", "Juni",
		"Juli", "August", "September", "Oktober", "November", "Dezember",
	},
	shortMonths: [12]string{
		"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni",
		"Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez.",
	},
	weekdays:      [7]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
	shortWeekdays: [7]string{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
	halves:        [2]string{"AM", "PM"},

	date:      "d. MMMM y",
	monthYear: "MMMM y",
	dateTime:  "d. MMM y, HH:mm z",
	clock:     "HH:mm z",

	short: short{clock: "HH:mm z", week: "E, HH:mm z", year: "d. MMM, HH:mm z", other: "d. MMM y, HH:mm z"},
	day:   day{year: "EEEE, d. MMMM", other: "EEEE, d. MMMM y"},
	days:  days{span{"d.", "d. MMMM", "–"}, span{"d. MMMM", "d. MMMM", " – "}},

	list:    list{two: " und ", middle: ", ", last: " und "},
	number:  number{decimal: ",", separator: ".", last: 3, others: 3, least: 4},
	percent: "{n}\u00a0%",
	length: length{
		day:     map[string]string{"one": "{n}\u00a0Tag", other: "{n}\u00a0Tage"},
		hour:    map[string]string{other: "{n}\u00a0Std."},
		minute:  map[string]string{other: "{n}\u00a0Min."},
		between: " ",
	},
	underAMinute: "weniger als eine Minute",
}
