package arabic

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/ingest/extract"
	"mawqif/ingest/text"
)

// found is an attribution in words.
type found struct{ Source, Cue, Content string }

func read(raw string) *text.Text { return text.Read(raw, "ar", "", "") }

func inWords(t *text.Text, list []extract.Attribution) []found {
	var out []found
	for _, a := range list {
		f := found{Source: t.At(a.Source), Cue: t.At(a.Cue)}
		for i, c := range a.Content {
			if i > 0 {
				f.Content += " … "
			}
			f.Content += t.At(c)
		}
		out = append(out, f)
	}
	return out
}

// ruleTests hold, for each rule, what it finds and what it must leave alone.
// The sentences are written for these tests.
var ruleTests = []struct {
	rule, name, text string
	want             []found
}{
	{"verb", "clause", "قال وزير الصيد سالم الراشد إن الموانئ ستفتح قريبا.", []found{{"وزير الصيد سالم الراشد", "قال", "الموانئ ستفتح قريبا"}}},
	{"verb", "adjuncts before the clause", "وقالت أمس المتحدثة باسم البلدية في بيان إن الطريق مغلقة.", []found{{"المتحدثة باسم البلدية", "وقالت", "الطريق مغلقة"}}},
	{"verb", "apposition", "وقالت المتحدثة باسم البلدية، ليلى الحداد، إن الطريق مغلقة.", []found{{"المتحدثة باسم البلدية، ليلى الحداد", "وقالت", "الطريق مغلقة"}}},
	{"verb", "dropped subject", "وأضاف أن الأعمال مستمرة.", []found{{"", "وأضاف", "الأعمال مستمرة"}}},
	{"verb", "quotation", "وقال الراشد: «لن نغلق الميناء».", []found{{"الراشد", "وقال", "لن نغلق الميناء"}}},
	{"verb", "pluperfect with its subject between", "وكان رئيس النقابة قد أكد أن المصنع لن يغلق.", []found{{"رئيس النقابة", "أكد", "المصنع لن يغلق"}}},
	{"verb", "subject first", "لكن المحامي أكد أن القضية لم تنته.", []found{{"المحامي", "أكد", "القضية لم تنته"}}},
	{"verb", "preposition and addressee", "دعت النقابة الحكومة إلى رفع الأجور.", []found{{"النقابة", "دعت", "رفع الأجور"}}},
	{"verb", "attached preposition", "وطالب السكان بإصلاح الجسر القديم.", []found{{"السكان", "وطالب", "إصلاح الجسر القديم"}}},
	{"verb", "object", "أعلن الاتحاد الوطني للصيادين تعليق الإضراب.", []found{{"الاتحاد الوطني للصيادين", "أعلن", "تعليق الإضراب"}}},
	{"verb", "source named in quotation marks", "وطالبت \"رابطة الصيادين\" في المدينة الوزارة بإصلاح الجسر القديم.", []found{{"\"رابطة الصيادين\" في المدينة", "وطالبت", "إصلاح الجسر القديم"}}},
	{"verb", "accusation with its object", "واتهمت الجمعية الشركة بتلويث النهر.", []found{{"الجمعية", "واتهمت", "تلويث النهر"}}},
	{"verb", "noun that names the act", "أعربت البلدية عن قلقها من ارتفاع الأسعار.", []found{{"البلدية", "أعربت", "ارتفاع الأسعار"}}},
	{"verb", "reporter's remark", "وقال الراشد إن الميناء مفتوح، في إشارة إلى الرصيف الشمالي.", []found{{"الراشد", "وقال", "الميناء مفتوح"}}},
	{"verb", "two coordinated", "قال الراشد إن الميناء مفتوح، وأضاف أن السفن وصلت.", []found{{"الراشد", "قال", "الميناء مفتوح"}, {"", "وأضاف", "السفن وصلت"}}},
	{"verb", "impersonal", "يذكر أن الميناء بني قبل خمسين عاما.", nil},
	{"verb", "negated", "لم يقل الراشد إن الميناء مغلق.", nil},
	{"verb", "no content", "التقى الوزير وفدا من التجار وبحث معهم أسعار السمك.", nil},
	{"verb", "noun like a verb", "ارتفع ثمن الخبز في المدينة هذا العام.", nil},
	{"verb", "speech without a mark", "وأضاف الراشد سنفتح الميناء غدا أمام الجميع.", []found{{"الراشد", "وأضاف", "سنفتح الميناء غدا أمام الجميع"}}},
	{"verb", "preposition like a verb", "سافر الوفد عبر الميناء إلى الجزيرة.", nil},
	{"verb", "indirect question", "وشرح الراشد للصحفيين كيف سيفتح الميناء.", []found{{"الراشد", "وشرح", "كيف سيفتح الميناء"}}},
	{"verb", "object of a dropped subject", "ونفت الاتهامات الموجهة إلى مديرها.", []found{{"", "ونفت", "الاتهامات الموجهة إلى مديرها"}}},
	{"verb", "object after an apposition", "رفض رئيس الغرفة، سالم الراشد، استخدام الرصيف القديم.", []found{{"رئيس الغرفة، سالم الراشد", "رفض", "استخدام الرصيف القديم"}}},
	{"verb", "object left for another clause", "وأعلنت البلدية إغلاق الجسر، لكن السكان عبروه ليلا.", []found{{"البلدية", "وأعلنت", "إغلاق الجسر"}}},
	{"verb", "turn to another source", "وقالت البلدية إن الجسر آمن، غير أن النقابة تقول إن أعمدته متآكلة.", []found{{"البلدية", "وقالت", "الجسر آمن"}, {"النقابة", "تقول", "أعمدته متآكلة"}}},
	{"verb", "relative clause of its subject", "قالت الشركة التي تدير المرفأ في الجزيرة إنها تنوي توسيع الرصيف.", []found{{"الشركة التي تدير المرفأ في الجزيرة", "قالت", "تنوي توسيع الرصيف"}}},
	{"verb", "preposition like a verb in between", "وأعلن الراشد، عقب لقائه التجار، عن خفض الرسوم.", []found{{"الراشد", "وأعلن", "خفض الرسوم"}}},
	{"verb", "adverb like a participle", "وأكد الراشد، مجددا، على ضرورة فتح الميناء.", []found{{"الراشد", "وأكد", "ضرورة فتح الميناء"}}},
	{"verb", "noun spelt like a dual", "وصفق الحضور ردا على كلمته «نحن معكم دائما في الميناء».", nil},
	{"verb", "passive by its vowel", "وقد أُعلن عن موعد السباق في الصيف.", nil},
	{"verb", "number", "وهي السفن التي يبلغ عددها (277) بحسن حالها.", nil},
	{"verb", "saying of another in a relative clause", "ووافق رئيس الرابطة على رأي المدرب الذي قال إن الفريق جاهز.", []found{{"المدرب", "قال", "الفريق جاهز"}}},
	{"verb", "saying of another with no comma before", "وبعد الأسئلة التي شرح بعضها في الاجتماع قال الراشد إن الأعمال تسير ببطء.", []found{{"الراشد", "قال", "الأعمال تسير ببطء"}}},
	{"verb", "name spelt like a preposition", "وكتب المحامي خالد علي أن الحكم صدر أمس.", []found{{"المحامي خالد علي", "وكتب", "الحكم صدر أمس"}}},
	{"verb", "object after a relative clause", "انتقد المحامي، الذي يمثل الصيادين، قرار البلدية.", []found{{"المحامي", "انتقد", "قرار البلدية"}}},
	{"verb", "negation without a mark", "وقال لا يوجد خطر على الميناء حتى الآن.", []found{{"", "وقال", "لا يوجد خطر على الميناء حتى الآن"}}},
	{"verb", "renewed noun of saying", "وجدد الراشد الإشارة إلى أن الرصيف آمن.", []found{{"الراشد", "وجدد", "الرصيف آمن"}}},
	{"verb", "clause of time between commas", "وقال المدير سالم الراشد، بعد أن زار المرفأ، إن الأعمال تسير ببطء.", []found{{"المدير سالم الراشد", "وقال", "الأعمال تسير ببطء"}}},
	{"verb", "blame without a subject", "وحمّل الشركة المسؤولية عن تلوث النهر.", []found{{"", "وحمّل", "الشركة المسؤولية عن تلوث النهر"}}},
	{"verb", "belief after an apposition", "سالم الراشد، مدير شركة الصيد، يعتقد أن السوق هادئة.", []found{{"سالم الراشد، مدير شركة الصيد", "يعتقد", "السوق هادئة"}}},
	{"verb", "quotation after a clause of time", "وقال الراشد بعد أن وصل إلى الجزيرة «سنمنحكم ستة أيام أخرى».", []found{{"الراشد", "وقال", "سنمنحكم ستة أيام أخرى"}}},
	{"verb", "object after a document", "وأعلنت البلدية في بيان إغلاق الجسر القديم.", []found{{"البلدية", "وأعلنت", "إغلاق الجسر القديم"}}},
	{"verb", "speech after a comma", "وقال، استمع الجميع إلى ما صدر عن البلدية أمس.", []found{{"", "وقال", "استمع الجميع إلى ما صدر عن البلدية أمس"}}},
	{"verb", "source after another preposition", "وأفادت الوكالة نقلا عن مصدر في الميناء بأن السفن وصلت.", []found{{"الوكالة", "وأفادت", "السفن وصلت"}}},
	{"verb", "adverb of time before its phrase", "وأكد المجلس آنذاك على أهمية فتح الميناء.", []found{{"المجلس", "وأكد", "أهمية فتح الميناء"}}},
	{"verb", "verbal noun that begins like an article", "وأعلن رئيس البلدية سالم الراشد إلقاء القبض على السارق.", []found{{"رئيس البلدية سالم الراشد", "وأعلن", "إلقاء القبض على السارق"}}},
	{"verb", "here", "وهنا شهادة الصيادين.", nil},
	{"verb", "explaining, not between", "من جهته، بين الدكتور سالم الراشد، مدير الميناء، أن الرصيف آمن.", []found{{"الدكتور سالم الراشد، مدير الميناء", "بين", "الرصيف آمن"}}},
	{"verb", "between", "من جهة أخرى، بين الدكتور سالم الراشد والمدير خلاف قديم.", nil},
	{"verb", "provision of a document", "وينص الاتفاق على فتح الميناء أمام السفن.", []found{{"الاتفاق", "وينص", "فتح الميناء أمام السفن"}}},
	{"verb", "no provision", "إن الاتفاق لا ينص على فتح الميناء.", nil},
	{"participle", "after a comma", "وقال الراشد إن الميناء مفتوح، مؤكدا أن السفن وصلت.", []found{{"الراشد", "وقال", "الميناء مفتوح"}, {"", "مؤكدا", "السفن وصلت"}}},
	{"participle", "predicate", "وسيكون مرحبا بالصيادين في الميناء.", nil},
	{"participle", "adjective", "وصلت إلى المدينة فرقة معارضة للحرب مشددة الحراسة.", nil},
	{"transmit", "with its noun", "ونقلت الوكالة عن رئيس البلدية قوله إن الجسر سيفتح غدا.", []found{{"رئيس البلدية", "قوله", "الجسر سيفتح غدا"}}},
	{"transmit", "goods", "نقلت السفينة القمح عن الميناء الجنوبي إلى المدينة.", nil},
	{"statedIn", "document", "وجاء في بيان للبلدية أن الجسر سيغلق يومين.", []found{{"بيان للبلدية", "وجاء في", "الجسر سيغلق يومين"}}},
	{"statedIn", "arrival", "جاء في الصباح الباكر إلى مقر عمله.", nil},
	{"according", "before the content", "وبحسب البلدية، فإن الجسر مغلق منذ أسبوع.", []found{{"البلدية", "وبحسب", "الجسر مغلق منذ أسبوع"}}},
	{"according", "long source before ف", "وبحسب الموقع الجديد لمكتب الموانئ فإن الرصيف مغلق منذ أسبوع.", []found{{"الموقع الجديد لمكتب الموانئ", "وبحسب", "الرصيف مغلق منذ أسبوع"}}},
	{"according", "between dashes", "وقد دفعت الرسوم -كما يقول الراشد- إلى هجرة الصيادين.", []found{{"الراشد", "كما يقول", "وقد دفعت الرسوم … إلى هجرة الصيادين"}}},
	{"according", "between the verb and its preposition", "وانفجر أنبوب الغاز صباح أمس في حي الميناء القديم ما أسفر، وفق معطيات البلدية، عن إصابة ثلاثة عمال.", []found{{"معطيات البلدية", "وفق", "وانفجر أنبوب الغاز صباح أمس في حي الميناء القديم ما أسفر … عن إصابة ثلاثة عمال"}}},
	{"according", "after the content", "انهار الجسر القديم مساء أمس، وفق مصدر في البلدية.", []found{{"مصدر في البلدية", "وفق", "انهار الجسر القديم مساء أمس"}}},
	{"according", "a norm", "وزعت المقاعد وفق القانون على الأحزاب الصغيرة.", nil},
	{"according", "one's own words", "وقال الراشد إن الميناء مفتوح، على حد تعبيره.", []found{{"الراشد", "وقال", "الميناء مفتوح"}}},
	{"headline", "source before a colon", "رئيس البلدية: لن نغلق الجسر\nالجسر قديم.", []found{{"رئيس البلدية", ":", "لن نغلق الجسر"}}},
	{"headline", "label", "صدر الصورة: وكالة الأنباء الوطنية\nالجسر قديم.", nil},
	{"pointer", "denial of the words before", "قالت الشركة إن المصنع آمن، وهو ما ينفيه السكان.", []found{{"الشركة", "قالت", "المصنع آمن"}, {"السكان", "ينفيه", "المصنع آمن"}}},
	{"relative", "content before a relative clause", "قاطع الطلاب الإضراب العام الذي دعا إليه الاتحاد الوطني.", []found{{"الاتحاد الوطني", "دعا", "الإضراب العام"}}},
	{"noun", "definite noun with its preposition", "وفي ختام اللقاء جرى التأكيد على ضرورة فتح الميناء.", []found{{"", "التأكيد", "ضرورة فتح الميناء"}}},
	{"noun", "point of a communiqué", "واتفق الوزراء على ما يلي:\n• الدعوة إلى خفض الرسوم على الصيادين.", []found{{"", "الدعوة", "خفض الرسوم على الصيادين"}}},
	{"noun", "with its source", "وجاء القرار رغم اعتراض روسي على خفض الرسوم.", []found{{"روسي", "اعتراض", "خفض الرسوم"}}},
	{"noun", "in the accusative of circumstance", "وتظاهر الصيادون أمام البلدية تنديدا برفع الرسوم.", []found{{"", "تنديدا", "رفع الرسوم"}}},
	{"noun", "without content", "كانت الدعوة مفتوحة للجميع.", nil},
	{"before", "quotation and verb", "«لن نغلق الجسر أمام أهل القرية»، قال رئيس البلدية.", []found{{"رئيس البلدية", "قال", "لن نغلق الجسر أمام أهل القرية"}}},
	{"parenthesis", "verb between commas", "ورغم ذلك، يقول المحلل، فإن السوق هادئة منذ شهر.", []found{{"المحلل", "يقول", "ورغم ذلك … فإن السوق هادئة منذ شهر"}}},
	{"saying", "without a clause", "أعجب الحاضرين قوله في الحفل.", nil},
	{"saying", "by saying that", "وفاجأ الراشد الحضور بقوله إن الباب مفتوح أمام الجميع.", []found{{"", "بقوله", "الباب مفتوح أمام الجميع"}}},
	{"saying", "his saying that", "ولم يتغير قوله إن الباب مفتوح أمام الجميع.", []found{{"", "قوله", "الباب مفتوح أمام الجميع"}}},
}

