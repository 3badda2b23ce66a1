package code

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"mawqif/graph"
)

// The language of patterns, for a reader who does not program:
//
//	lift siege          the two words, one after the other
//	(lift|end) siege    either word, then siege; (a b|c) takes runs of words
//	withdraw*           every word that begins with withdraw
//	=die                the word as it stands: no attached particle or ending
//	                    is taken off
//	lift [the] siege    the may stand there or not
//	lift .. siege       up to three words may stand between; ..6 up to six
//	{object} {place}    the name of an actor or of a place
//	siege & aid         both, in any order, in one sentence
//	siege & !museum     the first, and the second nowhere in the sentence
//
// Words are compared by their search keys (see [graph.Fold]). Of Arabic words
// the attached و ف ب ك ل س and the article are ignored, of English ones the
// possessive and the plural s; marks between words do not count. Nothing
// matches across the end of a sentence.

const (
	gapDefault = 3
	gapMax     = 12
	// sequencesMax bounds what the alternatives of one pattern multiply to.
	sequencesMax = 600
	// patternMax bounds the length of a pattern in bytes.
	patternMax = 2000
)

type slot uint8

const (
	noSlot slot = iota
	objectSlot
	placeSlot
)

// word is a literal of a pattern in its search key.
type word struct {
	key  string
	stem bool // a prefix
	bare bool // matches whole tokens only
}

// element is one place of a sequence: one of a set of words, or a slot.
type element struct {
	words []word
	slot  slot
	gap   int // words that may stand before it
}

// term is a set of alternative sequences.
type term struct {
	sequences [][]element
	banned    bool
}

// parsePattern reads a pattern; its faults name the column in code points.
func parsePattern(s, lang string) ([]term, error) {
	if len(s) > patternMax {
		return nil, fmt.Errorf("the pattern is longer than %d bytes", patternMax)
	}
	p := &parser{src: s, lang: lang}
	var terms []term
	for {
		p.space()
		banned := p.take("!")
		start := p.at
		alternatives, err := p.sequence(0)
		if err != nil {
			return nil, err
		}
		if len(alternatives) == 0 {
			return nil, p.fault(start, "a word is missing")
		}
		for _, a := range alternatives {
			if !slices.ContainsFunc(a, func(e element) bool { return e.slot == noSlot }) {
				return nil, p.fault(start, "it needs at least one word that is neither a slot nor optional")
			}
		}
		terms = append(terms, term{alternatives, banned})
		if p.at == len(p.src) {
			break
		}
		if !p.take("&") {
			return nil, p.fault(p.at, fmt.Sprintf("%q has no meaning here", p.next()))
		}
	}
	if terms[0].banned {
		return nil, p.fault(0, "the first part cannot be an exclusion")
	}
	return terms, nil
}

type parser struct {
	src  string
	lang string
	at   int
}

func (p *parser) fault(at int, what string) error {
	return fmt.Errorf("column %d of the pattern: %s", utf8.RuneCountInString(p.src[:at])+1, what)
}

func (p *parser) space() {
	for p.at < len(p.src) {
		r, size := utf8.DecodeRuneInString(p.src[p.at:])
		if !unicode.IsSpace(r) {
			return
		}
		p.at += size
	}
}

func (p *parser) next() string {
	_, size := utf8.DecodeRuneInString(p.src[p.at:])
	return p.src[p.at : p.at+size]
}

func (p *parser) take(s string) bool {
	if strings.HasPrefix(p.src[p.at:], s) {
		p.at += len(s)
		return true
	}
	return false
}

// sequence reads items up to an operator that ends it, and returns the
// alternatives they expand to.
func (p *parser) sequence(depth int) ([][]element, error) {
	if depth > 4 {
		return nil, p.fault(p.at, "brackets are nested too deeply")
	}
	lists := [][]element{nil}
	gap, read := 0, false
	for {
		p.space()
		if p.at == len(p.src) || strings.ContainsRune("&|)]", rune(p.src[p.at])) {
			if gap > 0 {
				return nil, p.fault(p.at, "no word after ..")
			}
			if !read {
				return nil, nil
			}
			return lists, nil
		}
		start := p.at
		if p.take("..") {
			if !read || gap > 0 {
				return nil, p.fault(start, ".. stands between two words")
			}
			gap = gapDefault
			if n := p.digits(); n != "" {
				gap, _ = strconv.Atoi(n)
				if gap < 1 || gap > gapMax {
					return nil, p.fault(start, fmt.Sprintf("a gap is 1 to %d words", gapMax))
				}
			}
			continue
		}
		item, err := p.item(depth)
		if err != nil {
			return nil, err
		}
		var joined [][]element
		for _, l := range lists {
			for _, it := range item {
				next := slices.Clone(l)
				for k, e := range it {
					if k == 0 && len(l) > 0 {
						e.gap = gap
					}
					next = append(next, e)
				}
				joined = append(joined, next)
			}
		}
		if len(joined) > sequencesMax {
			return nil, p.fault(start, fmt.Sprintf("the alternatives multiply to more than %d", sequencesMax))
		}
		lists, gap, read = joined, 0, true
	}
}

