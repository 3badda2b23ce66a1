package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"mawqif/graph"
	"mawqif/graph/analysis"
)

// networkFlags are the settings of a network, named as in DNA.
type networkFlags struct {
	countFlags
	kind, rows, columns, aggregation, normalization, duplicates string
	from, to, window, kernel, format                            string
	size, top                                                   int
	isolates, asJSON                                            bool
}

func (m *Main) networkCommand() *cobra.Command {
	var f networkFlags
	var filter filterFlags
	var lang string
	cmd := &cobra.Command{
		Use:   "network [flags]",
		Short: "Print a discourse network: who takes which positions, or who agrees with whom",
		Long: `Network makes a discourse network of the statements in the store, with the
settings and the figures of Discourse Network Analyzer.

A twomode network has actors in its rows and what they take positions on in its
columns. A onemode network connects the rows by the columns they share. An actor
is the person who speaks, the institution spoken for, or the state behind it.`,
		Example: `  mawqif network --qualifier-aggregation subtract
  mawqif network --type onemode --rows state --qualifier-aggregation congruence --normalization average
  mawqif network --type onemode --time-window months --window-size 6 --json > windows.jsonl`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			settings, window, err := f.settings()
			if err != nil {
				return usage(err)
			}
			book, err := m.usualCodebook()
			if err != nil {
				return err
			}
			statements, err := filter.filter(book)
			if err != nil {
				return usage(err)
			}
			sample, err := m.sample(cmd.Context(), &f, statements, lang)
			if err != nil {
				return err
			}
			if err := m.tellUnknown(cmd.Context(), filter.named, f.named); err != nil {
				return err
			}
			out := bufio.NewWriter(m.Stdout)
			print := f.printer(out)
			if window.Unit == "" {
				n, err := analysis.Make(sample.Events, settings)
				if err != nil {
					return usage(err)
				}
				m.tellNetwork(&n, sample)
				if err := print(&n); err != nil {
					return err
				}
				return out.Flush()
			}
			series, err := analysis.Series(sample.Events, settings, window)
			if err != nil {
				return usage(err)
			}
			windows := 0
			for n := range series {
				windows++
				if err := print(&n); err != nil {
					return err
				}
				if err := cmd.Context().Err(); err != nil {
					return err
				}
			}
			if windows == 0 && len(sample.List) > 0 {
				fmt.Fprintln(m.Stderr, "no window of this size has room in the days of the statements")
			}
			return out.Flush()
		},
	}
	flags := cmd.Flags()
	filter.add(flags)
	f.add(flags)
	flags.StringVar(&lang, "name-lang", "en", "language of the names, where known")
	flags.StringVar(&f.format, "format", "matrix", "what to print: matrix (CSV), edges (CSV), json")
	flags.BoolVar(&f.asJSON, "json", false, "the same as --format json: rows, columns and values, a line a network")
	return cmd
}

// add adds the flags of the settings.
func (f *networkFlags) add(flags *pflag.FlagSet) {
	f.countFlags.add(flags)
	flags.StringVar(&f.kind, "type", "twomode", "twomode or onemode")
	flags.StringVar(&f.rows, "rows", "institution", "what the rows are: person, institution, state, position, issue, target")
	flags.StringVar(&f.columns, "columns", "issue", "what the columns are, or what connects the rows: the same words")
	flags.StringVar(&f.aggregation, "qualifier-aggregation", "ignore", "what agreement does: ignore, subtract; twomode: combine; onemode: congruence, conflict")
	flags.StringVar(&f.normalization, "normalization", "no", "no; twomode: activity, prominence; onemode: average, jaccard, cosine")
	flags.StringVar(&f.duplicates, "duplicates", "include", "which repeats count once: include, document, week, month, year, acrossrange")
	flags.StringVar(&f.from, "from", "", "first day of the range, 2020-06-05")
	flags.StringVar(&f.to, "to", "", "last day of the range")
	flags.IntVar(&f.top, "top", 0, "keep the rows that take most sides, so many; all if 0")
	flags.BoolVar(&f.isolates, "isolates", false, "keep rows and columns without statements")
	flags.StringVar(&f.window, "time-window", "no", "one network a window: no, events, days, weeks, months, years")
	flags.IntVar(&f.size, "window-size", 3, "length of a window in its unit: half of it, rounded down, to either side of its middle")
	flags.StringVar(&f.kernel, "kernel", "no", "weigh statements by their distance from the middle: no, uniform, triangular, epanechnikov, gaussian")
}

