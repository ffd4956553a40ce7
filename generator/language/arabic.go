package language

// arabic is CLDR's ar, whose digits are 0 to 9.
var arabic = facts{
	tag:         "ar",
	name:        "العربية",
	rightToLeft: true,
	months: [12]string{
		"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
		"يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
	},
	shortMonths: [12]string{
		"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو",
		"يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر",
	},
	weekdays:      [7]string{"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"},
	shortWeekdays: [7]string{"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"},
	halves:        [2]string{"ص", "م"},

	date:      "d MMMM y",
	monthYear: "MMMM y",
	dateTime:  "d MMM y، h:mm a z",
	clock:     "h:mm a z",

	short: short{clock: "h:mm a z", week: "EEEE، h:mm a z", year: "d MMM، h:mm a z", other: "d MMM y، h:mm a z"},
	day:   day{year: "EEEE، d MMMM", other: "EEEE، d MMMM y"},
	days:  days{span{"d", "d MMMM", "–"}, span{"d MMMM", "d MMMM", " – "}},

	list:    list{two: " و", middle: " و", last: " و"},
	number:  number{decimal: ".", separator: ",", last: 3, others: 3, least: 4},
	percent: "{n}\u200e%\u200e",
	length: length{
		day: map[string]string{
			"zero": "{n}\u00a0يوم",
			"one":  "يوم",
			"two":  "يومان",
			"few":  "{n}\u00a0أيام",
			"many": "{n}\u00a0يومًا",
			other:  "{n}\u00a0يوم",
		},
		hour: map[string]string{
			"zero": "{n}\u00a0ساعة",
			"one":  "ساعة",
			"two":  "ساعتان",
			"few":  "{n}\u00a0ساعات",
			"many": "{n}\u00a0ساعة",
			other:  "{n}\u00a0ساعة",
		},
		minute: map[string]string{
			"zero": "{n}\u00a0دقيقة",
			"one":  "دقيقة",
			"two":  "دقيقتان",
			"few":  "{n}\u00a0دقائق",
			"many": "{n}\u00a0دقيقة",
			other:  "{n}\u00a0دقيقة",
		},
		between: " و",
	},
	underAMinute: "أقل من دقيقة",
}
