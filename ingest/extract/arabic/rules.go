package arabic

import (
	"slices"
	"strings"

	"mawqif/graph"
	"mawqif/ingest/text"
)

var (
	sayings  = foldSet("قوله قولها قولهم قولهما القول")
	bySaying = foldSet("بالقول بقوله بقولها بقولهم")
)

// statedIn finds what stands in a document.
//
//	وجاء في [بيان للبلدية] أن الجسر سيغلق
func statedInRule(s *scan, i int) (candidate, bool) {
	if !s.is(i, cStated) {
		return candidate{}, false
	}
	limit := s.end(i)
	if s.at(i+1) != "في" && s.at(i+1) != "ضمن" || !s.is(i+2, cEvent) && !s.definite(i+2) || i+4 >= limit {
		return candidate{}, false
	}
	for k := i + 3; k < limit && k < i+25; k++ {
		kind := none
		switch {
		case s.isThat(k):
			kind = clause
		case s.at(k) == ":":
			kind = colon
		case s.opens(k) >= 0 && s.speech(i, k):
			kind = quoted
		case s.opens(k) >= 0:
			k = s.skip(k, limit) - 1
		}
		if kind != none {
			c := candidate{cue: i, cueEnd: i + 2, act: graph.ActState, comp: complement{kind: kind, at: k, content: k + 1}}
			c.source = s.tidy(source{first: i + 2, end: s.subjectEnd(i+2, k)})
			return c, true
		}
	}
	return candidate{}, false
}

// transmitRule finds what a medium reports from a source.
//
//	نقلت الوكالة عن [رئيس البلدية] قوله إن الجسر سيفتح غدا
func transmitRule(s *scan, i int) (candidate, bool) {
	if !s.is(i, cTransmit) {
		return candidate{}, false
	}
	limit := min(s.end(i), i+40)
	from := -1
	for k := i + 1; k < limit && k < i+14; k++ {
		if s.at(k) == "عن" {
			from = k
			break
		}
	}
	if from < 0 || from+2 >= limit {
		return candidate{}, false
	}
	for k := from + 2; k < limit; k++ {
		cue := i
		content := k + 1
		kind := clause
		switch {
		case sayings[s.at(k)]:
			cue = k
			switch {
			case s.isThat(k + 1):
				content = k + 2
			case s.at(k+1) == ":" || s.comma(k+1):
				content = k + 2
			default:
				for n := k + 1; n < limit && n < k+14; n++ {
					if s.isThat(n) && !s.joined(n) || s.opens(n) >= 0 && s.speech(k, n) {
						content = n + 1
						break
					}
				}
			}
		case s.isThat(k) && !s.joined(k):
		case s.opens(k) >= 0 && s.speech(from+1, k):
			kind = quoted
		case s.at(k) == ":":
			kind = colon
		case s.finite(k) != nil && (s.joined(k) || s.is(k-1, cClause) || s.at(k-1) == "حين" && s.at(k-2) == "في"):
			return candidate{}, false
		default:
			if n := s.skip(k, limit); n > k {
				k = n - 1
			}
			continue
		}
		if content >= len(s.words) {
			return candidate{}, false
		}
		c := candidate{cue: cue, cueEnd: cue + 1, comp: complement{kind: kind, at: k, content: content}, act: graph.ActState}
		c.source = s.tidy(source{first: from + 1, end: s.subjectEnd(from+1, k)})
		if x := s.skipAdjuncts(i+1, from); x < from {
			c.relay = s.t.Cover(x, s.nounPhrase(x, from))
		}
		if cue != i {
			s.skipCue = cue
		}
		return c, true
	}
	return candidate{}, false
}

// sayingRule finds "قوله إن", his saying that.
func sayingRule(s *scan, i int) (candidate, bool) {
	if !sayings[s.at(i)] && !bySaying[s.at(i)] || s.skipCue == i || s.inSpeech(i) || s.at(i) == "القول" {
		return candidate{}, false
	}
	c := complement{kind: clause, at: i + 1, content: i + 2}
	switch {
	case s.isThat(i + 1):
	case s.at(i+1) == ":":
		c.kind = colon
	case s.opens(i+1) >= 0:
		c.kind = quoted
	default:
		return candidate{}, false
	}
	if c.content >= s.end(i) && c.kind != colon {
		return candidate{}, false
	}
	return candidate{cue: i, cueEnd: i + 1, comp: c, act: graph.ActState}, true
}