func (p *parser) digits() string {
	start := p.at
	for p.at < len(p.src) && p.src[p.at] >= '0' && p.src[p.at] <= '9' && p.at-start < 3 {
		p.at++
	}
	return p.src[start:p.at]
}

func (p *parser) item(depth int) ([][]element, error) {
	start := p.at
	switch {
	case p.take("{object}"):
		return [][]element{{{slot: objectSlot}}}, nil
	case p.take("{place}"):
		return [][]element{{{slot: placeSlot}}}, nil
	case p.take("("):
		return p.alternatives(")", start, depth)
	case p.take("["):
		lists, err := p.alternatives("]", start, depth)
		return append(lists, nil), err
	}
	w, err := p.word()
	if err != nil {
		return nil, err
	}
	return [][]element{{{words: []word{w}}}}, nil
}

// alternatives reads a|b|c up to the closing bracket; those of one word
// become one element.
func (p *parser) alternatives(closing string, start, depth int) ([][]element, error) {
	var lists [][]element
	single := -1
	for {
		alternative, err := p.sequence(depth + 1)
		if err != nil {
			return nil, err
		}
		if alternative == nil {
			return nil, p.fault(p.at, "an alternative is empty")
		}
		for _, a := range alternative {
			switch {
			case len(a) != 1 || a[0].slot != noSlot:
				lists = append(lists, a)
			case single < 0:
				single = len(lists)
				lists = append(lists, a)
			default:
				lists[single][0].words = append(lists[single][0].words, a[0].words...)
			}
		}
		if p.take(closing) {
			return lists, nil
		}
		if !p.take("|") {
			return nil, p.fault(start, "the bracket is not closed")
		}
	}
}

func (p *parser) word() (word, error) {
	start := p.at
	bare := p.take("=")
	from := p.at
	for p.at < len(p.src) {
		r, size := utf8.DecodeRuneInString(p.src[p.at:])
		if unicode.IsSpace(r) || strings.ContainsRune("&|()[]{}*!=", r) || strings.HasPrefix(p.src[p.at:], "..") {
			break
		}
		p.at += size
	}
	key := graph.Fold(p.src[from:p.at])
	stem := p.take("*")
	if key == "" {
		return word{}, p.fault(start, fmt.Sprintf("%q is no word", p.next0(start)))
	}
	if stem && utf8.RuneCountInString(key) < 2 {
		return word{}, p.fault(start, "a stem has at least two letters")
	}
	if !bare && p.lang == "ar" {
		if rest, ok := strings.CutPrefix(key, "ال"); ok && utf8.RuneCountInString(rest) >= 2 {
			key = rest
		}
	}
	return word{key, stem, bare}, nil
}

func (p *parser) next0(at int) string {
	if at == len(p.src) {
		return ""
	}
	_, size := utf8.DecodeRuneInString(p.src[at:])
	return p.src[at : at+size]
}

// forms returns the search keys by which a token can match a word: its own,
// and those without what is attached to it.
func forms(fold, lang string, into *[12]string) []string {
	into[0] = fold
	n := 1
	add := func(s string) {
		if n < len(into) && !slices.Contains(into[:n], s) {
			into[n] = s
			n++
		}
	}
	if lang == "ar" {
		arabicForms(fold, add)
		return into[:n]
	}
	if strings.IndexByte(fold, ' ') >= 0 {
		if owner, ok := strings.CutSuffix(fold, " s"); ok {
			add(owner)
			add(singular(owner))
		}
		first, rest, _ := strings.Cut(fold, " ")
		if len(first) > 2 {
			add(first)
		}
		if len(rest) > 2 {
			add(rest)
			add(singular(rest))
		}
		return into[:n]
	}
	add(singular(fold))
	return into[:n]
}

func singular(s string) string {
	if len(s) > 3 && s[len(s)-1] == 's' && s[len(s)-2] != 's' {
		return s[:len(s)-1]
	}
	return s
}

// arabicForms adds the token without و ف, without ب ك ل س after it, and
// without the article.
func arabicForms(w string, add func(string)) {
	peel := func(s string) {
		if rest, ok := strings.CutPrefix(s, "ال"); ok && len(rest) >= 4 {
			add(rest)
		} else if rest, ok := strings.CutPrefix(s, "لل"); ok && len(rest) >= 4 {
			add(rest)
			add(s[2:])
		} else if c := prefixed(s, "بكلس"); c {
			add(s[2:])
			if rest, ok := strings.CutPrefix(s[2:], "ال"); ok && len(rest) >= 4 {
				add(rest)
			}
		}
	}
	if prefixed(w, "وف") {
		add(w[2:])
		peel(w[2:])
	}
	peel(w)
}

// prefixed tells whether s is one of the two-byte letters and at least three
// more.
func prefixed(s, letters string) bool {
	if len(s) < 8 {
		return false
	}
	for i := 0; i+2 <= len(letters); i += 2 {
		if s[:2] == letters[i:i+2] {
			return true
		}
	}
	return false
}
