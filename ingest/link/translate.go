package link

import (
	"slices"
	"strings"
	"unicode"

	"mawqif/graph"
	"mawqif/ingest/extract/arabic"
	"mawqif/ingest/gazetteer"
)

// term is an English word or phrase for an Arabic one.
type term struct {
	kind    byte // n noun, a adjective, p phrase
	english string
}

// longestTerm is the number of words of the longest phrase in data/terms.tsv.
const longestTerm = 5

// part is a noun of a body's name with its adjectives, and how it is joined to
// what stands before it ("of", "for", "in", "and"); proper if it is a name.
type part struct {
	link, noun string
	adjectives []string
	proper     bool
}

func (p part) String() string { return strings.Join(append(slices.Clip(p.adjectives), p.noun), " ") }

// englishBody writes the Arabic name of a body in English, word by word: a noun
// with its adjectives before it, what follows it with "of", behind ل with
// "for", behind في and ب with "in"; the adjective of a state goes to the front,
// a name before the noun that it is the name of. Words of names are spelled by
// data/names.tsv or letter by letter. A name in Latin letters beside it in
// brackets is taken as it is. It returns "" if it does not know the first noun,
// or meets a word that is in no name.
//
//	المركز العربي للعلاقات الدولية → Arab Center for International Relations
//	حركة امتداد → Imtidad Movement
func englishBody(g *gazetteer.Gazetteer, lex *lexicon, name string) string {
	if latin := bracketed(name); latin != "" {
		return latin
	}
	words := strings.Fields(graph.Fold(name))
	var parts []part
	var states []string
	next, unknown := "", 0
	for i := 0; i < len(words); {
		w := words[i]
		if w == "في" {
			next = "in"
			i++
			continue
		}
		last := len(parts) - 1
		if last >= 0 {
			if a := g.AdjectiveOf(strings.TrimPrefix(w, "ال")); a != "" {
				states = append(states, a)
				i++
				continue
			}
		}
		if last >= 0 && !parts[last].proper {
			if a := lex.adjective(g, w); a != "" {
				parts[last].adjectives = append(parts[last].adjectives, a)
				i++
				continue
			}
			if rest, ok := strings.CutPrefix(w, "و"); ok && len(parts[last].adjectives) > 0 {
				if a := lex.adjective(g, rest); a != "" {
					parts[last].adjectives = append(parts[last].adjectives, "and", a)
					i++
					continue
				}
			}
		}
		english, n, how := lex.noun(g, words[i:])
		proper := false
		if n == 0 {
			if lex.spelled[w] == "" && lex.spelled[bareNoun(w)] == "" {
				unknown++ // more than one word spelled by letters is no English
			}
			switch bare := bareNoun(w); {
			case last == 0 && i == 1 && namedBodies[parts[0].noun] && bare != w && len(words) == 2 && len(bare) >= 6:
				english = "Al-" + lex.spell(bare) // "مستشفى العودة"
			case last < 0 || unknown > 1 || next != "" || !lex.spellable(w):
				return ""
			default:
				english = lex.spell(w)
			}
			n, proper = 1, true
			if parts[last].proper && next == "" {
				parts[last].noun += " " + english
				i++
				continue
			}
		}
		link := "of"
		switch {
		case last < 0: // a particle on the first word is the sentence's
			link = ""
		case how != "":
			link = how
		case next != "":
			link = next
		}
		parts = append(parts, part{link: link, noun: english, proper: proper})
		next = ""
		i += n
	}
	if len(parts) == 0 || len(parts) == 1 && parts[0].proper {
		return ""
	}
	if len(parts) > 1 && parts[1].proper && parts[1].link == "of" && !townBodies[parts[0].noun] {
		parts[0].adjectives = append([]string{parts[1].String()}, parts[0].adjectives...)
		parts = slices.Delete(parts, 1, 2)
	}
	out := states
	for _, p := range parts {
		if p.link != "" {
			out = append(out, p.link)
		}
		out = append(out, p.String())
	}
	return strings.Join(out, " ")
}

// namedBodies bear names that are words of the language, which nobody
// translates: "Al-Awda Hospital".
var namedBodies = map[string]bool{"Hospital": true, "Company": true, "Club": true, "School": true, "Hotel": true, "Bank": true, "Channel": true, "Mosque": true, "Foundation": true}

// townBodies are of the place or person that follows: "Municipality of …".
var townBodies = map[string]bool{"Municipality": true, "Region": true, "State": true, "Ministry": true, "Presidency": true, "Court": true, "City": true, "Office": true, "Government": true}

// bracketed returns the name in Latin letters that stands in brackets in an
// Arabic name: "مجلة «أفق» (Horizon)"; "" if there is none.
func bracketed(name string) string {
	_, rest, ok := strings.Cut(name, "(")
	inside, _, closed := strings.Cut(rest, ")")
	if !ok || !closed || len(inside) < 2 || strings.ContainsFunc(inside, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) || !strings.ContainsFunc(inside, unicode.IsUpper) {
		return ""
	}
	return strings.TrimSpace(inside)
}

// spellable tells whether a word may be part of a name: one that data/names.tsv
// spells, or one without article that no list knows.
func (l *lexicon) spellable(word string) bool {
	if l.spelled[word] != "" || l.spelled[bareNoun(word)] != "" {
		return true
	}
	_, common := arabic.ClassOf(word)
	return common == 0 && len(word) >= 6 && !definite(word) && !clauses[word] && !relatives[word] && !sameWords[word] && !belonging[word] && !l.plain[word] && !l.people[word] &&
		!strings.HasPrefix(word, "و") && !strings.HasPrefix(word, "ل") && !strings.HasSuffix(word, "ه") && len(l.titles[word]) == 0
}