// accordingRule finds a source named by a preposition, before or after its
// content.
//
//	وبحسب البلدية، فإن الجسر مغلق            انهار الجسر أمس، وفق البلدية.
func accordingRule(s *scan, i int) (candidate, bool) {
	asSaid := s.at(i) == "كما" || s.at(i) == "علي" && s.at(i+1) == "ما"
	if !s.is(i, cAccording) && !asSaid || i+1 >= s.end(i) || s.inSpeech(i) {
		return candidate{}, false
	}
	limit := s.end(i)
	k := i + 1
	if asSaid {
		// …، كما أفاد المرصد.
		if s.at(k) == "ما" {
			k++
		}
		f := s.finite(k)
		if f == nil || !f.verb.clause || !f.verb.quoted || i == s.start(i) || k+1 >= limit {
			return candidate{}, false
		}
		x := s.skipAdjuncts(k+1, limit)
		n := s.nounPhrase(x, limit)
		if n == x {
			return candidate{}, false
		}
		if n < limit && s.t.Tokens[n].Kind == text.Word {
			n = s.skipAdjuncts(n, limit)
			if s.comma(n-1) || s.dash(n-1) {
				n--
			}
		}
		if n < limit && s.t.Tokens[n].Kind == text.Word || n < limit-1 && !s.comma(n) && !s.dash(n) {
			return candidate{}, false
		}
	}
	c := candidate{cue: i, cueEnd: i + 1, act: graph.ActState}
	b := s.at(i)
	switch b {
	case "نقلا", "استنادا":
		if !s.is(k, cPreposition) {
			return candidate{}, false
		}
		k++
	}
	if k >= limit {
		return candidate{}, false
	}
	cut := 0
	what := false
	switch {
	case asSaid:
		what = true
	case b == "حسبما" || b == "وفقما":
		what = true
	case s.at(k) == "ما" || s.at(k) == "لما":
		what = true
		k++
	case b == "وفقا" || b == "طبقا":
		if s.at(k) == "ل" {
			k++
			break
		}
		if !strings.HasPrefix(s.at(k), "ل") {
			return candidate{}, false
		}
		if s.at(k) == "لما" {
			what = true
			k++
		} else if n, ok := s.attached(k, "ل"); ok {
			cut = n
		} else {
			cut = s.letters(k, 1)
		}
	}
	if k >= limit {
		return candidate{}, false
	}
	if what {
		// حسب ما أعلنت الوزارة: the verb belongs to the cue
		c.cueEnd = k + 1
		k++
		if s.at(k) == "به" || s.at(k) == "عنه" || s.at(k) == "اليه" {
			k++
		}
		k = s.skipAdjuncts(k, limit)
	}
	pronoun := strings.HasSuffix(b, "ه") || strings.HasSuffix(b, "ها") || strings.HasSuffix(b, "هم")
	end := k
	switch {
	case pronoun:
	case k >= limit:
		return candidate{}, false
	case reported[s.at(k)]:
		c.mute = true
	case s.is(k, cNorm) || cut > 0 && s.lex.classes[s.at(k)[letter:]]&cNorm != 0 || strings.HasPrefix(s.at(k), "لل") && s.lex.classes["ال"+s.at(k)[2*letter:]]&cNorm != 0:
		return candidate{}, false
	default:
		end = s.nounPhrase(k, limit)
		for n := k; n < end; n++ {
			if s.comma(n) && !s.is(n+1, cTitle) && s.words[n+1].name == 0 {
				end = n
			}
		}
		if n := s.introduced(k, limit); n > end && (i == s.start(i) || s.comma(i-1)) {
			end = n
		}
		if end == k {
			end = k + 1
		}
		c.source = s.tidy(source{first: k, end: end, cut: cut})
	}
	if front := i == s.start(i) || s.comma(i-1) && s.joined(i) || i == s.start(i)+1 && !s.comma(i-1); front && !c.mute {
		k = end
		for k < limit && s.is(k, cAdverb|cTime) {
			k++
		}
		end = k
		for k < limit && (s.comma(k) || s.t.Tokens[k].Kind == text.Mark && s.opens(k) < 0) {
			k++
		}
		thin := k
		if s.isThat(k) || s.at(k) == "قد" {
			k++
		}
		if k+2 < limit && (thin > end || k > thin || what) {
			if f := s.finite(k); f != nil && f.verb.quoted && f.verb.clause {
				c.mute = true
			}
			c.comp = complement{kind: clause, at: end, content: k}
			return c, true
		}
		if end < limit && k == end && s.t.Tokens[k].Kind == text.Word && k+3 < limit && !s.joined(k) {
			c.comp = complement{kind: clause, at: end, content: k}
			return c, true
		}
	}
	// after the content
	from := s.start(i)
	if i-from < 3 {
		return candidate{}, false
	}
	for n := len(s.found) - 1; n >= max(0, len(s.found)-8) && s.found[n].cue >= from; n-- {
		if f := &s.found[n]; !f.mute {
			if f.comp.kind != before {
				if e := s.contentEnd(f.comp.content, f.comp.kind); e < i-6 && e > from {
					from = e + 1 // what the earlier source said has ended
					break
				}
			}
			c.mute = true
			if s.is(k, cOutlet) {
				f.relay = s.t.Cover(k, end)
			}
			break
		}
	}
	if !s.comma(i-1) && s.closes(i-1) < 0 && s.at(i-1) != ")" && !s.is(k, cOutlet|cTitle|cEvent) && !what {
		return candidate{}, false
	}
	c.comp = complement{kind: before, at: i, content: from}
	c.from, c.to = s.leadIn(from, i), i
	if end+3 < limit && (s.dash(i-1) && s.dash(end) || s.comma(i-1) && s.comma(end) && (i-c.from < 8 || s.goesOn(end+1))) {
		c.rest = end + 1
	}
	return c, true
}

