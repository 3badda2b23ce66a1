package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// read reads a text in the language of its letters.
func read(raw string) *Text {
	lang := "en"
	if strings.ContainsFunc(raw, isArabicLetter) {
		lang = "ar"
	}
	return Read(raw, lang, "", "")
}

func TestSentences(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"plain", "The talks failed. The envoy left.", []string{"The talks failed.", "The envoy left."}},
		{"titles", "Gen. Rowan Hale met Sen. Vale on Jan. 5. He left.", []string{"Gen. Rowan Hale met Sen. Vale on Jan. 5.", "He left."}},
		{"initials", "J. R. Marlow spoke. H. Vance did not.", []string{"J. R. Marlow spoke.", "H. Vance did not."}},
		{"states", "It left the U.S. The U.S. Army stayed. At 5 p.m. Monday it rained.", []string{"It left the U.S.", "The U.S. Army stayed.", "At 5 p.m. Monday it rained."}},
		{"decimals", "Prices rose 3.5 percent. Wages fell 1.2.", []string{"Prices rose 3.5 percent.", "Wages fell 1.2."}},
		{"quotes", "“We will stay.” The crowd cheered. “Why not?” he asked.", []string{"“We will stay.”", "The crowd cheered.", "“Why not?” he asked."}},
		{"asked", "“Why now?” Ms. Vale asked. “Go!” They went. “Who?” The crowd left the square.", []string{"“Why now?” Ms. Vale asked.", "“Go!”", "They went.", "“Who?”", "The crowd left the square."}},
		{"number", "No. 5 won. He said no. They left.", []string{"No. 5 won.", "He said no.", "They left."}},
		{"ellipsis", "We waited... and left. Then… Nothing!", []string{"We waited... and left.", "Then…", "Nothing!"}},
		{"company", "Hale Inc. said so. It is Hale Inc. The rest is not.", []string{"Hale Inc. said so.", "It is Hale Inc.", "The rest is not."}},
		{"address", "See example.org/a?id=5 for more. Done.", []string{"See example.org/a?id=5 for more.", "Done."}},
		{"bullets", "Demands: • a truce • aid • talks", []string{"Demands:", "• a truce", "• aid", "• talks"}},
		{"arabic", "قال الوزير ذلك. وأضاف: «لن نقبل.» ثم غادر؟", []string{"قال الوزير ذلك.", "وأضاف: «لن نقبل.»", "ثم غادر؟"}},
		{"arabic titles", "حضر د. سامر و أ.د. ليلى. غادرا.", []string{"حضر د. سامر و أ.د. ليلى.", "غادرا."}},
		{"arabic letters", "نقلت شبكة إن.بي.سي عن العربية.نت الخبر. انتهى.", []string{"نقلت شبكة إن.بي.سي عن العربية.نت الخبر.", "انتهى."}},
		{"no space", "في العام الماضي.وأضاف المسؤول", []string{"في العام الماضي.", "وأضاف المسؤول"}},
		{"lines", "First line\nSecond line", []string{"First line", "Second line"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := read(tt.text)
			var got []string
			for _, s := range doc.Sentences {
				got = append(got, doc.At(s.Span))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("sentences (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLinkChains(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{
			"behind a name", "Sen. Ann Vale Ann Marie ValeVale leads in new poll Senate to vote: report MORE (R-Ohio) said no.",
			"Sen . Ann Vale ( R-Ohio ) said no .",
		},
		{
			"with a clitic, twice", "Mr. Hale Rowan HaleHale faces “talks” MORE’s plan and Kim Roe Kim RoeThe Report - Roe says no MORE won.",
			"Mr . Hale ’s plan and Kim Roe won .",
		},
		{"a headline that begins with a year", "Joan McCrae Joan McCrae2020 in photos MORE left.", "Joan McCrae left ."},
		{"no end", "Sen. Ann Vale Ann ValeVale leads in new poll.", "Sen . Ann Vale Ann ValeVale leads in new poll ."},
		{"no repetition", "McCrae wants MORE.", "McCrae wants MORE ."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := read(tt.text)
			var got []string
			for _, tok := range doc.Tokens {
				got = append(got, doc.At(tok.Span))
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("tokens (-want +got):\n%s", diff)
			}
		})
	}
}

