package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"mawqif/graph"
	"mawqif/graph/analysis"
	"mawqif/graph/people"
)

// countFlags tell what counts, and as of when.
type countFlags struct {
	unit, asOf string
	exclude    []string

	named mentions
}

func (f *countFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.unit, "unit", "statement", "what counts once: statement, utterance (the same words of the same speaker, in copies of one article too), article, outlet")
	flags.StringArrayVar(&f.exclude, "exclude", nil, "leave out these actors, positions, issues, outlets or articles, each an id or a key such as state/us, outlet/reuters or sanctions")
	flags.StringVar(&f.asOf, "as-of", "", "as the store knew it at this moment, 2026-01-31T12:00:00Z, or at the end of a day, 2026-01-31")
}

// asked is what the flags ask of a store.
type asked struct {
	query   graph.TakingQuery
	unit    graph.Unit
	exclude []graph.ID
}

// ask checks the flags; book is where an issue's key is looked up.
func (f *countFlags) ask(filter graph.StatementFilter, book string, variables ...analysis.Variable) (a asked, err error) {
	a.query.Filter, a.query.Toward = filter, analysis.Toward(variables...)
	if f.asOf != "" {
		if a.query.AsOf, err = moment(f.asOf); err != nil {
			return a, fmt.Errorf("--as-of: %w", err)
		}
	}
	if err := a.query.Validate(); err != nil {
		return a, err
	}
	a.unit = graph.Unit(strings.ToUpper(f.unit))
	if !slices.Contains(analysis.Units, a.unit) {
		return a, fmt.Errorf("--unit %q is none of statement, utterance, article, outlet", f.unit)
	}
	for _, text := range f.exclude {
		id := graph.ID(text)
		switch {
		case id.Kind() != "":
		case strings.HasPrefix(text, "outlet/"):
			id = graph.NewOutlet(text).ID
		case strings.Contains(text, "/"):
			id = graph.NewID(graph.KindActor, text)
		default:
			id = graph.NewIssue(book, text).ID
		}
		f.named.add(id, "exclude", text)
		a.exclude = append(a.exclude, id)
	}
	return a, nil
}

// moment reads a moment, or the last one of a day.
func moment(text string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t.UTC(), nil
	}
	d, err := graph.ParseDay(text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is neither a moment like 2026-01-31T12:00:00Z nor a day like 2026-01-31", text)
	}
	return d.Time().AddDate(0, 0, 1).Add(-time.Microsecond), nil
}

// load reads what is asked for, settles who is to be left out, and finds the
// copies among the articles if they matter.
func (m *Main) load(ctx context.Context, a *asked) (*analysis.Projection, analysis.Copies, error) {
	if err := m.openView(ctx); err != nil {
		return nil, nil, err
	}
	if err := people.Settle(ctx, m.store, a.exclude); err != nil {
		return nil, nil, err
	}
	p, err := analysis.Load(ctx, m.store, a.query)
	if err != nil {
		return nil, nil, err
	}
	var copies analysis.Copies
	if a.unit == analysis.UnitUtterance {
		if copies, err = p.ReadCopies(ctx, m.store); err != nil {
			return nil, nil, err
		}
	}
	if p.Len() == 0 {
		fmt.Fprintln(m.Stderr, "no statement that takes a position or a stance matches")
	}
	return p, copies, nil
}

// stancesFlags are the settings of stances.
type stancesFlags struct {
	filter                                filterFlags
	count                                 countFlags
	actor, toward, interval, format, lang string
	limit                                 int
	asJSON                                bool
}

