package code

import (
	"bufio"
	"embed"
	"fmt"
	"strings"
)

//go:embed lexicon/*.tsv
var lexiconFiles embed.FS

// kind tells what the words of the lexicon do.
type kind uint8

const (
	ofIssue     kind = iota // a term of the codebook
	negation                // negates what follows
	opposition              // negates what follows at once ("against the deal")
	affirmation             // looks like a negation but is none ("not only")
	good                    // praises what stands near
	bad                     // blames what stands near
	victim                  // asks for sympathy
	demand
	hope
	promise
	danger
	threat
	refuse
	deny
	blame
	praise
	violence // an event of violence, blamed on nobody
	harm     // what follows undergoes it
	doer     // what follows did it
	concede
	he // pronouns and nouns that may stand for somebody named before
	she
	it
	they
	you
	we
	leader
	government
	group
	country
	kinds
)

var kindNames = [kinds]string{
	"", "negation", "opposition", "affirmation", "good", "bad", "victim", "demand", "hope", "promise", "danger",
	"threat", "refuse", "deny", "blame", "praise", "violence", "harm", "doer", "concede",
	"he", "she", "it", "they", "you", "we", "leader", "government", "group", "country",
}

// language is what a codebook and the lexicon know of one language.
type language struct {
	name    string
	matcher *matcher
	rules   ruleSet
	// kinds tells the kind of each part; parts beyond it are of issues.
	kinds []kind
	// negators are the single words that negate.
	negators  map[string]bool
	builder   *builder
	evocation *evocation
	nouns     *nouns
	// The models weigh what the patterns and words tell. Each language has its
	// own: newspapers differ in how they speak, and readers in what they make of
	// it.
	act, target, stance, theme, agreement, confidence *model
}

func (l *language) kind(part int32) kind {
	if int(part) < len(l.kinds) {
		return l.kinds[part]
	}
	return ofIssue
}

// newLanguage reads the lexicon of a language.
func newLanguage(name string) (*language, error) {
	evoked, err := newEvocation(name)
	if err != nil {
		return nil, err
	}
	named, err := newNouns(name)
	if err != nil {
		return nil, err
	}
	l := &language{name: name, builder: newBuilder(name), negators: map[string]bool{}, evocation: evoked, nouns: named}
	path := "lexicon/" + name + ".tsv"
	f, err := lexiconFiles.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the lexicon of %s: %w", name, err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	for line := 1; in.Scan(); line++ {
		s := strings.TrimSpace(in.Text())
		if s == "" || s[0] == '#' {
			continue
		}
		label, pattern, _ := strings.Cut(s, "\t")
		k := kindOf(label)
		if k == ofIssue {
			return nil, fmt.Errorf("%s:%d: no kind is called %q", path, line, label)
		}
		terms, err := parsePattern(pattern, name)
		if err != nil || len(terms) != 1 {
			return nil, fmt.Errorf("%s:%d: %q is no single pattern: %w", path, line, pattern, err)
		}
		l.builder.add(terms[0].sequences)
		l.kinds = append(l.kinds, k)
		if k == negation {
			for _, sequence := range terms[0].sequences {
				if len(sequence) == 1 {
					for _, w := range sequence[0].words {
						l.negators[w.key] = true
					}
				}
			}
		}
	}
	return l, in.Err()
}

func kindOf(label string) kind {
	for k := negation; k < kinds; k++ {
		if kindNames[k] == label {
			return k
		}
	}
	return ofIssue
}

// add registers a pattern of an issue.
func (l *language) add(issue int, polarity int8, allusive bool, source string, terms []term) {
	r := rule{issue: int32(issue), polarity: polarity, allusive: allusive, source: source}
	for _, t := range terms {
		part := l.builder.add(t.sequences)
		if t.banned {
			r.ban = append(r.ban, part)
			continue
		}
		r.need = append(r.need, part)
		for _, sequence := range t.sequences {
			for _, e := range sequence {
				for _, w := range e.words {
					r.negative = r.negative || l.negators[w.key]
				}
			}
		}
	}
	l.rules.list = append(l.rules.list, r)
}

// seal makes the language ready to use.
func (l *language) seal() {
	l.matcher = l.builder.build()
	l.rules.index(l.matcher.parts)
	l.builder, l.negators = nil, nil
}