func TestRules(t *testing.T) {
	for _, tt := range ruleTests {
		t.Run(tt.rule+"/"+tt.name, func(t *testing.T) {
			in := read(tt.text)
			if diff := cmp.Diff(tt.want, inWords(in, Grammar{}.Attributions(in, nil))); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestEveryRuleHasAnExample(t *testing.T) {
	fired := map[string]bool{}
	for _, tt := range ruleTests {
		for _, a := range (Grammar{}).Attributions(read(tt.text), nil) {
			fired[a.Rules[0]] = true
		}
	}
	for _, r := range rules {
		if !fired[r.name] {
			t.Errorf("no example makes rule %q fire", r.name)
		}
	}
}

func TestFeatures(t *testing.T) {
	in := read("وقالت المديرة إن المدرسة «ستفتح أبوابها بعد أسبوع»، مشيرة إلى أن المعلمين عادوا. وأضافت: «نحن مستعدون».")
	got := Grammar{}.Attributions(in, nil)
	if len(got) != 3 {
		t.Fatalf("got %v", inWords(in, got))
	}
	for i, want := range []struct {
		quote     graph.QuoteType
		gender    extract.Gender
		continues int
	}{
		{graph.Mixed, extract.Feminine, -1},
		{graph.Indirect, extract.Feminine, 0},
		{graph.Direct, extract.Feminine, 1},
	} {
		a := got[i]
		if a.Quote != want.quote || a.Gender != want.gender || a.Continues != want.continues || a.Within != -1 {
			t.Errorf("%d: quote %s, gender %d, continues %d, within %d; want %+v", i, a.Quote, a.Gender, a.Continues, a.Within, want)
		}
		if a.Confidence <= 0 || a.Confidence > 1 {
			t.Errorf("%d: confidence %v", i, a.Confidence)
		}
		if a.Frame.IsZero() || !a.Frame.Overlaps(a.Cue) {
			t.Errorf("%d: the frame %q is not around the cue", i, in.At(a.Frame))
		}
	}
}

func TestWithin(t *testing.T) {
	in := read("قالت الصحيفة إن رئيس البلدية أبلغ التجار بأن السوق ستغلق.")
	got := Grammar{}.Attributions(in, nil)
	if len(got) != 2 || got[1].Within != 0 {
		t.Fatalf("got %v", inWords(in, got))
	}
}

func TestActs(t *testing.T) {
	for _, tt := range []struct {
		text string
		want graph.Act
	}{
		{"دعت النقابة إلى رفع الأجور.", graph.ActRequest},
		{"ونددت الجمعية بالهجوم على السوق.", graph.ActAccuse},
		{"ورحب رئيس البلدية بالاتفاق الجديد.", graph.ActSupport},
		{"وحذر الخبير من ارتفاع منسوب النهر.", graph.ActWarn},
		{"ونفى الوزير وجود خلاف مع النقابة.", graph.ActDeny},
		{"ورفضت النقابة خطة الحكومة الجديدة.", graph.ActReject},
		{"وقال الراشد إن الميناء يقع شمال المدينة.", graph.ActState},
		{"وأكد الراشد أنه يجب إصلاح الجسر فورا.", graph.ActState},
	} {
		got := Grammar{}.Attributions(read(tt.text), nil)
		if len(got) != 1 || got[0].Act != tt.want {
			t.Errorf("%s: got %v, want %s", tt.text, got, tt.want)
		}
	}
}

func TestClauses(t *testing.T) {
	for _, tt := range []struct {
		text string
		want extract.Clause
	}{
		{"وقال الراشد إن الميناء مغلق منذ الظهر.", extract.Clause{}},
		{"وقال الراشد إنه سيعيد بناء الجسر.", extract.Clause{Subject: extract.Self, Mood: extract.Will}},
		{"وقال الراشد إن البلدية لن تدفع الثمن.", extract.Clause{Mood: extract.Will, Negated: true}},
		{"وقال الراشد: «سنعيد بناء الجسر».", extract.Clause{Subject: extract.Self, Mood: extract.Will}},
		{"وأكد الراشد أنه يجب إصلاح الجسر فورا.", extract.Clause{Subject: extract.Self, Mood: extract.Ought}},
		{"وقال الراشد إنه لم يوقع الرسالة.", extract.Clause{Subject: extract.Self, Mood: extract.Past, Negated: true}},
	} {
		got := Grammar{}.Attributions(read(tt.text), nil)
		if len(got) != 1 || got[0].Clause != tt.want {
			t.Errorf("%s: got %v, want %v", tt.text, got, tt.want)
		}
	}
}

func TestWordListsHold(t *testing.T) {
	if _, err := load(verbsData, feelingsData, actsData, wordsData, nounsData); err != nil {
		t.Error(err)
	}
	if len(keepModel().Classes) != 2 {
		t.Error("the weights are missing")
	}
}

func TestLoadNamesTheFault(t *testing.T) {
	for _, tt := range []struct{ verbs, feelings, acts, classes, want string }{
		{"قال\tيقول\n", "", "", "", "verbs.tsv:1: want perfect, imperfect, participle, act, frames and perhaps further forms, got 2 columns"},
		{"# verbs\nقال\tيقول\tقائل\tSAY\tأن\n", "", "", "", `verbs.tsv:2: unknown act "SAY"`},
		{"", "قلق\tWARN\n", "", "", "feelings.tsv:1: want noun, act and prepositions, got 2 columns"},
		{"", "", "تأكيد\t-\tSTATE\n", "", "acts.tsv:1: want noun, plural, act and frames, got 3 columns"},
		{"", "", "", "colour\tأحمر\n", `words.tsv:1: want a known class and its words, got "colour"`},
	} {
		if _, err := load(tt.verbs, tt.feelings, tt.acts, tt.classes, ""); err == nil || err.Error() != tt.want {
			t.Errorf("got %v, want %s", err, tt.want)
		}
	}
}

func TestConjugate(t *testing.T) {
	for _, tt := range []struct{ past, present, active, want string }{
		{"قال", "يقول", "قائل", "قالت قالوا قالتا قالا يقول تقول يقولون قايلا قايله قايلين"},
		{"دعا", "يدعو", "داعي", "دعت دعوا دعتا يدعو تدعو يدعون داعيا داعيه داعين"},
		{"نفى", "ينفي", "نافي", "نفت نفوا نفيا نفتا ينفي تنفي ينفون ينف نافيا"},
	} {
		got := map[string]bool{}
		conjugate(&verb{}, tt.past, tt.present, tt.active, func(w string, _ form) { got[w] = true })
		for _, w := range strings.Fields(tt.want) {
			if !got[w] {
				t.Errorf("%s has no form %s", tt.past, w)
			}
		}
	}
}

// checkSpans tells what is wrong with attributions whatever the text.
func checkSpans(tb testing.TB, in *text.Text, list []extract.Attribution) {
	tb.Helper()
	valid := func(what string, s text.Span) {
		if s.IsZero() {
			return
		}
		if s.Start < 0 || s.End > len(in.Raw) || s.Start >= s.End {
			tb.Fatalf("%s %v lies outside the text", what, s)
		}
		if !utf8.ValidString(in.At(s)) {
			tb.Fatalf("%s %v cuts a letter", what, s)
		}
	}
	last := 0
	for i, a := range list {
		if len(a.Content) == 0 || a.Cue.IsZero() {
			tb.Fatalf("attribution %d has no content or no cue", i)
		}
		valid("cue", a.Cue)
		valid("source", a.Source)
		valid("relay", a.Relay)
		valid("frame", a.Frame)
		for k, c := range a.Content {
			valid("content", c)
			if k > 0 && c.Start < a.Content[k-1].End {
				tb.Fatalf("the content of attribution %d is out of order", i)
			}
		}
		if a.Content[0].Start < last {
			tb.Fatalf("attribution %d is out of order", i)
		}
		last = a.Content[0].Start
		if a.Continues >= len(list) || a.Continues == i || a.Within >= i {
			tb.Fatalf("attribution %d continues %d, within %d", i, a.Continues, a.Within)
		}
		if len(a.Rules) == 0 {
			tb.Fatalf("attribution %d names no rule", i)
		}
	}
}

func FuzzAttributions(f *testing.F) {
	for _, tt := range ruleTests {
		f.Add(tt.text)
	}
	f.Add("«قال» إن: (وأضاف - بـ\"ل\" وفق")
	f.Add("وقال ـبـالرئيس إنَّهُ بـِـالتأكيد: \u200fقال\u200e أن ﷲ ﻻ ﻗﺎﻝ")
	f.Add("نفت0إل")
	f.Fuzz(func(t *testing.T, raw string) {
		if !utf8.ValidString(raw) || len(raw) > 1<<14 {
			return
		}
		in := read(raw)
		checkSpans(t, in, Grammar{}.Attributions(in, nil))
	})
}

// article is a text of some length made of the examples.
func article(times int) string {
	var b strings.Builder
	for range times {
		for _, tt := range ruleTests {
			b.WriteString(tt.text)
			b.WriteByte('\n')
		}
	}
	return b.String()
}

func TestSpansOfALongArticle(t *testing.T) {
	in := read(article(20))
	checkSpans(t, in, Grammar{}.Attributions(in, nil))
}

func benchmark(b *testing.B, times int) {
	in := read(article(times))
	b.SetBytes(int64(len(in.Raw)))
	b.ReportAllocs()
	for b.Loop() {
		Grammar{}.Attributions(in, nil)
	}
}

// The cost is linear in the length: MB/s stay level.
func BenchmarkAttributions1(b *testing.B)   { benchmark(b, 1) }
func BenchmarkAttributions10(b *testing.B)  { benchmark(b, 10) }
func BenchmarkAttributions100(b *testing.B) { benchmark(b, 100) }

// One sentence without end, and quotations that never close, must not cost
// more than their length.
func BenchmarkHostile(b *testing.B) {
	for name, unit := range map[string]string{
		"verbs": "قال وأكد ", "that": "قال أن ", "quotes": "قال «", "brackets": "قال (", "according": "وفق ", "dashes": "قال - ",
	} {
		b.Run(name, func(b *testing.B) {
			in := read(strings.Repeat(unit, 20000))
			b.SetBytes(int64(len(in.Raw)))
			for b.Loop() {
				Grammar{}.Attributions(in, nil)
			}
		})
	}
}