func (m *Main) stancesCommand() *cobra.Command {
	var f stancesFlags
	cmd := &cobra.Command{
		Use:   "stances [flags]",
		Short: "Print where actors stand: how often each is for and against what",
		Long: `Stances counts, for each actor and each position, issue or target, how many
statements are for, against and neither, with the mean, −1 to 1, the first and
the last day. Low and high bound the mean with a confidence of 95 %: as often as
there are articles, articles are drawn by chance, a thousand times, from a fixed
seed; there are no bounds where all comes from one article.`,
		Example: `  mawqif stances --actor state --toward issue
  mawqif stances --actor institution --speaker state/us --roll-up --interval month --format csv
  mawqif stances --toward target --unit outlet --json`,
		Args: usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			book, err := m.usualCodebook()
			if err != nil {
				return err
			}
			g, a, err := f.grouping(book)
			if err != nil {
				return usage(err)
			}
			p, copies, err := m.load(cmd.Context(), &a)
			if errors.Is(err, graph.ErrInvalid) {
				return usage(err)
			} else if err != nil {
				return err
			}
			if err := m.tellUnknown(cmd.Context(), f.filter.named, f.count.named); err != nil {
				return err
			}
			g.Copies = copies
			cells, rest, err := p.Cells(g)
			if err != nil {
				return usage(err)
			}
			lines := f.lines(p, cells)
			if rest > 0 {
				fmt.Fprintf(m.Stderr, "%d more with fewer counts: raise --limit to see them\n", rest)
			}
			out := bufio.NewWriter(m.Stdout)
			switch f.format {
			case "json":
				err = printStancesJSON(out, lines)
			case "csv":
				err = printStancesCSV(out, lines)
			default:
				printStances(out, tableWidth(m.Stdout), lines, g.Interval != "")
			}
			return errors.Join(err, out.Flush())
		},
	}
	flags := cmd.Flags()
	f.filter.add(flags)
	f.count.add(flags)
	flags.StringVar(&f.lang, "name-lang", "en", "language of the names, where known")
	flags.StringVar(&f.actor, "actor", "institution", "what an actor is: person, institution, state, or all together")
	flags.StringVar(&f.toward, "toward", "position", "what the stance is towards: position, issue, target")
	flags.StringVar(&f.interval, "interval", "no", "one stance a stretch of time: no, day, week, month, year")
	flags.IntVar(&f.limit, "limit", 1000, "how many stances at most, those with most counts kept")
	flags.StringVar(&f.format, "format", "table", "what to print: table, csv, json (a line a stance)")
	flags.BoolVar(&f.asJSON, "json", false, "the same as --format json")
	return cmd
}

// grouping checks the flags.
func (f *stancesFlags) grouping(book string) (g analysis.Grouping, a asked, err error) {
	if f.asJSON {
		f.format = "json"
	}
	for _, c := range []struct {
		flag, value string
		all         []string
	}{
		{"--format", f.format, []string{"table", "csv", "json"}},
		{"--actor", f.actor, []string{"person", "institution", "state", "all"}},
		{"--toward", f.toward, []string{"position", "issue", "target"}},
		{"--interval", f.interval, []string{"no", "day", "week", "month", "year"}},
	} {
		if !slices.Contains(c.all, c.value) {
			return g, a, fmt.Errorf("%s %q is none of %s", c.flag, c.value, strings.Join(c.all, ", "))
		}
	}
	if f.limit < 1 {
		return g, a, fmt.Errorf("--limit %d leaves nothing; it must be at least 1", f.limit)
	}
	g = analysis.Grouping{Toward: analysis.Variable(f.toward), Limit: f.limit, Bootstrap: true}
	if f.actor != "all" {
		g.Actor = analysis.Variable(f.actor)
	}
	if f.interval != "no" {
		g.Interval = graph.Interval(strings.ToUpper(f.interval))
	}
	filter, err := f.filter.filter(book)
	if err != nil {
		return g, a, err
	}
	a, err = f.count.ask(filter, book, g.Toward)
	g.Unit, g.Exclude = a.unit, a.exclude
	return g, a, err
}

// stanceLine is a stance as it is printed. Low and High are nil if unknown.
type stanceLine struct {
	Actor    string    `json:"actor"`
	ActorID  graph.ID  `json:"actorId"`
	Toward   string    `json:"toward"`
	TowardID graph.ID  `json:"towardId"`
	From     graph.Day `json:"from"`
	Negative int       `json:"negative"`
	Neutral  int       `json:"neutral"`
	Positive int       `json:"positive"`
	Mean     float64   `json:"mean"`
	Low      *float64  `json:"low"`
	High     *float64  `json:"high"`
	First    graph.Day `json:"first"`
	Last     graph.Day `json:"last"`
}

