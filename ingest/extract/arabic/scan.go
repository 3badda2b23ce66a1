package arabic

import (
	"strings"
	"unicode"

	"mawqif/ingest/extract"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

const (
	masculine = extract.Masculine
	feminine  = extract.Feminine
	singular  = extract.Singular
	dual      = extract.Dual
	plural    = extract.Plural
)

// word is what the lexicon knows of a token.
type word struct {
	// class is that of the word without its conjunction.
	class class
	forms []form
	// conjunction is the length in bytes of an attached و or ف.
	conjunction int
	// bare is the folded word without conjunction.
	bare string
	// closing is the token that closes the bracket here; 0 if this is no bracket
	// or it closes far away or nowhere.
	closing int
	// name is one more than the index of the name that the token is part of.
	name int
}

// scan is a text under analysis.
type scan struct {
	t     *text.Text
	lex   *lexicon
	words []word
	names []gazetteer.Mention
	// found are the candidates; cueAt is one more than the index of the one
	// whose cue begins at a token.
	found []candidate
	cueAt []int
	// outer is the outermost quotation around each.
	outer []int
	// objects tells that an object is sought, so that an adverbial ends where
	// one can begin.
	objects bool
	// skipCue is a token that a rule has used already.
	skipCue int
}

func newScan(t *text.Text, names []gazetteer.Mention) *scan {
	s := &scan{t: t, lex: words(), words: make([]word, len(t.Tokens)), names: names, skipCue: -1}
	for i := range t.Tokens {
		if t.Tokens[i].Kind == text.Word {
			s.words[i] = s.lex.analyse(t.Tokens[i].Fold)
		} else {
			s.words[i].bare = t.Tokens[i].Fold
		}
	}
	open := 0 // the last bracket opened, plus one
	for i := range s.words {
		switch s.words[i].bare {
		case "(", "[":
			open = i + 1
		case ")", "]":
			if open > 0 && i-open < 40 {
				s.words[open-1].closing = i
			}
			open = 0
		}
	}
	s.outer = make([]int, len(t.Quotes))
	for q := range t.Quotes {
		s.outer[q] = q
		if o := t.Quotes[q].Outer; o >= 0 && o < q {
			s.outer[q] = s.outer[o]
		}
	}
	for n, m := range names {
		for i := max(m.First, 0); i < m.Last && i < len(s.words); i++ {
			s.words[i].name = n + 1
		}
	}
	return s
}

const letter = 2 // bytes of an Arabic letter in UTF-8

// analyse takes conjunctions and the particles of the verb off a folded word:
// "وسيؤكد" is و + س + يؤكد, "فقال" is ف + قال.
func (lex *lexicon) analyse(fold string) word {
	if w, ok := lex.lookup(fold); ok {
		return w
	}
	w := word{bare: fold}
	if len(fold) > 2*letter && (strings.HasPrefix(fold, "و") || strings.HasPrefix(fold, "ف")) {
		rest := fold[letter:]
		if inner, ok := lex.lookup(rest); ok {
			inner.conjunction = letter
			return inner
		}
		if lex.classes["ال"+rest] != 0 || strings.HasPrefix(rest, "ال") || strings.HasPrefix(rest, "لل") || strings.HasPrefix(rest, "بال") {
			w.conjunction, w.bare = letter, rest
		}
	}
	return w
}

func (lex *lexicon) lookup(fold string) (word, bool) {
	w := word{bare: fold, class: lex.classes[fold], forms: lex.forms[fold]}
	if w.class != 0 || w.forms != nil {
		return w, true
	}
	if lex.feelings[fold] != nil || lex.acts[fold] != nil {
		return w, true
	}
	if len(fold) > 3*letter && (strings.HasPrefix(fold, "س") || strings.HasPrefix(fold, "ل")) {
		if rest := lex.forms[fold[letter:]]; len(rest) > 0 && rest[0].tense == imperfect {
			w.forms = rest
			return w, true
		}
	}
	return w, false
}

func (s *scan) is(i int, c class) bool {
	return i >= 0 && i < len(s.words) && s.words[i].class&c != 0
}

// at returns the folded word without conjunction, or the mark.
func (s *scan) at(i int) string {
	if i < 0 || i >= len(s.words) {
		return ""
	}
	return s.words[i].bare
}

func (s *scan) joined(i int) bool { return i >= 0 && i < len(s.words) && s.words[i].conjunction > 0 }

func (s *scan) comma(i int) bool {
	switch s.at(i) {
	case "،", ",":
		return true
	}
	return false
}

// farthest bounds how far a rule looks in a sentence that does not end.
const farthest = 300

// end returns the token after the last of i's sentence.
func (s *scan) end(i int) int {
	return min(s.t.Sentences[s.t.Tokens[i].Sentence].Last, i+farthest)
}

// start returns the first token of i's sentence.
func (s *scan) start(i int) int {
	return max(s.t.Sentences[s.t.Tokens[i].Sentence].First, i-farthest)
}

// opens returns the quotation that the mark at i opens, or −1.
func (s *scan) opens(i int) int {
	if i < 0 || i >= len(s.words) {
		return -1
	}
	tok := &s.t.Tokens[i]
	if tok.Kind == text.Mark && tok.Quote >= 0 && s.t.Quotes[tok.Quote].Start == tok.Start {
		return tok.Quote
	}
	return -1
}

// closes returns the quotation that the mark at i closes, or −1.
func (s *scan) closes(i int) int {
	if i < 0 || i >= len(s.words) {
		return -1
	}
	tok := &s.t.Tokens[i]
	if tok.Kind == text.Mark && tok.Quote >= 0 && s.t.Quotes[tok.Quote].Inner.End == tok.Start && !s.t.Quotes[tok.Quote].Broken {
		return tok.Quote
	}
	return -1
}

// afterQuote returns the first token after quotation q.
func (s *scan) afterQuote(q int) int {
	return s.t.TokenAt(s.t.Quotes[q].End)
}

// skip returns the token after a parenthesis or quotation that opens at i, or
// i itself; limit bounds it.
func (s *scan) skip(i, limit int) int {
	if q := s.opens(i); q >= 0 {
		return min(max(s.afterQuote(q), i+1), limit)
	}
	if end := s.words[i].closing; end > 0 && end < limit {
		return end + 1
	}
	return i
}

// finite returns the reading of the token as a finite cue verb, or nil.
func (s *scan) finite(i int) *form {
	if i < 0 || i >= len(s.words) || s.words[i].name > 0 {
		return nil
	}
	for k := range s.words[i].forms {
		f := &s.words[i].forms[k]
		if f.tense == participle {
			continue
		}
		if f.suffixed && (s.lex.feelings[s.words[i].bare] != nil || s.is(i, cNoun) || !f.verb.label && s.suffixedNoun(s.words[i].bare)) {
			continue // رفضه, حملة: a noun
		}
		switch s.at(i - 1) {
		case "في", "علي", "الي", "عن", "حد":
			continue // a noun: في وصف …, على حد وصف
		}
		if s.is(i, cNoVerb) || s.at(i) == "شك" && s.at(i-1) == "لا" || s.at(i) == "قدر" && s.definite(i+1) && !s.is(i+1, cTitle|cBody) {
			continue
		}
		if f.tense == perfect && f.number == dual && f.gender == masculine && !f.suffixed && !s.joined(i) && !s.is(i-1, cClause|cAuxiliary|cRelative|cNegation) {
			continue // ردا, ثمنا: a noun in the accusative
		}
		if f.tense == perfect && s.passive(i) {
			continue
		}
		if f.verb.lemma == "أبلغ" && f.tense == imperfect && s.amounts(i) || f.verb.lemma == "أخطر" && s.at(i+1) == "من" {
			continue // يبلغ عددها; more dangerous than
		}
		if f.verb.lemma == "عقب" && !s.joined(i) && s.at(i+1) != "علي" && !s.is(i+1, cSaying) {
			continue // after
		}
		if f.tense == perfect && s.outermost(i) >= 0 && s.firstPerson(i, f) {
			continue // «أعتقد أن …»
		}
		if f.verb.lemma == "بين" && strings.HasPrefix(s.t.At(s.t.Tokens[min(i+1, len(s.words)-1)].Span), "إ") {
			continue // the name
		}
		if f.verb.lemma == "بين" && !s.joined(i) && !s.isThat(i+1) && !s.isThat(i+2) && !s.isThat(i+3) && !s.explains(i) {
			continue // between
		}
		if (f.verb.lemma == "زاد" || f.verb.lemma == "شبه") && !s.clauseInitial(i) {
			continue // also a name; almost
		}
		if s.at(i) == "عبر" && !s.expresses(i) {
			continue
		}
		if s.is(i, cNoun|cPreposition) && !s.clauseInitial(i) && !s.isThat(i+1) && !s.isThat(i+2) && !(s.isThat(i+3) && !s.is(i+2, cPreposition)) {
			continue // ثمن, أمر, بين
		}
		return f
	}
	return nil
}

// firstPerson tells whether what folding makes a perfect is spelt as the
// speaker's imperfect: "أعتقد" of اعتقد, "آمل" of أمل.
func (s *scan) firstPerson(i int, f *form) bool {
	raw := s.t.At(s.t.Tokens[i].Span)
	return strings.HasPrefix(raw, "آ") && !strings.HasPrefix(f.verb.lemma, "آ") || strings.HasPrefix(raw, "أ") && strings.HasPrefix(f.verb.lemma, "ا")
}

// explains tells whether "بين" at the head of a clause is the verb and not the
// preposition: a person follows, and soon أن: "من جهته، بين الدكتور فلان، … أن".
func (s *scan) explains(i int) bool {
	if i != s.start(i) && !s.comma(i-1) || !s.is(i+1, cTitle) && (i+1 >= len(s.words) || s.words[i+1].name == 0) {
		return false
	}
	for k := i + 2; k < s.end(i) && k < i+30; k++ {
		if s.isThat(k) {
			return !s.is(k-1, cPreposition|cClause) && !governing[s.at(k-1)]
		}
		if s.finite(k) != nil {
			return false
		}
	}
	return false
}

// amounts tells whether a number follows soon, or a preposition: "يبلغ عددها
// (277)".
func (s *scan) amounts(i int) bool {
	for k := i + 1; k < len(s.words) && k <= i+4; k++ {
		if s.t.Tokens[k].Kind == text.Number {
			return true
		}
	}
	return s.is(i+1, cPreposition) && s.at(i+1) != "عن"
}

// passive tells whether a perfect is spelt with the vowel of the passive:
// "أُعلن".
func (s *scan) passive(i int) bool {
	letters := 0
	for _, r := range s.t.At(s.t.Tokens[i].Span)[s.letters(i, s.words[i].conjunction/letter):] {
		if r == 'ُ' {
			return letters == 1
		}
		if letters++; letters > 1 {
			break
		}
	}
	return false
}

// expresses tells whether "عبر" is the verb, with "عن" soon after, and not the
// preposition.
func (s *scan) expresses(i int) bool {
	for k := i + 1; k < len(s.words) && k < i+12 && !s.comma(k); k++ {
		if s.at(k) == "عن" {
			return true
		}
	}
	return false
}

// clauseInitial tells whether the token begins a clause, so that a word that
// can be verb or noun is a verb there.
func (s *scan) clauseInitial(i int) bool {
	if i == s.start(i) || s.joined(i) {
		return true
	}
	for k := i - 1; k >= s.start(i) && k > i-9 && s.at(i) != "بين"; k-- {
		if s.at(k) == "كان" || s.at(k) == "كانت" || s.at(k) == "وكان" || s.at(k) == "وكانت" {
			return k == s.start(i)
		}
		if s.comma(k) {
			break
		}
	}
	if s.is(i-1, cPronoun) && s.is(i, cNoun) {
		return false // وهو أمر …
	}
	return s.comma(i-1) || s.is(i-1, cClause|cAuxiliary|cNegation|cRelative) || s.at(i-1) == "ما" || s.closes(i-1) >= 0 || s.at(i-1) == "-" || s.at(i-1) == ":"
}

// circumstance returns the reading of the token as a participle, or nil.
func (s *scan) circumstance(i int) *form {
	if i < 0 || i >= len(s.words) || s.words[i].name > 0 || s.is(i, cNoVerb) || s.at(i) == "مجددا" && !s.isThat(i+1) && !(s.comma(i-1) && (s.lex.feelings[s.at(i+1)] != nil || s.lex.acts[s.at(i+1)] != nil)) {
		return nil
	}
	for k := range s.words[i].forms {
		if f := &s.words[i].forms[k]; f.tense == participle {
			return f
		}
	}
	return nil
}

func (s *scan) definite(i int) bool {
	b := s.at(i)
	return len(b) > 3*letter && strings.HasPrefix(b, "ال") && !s.is(i, cRelative) && !s.hamzated(i)
}

// hamzated tells whether a word that folding makes begin with the article is
// spelt with a hamza there, and has none: إلقاء, إلغاء.
func (s *scan) hamzated(i int) bool {
	raw := s.t.At(s.t.Tokens[i].Span)
	return strings.HasPrefix(raw[s.letters(i, s.words[i].conjunction/letter):], "إ")
}

// nisba tells whether a word ends like an adjective of origin: الروسي،
// أمريكية، الأوروبيين.
func nisba(b string) bool {
	for _, end := range []string{"ي", "يه", "يين", "يون", "يتين"} {
		if strings.HasSuffix(b, end) {
			return true
		}
	}
	return false
}

// attached returns the bytes of an attached preposition p ("ب", "ل") of token
// i's raw text that can be cut off by letters, or 0, and whether the token has
// the preposition at all: "بالهجوم" has one of 2 bytes, "للهجوم" has one that
// cannot be cut.
func (s *scan) attached(i int, p string) (int, bool) { return s.attachedTo(i, p, false) }

func (s *scan) attachedTo(i int, p string, loose bool) (int, bool) {
	if i >= len(s.words) || s.t.Tokens[i].Kind != text.Word {
		return 0, false
	}
	w := &s.words[i]
	b := w.bare
	if m := w.name - 1; p == "ب" && m >= 0 && s.names[m].First == i {
		// بالسويد: the name begins after the preposition
		if cut := s.letters(i, (w.conjunction+letter)/letter); cut > 0 && strings.HasPrefix(b, p) && s.names[m].Start == s.t.Tokens[i].Start+cut {
			return cut, true
		}
	}
	if !strings.HasPrefix(b, p) || len(b) <= 2*letter || w.name > 0 || w.class&(cThat|cBiThat|cPreposition|cClause|cSaying|cAccording) != 0 {
		return 0, false
	}
	rest := b[letter:]
	cut := s.letters(i, (w.conjunction+letter)/letter)
	if p == "ل" && strings.HasPrefix(rest, "ل") {
		return 0, true
	}
	if strings.HasPrefix(rest, "ال") {
		return cut, true
	}
	if w.class&(cNoun|cTime|cTitle) != 0 || len(w.forms) > 0 {
		return 0, false
	}
	if p == "ب" && s.lex.classes[rest]&cDeterminer != 0 {
		return cut, true
	}
	if rest == "اسم" || rest == "اسمه" {
		return 0, false
	}
	if s.lex.classes[rest]&(cNoun|cTitle|cEvent|cNegation|cOutlet|cNamed) != 0 || s.lex.feelings[rest] != nil || s.lex.classes[rest]&cName == 0 && verbalNoun(rest) || s.suffixedNoun(rest) {
		return cut, true
	}
	if p == "ب" && loose && w.class == 0 && w.conjunction == 0 && len(rest) >= 2*letter {
		return cut, true // after "اتهم فلانا", whatever begins with ب
	}
	return 0, false
}

// letters returns how many bytes the first n letters of token i take as the
// text spells them, with the signs and tatweel on them.
func (s *scan) letters(i, n int) int {
	raw := s.t.At(s.t.Tokens[i].Span)
	for at, r := range raw {
		if r == 'ـ' || unicode.In(r, unicode.Mn, unicode.Cf) {
			continue
		}
		if n == 0 {
			return at
		}
		n--
	}
	return 0
}

// suffixedNoun tells whether the word is a common noun with a possessive
// pronoun: "قواته", "جهودها".
func (s *scan) suffixedNoun(b string) bool {
	for _, p := range []string{"هما", "ها", "هم", "نا", "ه"} {
		if stem, ok := strings.CutSuffix(b, p); ok && len(stem) > 2*letter {
			if s.lex.classes[stem]&(cNoun|cTitle) != 0 || verbalNoun(stem) {
				return true
			}
			if t, ok := strings.CutSuffix(stem, "ت"); ok && s.lex.classes[t+"ه"]&cNoun != 0 {
				return true
			}
		}
	}
	return false
}

// verbalNoun tells whether a folded word has the shape of a verbal noun of a
// derived verb: تفعيل, إفعال, افتعال, استفعال, انفعال, مفاعلة.
func verbalNoun(b string) bool {
	r := []rune(b)
	n := len(r)
	switch {
	case n == 4 && r[2] == 'و': // حضور
		return true
	case n == 5 && r[0] == 'ت' && r[3] == 'ي': // تدمير
		return true
	case n == 5 && r[0] == 'ت' && r[2] == 'ا': // تصاعد
		return true
	case n == 5 && r[0] == 'ا' && r[3] == 'ا' && r[1] != 'ل': // إعلان
		return true
	case n == 6 && r[0] == 'ا' && (r[2] == 'ت' || r[2] == 'د' || r[2] == 'ط') && r[4] == 'ا': // اعتقال, ازدياد, اضطراب
		return true
	case n == 6 && r[0] == 'ا' && r[1] == 'ن' && r[4] == 'ا': // انسحاب
		return true
	case n == 7 && r[0] == 'ا' && r[1] == 'س' && r[2] == 'ت' && r[5] == 'ا': // استخدام
		return true
	case n == 6 && r[0] == 'م' && r[2] == 'ا' && r[5] == 'ه': // محاسبة
		return true
	case n == 5 && r[0] == 'ا' && r[4] == 'ه' && r[3] != 'ا': // إقامة, إدانة
		return r[2] == 'ا'
	}
	return false
}

// inSpeech tells whether the token stands in a quotation of some length.
func (s *scan) inSpeech(i int) bool {
	q := s.outermost(i)
	return q >= 0 && s.t.Tokens[i].Start >= s.t.Quotes[q].Inner.Start && s.t.Quotes[q].Inner.Len() > 60
}
