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
	weekdays:      [7]string{"日曜日", "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日"},
	shortWeekdays: [7]string{"日", "月", "火", "水", "木", "金", "土"},
	halves:        [2]string{"午前", "午後"},

	date:      "y年M月d日",
	monthYear: "y年M月",
	dateTime:  "y年M月d日 H:mm z",
	clock:     "H:mm z",

	short: short{clock: "H:mm z", week: "EEEE H:mm z", year: "M月d日 H:mm z", other: "y年M月d日 H:mm z"},
	day:   day{year: "M月d日EEEE", other: "y年M月d日EEEE"},
	days:  days{span{"M月d日", "d日", "～"}, span{"M月d日", "M月d日", "～"}},

	list:    list{two: "、", middle: "、", last: "、"},
	number:  number{decimal: ".", separator: ",", last: 3, others: 3, least: 4},
	percent: "{n}%",
	length: length{
		day:     map[string]string{other: "{n}日"},
		hour:    map[string]string{other: "{n}時間"},
		minute:  map[string]string{other: "{n}分"},
		between: "",
	},
	underAMinute: "1分未満",
}
