package linear

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func weather() []Example {
	return []Example{
		{"dry", []Feature{Fact("sun"), {"cloud", 0.1}}},
		{"dry", []Feature{Fact("sun"), Fact("wind")}},
		{"wet", []Feature{Fact("wind"), {"cloud", 0.9}}},
		{"wet", []Feature{{"cloud", 1}}},
	}
}

func TestTrainLearnsItsExamples(t *testing.T) {
	m := Train(weather(), Options{Decay: 0.01, Epochs: 50, Rate: 0.3})
	for _, x := range weather() {
		if got, p := m.Best(x.Features); got != x.Class || p <= 0.5 {
			t.Errorf("Best(%v) = %q, %.2f, want %q", x.Features, got, p, x.Class)
		}
	}
}

func TestTrainIsDeterministic(t *testing.T) {
	table := func() string {
		var b bytes.Buffer
		if err := Train(weather(), Options{Decay: 0.01, Epochs: 20, Rate: 0.3}).Write(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if diff := cmp.Diff(table(), table()); diff != "" {
		t.Error(diff)
	}
}

func TestWrittenModelLoads(t *testing.T) {
	m, err := Load("# made for the test\ndry\tsun\t1.50\nwet\tcloud\t2.00\nwet\tsun\t-1.00\n")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := m.Write(&b); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("dry\tsun\t1.50\nwet\tcloud\t2.00\nwet\tsun\t-1.00\n", b.String()); diff != "" {
		t.Error(diff)
	}
	if got, _ := m.Best([]Feature{Fact("cloud"), Fact("unknown")}); got != "wet" {
		t.Errorf("Best = %q, want wet", got)
	}
}

func TestLoadNamesTheFault(t *testing.T) {
	for _, tt := range []struct{ table, want string }{
		{"dry\tsun\n", "line 1: want class, feature and weight, got 2 columns"},
		{"dry\tsun\t1\nwet\tcloud\tmuch\n", `line 2: "much" is no weight`},
		{"wet\tcloud\tNaN\n", `line 1: "NaN" is no weight`},
	} {
		if _, err := Load(tt.table); err == nil || err.Error() != tt.want {
			t.Errorf("Load(%q) = %v, want %s", tt.table, err, tt.want)
		}
	}
}

func TestEmptyModelHasNoBest(t *testing.T) {
	m, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	if got, p := m.Best([]Feature{Fact("x")}); got != "" || p != 0 {
		t.Errorf("Best = %q, %v", got, p)
	}
}

func TestCalibrateShrinksOverconfidence(t *testing.T) {
	m, err := Load("no\tany\t-2.00\nyes\tany\t2.00\n")
	if err != nil {
		t.Fatal(err)
	}
	given := m.Probabilities([]Feature{Fact("any")}, nil)[1]
	var outcomes []Outcome
	for i := range 100 {
		outcomes = append(outcomes, Outcome{given, i%5 != 0}) // four in five hold
	}
	m.Calibrate("yes", "any", outcomes)
	if p := m.Probabilities([]Feature{Fact("any")}, nil)[1]; p < 0.77 || p > 0.83 {
		t.Errorf("after calibration %.3f, want 0.8", p)
	}
}

func TestFoldCountsTwinsAsOne(t *testing.T) {
	m, err := Load("dry\tsun\t1\ndry\tlocal sun\t0.5\nwet\tlocal rain\t2\nwet\tsun\t-1\n")
	if err != nil {
		t.Fatal(err)
	}
	both := m.Probabilities([]Feature{Fact("sun"), Fact("local sun"), Fact("local rain")}, nil)
	m.Fold("local ")
	scores := make([]float64, 2)
	m.Weigh([]byte("sun"), scores)
	m.Weigh([]byte("rain"), scores)
	if diff := cmp.Diff([]float64{1.5, 1}, scores); diff != "" {
		t.Errorf("scores (-want +got):\n%s", diff)
	}
	softmax(scores)
	if diff := cmp.Diff(both, scores); diff != "" {
		t.Errorf("probabilities (-unfolded +folded):\n%s", diff)
	}
}

func TestTrainChoice(t *testing.T) {
	near, far, right := Fact("near"), Fact("far"), Fact("right")
	cases := []Choice{
		{Options: [][]Feature{{near}, {far}}, Right: []bool{true, false}},
		{Options: [][]Feature{{far, right}, {near}}, Right: []bool{true, false}},
		{Options: [][]Feature{{far}, {near}}, Right: []bool{false, true}},
		{Options: [][]Feature{{far}}, Right: []bool{false}},
	}
	m := TrainChoice("meant", cases, Options{Decay: 0.001, Epochs: 100, Rate: 0.2})
	for i, c := range cases[:3] {
		for k := range c.Options {
			if c.Right[k] != (m.Score(0, c.Options[k]) > m.Score(0, c.Options[1-k])) {
				t.Errorf("case %d: option %d is ranked wrongly", i, k)
			}
		}
	}
	var a, b bytes.Buffer
	if err := m.Write(&a); err != nil {
		t.Fatal(err)
	}
	if err := TrainChoice("meant", cases, Options{Decay: 0.001, Epochs: 100, Rate: 0.2}).Write(&b); err != nil {
		t.Fatal(err)
	}
	if a.String() != b.String() {
		t.Error("training twice gives two models")
	}
}
