package language

// english is CLDR's en, with three exceptions: days and hours of a timeline have
// two digits, spaces are plain, and a list has no comma before "and".
var english = facts{
	tag:  "en",
	name: "English",
	months: [12]string{
		"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November", "December",
	},
	shortMonths: [12]string{
		"Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
	},
	weekdays:      [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	shortWeekdays: [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
	halves:        [2]string{"AM", "PM"},

	date:      "MMMM d, y",
	monthYear: "MMMM y",
	dateTime:  "MMM dd, y, hh:mm a z",
	clock:     "hh:mm a z",

	short: short{clock: "h:mm a z", week: "E, h:mm a z", year: "MMM d, h:mm a z", other: "MMM d, y, h:mm a z"},
	day:   day{year: "EEEE, MMMM d", other: "EEEE, MMMM d, y"},
	days:  days{span{"MMMM d", "d", " – "}, span{"MMMM d", "MMMM d", " – "}},

	list:    list{two: " and ", middle: ", ", last: " and "},
	number:  number{decimal: ".", separator: ",", last: 3, others: 3, least: 4},
	percent: "{n}%",
	length: length{
		day:     map[string]string{other: "{n}d"},
		hour:    map[string]string{other: "{n}h"},
		minute:  map[string]string{other: "{n}m"},
		between: " ",
	},
	underAMinute: "less than a minute",
}
