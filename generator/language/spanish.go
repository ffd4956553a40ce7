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
	halves: [2]string{"a.\u00a0m.", "p.\u00a0m."},

	date:      "d 'de' MMMM 'de' y",
	monthYear: "MMMM 'de' y",
	dateTime:  "d MMM y, H:mm z",
	clock:     "H:mm z",

	list:    list{two: " y ", middle: ", ", last: " y "},
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
