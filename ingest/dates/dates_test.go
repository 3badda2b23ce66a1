package dates

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/ingest/text"
)

// found writes what Find finds: the words, the date, its precision and origin.
func found(lang, raw string, published graph.Day) []string {
	t := text.Read(raw, lang, "", published)
	var got []string
	for _, f := range Find(t) {
		line := t.At(f.Span) + " = " + string(f.Day)
		switch f.Precision {
		case graph.PrecisionMonth:
			line += " month"
		case graph.PrecisionYear:
			line += " year"
		}
		if f.Origin == graph.OriginExplicit {
			line += " explicit"
		}
		if f.Bound {
			line += " bound"
		}
		got = append(got, line)
	}
	return got
}

func TestFind(t *testing.T) {
	tests := []struct {
		lang string
		pub  graph.Day
		text string
		want []string
	}{
		// A Saturday.
		{"ar", "2020-06-06", "قالت الوزيرة أمس، الجمعة 5 من حزيران، إن", []string{"أمس، الجمعة 5 من حزيران = 2020-06-05 explicit"}},
		{"ar", "2020-06-06", "في 5 يونيو", []string{"5 يونيو = 2020-06-05 explicit"}},
		{"ar", "2020-06-06", "يوم ٥ حزيران/يونيو ٢٠٢٠", []string{"٥ حزيران/يونيو ٢٠٢٠ = 2020-06-05 explicit"}},
		{"ar", "2020-06-06", "مطلع سبتمبر (أيلول) 2019.", []string{"سبتمبر (أيلول) 2019 = 2019-09-01 month explicit bound"}},
		{"ar", "2020-06-06", "في 14 يوليو (تموز) الماضي", []string{"14 يوليو (تموز) الماضي = 2019-07-14 explicit"}},
		{"ar", "2020-06-06", "زار في كانون الثاني الفائت", []string{"كانون الثاني الفائت = 2020-01-01 month"}},
		{"ar", "2020-06-06", "قال أمس الجمعة", []string{"أمس الجمعة = 2020-06-05"}},
		{"ar", "2020-06-06", "قال اليوم (السبت)، إن", []string{"اليوم (السبت) = 2020-06-06"}},
		{"ar", "2020-06-06", "أول من أمس الخميس، وأول أمس", []string{"أول من أمس الخميس = 2020-06-04", "وأول أمس = 2020-06-04"}},
		{"ar", "2020-06-06", "صرحت مساء الأربعاء", []string{"الأربعاء = 2020-06-03"}},
		{"ar", "2020-06-06", "الأحد الماضي والاثنين المقبل", []string{"الأحد الماضي = 2020-05-31", "والاثنين المقبل = 2020-06-08"}},
		{"ar", "2020-06-06", "الأسبوع الماضي والشهر الجاري والعام الماضي", []string{"الأسبوع الماضي = 2020-05-01 month", "والشهر الجاري = 2020-06-01 month", "والعام الماضي = 2019-01-01 year"}},
		{"ar", "2020-06-06", "في السابع من الشهر الجاري", []string{"السابع من الشهر الجاري = 2020-06-07"}},
		{"ar", "2020-06-06", "في الحادي والعشرين من مايو/أيار", []string{"الحادي والعشرين من مايو/أيار = 2020-05-21 explicit"}},
		{"ar", "2020-06-06", "قبل يومين، وقبل ثلاثة أيام، ومنذ 4 أشهر", []string{"قبل يومين = 2020-06-04", "وقبل ثلاثة أيام = 2020-06-03", "ومنذ 4 أشهر = 2020-02-01 month"}},
		{"ar", "2020-06-06", "بتاريخ 5/6/2020 وفي 3/5/2019 و05.04.2018", []string{"5/6/2020 = 2020-06-05 explicit", "3/5/2019 = 2019-05-03 explicit", "05.04.2018 = 2018-04-05 explicit"}},
		{"ar", "2020-06-06", "الجمعة 5/6", []string{"الجمعة 5/6 = 2020-06-05 explicit"}},
		{"ar", "2020-06-06", "منذ عام 2011، وقبل العام 2015 وفي 2014.", []string{"عام 2011 = 2011-01-01 year explicit bound", "العام 2015 = 2015-01-01 year explicit bound", "2014 = 2014-01-01 year explicit"}},
		{"ar", "2020-06-06", "من 4 إلى 6 أغسطس، (5-8 أكتوبر)", []string{"6 أغسطس = 2020-08-06 explicit bound", "8 أكتوبر = 2019-10-08 explicit bound"}},
		{"ar", "2020-06-06", "القرار 2254 ومقتل 2000 مدني و24/7 وقناة روسيا اليوم في نفس اليوم", nil},
		{"ar", "2020-06-06", "مارس ضغوطا على أب لليوم الثالث، اليوم الثالث", nil},
		{"ar", "2020-06-06", "في مارس، وفي آب، و3 آب", []string{"مارس = 2020-03-01 month", "آب = 2019-08-01 month", "3 آب = 2020-08-03 explicit"}},
		{"ar", "2020-06-06", "في وقت سابق من اليوم", []string{"اليوم = 2020-06-06"}},
		{"ar", "", "قال أمس الجمعة إن 5 يونيو وفي 6 حزيران 2020", []string{"6 حزيران 2020 = 2020-06-06 explicit"}},
		{"ar", "2020-06-06", "في يناير كانون الثاني الماضي، وخلال الـ20 عاما المقبلة", []string{"يناير كانون الثاني الماضي = 2020-01-01 month"}},
		{"ar", "2020-06-06", "من 30 أيار إلى 2 حزيران", []string{"30 أيار = 2020-05-30 explicit bound", "2 حزيران = 2020-06-02 explicit bound"}},
		{"ar", "2020-06-06", "31 نيسان 2020 و40 أيار", nil},

		{"en", "2020-06-06", "he said on Friday.", []string{"Friday = 2020-06-05"}},
		{"en", "2020-06-06", "Friday’s briefing", []string{"Friday’s = 2020-06-05"}},
		{"en", "2020-06-06", "told reporters yesterday, Friday June 5th, that", []string{"yesterday, Friday June 5th = 2020-06-05 explicit"}},
		{"en", "2020-06-06", "the day before yesterday, two days ago, a week ago", []string{"the day before yesterday = 2020-06-04", "two days ago = 2020-06-04", "a week ago = 2020-05-01 month"}},
		{"en", "2020-06-06", "late Thursday, early Sunday and tonight", []string{"Thursday = 2020-06-04", "Sunday = 2020-06-07", "tonight = 2020-06-06"}},
		{"en", "2020-06-06", "last Saturday, next Monday, last month", []string{"last Saturday = 2020-05-30", "next Monday = 2020-06-08", "last month = 2020-05-01 month"}},
		{"en", "2020-06-06", "on Sept. 14 and Nov. 28, 2018.", []string{"Sept. 14 = 2019-09-14 explicit", "Nov. 28, 2018 = 2018-11-28 explicit"}},
		{"en", "2013-05-10", "On Friday, Sept. 14, he wrote", []string{"Friday, Sept. 14 = 2012-09-14 explicit"}},
		{"en", "2020-06-06", "5 June 2020, the 5th of June, 2020-06-05", []string{"5 June 2020 = 2020-06-05 explicit", "5th of June = 2020-06-05 explicit", "2020-06-05 = 2020-06-05 explicit"}},
		{"en", "2020-06-06", "in May, he may march in March 2019", []string{"May = 2020-05-01 month", "March 2019 = 2019-03-01 month explicit"}},
		{"en", "2020-06-06", "since 2011, in 2014, last June", []string{"2014 = 2014-01-01 year explicit", "last June = 2019-06-01 month"}},
		{"en", "2020-06-06", "5/6/2020 and 25/5/2020", []string{"5/6/2020 = 2020-06-05 explicit", "25/5/2020 = 2020-05-25 explicit"}},
		{"en", "2021-01-03", "5/6/2020", []string{"5/6/2020 = 2020-05-06 explicit"}},
		{"en", "2020-07-03", "1/7/2020", []string{"1/7/2020 = 2020-07-01 explicit"}},
		{"en", "2020-06-06", "before Monday and until June 4", []string{"Monday = 2020-06-01 bound", "June 4 = 2020-06-04 explicit bound"}},
		{"en", "2020-06-06", "Resolution 2254, 2,254 people, 9/11, 24/7, USA Today, Theresa May", nil},
		{"en", "2020-06-06", "FILE - In this Feb. 3, 2019 photo, this week", []string{"this Feb. 3, 2019 = 2019-02-03 explicit", "this week = 2020-06-01 month"}},
		{"en", "2020-06-06", "He told Today on Friday. Today is Saturday.", []string{"Friday = 2020-06-05", "Today = 2020-06-06", "Saturday = 2020-06-06"}},
		{"en", "2020-12-28", "on January 5", []string{"January 5 = 2021-01-05 explicit"}},
		{"en", "", "said Friday, June 5, then on May 3, 2020", []string{"May 3, 2020 = 2020-05-03 explicit"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, found(tt.lang, tt.text, tt.pub)); diff != "" {
			t.Errorf("%s %q (-want +got):\n%s", tt.pub, tt.text, diff)
		}
	}
}

func TestPublished(t *testing.T) {
	tests := []struct {
		name, lang, text string
		given, want      graph.Day
	}{
		{"given", "en", "June 5, 2020\nText.", "2019-01-01", "2019-01-01"},
		{"line", "en", "Head\nPublished: June 5, 2020\nThe minister spoke on Friday.", "", "2020-06-05"},
		{"dateline", "en", "GENEVA (Agency) - June 5, 2020 - The envoy said on Friday that", "", "2020-06-05"},
		{"update", "ar", "عنوان\n4 يونيو/ حزيران 2020 آخر تحديث 5 يونيو/ حزيران 2020\nقال", "", "2020-06-05"},
		{"narration", "en", "On June 5, 2020, the envoy said that talks would go on for weeks and months.", "", ""},
		{"none", "ar", "قال الوزير أمس", "", ""},
	}
	for _, tt := range tests {
		if got := Published(text.Read(tt.text, tt.lang, "", tt.given)); got != tt.want {
			t.Errorf("%s: Published = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestLexicons(t *testing.T) {
	for lang, load := range lexicons {
		months := map[int]bool{}
		weekdays := map[int]bool{}
		for _, e := range load() {
			for _, p := range e.phrases {
				for _, s := range p.senses {
					switch s.kind {
					case kindMonth:
						months[s.value] = true
					case kindWeekday:
						weekdays[s.value] = true
					}
				}
			}
		}
		if len(months) != 12 || len(weekdays) != 7 {
			t.Errorf("%s: %d months, %d weekdays", lang, len(months), len(weekdays))
		}
	}
	for _, bad := range []string{"month\t1", "mnth\t1\tx", "month\tx\tjanuary", "month\t1\tx || y"} {
		if _, err := parseLexicon(bad); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("parseLexicon(%q) = %v, want an error that names the line", bad, err)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("أمس، الجمعة 5 من حزيران 2020 (السبت", "2020-06-06", true)
	f.Add("On Friday, Sept. 14, 2012-09-14 5/6/2020 two days ago in 2011.", "2020-06-06", false)
	f.Fuzz(func(t *testing.T, raw, pub string, arabic bool) {
		published, err := graph.ParseDay(pub)
		if err != nil {
			published = ""
		}
		lang := "en"
		if arabic {
			lang = "ar"
		}
		doc := text.Read(raw, lang, "", published)
		end := 0
		for _, d := range Find(doc) {
			if d.Start < end || d.End <= d.Start || d.End > len(raw) {
				t.Fatalf("span %v after %d in %q", d.Span, end, raw)
			}
			end = d.End
			if _, err := graph.ParseDay(string(d.Day)); err != nil {
				t.Fatalf("%q: %v", doc.At(d.Span), err)
			}
			if published == "" && Published(doc) == "" && d.Origin != graph.OriginExplicit {
				t.Fatalf("%q resolved against nothing", doc.At(d.Span))
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	for name, in := range map[string]struct{ lang, text string }{
		"ar": {"ar", "قالت وزيرة الخارجية في مؤتمر صحفي أمس، الجمعة 5 من حزيران، إن المفاوضات ستستأنف في جنيف بحضور جميع الأطراف وإن الاتفاق الموقع عام 2019 ما زال قائما. "},
		"en": {"en", "The foreign minister told reporters on Friday, June 5, that the talks would resume in Geneva with all parties present and that the deal signed in 2019 still stands. "},
	} {
		b.Run(name, func(b *testing.B) {
			raw := strings.Repeat(in.text, 100)
			t := text.Read(raw, in.lang, "", "2020-06-06")
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				Find(t)
			}
		})
	}
}
