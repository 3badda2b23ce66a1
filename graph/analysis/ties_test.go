package analysis

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// club is the network of a karate club that fell apart (Zachary, "An
// Information Flow Model for Conflict and Fission in Small Groups", 1977), on
// which measures of networks are compared.
const club = `0-1 0-2 0-3 0-4 0-5 0-6 0-7 0-8 0-10 0-11 0-12 0-13 0-17 0-19 0-21 0-31 1-2 1-3 1-7 1-13 1-17 1-19 1-21 1-30
2-3 2-7 2-8 2-9 2-13 2-27 2-28 2-32 3-7 3-12 3-13 4-6 4-10 5-6 5-10 5-16 6-16 8-30 8-32 8-33 9-33 13-33 14-32 14-33 15-32
15-33 18-32 18-33 19-33 20-32 20-33 22-32 22-33 23-25 23-27 23-29 23-32 23-33 24-25 24-27 24-31 25-31 26-29 26-33 27-33
28-31 28-33 29-32 29-33 30-32 30-33 31-32 31-33 32-33`

// ties reads ties written "0-1", or "0-1:-2" with a weight.
func ties(t testing.TB, nodes int, text string) *Ties {
	t.Helper()
	var edges []Edge
	for word := range strings.FieldsSeq(text) {
		e := Edge{Weight: 1}
		pair, weight, weighted := strings.Cut(word, ":")
		if _, err := fmt.Sscanf(pair, "%d-%d", &e.Row, &e.Column); err != nil {
			t.Fatal(err)
		}
		if weighted {
			if _, err := fmt.Sscanf(weight, "%g", &e.Weight); err != nil {
				t.Fatal(err)
			}
		}
		edges = append(edges, e)
	}
	return NewTies(nodes, edges)
}

// The figures are those of networkx.
func TestCentralitiesOfTheClub(t *testing.T) {
	c := ties(t, 34, club)
	between, eigen := c.Betweenness(), c.Eigenvector()
	for _, want := range []struct {
		node, degree   int
		between, eigen float64
	}{
		{0, 16, 0.43763528138528146, 0.35549144452448955},
		{2, 10, 0.14365680615680618, 0.3171925044864054},
		{16, 2, 0, 0.02363562810457971},
		{31, 6, 0.13827561327561325, 0.1910338414065641},
		{33, 17, 0.30407497594997596, 0.37336347029155703},
	} {
		degree, strength := c.Degree(want.node)
		if degree != want.degree || strength != float64(want.degree) || math.Abs(between[want.node]-want.between) > 1e-12 || math.Abs(eigen[want.node]-want.eigen) > 1e-9 {
			t.Errorf("node %d: degree %d, betweenness %v, eigenvector %v; want %+v", want.node, degree, between[want.node], eigen[want.node], want)
		}
	}
}

func TestCommunitiesOfTheClub(t *testing.T) {
	c := ties(t, 34, club)
	community, modularity := c.Communities()
	if math.Abs(modularity-0.419790) > 1e-6 {
		t.Errorf("modularity %v, the best is 0.419790", modularity)
	}
	if got := c.Modularity(community); got != modularity {
		t.Errorf("modularity is told as %v and is %v", modularity, got)
	}
	// The club fell apart around its instructor, 0, and its president, 33; the
	// best split has modularity 0.3718.
	side, split := c.Split()
	if math.Abs(split-0.371794) > 1e-6 || side[0] == side[33] {
		t.Errorf("split %v with modularity %v", side, split)
	}
}

func TestNegativeTiesDivide(t *testing.T) {
	// Two pairs of friends who are at odds, all of whom know the fifth.
	c := ties(t, 5, "0-1:2 2-3:2 0-2:-3 1-3:-3 0-4:1 2-4:1")
	side, split := c.Split()
	if diff := cmp.Diff([]int{0, 0, 1, 1}, side[:4]); diff != "" || split <= 0 {
		t.Errorf("modularity %v (-want +got):\n%s", split, diff)
	}
	if others, strength := c.Degree(0); others != 2 || strength != 3 {
		t.Errorf("node 0 has %d ties of strength %v, want 2 of 3", others, strength)
	}
	community, _ := c.Communities()
	if community[0] != community[1] || community[2] != community[3] || community[0] == community[2] {
		t.Errorf("communities %v", community)
	}
}

func TestMeasuresOfWhatIsNoNetwork(t *testing.T) {
	for _, c := range []struct {
		name  string
		nodes int
		ties  string
	}{{"none", 0, ""}, {"one", 1, ""}, {"two apart", 2, ""}, {"foes", 2, "0-1:-1"}} {
		n := ties(t, c.nodes, c.ties)
		side, split := n.Split()
		community, modularity := n.Communities()
		for _, list := range [][]float64{n.Betweenness(), n.Eigenvector(), {split, modularity}} {
			for _, v := range list {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Errorf("%s: %v", c.name, list)
				}
			}
		}
		if len(side) != c.nodes || len(community) != c.nodes {
			t.Errorf("%s: sides %v, communities %v", c.name, side, community)
		}
	}
}

// groups makes a network of groups that are tied more closely within.
func groups(nodes, edges, size int) *Ties {
	r := rand.New(rand.NewPCG(3, 4))
	seen := map[[2]int]bool{}
	var list []Edge
	for len(list) < edges {
		i := r.IntN(nodes)
		j := i - i%size + r.IntN(size)
		if r.IntN(4) == 0 {
			j = r.IntN(nodes)
		}
		i, j = min(i, j), min(max(i, j), nodes-1)
		if i < j && !seen[[2]int{i, j}] {
			seen[[2]int{i, j}] = true
			list = append(list, Edge{i, j, float64(1 + r.IntN(3))})
		}
	}
	return NewTies(nodes, list)
}

func TestCommunitiesAreFoundAgain(t *testing.T) {
	g := groups(1200, 14_000, 40)
	community, modularity := g.Communities()
	planted := make([]int, len(community))
	for i := range planted {
		planted[i] = i / 40
	}
	if want := g.Modularity(planted); modularity < want-0.005 {
		t.Errorf("modularity %v, that of the groups is %v", modularity, want)
	}
	if again, _ := g.Communities(); !slices.Equal(again, community) {
		t.Error("the same network has other communities")
	}
}

func BenchmarkCommunities(b *testing.B) {
	g := groups(20_000, 213_000, 100)
	b.ReportAllocs()
	for b.Loop() {
		g.Communities()
	}
}

func BenchmarkSplit(b *testing.B) {
	g := groups(20_000, 213_000, 100)
	for b.Loop() {
		g.Split()
	}
}

func BenchmarkBetweenness(b *testing.B) {
	g := groups(1000, 20_000, 100)
	for b.Loop() {
		g.Betweenness()
	}
}
