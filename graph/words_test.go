package graph

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWords(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", []string{}},
		{" ?! ", []string{}},
		{"Iran, IRAN and إيران", []string{"iran", "and", "ايران"}},
		{"b a b c", []string{"a", "b", "c"}},
		{"a b a", []string{"b", "a"}},
		{strings.Repeat("again ", 1000), []string{"again"}},
	} {
		got, err := Words(c.text)
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%q: %v %s", c.text, err, diff)
		}
	}
	many := make([]string, MaxWords)
	for i := range many {
		many[i] = fmt.Sprint("w", i)
	}
	if got, err := Words(strings.Join(many, " ")); err != nil || !slices.Equal(got, many) {
		t.Errorf("as many as may be: %v", err)
	}
	if _, err := Words(strings.Join(many, " ") + " more"); !errors.Is(err, ErrInvalid) {
		t.Errorf("too many: %v", err)
	}
}