// settings checks the flags and reports every fault.
func (f *networkFlags) settings() (s analysis.Settings, w analysis.Window, err error) {
	if f.asJSON {
		f.format = "json"
	}
	if formats := []string{"matrix", "edges", "json"}; !slices.Contains(formats, f.format) {
		return s, w, fmt.Errorf("--format %q is none of %v", f.format, formats)
	}
	s = analysis.Settings{
		Type: analysis.Type(f.kind), Aggregation: analysis.Aggregation(f.aggregation),
		Normalization: analysis.Normalization(f.normalization), Duplicates: analysis.Duplicates(f.duplicates),
		Isolates: f.isolates,
	}
	for _, bound := range []struct {
		flag, value string
		into        *time.Time
	}{{"--from", f.from, &s.From}, {"--to", f.to, &s.To}} {
		if bound.value == "" {
			continue
		}
		day, err := graph.ParseDay(bound.value)
		if err != nil {
			return s, w, fmt.Errorf("%s: %w", bound.flag, err)
		}
		*bound.into = day.Time()
	}
	if f.window == "no" {
		if f.kernel != string(analysis.NoKernel) {
			return s, w, fmt.Errorf("--kernel %s weighs the statements of a window: choose one by --time-window", f.kernel)
		}
		return s, w, s.Validate()
	}
	w = analysis.Window{Unit: analysis.TimeUnit(f.window), Size: f.size, Kernel: analysis.Kernel(f.kernel)}
	return s, w, w.Validate(s)
}

// sample reads what a network is made of.
func (m *Main) sample(ctx context.Context, f *networkFlags, filter graph.StatementFilter, lang string) (*analysis.Sample, error) {
	if f.top < 0 {
		return nil, usage(fmt.Errorf("--top %d leaves nothing; it must be at least 1, or 0 for all", f.top))
	}
	s := analysis.Selection{
		Rows: analysis.Variable(f.rows), Columns: analysis.Variable(f.columns), Top: f.top,
		From: graph.Day(f.from), To: graph.Day(f.to), Lang: lang,
	}
	book, err := m.usualCodebook()
	if err != nil {
		return nil, err
	}
	a, err := f.ask(filter, book, s.Rows, s.Columns)
	if err != nil {
		return nil, usage(err)
	}
	p, copies, err := m.load(ctx, &a)
	if err != nil {
		return nil, err
	}
	s.Unit, s.Exclude, s.Copies = a.unit, a.exclude, copies
	sample, err := p.Sample(s)
	if err != nil {
		return nil, usage(err)
	}
	return &sample, usage(f.fits(&sample))
}

// maxNetwork bounds the values of a network: 800 MB of them.
const maxNetwork = 100_000_000

// fits refuses a network that would be too large.
func (f *networkFlags) fits(s *analysis.Sample) error {
	rows, columns := len(s.Rows), len(s.Columns)
	if f.kind == string(analysis.OneMode) {
		columns = rows
	}
	if rows*columns > maxNetwork {
		return fmt.Errorf("the network would have %d by %d values, at most %d are allowed: keep the rows with most by --top, or narrow what it is made of", rows, columns, maxNetwork)
	}
	return nil
}