func TestQuotes(t *testing.T) {
	// Want: the inner text of each quotation in order, one mark > for each
	// quotation around it, a final ~ if it is broken.
	tests := []struct {
		name, text string
		want       []string
	}{
		{"decade", "They met in ‘08 and said ‘we will stay’ again.", []string{"we will stay"}},
		{"curly", "He said “we stay” and “we wait”.", []string{"we stay", "we wait"}},
		{"straight", `He said "we stay" and "we wait".`, []string{"we stay", "we wait"}},
		{"guillemets", "قال «سنبقى» ثم «ننتظر».", []string{"سنبقى", "ننتظر"}},
		{"same mark twice", "قال “سنبقى“ ثم “ننتظر“.", []string{"سنبقى", "ننتظر"}},
		{"wrong way round", "قال ”سنبقى“ ثم ”ننتظر“.", []string{"سنبقى", "ننتظر"}},
		{"guillemets reversed", "صحيفة »الأمل» و»النور» وقال «سنبقى»", []string{"الأمل", "النور", "سنبقى"}},
		{"spaced", "قال \" سنبقى \" ثم \" ننتظر \".", []string{" سنبقى ", " ننتظر "}},
		{"closing glued to next", "قال \"سنبقى \"ثم غادر وقال \"ننتظر\".", []string{"سنبقى ", "ننتظر"}},
		{"nested", "She said “he told us ‘no’ twice”.", []string{"he told us ‘no’ twice", ">no"}},
		{"nested same", "قال «وصفوه بأنه «خطير» جدا».", []string{"وصفوه بأنه «خطير» جدا", ">خطير"}},
		{"mixed", "قال «حركة \"الفجر\" رفضت».", []string{"حركة \"الفجر\" رفضت", ">الفجر"}},
		{"apostrophes", "The players’ union and ’90s fans don't mind rock 'n' roll.", []string{"n"}},
		{"british", "‘We’re the players’ voice,’ she said, ‘not theirs.’", []string{"We’re the players’ voice,", "not theirs."}},
		{"doubled singles", "He said ''we stay'' twice.", []string{"we stay"}},
		{"unclosed", "He said “we stay and wait.\nThen left.", []string{"we stay and wait.~"}},
		{"run on", "“We stay.\n“We wait,” he said.", []string{"We stay.~", "We wait,"}},
		{"missing close", `He said "we stay. Later she said "we wait" and "we go".`, []string{"we stay.~", "we wait", "we go"}},
		{"joined paragraphs", "She said: “We stay. We wait. “We go when they go,” she added.", []string{"We stay. We wait.~", "We go when they go,"}},
		{"missing close before a comma", `He said "we stay. Later she said, "we wait" and "we go".`, []string{"we stay.~", "we wait", "we go"}},
		{"stray close", `He said we stay" and she said "we wait" and "we go".`, []string{"we wait", "we go"}},
		{"inch", `A 5" pipe.`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := read(tt.text)
			var got []string
			for _, q := range doc.Quotes {
				s := doc.At(q.Inner)
				for o := q.Outer; o >= 0; o = doc.Quotes[o].Outer {
					s = ">" + s
				}
				if q.Broken {
					s += "~"
				}
				got = append(got, s)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("quotes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTokens(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"U.S. vice-president O'Neil's 2,254 F-16s", []string{"U.S.", "vice-president", "O'Neil's", "2,254", "F-16s"}},
		{"و5 من مايو2020، و«لا»", []string{"و", "5", "من", "مايو", "2020", "،", "و", "«", "لا", "»"}},
		{"الـمـديـنة \u200fهنا\u200b", []string{"الـمـديـنة", "هنا"}},
		{"٣٫٥ و١٬٠٠٠", []string{"٣٫٥", "و", "١٬٠٠٠"}},
	}
	for _, tt := range tests {
		doc := read(tt.text)
		var got []string
		for _, tok := range doc.Tokens {
			got = append(got, doc.At(tok.Span))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", tt.text, diff)
		}
	}
}

var roles = map[Role]string{Body: "body", Headline: "headline", Caption: "caption", Furniture: "furniture"}

func TestParagraphs(t *testing.T) {
	tests := []struct {
		name, title string
		text        string
		want        []string
	}{
		{"arabic page", "الوزارة: المعبر يبقى مفتوحا", `الوزارة: المعبر يبقى مفتوحا

camera iconشاحنات عند المعبر الحدودي - 3 من آذار 2021 (تصوير خاص)

قال المتحدث باسم الوزارة سامر الحلو، إن المعبر سيبقى مفتوحا أمام المساعدات الإنسانية خلال الأسابيع المقبلة.

مقالات متعلقة

إغلاق المعبر يومين

ادعم عملنا

ثلاثة دولارات في الشهر تكفي`, []string{
			"headline: الوزارة: المعبر يبقى مفتوحا",
			"caption: camera iconشاحنات عند المعبر الحدودي - 3 من آذار 2021 (تصوير خاص)",
			"body: قال المتحدث باسم الوزارة سامر الحلو، إن المعبر سيبقى مفتوحا أمام المساعدات الإنسانية خلال الأسابيع المقبلة.",
			"furniture: مقالات متعلقة", "furniture: إغلاق المعبر يومين", "furniture: ادعم عملنا", "furniture: ثلاثة دولارات في الشهر تكفي",
		}},
		{"datelines", "", "بيروت – رويترز: قال الوزير إن الاتفاق قائم.\nالقاهرة (أ ف ب) - دعا الرئيس إلى الحوار.\nقال النائب إن الحكومة فشلت (رويترز).", []string{
			"furniture: بيروت – رويترز:", "body: قال الوزير إن الاتفاق قائم.",
			"furniture: القاهرة (أ ف ب) -", "body: دعا الرئيس إلى الحوار.",
			"body: قال النائب إن الحكومة فشلت", "furniture: (رويترز).",
		}},
		{"city before the lead", "", "دمشق- قالت الوزارة إن المعبر مفتوح.\nبيروت- قال الوزير ذلك.", []string{
			"furniture: دمشق-", "body: قالت الوزارة إن المعبر مفتوح.", "body: بيروت- قال الوزير ذلك.",
		}},
		{"headline with a colon is no dateline", "", "بغداد - الحلو: نرفض القرار وسنعود إلى الشارع.", []string{"body: بغداد - الحلو: نرفض القرار وسنعود إلى الشارع."}},
		{"english datelines", "", "GENEVA (Reuters) - The envoy said talks would go on.\nOAK RIDGE, Tenn. — The plant closed.\nThe plan — a bad one — failed.", []string{
			"furniture: GENEVA (Reuters) -", "body: The envoy said talks would go on.",
			"furniture: OAK RIDGE, Tenn. —", "body: The plant closed.",
			"body: The plan — a bad one — failed.",
		}},
		{"english page", "Ferry line to reopen after talks", `Ferry line set to reopen after talks
By Dana Whitlock
LISTEN TO ARTICLE 2:40 SHARE THIS ARTICLE Share Tweet Post Email
A ferry leaves the old port of Calder. (Iris Holm/Getty Images)
The ferry line between the two islands will reopen next month, the transport ministry said after three days of talks with the unions.
READ: UNIONS SPLIT OVER FERRY DEAL
Sign up for our daily newsletter.
The unions “are not happy”, their leader said.
Dana Whitlock
Copyright © 2021 Example Media. All rights reserved.`, []string{
			"headline: Ferry line set to reopen after talks",
			"furniture: By Dana Whitlock",
			"furniture: LISTEN TO ARTICLE 2:40 SHARE THIS ARTICLE Share Tweet Post Email",
			"caption: A ferry leaves the old port of Calder. (Iris Holm/Getty Images)",
			"body: The ferry line between the two islands will reopen next month, the transport ministry said after three days of talks with the unions.",
			"furniture: READ: UNIONS SPLIT OVER FERRY DEAL",
			"furniture: Sign up for our daily newsletter.",
			"body: The unions “are not happy”, their leader said.",
			"furniture: Dana Whitlock",
			"furniture: Copyright © 2021 Example Media. All rights reserved.",
		}},
		{"prose that begins like furniture", "", "More than 100 people came.\nFollow the money, she said.\nShe posted it on Facebook.\nBy noon they had left.", []string{
			"body: More than 100 people came.", "body: Follow the money, she said.", "body: She posted it on Facebook.", "body: By noon they had left.",
		}},
		{"labels and credits", "", "More: Court rejects the dam\nMore than ever: 40 people came\nA boy waits at the camp [Lina Haddad/Example]\nبالفيديو: جولة في المرفأ", []string{
			"furniture: More: Court rejects the dam", "body: More than ever: 40 people came", "caption: A boy waits at the camp [Lina Haddad/Example]", "furniture: بالفيديو: جولة في المرفأ",
		}},
		{"crlf and separators", "", "One stays.\r\nTwo goes.\u2028Three waits.", []string{"body: One stays.", "body: Two goes.", "body: Three waits."}},
		{"first line without a stop", "", "Council rejects plan for dam\nThe council of Calder rejected the plan on Monday after a debate of nine hours in which forty members spoke.", []string{
			"headline: Council rejects plan for dam",
			"body: The council of Calder rejected the plan on Monday after a debate of nine hours in which forty members spoke.",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := Read(tt.text, "en", tt.title, "")
			var got []string
			for _, p := range doc.Paragraphs {
				got = append(got, roles[p.Role]+": "+doc.At(p.Span))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("paragraphs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLanguage(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"arabic", "قال الوزير إن الاتفاق قائم وإن الحكومة ملتزمة به.", "ar"},
		{"arabic names", "استقبل الأمير الشيخ سامر الحلو", "ar"},
		{"arabic with persian letters", "قال الوزیر فی بیان إن الاتفاق قائم ولا رجعة عنه وإن الحكومة ملتزمة به في كل الأحوال", "ar"},
		{"persian", "وزیر امور خارجه گفت که این توافق برای منطقه مهم است و باید اجرا شود.", "fa"},
		{"urdu", "وزیر خارجہ نے کہا ہے کہ یہ معاہدہ خطے کے لیے اہم ہے اور اس پر عمل ہونا چاہیے۔", "ur"},
		{"kurdish", "وەزیری دەرەوە ڕایگەیاند کە ئەم ڕێککەوتنە بۆ ناوچەکە گرنگە و لە هەموو لایەک داوا دەکات.", "ckb"},
		{"kurmanji", "Wezîrê derve got ku ev peyman ji bo herêmê girîng e û divê were bicihanîn di nav salê de.", "ku"},
		{"english", "The minister said that the deal stands and the government is bound by it.", "en"},
		{"french", "Le ministre a dit que l’accord est important pour la région et que les États doivent le respecter.", "fr"},
		{"german", "Der Minister sagte, dass das Abkommen für die Region wichtig ist und nicht aufgegeben wird.", "de"},
		{"spanish", "El ministro dijo que el acuerdo es importante para la región y que los gobiernos lo respetan.", "es"},
		{"turkish", "Bakan, anlaşmanın bölge için önemli olduğunu ve hükümetin buna bağlı olduğunu söyledi, ancak bir şey daha var.", "tr"},
		{"russian", "Министр сказал, что соглашение важно для региона и что правительство его не нарушит.", "ru"},
		{"hebrew", "השר אמר כי ההסכם חשוב מאוד על פי הממשלה וגם לא ישתנה", "he"},
		{"chinese", "部长说协议很重要。", "und"},
		{"nothing", " 12 – 5 ", "und"},
	}
	for _, tt := range tests {
		if got := Language(tt.text); got != tt.want {
			t.Errorf("%s: Language = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestFurnitureFile(t *testing.T) {
	if _, err := parseFurniture(furnitureFile); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{"furniture\tstarts", "caption\tnowhere\tx", "agency\t\tx | | y"} {
		if _, err := parseFurniture(bad); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("parseFurniture(%q) = %v, want an error that names the line", bad, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("قال «سنبقى\" ثم.\n\nمقالات متعلقة\n(رويترز)", "قال", true)
	f.Add("GENEVA (Reuters) - “We ''stay,” U.S. said… ‘no’\r\n• By A. B.", "Geneva", false)
	f.Fuzz(func(t *testing.T, raw, title string, arabic bool) {
		if !utf8.ValidString(raw) {
			return
		}
		lang := "en"
		if arabic {
			lang = "ar"
		}
		check(t, Read(raw, lang, title, ""))
		Language(raw)
	})
}

// check asserts what the stages rely on: every span lies in the text, in
// order, tokens within sentences within paragraphs, quotations nested.
func check(t *testing.T, doc *Text) {
	t.Helper()
	end := 0
	for i, p := range doc.Paragraphs {
		if p.Start < end || p.End <= p.Start || p.End > len(doc.Raw) || p.First > p.Last || p.Last > len(doc.Sentences) {
			t.Fatalf("paragraph %d is %+v after %d", i, p, end)
		}
		end = p.End
	}
	token := 0
	for i, s := range doc.Sentences {
		if s.First != token || s.Last <= s.First || !doc.Paragraphs[s.Paragraph].Contains(s.Span) {
			t.Fatalf("sentence %d is %+v, want it to begin with token %d", i, s, token)
		}
		token = s.Last
	}
	if token != len(doc.Tokens) {
		t.Fatalf("sentences end with token %d of %d", token, len(doc.Tokens))
	}
	end = 0
	for i, tok := range doc.Tokens {
		s := doc.Sentences[tok.Sentence]
		if tok.Start < end || tok.End <= tok.Start || i < s.First || i >= s.Last || doc.TokenAt(tok.Start) != i {
			t.Fatalf("token %d is %+v in sentence %+v", i, tok, s)
		}
		if q := tok.Quote; q >= 0 && !doc.Quotes[q].Overlaps(tok.Span) {
			t.Fatalf("token %d is not in its quotation %+v", i, doc.Quotes[q])
		}
		end = tok.End
	}
	start := 0
	for i, q := range doc.Quotes {
		if q.Start < start || q.Inner.Start < q.Start || q.Inner.End < q.Inner.Start || q.End < q.Inner.End || q.End > len(doc.Raw) || q.Outer >= i {
			t.Fatalf("quotation %d is %+v", i, q)
		}
		if q.Outer >= 0 && !doc.Quotes[q.Outer].Inner.Contains(q.Span) {
			t.Fatalf("quotation %d %+v is not within %+v", i, q, doc.Quotes[q.Outer])
		}
		start = q.Start
	}
}

const (
	arabicLead  = "قالت وزيرة الخارجية في مؤتمر صحفي أمس إن «المفاوضات ستستأنف في جنيف بحضور جميع الأطراف»، وأضافت أن الاتفاق ما زال قائما. "
	englishLead = "The foreign minister told reporters on Friday that “the talks will resume in Geneva with all parties present”, and added that the deal stands. "
)

func BenchmarkRead(b *testing.B) {
	for _, bb := range []struct {
		name, lang, text string
	}{
		{"ar/1", "ar", strings.Repeat(arabicLead, 10)},
		{"ar/10", "ar", strings.Repeat(arabicLead, 100)},
		{"ar/100", "ar", strings.Repeat(arabicLead, 1000)},
		{"en/1", "en", strings.Repeat(englishLead, 10)},
		{"en/10", "en", strings.Repeat(englishLead, 100)},
		{"en/100", "en", strings.Repeat(englishLead, 1000)},
		{"lines", "en", strings.Repeat(englishLead+"\n", 100)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.SetBytes(int64(len(bb.text)))
			b.ReportAllocs()
			for b.Loop() {
				Read(bb.text, bb.lang, "", "")
			}
		})
	}
}

func BenchmarkLanguage(b *testing.B) {
	text := strings.Repeat(arabicLead, 20)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Language(text)
	}
}
