package language

// spanish is CLDR's es.
var spanish = facts{
	tag:  "es",
	name: "Español",
	months: [12]string{
		"enero", "febrero", "marzo", "abril", "mayo", "junio",
		"julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
	},
	shortMonths: [12]string{
		"ene", "feb", "mar", "abr", "may", "jun",
		"jul", "ago", "sept", "oct", "nov", "dic",
	},
	weekdays:      [7]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"},
	shortWeekdays: [7]string{"dom", "lun", "mar", "mié", "jue", "vie", "sáb"},
	halves:        [2]string{"a.\u00a0m.", "p.\u00a0m."},

	date:      "d 'de' MMMM 'de' y",
	monthYear: "MMMM 'de' y",
	dateTime:  "d MMM y, H:mm z",
	clock:     "H:mm z",

	short: short{clock: "H:mm z", week: "E, H:mm z", year: "d MMM, H:mm z", other: "d MMM y, H:mm z"},
	day:   day{year: "EEEE, d 'de' MMMM", other: "EEEE, d 'de' MMMM 'de' y"},
	days:  days{span{"d", "d 'de' MMMM", "–"}, span{"d 'de' MMMM", "d 'de' MMMM", " – "}},

	list:    list{two: " y ", middle: ", ", last: " y ", beforeI: " e "},
	number:  number{decimal: ",", separator: ".", last: 3, others: 3, least: 5},
	percent: "{n}\u00a0%",
	length: length{
		day:     map[string]string{other: "{n}\u00a0d"},
		hour:    map[string]string{other: "{n}\u00a0h"},
		minute:  map[string]string{other: "{n}\u00a0min"},
		between: " ",
	},
	underAMinute: "menos de un minuto",
}
