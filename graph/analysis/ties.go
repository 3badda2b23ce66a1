package analysis

import (
	"cmp"
	"math"
	"slices"
)

// Ties are the weighted, undirected edges between the rows of a one-mode
// network. Negative weights, which subtract networks have, divide communities;
// centralities leave them out.
type Ties struct {
	arcs [][]arc
}

type arc struct {
	to     int32
	weight float64
}

// Ties returns the ties between the rows of a one-mode network.
func (n *Network) Ties() *Ties { return NewTies(len(n.Rows), n.Edges()) }

// NewTies makes the ties between a number of nodes, of edges that are there
// once each.
func NewTies(nodes int, edges []Edge) *Ties {
	t := &Ties{arcs: make([][]arc, nodes)}
	for _, e := range edges {
		t.arcs[e.Row] = append(t.arcs[e.Row], arc{int32(e.Column), e.Weight})
		t.arcs[e.Column] = append(t.arcs[e.Column], arc{int32(e.Row), e.Weight})
	}
	for _, a := range t.arcs {
		slices.SortFunc(a, func(x, y arc) int { return cmp.Compare(x.to, y.to) })
	}
	return t
}

// Degree is how many others a node has a positive tie with, and the sum of
// their weights.
func (t *Ties) Degree(node int) (others int, strength float64) {
	for _, a := range t.arcs[node] {
		if a.weight > 0 {
			others++
			strength += a.weight
		}
	}
	return others, strength
}

// Betweenness is, for each node, the share of shortest paths between two others
// that lead through it, 0 to 1, each positive tie being a step (Brandes, "A
// Faster Algorithm for Betweenness Centrality", 2001). Its cost is that of
// nodes times ties.
func (t *Ties) Betweenness() []float64 {
	n := len(t.arcs)
	score := make([]float64, n)
	distance, paths, share := make([]int, n), make([]float64, n), make([]float64, n)
	for source := range n {
		for i := range n {
			distance[i], paths[i], share[i] = -1, 0, 0
		}
		distance[source], paths[source] = 0, 1
		order := []int{source}
		for next := 0; next < len(order); next++ {
			v := order[next]
			for _, a := range t.arcs[v] {
				if a.weight <= 0 {
					continue
				}
				if distance[a.to] < 0 {
					distance[a.to] = distance[v] + 1
					order = append(order, int(a.to))
				}
				if distance[a.to] == distance[v]+1 {
					paths[a.to] += paths[v]
				}
			}
		}
		for _, w := range slices.Backward(order) {
			for _, a := range t.arcs[w] {
				if a.weight > 0 && distance[a.to] == distance[w]-1 {
					share[a.to] += paths[a.to] / paths[w] * (1 + share[w])
				}
			}
			if w != source {
				score[w] += share[w]
			}
		}
	}
	if n > 2 {
		for i := range score {
			score[i] /= float64(n-1) * float64(n-2)
		}
	}
	return score
}

// Eigenvector is, for each node, the sum of the scores of those it has a
// positive tie with, by weight, such that the squares of all scores add up to 1
// (Bonacich, "Power and Centrality", 1987). Where the network falls apart, the
// most tightly tied part has all of it.
func (t *Ties) Eigenvector() []float64 {
	n := len(t.arcs)
	score, next := make([]float64, n), make([]float64, n)
	for i := range score {
		score[i] = 1 / math.Sqrt(float64(n))
	}
	tied := false
	for range 1000 {
		sum := 0.0
		for i := range next {
			next[i] = score[i] // so that it also settles where nodes come in two sides
			for _, a := range t.arcs[i] {
				if a.weight > 0 {
					tied = true
					next[i] += a.weight * score[a.to]
				}
			}
			sum += next[i] * next[i]
		}
		norm, moved := math.Sqrt(sum), 0.0
		for i := range next {
			next[i] /= norm
			moved += math.Abs(next[i] - score[i])
		}
		score, next = next, score
		if moved < 1e-12*float64(n) {
			break
		}
	}
	if !tied {
		clear(score)
	}
	return score
}