// spell writes a word of an Arabic name in English letters.
func (l *lexicon) spell(word string) string {
	if s := l.spelled[word]; s != "" {
		return s
	}
	if s := l.spelled[bareNoun(word)]; s != "" {
		return s
	}
	s := romanise(word)
	if stem, ok := strings.CutSuffix(word, "ي"); ok && l.spelled[stem] != "" {
		return l.spelled[stem] + "i" // "حسيني" is "Husseini"
	}
	if s == "" {
		return word
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// romanisePerson writes the Arabic name of a person in Latin letters, as the
// English press does: words that data/names.tsv and data/foreign.tsv know, what
// follows an article with "al-", others letter by letter. It returns "" if it
// does not know the first word, or there are not two: nine of ten such are no
// names as anybody writes them.
//
//	محمد بن سعيد الطويل → Mohammed bin Saeed al-Tawil
//	كريستوف ليندغرين → Christophe Lindgrin
func (l *lexicon) romanisePerson(name string) string {
	words := strings.Fields(graph.Fold(name))
	if len(words) < 2 {
		return ""
	}
	foreign := l.foreign[words[0]]
	out := make([]string, 0, len(words))
	for i := 0; i < len(words); i++ {
		w := words[i]
		bare := bareNoun(w)
		if (w == "عبد" || w == "ابو") && i+1 < len(words) {
			i++
			w, bare = w+words[i], bareNoun(words[i])
			if strings.HasPrefix(w, "ابو") && l.spelled[w] == "" {
				out = append(out, "Abu "+l.spell(bare))
				continue
			}
		}
		rest, servant := strings.CutPrefix(w, "عبدال")
		switch {
		case l.spelled[w] != "":
			out = append(out, l.spelled[w])
		case servant && len(rest) > 4:
			out = append(out, "Abdul "+l.spell(rest))
		case len(out) == 0 && l.spelled[bare] == "":
			return ""
		case nameParticles[w] != "":
			out = append(out, nameParticles[w])
		case bare != w && len(bare) > 4 && len(out) > 0:
			out = append(out, "al-"+l.spell(bare))
		case foreign && l.spelled[bare] == "":
			out = append(out, capital(romaniseForeign(w)))
		default:
			out = append(out, l.spell(bare))
		}
	}
	if len(out) < 2 {
		return ""
	}
	return strings.Join(out, " ")
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// foreignLetters are what Arabic letters stand for in foreign names, where it is
// not what [letters] says.
var foreignLetters = map[rune]string{'غ': "g", 'ق': "k", 'ط': "t", 'ع': "a", 'ح': "h", 'خ': "kh", 'و': "o", 'ث': "th"}

// romaniseForeign writes a folded word of a foreign name in English letters: its
// vowels are all there, but for one before a last "r" or "l".
func romaniseForeign(word string) string {
	var b strings.Builder
	runes := []rune(word)
	for i, r := range runes {
		next := rune(0)
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		switch s, ok := foreignLetters[r]; {
		case r == 'ت' && next == 'ش':
			b.WriteByte('c') // "ch"
		case r == 'ش' && i > 0 && runes[i-1] == 'ت':
			b.WriteByte('h')
		case r == 'ه' && next == 0:
		case (r == 'ر' || r == 'ل') && next == 0 && i > 1 && !strings.ContainsRune("اويع", runes[i-1]): // "Lindner"
			b.WriteString("e" + letters[r])
		case r == 'و' && (i == 0 || next == 'ا'):
			b.WriteByte('w')
		case r == 'ي' && i == 0:
			b.WriteByte('y')
		case ok:
			b.WriteString(s)
		default:
			b.WriteString(letters[r])
		}
	}
	return b.String()
}

// nameParticles are the words of descent in names.
var nameParticles = map[string]string{"بن": "bin", "ابن": "ibn", "بنت": "bint", "ال": "Al", "ولد": "Ould"}

// letters are English spellings of Arabic letters.
var letters = map[rune]string{
	'ا': "a", 'ب': "b", 'ت': "t", 'ث': "th", 'ج': "j", 'ح': "h", 'خ': "kh", 'د': "d", 'ذ': "dh", 'ر': "r", 'ز': "z", 'س': "s", 'ش': "sh", 'ص': "s", 'ض': "d",
	'ط': "t", 'ظ': "z", 'ع': "a", 'غ': "gh", 'ف': "f", 'ق': "q", 'ك': "k", 'ل': "l", 'م': "m", 'ن': "n", 'ه': "h", 'و': "u", 'ي': "i", 'پ': "p", 'ڤ': "v", 'گ': "g", 'چ': "ch",
}

// romanise writes a folded Arabic word in English letters, with an "a" where
// two consonants would begin a word or three would meet.
func romanise(word string) string {
	var b strings.Builder
	runes := []rune(word)
	consonants := 0
	for i, r := range runes {
		s, ok := letters[r]
		if !ok {
			if r < unicode.MaxASCII {
				b.WriteRune(r)
			}
			continue
		}
		vowelNext := i+1 < len(runes) && strings.ContainsRune("اوي", runes[i+1])
		switch {
		case r == 'ه' && i == len(runes)-1 && i > 1:
			s = "a"
		case r == 'و' && (i == 0 || vowelNext):
			s = "w"
		case r == 'ي' && (i == 0 || vowelNext):
			s = "y"
		}
		if strings.ContainsAny(s, "aiu") && len(s) == 1 {
			consonants = 0
			b.WriteString(s)
			continue
		}
		if consonants++; consonants > 1 && (b.Len() <= 2 || consonants > 2 || !vowelNext) {
			b.WriteByte('a')
			consonants = 1
		}
		b.WriteString(s)
	}
	return b.String()
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
