package link

import (
	"strings"

	"mawqif/graph"
	"mawqif/ingest/gazetteer"
)

// term is an English word or phrase for an Arabic one.
type term struct {
	kind    byte // n noun, a adjective, p phrase
	english string
}

// longestTerm is the number of words of the longest phrase in data/terms.tsv.
const longestTerm = 5

// englishBody writes the Arabic name of a body in English, word by word: a noun
// with its adjectives before it, what follows it with "of", behind ل with
// "for", behind في and ب with "in". It returns "" if it does not know every
// word.
//
//	المركز العربي للعلاقات الدولية → Arab Center for International Relations
func englishBody(g *gazetteer.Gazetteer, lex *lexicon, name string) string {
	words := strings.Fields(graph.Fold(name))
	var out []string
	noun, link := "", ""
	var adjectives []string
	flush := func() {
		if noun == "" {
			return
		}
		if link != "" && len(out) > 0 { // a particle on the first word is the sentence's
			out = append(out, link)
		}
		out = append(append(out, adjectives...), noun)
		noun, adjectives = "", nil
	}
	next := ""
	for i := 0; i < len(words); {
		w := words[i]
		if w == "في" {
			flush()
			next = "in"
			i++
			continue
		}
		if noun != "" {
			if a := lex.adjective(g, w); a != "" {
				adjectives = append(adjectives, a)
				i++
				continue
			}
		}
		english, n, how := lex.noun(g, words[i:])
		if n == 0 {
			return ""
		}
		flush()
		switch {
		case how != "":
			link = how
		case next != "":
			link = next
		case len(out) > 0:
			link = "of"
		default:
			link = ""
		}
		noun, next = english, ""
		i += n
	}
	flush()
	return strings.Join(out, " ")
}

// noun returns the English of the longest noun, phrase or place at the
// beginning of words, the number of words, and how it is joined to what stands
// before it by a particle on it; 0 words if it knows none.
func (l *lexicon) noun(g *gazetteer.Gazetteer, words []string) (english string, n int, how string) {
	for _, p := range [...]struct{ particle, article, how string }{
		{"", "", ""}, {"لل", "ال", "for"}, {"ل", "", "for"}, {"وال", "ال", "and"}, {"و", "", "and"}, {"بال", "ال", "in"}, {"ب", "", "in"}, {"ولل", "ال", "and"},
	} {
		rest, ok := strings.CutPrefix(words[0], p.particle)
		if !ok || rest == "" {
			continue
		}
		rest = p.article + rest
		for k := min(len(words), longestTerm); k > 0; k-- {
			key := rest
			if k > 1 {
				key += " " + strings.Join(words[1:k], " ")
			}
			if t, ok := l.terms[key]; ok && t.kind == 'p' {
				return t.english, k, p.how
			}
			if e := g.Called(key); e != nil && e.Place != nil {
				return graph.NameIn(e.Place.Names, "en"), k, p.how
			}
		}
		if t, ok := l.terms[strings.TrimPrefix(rest, "ال")]; ok && t.kind == 'n' {
			return t.english, 1, p.how
		}
	}
	return "", 0, ""
}

// adjective returns the English of an adjective with or without the article,
// masculine or feminine, of a state too; "" if it knows none.
func (l *lexicon) adjective(g *gazetteer.Gazetteer, word string) string {
	base := strings.TrimPrefix(word, "ال")
	for _, form := range [...]string{base, strings.TrimSuffix(base, "ه")} {
		if t, ok := l.terms[form]; ok && t.kind == 'a' {
			return t.english
		}
		if a := g.AdjectiveOf(form); a != "" {
			return a
		}
	}
	return ""
}
