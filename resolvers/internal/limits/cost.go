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
	w := weigher{introspection: introspection(schema), variables: variables}
	return w.set(op.SelectionSet)
}

// introspection is how many items the lists of __Schema and __Type have in a
// schema, those that each type or field has on average, rounded up.
func introspection(schema *ast.Schema) map[string]int {
	var types, fields, inputs, values, arguments, interfaces int
	for _, t := range schema.Types {
		types++
		switch t.Kind {
		case ast.InputObject:
			inputs += len(t.Fields)
		case ast.Object, ast.Interface:
			fields += len(t.Fields)
			for _, f := range t.Fields {
				arguments += len(f.Arguments)
			}
		}
		values += len(t.EnumValues)
		interfaces += len(t.Interfaces)
	}
	each := func(count, of int) int { return (count + of - 1) / max(of, 1) }
	return map[string]int{
		"types": types, "directives": len(schema.Directives), "fields": each(fields, types), "args": each(arguments, fields),
		"inputFields": each(inputs, types), "enumValues": each(values, types),
		"interfaces": each(interfaces, types), "possibleTypes": each(interfaces, types),
	}
}

type weigher struct {
	introspection map[string]int
	variables     map[string]any
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
		return max(w.introspection[f.Name], 1)
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