// tellNetwork says on standard error what the network is made of.
func (m *Main) tellNetwork(n *analysis.Network, s *analysis.Sample) {
	if len(n.Rows) == 0 {
		fmt.Fprint(m.Stderr, "the network is empty: ")
	}
	fmt.Fprintf(m.Stderr, "%s in a network of %d by %d", count(n.Statements, "statement"), len(n.Rows), len(n.Columns))
	for _, left := range []struct {
		n   int
		why string
	}{{n.Neutral, "take no side"}, {s.Nameless, "name no source"}, {s.Undated, "have no day"}, {s.Rest, "rows with less are left out"}} {
		if left.n > 0 {
			fmt.Fprintf(m.Stderr, "; %d %s", left.n, left.why)
		}
	}
	fmt.Fprintln(m.Stderr)
}

// printer prints networks in the format of the flags; with windows, one after
// another.
func (f *networkFlags) printer(out io.Writer) func(*analysis.Network) error {
	windows := f.window != "no"
	switch f.format {
	case "json":
		enc := json.NewEncoder(out)
		enc.SetEscapeHTML(false)
		return func(n *analysis.Network) error { return enc.Encode(networkJSON(n)) }
	case "edges":
		return printEdges(csv.NewWriter(out), windows, f.kind == string(analysis.OneMode))
	}
	return printMatrix(csv.NewWriter(out), windows)
}

// networkLine is a network as JSON.
type networkLine struct {
	Rows       []string    `json:"rows"`
	Columns    []string    `json:"columns"`
	Values     [][]float64 `json:"values"`
	RowIDs     []graph.ID  `json:"rowIds"`
	ColumnIDs  []graph.ID  `json:"columnIds"`
	Start      string      `json:"start"`
	Mid        string      `json:"mid"`
	Stop       string      `json:"stop"`
	Statements int         `json:"statements"`
	Neutral    int         `json:"neutral"`
}

func networkJSON(n *analysis.Network) networkLine {
	line := networkLine{
		Rows: []string{}, Columns: []string{}, RowIDs: []graph.ID{}, ColumnIDs: []graph.ID{}, Values: n.Values,
		Start: dayOrNone(n.Start), Mid: dayOrNone(n.Mid), Stop: dayOrNone(n.Stop),
		Statements: n.Statements, Neutral: n.Neutral,
	}
	for _, l := range n.Rows {
		line.Rows, line.RowIDs = append(line.Rows, l.Name), append(line.RowIDs, l.ID)
	}
	for _, l := range n.Columns {
		line.Columns, line.ColumnIDs = append(line.Columns, l.Name), append(line.ColumnIDs, l.ID)
	}
	return line
}

func dayOrNone(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

func printMatrix(w *csv.Writer, windows bool) func(*analysis.Network) error {
	return func(n *analysis.Network) error {
		head := []string{""}
		if windows {
			head[0] = dayOrNone(n.Mid)
		}
		for _, c := range n.Columns {
			head = append(head, c.Name)
		}
		if err := w.Write(head); err != nil {
			return err
		}
		for i, r := range n.Rows {
			line := []string{r.Name}
			for _, v := range n.Values[i] {
				line = append(line, formatValue(v))
			}
			if err := w.Write(line); err != nil {
				return err
			}
		}
		w.Flush()
		return w.Error()
	}
}

// printEdges prints what is not zero; of a one-mode network, each pair once.
func printEdges(w *csv.Writer, windows, oneMode bool) func(*analysis.Network) error {
	first := true
	return func(n *analysis.Network) error {
		if first {
			head := []string{"source", "target", "weight"}
			if windows {
				head = append(head, "start", "mid", "stop")
			}
			if err := w.Write(head); err != nil {
				return err
			}
			first = false
		}
		for i, r := range n.Rows {
			for j, c := range n.Columns {
				if n.Values[i][j] == 0 || oneMode && j < i {
					continue
				}
				line := []string{r.Name, c.Name, formatValue(n.Values[i][j])}
				if windows {
					line = append(line, dayOrNone(n.Start), dayOrNone(n.Mid), dayOrNone(n.Stop))
				}
				if err := w.Write(line); err != nil {
					return err
				}
			}
		}
		w.Flush()
		return w.Error()
	}
}

func formatValue(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
