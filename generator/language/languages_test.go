package language_test

import (
	"testing"
	"time"

	"allclear/generator/language"

	"github.com/google/go-cmp/cmp"
)

// said is what every method of a catalog gives in one language, for a morning
// in winter and an evening in spring, as CLDR 48 has it.
type said struct {
	Date, MonthYear     string
	Morning, Evening    string // DateTime
	Clock               string
	Hours, Days, Moment string // Duration
	Two, Four           string // List
	Thousand, Million   string // Number
	Percent             string
	Direction           string
}

var languages = map[string]said{
	"ar": {
		"1 ديسمبر 2022", "ديسمبر 2022",
		"1 ديسمبر 2022، 4:03 ص UTC", "9 مارس 2022، 4:05 م UTC", "4:03 ص UTC",
		"7\u00a0ساعات و45\u00a0دقيقة", "يومان و3\u00a0ساعات", "أقل من دقيقة",
		"أ وب", "أ وب وج ود", "1,234", "1,234,567", "99.95\u200e%\u200e", "rtl",
	},
	"de": {
		"1. Dezember 2022", "Dezember 2022",
		"1. Dez. 2022, 04:03 UTC", "9. März 2022, 16:05 UTC", "04:03 UTC",
		"7\u00a0Std. 45\u00a0Min.", "2\u00a0Tage 3\u00a0Std.", "weniger als eine Minute",
		"أ und ب", "أ, ب, ج und د", "1.234", "1.234.567", "99,95\u00a0%", "ltr",
	},
	"en": {
		"December 1, 2022", "December 2022",
		"Dec 01, 2022, 04:03 AM UTC", "Mar 09, 2022, 04:05 PM UTC", "04:03 AM UTC",
		"7h 45m", "2d 3h", "less than a minute",
		"أ and ب", "أ, ب, ج and د", "1,234", "1,234,567", "99.95%", "ltr",
	},
	"es": {
		"1 de diciembre de 2022", "diciembre de 2022",
		"1 dic 2022, 4:03 UTC", "9 mar 2022, 16:05 UTC", "4:03 UTC",
		"7\u00a0h 45\u00a0min", "2\u00a0d 3\u00a0h", "menos de un minuto",
		"أ y ب", "أ, ب, ج y د", "1234", "1.234.567", "99,95\u00a0%", "ltr",
	},
	"fr": {
		"1 décembre 2022", "décembre 2022",
		"1 déc. 2022, 04:03 UTC", "9 mars 2022, 16:05 UTC", "04:03 UTC",
		"7\u202fh 45\u00a0min", "2\u202fj 3\u202fh", "moins d’une minute",
		"أ et ب", "أ, ب, ج et د", "1\u202f234", "1\u202f234\u202f567", "99,95\u202f%", "ltr",
	},
	"hi": {
		"1 दिसंबर 2022", "दिसंबर 2022",
		"1 दिस॰ 2022, 4:03 am UTC", "9 मार्च 2022, 4:05 pm UTC", "4:03 am UTC",
		"7\u00a0घंटे 45\u00a0मिनट", "2\u00a0दिन 3\u00a0घंटे", "एक मिनट से कम",
		"أ और ب", "أ, ب, ج और د", "1,234", "12,34,567", "99.95%", "ltr",
	},
	"ja": {
		"2022年12月1日", "2022年12月",
		"2022年12月1日 4:03 UTC", "2022年3月9日 16:05 UTC", "4:03 UTC",
		"7時間45分", "2日3時間", "1分未満",
		"أ、ب", "أ、ب、ج、د", "1,234", "1,234,567", "99.95%", "ltr",
	},
	"pt-BR": {
		"1 de dezembro de 2022", "dezembro de 2022",
		"1 de dez. de 2022, 04:03 UTC", "9 de mar. de 2022, 16:05 UTC", "04:03 UTC",
		"7\u00a0h e 45\u00a0min", "2\u00a0dias e 3\u00a0h", "menos de um minuto",
		"أ e ب", "أ, ب, ج e د", "1.234", "1.234.567", "99,95%", "ltr",
	},
	"zh-Hans": {
		"2022年12月1日", "2022年12月",
		"2022年12月1日 UTC 04:03", "2022年3月9日 UTC 16:05", "UTC 04:03",
		"7小时45分钟", "2天3小时", "不到1分钟",
		"أ和ب", "أ、ب、ج和د", "1,234", "1,234,567", "99.95%", "ltr",
	},
}

