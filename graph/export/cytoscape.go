package export

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"strconv"
)

// cytoscape writes the JSON of Cytoscape and Cytoscape.js (.cyjs): nodes, and
// then edges, which are kept in a file until then.
type cytoscape struct {
	out, later   *bufio.Writer
	kept         *spool
	types        map[string]valueType // of attributes, by their name
	nodes, edges int
}

func beginCytoscape(w io.Writer, directed bool, vertices, edges []attribute) (*cytoscape, error) {
	kept, err := newSpool()
	if err != nil {
		return nil, err
	}
	c := &cytoscape{out: bufio.NewWriterSize(w, 1<<16), later: bufio.NewWriterSize(kept, 1<<16), kept: kept, types: map[string]valueType{}}
	for _, list := range [][]attribute{vertices, edges} {
		for _, a := range list {
			c.types[a.name] = a.kind
		}
	}
	_, err = c.out.WriteString(`{"format_version":"1.0","generated_by":"mawqif","directed":` + strconv.FormatBool(directed) +
		`,"multigraph":true,"data":{"name":"mawqif"},"elements":{"nodes":[`)
	return c, err
}

// element writes the data of a node or an edge.
func (c *cytoscape) element(w *bufio.Writer, first bool, fixed [][2]string, list []property, more ...string) error {
	if !first {
		_ = w.WriteByte(',')
	}
	_, _ = w.WriteString("\n{\"data\":{")
	for i, f := range fixed {
		if i > 0 {
			_ = w.WriteByte(',')
		}
		c.member(w, f[0], f[1])
	}
	for _, m := range more {
		_, _ = w.WriteString(m)
	}
	for _, p := range list {
		if p.value == "" {
			continue
		}
		_ = w.WriteByte(',')
		if c.types[p.name] == textValue {
			c.member(w, p.name, p.value)
		} else {
			_, _ = w.WriteString(`"` + p.name + `":` + p.value)
		}
	}
	_, err := w.WriteString("}}")
	return err
}

func (c *cytoscape) member(w *bufio.Writer, name, value string) {
	text, err := json.Marshal(value)
	if err == nil {
		_, _ = w.WriteString(`"` + name + `":`)
		_, _ = w.Write(text)
	}
}

func (c *cytoscape) vertex(v *vertex) error {
	c.nodes++
	return c.element(c.out, c.nodes == 1, [][2]string{{"id", v.id}, {"name", v.label}, {"value", v.id}}, v.properties)
}

func (c *cytoscape) edge(e *edge) error {
	id := "e" + strconv.Itoa(c.edges)
	c.edges++
	fixed := [][2]string{{"id", id}, {"key", id}, {"source", e.from}, {"target", e.to}}
	if e.relation != "" {
		fixed = append(fixed, [2]string{"interaction", e.relation}, [2]string{"relation", e.relation})
	}
	return c.element(c.later, c.edges == 1, fixed, e.properties, `,"weight":`, number(e.weight))
}

func (c *cytoscape) end() error {
	defer c.kept.discard()
	if err := c.later.Flush(); err != nil {
		return err
	}
	_, err := c.out.WriteString("],\n\"edges\":[")
	if err := errors.Join(err, c.kept.writeOut(c.out)); err != nil {
		return err
	}
	_, err = c.out.WriteString("]}}\n")
	return errors.Join(err, c.out.Flush())
}

func writeCytoscape(ctx context.Context, s *Selection, w io.Writer) error {
	c, err := beginCytoscape(w, true, vertexAttributes, edgeAttributes)
	if err != nil {
		return err
	}
	if err := s.elements(ctx, c); err != nil {
		c.kept.discard()
		return err
	}
	return c.end()
}
