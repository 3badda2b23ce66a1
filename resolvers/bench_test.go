package resolvers_test

import (
	"os"
	"testing"

	"mawqif/resolvers"
)

// BenchmarkQueries measures a request from its body to the end of its answer.
func BenchmarkQueries(b *testing.B) {
	introspection, err := os.ReadFile("testdata/introspection.graphql")
	if err != nil {
		b.Fatal(err)
	}
	c := newClient(b, newStore(b, crowd()...), resolvers.Options{})
	for _, q := range []struct{ name, query string }{
		{"typename", `{__typename}`},
		{"statements/alone", `{statements(first:50){edges{node{id content act}}}}`},
		{"statements/with everything", `{statements(first:50){edges{node{
			content act saidAt{date} speaker{name partOf{name}} onBehalfOf{name} targets{stance actor{name}}
			positions{agreement position{proposition issue{name} object{name} place{name}}}
			places{name} article{title outlet{name}} relayedVia{name} run{extractor} evidence{role exact before after verified}
		}}}}`},
		{"stances", `{stances{speaker{name} position{proposition} negative neutral positive mean}}`},
		{"introspection", string(introspection)},
	} {
		b.Run(q.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if a := c.ask(q.query, nil); len(a.Errors) > 0 {
					b.Fatal(a.Raw)
				}
			}
		})
	}
}
