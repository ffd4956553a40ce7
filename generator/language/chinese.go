package language

// chinese is CLDR's zh in simplified script. A time follows its zone.
var chinese = facts{
	tag:  "zh-Hans",
	name: "简体中文",
	months: [12]string{
		"一月", "二月", "三月", "四月", "五月", "六月",
		"七月", "八月", "九月", "十月", "十一月", "十二月",
	},
	shortMonths: [12]string{
		"1月", "2月", "3月", "4月", "5月", "6月",
		"7月", "8月", "9月", "10月", "11月", "12月",
	},
	weekdays:      [7]string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"},
	shortWeekdays: [7]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"},
	halves:        [2]string{"上午", "下午"},

	date:      "y年M月d日",
	monthYear: "y年M月",
	dateTime:  "y年M月d日 z HH:mm",
	clock:     "z HH:mm",

	short: short{clock: "z HH:mm", week: "E z HH:mm", year: "M月d日 z HH:mm", other: "y年M月d日 z HH:mm"},
	day:   day{year: "M月d日EEEE", other: "y年M月d日EEEE"},
	days:  days{span{"M月d日", "d日", "至"}, span{"M月d日", "M月d日", "至"}},

	list:    list{two: "和", middle: "、", last: "和"},
	number:  number{decimal: ".", separator: ",", last: 3, others: 3, least: 4},
	percent: "{n}%",
	length: length{
		day:     map[string]string{other: "{n}天"},
		hour:    map[string]string{other: "{n}小时"},
		minute:  map[string]string{other: "{n}分钟"},
		between: "",
	},
	underAMinute: "不到1分钟",
}