// strengths are the sums of the positive and negative weights of each node, and
// of all.
type strengths struct {
	plus, minus       []float64
	allPlus, allMinus float64
}

func (t *Ties) strengths() strengths {
	s := strengths{plus: make([]float64, len(t.arcs)), minus: make([]float64, len(t.arcs))}
	for i, arcs := range t.arcs {
		for _, a := range arcs {
			if a.weight > 0 {
				s.plus[i] += a.weight
			} else {
				s.minus[i] -= a.weight
			}
		}
		s.allPlus += s.plus[i]
		s.allMinus += s.minus[i]
	}
	return s
}

// expected is the weight expected between two strengths.
func (s *strengths) expected(plus, minus, ofPlus, ofMinus float64) float64 {
	return divide(plus*ofPlus, s.allPlus) - divide(minus*ofMinus, s.allMinus)
}

// Modularity is how much more weight lies within communities than would by
// chance, −1 to 1, negative weights counting the other way round (Gómez,
// Jensen and Arenas, "Analysis of community structure in networks of
// correlated data", 2009). It is 0 for a network without ties.
func (t *Ties) Modularity(community []int) float64 {
	s := t.strengths()
	within, plus, minus := 0.0, map[int]float64{}, map[int]float64{}
	var order []int
	for i, arcs := range t.arcs {
		c := community[i]
		if _, ok := plus[c]; !ok {
			order = append(order, c)
		}
		plus[c] += s.plus[i]
		minus[c] += s.minus[i]
		for _, a := range arcs {
			if community[a.to] == c {
				within += a.weight
			}
		}
	}
	for _, c := range order {
		within -= s.expected(plus[c], minus[c], plus[c], minus[c])
	}
	return divide(within, s.allPlus+s.allMinus)
}

// Communities divides the nodes into communities of high modularity (Blondel
// and others, "Fast unfolding of communities in large networks", 2008), each
// held together by positive ties, and returns their modularity. The largest is
// 0, ties by the first node. Nodes are visited in their order: the same network
// has the same communities.
func (t *Ties) Communities() (community []int, modularity float64) {
	community = identity(len(t.arcs))
	ground := t.level()
	for best := math.Inf(-1); ; {
		// Single nodes first, then whole communities, then single nodes again
		// from where that led.
		of, _ := ground.move(community)
		for level := ground.join(of); ; {
			up, moved := level.move(identity(len(level.arcs)))
			if !moved {
				break
			}
			for i, c := range of {
				of[i] = up[c]
			}
			level = level.join(up)
		}
		if q := t.Modularity(of); q > best+1e-9 {
			best, community = q, of
			continue
		}
		break
	}
	community = t.connected(community)
	return community, t.Modularity(community)
}

