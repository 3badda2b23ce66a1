package coded

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"mawqif/graph"
)

// Fields are what a column of a table of coded statements can be: of the
// article its document (what tells articles apart), title, outlet, url,
// language, date and text; of the statement its passage (content, or start and
// end in code points of the text), person, organization, role, concept,
// agreement, act, quote_type, cue and said, the day.
var Fields = []string{
	"document", "title", "outlet", "url", "language", "date", "text",
	"content", "start", "end", "person", "organization", "role", "concept", "agreement", "act", "quote_type", "cue", "said",
}

// Zero tells what an agreement of 0 means.
type Zero string

// The meanings of 0: what a table with -1, 0 and 1 means by itself, and what
// one with 0 and 1 alone does not say.
const (
	ZeroUnsaid   Zero = ""
	ZeroNeutral  Zero = "neutral"
	ZeroDisagree Zero = "disagree"
)

// TableOptions tell how a table is read.
type TableOptions struct {
	Options
	// Columns names the column of a field; a field that it does not name is the
	// column of its own name.
	Columns map[string]string
	// Delimiter stands between columns; a comma if zero.
	Delimiter rune
	Zero      Zero
}

// Table is a table of coded statements, a row each.
type Table struct {
	options TableOptions
	report  Report
	name    string
	head    []string
	rows    []row
	at      map[string]int // the columns of fields
}

// row is a row with the line it stands on.
type row struct {
	line  int
	cells []string
}

// maxTable bounds the size of a table in bytes.
const maxTable = 1 << 30

// OpenTable reads a table as CSV in UTF-8, whose first row names the columns,
// and checks what it must have: a concept or who speaks, and the passage. It
// returns an [ErrSource] that says what is wrong with the file.
func OpenTable(path string, o TableOptions) (*Table, error) {
	fail := func(format string, args ...any) (*Table, error) {
		return nil, fmt.Errorf("%s %w: %s", path, ErrSource, fmt.Sprintf(format, args...))
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fail("there is no such file")
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrSource, err)
	case info.IsDir():
		return fail("it is a folder")
	case info.Size() > maxTable:
		return fail("it has %d bytes, more than the %d that are read; split it", info.Size(), maxTable)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSource, err)
	}
	content = bytes.TrimPrefix(content, []byte("\xEF\xBB\xBF"))
	if bad := invalid(content); bad >= 0 {
		return fail("line %d holds bytes that are not UTF-8; save the table as UTF-8", 1+bytes.Count(content[:bad], []byte("\n")))
	}
	if o.Codebook == "" {
		o.Codebook = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	}
	t := &Table{options: o, name: filepath.Base(path)}
	if err := t.read(content); err != nil {
		return fail("%v", err)
	}
	return t, nil
}

// invalid returns where the first byte stands that is not UTF-8, or -1.
func invalid(text []byte) int {
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size <= 1 {
			return at
		}
		at += size
	}
	return -1
}

func (t *Table) read(content []byte) error {
	in := csv.NewReader(bytes.NewReader(content))
	in.FieldsPerRecord = -1
	if t.options.Delimiter != 0 {
		in.Comma = t.options.Delimiter
	}
	head, err := in.Read()
	if errors.Is(err, io.EOF) {
		return errors.New("the file is empty")
	} else if err != nil {
		return err
	}
	t.head = head
	if err := t.columns(); err != nil {
		return err
	}
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		line, _ := in.FieldPos(0)
		t.rows = append(t.rows, row{line, cells})
	}
	return t.zero()
}

// columns finds the columns of the fields.
func (t *Table) columns() error {
	t.at = map[string]int{}
	has := func(name string) int { return slices.Index(t.head, name) }
	for _, field := range slices.Sorted(maps.Keys(t.options.Columns)) {
		if !slices.Contains(Fields, field) {
			return fmt.Errorf("there is no field %q; the fields are %s", field, strings.Join(Fields, ", "))
		}
		column := t.options.Columns[field]
		at := has(column)
		if at < 0 {
			return fmt.Errorf("it has no column %q; its columns are %s", column, strings.Join(t.head, ", "))
		}
		t.at[field] = at
	}
	for _, field := range Fields {
		if _, mapped := t.options.Columns[field]; !mapped && has(field) >= 0 {
			t.at[field] = has(field)
		}
	}
	one := func(fields ...string) bool {
		return slices.ContainsFunc(fields, func(f string) bool { _, ok := t.at[f]; return ok })
	}
	needs := func(what, field string) error {
		return fmt.Errorf("no column says %s; its columns are %s: name one with --map %s=COLUMN", what, strings.Join(t.head, ", "), field)
	}
	switch {
	case !one("person", "organization"):
		return needs("who speaks", "person")
	case !one("concept"):
		return needs("on what", "concept")
	case !one("content") && !(one("text") && one("start") && one("end")):
		return needs("which passage proves it", "content")
	case one("start") != one("end"):
		return errors.New("it has a column for the start or for the end of a passage, but not for both")
	}
	return nil
}

