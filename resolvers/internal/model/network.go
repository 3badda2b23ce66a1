package model

import (
	"context"
	"math"
	"sync"
	"time"

	"mawqif/graph"
	"mawqif/graph/analysis"
)

// Stance is a group of stances, with what finds its statements.
type Stance struct {
	graph.Stance
	Behind func(ctx context.Context) ([]graph.ID, error)
}

// Cell is a cell of a matrix, with the projection that it was made from.
type Cell struct {
	analysis.Cell
	Toward     graph.Dimension
	Projection *analysis.Projection
}

// Shift is a change of sides, with the projection that it was found in.
type Shift struct {
	analysis.Shift
	Toward     graph.Dimension
	Projection *analysis.Projection
}

// From is the day of the first statement after the change.
func (s *Shift) From() graph.Day { return s.After.Day }

// Contradiction is a contradiction, with the projection that it was found in.
type Contradiction struct {
	analysis.Contradiction
	Toward     graph.Dimension
	Projection *analysis.Projection
}

// Path is a path between actors.
type Path struct {
	Steps []PathStep
	Note  *string
}

// PathStep is a step of a path, with the sample that it was found in.
type PathStep struct {
	analysis.Step
	Sample     *analysis.Sample
	Projection *analysis.Projection
}

// Count is how many values are behind the step.
func (s *PathStep) Count() int { return len(s.Events) }

// Network is a network, with what its measures are computed from when they are
// asked for.
type Network struct {
	*analysis.Sample
	Projection *analysis.Projection
	OneMode    bool

	made  *analysis.Network
	edges func() []analysis.Edge
	trail func() *analysis.Trail
	ties  func() *analysis.Ties
	// Of nodes, by their place.
	between, eigen      func() []float64
	communities, splits func() parts
}

// parts are the parts of a network that its nodes belong to.
type parts struct {
	of         []int
	modularity float64
}

// NewNetwork prepares a network for its answer.
func NewNetwork(n *analysis.Network, s *analysis.Sample, p *analysis.Projection, oneMode bool) Network {
	m := Network{Sample: s, Projection: p, OneMode: oneMode, made: n}
	m.edges = sync.OnceValue(n.Edges)
	m.trail = sync.OnceValue(n.Trail)
	m.ties = sync.OnceValue(n.Ties)
	m.between = sync.OnceValue(func() []float64 { return m.ties().Betweenness() })
	m.eigen = sync.OnceValue(func() []float64 { return m.ties().Eigenvector() })
	m.communities = sync.OnceValue(func() (p parts) { p.of, p.modularity = m.ties().Communities(); return p })
	m.splits = sync.OnceValue(func() (p parts) { p.of, p.modularity = m.ties().Split(); return p })
	return m
}

// Rows are the rows of the network.
func (n *Network) Rows() []NetworkNode { return n.nodes(n.made.Rows, false) }

// Columns are its columns.
func (n *Network) Columns() []NetworkNode { return n.nodes(n.made.Columns, !n.OneMode) }

func (n *Network) nodes(labels []analysis.Label, column bool) []NetworkNode {
	list := make([]NetworkNode, len(labels))
	for i := range labels {
		list[i] = n.node(labels, i, column)
	}
	return list
}

func (n *Network) node(labels []analysis.Label, i int, column bool) NetworkNode {
	return NetworkNode{Label: labels[i], network: n, column: column, index: i}
}

// Values is the matrix.
func (n *Network) Values() [][]float64 {
	if n.made.Values == nil {
		return [][]float64{}
	}
	return n.made.Values
}

// Edges returns the first edges.
func (n *Network) Edges(first int) []NetworkEdge {
	edges := n.edges()
	edges = edges[:min(len(edges), first)]
	list := make([]NetworkEdge, len(edges))
	for i, e := range edges {
		list[i] = NetworkEdge{Edge: e, network: n, events: sync.OnceValue(func() []analysis.Event { return n.trail().Edge(e.Row, e.Column) })}
	}
	return list
}

// EdgeCount is how many edges there are.
func (n *Network) EdgeCount() int { return len(n.edges()) }

// Start is the first day of the network, Mid the one in the middle, Stop the
// last.
func (n *Network) Start() graph.Day { return dayOf(n.made.Start) }

// Mid is the day in the middle.
func (n *Network) Mid() graph.Day { return dayOf(n.made.Mid) }

// Stop is the last day.
func (n *Network) Stop() graph.Day { return dayOf(n.made.Stop) }

func dayOf(t time.Time) graph.Day {
	if t.IsZero() {
		return ""
	}
	return graph.NewDay(t.Year(), t.Month(), t.Day())
}