func identity(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// level is a network whose nodes are communities of the one below, with the
// ties between them.
type level struct {
	arcs [][]arc
	strengths
}

func (t *Ties) level() *level { return &level{arcs: t.arcs, strengths: t.strengths()} }

// move moves nodes from the communities that they begin in to that of a
// neighbour as long as that raises the modularity, and returns the communities,
// numbered without gaps.
func (l *level) move(begin []int) (of []int, moved bool) {
	n := len(l.arcs)
	of = slices.Clone(begin)
	plus, minus := make([]float64, n), make([]float64, n)
	queue, waiting := make([]int32, n), make([]bool, n)
	for i, c := range of {
		plus[c] += l.plus[i]
		minus[c] += l.minus[i]
		queue[i], waiting[i] = int32(i), true
	}
	weight, touched := make([]float64, n), make([]int, 0, n)
	seen := make([]bool, n)
	for len(queue) > 0 {
		i := int(queue[0])
		queue, waiting[i] = queue[1:], false
		own := of[i]
		plus[own] -= l.plus[i]
		minus[own] -= l.minus[i]
		touched = append(touched[:0], own)
		seen[own] = true
		for _, a := range l.arcs[i] {
			c := of[a.to]
			if !seen[c] {
				seen[c] = true
				touched = append(touched, c)
			}
			weight[c] += a.weight
		}
		gain := func(c int) float64 { return weight[c] - l.expected(l.plus[i], l.minus[i], plus[c], minus[c]) }
		best, most := own, gain(own)
		for _, c := range touched[1:] {
			if g := gain(c); g > most+1e-12*(1+math.Abs(most)) {
				best, most = c, g
			}
		}
		for _, c := range touched {
			weight[c], seen[c] = 0, false
		}
		plus[best] += l.plus[i]
		minus[best] += l.minus[i]
		if best == own {
			continue
		}
		of[i], moved = best, true
		for _, a := range l.arcs[i] {
			if of[a.to] != best && !waiting[a.to] {
				waiting[a.to] = true
				queue = append(queue, a.to)
			}
		}
	}
	return renumber(of), moved
}

// renumber numbers communities by their first node.
func renumber(of []int) []int {
	number := map[int]int{}
	for i, c := range of {
		k, ok := number[c]
		if !ok {
			k = len(number)
			number[c] = k
		}
		of[i] = k
	}
	return of
}

// join makes communities the nodes of a network.
func (l *level) join(of []int) *level {
	n := 0
	for _, c := range of {
		n = max(n, c+1)
	}
	up := &level{arcs: make([][]arc, n), strengths: strengths{
		plus: make([]float64, n), minus: make([]float64, n), allPlus: l.allPlus, allMinus: l.allMinus,
	}}
	members := make([][]int, n)
	for i, c := range of {
		members[c] = append(members[c], i)
		up.plus[c] += l.plus[i]
		up.minus[c] += l.minus[i]
	}
	weight, touched := make([]float64, n), []int32{}
	seen := make([]bool, n)
	for c, nodes := range members {
		touched = touched[:0]
		for _, i := range nodes {
			for _, a := range l.arcs[i] {
				to := of[a.to]
				if to == c {
					continue
				}
				if !seen[to] {
					seen[to] = true
					touched = append(touched, int32(to))
				}
				weight[to] += a.weight
			}
		}
		slices.Sort(touched)
		for _, to := range touched {
			up.arcs[c] = append(up.arcs[c], arc{to, weight[to]})
			weight[to], seen[to] = 0, false
		}
	}
	return up
}

// connected splits communities that positive ties do not hold together, and
// numbers them by size.
func (t *Ties) connected(community []int) []int {
	n := len(community)
	part := make([]int, n)
	for i := range part {
		part[i] = -1
	}
	var sizes []int
	for i := range n {
		if part[i] >= 0 {
			continue
		}
		part[i] = len(sizes)
		nodes := []int{i}
		for next := 0; next < len(nodes); next++ {
			for _, a := range t.arcs[nodes[next]] {
				if a.weight > 0 && part[a.to] < 0 && community[a.to] == community[i] {
					part[a.to] = part[i]
					nodes = append(nodes, int(a.to))
				}
			}
		}
		sizes = append(sizes, len(nodes))
	}
	order := make([]int, len(sizes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return sizes[b] - sizes[a] })
	number := make([]int, len(sizes))
	for k, o := range order {
		number[o] = k
	}
	for i := range part {
		part[i] = number[part[i]]
	}
	return part
}

// exhaustive bounds the nodes of a network whose split is improved by trying
// each flip after each other.
const exhaustive = 1000

// Split divides the nodes into two sides of high modularity, and returns the
// modularity: how polarised the network is. It begins with the signs of the
// leading eigenvector of the modularity matrix and goes on by flipping nodes
// (Newman, "Modularity and community structure in networks", 2006). All are on
// side 0 if no split is better than none.
func (t *Ties) Split() (side []int, modularity float64) {
	s := t.strengths()
	side = t.leading(&s)
	t.flip(&s, side)
	if modularity = t.Modularity(side); modularity <= 1e-12 {
		clear(side)
		return side, 0
	}
	if side[0] == 1 { // the first node is on side 0
		for i := range side {
			side[i] = 1 - side[i]
		}
	}
	return side, modularity
}

// leading returns the signs of the leading eigenvector of the modularity
// matrix, shifted so that its largest eigenvalue is the largest by size.
func (t *Ties) leading(s *strengths) []int {
	n := len(t.arcs)
	v, next := make([]float64, n), make([]float64, n)
	shift := 0.0
	for i := range v {
		v[i] = 1 + float64(i%7)/7 // no symmetry to be caught in
		shift = max(shift, 2*(s.plus[i]+s.minus[i]))
	}
	for range 200 {
		plus, minus := 0.0, 0.0
		for i := range v {
			plus += s.plus[i] * v[i]
			minus += s.minus[i] * v[i]
		}
		sum := 0.0
		for i := range v {
			next[i] = shift*v[i] - s.expected(s.plus[i], s.minus[i], plus, minus)
			for _, a := range t.arcs[i] {
				next[i] += a.weight * v[a.to]
			}
			sum += next[i] * next[i]
		}
		if sum == 0 {
			break
		}
		moved := 0.0
		for i := range next {
			next[i] /= math.Sqrt(sum)
			moved += math.Abs(next[i] - v[i])
		}
		v, next = next, v
		if moved < 1e-8*float64(n) {
			break
		}
	}
	side := make([]int, n)
	for i := range v {
		if v[i] < 0 {
			side[i] = 1
		}
	}
	return side
}

// flip improves a split: in each round every node is flipped once, always the
// one that gains most or loses least, and the best of the splits met on the way
// is where the next round begins; in a large network, nodes are flipped as long
// as that gains.
func (t *Ties) flip(s *strengths, side []int) {
	n := len(side)
	best := t.Modularity(side)
	for {
		var plus, minus [2]float64
		toward := make([]float64, n) // weight to the own side less that to the other
		for i, arcs := range t.arcs {
			plus[side[i]] += s.plus[i]
			minus[side[i]] += s.minus[i]
			for _, a := range arcs {
				if side[a.to] == side[i] {
					toward[i] += a.weight
				} else {
					toward[i] -= a.weight
				}
			}
		}
		gain := func(i int) float64 {
			own, other := side[i], 1-side[i]
			return -toward[i] + s.expected(s.plus[i], s.minus[i], plus[own]-s.plus[i]-plus[other], minus[own]-s.minus[i]-minus[other])
		}
		turn := func(i int) {
			plus[side[i]] -= s.plus[i]
			minus[side[i]] -= s.minus[i]
			side[i] = 1 - side[i]
			plus[side[i]] += s.plus[i]
			minus[side[i]] += s.minus[i]
			toward[i] = -toward[i]
			for _, a := range t.arcs[i] {
				if side[a.to] == side[i] {
					toward[a.to] += 2 * a.weight
				} else {
					toward[a.to] -= 2 * a.weight
				}
			}
		}
		before := slices.Clone(side)
		if n > exhaustive {
			for i := range n {
				if gain(i) > 1e-9 {
					turn(i)
				}
			}
		} else {
			t.rounds(n, side, before, gain, turn)
		}
		q := t.Modularity(side)
		if q <= best+1e-12 {
			if q < best {
				copy(side, before)
			}
			return
		}
		best = q
	}
}

// rounds flips each node once and leaves the best split met on the way.
func (t *Ties) rounds(n int, side, best []int, gain func(int) float64, turn func(int)) {
	done := make([]bool, n)
	total, most := 0.0, 0.0
	for range n {
		next, value := -1, math.Inf(-1)
		for i := range n {
			if !done[i] {
				if g := gain(i); g > value {
					next, value = i, g
				}
			}
		}
		done[next] = true
		turn(next)
		if total += value; total > most+1e-12 {
			most = total
			copy(best, side)
		}
	}
	copy(side, best)
}
