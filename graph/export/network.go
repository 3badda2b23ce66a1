package export

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"io"
	"iter"
	"slices"
	"strconv"
	"time"

	"mawqif/graph"
	"mawqif/graph/analysis"
)

// Network is a discourse network to write: one, or one a window.
type Network struct {
	// Settings are said in the manifest.
	Settings map[string]any
	// Rows and Columns are what they are, such as "person"; TwoMode tells that
	// edges connect rows with columns, else rows with rows.
	Rows, Columns string
	TwoMode       bool
	Windows       bool
	All           iter.Seq[analysis.Network]
	// Events are the statements of the network, whose days are the spells of
	// the edges of a two-mode network.
	Events analysis.Events

	nodes, edges int
}

// tie is an edge of a network.
type tie struct {
	row, column analysis.Label
	weight      float64
}

// ties are the edges of a network: what is not zero, of a one-mode network each
// pair once.
func (n *Network) ties(of *analysis.Network) iter.Seq[tie] {
	return func(yield func(tie) bool) {
		for i, r := range of.Rows {
			for j, c := range of.Columns {
				if v := of.Values[i][j]; v != 0 && (n.TwoMode || j >= i) {
					n.edges++
					if !yield(tie{r, c, v}) {
						return
					}
				}
			}
		}
	}
}

func dayOf(t time.Time) graph.Day {
	if t.IsZero() {
		return ""
	}
	return graph.NewDay(t.Year(), t.Month(), t.Day())
}

func networkTable(n *Network, w io.Writer) error {
	out := csv.NewWriter(w)
	head := []string{"source", "target", "weight", "source_id", "target_id"}
	if n.Windows {
		head = append(head, "start", "mid", "stop")
	}
	if err := out.Write(head); err != nil {
		return err
	}
	for of := range n.All {
		for t := range n.ties(&of) {
			row := []string{t.row.Name, t.column.Name, number(t.weight), string(t.row.ID), string(t.column.ID)}
			if n.Windows {
				row = append(row, string(dayOf(of.Start)), string(dayOf(of.Mid)), string(dayOf(of.Stop)))
			}
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// tieLine is an edge as a line of JSON.
type tieLine struct {
	Source   string    `json:"source"`
	Target   string    `json:"target"`
	Weight   float64   `json:"weight"`
	SourceID graph.ID  `json:"sourceId"`
	TargetID graph.ID  `json:"targetId"`
	Start    graph.Day `json:"start,omitempty"`
	Mid      graph.Day `json:"mid,omitempty"`
	Stop     graph.Day `json:"stop,omitempty"`
}

func networkLines(n *Network, w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for of := range n.All {
		for t := range n.ties(&of) {
			err := enc.Encode(tieLine{
				t.row.Name, t.column.Name, t.weight, t.row.ID, t.column.ID, dayOf(of.Start), dayOf(of.Mid), dayOf(of.Stop),
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// The attributes of nodes and edges of networks. Type is what igraph tells the
// modes of a two-mode network apart by, bipartite what networkx does.
var (
	actorAttributes = []attribute{{"label", textValue}, {"variable", textValue}, {"type", boolValue}, {"bipartite", intValue}}
	tieAttributes   = []attribute{{"weight", doubleValue}}
)

// vertices writes the nodes of networks, each once, rows before columns.
func (n *Network) vertices(to sink, networks []analysis.Network) error {
	seen := once{}
	write := func(labels []analysis.Label, variable string, column bool) error {
		for _, l := range labels {
			if !seen.first(l.ID) {
				continue
			}
			n.nodes++
			v := vertex{id: string(l.ID), label: l.Name, properties: []property{{"variable", variable}}}
			if n.TwoMode {
				mode := "0"
				if column {
					mode = "1"
				}
				v.properties = append(v.properties, property{"type", strconv.FormatBool(column)}, property{"bipartite", mode})
			}
			if err := to.vertex(&v); err != nil {
				return err
			}
		}
		return nil
	}
	for i := range networks {
		if err := write(networks[i].Rows, n.Rows, false); err != nil {
			return err
		}
	}
	if !n.TwoMode {
		return nil
	}
	for i := range networks {
		if err := write(networks[i].Columns, n.Columns, true); err != nil {
			return err
		}
	}
	return nil
}

// single writes one network.
func (n *Network) single(to sink) error {
	networks := slices.Collect(n.All)
	if err := n.vertices(to, networks); err != nil {
		return err
	}
	for i := range networks {
		for t := range n.ties(&networks[i]) {
			if err := to.edge(&edge{from: string(t.row.ID), to: string(t.column.ID), weight: t.weight}); err != nil {
				return err
			}
		}
	}
	return nil
}

func graphMLNetwork(n *Network, w io.Writer) error {
	g := beginGraphML(w, false, actorAttributes, tieAttributes)
	if err := n.single(g); err != nil {
		return err
	}
	return g.end()
}

func cytoscapeNetwork(n *Network, w io.Writer) error {
	c, err := beginCytoscape(w, false, actorAttributes, tieAttributes)
	if err != nil {
		return err
	}
	if err := n.single(c); err != nil {
		c.kept.discard()
		return err
	}
	return c.end()
}

// gexfNetwork writes networks as one that changes: an edge has a spell for
// each window that it is in, with its strength then. Without windows, an edge
// of a two-mode network has the days of its statements, one of a one-mode
// network the range of all.
func gexfNetwork(n *Network, w io.Writer) error {
	var changing []string
	if n.Windows {
		changing = []string{"strength"}
	}
	g, err := beginGEXF(w, false, actorAttributes, nil, changing...)
	if err != nil {
		return err
	}
	if err := n.spelled(g); err != nil {
		g.kept.discard()
		return err
	}
	return g.end()
}

func (n *Network) spelled(g *gexf) error {
	networks := slices.Collect(n.All)
	if err := n.vertices(g, networks); err != nil {
		return err
	}
	days := n.days()
	at := map[[2]graph.ID]*edge{}
	var edges []*edge
	for i := range networks {
		of := &networks[i]
		for t := range n.ties(of) {
			key := [2]graph.ID{t.row.ID, t.column.ID}
			e := at[key]
			if e == nil {
				e = &edge{from: string(t.row.ID), to: string(t.column.ID)}
				at[key] = e
				edges = append(edges, e)
			}
			e.weight = t.weight
			switch {
			case n.Windows:
				e.spells = append(e.spells, spell{dayOf(of.Start), dayOf(of.Stop)})
				e.weights = append(e.weights, t.weight)
			case n.TwoMode:
				for _, d := range days[key] {
					e.spells = append(e.spells, spell{d, d})
				}
			case !of.Start.IsZero():
				e.spells = []spell{{dayOf(of.Start), dayOf(of.Stop)}}
			}
		}
	}
	n.edges = len(edges)
	for _, e := range edges {
		if err := g.edge(e); err != nil {
			return err
		}
	}
	return nil
}

// days are those on which a row said something on a column, in their order.
func (n *Network) days() map[[2]graph.ID][]graph.Day {
	of := map[[2]graph.ID][]graph.Day{}
	if !n.TwoMode || n.Windows {
		return of
	}
	list := slices.Clone(n.Events.List)
	slices.SortFunc(list, func(a, b analysis.Event) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Column, b.Column), a.Time.Compare(b.Time))
	})
	for _, ev := range list {
		key := [2]graph.ID{n.Events.Rows[ev.Row].ID, n.Events.Columns[ev.Column].ID}
		day, known := dayOf(ev.Time), of[key]
		if day != "" && (len(known) == 0 || known[len(known)-1] != day) {
			of[key] = append(known, day)
		}
	}
	return of
}
