package weigh

import (
	"strings"
	"testing"
)

func examples() []Example {
	var e []Example
	for range 20 {
		e = append(e, Example{Features: []string{"always", "warm"}, Class: 1, Weight: 1},
			Example{Features: []string{"always", "cold"}, Class: 0, Weight: 1})
	}
	return e
}

// What is fitted is read back, tells the classes apart, and is the same every
// time.
func TestTrain(t *testing.T) {
	var out, again strings.Builder
	o := Options{Passes: 10, Rate: 0.1, Decay: 0.001, Floor: 2}
	for _, b := range []*strings.Builder{&out, &again} {
		if err := Train(examples(), []string{"no", "yes"}, o, b); err != nil {
			t.Fatal(err)
		}
	}
	if out.String() != again.String() {
		t.Error("fitting twice gave two files")
	}
	m, err := Read(out.String())
	if err != nil {
		t.Fatal(err)
	}
	if class, p := m.Weigh([]string{"always", "warm", "never seen"}); class != 1 || p < 0.7 {
		t.Errorf("warm is class %d with %v", class, p)
	}
	if p := m.Probability([]string{"always", "cold"}, 1); p > 0.3 {
		t.Errorf("cold is yes with %v", p)
	}
}

func TestReadFaults(t *testing.T) {
	for _, test := range []struct{ weights, want string }{
		{"", "no classes"},
		{"warm\t1\t2\n", "line 1: the classes must come first"},
		{"class\tno\tyes\nwarm\t1\n", "line 2: 1 weights for 2 classes"},
		{"class\tno\tyes\nwarm\t1\tx\n", "line 2: strconv.ParseInt"},
	} {
		if _, err := Read(test.weights); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: %v, want %q", test.weights, err, test.want)
		}
	}
}
