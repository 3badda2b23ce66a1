package code

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

func TestStem(t *testing.T) {
	for _, tc := range []struct{ lang, word, want string }{
		{"ar", "والمتظاهرين", "متظاهر"},
		{"ar", "الوزارة", "وزار"},
		{"ar", "بالهجمات", "هجم"},
		{"ar", "من", "من"},
		{"en", "condemned", "condemn"},
		{"en", "policies", "polic"},
		{"en", "policy", "polic"},
		{"en", "the minister's", "the minister"},
		{"en", "is", "is"},
	} {
		if got := stem(graph.Fold(tc.word), tc.lang); got != graph.Fold(tc.want) {
			t.Errorf("%s: got %q, want %q", tc.word, got, tc.want)
		}
	}
}

// Actors that a text names by a noun alone, and people that nobody knows.
func TestDescribers(t *testing.T) {
	names, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, lang, text string
		want             []string
	}{
		{
			"a ministry named before", "en", "The Egyptian foreign ministry summoned the envoy. Later the ministry said nothing more.",
			[]string{"Ministry of Foreign Affairs of Egypt: ministry"},
		},
		{
			"a movement named before", "ar", "التقى الوفد قادة حركة طالبان. ثم غادر بعد أن رفضت الحركة عرضه.",
			[]string{"Taliban: الحركة"},
		},
		{
			"a group by itself, with its nationality", "en", "The mayor met Kenyan farmers.",
			[]string{"Kenyan farmers: farmers"},
		},
		{
			"a group after an attached preposition", "ar", "استجاب الوالي للمتظاهرين.",
			[]string{"المتظاهرين: للمتظاهرين"},
		},
		{
			"a person in full, then by the surname", "en", "They had met Orla Quillfeather twice. Quillfeather had left by then.",
			[]string{"Orla Quillfeather: Orla Quillfeather", "Orla Quillfeather: Quillfeather"},
		},
		{"an adverb before a name", "en", "Suddenly Quillfeather left.", nil},
		{"a word at the beginning of a sentence is no name", "en", "Yesterday Everything stopped. Everything was quiet.", nil},
		{"the ministry of nobody", "en", "It is said that the ministry was closed.", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tx := text.Read(tc.text, tc.lang, "", "")
			var got []string
			for _, m := range defaultCodebook(t).languages[tc.lang].describers(tx, names.Find(tx)) {
				if a := m.Entity.Actor; m.Form >= byReference || a != nil && a.Key == "person/"+graph.Fold(graph.NameIn(a.Names, "en")) {
					got = append(got, graph.NameIn(a.Names, "en")+": "+tx.At(m.Span))
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestEvocation(t *testing.T) {
	l := defaultCodebook(t).languages["en"]
	for _, tc := range []struct {
		text string
		want graph.Act
	}{
		{"the port must open again", graph.ActRequest},
		{"there is nothing to do with it", graph.ActDeny},
		{"a shameful lie", graph.ActAccuse},
	} {
		tx := text.Read(tc.text, "en", "", "")
		var stems []string
		for i := range tx.Tokens {
			stems = append(stems, stem(tx.Tokens[i].Fold, "en"))
		}
		var all, early [acts]int
		l.evocation.count(stems, &all, &early)
		if all[actIndex(tc.want)] == 0 {
			t.Errorf("%s: %v evokes no %s", tc.text, all, tc.want)
		}
	}
}
