package text

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"mawqif/graph"
)

//go:embed data/furniture.tsv
var furnitureFile string

// place tells where in a line a phrase betrays what the line is.
type place uint8

const (
	wholeLine place = iota
	lineOpening
	lineStart
	lineLabel
	lineEnd
	anywhere
	closing
	tail
	agency
	byline
)

var places = map[string]place{
	"line": wholeLine, "opens": lineOpening, "starts": lineStart, "label": lineLabel, "ends": lineEnd, "has": anywhere,
	"closes": closing, "tail": tail, "agency": agency, "byline": byline,
}

// pattern is a phrase, as a search key between spaces, and what it tells.
type pattern struct {
	key  string
	role Role
}

// pageWords are the phrases of furniture.tsv: those at the start of a line by
// their first word, whole lines by their key, the others in lists.
type pageWords struct {
	lines    map[string]Role
	opens    map[string][]pattern
	starts   map[string][]pattern
	labels   map[string]Role
	ends     map[string][]pattern
	anywhere map[string][]pattern
	closings map[string][]pattern
	tails    map[string][]pattern
	agencies map[string]bool
	bylines  map[string][]pattern
}

var furniture = sync.OnceValue(func() *pageWords {
	w, err := parseFurniture(furnitureFile)
	if err != nil {
		panic(err) // the file is part of the binary, and a test reads it
	}
	return w
})

func parseFurniture(raw string) (*pageWords, error) {
	w := &pageWords{
		lines: map[string]Role{}, opens: map[string][]pattern{}, starts: map[string][]pattern{}, labels: map[string]Role{}, ends: map[string][]pattern{},
		closings: map[string][]pattern{}, tails: map[string][]pattern{}, anywhere: map[string][]pattern{}, agencies: map[string]bool{}, bylines: map[string][]pattern{},
	}
	for n, line := range strings.Split(raw, "\n") {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		role, what := Furniture, fields[0]
		switch what {
		case "caption":
			role = Caption
			fallthrough
		case "furniture":
			if len(fields) != 3 {
				return nil, fmt.Errorf("furniture.tsv: line %d: want role, place and phrases between tabs", n+1)
			}
			what = fields[1]
		}
		at, ok := places[what]
		if !ok {
			return nil, fmt.Errorf("furniture.tsv: line %d: unknown place %q", n+1, what)
		}
		for _, p := range strings.Split(fields[len(fields)-1], "|") {
			key := graph.Fold(p)
			if key == "" {
				if strings.TrimSpace(p) == "©" {
					continue
				}
				return nil, fmt.Errorf("furniture.tsv: line %d: empty phrase", n+1)
			}
			w.add(at, role, key)
		}
	}
	return w, nil
}

func (w *pageWords) add(at place, role Role, key string) {
	first, _, _ := strings.Cut(key, " ")
	last := key[strings.LastIndexByte(key, ' ')+1:]
	p := pattern{key: " " + key + " ", role: role}
	switch at {
	case wholeLine:
		w.lines[key] = role
	case lineOpening:
		w.opens[first] = append(w.opens[first], p)
	case lineStart:
		w.starts[first] = append(w.starts[first], p)
	case lineLabel:
		w.labels[key] = role
	case lineEnd:
		w.ends[last] = append(w.ends[last], p)
	case anywhere:
		w.anywhere[first] = append(w.anywhere[first], p)
	case closing:
		w.closings[first] = append(w.closings[first], p)
	case tail:
		w.tails[first] = append(w.tails[first], p)
	case agency:
		w.agencies[key] = true
	case byline:
		w.bylines[first] = append(w.bylines[first], p)
	}
}

// begins tells whether a key begins with one of the phrases, and its role. A
// Latin phrase may have Arabic glued to it ("camera iconصورة").
func begins(m map[string][]pattern, key string) (Role, bool) {
	first, _, _ := strings.Cut(key, " ")
	for _, p := range m[first] {
		rest, ok := strings.CutPrefix(key, p.key[1:len(p.key)-1])
		if ok && (rest == "" || rest[0] == ' ' || rest[0] >= utf8.RuneSelf && key[0] < utf8.RuneSelf) {
			return p.role, true
		}
	}
	return Body, false
}

// endsIn tells whether a key ends with one of the phrases, and its role.
func (w *pageWords) endsIn(key string) (Role, bool) {
	for _, p := range w.ends[key[strings.LastIndexByte(key, ' ')+1:]] {
		if strings.HasSuffix(" "+key, p.key[:len(p.key)-1]) {
			return p.role, true
		}
	}
	return Body, false
}

// holds tells whether a key holds one of the phrases, and its role.
func (w *pageWords) holds(key string) (Role, bool) {
	for rest := key; rest != ""; {
		if role, ok := begins(w.anywhere, rest); ok {
			return role, true
		}
		_, rest, _ = strings.Cut(rest, " ")
	}
	return Body, false
}
