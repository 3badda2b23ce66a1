// Package limits refuses GraphQL documents that cost more than they may,
// before anything expensive is done with them: [Limits.Parse] checks the shape
// of a document in time linear in its length, before it is validated;
// [Limits.CheckCost] what a valid operation would make the server answer.
package limits

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

// Limits bounds documents. Every figure must be at least 1.
type Limits struct {
	// Tokens of the document, comments included.
	Tokens int
	// Name is the length of a name in bytes.
	Name int
	// Operations, Fragments and Variables count definitions.
	Operations, Fragments, Variables int
	// Fields, Spreads, Aliases and Directives count uses in the document.
	Fields, Spreads, Aliases, Directives int
	// Repeats of one response name in a selection set: validation compares
	// each with each.
	Repeats int
	// Depth of nested fields, fragments resolved, and of nested values.
	Depth int
	// List bounds the items of one list value, Values those of all values in
	// the variables of a request, String the bytes of a text in either.
	List, Values, String int
	// Expanded counts the fields of an operation, fragments resolved.
	Expanded int
	// Cost is about how many values are read and answered: fields and the
	// values of their arguments, multiplied by the lengths of the lists that
	// they are in.
	Cost int
}

// Default returns limits that the introspection query of GraphiQL and a page
// of 100 statements with all that belongs to them pass.
func Default() Limits {
	return Limits{
		Tokens: 4000, Name: 100,
		Operations: 10, Fragments: 50, Variables: 100,
		Fields: 500, Spreads: 100, Aliases: 50, Directives: 50, Repeats: 20,
		Depth: 20, List: 100, Values: 1000, String: 4096, Expanded: 1000, Cost: 50_000,
	}
}

// Exceeded tells which limit a document exceeds.
type Exceeded struct {
	// Limit is a name such as "DEPTH".
	Limit string
	Max   int
	// What says in words what there is too much of.
	What string
}

// Error says what to do about it.
func (e *Exceeded) Error() string {
	return fmt.Sprintf("%s: at most %d are allowed; ask for less or in several requests", e.What, e.Max)
}

// ErrCycle tells that a fragment includes itself, directly or through others.
var ErrCycle = errors.New("a fragment includes itself")

// Parse parses a document and checks its shape. It returns an [*Exceeded], or
// a [*gqlerror.Error] if the document cannot be parsed, or is an [ErrCycle].
func (l Limits) Parse(query string) (*ast.QueryDocument, error) {
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: query}, l.Tokens)
	if err != nil {
		switch text := err.Error(); {
		case strings.Contains(text, "exceeded token limit"):
			return nil, &Exceeded{"TOKENS", l.Tokens, "the document has too many tokens"}
		case strings.Contains(text, "exceeded maximum nesting depth"):
			return nil, &Exceeded{"DEPTH", l.Depth, "the document is nested too deeply"}
		}
		return nil, err
	}
	return doc, l.check(doc)
}

func (l Limits) check(doc *ast.QueryDocument) error {
	c := &counter{limits: l, fragments: make(map[string]*fragment, len(doc.Fragments))}
	c.count(&c.operations, len(doc.Operations), "OPERATIONS", l.Operations, "the document has too many operations")
	c.count(&c.definitions, len(doc.Fragments), "FRAGMENTS", l.Fragments, "the document has too many fragments")
	if c.err != nil {
		return c.err
	}
	for _, f := range doc.Fragments {
		c.name(f.Name)
		c.name(f.TypeCondition)
		c.directives(f.Directives)
		c.fragments[f.Name] = &fragment{def: f}
	}
	for _, op := range doc.Operations {
		c.name(op.Name)
		c.directives(op.Directives)
		c.count(&c.variables, len(op.VariableDefinitions), "VARIABLES", l.Variables, "the document has too many variables")
		for _, v := range op.VariableDefinitions {
			c.name(v.Variable)
			c.directives(v.Directives)
			c.value(v.DefaultValue, 1)
		}
	}
	// Fragments are looked at first, so that a document of many operations
	// counts them once.
	for _, f := range doc.Fragments {
		c.expand(c.fragments[f.Name])
	}
	for _, op := range doc.Operations {
		c.size(c.selections(op.SelectionSet, map[string]int{}, 1))
	}
	return c.err
}

// size is what a selection set comes to with its fragments resolved.
type size struct{ depth, fields int }

type fragment struct {
	def  *ast.FragmentDefinition
	open bool // being expanded
	done bool
	size size
}

type counter struct {
	limits    Limits
	fragments map[string]*fragment
	err       error

	operations, definitions, variables, fields, spreads, aliases, uses, values int
}

func (c *counter) exceed(limit string, most int, what string) {
	if c.err == nil {
		c.err = &Exceeded{limit, most, what}
	}
}

func (c *counter) count(total *int, n int, limit string, most int, what string) {
	if *total += n; *total > most {
		c.exceed(limit, most, what)
	}
}

func (c *counter) name(s string) {
	if len(s) > c.limits.Name {
		c.exceed("NAME", c.limits.Name, "a name has too many letters")
	}
}

func (c *counter) size(s size) {
	if s.depth > c.limits.Depth {
		c.exceed("DEPTH", c.limits.Depth, "fields are nested in too many others")
	}
	if s.fields > c.limits.Expanded {
		c.exceed("EXPANDED", c.limits.Expanded, "an operation has too many fields once its fragments are resolved")
	}
}

