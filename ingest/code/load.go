package code

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"mawqif/graph"
)

// Languages are those that a codebook can have patterns in.
var Languages = []string{"ar", "en"}

// sizeMax bounds a codebook file, in bytes.
const sizeMax = 4 << 20

// Fault is something wrong in a codebook file.
type Fault struct {
	File string
	Line int // 1 is the first; 0 if the fault is of the whole file
	What string
}

func (f Fault) Error() string {
	if f.Line == 0 {
		return f.File + ": " + f.What
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.What)
}

// Faults are all the faults of a codebook file, in its order.
type Faults []Fault

func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i := range f {
		lines[i] = f[i].Error()
	}
	return strings.Join(lines, "\n")
}

// Nature tells what sort of proposition an issue has, and with it what
// speaking of it without a word for or against means.
type Nature uint8

// The natures of an issue.
const (
	// Aim is something to be done or kept: whoever brings it up as his own
	// words mostly wants it.
	Aim Nature = iota
	// Deed is something that some do and others condemn, a siege or an attack:
	// who blames somebody for it rejects it.
	Deed
	// Charge blames its object by itself: who speaks of it makes the charge.
	Charge
)

var natures = map[string]Nature{"aim": Aim, "deed": Deed, "charge": Charge}

// Example is a sentence that a codebook gives to prove its patterns.
type Example struct {
	Issue, Lang string
	// Polarity is what the words say of the proposition: 1 for it, −1 against
	// it, 0 only about it. Absent tells that the issue must not be found.
	Polarity int8
	Absent   bool
	Text     string
	Line     int
}

// Load reads a codebook. File names it in messages. If anything is wrong with
// it the error is [Faults], which names every fault with its line.
func Load(r io.Reader, file string) (*Codebook, error) {
	data, err := io.ReadAll(io.LimitReader(r, sizeMax+1))
	if err != nil {
		return nil, fmt.Errorf("read the codebook %s: %w", file, err)
	}
	l := &loader{file: file}
	if len(data) > sizeMax {
		l.fault(0, "the file is larger than %d bytes", sizeMax)
		return nil, l.faults
	}
	book := l.codebook(data)
	if len(l.faults) > 0 {
		slices.SortStableFunc(l.faults, func(a, b Fault) int { return a.Line - b.Line })
		return nil, l.faults
	}
	sum := sha256.Sum256(data)
	book.version = book.name + "/" + hex.EncodeToString(sum[:6])
	return book, nil
}

type loader struct {
	file   string
	faults Faults
}

func (l *loader) fault(line int, format string, args ...any) {
	l.faults = append(l.faults, Fault{l.file, line, fmt.Sprintf(format, args...)})
}

func (l *loader) codebook(data []byte) *Codebook {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		l.syntax(err)
		return nil
	}
	if doc.Kind == 0 || len(doc.Content) == 0 {
		l.fault(0, "the file is empty: it needs name and issues")
		return nil
	}
	book := &Codebook{languages: map[string]*language{}, index: map[string]int{}}
	var issues *yaml.Node
	l.fields(doc.Content[0], "a codebook", map[string]func(*yaml.Node){
		"name":   func(n *yaml.Node) { book.name = l.text(n, "name") },
		"issues": func(n *yaml.Node) { issues = n },
	})
	if len(l.faults) > 0 {
		return nil
	}
	if book.name == "" {
		l.fault(doc.Content[0].Line, "name is missing: the codebook needs one")
	}
	if issues == nil {
		l.fault(doc.Content[0].Line, "issues is missing")
		return nil
	}
	for _, lang := range Languages {
		language, err := newLanguage(lang)
		if err != nil {
			l.fault(0, "%v", err)
			return nil
		}
		book.languages[lang] = language
	}
	l.each(issues, "issues", func(key string, k, v *yaml.Node) { l.issue(book, key, k, v) })
	for _, i := range book.issues {
		if _, ok := book.index[i.parent]; !ok && i.parent != "" {
			l.fault(i.line, "issue %s: its parent %s is no issue of this codebook", i.key, i.parent)
		}
	}
	if len(l.faults) > 0 {
		return nil
	}
	for _, i := range book.issues {
		if i.parent != "" {
			i.node.Parent = book.issues[book.index[i.parent]].node.ID
		}
	}
	for _, lang := range Languages {
		book.languages[lang].seal()
	}
	if err := book.weigh(); err != nil {
		l.fault(0, "%v", err)
		return nil
	}
	return book
}

// syntax reports what the YAML reader says; its messages carry the line.
func (l *loader) syntax(err error) {
	what, line := strings.TrimPrefix(err.Error(), "yaml: "), 0
	if _, e := fmt.Sscanf(what, "line %d:", &line); e == nil {
		_, what, _ = strings.Cut(what, ": ")
	}
	l.fault(line, "not valid YAML: %s", what)
}

// each walks over the keys of a mapping, and reports those that come twice.
func (l *loader) each(n *yaml.Node, what string, f func(key string, k, v *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		l.fault(n.Line, "%s must be a list of keys with values", what)
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, v := n.Content[i], n.Content[i+1]
		if k.Kind != yaml.ScalarNode {
			l.fault(k.Line, "%s: a key must be a word", what)
			continue
		}
		if line := seen[k.Value]; line > 0 {
			l.fault(k.Line, "%s: %s is already given in line %d", what, k.Value, line)
			continue
		}
		seen[k.Value] = k.Line
		f(k.Value, k, v)
	}
}

func (l *loader) fields(n *yaml.Node, what string, known map[string]func(*yaml.Node)) {
	names := make([]string, 0, len(known))
	for name := range known {
		names = append(names, name)
	}
	slices.Sort(names)
	l.each(n, what, func(key string, k, v *yaml.Node) {
		if read := known[key]; read != nil {
			read(v)
			return
		}
		l.fault(k.Line, "%s has no field %q; known are %s", what, key, strings.Join(names, ", "))
	})
}

