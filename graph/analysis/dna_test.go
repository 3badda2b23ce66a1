package analysis

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// coded is a statement coded by hand, as the reference data has it.
type coded struct {
	document, order int
	time            time.Time
	value           int8
	of              map[string]string
}

func readCoded(t *testing.T, path string) []coded {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []coded
	for i, l := range lines[1:] {
		when, err := time.Parse(time.RFC3339, l[2])
		if err != nil {
			t.Fatal(err)
		}
		document, err := strconv.Atoi(l[1])
		if err != nil {
			t.Fatal(err)
		}
		c := coded{document: document, order: i, time: when, value: -1, of: map[string]string{"person": l[4], "organization": l[5], "concept": l[6]}}
		if l[7] == "1" {
			c.value = 1
		}
		all = append(all, c)
	}
	return all
}

func eventsOf(all []coded, rows, columns string) Events {
	var e Events
	index := func(list *[]Label, at map[string]int, label string) int {
		i, ok := at[label]
		if !ok {
			i = len(*list)
			at[label] = i
			*list = append(*list, Label{Name: label})
		}
		return i
	}
	rowAt, columnAt := map[string]int{}, map[string]int{}
	for _, c := range all {
		e.List = append(e.List, Event{
			Row: index(&e.Rows, rowAt, c.of[rows]), Column: index(&e.Columns, columnAt, c.of[columns]),
			Value: c.value, Document: c.document, Time: c.time, Order: c.order,
		})
	}
	return e
}

// reference is a network that Discourse Network Analyzer computed.
type reference struct {
	Type          Type
	Variable1     string
	Variable2     string
	Aggregation   Aggregation `json:"qualifierAggregation"`
	Normalization Normalization
	Duplicates    Duplicates
	TimeWindow    TimeUnit
	WindowSize    int
	Kernel        Kernel
	Matrix        referenceMatrix
	Windows       int
	Sampled       []referenceMatrix
}

type referenceMatrix struct {
	Rows, Columns    []string
	Values           [][]float64
	Start, Mid, Stop string
}

// TestNetworksEqualThoseOfDNA compares with networks that Discourse Network
// Analyzer computed from the same statements, to 1e-9.
func TestNetworksEqualThoseOfDNA(t *testing.T) {
	compareWithDNA(t, filepath.Join("testdata", "synthetic"))
	if more := os.Getenv("MAWQIF_DNA"); more != "" {
		compareWithDNA(t, more)
	}
}

func compareWithDNA(t *testing.T, base string) {
	all := readCoded(t, base+".csv")
	f, err := os.Open(base + "-networks.jsonl.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	in := bufio.NewScanner(z)
	in.Buffer(nil, 64<<20)
	count := 0
	for in.Scan() {
		var want reference
		if err := json.Unmarshal(in.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		count++
		name := fmt.Sprint(want.Type, want.Variable1, want.Variable2, want.Aggregation, want.Normalization, want.Duplicates, want.TimeWindow, want.WindowSize, want.Kernel)
		t.Run(name, func(t *testing.T) { compareNetwork(t, eventsOf(all, want.Variable1, want.Variable2), want) })
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %d networks", base, count)
}

func compareNetwork(t *testing.T, e Events, want reference) {
	s := Settings{Type: want.Type, Aggregation: want.Aggregation, Normalization: want.Normalization, Duplicates: want.Duplicates}
	if want.TimeWindow == "" {
		got, err := Make(e, s)
		if err != nil {
			t.Fatal(err)
		}
		compareMatrix(t, got, want.Matrix)
		return
	}
	series, err := Series(e, s, Window{Unit: want.TimeWindow, Size: want.WindowSize, Kernel: want.Kernel})
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]Network{}
	windows := 0
	for n := range series {
		at[n.Mid.Format("2006-01-02T15:04")] = n
		windows++
	}
	if windows != want.Windows {
		t.Errorf("%d windows, want %d", windows, want.Windows)
	}
	for _, m := range want.Sampled {
		got, ok := at[m.Mid]
		if !ok {
			t.Errorf("no window around %s", m.Mid)
			continue
		}
		compareMatrix(t, got, m)
		if start, stop := got.Start.Format("2006-01-02T15:04"), got.Stop.Format("2006-01-02T15:04"); start != m.Start || stop != m.Stop {
			t.Errorf("window around %s is %s to %s, want %s to %s", m.Mid, start, stop, m.Start, m.Stop)
		}
	}
}

func compareMatrix(t *testing.T, got Network, want referenceMatrix) {
	t.Helper()
	if diff := cmp.Diff(labels(want.Rows...), got.Rows); len(want.Rows)+len(got.Rows) > 0 && diff != "" {
		t.Fatalf("rows (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(labels(want.Columns...), got.Columns); len(want.Columns)+len(got.Columns) > 0 && diff != "" {
		t.Fatalf("columns (-want +got):\n%s", diff)
	}
	for i := range want.Values {
		for j := range want.Values[i] {
			if math.Abs(got.Values[i][j]-want.Values[i][j]) > 1e-9 {
				t.Fatalf("%v by %v: %v, want %v", got.Rows[i], got.Columns[j], got.Values[i][j], want.Values[i][j])
			}
		}
	}
}
