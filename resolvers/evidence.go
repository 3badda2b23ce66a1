package resolvers

import (
	"slices"
	"sync"

	"mawqif/graph"
	"mawqif/resolvers/internal/model"
)

// maxAround bounds the text given around a passage, in code points.
const maxAround = 400

// passages is an article with an index of its text, made when it is first
// needed and shared by the statements of a request.
type passages struct {
	graph.Article
	once   sync.Once
	points *graph.Offsets
	intact bool // the text is the one that was hashed
}

// evidence gives the spans of some roles, or of all if there are none, with
// the text around them, and checks them against the text.
func (p *passages) evidence(spans []graph.Evidence, roles []graph.Role, around int) []model.Evidence {
	p.once.Do(func() {
		p.points = graph.NewOffsets(p.Text)
		p.intact = graph.TextHash(p.Text) == p.TextHash
	})
	list := make([]model.Evidence, 0, len(spans))
	for _, e := range spans {
		if len(roles) > 0 && !slices.Contains(roles, e.Role) {
			continue
		}
		v := model.Evidence{Evidence: e}
		start, ok1 := p.points.Byte(e.Start)
		end, ok2 := p.points.Byte(e.End)
		if ok1 && ok2 && start < end {
			from, _ := p.points.Byte(max(e.Start-around, 0))
			to, _ := p.points.Byte(min(e.End+around, p.points.Len()))
			v.Before, v.After = p.Text[from:start], p.Text[end:to]
			v.Verified = p.intact && p.Text[start:end] == e.Exact
		}
		list = append(list, v)
	}
	return list
}
