package language

// japanese is CLDR's ja.
var japanese = facts{
	tag:  "ja",
	name: "日本語",
	months: [12]string{
		"1月", "2月", "3月", "4月", "5月", "6月",
		"7月", "8月", "9月", "10月", "11月", "12月",
	},
	shortMonths: [12]string{
		"1月", "2月", "3月", "4月", "5月", "6月",
		"7月", "8月", "9月", "10月", "11月", "12月",
	},
	halves: [2]string{"午前", "午後"},

	date:      "y年M月d日",
	monthYear: "y年M月",
	dateTime:  "y年M月d日 H:mm z",
	clock:     "H:mm z",

	list:    list{two: "、", middle: "、", last: "、"},
	number:  number{decimal: ".", separator: ",", last: 3, others: 3, least: 4},
	percent: "{n}%",
	length: length{
		day:     map[string]string{other: "{n}\u00a0日"},
		hour:    map[string]string{other: "{n}\u00a0時間"},
		minute:  map[string]string{other: "{n}\u00a0分"},
		between: " ",
	},
	underAMinute: "1\u00a0分未満",
}
