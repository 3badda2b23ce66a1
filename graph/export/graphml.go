package export

import (
	"bufio"
	"context"
	"io"
	"strconv"
)

// graphML writes GraphML (http://graphml.graphdrawing.org). An edge stands
// after its nodes.
type graphML struct {
	xmlWriter
	edges int
}

func beginGraphML(w io.Writer, directed bool, vertices, edges []attribute) *graphML {
	g := &graphML{xmlWriter: xmlWriter{bufio.NewWriterSize(w, 1<<16)}}
	g.raw(`<?xml version="1.0" encoding="UTF-8"?>`, "\n",
		`<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">`, "\n")
	for _, class := range []struct {
		of   string
		list []attribute
	}{{"node", vertices}, {"edge", edges}} {
		for _, a := range class.list {
			g.raw(`<key id="`, class.of[:1], "_", a.name, `" for="`, class.of, `" attr.name="`, a.name, `" attr.type="`, string(a.kind), `"/>`, "\n")
		}
	}
	kind := "undirected"
	if directed {
		kind = "directed"
	}
	g.raw(`<graph id="G" edgedefault="`, kind, `">`, "\n")
	return g
}

func (g *graphML) data(class, name, value string) {
	g.raw(`<data key="`, class, "_", name, `">`)
	g.text(value)
	g.raw("</data>")
}

func (g *graphML) vertex(v *vertex) error {
	g.raw("<node")
	g.attribute("id", v.id)
	g.raw(">")
	g.data("n", "label", v.label)
	for _, p := range v.properties {
		g.data("n", p.name, p.value)
	}
	g.raw("</node>\n")
	return g.err()
}

func (g *graphML) edge(e *edge) error {
	g.raw(`<edge id="e`, strconv.Itoa(g.edges), `"`)
	g.edges++
	g.attribute("source", e.from)
	g.attribute("target", e.to)
	g.raw(">")
	if e.relation != "" {
		g.data("e", "relation", e.relation)
	}
	g.data("e", "weight", number(e.weight))
	for _, p := range e.properties {
		if p.value != "" {
			g.data("e", p.name, p.value)
		}
	}
	g.raw("</edge>\n")
	return g.err()
}

// err returns the first error of writing.
func (w xmlWriter) err() error {
	_, err := w.Write(nil)
	return err
}

func (g *graphML) end() error {
	g.raw("</graph>\n</graphml>\n")
	return g.Flush()
}

func writeGraphML(ctx context.Context, s *Selection, w io.Writer) error {
	g := beginGraphML(w, true, vertexAttributes, edgeAttributes)
	if err := s.elements(ctx, g); err != nil {
		return err
	}
	return g.end()
}
