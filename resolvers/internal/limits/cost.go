package limits

import (
	"encoding/json"
	"math"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// CheckCost checks what a valid operation would make the server answer: one for
// each field and one for each value inside its arguments, multiplied by the
// lengths of the lists that it is in. The length
// of a list is the argument that its @list directive names, or the size that
// it guesses; of the lists of introspection, it is about what the schema has.
// It returns an [*Exceeded] if the cost is over the limit.
//
// The work is bounded by [Limits.Expanded], which [Limits.Parse] has checked.
func (l Limits) CheckCost(schema *ast.Schema, op *ast.OperationDefinition, variables map[string]any) error {
	if cost := Of(schema, op, variables); cost > l.Cost {
		return &Exceeded{"COST", l.Cost, "the answer would have too many values"}
	}
	return nil
}

// Of returns the cost of a valid operation.
func Of(schema *ast.Schema, op *ast.OperationDefinition, variables map[string]any) int {
	average, largest := introspection(schema)
	return weigher{lists: average, largest: largest, variables: variables}.set(op.SelectionSet)
}

// lengths says how many items the lists of introspection have.
type lengths map[string]int

// introspection returns the lengths of the lists of __Schema and __Type in a
// schema: those of an average type, rounded up, for a look at all types, and
// those of the largest, for a look at types of the client's choice.
func introspection(schema *ast.Schema) (average, largest lengths) {
	sum := lengths{}
	largest = lengths{}
	add := func(list string, n int) {
		sum[list] += n
		largest[list] = max(largest[list], n)
	}
	for _, t := range schema.Types {
		switch t.Kind {
		case ast.InputObject:
			add("inputFields", len(t.Fields))
		case ast.Object, ast.Interface:
			add("fields", len(t.Fields))
			for _, f := range t.Fields {
				add("args", len(f.Arguments))
			}
		}
		add("enumValues", len(t.EnumValues))
		add("interfaces", len(t.Interfaces))
		add("possibleTypes", len(schema.PossibleTypes[t.Name]))
	}
	average = lengths{"types": len(schema.Types), "directives": len(schema.Directives)}
	for list, n := range sum {
		of := len(schema.Types)
		if list == "args" {
			of = sum["fields"]
		}
		average[list] = (n + of - 1) / max(of, 1)
	}
	return average, largest
}

type weigher struct {
	lists, largest lengths
	variables      map[string]any
}

func (w weigher) set(set ast.SelectionSet) int {
	cost := 0
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			cost = plus(cost, w.field(s))
		case *ast.InlineFragment:
			cost = plus(cost, w.set(s.SelectionSet))
		case *ast.FragmentSpread:
			if s.Definition != nil {
				cost = plus(cost, w.set(s.Definition.SelectionSet))
			}
		}
	}
	return cost
}

func (w weigher) field(f *ast.Field) int {
	cost := 1
	for _, a := range f.Arguments {
		cost = plus(cost, w.value(a.Value))
	}
	if f.Name == "__type" {
		w.lists = w.largest
	}
	return plus(cost, times(w.length(f), w.set(f.SelectionSet)))
}

// value counts the values of a value but one.
func (w weigher) value(v *ast.Value) int {
	if v.Kind == ast.Variable {
		return values(w.variables[v.Raw]) - 1
	}
	cost := 0
	for _, child := range v.Children {
		cost = plus(cost, 1+w.value(child.Value))
	}
	return cost
}

func values(v any) int {
	count := 1
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			count = plus(count, values(item))
		}
	case map[string]any:
		for _, item := range v {
			count = plus(count, values(item))
		}
	}
	return count
}

// length is how many items a field has, 1 if it is no list.
func (w weigher) length(f *ast.Field) int {
	if f.Definition == nil || len(f.SelectionSet) == 0 {
		return 1
	}
	if list := f.Definition.Directives.ForName("list"); list != nil {
		if by := list.Arguments.ForName("by"); by != nil {
			return positive(f.ArgumentMap(w.variables)[by.Value.Raw])
		}
		size, _ := list.Arguments.ForName("size").Value.Value(nil)
		return positive(size)
	}
	if f.ObjectDefinition != nil && strings.HasPrefix(f.ObjectDefinition.Name, "__") {
		return max(w.lists[f.Name], 1)
	}
	return 1
}

// positive reads a number of items; the resolver refuses what is none.
func positive(v any) int {
	switch n := v.(type) {
	case int64:
		return int(max(min(n, math.MaxInt32), 1))
	case int:
		return max(min(n, math.MaxInt32), 1)
	case float64:
		return int(max(min(n, math.MaxInt32), 1))
	case json.Number:
		if i, err := n.Int64(); err == nil {
			return positive(i)
		}
	}
	return 1
}

// plus and times saturate.
func plus(a, b int) int { return min(a+b, math.MaxInt32) }

func times(a, b int) int {
	if b != 0 && a > math.MaxInt32/b {
		return math.MaxInt32
	}
	return a * b
}
