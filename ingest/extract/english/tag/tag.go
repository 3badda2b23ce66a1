// Package tag tells the part of speech of the words of an English sentence:
// a greedy averaged perceptron over the word, its ending, its neighbours and
// the tags before it (M. Collins, Discriminative Training Methods for Hidden
// Markov Models, 2002), with a dictionary for the words that have one tag.
//
// The weights are a readable file, data/tags.txt, made by the command in
// train.
package tag

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"mawqif/ingest/text"
)

// Tag is a coarse part of speech.
type Tag uint8

// The tags.
const (
	Other       Tag = iota // interjections, foreign words, list marks
	Punct                  // punctuation and quotation marks
	Noun                   // common noun
	Name                   // proper noun
	Pronoun                // personal pronoun, "there"
	Determiner             // article, demonstrative, possessive pronoun
	Adjective              //
	Adverb                 //
	Preposition            //
	Subordinate            // "that", "because", "if" before a clause
	Coordinate             // "and", "but"
	Modal                  // "will", "could"
	Finite                 // finite verb, auxiliaries included
	Base                   // infinitive, imperative, subjunctive
	Gerund                 // form in -ing used as a verb
	Participle             // past participle
	To                     // "to" before an infinitive
	Number                 //
	Wh                     // "who", "which", "what", "how"
	Particle               // "out" in "pointed out"
	Contraction            // subject and verb in one: "it's", "they've"
	tags
)

// letters names the tags in the weights and in training data.
const letters = "OUNPRDJAISCMVBGXT#WLK"

// String returns the letter of the tag.
func (t Tag) String() string { return letters[t : t+1] }

// Parse returns the tag of a letter.
func Parse(letter string) (Tag, error) {
	if i := strings.Index(letters, letter); i >= 0 && len(letter) == 1 {
		return Tag(i), nil
	}
	return 0, fmt.Errorf("unknown tag %q: the tags are %s", letter, letters)
}

// Word is what the tagger sees of a token.
type Word struct {
	key  string // search key without a clitic
	end  string // last three bytes of key
	look byte   // class of its letters, see [look]
	mark bool   // punctuation or quotation mark
}

// word reads a token.
func word(t *text.Text, tok *text.Token, first bool) Word {
	w := Word{key: tok.Fold}
	if tok.Kind == text.Punct || tok.Kind == text.Mark {
		w.mark, w.end = true, tok.Fold
		return w
	}
	raw := t.At(tok.Span)
	w.look = look(raw, tok.Kind, first)
	if n := len(w.key); n > 2 && w.key[n-2:] == " s" {
		w.key, w.look = w.key[:n-2], w.look+16
	}
	w.end = w.key
	if len(w.end) > 3 {
		w.end = w.end[len(w.end)-3:]
	}
	return w
}

// look classes a word by its letters: capital at the start, all capitals, a
// hyphen inside, a number, and whether it opens the sentence.
func look(raw string, kind text.Kind, first bool) byte {
	var b byte
	switch {
	case kind == text.Number:
		return 'n' - 64
	case raw[0] >= 'A' && raw[0] <= 'Z':
		b = 1
		if len(raw) > 1 && raw[1] >= 'A' && raw[1] <= 'Z' {
			b = 2
		}
	case raw[0] >= 0x80:
		b = 3
	}
	if strings.IndexByte(raw, '-') > 0 {
		b += 4
	}
	if first {
		b += 8
	}
	return b + 32
}

// features are hashed: FNV-1a over a letter for the template and its parts.
type feature uint64

func hash(template byte, parts ...string) feature {
	h := uint64(14695981039346656037)
	h = (h ^ uint64(template)) * 1099511628211
	for _, p := range parts {
		for i := 0; i < len(p); i++ {
			h = (h ^ uint64(p[i])) * 1099511628211
		}
		h = (h ^ 0xff) * 1099511628211
	}
	return feature(h)
}

const templates = 12

var tagNames = func() (s [tags + 1]string) {
	for i := range s[:tags] {
		s[i] = letters[i : i+1]
	}
	s[tags] = "-"
	return s
}()

var lookNames = func() (s [256]string) {
	for i := range s {
		s[i] = strconv.Itoa(i)
	}
	return s
}()

var edge = Word{key: "-", end: "-"}

// parts calls f for each feature of word i, given the tags before it.
func parts(words []Word, i int, before, before2 Tag, f func(template byte, a, b string)) {
	w, prev, next, next2 := &words[i], &edge, &edge, &edge
	if i > 0 {
		prev = &words[i-1]
	}
	if i+1 < len(words) {
		next = &words[i+1]
	}
	if i+2 < len(words) {
		next2 = &words[i+2]
	}
	t1, t2 := tagNames[before], tagNames[before2]
	f('w', w.key, "")
	f('e', w.end, lookNames[w.look])
	f('l', lookNames[w.look], t1)
	f('p', t1, w.end)
	f('q', t2, t1)
	f('r', w.key, t1)
	f('b', prev.key, "")
	f('n', next.key, "")
	f('m', next.end, w.end)
	f('o', next2.key, "")
	f('k', w.key, next.end)
	f('x', t1, next.key)
}

