package language_test

import (
	"testing"
	"time"

	"allclear/generator/language"

	"github.com/google/go-cmp/cmp"
)

// brief is how a language writes instants beside Thursday, 1 December 2022, as
// CLDR 48 has it.
type brief struct {
	Today, Week, Year, Other string // Short
	OneDate, TwoDates        string // ShortWindow
	Record                   string // Window
	ThisYear, Before         string // Day
	Month                    string // MonthHeading
}

var briefs = map[string]brief{
	"ar": {
		"4:03 ص UTC", "الجمعة، 4:05 م UTC", "9 مارس، 4:05 م UTC", "9 مارس 2021، 4:05 م UTC",
		"4:03 ص to 6:00 ص UTC", "4:03 ص UTC to الجمعة، 4:05 م UTC", "1 ديسمبر 2022، 4:03 ص to 6:00 ص UTC",
		"الأربعاء، 9 مارس", "الثلاثاء، 9 مارس 2021", "ديسمبر 2022",
	},
	"de": {
		"04:03 UTC", "Fr, 16:05 UTC", "9. März, 16:05 UTC", "9. März 2021, 16:05 UTC",
		"04:03 to 06:00 UTC", "04:03 UTC to Fr, 16:05 UTC", "1. Dez. 2022, 04:03 to 06:00 UTC",
		"Mittwoch, 9. März", "Dienstag, 9. März 2021", "Dezember 2022",
	},
	"en": {
		"4:03 AM UTC", "Fri, 4:05 PM UTC", "Mar 9, 4:05 PM UTC", "Mar 9, 2021, 4:05 PM UTC",
		"4:03 AM to 6:00 AM UTC", "4:03 AM UTC to Fri, 4:05 PM UTC", "Dec 01, 2022, 04:03 AM to 06:00 AM UTC",
		"Wednesday, March 9", "Tuesday, March 9, 2021", "December 2022",
	},
	"es": {
		"4:03 UTC", "vie, 16:05 UTC", "9 mar, 16:05 UTC", "9 mar 2021, 16:05 UTC",
		"4:03 to 6:00 UTC", "4:03 UTC to vie, 16:05 UTC", "1 dic 2022, 4:03 to 6:00 UTC",
		"Miércoles, 9 de marzo", "Martes, 9 de marzo de 2021", "Diciembre de 2022",
	},
	"fr": {
		"04:03 UTC", "ven. 16:05 UTC", "9 mars, 16:05 UTC", "9 mars 2021, 16:05 UTC",
		"04:03 to 06:00 UTC", "04:03 UTC to ven. 16:05 UTC", "1 déc. 2022, 04:03 to 06:00 UTC",
		"Mercredi 9 mars", "Mardi 9 mars 2021", "Décembre 2022",
	},
	"hi": {
		"4:03 am UTC", "शुक्र, 4:05 pm UTC", "9 मार्च, 4:05 pm UTC", "9 मार्च 2021, 4:05 pm UTC",
		"4:03 am to 6:00 am UTC", "4:03 am UTC to शुक्र, 4:05 pm UTC", "1 दिस॰ 2022, 4:03 am to 6:00 am UTC",
		"बुधवार, 9 मार्च", "मंगलवार, 9 मार्च 2021", "दिसंबर 2022",
	},
	"ja": {
		"4:03 UTC", "金曜日 16:05 UTC", "3月9日 16:05 UTC", "2021年3月9日 16:05 UTC",
		"4:03 to 6:00 UTC", "4:03 UTC to 金曜日 16:05 UTC", "2022年12月1日 4:03 to 6:00 UTC",
		"3月9日水曜日", "2021年3月9日火曜日", "2022年12月",
	},
	"pt-BR": {
		"04:03 UTC", "sex., 16:05 UTC", "9 de mar., 16:05 UTC", "9 de mar. de 2021, 16:05 UTC",
		"04:03 to 06:00 UTC", "04:03 UTC to sex., 16:05 UTC", "1 de dez. de 2022, 04:03 to 06:00 UTC",
		"Quarta-feira, 9 de março", "Terça-feira, 9 de março de 2021", "Dezembro de 2022",
	},
	"zh-Hans": {
		"UTC 04:03", "周五 UTC 16:05", "3月9日 UTC 16:05", "2021年3月9日 UTC 16:05",
		"UTC 04:03 to 06:00", "UTC 04:03 to 周五 UTC 16:05", "2022年12月1日 UTC 04:03 to 06:00",
		"3月9日星期三", "2021年3月9日星期二", "2022年12月",
	},
}