// expand finds the size of a fragment, once.
func (c *counter) expand(f *fragment) size {
	switch {
	case c.err != nil || f.done:
		return f.size
	case f.open:
		cycle := gqlerror.ErrorPosf(f.def.Position, "%v: %s", ErrCycle, f.def.Name)
		cycle.Err = ErrCycle
		c.err = cycle
		return size{}
	}
	f.open = true
	f.size = c.selections(f.def.SelectionSet, map[string]int{}, 1)
	f.open, f.done = false, true
	c.size(f.size)
	return f.size
}

// selections finds the size of a selection set; names counts the response
// names of the set around inline fragments, level how deep it is nested.
func (c *counter) selections(set ast.SelectionSet, names map[string]int, level int) size {
	var total size
	add := func(s size) {
		total.depth = max(total.depth, s.depth)
		// Capped, so that doubling fragments cannot overflow.
		total.fields = min(total.fields+s.fields, c.limits.Expanded+1)
	}
	if level > 4*c.limits.Depth { // inline fragments count less
		c.exceed("DEPTH", c.limits.Depth, "fields are nested in too many others")
	}
	for _, selection := range set {
		if c.err != nil {
			return total
		}
		switch s := selection.(type) {
		case *ast.Field:
			c.field(s, names)
			inner := c.selections(s.SelectionSet, map[string]int{}, level+1)
			add(size{inner.depth + 1, inner.fields + 1})
		case *ast.InlineFragment:
			c.count(&c.spreads, 1, "SPREADS", c.limits.Spreads, "the document uses too many fragments")
			c.name(s.TypeCondition)
			c.directives(s.Directives)
			add(c.selections(s.SelectionSet, names, level+1))
		case *ast.FragmentSpread:
			c.count(&c.spreads, 1, "SPREADS", c.limits.Spreads, "the document uses too many fragments")
			c.name(s.Name)
			c.directives(s.Directives)
			if f := c.fragments[s.Name]; f != nil {
				add(c.expand(f))
			}
		}
	}
	return total
}

func (c *counter) field(f *ast.Field, names map[string]int) {
	c.count(&c.fields, 1, "FIELDS", c.limits.Fields, "the document has too many fields")
	c.name(f.Name)
	c.name(f.Alias)
	if f.Alias != f.Name {
		c.count(&c.aliases, 1, "ALIASES", c.limits.Aliases, "the document has too many aliases")
	}
	if names[f.Alias]++; names[f.Alias] > c.limits.Repeats {
		c.exceed("REPEATS", c.limits.Repeats, "a field is repeated too often")
	}
	c.directives(f.Directives)
	c.arguments(f.Arguments)
}

func (c *counter) directives(list ast.DirectiveList) {
	c.count(&c.uses, len(list), "DIRECTIVES", c.limits.Directives, "the document has too many directives")
	for _, d := range list {
		c.name(d.Name)
		c.arguments(d.Arguments)
	}
}

func (c *counter) arguments(list ast.ArgumentList) {
	for _, a := range list {
		c.name(a.Name)
		c.value(a.Value, 1)
	}
}

func (c *counter) value(v *ast.Value, level int) {
	if v == nil || c.err != nil {
		return
	}
	switch v.Kind {
	case ast.StringValue, ast.BlockValue:
		c.text(len(v.Raw))
	default:
		c.name(v.Raw)
	}
	c.nest(level, len(v.Children))
	for _, child := range v.Children {
		c.name(child.Name)
		c.value(child.Value, level+1)
	}
}

func (c *counter) text(bytes int) {
	if bytes > c.limits.String {
		c.exceed("STRING", c.limits.String, "a text has too many bytes")
	}
}

func (c *counter) nest(level, items int) {
	if level > c.limits.Depth {
		c.exceed("DEPTH", c.limits.Depth, "values are nested in too many others")
	}
	if items > c.limits.List {
		c.exceed("LIST", c.limits.List, "a list has too many values")
	}
}

// ReadVariables decodes the variables of a request, a JSON object or nothing,
// numbers as [json.Number]. It returns an [*Exceeded] before it decodes more
// than it may, or an error of package json.
func (l Limits) ReadVariables(text []byte) (map[string]any, error) {
	if len(text) == 0 {
		return nil, nil
	}
	tooMany := &Exceeded{"VALUES", l.Values, "the variables have too many values"}
	// To count tokens is much cheaper than to build what they stand for; a
	// value comes with three others at most: its name and two brackets.
	tokens := json.NewDecoder(bytes.NewReader(text))
	tokens.UseNumber() // which is not read: it may be one that no float64 can be
	for n := 0; ; n++ {
		if n > 4*l.Values {
			return nil, tooMany
		}
		if _, err := tokens.Token(); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var variables map[string]any
	if err := d.Decode(&variables); err != nil {
		return nil, err
	}
	c := &counter{limits: l}
	c.json(variables, 1)
	return variables, c.err
}

func (c *counter) json(v any, level int) {
	if c.err != nil {
		return
	}
	c.count(&c.values, 1, "VALUES", c.limits.Values, "the variables have too many values")
	switch v := v.(type) {
	case string:
		c.text(len(v))
	case json.Number:
		c.name(string(v))
	case []any:
		c.nest(level, len(v))
		for _, item := range v {
			c.json(item, level+1)
		}
	case map[string]any:
		c.nest(level, len(v))
		for name, item := range v {
			c.name(name)
			c.json(item, level+1)
		}
	}
}
