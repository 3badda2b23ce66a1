package neo4j

import (
	"cmp"
	"slices"
	"strings"

	"mawqif/graph"
)

// ranking holds the names of a node. The rank of a name is the best place that
// it had among those of its language in any list of names: the smallest of all
// ranks does not depend on their order.
type ranking struct {
	list []rankedName
}

type rankedName struct {
	graph.Name
	rank int64
}

func readRanking(r *record, values, langs, ranks string) *ranking {
	v, l, k := column[[]any](r, values), column[[]any](r, langs), column[[]any](r, ranks)
	out := &ranking{}
	for i := range v {
		out.list = append(out.list, rankedName{graph.Name{Lang: str(at(l, i)), Value: str(v[i])}, number(at(k, i))})
	}
	return out
}

// join adds names, and tells whether that changed anything.
func (r *ranking) join(names []graph.Name) (changed bool) {
	rank := map[string]int64{}
	for _, name := range names {
		k := rank[name.Lang]
		rank[name.Lang]++
		i := slices.IndexFunc(r.list, func(n rankedName) bool { return n.Name == name })
		switch {
		case i < 0:
			r.list = append(r.list, rankedName{name, k})
		case r.list[i].rank > k:
			r.list[i].rank = k
		default:
			continue
		}
		changed = true
	}
	slices.SortFunc(r.list, func(a, b rankedName) int {
		return cmp.Or(cmp.Compare(a.Lang, b.Lang), cmp.Compare(a.rank, b.rank), cmp.Compare(a.Value, b.Value))
	})
	return changed
}

func (r *ranking) properties(values, langs, ranks string) row {
	v, l, k := []string{}, []string{}, []int64{}
	for _, n := range r.list {
		v, l, k = append(v, n.Value), append(l, n.Lang), append(k, n.rank)
	}
	return row{values: v, langs: l, ranks: k}
}

// node returns the properties of a node of these names.
func (r *ranking) node() row {
	set := r.properties("names", "langs", "ranks")
	set["name"], set["sort"] = r.caption()
	set["folds"] = r.folds()
	set["words"] = strings.Join(r.folds(), "\n")
	return set
}

// caption returns the name to show and its search key, by which the node is
// listed.
func (r *ranking) caption() (name, sort string) {
	for _, n := range r.list {
		if n.Lang == "en" {
			return n.Value, graph.Fold(n.Value)
		}
	}
	if len(r.list) > 0 {
		return r.list[0].Value, graph.Fold(r.list[0].Value)
	}
	return "", ""
}

func (r *ranking) folds() []string {
	folds := make([]string, len(r.list))
	for i, n := range r.list {
		folds[i] = graph.Fold(n.Value)
	}
	return folds
}