// cell returns the value of a field in a row, without space around it unless
// it is text; "" if it has none.
func (t *Table) cell(r row, field string) string {
	at, ok := t.at[field]
	if !ok || at >= len(r.cells) {
		return ""
	}
	if field == "text" || field == "content" {
		return r.cells[at]
	}
	return strings.TrimSpace(r.cells[at])
}

// zero tells what 0 means, if it can.
func (t *Table) zero() error {
	if t.options.Zero != ZeroUnsaid {
		return nil
	}
	zero, other := false, false
	for _, r := range t.rows {
		switch v := t.cell(r, "agreement"); {
		case v == "0":
			zero = true
		case v != "1" && v != "":
			other = true
		}
	}
	if zero && !other {
		return errors.New("its agreement is 0 or 1, and 0 may mean either: say which with --zero disagree or --zero neutral")
	}
	t.options.Zero = ZeroNeutral
	return nil
}

// agreements are the words that tables have for an agreement.
var agreements = map[string]int8{
	"1": 1, "+1": 1, "+": 1, "true": 1, "yes": 1, "agree": 1, "agrees": 1, "support": 1, "supports": 1, "pro": 1, "for": 1, "نعم": 1, "مؤيد": 1, "موافق": 1,
	"-1": -1, "−1": -1, "-": -1, "−": -1, "false": -1, "no": -1, "disagree": -1, "disagrees": -1, "oppose": -1, "opposes": -1, "contra": -1, "against": -1, "لا": -1, "معارض": -1,
	"neutral": 0, "none": 0, "": 0, "محايد": 0,
}

// Close is for those who close what they open; a table holds nothing open.
func (t *Table) Close() error { return nil }

// Report says what was taken and what was not, once all batches are read.
func (t *Table) Report() *Report { return &t.report }

// Codebook is the name of the codebook that the concepts are read into.
func (t *Table) Codebook() string { return t.options.Codebook }

// Batches yields the articles in the order in which the table has them first,
// each with its statements.
func (t *Table) Batches(ctx context.Context) iter.Seq2[graph.Batch, error] {
	return func(yield func(graph.Batch, error) bool) {
		t.report = Report{}
		var persons, organizations, concepts []string
		for _, r := range t.rows {
			persons, organizations, concepts = append(persons, t.cell(r, "person")), append(organizations, t.cell(r, "organization")), append(concepts, t.cell(r, "concept"))
		}
		t.leaveColumns()
		a := newAssembler(t.options.Options, "csv", &t.report, persons, organizations, concepts, parents{})
		for _, d := range t.documents() {
			if err := ctx.Err(); err != nil {
				yield(graph.Batch{}, err)
				return
			}
			if b, ok := a.batch(d); ok && !yield(b, nil) {
				return
			}
		}
	}
}

// leaveColumns notes the columns that are no field.
func (t *Table) leaveColumns() {
	used := slices.Collect(maps.Values(t.at))
	for i, name := range t.head {
		if slices.Contains(used, i) {
			continue
		}
		n := 0
		for _, r := range t.rows {
			if i < len(r.cells) && r.cells[i] != "" {
				n++
			}
		}
		t.report.leave(n, fmt.Sprintf("values of the column %q", name), "no field is that column")
	}
}

// group is an article with its rows.
type group struct {
	*document
	rows []row
}

// documents gathers the rows by article and places their passages.
func (t *Table) documents() []*document {
	of := map[string]*group{}
	var groups []*group
	for i, r := range t.rows {
		if len(r.cells) != len(t.head) {
			t.report.reject(t.where(r), "it has %d columns, and the first row has %d", len(r.cells), len(t.head))
			continue
		}
		id := t.cell(r, "document")
		key := "d" + id
		if _, has := t.at["document"]; !has {
			id = "row " + strconv.Itoa(i+1)
			key = "r" + id
			if text := t.cell(r, "text"); text != "" {
				key = "t" + text
			}
		}
		g := of[key]
		if g == nil {
			g = &group{document: &document{
				id: id, where: t.where(r), url: t.cell(r, "url"), title: t.cell(r, "title"), outlet: t.cell(r, "outlet"),
				language: t.cell(r, "language"), text: t.cell(r, "text"), published: t.day(r, "date"),
			}}
			of[key] = g
			groups = append(groups, g)
		}
		if text := t.cell(r, "text"); text != g.text && text != "" {
			t.report.reject(t.where(r), "its text differs from that of the same document in %s", g.where)
			continue
		}
		g.rows = append(g.rows, r)
	}
	var all []*document
	for _, g := range groups {
		t.passages(g)
		all = append(all, g.document)
	}
	return all
}

