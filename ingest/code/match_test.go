package code

import (
	"strings"
	"testing"

	"mawqif/ingest/extract"
	"mawqif/ingest/link"
	"mawqif/ingest/text"
)

// TestPatterns shows what each operator of the language finds.
func TestPatterns(t *testing.T) {
	for _, test := range []struct {
		lang, pattern, text string
		want                bool
	}{
		{"en", "lift siege", "They may lift siege and toll.", true},
		{"en", "lift siege", "They may lift the siege.", false},
		{"en", "lift [the] siege", "They may lift the “siege” today.", true},
		{"en", "lift .. siege", "They may lift, at long last, the siege.", false},
		{"en", "lift ..4 siege", "They may lift, at long last, the siege.", true},
		{"en", "lift .. siege", "They may lift. The siege goes on.", false},
		{"en", "(lift|end the) siege", "They may end the siege.", true},
		{"en", "withdraw* from", "The withdrawal from the valley", true},
		{"en", "siege", "Two sieges and the siege's end", true},
		{"en", "=siege", "Two sieges", false},
		{"en", "siege & aid", "Aid came after the siege.", true},
		{"en", "siege & aid", "Aid came. The siege went on.", false},
		{"en", "siege & !museum", "The siege in the museum", false},
		{"en", "siege & !museum", "The siege. The museum.", true},
		{"ar", "رفع حصار", "ولرفع الحصار عن المدينة", true},
		{"ar", "رفع الحِصار", "برفع حصار المدينة", true},
		{"ar", "=الحصار", "والحصار", false},
		{"ar", "لاجئ*", "للاجئين في المخيم", true},
		{"ar", "وقف", "توقف المطر", false},
	} {
		terms, err := parsePattern(test.pattern, test.lang)
		if err != nil {
			t.Fatal(err)
		}
		l, err := newLanguage(test.lang)
		if err != nil {
			t.Fatal(err)
		}
		l.add(0, 1, false, test.pattern, terms)
		l.seal()
		r := l.matcher.read(text.Read(test.text, test.lang, "", ""), nil)
		found, _ := l.evidence(r, l.matcher.hits(r))
		if got := len(found) > 0; got != test.want {
			t.Errorf("%s in %q: found %v", test.pattern, test.text, got)
		}
	}
}

func TestNegation(t *testing.T) {
	c := defaultCodebook(t)
	for _, test := range []struct {
		lang, text string
		polarity   int8
	}{
		{"en", "We want talks with the rebels", 1},
		{"en", "We do not want any talks with the rebels", -1},
		{"en", "Not only talks but trade", 1},
		{"en", "We did not come here. Talks will follow", 1},
		{"ar", "نريد الحوار مع المعارضة", 1},
		{"ar", "لن يكون هناك حوار مع المعارضة", -1},
		{"ar", "لا يزال الحوار مع المعارضة ممكنا", 1},
	} {
		if err := c.Prove(Example{Issue: "negotiations", Lang: test.lang, Polarity: test.polarity, Text: test.text}, nil); err != nil {
			t.Error(err)
		}
	}
}

// TestWordsOnlySuggest shows that the words of an issue make it a candidate
// without counting as a pattern found.
func TestWordsOnlySuggest(t *testing.T) {
	c, err := Load(strings.NewReader(small), "farms.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for content, want := range map[string][]theme{
		"the harvest was poor":                             {{alluded: 1, first: 1, allusion: 1}},
		"the ministry should pay farmers for this harvest": {{inside: 1, first: 3, allusion: 7, alluded: 1}},
		"the road is new":                                  nil,
	} {
		read := text.Read(content, "en", "", "")
		linked := &link.Linked{Sources: make([]link.Source, 1)}
		a := newArticle(c, c.languages["en"], read, linked)
		s := a.statement(0, &extract.Attribution{Content: []text.Span{{End: len(content)}}}, nil)
		got := a.themes(s)
		if len(got) != len(want) {
			t.Errorf("%q: %d candidates, want %d", content, len(got), len(want))
			continue
		}
		for i := range got {
			if g, w := got[i], want[i]; g.inside != w.inside || g.alluded != w.alluded || g.first != w.first || g.allusion != w.allusion {
				t.Errorf("%q: got %+v, want %+v", content, g, w)
			}
		}
	}
}

// TestLinear codes texts of one repeated sentence: the hits of the longer
// text are those of the shorter one again, so that nothing is tried twice.
func TestLinear(t *testing.T) {
	c := defaultCodebook(t)
	for _, lang := range Languages {
		sentence := map[string]string{
			"en": "They must not lift the siege, and talks with the rebels about aid failed. ",
			"ar": "يجب ألا يرفعوا الحصار، والحوار مع المتمردين حول المساعدات الإنسانية فشل. ",
		}[lang]
		count := func(n int) int {
			l := c.languages[lang]
			r := l.matcher.read(text.Read(strings.Repeat(sentence, n), lang, "", ""), nil)
			found, _ := l.evidence(r, l.matcher.hits(r))
			return len(found)
		}
		if one, many := count(3), count(300); many != 100*one {
			t.Errorf("%s: %d issues in 3 sentences, %d in 300", lang, one, many)
		}
	}
}

func BenchmarkCode(b *testing.B) {
	c := defaultCodebook(b)
	for lang, sentence := range map[string]string{
		"en": "the ministry said that the siege of the town must end, that aid should reach the displaced before the winter, and that talks with the rebels would go on. ",
		"ar": "قالت الوزارة إن الحصار المفروض على المدينة يجب أن ينتهي وإن المساعدات يجب أن تصل إلى النازحين قبل الشتاء وإن الحوار مع المتمردين سيستمر. ",
	} {
		for name, n := range map[string]int{"1": 12, "10": 120, "100": 1200} {
			t := text.Read(strings.Repeat(sentence, n), lang, "", "")
			var found []extract.Attribution
			for i := range t.Sentences {
				s := t.Sentences[i].Span
				found = append(found, extract.Attribution{Cue: text.Span{Start: s.Start, End: s.Start + 3}, Content: []text.Span{s}, Act: "STATE", Continues: -1, Within: -1})
			}
			linked := link.Linked{Sources: make([]link.Source, len(found))}
			b.Run(lang+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(t.Raw)))
				for b.Loop() {
					c.Code(t, found, linked)
				}
			})
		}
	}
}