// Tagger tags sentences. It is safe for concurrent use.
type Tagger struct {
	fixed   map[string]Tag
	weights table
	scores  [][tags]int16
}

// table finds the scores of a feature by open addressing: most features asked
// for have none, and the hash of a feature need not be hashed again.
type table struct {
	slots []slot // a power of two, at most half of them used
}

type slot struct {
	key feature // 0 in a free slot
	row int32
}

func newTable(n int) table {
	size := 2
	for size < 2*n {
		size *= 2
	}
	return table{slots: make([]slot, size)}
}

// slot returns the slot of a feature, or the free one where it would stand.
func (t *table) slot(f feature) *slot {
	for i := uint64(f); ; i++ {
		s := &t.slots[i&uint64(len(t.slots)-1)]
		if s.key == f || s.key == 0 {
			return s
		}
	}
}

//go:embed data/tags.txt
var weights string

// Default returns the tagger with the weights that the package carries.
var Default = sync.OnceValue(func() *Tagger {
	t, err := Read(weights)
	if err != nil {
		panic("the tagger's own weights: " + err.Error())
	}
	return t
})

// Read reads weights: lines of a word and its tag ("= the D"), and of a
// feature with the weight of each tag ("w said V:120 X:-30").
func Read(s string) (*Tagger, error) {
	n := strings.Count(s, "\n")
	t := &Tagger{fixed: make(map[string]Tag, n/4), weights: newTable(n + 1)}
	line := 0
	for l := range strings.Lines(s) {
		line++
		l = strings.TrimSuffix(l, "\n")
		if l == "" || l[0] == '%' {
			continue
		}
		fields := strings.Split(l, "\t")
		bad := func(err error) error { return fmt.Errorf("line %d: %w", line, err) }
		switch {
		case len(fields) == 3 && fields[0] == "=":
			tag, err := Parse(fields[2])
			if err != nil {
				return nil, bad(err)
			}
			t.fixed[fields[1]] = tag
		case len(fields) == 4 && len(fields[0]) == 1:
			var row [tags]int16
			for cell := range strings.SplitSeq(fields[3], " ") {
				name, value, _ := strings.Cut(cell, ":")
				tag, err := Parse(name)
				if err != nil {
					return nil, bad(err)
				}
				v, err := strconv.ParseInt(value, 10, 16)
				if err != nil {
					return nil, bad(err)
				}
				row[tag] = int16(v)
			}
			f := hash(fields[0][0], fields[1], fields[2])
			*t.weights.slot(f) = slot{key: f, row: int32(len(t.scores))}
			t.scores = append(t.scores, row)
		default:
			return nil, bad(fmt.Errorf("neither a word with its tag nor a feature with its weights: %q", l))
		}
	}
	return t, nil
}

// Tags returns the tag of each token of a text, in one pass.
func (g *Tagger) Tags(t *text.Text) []Tag {
	out := make([]Tag, len(t.Tokens))
	var words []Word
	for i := range t.Sentences {
		s := &t.Sentences[i]
		words = words[:0]
		first := true
		for j := s.First; j < s.Last; j++ {
			w := word(t, &t.Tokens[j], first)
			first = first && w.mark
			words = append(words, w)
		}
		g.sentence(words, out[s.First:s.Last])
	}
	return out
}

func (g *Tagger) sentence(words []Word, out []Tag) {
	before, before2 := tags, tags
	for i := range words {
		tag, ok := g.sure(&words[i])
		if !ok {
			var sum [tags]int32
			parts(words, i, before, before2, func(template byte, a, b string) {
				if s := g.weights.slot(hash(template, a, b)); s.key != 0 {
					row := &g.scores[s.row]
					for k := range row {
						sum[k] += int32(row[k])
					}
				}
			})
			for k := range sum {
				if sum[k] > sum[tag] {
					tag = Tag(k)
				}
			}
		}
		out[i] = tag
		before2, before = before, tag
	}
}

// sure tells the tag of a word that has only one.
func (g *Tagger) sure(w *Word) (Tag, bool) {
	if w.mark {
		return Punct, true
	}
	if w.look == 'n'-64 {
		return Number, true
	}
	tag, ok := g.fixed[w.key]
	if ok && w.look >= 48 && tag == Pronoun {
		return Contraction, true
	}
	return tag, ok
}