func (t *Table) where(r row) string { return fmt.Sprintf("line %d of %s", r.line, t.name) }

// day reads a day, with a time behind it or without; what is none is noted.
func (t *Table) day(r row, field string) graph.Day {
	v := t.cell(r, field)
	if v == "" {
		return ""
	}
	text, _, _ := strings.Cut(strings.Replace(v, " ", "T", 1), "T")
	d, err := graph.ParseDay(text)
	if err != nil {
		t.report.leave(1, fmt.Sprintf("values of the field %q that are no day like 2020-06-05", field), "they are taken as unknown")
	}
	return d
}

// passages codes the rows of an article. An article without a text has the
// passages as its text, a paragraph each.
func (t *Table) passages(g *group) {
	made := g.text == ""
	var text strings.Builder
	points := 0
	var offsets *graph.Offsets
	if !made {
		offsets = graph.NewOffsets(g.text)
	}
	for _, r := range g.rows {
		c, ok := t.coding(r)
		if !ok {
			continue
		}
		content := t.cell(r, "content")
		switch {
		case made && content == "":
			t.report.reject(t.where(r), "it has no passage that proves it")
			continue
		case made:
			if points > 0 {
				text.WriteString("\n\n")
				points += 2
			}
			c.start = points
			text.WriteString(content)
			points += utf8.RuneCountInString(content)
			c.end = points
		default:
			if cause := t.locate(r, g.text, offsets, content, &c); cause != "" {
				t.report.reject(t.where(r), "%s", cause)
				continue
			}
		}
		g.codings = append(g.codings, c)
	}
	if made {
		g.text = text.String()
	}
}

// locate finds the passage of a row in the text, and says why if it cannot.
func (t *Table) locate(r row, text string, offsets *graph.Offsets, content string, c *coding) (cause string) {
	if start, end := t.cell(r, "start"), t.cell(r, "end"); start != "" && end != "" {
		var err1, err2 error
		c.start, err1 = strconv.Atoi(start)
		c.end, err2 = strconv.Atoi(end)
		if err1 != nil || err2 != nil {
			return fmt.Sprintf("its span %q to %q is no pair of numbers", start, end)
		}
		from, ok1 := offsets.Byte(c.start)
		to, ok2 := offsets.Byte(c.end)
		if content != "" && ok1 && ok2 && from < to && text[from:to] != content {
			return fmt.Sprintf("the text has %.60q at %d to %d, and not its passage %.60q", text[from:to], c.start, c.end, content)
		}
		return ""
	}
	at := strings.Index(text, content)
	switch {
	case content == "":
		return "it has no passage that proves it"
	case at < 0:
		return fmt.Sprintf("its passage is not in the text: %.60q", content)
	case strings.Contains(text[at+1:], content):
		t.report.leave(1, "passages that the text has more than once", "the first is taken")
	}
	c.start, c.end = offsets.Point(at), offsets.Point(at+len(content))
	return ""
}

// coding reads who said what, and tells whether the row says it.
func (t *Table) coding(r row) (coding, bool) {
	c := coding{
		where: t.where(r), person: t.cell(r, "person"), organization: t.cell(r, "organization"), concept: t.cell(r, "concept"),
		role: t.cell(r, "role"), cue: t.cell(r, "cue"), said: t.day(r, "said"),
		act: graph.Act(strings.ToUpper(t.cell(r, "act"))), quote: graph.QuoteType(strings.ToUpper(t.cell(r, "quote_type"))),
	}
	if c.person == "" && c.organization == "" && c.concept == "" {
		t.report.reject(c.where, "it names neither who speaks nor a concept")
		return c, false
	}
	if c.act != "" && !slices.Contains(graph.Acts, c.act) {
		t.report.reject(c.where, "its act %q is none of %v", c.act, graph.Acts)
		return c, false
	}
	if c.quote != "" && !slices.Contains(graph.QuoteTypes, c.quote) {
		t.report.reject(c.where, "its type of quotation %q is none of %v", c.quote, graph.QuoteTypes)
		return c, false
	}
	value := strings.ToLower(t.cell(r, "agreement"))
	if value == "0" {
		if t.options.Zero == ZeroDisagree {
			c.agreement = -1
		}
		return c, true
	}
	v, known := agreements[value]
	if !known {
		t.report.reject(c.where, "its agreement %q is none of -1, 0, 1, agree, disagree, neutral, yes, no", value)
		return c, false
	}
	c.agreement = v
	return c, true
}
