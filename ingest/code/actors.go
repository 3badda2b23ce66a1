package code

import (
	"bufio"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"mawqif/graph"
	"mawqif/ingest/gazetteer"
	"mawqif/ingest/text"
)

// The forms of a mention beyond those of the gazetteer.
const (
	byReference = gazetteer.ByLeader + 1 + iota // "the ministry": an actor named before
	byNoun                                      // "the protesters": a group without a name
)

// nouns are the words that name actors without a name.
type nouns struct {
	people map[string]bool // search keys
	armed  map[string]bool
	body   map[string]string // search key → stem
	// capital are words with a capital letter that are no part of a name, house
	// the last words of the names of bodies.
	capital, house map[string]bool
}

// newNouns reads the file of a language.
func newNouns(lang string) (*nouns, error) {
	path := "lexicon/actors-" + lang + ".tsv"
	f, err := lexiconFiles.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the nouns of actors: %w", err)
	}
	defer f.Close()
	n := &nouns{people: map[string]bool{}, armed: map[string]bool{}, body: map[string]string{}, capital: map[string]bool{}, house: map[string]bool{}}
	in := bufio.NewScanner(f)
	for line := 1; in.Scan(); line++ {
		s := in.Text()
		if s == "" || s[0] == '#' {
			continue
		}
		class, words, _ := strings.Cut(s, "\t")
		for _, w := range strings.Fields(words) {
			switch w = graph.Fold(w); class {
			case "people":
				n.people[w] = true
			case "armed":
				n.armed[w] = true
			case "body":
				n.body[w] = stem(w, lang)
			case "capital":
				n.capital[w] = true
			case "house":
				n.house[w] = true
			default:
				return nil, fmt.Errorf("%s:%d: no class is called %q", path, line, class)
			}
		}
	}
	return n, in.Err()
}

// describers finds the actors that a text names by a noun alone, and returns
// them among the mentions: "the ministry" is the ministry named last, "the
// militants" the armed group named last or a group by itself, "the
// protesters" a group by itself.
func (l *language) describers(t *text.Text, mentions []gazetteer.Mention) []gazetteer.Mention {
	out := make([]gazetteer.Mention, 0, len(mentions)+8)
	d := describing{language: l, t: t, made: map[string]*gazetteer.Entity{}, words: map[*gazetteer.Entity][]string{}}
	d.readNames(mentions)
	next := 0
	for i := 0; i < len(t.Tokens); i++ {
		if next < len(mentions) && mentions[next].First <= i {
			m := mentions[next]
			next++
			out = append(out, m)
			if m.Entity.Actor != nil {
				d.named = append(d.named, m.Entity)
			}
			i = max(i, m.Last-1)
			continue
		}
		if t.Tokens[i].Kind != text.Word {
			continue
		}
		last := len(t.Tokens)
		if next < len(mentions) {
			last = mentions[next].First
		}
		if m, ok := d.proper(i, last); ok {
			out = append(out, m)
			d.named = append(d.named, m.Entity)
			i = m.Last - 1
		} else if m, ok := d.at(i, out); ok {
			out = append(out, m)
		}
	}
	return append(out, mentions[next:]...)
}

type describing struct {
	*language
	t     *text.Text
	named []*gazetteer.Entity // in the order of the text
	made  map[string]*gazetteer.Entity
	// people are the people whose names the text writes out, by their surnames.
	people map[string]*gazetteer.Entity
	words  map[*gazetteer.Entity][]string // stems of the names
}

// nameMax is how many words a name has at most.
const nameMax = 4

// run returns the end of the run of words with a capital letter that may be a
// name and begins at token i before last.
func (d *describing) run(i, last int) int {
	end := i
	for end < min(last, i+nameMax+1, len(d.t.Tokens)) {
		tok := &d.t.Tokens[end]
		if tok.Kind != text.Word || tok.Sentence != d.t.Tokens[i].Sentence || !capital(d.t.At(tok.Span)) || d.nouns.capital[tok.Fold] {
			break
		}
		end++
		if strings.HasSuffix(tok.Fold, " s") {
			break
		}
	}
	return end
}

// capital tells whether a word begins with a capital letter and goes on in
// small ones, or is an initial or an abbreviation.
func capital(s string) bool {
	return len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && (len(s) < 4 || strings.ContainsFunc(s[1:], unicode.IsLower))
}

// opens tells whether a word with a capital letter may have it because it
// opens a sentence: "Suddenly", "Describing".
func (d *describing) opens(i int) bool {
	w := d.t.Tokens[i].Fold
	if !strings.HasSuffix(w, "ly") && !strings.HasSuffix(w, "ing") && !strings.HasSuffix(w, "ed") {
		return false
	}
	return i == d.t.Sentences[d.t.Tokens[i].Sentence].First || d.t.Tokens[i-1].Kind != text.Word
}