// Count is how many values made the network.
func (n *Network) Count() int { return n.made.Statements }

// Neutral is how many take no side.
func (n *Network) Neutral() int { return n.made.Neutral }

// RowsLeftOut is how many rows were left out.
func (n *Network) RowsLeftOut() int { return n.Rest }

// CommunityCount is how many communities there are.
func (n *Network) CommunityCount() *int {
	if !n.OneMode {
		return nil
	}
	most := 0
	for _, c := range n.communities().of {
		most = max(most, c+1)
	}
	return &most
}

// Modularity is that of the communities.
func (n *Network) Modularity() *float64 {
	if !n.OneMode {
		return nil
	}
	return number(n.communities().modularity)
}

// Polarisation is the modularity of the best split.
func (n *Network) Polarisation() *float64 {
	if !n.OneMode {
		return nil
	}
	return number(n.splits().modularity)
}

// Note says why the network is empty.
func (n *Network) Note() *string {
	var note string
	switch {
	case len(n.made.Rows) > 0:
		return nil
	case n.Projection.Len() == 0:
		note = "no statement that takes a position or a stance matches the filter"
	case n.made.Neutral > 0 && len(n.List) > 0:
		note = "no statement of those that match takes a side"
	default:
		note = "the settings leave out every statement that matches"
	}
	return &note
}

func number(f float64) *float64 {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	return &f
}

// NetworkNode is a row or a column of a network.
type NetworkNode struct {
	analysis.Label
	network *Network
	column  bool
	index   int
}

// Events are those of the node in its network.
func (n *NetworkNode) Events() []analysis.Event {
	if n.column {
		return n.network.trail().Column(n.index)
	}
	return n.network.trail().Row(n.index)
}

// Projection is what the network was made from.
func (n *NetworkNode) Projection() *analysis.Projection { return n.network.Projection }

// Count is how many values the node has.
func (n *NetworkNode) Count() int { return len(n.Events()) }

// Degree is how many others the node is tied with.
func (n *NetworkNode) Degree() *int {
	if !n.network.OneMode {
		return nil
	}
	others, _ := n.network.ties().Degree(n.index)
	return &others
}

// Strength is the sum of the weights of its ties.
func (n *NetworkNode) Strength() *float64 {
	if !n.network.OneMode {
		return nil
	}
	_, strength := n.network.ties().Degree(n.index)
	return number(strength)
}

// Betweenness is its share of shortest paths.
func (n *NetworkNode) Betweenness() *float64 {
	if !n.network.OneMode {
		return nil
	}
	return number(n.network.between()[n.index])
}

// Eigenvector is its eigenvector centrality.
func (n *NetworkNode) Eigenvector() *float64 {
	if !n.network.OneMode {
		return nil
	}
	return number(n.network.eigen()[n.index])
}

// Community is the community that it belongs to.
func (n *NetworkNode) Community() *int {
	if !n.network.OneMode {
		return nil
	}
	return &n.network.communities().of[n.index]
}

// Side is the side that it is on.
func (n *NetworkNode) Side() *int {
	if !n.network.OneMode {
		return nil
	}
	return &n.network.splits().of[n.index]
}

// NetworkEdge is a value of a network.
type NetworkEdge struct {
	analysis.Edge
	network *Network
	events  func() []analysis.Event
}

// Events are those behind the edge.
func (e *NetworkEdge) Events() []analysis.Event { return e.events() }

// Projection is what the network was made from.
func (e *NetworkEdge) Projection() *analysis.Projection { return e.network.Projection }

// Source is the row.
func (e *NetworkEdge) Source() NetworkNode { return e.network.node(e.network.made.Rows, e.Row, false) }

// Target is the column.
func (e *NetworkEdge) Target() NetworkNode {
	return e.network.node(e.network.made.Columns, e.Column, !e.network.OneMode)
}

// Start is the first day of the network.
func (e *NetworkEdge) Start() graph.Day { return e.network.Start() }

// Mid is the day in the middle of the network.
func (e *NetworkEdge) Mid() graph.Day { return e.network.Mid() }

// Stop is the last day of the network.
func (e *NetworkEdge) Stop() graph.Day { return e.network.Stop() }

// Count is how many values are behind the edge.
func (e *NetworkEdge) Count() int { return len(e.events()) }

// Negative is how many of them are −1.
func (e *NetworkEdge) Negative() int { return e.with(-1) }

// Positive is how many of them are 1.
func (e *NetworkEdge) Positive() int { return e.with(1) }

func (e *NetworkEdge) with(value int8) (n int) {
	for _, ev := range e.events() {
		if ev.Value == value {
			n++
		}
	}
	return n
}
