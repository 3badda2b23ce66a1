package graph

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestOffsets(t *testing.T) {
	for _, text := range []string{
		"", "a", "abc", "قال", "a ق 😀 z", strings.Repeat("x", 63), strings.Repeat("x", 64), strings.Repeat("ق", 65),
		strings.Repeat("aق😀", 100), "broken \xff\xfe bytes \xc3", "\xef\xbf\xbd",
	} {
		checkOffsets(t, text)
	}
}

// checkOffsets compares every conversion with counting.
func checkOffsets(t *testing.T, text string) {
	t.Helper()
	o := NewOffsets(text)
	if o.Len() != utf8.RuneCountInString(text) {
		t.Fatalf("%q: %d code points, want %d", text, o.Len(), utf8.RuneCountInString(text))
	}
	point := 0
	for at := range text {
		if got, ok := o.Byte(point); !ok || got != at {
			t.Fatalf("%q: code point %d is at byte %d (%v), want %d", text, point, got, ok, at)
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		for inside := range size {
			if got := o.Point(at + inside); got != point {
				t.Fatalf("%q: byte %d is of code point %d, want %d", text, at+inside, got, point)
			}
		}
		point++
	}
	if got, ok := o.Byte(point); !ok || got != len(text) {
		t.Fatalf("%q: the end is at %d (%v)", text, got, ok)
	}
	for _, outside := range []int{-1, point + 1, 1 << 40} {
		if _, ok := o.Byte(outside); ok {
			t.Fatalf("%q: has code point %d", text, outside)
		}
	}
	if got := o.Point(-1); got != 0 {
		t.Fatalf("%q: byte −1 is of code point %d", text, got)
	}
	if got := o.Point(len(text) + 9); got != point {
		t.Fatalf("%q: a byte beyond the end is of code point %d, want %d", text, got, point)
	}
}

func FuzzOffsets(f *testing.F) {
	f.Add("قال: yes 😀\xff")
	f.Add(strings.Repeat("é", 200))
	f.Fuzz(func(t *testing.T, text string) { checkOffsets(t, text) })
}

func TestVerifyEvidence(t *testing.T) {
	const text = "قال الوزير: 😀 نعم"
	for _, c := range []struct {
		name string
		span Evidence
		ok   bool
	}{
		{"at the beginning", Evidence{RoleCue, 0, 3, "قال"}, true},
		{"to the end", Evidence{RoleContent, 14, 17, "نعم"}, true},
		{"beyond the first plane", Evidence{RoleContent, 12, 13, "😀"}, true},
		{"the whole", Evidence{RoleContent, 0, 17, text}, true},
		{"other words", Evidence{RoleCue, 0, 3, "قيل"}, false},
		{"one letter off", Evidence{RoleCue, 1, 4, "قال"}, false},
		{"bytes for code points", Evidence{RoleContent, 26, 32, "نعم"}, false},
		{"UTF-16 units for code points", Evidence{RoleContent, 15, 18, "نعم"}, false},
		{"normalised", Evidence{RoleSource, 4, 10, "الوز\u200fير"}, false},
		{"empty", Evidence{RoleCue, 3, 3, ""}, false},
		{"backwards", Evidence{RoleCue, 3, 0, "قال"}, false},
		{"negative", Evidence{RoleCue, -1, 3, "قال"}, false},
		{"beyond the end", Evidence{RoleContent, 14, 18, "نعم"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := VerifyEvidence(text, []Evidence{{RoleCue, 0, 3, "قال"}, c.span})
			if c.ok && err != nil || !c.ok && !errors.Is(err, ErrEvidence) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// FuzzVerifyEvidence holds that a span is accepted only if cutting the text
// there gives its words.
func FuzzVerifyEvidence(f *testing.F) {
	f.Add("قال نعم", 0, 3, "قال")
	f.Add("a\xffb", 1, 2, "\xff")
	f.Fuzz(func(t *testing.T, text string, start, end int, exact string) {
		err := VerifyEvidence(text, []Evidence{{RoleCue, start, end, exact}})
		if (err == nil) != spanHolds(text, start, end, exact) {
			t.Errorf("%q [%d, %d) is %q: %v", text, start, end, exact, err)
		}
	})
}

// spanHolds cuts a text the slow way.
func spanHolds(text string, start, end int, exact string) bool {
	if start < 0 || start >= end {
		return false
	}
	var cut strings.Builder
	point := 0
	for at := range text {
		if point >= start && point < end {
			_, size := utf8.DecodeRuneInString(text[at:])
			cut.WriteString(text[at : at+size])
		}
		point++
	}
	return end <= point && cut.String() == exact
}

func BenchmarkVerifyEvidence(b *testing.B) {
	text := strings.Repeat("قال الوزير إن بلاده ترحب بالقرار. ", 100)
	var spans []Evidence
	for i := range 100 {
		spans = append(spans, Evidence{RoleCue, 34 * i, 34*i + 3, "قال"})
	}
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if err := VerifyEvidence(text, spans); err != nil {
			b.Fatal(err)
		}
	}
}
