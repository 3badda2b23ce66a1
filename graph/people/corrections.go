package people

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"mawqif/graph"
)

// Corrections say which persons are the same and which are different, whatever
// their names are like. Nil is none.
type Corrections struct{ lines []correction }

type correction struct {
	number int
	same   bool
	keys   []string
}

// maxLine is the most bytes of a line of corrections.
const maxLine = 64 << 10

// ReadCorrections reads corrections, a line each: "same" or "different" and the
// keys of two or more persons, separated by tabs. Empty lines and what begins
// with # say nothing. It reports every fault with its line, as [graph.ErrInvalid];
// file names the input in them.
//
//	same	person/james jeffrey	person/جيمس جيفري
//	different	person/hassan khalil	person/حسن خليل
func ReadCorrections(r io.Reader, file string) (*Corrections, error) {
	c := &Corrections{}
	var faults []error
	fault := func(line int, format string, args ...any) {
		faults = append(faults, fmt.Errorf("%w: %s:%d: %s", graph.ErrInvalid, file, line, fmt.Sprintf(format, args...)))
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	number := 0
	for lines.Scan() {
		number++
		text := strings.TrimPrefix(strings.TrimSpace(lines.Text()), "\ufeff")
		if text == "" || text[0] == '#' {
			continue
		}
		if !utf8.ValidString(text) {
			fault(number, "the line is not UTF-8; save the file as UTF-8")
			continue
		}
		fields := strings.Split(text, "\t")
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		line := correction{number: number, keys: fields[1:]}
		switch fields[0] {
		case "same":
			line.same = true
		case "different":
		default:
			fault(number, "begins with %.40q; write same or different, and the keys of the persons, separated by tabs", fields[0])
			continue
		}
		if len(line.keys) < 2 {
			fault(number, "names %d of at least two persons; separate their keys by tabs", len(line.keys))
			continue
		}
		seen := map[string]bool{}
		for _, k := range line.keys {
			switch {
			case !strings.HasPrefix(k, "person/"):
				fault(number, "%.60q is not the key of a person, such as person/james jeffrey", k)
			case seen[k]:
				fault(number, "names %.60q twice", k)
			}
			seen[k] = true
		}
		c.lines = append(c.lines, line)
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		fault(number+1, "is longer than %d bytes", maxLine)
	} else if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	if len(faults) == 0 {
		c.contradictions(fault)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return c, nil
}

// contradictions finds persons who are said to be different, and the same,
// perhaps through others.
func (c *Corrections) contradictions(fault func(line int, format string, args ...any)) {
	at := map[string]int{}
	for _, l := range c.lines {
		for _, k := range l.keys {
			if _, ok := at[k]; !ok {
				at[k] = len(at)
			}
		}
	}
	same := newForest(len(at))
	for _, l := range c.lines {
		for _, k := range l.keys {
			if l.same {
				same.join(at[l.keys[0]], at[k])
			}
		}
	}
	for _, l := range c.lines {
		if l.same {
			continue
		}
		first := map[int]string{}
		for _, k := range l.keys {
			r := same.root(at[k])
			if other, ok := first[r]; ok {
				fault(l.number, "says that %.60q and %.60q are different, but lines with same make them one", other, k)
			}
			first[r] = k
		}
	}
}
