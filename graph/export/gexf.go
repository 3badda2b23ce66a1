package export

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strconv"
)

// gexf writes GEXF 1.2, as Gephi reads it: nodes, and then edges, which are
// kept in a file until then. What has a day has a spell.
type gexf struct {
	xmlWriter
	later xmlWriter // the edges
	kept  *spool
	known map[string]int // the attributes of nodes and edges by "n " or "e " and their name
	edges int
}

func beginGEXF(w io.Writer, directed bool, vertices, edges []attribute, changing ...string) (*gexf, error) {
	kept, err := newSpool()
	if err != nil {
		return nil, err
	}
	g := &gexf{
		xmlWriter: xmlWriter{bufio.NewWriterSize(w, 1<<16)}, later: xmlWriter{bufio.NewWriterSize(kept, 1<<16)},
		kept: kept, known: map[string]int{},
	}
	kind := "undirected"
	if directed {
		kind = "directed"
	}
	g.raw(`<?xml version="1.0" encoding="UTF-8"?>`, "\n", `<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">`, "\n",
		"<meta><creator>mawqif</creator></meta>\n", `<graph mode="dynamic" timeformat="date" defaultedgetype="`, kind, `">`, "\n")
	for _, class := range []struct {
		of   string
		list []attribute
	}{{"node", vertices}, {"edge", edges}} {
		g.raw(`<attributes class="`, class.of, `" mode="static">`, "\n")
		for i, a := range class.list {
			kind := a.kind
			if kind == intValue {
				kind = "integer"
			}
			g.known[class.of[:1]+" "+a.name] = i
			g.raw(`<attribute id="`, strconv.Itoa(i), `" title="`, a.name, `" type="`, string(kind), `"/>`, "\n")
		}
		g.raw("</attributes>\n")
	}
	if len(changing) > 0 {
		g.raw(`<attributes class="edge" mode="dynamic">`, "\n")
		for i, name := range changing {
			n := len(edges) + i
			g.known["e "+name] = n
			g.raw(`<attribute id="`, strconv.Itoa(n), `" title="`, name, `" type="double"/>`, "\n")
		}
		g.raw("</attributes>\n")
	}
	g.raw("<nodes>\n")
	return g, nil
}

func (g *gexf) values(w xmlWriter, class string, list []property) {
	w.raw("<attvalues>")
	for _, p := range list {
		if p.value != "" {
			w.raw(`<attvalue for="`, strconv.Itoa(g.known[class+" "+p.name]), `"`)
			w.attribute("value", p.value)
			w.raw("/>")
		}
	}
	w.raw("</attvalues>")
}

func (w xmlWriter) spell(element string, s spell) {
	w.raw("<", element)
	if s.from != "" {
		w.attribute("start", string(s.from))
	}
	if s.to != "" {
		w.attribute("end", string(s.to))
	}
	w.raw("/>")
}

func (g *gexf) vertex(v *vertex) error {
	g.raw("<node")
	g.attribute("id", v.id)
	g.attribute("label", v.label)
	g.raw(">")
	g.values(g.xmlWriter, "n", v.properties)
	if v.spell != (spell{}) {
		g.raw("<spells>")
		g.spell("spell", v.spell)
		g.raw("</spells>")
	}
	g.raw("</node>\n")
	return g.err()
}

func (g *gexf) edge(e *edge) error {
	w := g.later
	w.raw(`<edge id="`, strconv.Itoa(g.edges), `"`)
	g.edges++
	w.attribute("source", e.from)
	w.attribute("target", e.to)
	if e.relation != "" {
		w.attribute("label", e.relation)
	}
	w.raw(` weight="`, number(e.weight), `">`)
	list := e.properties
	if e.relation != "" {
		list = append([]property{{"relation", e.relation}}, list...)
	}
	if e.weights == nil {
		g.values(w, "e", list)
	} else {
		w.raw("<attvalues>")
		for i, weight := range e.weights {
			w.raw(`<attvalue for="`, strconv.Itoa(g.known["e strength"]), `" value="`, number(weight), `"`)
			w.attribute("start", string(e.spells[i].from))
			w.attribute("end", string(e.spells[i].to))
			w.raw("/>")
		}
		w.raw("</attvalues>")
	}
	if len(e.spells) > 0 {
		w.raw("<spells>")
		for _, s := range e.spells {
			w.spell("spell", s)
		}
		w.raw("</spells>")
	}
	w.raw("</edge>\n")
	return w.err()
}

func (g *gexf) end() error {
	defer g.kept.discard()
	if err := g.later.Flush(); err != nil {
		return err
	}
	g.raw("</nodes>\n<edges>\n")
	if err := errors.Join(g.err(), g.kept.writeOut(g)); err != nil {
		return err
	}
	g.raw("</edges>\n</graph>\n</gexf>\n")
	return g.Flush()
}

func writeGEXF(ctx context.Context, s *Selection, w io.Writer) error {
	g, err := beginGEXF(w, true, vertexAttributes, edgeAttributes)
	if err != nil {
		return err
	}
	if err := s.elements(ctx, g); err != nil {
		g.kept.discard()
		return err
	}
	return g.end()
}