func TestEachLanguageSaysBrieflyWhatIsNear(t *testing.T) {
	today := time.Date(2022, 12, 1, 12, 0, 0, 0, time.UTC)
	morning, friday := time.Date(2022, 12, 1, 4, 3, 0, 0, time.UTC), time.Date(2022, 12, 2, 16, 5, 0, 0, time.UTC)
	march, before := time.Date(2022, 3, 9, 16, 5, 0, 0, time.UTC), time.Date(2021, 3, 9, 16, 5, 0, 0, time.UTC)
	for _, tag := range language.Known() {
		t.Run(tag, func(t *testing.T) {
			c := catalog(t, tag, nil, nil)
			window := func(from, until string) string { return from + " to " + until }
			got := brief{
				c.Short(morning, today), c.Short(friday, today), c.Short(march, today), c.Short(before, today),
				window(c.ShortWindow(morning, time.Date(2022, 12, 1, 6, 0, 0, 0, time.UTC), today)), window(c.ShortWindow(morning, friday, today)),
				window(c.Window(morning, time.Date(2022, 12, 1, 6, 0, 0, 0, time.UTC))),
				c.Day(march, today), c.Day(before, today), c.MonthHeading(morning),
			}
			if diff := cmp.Diff(briefs[tag], got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAStretchOfDaysNamesItsMonthOnce(t *testing.T) {
	day := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	today := day(2022, 12, 1)
	for tag, want := range map[string][3]string{
		"ar":      {"22–23 نوفمبر", "30 أكتوبر – 2 نوفمبر", "الخميس، 30 ديسمبر 2021"},
		"de":      {"22.–23. November", "30. Oktober – 2. November", "Donnerstag, 30. Dezember 2021"},
		"en":      {"November 22 – 23", "October 30 – November 2", "Thursday, December 30, 2021"},
		"es":      {"22–23 de noviembre", "30 de octubre – 2 de noviembre", "Jueves, 30 de diciembre de 2021"},
		"fr":      {"22–23 novembre", "30 octobre – 2 novembre", "Jeudi 30 décembre 2021"},
		"hi":      {"22–23 नवंबर", "30 अक्टूबर – 2 नवंबर", "गुरुवार, 30 दिसंबर 2021"},
		"ja":      {"11月22日～23日", "10月30日～11月2日", "2021年12月30日木曜日"},
		"pt-BR":   {"22–23 de novembro", "30 de outubro – 2 de novembro", "Quinta-feira, 30 de dezembro de 2021"},
		"zh-Hans": {"11月22日至23日", "10月30日至11月2日", "2021年12月30日星期四"},
	} {
		c := catalog(t, tag, nil, nil)
		whole := func(from, until time.Time) string {
			first, last, between := c.Days(from, until, today)
			return first + between + last
		}
		before, _, _ := c.Days(day(2021, 12, 30), day(2022, 1, 2), today)
		got := [3]string{whole(day(2022, 11, 22), day(2022, 11, 23)), whole(day(2022, 10, 30), day(2022, 11, 2)), before}
		if got != want {
			t.Errorf("%s: got %q, want %q", tag, got, want)
		}
	}
}

func TestNearIsCountedInDatesOfTheZone(t *testing.T) {
	c := catalog(t, "en", nil, nil)
	now := in(t, "Asia/Tokyo", "2022-11-30T15:30:00Z") // 00:30 on December 1
	for instant, want := range map[string]string{
		"2022-11-30T15:00:00Z": "12:00 AM JST",
		"2022-11-30T14:59:00Z": "Wed, 11:59 PM JST",
		"2022-11-25T00:00:00Z": "Fri, 9:00 AM JST",
		"2022-11-24T00:00:00Z": "Nov 24, 9:00 AM JST",
		"2022-12-06T15:00:00Z": "Wed, 12:00 AM JST",
		"2022-12-07T15:00:00Z": "Dec 8, 12:00 AM JST",
		"2022-12-31T14:59:00Z": "Dec 31, 11:59 PM JST",
		"2022-12-31T15:00:00Z": "Jan 1, 2023, 12:00 AM JST",
	} {
		if got := c.Short(in(t, "Asia/Tokyo", instant), now); got != want {
			t.Errorf("%s is %q, want %q", instant, got, want)
		}
	}
}

func TestAWindowOverAClockChangeSaysBothZones(t *testing.T) {
	c := catalog(t, "en", nil, nil)
	from, until := in(t, "America/New_York", "2022-11-06T05:30:00Z"), in(t, "America/New_York", "2022-11-06T07:30:00Z")
	first, last := c.ShortWindow(from, until, from)
	if got, want := first+" to "+last, "1:30 AM EDT to 2:30 AM EST"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSpanishHasEBeforeTheSoundOfI(t *testing.T) {
	c := catalog(t, "es", nil, nil)
	for last, want := range map[string]string{
		"Integraciones": "API e Integraciones", "Índices": "API e Índices", "Historial": "API e Historial",
		"Hielo": "API y Hielo", "Hiato": "API y Hiato", "Webhooks": "API y Webhooks",
	} {
		if got := c.List([]string{"API", last}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestArabicKeepsNamesInLatinLettersApart(t *testing.T) {
	c := catalog(t, "ar", map[string]language.Message{
		"in":    {Text: "حادث في {site}"},
		"both":  {Text: "{first} {second}"},
		"count": {Plural: map[string]string{"other": "{n} من {site}"}},
	}, nil)
	for got, want := range map[string]string{
		c.Text("in", "site", "API (EU)"):                                      "حادث في \u2068API (EU)\u2069",
		c.Text("in", "site", "مثال"):                                          "حادث في مثال",
		c.Text("both", "first", c.Text("in", "site", "API"), "second", "نعم"): "حادث في \u2068API\u2069 نعم",
		c.Count("count", 3, "site", "API"):                                    "3 من \u2068API\u2069",
		c.List([]string{"API", "الموقع", "Web"}):                              "\u2068API\u2069 والموقع و\u2068Web\u2069",
		c.Text("in", "site", c.Percent(0.9995)):                               "حادث في 99.95\u200e%\u200e",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := language.WithoutIsolates(c.Text("in", "site", "API (EU)")); got != "حادث في API (EU)" {
		t.Errorf("for a terminal it is %q", got)
	}
	english := catalog(t, "en", map[string]language.Message{"in": {Text: "in {site}"}}, nil)
	if got := english.Text("in", "site", "مثال"); got != "in مثال" {
		t.Errorf("English has %q", got)
	}
}