// goesOn tells whether the clause before a source between commas goes on at
// the token, with its predicate or the preposition of its verb: "ما أسفر، وفق
// البلدية، عن …".
func (s *scan) goesOn(i int) bool {
	switch s.at(i) {
	case "هو", "هي":
		return !s.joined(i)
	case "عن", "الي", "علي":
		return !s.joined(i) && !s.adjunctPhrase(i)
	}
	return false
}

// introduced returns the token of the ف that introduces a content after its
// source, which begins at k ("بحسب [موقع الهيئة] فإن …"), or −1.
func (s *scan) introduced(k, limit int) int {
	for n := k + 1; n < limit && n < k+16 && !s.comma(n) && s.cueAt[n] == 0; n++ {
		if s.joined(n) && strings.HasPrefix(s.t.Tokens[n].Fold, "ف") && (s.isThat(n) || s.at(n) == "قد") {
			return n
		}
	}
	return -1
}

// leadIn returns the first token of the sentence part [from, to) that is no
// circumstance set off by a comma: "من جهة أخرى، …".
func (s *scan) leadIn(from, to int) int {
	for k := to - 4; k > from+3; k-- {
		if !s.comma(k - 1) {
			continue
		}
		switch s.at(k) {
		case "مما", "فيما", "بينما", "لكن", "ولكن":
			return k
		case "في":
			if s.at(k+1) == "حين" {
				return k
			}
		}
	}
	if s.adjunctPhrase(from) {
		for k := from; k < to && k < from+6; k++ {
			if s.comma(k) && k+4 < to {
				return k + 1
			}
		}
	}
	return from
}

// headlineRule finds a heading that names a source before a colon.
//
//	رئيس البلدية: لن نغلق الجسر
func headlineRule(s *scan, i int) (candidate, bool) {
	if s.at(i) != ":" {
		return candidate{}, false
	}
	sen := &s.t.Sentences[s.t.Tokens[i].Sentence]
	par := &s.t.Paragraphs[sen.Paragraph]
	first, last := sen.First, s.t.Sentences[par.Last-1].Last
	if first != s.t.Sentences[par.First].First || i == first || i-first > 9 || i+3 >= last || last-first > 30 {
		return candidate{}, false
	}
	if s.at(last-1) == "." {
		return candidate{}, false
	}
	for k := first; k < i; k++ {
		if s.is(k, cLabel|cClause|cThat|cNegation|cAuxiliary|cRelative) || s.finite(k) != nil && s.clauseInitial(k) || s.cueAt[k] > 0 || s.at(k) == "." || s.at(k) == "؟" || s.comma(k) {
			return candidate{}, false
		}
	}
	if s.t.Tokens[first].Kind != text.Word || s.is(first, cPreposition|cAdverb|cTime) || s.joined(first) {
		return candidate{}, false
	}
	x := source{first: first, end: s.nounPhrase(first, i)}
	if x.end < i && !s.is(x.end, cPreposition) && !strings.HasPrefix(s.at(x.end), "ل") {
		return candidate{}, false
	}
	return candidate{
		cue: i, cueEnd: i + 1, act: graph.ActState, source: s.tidy(x),
		comp: complement{kind: colon, at: i, content: i + 1},
	}, true
}