// readNames learns the people and bodies that an English text names in full
// and nobody knows: two to four words with capital letters, within a sentence.
func (d *describing) readNames(mentions []gazetteer.Mention) {
	if d.name != "en" {
		return
	}
	d.people = map[string]*gazetteer.Entity{}
	next := 0
	for i := 0; i < len(d.t.Tokens); i++ {
		for next < len(mentions) && mentions[next].Last <= i {
			next++
		}
		last := len(d.t.Tokens)
		if next < len(mentions) {
			if mentions[next].First <= i {
				i = mentions[next].Last - 1
				continue
			}
			last = mentions[next].First
		}
		if d.opens(i) {
			continue
		}
		end := d.run(i, last)
		if n := end - i; n < 2 || n > nameMax {
			i = max(i, end-1)
			continue
		}
		if d.t.Paragraphs[d.t.Sentences[d.t.Tokens[i].Sentence].Paragraph].Role != text.Body {
			i = end - 1
			continue
		}
		words := make([]string, 0, nameMax)
		for k := i; k < end; k++ {
			words = append(words, strings.TrimSuffix(strings.TrimSuffix(d.t.At(d.t.Tokens[k].Span), "'s"), "’s"))
		}
		surname := graph.Fold(words[len(words)-1])
		if d.people[surname] == nil {
			// The keys are those of package link, for the same person elsewhere.
			kind, key := graph.Person, "person/"
			if d.nouns.house[surname] {
				kind, key = graph.Organization, "org/"
			}
			name := strings.Join(words, " ")
			a := graph.NewActor(kind, key+graph.Fold(name), graph.Name{Lang: d.name, Value: name})
			d.people[surname] = &gazetteer.Entity{Actor: &a}
		}
		i = end - 1
	}
}

// proper finds a name that readNames learned, in full or by the surname.
func (d *describing) proper(i, last int) (gazetteer.Mention, bool) {
	if d.name != "en" || !capital(d.t.At(d.t.Tokens[i].Span)) {
		return gazetteer.Mention{}, false
	}
	end := max(i+1, d.run(i, last))
	tok := &d.t.Tokens[end-1]
	e := d.people[strings.TrimSuffix(tok.Fold, " s")]
	if e == nil || end == i+1 && e.Actor.Kind != graph.Person {
		return gazetteer.Mention{}, false
	}
	return gazetteer.Mention{Span: d.t.Cover(i, end), First: i, Last: end, Entity: e}, true
}

// namedBack is how many mentions back a reference may go.
const namedBack = 60

func (d *describing) at(i int, before []gazetteer.Mention) (gazetteer.Mention, bool) {
	tok := &d.t.Tokens[i]
	key, cut := d.bare(tok)
	withArticle := d.name == "ar" && strings.HasPrefix(key, "ال") && strings.HasPrefix(tok.Fold[cut:], "لل")
	span := text.Span{Start: tok.Start + cut, End: tok.End}
	m := gazetteer.Mention{Span: span, First: i, Last: i + 1}
	head, isBody := d.nouns.body[key]
	definite := d.name == "ar" || i > 0 && determiners[d.t.Tokens[i-1].Fold]
	if definite && (isBody || d.nouns.armed[key]) {
		armed := d.nouns.armed[key]
		for k := len(d.named) - 1; k >= max(0, len(d.named)-namedBack); k-- {
			e := d.named[k]
			if isBody && e.Actor.Kind != graph.Person && e.Actor.Kind != graph.State && slices.Contains(d.stems(e), head) || armed && e.Actor.Kind == graph.Group {
				m.Entity, m.Form = e, byReference
				return m, true
			}
		}
	}
	if d.nouns.people[key] {
		name := d.t.At(span)
		if withArticle {
			name = "ا" + name[letter:]
		}
		if n := len(before); d.name == "en" && n > 0 && before[n-1].Last == i && before[n-1].Form == gazetteer.ByAdjective {
			name = d.t.At(before[n-1].Span) + " " + name
		}
		m.Entity, m.Form = d.group(name), byNoun
		return m, true
	}
	return m, false
}

var determiners = map[string]bool{"the": true, "this": true, "that": true, "these": true, "those": true, "their": true, "our": true, "his": true, "her": true, "its": true, "my": true}

// bare returns the search key of a token without attached particles, and how
// many bytes of the token they take.
func (d *describing) bare(tok *text.Token) (string, int) {
	key := tok.Fold
	if d.name != "ar" || d.nouns.people[key] {
		return key, 0
	}
	cut := 0
	if prefixed(key, "وف") {
		key, cut = key[letter:], letter
	}
	if prefixed(key, "بكل") {
		if rest := key[letter:]; strings.HasPrefix(rest, "ال") || d.nouns.people[rest] {
			return rest, cut + letter
		} else if strings.HasPrefix(key, "لل") {
			return "ا" + key[letter:], cut
		}
	}
	return key, cut
}

// stems returns the stems of the words of the names of an entity.
func (d *describing) stems(e *gazetteer.Entity) []string {
	list, ok := d.words[e]
	if !ok {
		for _, n := range e.Actor.Names {
			if n.Lang == d.name {
				for _, w := range strings.Fields(graph.Fold(n.Value)) {
					list = append(list, stem(w, d.name))
				}
			}
		}
		d.words[e] = list
	}
	return list
}

// group is a group that has no other name than a noun.
func (d *describing) group(name string) *gazetteer.Entity {
	key := graph.Fold(name)
	e := d.made[key]
	if e == nil {
		a := graph.NewActor(graph.Group, "people/"+key, graph.Name{Lang: d.name, Value: name})
		e = &gazetteer.Entity{Actor: &a}
		d.made[key] = e
	}
	return e
}