func TestEachLanguageAsItIsWritten(t *testing.T) {
	morning := time.Date(2022, 12, 1, 4, 3, 0, 0, time.UTC)
	evening := time.Date(2022, 3, 9, 16, 5, 0, 0, time.UTC)
	for _, tag := range language.Known() {
		t.Run(tag, func(t *testing.T) {
			c := catalog(t, tag, nil, nil)
			got := said{
				c.Date(morning), c.MonthYear(morning),
				c.DateTime(morning), c.DateTime(evening), c.Clock(morning),
				c.Duration(7*time.Hour + 45*time.Minute), c.Duration(51 * time.Hour), c.Duration(0),
				c.List([]string{"أ", "ب"}), c.List([]string{"أ", "ب", "ج", "د"}),
				c.Number(1234), c.Number(1234567), c.Percent(0.9995), c.Direction(),
			}
			if diff := cmp.Diff(languages[tag], got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPluralsGoByTheLanguage(t *testing.T) {
	forms := map[string]string{}
	for _, category := range []string{"zero", "one", "two", "few", "many", "other"} {
		forms[category] = category
	}
	for tag, want := range map[string][]string{ // of 0, 1, 2, 3, 11, 100
		"ar":      {"zero", "one", "two", "few", "many", "other"},
		"de":      {"other", "one", "other", "other", "other", "other"},
		"fr":      {"one", "one", "other", "other", "other", "other"},
		"hi":      {"one", "one", "other", "other", "other", "other"},
		"pt-BR":   {"one", "one", "other", "other", "other", "other"},
		"es":      {"other", "one", "other", "other", "other", "other"},
		"ja":      {"other", "other", "other", "other", "other", "other"},
		"zh-Hans": {"other", "other", "other", "other", "other", "other"},
	} {
		c := catalog(t, tag, map[string]language.Message{"n": {Plural: forms}}, nil)
		var got []string
		for _, n := range []int{0, 1, 2, 3, 11, 100} {
			got = append(got, c.Count("n", n))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", tag, diff)
		}
	}
}

func TestCategoriesAreThoseThatSmallNumbersNeed(t *testing.T) {
	for tag, want := range map[string][]string{
		"en": {"other", "one"}, "fr": {"other", "one"}, "ja": {"other"},
		"ar": {"other", "zero", "one", "two", "few", "many"}, "no tag": {"other"},
	} {
		if diff := cmp.Diff(want, language.Categories(tag)); diff != "" {
			t.Errorf("%s: %s", tag, diff)
		}
	}
}

func TestATagFindsTheLanguageThatServesIt(t *testing.T) {
	for tag, want := range map[string][3]string{ // canonical, served by, name
		"en": {"en", "en", "English"}, "pt": {"pt", "pt-BR", "Português (Brasil)"},
		"pt-br": {"pt-BR", "pt-BR", "Português (Brasil)"}, "pt-PT": {"pt-PT", "pt-BR", "Português (PT)"},
		"zh": {"zh", "zh-Hans", "简体中文"}, "zh-CN": {"zh-CN", "zh-Hans", "简体中文"},
		"de-at": {"de-AT", "de", "Deutsch (AT)"}, "AR-eg": {"ar-EG", "ar", "العربية"},
		"zh-Hant": {"", "", "zh-Hant"}, "zh-TW": {"", "", "zh-TW"}, "hi-Latn": {"", "", "hi-Latn"},
		"sw": {"", "", "sw"}, "und": {"", "", "und"}, "no tag": {"", "", "no tag"}, "": {},
		"en-u-ca-buddhist": {"", "", "en-u-ca-buddhist"}, "en-x-own": {"", "", "en-x-own"},
	} {
		canonical, served, ok := language.Lookup(tag)
		if got := [3]string{canonical, served, language.Name(tag)}; got != want || ok != (canonical != "") {
			t.Errorf("%q is %q, %t; want %q", tag, got, ok, want)
		}
	}
	if language.Direction("ar-EG") != "rtl" || language.Direction("en") != "ltr" || language.Direction("no tag") != "ltr" {
		t.Error("a direction is wrong")
	}
}