// beforeRule finds a verb of saying that follows its content.
//
//	«لن نغلق الجسر»، قال رئيس البلدية.
func beforeRule(s *scan, i int) (candidate, bool) {
	f := s.finite(i)
	if f == nil || !f.verb.quoted || f.first || s.inSpeech(i) || s.joined(i) {
		return candidate{}, false
	}
	from := s.start(i)
	k := i - 1
	if k > from && (s.at(k) == "كما" || s.at(k) == "هكذا") {
		k--
	}
	for k > from && (s.comma(k) || s.is(k, cAdverb) || s.at(k) == "الكلمات" || s.at(k) == "بهذه" || s.at(k) == "العبارات" || s.at(k) == "العباره") {
		k--
	}
	q := s.closes(k)
	if q < 0 {
		return candidate{}, false
	}
	open := s.t.TokenAt(s.t.Quotes[q].Start)
	if k-open < 5 || open > s.start(open)+1 {
		return candidate{}, false
	}
	if n := len(s.found); n > 0 && s.found[n-1].cue >= s.start(open) {
		return candidate{}, false
	}
	c := candidate{cue: i, cueEnd: i + 1, form: f, act: f.verb.act, comp: complement{kind: before, at: i}, from: open + 1, to: k}
	c.source = s.subjectAfter(i, f, c.comp, s.end(i))
	if c.source.none() {
		return candidate{}, false
	}
	return c, true
}

// nounRule finds a noun of saying with its source and content.
//
//	رغم [تأكيد] رئيس البلدية أن الجسر آمن        بعد [اتهامه] الشركة بالإهمال
func nounRule(s *scan, i int) (candidate, bool) {
	if s.t.Tokens[i].Kind != text.Word || s.inSpeech(i) {
		return candidate{}, false
	}
	n := s.lex.acts[s.at(i)]
	if n == nil || n.adverbial && s.is(i, cNoVerb) || i+2 >= s.end(i) {
		return candidate{}, false
	}
	limit := min(s.end(i), i+20)
	c := candidate{cue: i, cueEnd: i + 1, act: n.act, note: n.lemma}
	bullet := s.bullet(i)
	x := i + 1
	switch {
	case bullet:
		c.marks = append(c.marks, "point of a list")
	case n.adverbial:
		c.marks = append(c.marks, "noun as circumstance")
	case n.possessed:
		c.doubt("noun with pronoun")
	case n.plain:
		c.doubt("noun with genitive")
	default:
		c.marks = append(c.marks, "definite noun")
	}
	if n.plain && !s.is(x, cPreposition|cThat|cBiThat) && s.t.Tokens[x].Kind == text.Word {
		_, b := s.attached(x, "ب")
		_, l := s.attached(x, "ل")
		switch {
		case b || l:
		case nisba(s.at(x)) && !s.definite(x):
			c.source = source{first: x, end: x + 1} // اعتراض روسي على …
			x++
		default:
			x = s.nounPhrase(x, limit)
			c.source = s.tidy(source{first: i + 1, end: x})
		}
	}
	own := n.adverbial || n.possessed && s.is(i-1, cPreposition) && s.adjunctPhrase(i-1) || !c.source.none() && s.actor(c.source.first)
	for k := x; k < limit && k < x+8; k++ {
		if s.comma(k) || s.at(k) == ":" || s.finite(k) != nil || s.is(k, cRelative) {
			break
		}
		if s.isThat(k) {
			if !n.clause || s.joined(k) || !n.naming && !n.possessed && !own || k > x+1 && !s.is(k-1, cPreposition) {
				break
			}
			c.doubtful = false
			c.comp = complement{kind: clause, at: k, content: k + 1}
			return c, k+1 < limit
		}
		switch {
		case bullet:
		case n.plain || n.possessed || n.adverbial:
			if !own || n.possessed && n.lemma == "اتهام" || s.inSpeech(i) || k > x+1 && !s.is(k-1, cAdverb) && !s.is(k-2, cPreposition) {
				continue
			}
		case !n.naming || k > x && !s.is(k-1, cAdverb):
			continue
		}
		for _, p := range n.phrases {
			if s.at(k) == p && !s.isThat(k+1) && !s.joined(k) {
				c.comp = complement{kind: phrase, at: k, content: k + 1}
				return c, k+1 < limit
			}
			if p == "ب" || p == "ل" {
				if cut, ok := s.attachedTo(k, p, n.adverbial && k == x); ok && !s.joined(k) {
					c.comp = complement{kind: phrase, at: k, content: k, cut: cut}
					return c, true
				}
			}
		}
		if n.object && n.possessed && own && k == x && (s.objectStarts(k) || s.definite(k)) {
			c.comp = complement{kind: object, at: k, content: k}
			return c, true
		}
	}
	return candidate{}, false
}

