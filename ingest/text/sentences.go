package text

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"mawqif/graph"
)

//go:embed data/abbreviations.tsv
var abbreviationsFile string

// dotted is what a word before a dot tells of the dot.
type dotted uint8

const (
	titleWord   dotted = 1 << iota // never the end of a sentence
	afterWord                      // perhaps
	starterWord                    // begins sentences
	speechWord                     // a verb of speech
)

var abbreviations = sync.OnceValue(func() map[string]dotted {
	kinds := map[string]dotted{"title": titleWord, "after": afterWord, "starter": starterWord, "speech": speechWord}
	words := map[string]dotted{}
	for line := range strings.Lines(abbreviationsFile) {
		kind, list, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || kind[0] == '#' {
			continue
		}
		for _, w := range strings.Split(list, "|") {
			words[graph.Fold(w)] |= kinds[kind]
		}
	}
	return words
})

// sentences groups tokens into sentences: they end with their paragraph, and
// at a full stop, question or exclamation mark or ellipsis with what closes
// after it, unless it closes an abbreviation or stands before a small letter.
// A bullet begins one.
func (t *Text) sentences() {
	t.Sentences = make([]Sentence, 0, len(t.Tokens)/24+8)
	words := abbreviations()
	i := 0
	for p := range t.Paragraphs {
		par := &t.Paragraphs[p]
		par.First = len(t.Sentences)
		for i < len(t.Tokens) && t.Tokens[i].Start < par.End {
			first := i
			for i < len(t.Tokens) && t.Tokens[i].Start < par.End {
				if i > first && t.bullet(i) {
					break
				}
				t.Tokens[i].Sentence = len(t.Sentences)
				i++
				if end := t.endsSentence(words, i-1, par.End); end > i-1 {
					for ; i < end; i++ {
						t.Tokens[i].Sentence = len(t.Sentences)
					}
					break
				}
			}
			t.Sentences = append(t.Sentences, Sentence{Span: t.Cover(first, i), First: first, Last: i, Paragraph: p})
		}
		par.Last = len(t.Sentences)
	}
}

// bullet tells whether token i is the bullet of a list, which stands free.
func (t *Text) bullet(i int) bool {
	switch t.Tokens[i].Fold {
	case "•", "▪", "●", "■", "◆":
		return true
	}
	return false
}

// closes tells whether the token belongs to the end of the sentence before
// it: a closing quotation mark or bracket, or a further full stop.
func (t *Text) closes(i int) bool {
	tok := &t.Tokens[i]
	switch tok.Kind {
	case Mark:
		return tok.Quote >= 0 && t.Quotes[tok.Quote].Inner.End == tok.Start
	case Punct:
		return strings.Contains(").!?؟…]", tok.Fold)
	}
	return false
}

// endsSentence returns the token after the sentence that ends with token i and
// what closes after it; i if none ends there.
func (t *Text) endsSentence(words map[string]dotted, i, limit int) int {
	if !t.stopAt(i) {
		return i
	}
	end := i + 1
	for end < len(t.Tokens) && t.Tokens[end].Start < limit && t.closes(end) {
		end++
	}
	if end == len(t.Tokens) || t.Tokens[end].Start >= limit || t.ended(words, i, end) {
		return end
	}
	return i
}

// stopAt tells whether token i may end a sentence.
func (t *Text) stopAt(i int) bool {
	tok := &t.Tokens[i]
	switch tok.Kind {
	case Punct:
		return tok.Fold == "." || tok.Fold == "!" || tok.Fold == "?" || tok.Fold == "؟" || tok.Fold == "…"
	case Word:
		return t.Raw[tok.End-1] == '.'
	}
	return false
}

// ended tells whether token i ends a sentence when token end comes after it
// and what closes.
func (t *Text) ended(words map[string]dotted, i, end int) bool {
	tok, next := &t.Tokens[i], &t.Tokens[end]
	if tok.Kind == Word {
		// The dot of "U.S." is part of the word: an end only before a word
		// that begins sentences.
		return words[next.Fold]&starterWord != 0 && upper(t.Raw[next.Start:])
	}
	if lower(t.Raw[next.Start:]) || next.Kind == Punct && strings.Contains(",;،؛", next.Fold) {
		return false
	}
	switch tok.Fold {
	case ".":
		prev := i - 1
		return prev < 0 || end > i+1 || t.Tokens[prev].Kind != Word || t.Tokens[prev].End != tok.Start || t.endsAfter(words, &t.Tokens[prev], tok, next)
	case "?", "!":
		if t.Tokens[end-1].Kind == Mark && t.attributed(words, end) {
			return false
		}
		// Within an address ("?id=5") the stop is glued to what follows.
		return next.Start > tok.End || t.Raw[next.Start] >= utf8.RuneSelf || next.Kind == Mark
	}
	return true
}

// attributed tells whether a clause that says who speaks begins with a token:
// “Why?” the envoy asked.
func (t *Text) attributed(words map[string]dotted, i int) bool {
	for end := min(i+attribution, len(t.Tokens)); i < end; i++ {
		if t.Tokens[i].Kind != Word && t.Tokens[i].Fold != "," && t.Tokens[i].Fold != "." {
			return false
		}
		if words[t.Tokens[i].Fold]&speechWord != 0 {
			return true
		}
	}
	return false
}

// attribution is the number of tokens after a quotation among which the verb
// of speech is sought.
const attribution = 8

// endsAfter tells whether the dot after a word ends a sentence.
func (t *Text) endsAfter(words map[string]dotted, prev, dot, next *Token) bool {
	kind := words[prev.Fold]
	initial := utf8.RuneCountInString(t.At(prev.Span)) == 1 && prev.Fold != "i"
	glued := dot.End == next.Start
	switch {
	case prev.Fold == "no" || prev.Fold == "nos" || prev.Fold == "art" || prev.Fold == "sec" || prev.Fold == "fig":
		return next.Kind != Number
	case kind&titleWord != 0 || initial:
		return false
	case kind&afterWord != 0:
		return words[next.Fold]&starterWord != 0 && upper(t.Raw[next.Start:])
	case glued && next.Kind == Word && short(t.At(prev.Span)) && short(t.At(next.Span)):
		return false // آي.أيه.جي
	case glued && (next.Fold == "نت" || next.Fold == "كوم" || next.Fold == "com" || next.Fold == "org" || next.Fold == "net"):
		return false
	}
	return true
}

// short tells whether a word may be a letter spelt out in Arabic, as in the
// names of broadcasters (بي.بي.سي).
func short(s string) bool {
	return s[0] >= utf8.RuneSelf && len(s) <= 2*4
}

func lower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func upper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
