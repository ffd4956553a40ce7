package language

// portuguese is CLDR's pt, which is that of Brazil.
var portuguese = facts{
	tag:  "pt-BR",
	name: "Português (Brasil)",
	months: [12]string{
		"janeiro", "fevereiro", "março", "abril", "maio", "junho",
		"julho", "agosto", "setembro", "outubro", "novembro", "dezembro",
	},
	shortMonths: [12]string{
		"jan.", "fev.", "mar.", "abr.", "mai.", "jun.",
		"jul.", "ago.", "set.", "out.", "nov.", "dez.",
	},
	weekdays:      [7]string{"domingo", "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado"},
	shortWeekdays: [7]string{"dom.", "seg.", "ter.", "qua.", "qui.", "sex.", "sáb."},
	halves:        [2]string{"AM", "PM"},

	date:      "d 'de' MMMM 'de' y",
	monthYear: "MMMM 'de' y",
	dateTime:  "d 'de' MMM 'de' y, HH:mm z",
	clock:     "HH:mm z",

	short: short{clock: "HH:mm z", week: "E, HH:mm z", year: "d 'de' MMM, HH:mm z", other: "d 'de' MMM 'de' y, HH:mm z"},
	day:   day{year: "EEEE, d 'de' MMMM", other: "EEEE, d 'de' MMMM 'de' y"},
	days:  days{span{"d", "d 'de' MMMM", "–"}, span{"d 'de' MMMM", "d 'de' MMMM", " – "}},

	list:    list{two: " e ", middle: ", ", last: " e "},
	number:  number{decimal: ",", separator: ".", last: 3, others: 3, least: 4},
	percent: "{n}%",
	length: length{
		day:     map[string]string{"one": "{n}\u00a0dia", other: "{n}\u00a0dias"},
		hour:    map[string]string{other: "{n}\u00a0h"},
		minute:  map[string]string{other: "{n}\u00a0min"},
		between: " e ",
	},
	underAMinute: "menos de um minuto",
}
