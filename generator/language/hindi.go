package language

// hindi is CLDR's hi, without the comma before और in a list.
var hindi = facts{
	tag:  "hi",
	name: "हिन्दी",
	months: [12]string{
		"जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून",
		"जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर",
	},
	shortMonths: [12]string{
		"जन॰", "फ़र॰", "मार्च", "अप्रैल", "मई", "जून",
		"जुल॰", "अग॰", "सित॰", "अक्टू॰", "नव॰", "दिस॰",
	},
	weekdays:      [7]string{"रविवार", "सोमवार", "मंगलवार", "बुधवार", "गुरुवार", "शुक्रवार", "शनिवार"},
	shortWeekdays: [7]string{"रवि", "सोम", "मंगल", "बुध", "गुरु", "शुक्र", "शनि"},
	halves:        [2]string{"am", "pm"},

	date:      "d MMMM y",
	monthYear: "MMMM y",
	dateTime:  "d MMM y, h:mm a z",
	clock:     "h:mm a z",

	short: short{clock: "h:mm a z", week: "E, h:mm a z", year: "d MMM, h:mm a z", other: "d MMM y, h:mm a z"},
	day:   day{year: "EEEE, d MMMM", other: "EEEE, d MMMM y"},
	days:  days{span{"d", "d MMMM", "–"}, span{"d MMMM", "d MMMM", " – "}},

	list:    list{two: " और ", middle: ", ", last: " और "},
	number:  number{decimal: ".", separator: ",", last: 3, others: 2, least: 4},
	percent: "{n}%",
	length: length{
		day:     map[string]string{other: "{n}\u00a0दिन"},
		hour:    map[string]string{"one": "{n}\u00a0घंटा", other: "{n}\u00a0घंटे"},
		minute:  map[string]string{other: "{n}\u00a0मिनट"},
		between: " ",
	},
	underAMinute: "एक मिनट से कम",
}