func (l *loader) text(n *yaml.Node, what string) string {
	if n.Kind != yaml.ScalarNode || strings.TrimSpace(n.Value) == "" {
		l.fault(n.Line, "%s must be a text", what)
		return ""
	}
	return strings.TrimSpace(n.Value)
}

func (l *loader) list(n *yaml.Node, what string, f func(*yaml.Node)) {
	if n.Kind != yaml.SequenceNode {
		l.fault(n.Line, "%s must be a list, a line each that begins with -", what)
		return
	}
	for _, c := range n.Content {
		f(c)
	}
}

func (l *loader) issue(book *Codebook, key string, k, v *yaml.Node) {
	if strings.Trim(key, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || key == "" {
		l.fault(k.Line, "issue %q: a key has small Latin letters, digits and hyphens only", key)
		return
	}
	i := &issue{key: key, line: k.Line, object: true, node: graph.NewIssue(book.name, key)}
	at := len(book.issues)
	known := map[string]func(*yaml.Node){
		"parent": func(n *yaml.Node) { i.parent = l.text(n, "parent") },
		"object": func(n *yaml.Node) {
			switch l.text(n, "object") {
			case "actor":
			case "forces":
				i.forces = true
			case "none":
				i.object = false
			default:
				l.fault(n.Line, "issue %s: object is actor, forces or none", key)
			}
		},
		"demand": func(n *yaml.Node) {
			switch l.text(n, "demand") {
			case "yes":
				i.demand = true
			case "no":
			default:
				l.fault(n.Line, "issue %s: demand is yes or no", key)
			}
		},
		"nature": func(n *yaml.Node) {
			nature, ok := natures[l.text(n, "nature")]
			if !ok {
				l.fault(n.Line, "issue %s: nature is aim, deed or charge", key)
			}
			i.nature = nature
		},
	}
	for _, lang := range Languages {
		known[lang] = func(n *yaml.Node) { l.language(book, at, i, lang, n) }
	}
	l.fields(v, "issue "+key, known)
	if len(i.node.Labels) == 0 {
		l.fault(k.Line, "issue %s: it needs a label in a language (%s)", key, strings.Join(Languages, ", "))
	}
	slices.SortFunc(i.node.Labels, byLanguage)
	slices.SortFunc(i.node.Propositions, byLanguage)
	book.index[key] = at
	book.issues = append(book.issues, i)
}

func (l *loader) language(book *Codebook, at int, i *issue, lang string, n *yaml.Node) {
	what := "issue " + i.key + ", " + lang
	label, proposition := "", ""
	patterns := func(polarity int8, allusive bool) func(*yaml.Node) {
		return func(n *yaml.Node) {
			l.list(n, what+": a set of patterns", func(c *yaml.Node) {
				s := l.text(c, what+": a pattern")
				if s == "" {
					return
				}
				terms, err := parsePattern(s, lang)
				if err != nil {
					l.fault(c.Line, "%s: %s in %q", what, err, s)
					return
				}
				book.languages[lang].add(at, polarity, allusive, s, terms)
			})
		}
	}
	l.fields(n, what, map[string]func(*yaml.Node){
		"label":       func(n *yaml.Node) { label = l.text(n, what+": label") },
		"proposition": func(n *yaml.Node) { proposition = l.text(n, what+": proposition") },
		"for":         patterns(1, false),
		"against":     patterns(-1, false),
		"about":       patterns(0, false),
		"words":       patterns(0, true),
		"examples": func(n *yaml.Node) {
			l.list(n, what+": examples", func(c *yaml.Node) {
				l.fields(c, what+": an example", map[string]func(*yaml.Node){
					"for":     func(v *yaml.Node) { book.example(i.key, lang, 1, false, v) },
					"against": func(v *yaml.Node) { book.example(i.key, lang, -1, false, v) },
					"about":   func(v *yaml.Node) { book.example(i.key, lang, 0, false, v) },
					"not":     func(v *yaml.Node) { book.example(i.key, lang, 0, true, v) },
				})
			})
		},
	})
	if label == "" || proposition == "" {
		l.fault(n.Line, "%s: it needs a label and a proposition", what)
		return
	}
	for rest := proposition; ; {
		_, after, ok := strings.Cut(rest, "{")
		if !ok {
			break
		}
		name, after, _ := strings.Cut(after, "}")
		if name != "object" && name != "place" {
			l.fault(n.Line, "%s: the proposition has a slot {%s}; known are {object} and {place}", what, name)
		}
		rest = after
	}
	if strings.Contains(proposition, "{object}") && !i.object {
		l.fault(n.Line, "%s: the proposition has {object}, but the issue's object is none", what)
	}
	i.place = i.place || strings.Contains(proposition, "{place}")
	i.node.Labels = append(i.node.Labels, graph.Name{Lang: lang, Value: label})
	i.node.Propositions = append(i.node.Propositions, graph.Name{Lang: lang, Value: proposition})
}

func byLanguage(a, b graph.Name) int { return strings.Compare(a.Lang, b.Lang) }

func (c *Codebook) example(issue, lang string, polarity int8, absent bool, n *yaml.Node) {
	c.examples = append(c.examples, Example{issue, lang, polarity, absent, n.Value, n.Line})
}

// Examples returns the examples that the codebook gives, in its order.
func (c *Codebook) Examples() []Example { return c.examples }

// IsFaults tells whether an error reports faults of a codebook, and which.
func IsFaults(err error) (Faults, bool) {
	var f Faults
	return f, errors.As(err, &f)
}