// actor tells whether a noun phrase that begins at the token names someone who
// can speak.
func (s *scan) actor(i int) bool {
	return s.words[i].name > 0 || s.is(i, cTitle|cBody|cOutlet) || nisba(s.at(i)) || s.definite(i) && s.lex.classes[strings.TrimPrefix(s.at(i), "ال")]&(cTitle|cBody|cOutlet) != 0
}

// bullet tells whether the word opens a point of a list, as in a communiqué:
// "• التأكيد على …".
func (s *scan) bullet(i int) bool {
	p := &s.t.Paragraphs[s.t.Sentences[s.t.Tokens[i].Sentence].Paragraph]
	first := s.t.Sentences[p.First].First
	for first < i && s.t.Tokens[first].Kind != text.Word {
		first++
	}
	return first == i
}

// relativeRule finds a verb whose content is the noun before it.
//
//	قاطعوا [الحوار] الذي دعا إليه الرئيس
func relativeRule(s *scan, i int) (candidate, bool) {
	f := s.finite(i)
	if f == nil || !s.is(i-1, cRelative) || s.inSpeech(i) {
		return candidate{}, false
	}
	switch s.at(i + 1) {
	case "اليه", "اليها":
		if !slices.Contains(f.verb.phrases, "الي") {
			return candidate{}, false
		}
	case "به", "بها":
		if !slices.Contains(f.verb.phrases, "ب") {
			return candidate{}, false
		}
	default:
		return candidate{}, false
	}
	x := s.antecedent(i - 1)
	if x.none() {
		return candidate{}, false
	}
	c := candidate{cue: i, cueEnd: i + 1, form: f, act: f.verb.act, comp: complement{kind: before, at: i}, from: x.first, to: x.end}
	c.source = s.subjectAfter(i, f, c.comp, s.end(i))
	return c, !c.source.none()
}

// pointerRule finds a verb whose pronoun points back to the words before.
//
//	قالت الشركة إن المصنع آمن، وهو ما [ينفيه] السكان
func pointerRule(s *scan, i int) (candidate, bool) {
	f := s.finite(i)
	if f == nil || !f.suffixed || f.verb.label || s.inSpeech(i) {
		return candidate{}, false
	}
	to := i - 2
	switch {
	case s.at(i-1) == "ما" && s.is(i-2, cPronoun):
	case s.at(i-1) == "الذي" && s.at(i-2) == "الامر":
	default:
		return candidate{}, false
	}
	from := s.start(i)
	for n := len(s.found) - 1; n >= max(0, len(s.found)-8) && s.found[n].cue >= from; n-- {
		if !s.found[n].mute && s.found[n].comp.kind != before && s.found[n].comp.content < to {
			from = s.found[n].comp.content
			break
		}
	}
	if to-from < 3 {
		return candidate{}, false
	}
	c := candidate{cue: i, cueEnd: i + 1, form: f, act: f.verb.act, comp: complement{kind: before, at: i}, from: from, to: to}
	c.source = s.subjectAfter(i, f, c.comp, s.end(i))
	return c, true
}

// parenthesisRule finds a source named between commas in the middle of its
// words.
//
//	ورغم ذلك، [يقول المحلل]، فإن السوق هادئة
func parenthesisRule(s *scan, i int) (candidate, bool) {
	f := s.finite(i)
	if f == nil || !f.verb.clause || !f.verb.quoted || f.first || f.suffixed || f.tense != imperfect || s.joined(i) || s.inSpeech(i) {
		return candidate{}, false
	}
	open := i - 1
	if open > 0 && s.at(open) == "كما" {
		open--
	}
	if open <= s.start(i) || !s.comma(open) && !s.dash(open) {
		return candidate{}, false
	}
	limit := s.end(i)
	x := s.nounPhrase(i+1, limit)
	if x == i+1 || x+2 >= limit || x-i > 8 || !s.comma(x) && !s.dash(x) || s.circumstance(x+1) != nil {
		return candidate{}, false
	}
	if n := len(s.found); n > 0 && s.found[n-1].cue >= s.start(i) {
		return candidate{}, false
	}
	c := candidate{cue: i, cueEnd: i + 1, form: f, act: f.verb.act, comp: complement{kind: before, at: i}, from: s.start(i), to: open, rest: x + 1}
	c.source = s.tidy(source{first: i + 1, end: x})
	return c, true
}
