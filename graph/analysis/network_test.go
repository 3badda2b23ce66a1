package analysis

import (
	"errors"
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func labels(names ...string) []Label {
	list := make([]Label, len(names))
	for i, n := range names {
		list[i].Name = n
	}
	return list
}

// debate is two actors who agree on aid and differ on tolls, and a third who
// takes no side.
func debate() Events {
	return Events{
		Rows: labels("mayor", "union", "press"), Columns: labels("tolls", "aid"),
		List: []Event{
			{Row: 0, Column: 0, Value: 1, Document: 1, Time: day("2020-01-31")},
			{Row: 1, Column: 0, Value: -1, Document: 1, Time: day("2020-02-10"), Order: 1},
			{Row: 0, Column: 1, Value: 1, Document: 2, Time: day("2020-02-29"), Order: 2},
			{Row: 1, Column: 1, Value: 1, Document: 2, Time: day("2020-03-31"), Order: 3},
			{Row: 2, Column: 1, Value: 0, Document: 3, Time: day("2020-03-31"), Order: 4},
		},
	}
}

func plain(a Aggregation) Settings {
	return Settings{Type: OneMode, Aggregation: a, Normalization: NoNormalization, Duplicates: Include}
}

func TestNeutralStatementsAreCountedApart(t *testing.T) {
	n, err := Make(debate(), plain(Congruence))
	if err != nil {
		t.Fatal(err)
	}
	if n.Statements != 4 || n.Neutral != 1 {
		t.Errorf("%d statements and %d neutral, want 4 and 1", n.Statements, n.Neutral)
	}
	if diff := cmp.Diff(labels("mayor", "union"), n.Rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([][]float64{{0, 1}, {1, 0}}, n.Values); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
}

func TestIsolatesAreKeptOnRequest(t *testing.T) {
	s := plain(Subtract)
	s.Isolates = true
	n, err := Make(debate(), s)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(labels("mayor", "press", "union"), n.Rows); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func TestCombineTellsWhichValuesOccurred(t *testing.T) {
	e := debate()
	e.List = append(e.List, Event{Row: 0, Column: 1, Value: -1, Document: 4, Time: day("2020-04-01"), Order: 5})
	n, err := Make(e, Settings{Type: TwoMode, Aggregation: Combine, Normalization: NoNormalization, Duplicates: Include})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]float64{{3, 1}, {1, 2}}, n.Values); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
}

func TestTheOrderOfEventsDoesNotMatter(t *testing.T) {
	e := debate()
	want, err := Make(e, plain(Conflict))
	if err != nil {
		t.Fatal(err)
	}
	for i, j := 0, len(e.List)-1; i < j; i, j = i+1, j-1 {
		e.List[i], e.List[j] = e.List[j], e.List[i]
	}
	got, err := Make(e, plain(Conflict))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Network{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestEventsOutsideTheRangeAreLeftOut(t *testing.T) {
	s := plain(Ignore)
	s.From, s.To = day("2020-02-10"), day("2020-02-29")
	n, err := Make(debate(), s)
	if err != nil {
		t.Fatal(err)
	}
	if n.Statements != 2 || !n.Start.Equal(s.From) || !n.Stop.Equal(s.To) {
		t.Errorf("%d statements from %s to %s, want 2 in the range", n.Statements, n.Start, n.Stop)
	}
}

func TestWindowsOfEventsHaveTheirSize(t *testing.T) {
	series, err := Series(debate(), plain(Ignore), Window{Unit: EventUnit, Size: 2, Kernel: NoKernel})
	if err != nil {
		t.Fatal(err)
	}
	var mids []string
	for n := range series {
		mids = append(mids, n.Mid.Format(time.DateOnly))
		if n.Statements != 3 {
			t.Errorf("window around %s has %d statements, want 3", n.Mid, n.Statements)
		}
	}
	if diff := cmp.Diff([]string{"2020-02-10", "2020-02-29"}, mids); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestMonthsEndOnTheirLastDay(t *testing.T) {
	w := Window{Unit: Months}
	for _, tc := range []struct {
		from string
		n    int
		want string
	}{
		{"2020-01-31", 1, "2020-02-29"},
		{"2020-03-31", -1, "2020-02-29"},
		{"2020-01-31", 12, "2021-01-31"},
		{"2019-12-15", 1, "2020-01-15"},
	} {
		if got := w.step(day(tc.from), tc.n).Format(time.DateOnly); got != tc.want {
			t.Errorf("%s plus %d months = %s, want %s", tc.from, tc.n, got, tc.want)
		}
	}
}

func TestDistanceCountsWholeUnits(t *testing.T) {
	for _, tc := range []struct {
		unit     TimeUnit
		from, to string
		want     int
	}{
		{Days, "2020-01-01", "2020-01-09", 8},
		{Weeks, "2020-01-01", "2020-01-14", 1},
		{Months, "2020-01-31", "2020-02-29", 0},
		{Months, "2020-02-29", "2020-01-31", 0},
		{Months, "2020-05-10", "2020-02-10", -3},
		{Years, "2018-06-01", "2020-05-31", 1},
	} {
		if got := (Window{Unit: tc.unit}).distance(day(tc.from), day(tc.to)); got != tc.want {
			t.Errorf("%s from %s to %s = %d, want %d", tc.unit, tc.from, tc.to, got, tc.want)
		}
	}
}

func TestSettingsThatDoNotGoTogetherAreAllReported(t *testing.T) {
	s := Settings{Type: TwoMode, Aggregation: Congruence, Normalization: Jaccard, Duplicates: "daily", From: day("2020-02-01"), To: day("2020-01-01")}
	w := Window{Unit: "hours", Size: 0, Kernel: "square"}
	err := w.Validate(s)
	if !errors.Is(err, ErrSettings) {
		t.Fatalf("error = %v, want ErrSettings", err)
	}
	var list interface{ Unwrap() []error }
	if !errors.As(err, &list) {
		t.Fatalf("error = %v, want every fault", err)
	}
	if got := len(list.Unwrap()); got != 5 {
		t.Errorf("%d faults, want the settings' and four of the window:\n%v", got, err)
	}
	if _, err := Make(debate(), Settings{Type: "threemode"}); !errors.Is(err, ErrSettings) {
		t.Errorf("error = %v, want ErrSettings", err)
	}
}

func TestNoEventsMakeAnEmptyNetwork(t *testing.T) {
	n, err := Make(Events{}, plain(Subtract))
	if err != nil || len(n.Rows) != 0 || len(n.Values) != 0 {
		t.Errorf("network %v, error %v; want an empty one", n, err)
	}
	series, err := Series(Events{}, plain(Subtract), Window{Unit: Days, Size: 3, Kernel: Gaussian})
	if err != nil {
		t.Fatal(err)
	}
	for n := range series {
		t.Errorf("a window of nothing: %v", n)
	}
}

// BenchmarkMake makes the one-mode network of 100,000 statements of 500 actors
// on 300 positions.
func BenchmarkMake(b *testing.B) {
	draw := rand.New(rand.NewPCG(1, 2))
	var e Events
	for i := range 500 {
		e.Rows = append(e.Rows, Label{Name: "actor " + strconv.Itoa(i)})
	}
	for i := range 300 {
		e.Columns = append(e.Columns, Label{Name: "position " + strconv.Itoa(i)})
	}
	for i := range 100_000 {
		e.List = append(e.List, Event{
			Row: int(500 * draw.Float64() * draw.Float64()), Column: int(300 * draw.Float64() * draw.Float64()),
			Value: int8(2*draw.IntN(2) - 1), Document: i / 8, Order: i, Time: day("2015-01-01").AddDate(0, 0, draw.IntN(3000)),
		})
	}
	for _, s := range []Settings{
		{Type: TwoMode, Aggregation: Subtract, Normalization: Activity, Duplicates: Document},
		{Type: OneMode, Aggregation: Subtract, Normalization: Average, Duplicates: Document},
		{Type: OneMode, Aggregation: Congruence, Normalization: Jaccard, Duplicates: Include},
	} {
		b.Run(string(s.Type)+"-"+string(s.Aggregation)+"-"+string(s.Normalization), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Make(e, s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// The way without sorting makes the networks of the way with it.
func TestBothWaysMakeTheSameNetwork(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 9))
	for range 60 {
		rows, columns := 1+r.IntN(7), 1+r.IntN(7)
		var e Events
		for i := range rows {
			e.Rows = append(e.Rows, Label{Name: strconv.Itoa(r.IntN(1000)) + "r" + strconv.Itoa(i)})
		}
		for i := range columns {
			e.Columns = append(e.Columns, Label{Name: strconv.Itoa(r.IntN(1000)) + "c" + strconv.Itoa(i)})
		}
		for i := range r.IntN(40) {
			e.List = append(e.List, Event{
				Row: r.IntN(rows), Column: r.IntN(columns), Value: int8(r.IntN(3) - 1), Document: r.IntN(5),
				Time: day("2020-01-01").AddDate(0, 0, r.IntN(50)), Order: i,
			})
		}
		s := Settings{Type: TwoMode, Aggregation: Subtract, Normalization: NoNormalization, Duplicates: Include, Isolates: r.IntN(2) == 0}
		if r.IntN(2) == 0 {
			s.Type, s.Aggregation = OneMode, []Aggregation{Ignore, Congruence, Conflict, Subtract}[r.IntN(4)]
		}
		if r.IntN(2) == 0 {
			s.From, s.To = day("2020-01-10"), day("2020-02-01")
		}
		got, err := Make(e, s)
		if err != nil {
			t.Fatal(err)
		}
		prepared, neutral := s.prepare(e)
		want := s.network(prepared)
		if diff := cmp.Diff([]any{want.Rows, want.Columns, want.Values, want.Statements, neutral},
			[]any{got.Rows, got.Columns, got.Values, got.Statements, got.Neutral}, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("%+v (-sorted +direct):\n%s", s, diff)
		}
		if diff := cmp.Diff(want.events(), got.events(), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("events (-sorted +direct):\n%s", diff)
		}
	}
}
