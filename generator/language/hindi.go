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
	halves: [2]string{"am", "pm"},

	date:      "d MMMM y",
	monthYear: "MMMM y",
	dateTime:  "d MMM y, h:mm a z",
	clock:     "h:mm a z",

	list:    list{two: " और ", middle: ", ", last: " और "},
	number:  number{decimal: ".", separator: ",", last: 3, others: 2, least: 4},
	percent: "{n}%",
	length: length{
		day:     map[string]string{other: "{n}\u00a0दिन"},
		hour:    map[string]string{other: "{n}\u00a0घं॰"},
		minute:  map[string]string{other: "{n}\u00a0मि॰"},
		between: " ",
	},
	underAMinute: "एक मिनट से कम",
}
