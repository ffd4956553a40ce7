package language

// german is CLDR's de.
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
	halves: [2]string{"AM", "PM"},

	date:      "d. MMMM y",
	monthYear: "MMMM y",
	dateTime:  "d. MMM y, HH:mm z",
	clock:     "HH:mm z",

	list:    list{two: " und ", middle: ", ", last: " und "},
	number:  number{decimal: ",", separator: ".", last: 3, others: 3, least: 4},
	percent: "{n}\u00a0%",
	length: length{
		day:     map[string]string{other: "{n}\u00a0Tg."},
		hour:    map[string]string{other: "{n}\u00a0Std."},
		minute:  map[string]string{other: "{n}\u00a0Min."},
		between: " ",
	},
	underAMinute: "weniger als eine Minute",
}
