package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"unicode/utf8"
)

// Role tells what a span of evidence proves.
type Role string

// The roles of evidence.
const (
	RoleSource  Role = "SOURCE"
	RoleCue     Role = "CUE"
	RoleContent Role = "CONTENT"
	RoleTarget  Role = "TARGET"
	RoleTime    Role = "TIME"
	RolePlace   Role = "PLACE"
)

// Evidence is a stretch of an article's text: the position and quote selectors
// of the W3C Web Annotation model. Start and End are Unicode code points into
// the stored text, End exclusive; Exact is that stretch, letter by letter.
type Evidence struct {
	Role  Role   `json:"role"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Exact string `json:"exact"`
}

// TextHash returns the hexadecimal SHA-256 of a text as stored.
func TextHash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// VerifyEvidence checks that every span lies in the text and says what the
// text says there. It returns an [ErrEvidence] that names the first span that
// does not. Its cost is one pass over the text.
func VerifyEvidence(text string, spans []Evidence) error {
	return NewOffsets(text).verify(spans)
}

func (o *Offsets) verify(spans []Evidence) error {
	for _, e := range spans {
		from, ok1 := o.Byte(e.Start)
		to, ok2 := o.Byte(e.End)
		if !ok1 || !ok2 || e.Start >= e.End || o.text[from:to] != e.Exact {
			return fmt.Errorf("%w: %s at code points %d to %d is not %q", ErrEvidence, e.Role, e.Start, e.End, e.Exact)
		}
	}
	return nil
}

// Offsets converts between byte and code point offsets of one text.
type Offsets struct {
	text  string
	marks []int // byte offset of every stride-th code point
	count int
}

const offsetStride = 64

// NewOffsets reads a text once so that later conversions cost a bounded number
// of steps.
func NewOffsets(text string) *Offsets {
	o := &Offsets{text: text, marks: make([]int, 0, len(text)/offsetStride+1)}
	for at := range text {
		if o.count%offsetStride == 0 {
			o.marks = append(o.marks, at)
		}
		o.count++
	}
	return o
}

// Len returns the number of code points of the text.
func (o *Offsets) Len() int { return o.count }

// Byte returns the byte offset of a code point, and whether the text has it;
// the end of the text counts.
func (o *Offsets) Byte(point int) (int, bool) {
	switch {
	case point < 0 || point > o.count:
		return 0, false
	case point == o.count:
		return len(o.text), true
	}
	at := o.marks[point/offsetStride]
	for range point % offsetStride {
		_, size := utf8.DecodeRuneInString(o.text[at:])
		at += size
	}
	return at, true
}

// Point returns the code point offset of a byte offset that lies on the edge
// of a code point; others are rounded down, and the ends of the text bound it.
func (o *Offsets) Point(at int) int {
	if at >= len(o.text) {
		return o.count
	}
	low, high := 0, len(o.marks)
	for low < high {
		mid := (low + high) / 2
		if o.marks[mid] <= at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low == 0 {
		return 0
	}
	point := (low - 1) * offsetStride
	for b := o.marks[low-1]; b < at; point++ {
		_, size := utf8.DecodeRuneInString(o.text[b:])
		if b += size; b > at {
			break
		}
	}
	return point
}