func (l *stanceLine) count() int { return l.Negative + l.Neutral + l.Positive }

// lines are the stances of cells: in the order of time, then those with most
// counts first, then by name.
func (f *stancesFlags) lines(p *analysis.Projection, cells []analysis.Cell) []stanceLine {
	lines := make([]stanceLine, len(cells))
	for i := range cells {
		c := &cells[i]
		lines[i] = stanceLine{
			ActorID: c.Actor, Toward: p.Name(c.Object, f.lang), TowardID: c.Object, From: c.From,
			Negative: c.Negative, Neutral: c.Neutral, Positive: c.Positive, Mean: c.Mean(), First: c.First, Last: c.Last,
		}
		if c.Actor != "" {
			lines[i].Actor = p.Name(c.Actor, f.lang)
		}
		if !math.IsNaN(c.Low) {
			lines[i].Low, lines[i].High = &c.Low, &c.High
		}
	}
	slices.SortStableFunc(lines, func(a, b stanceLine) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.count(), a.count()), cmp.Compare(a.Actor, b.Actor), cmp.Compare(a.Toward, b.Toward))
	})
	return lines
}

func printStancesJSON(out io.Writer, lines []stanceLine) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, l := range lines {
		if err := enc.Encode(l); err != nil {
			return err
		}
	}
	return nil
}

func printStancesCSV(out io.Writer, lines []stanceLine) error {
	w := csv.NewWriter(out)
	rows := [][]string{{"actor", "actor_id", "toward", "toward_id", "from", "negative", "neutral", "positive", "mean", "low", "high", "first", "last"}}
	number := func(f *float64) string {
		if f == nil {
			return ""
		}
		return formatValue(*f)
	}
	for _, l := range lines {
		rows = append(rows, []string{
			l.Actor, string(l.ActorID), l.Toward, string(l.TowardID), string(l.From), strconv.Itoa(l.Negative), strconv.Itoa(l.Neutral),
			strconv.Itoa(l.Positive), formatValue(l.Mean), number(l.Low), number(l.High), string(l.First), string(l.Last),
		})
	}
	return w.WriteAll(rows)
}

// printStances prints a table that lines up whatever the script.
func printStances(out io.Writer, width int, lines []stanceLine, intervals bool) {
	if len(lines) == 0 {
		return
	}
	const day, number, bounds = 10, 5, 14
	rest := width - 3*number - 6 - bounds - 2*day - 2*8
	if intervals {
		rest -= day + 2
	}
	rest = max(rest, 40)
	actor, toward := 5, 6
	for _, l := range lines {
		actor = max(actor, runewidth.StringWidth(oneLine(l.Actor)))
		toward = max(toward, runewidth.StringWidth(oneLine(l.Toward)))
	}
	if actor+toward > rest {
		actor = min(actor, max(rest*2/5, rest-toward))
		toward = rest - actor
	}
	row := func(from, who, what, negative, neutral, positive, mean, between, first, last string) {
		if intervals {
			fmt.Fprintf(out, "%s  ", cell(from, day))
		}
		fmt.Fprintf(out, "%s  %s  %5s  %5s  %5s  %6s  %s  %s  %s\n",
			cell(who, actor), cell(what, toward), negative, neutral, positive, mean, cell(between, bounds), cell(first, day), last)
	}
	row("from", "actor", "toward", "−", "·", "+", "mean", "95 %", "first", "last")
	for _, l := range lines {
		between := ""
		if l.Low != nil {
			between = fmt.Sprintf("%+.2f … %+.2f", *l.Low, *l.High)
		}
		row(string(l.From), l.Actor, l.Toward, strconv.Itoa(l.Negative), strconv.Itoa(l.Neutral), strconv.Itoa(l.Positive),
			fmt.Sprintf("%+.2f", l.Mean), between, string(l.First), string(l.Last))
	}
}
