package neo4j

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j/dbtype"

	"mawqif/graph"
)

// table is a file of a set that neo4j-admin database import takes.
type table struct {
	file string
	// label is the labels of nodes, joined by ":"; kind the type of relations.
	label, kind string
	columns     []field
}

// field is a column: the property, its type, and, in the header, its role.
type field struct{ name, header string }

func fields(headers ...string) []field {
	all := make([]field, len(headers))
	for i, h := range headers {
		name, _, _ := strings.Cut(h, ":")
		all[i] = field{name, h}
	}
	return all
}

// relation returns the columns of a relation with some properties.
func relation(headers ...string) []field {
	return append([]field{{"from", ":START_ID"}, {"to", ":END_ID"}}, fields(headers...)...)
}

var names = []string{"names:string[]", "langs:string[]", "ranks:long[]", "name", "sort", "folds:string[]", "words"}

func nodeTable(file, label string, headers ...string) table {
	return table{file: file, label: label, columns: fields(append([]string{"id:ID"}, headers...)...)}
}

// tables are the files of a set, which hold what the queries of write.cypher
// would have written.
var tables = []table{
	nodeTable("schema", "MawqifSchema", "version:long"),
	nodeTable("actors", "Actor", append(slices.Clone(names), "key", "kind")...),
	nodeTable("places", "Place", append(slices.Clone(names), "key", "partOf")...),
	nodeTable("issues", "Issue", append(slices.Clone(names), "key", "codebook", "parent",
		"propositions:string[]", "propositionLangs:string[]", "propositionRanks:long[]")...),
	nodeTable("positions", "Position", "sort", "name"),
	nodeTable("outlets", "Outlet", append(slices.Clone(names), "key")...),
	nodeTable("runs", "Run", "name", "extractor", "version", "codebook"),
	nodeTable("articles", "Article", "sourceId", "url", "title", "language", "published:date", "text", "textHash", "newest:long", "words"),
	nodeTable("statements", "Statement:Standing", "article", "role", "quoteType", "act", "cue", "content", "saidOn:date", "precision",
		"origin", "confidence:double", "utterance", "words", "newest:long", "oldest:long", "doubt:double", "place", "recordedAt:datetime"),
	{file: "part_of", kind: "PART_OF", columns: relation()},
	{file: "held", kind: "HELD", columns: relation("title", "first:date", "last:date")},
	{file: "on", kind: "ON", columns: relation()},
	{file: "concerns", kind: "CONCERNS", columns: relation()},
	{file: "in", kind: "IN", columns: relation()},
	{file: "published_by", kind: "PUBLISHED_BY", columns: relation()},
	{file: "reported_in", kind: "REPORTED_IN", columns: relation("roles:string[]", "starts:long[]", "ends:long[]", "exacts:string[]")},
	{file: "produced_by", kind: "PRODUCED_BY", columns: relation()},
	{file: "made", kind: "MADE", columns: relation("role")},
	{file: "on_behalf_of", kind: "ON_BEHALF_OF", columns: relation()},
	{file: "relayed_via", kind: "RELAYED_VIA", columns: relation()},
	{file: "toward", kind: "TOWARD", columns: relation("rank:long", "stance:long", "mention")},
	{file: "takes", kind: "TAKES", columns: relation("rank:long", "agreement:long")},
	{file: "about", kind: "ABOUT", columns: relation("rank:long")},
}

// delimiters may stand between the elements of a list: characters that no text
// holds, as a rule. A list has no way to quote one.
var delimiters = []rune{'\x1f', '\x1e', '\x1d', '\x1c', '\ue000', '\ue001'}

// errDelimiter: a text holds the delimiter.
var errDelimiter = errors.New("a list holds its delimiter")

// ImportCounts is what a set of files for neo4j-admin holds.
type ImportCounts struct{ Nodes, Relations, Articles, Statements int }

// WriteImport writes all that stands in a graph to a folder, which must exist,
// as the CSV files that neo4j-admin database import full takes, with the
// arguments to give it in the file import.args. The database that it makes
// needs the indexes of [Migrate].
func WriteImport(ctx context.Context, r graph.Reader, dir string) (ImportCounts, error) {
	var err error
	for _, d := range delimiters {
		b := bulk{delimiter: string(d), files: map[string]*bulkFile{}, captions: namesOf(&graph.Batch{})}
		if err = errors.Join(b.create(dir), b.write(ctx, r)); err == nil {
			err = b.arguments(dir)
		}
		if err = errors.Join(err, b.close()); !errors.Is(err, errDelimiter) {
			return b.counts, err
		}
	}
	return ImportCounts{}, fmt.Errorf("%w: %w: one text or another holds each of %q", graph.ErrInvalid, err, delimiters)
}

// bulk writes a set of files.
type bulk struct {
	delimiter string
	files     map[string]*bulkFile
	counts    ImportCounts
	line      []byte
	longest   int // line, in bytes
	// captions are of the nodes before the positions.
	captions captions
}

type bulkFile struct {
	table
	*bufio.Writer
	file *os.File
}

func (b *bulk) create(dir string) error {
	for _, t := range tables {
		f, err := os.Create(filepath.Join(dir, t.file+".csv"))
		if err != nil {
			return err
		}
		b.files[t.file] = &bulkFile{t, bufio.NewWriterSize(f, 1<<16), f}
		headers := make([]string, len(t.columns))
		for i, c := range t.columns {
			headers[i] = c.header
		}
		if _, err := io.WriteString(b.files[t.file], strings.Join(headers, ",")+"\n"); err != nil {
			return err
		}
	}
	return nil
}

func (b *bulk) close() error {
	var errs []error
	for _, f := range b.files {
		errs = append(errs, f.Flush(), f.file.Close())
	}
	return errors.Join(errs...)
}

// arguments writes the arguments of neo4j-admin, for its @file, with the files
// beside it.
func (b *bulk) arguments(dir string) error {
	var out strings.Builder
	for _, t := range tables {
		if t.label != "" {
			fmt.Fprintf(&out, "--nodes=%s=%s.csv\n", t.label, t.file)
		} else {
			fmt.Fprintf(&out, "--relationships=%s=%s.csv\n", t.kind, t.file)
		}
	}
	// A text may have many lines, and what is read at once must hold a row.
	fmt.Fprintf(&out, "--array-delimiter=U+%04X\n--multiline-fields=true\n--read-buffer-size=%dm\n", []rune(b.delimiter)[0], 4+2*b.longest>>20)
	return os.WriteFile(filepath.Join(dir, "import.args"), []byte(out.String()), 0o644)
}

// add writes a row to a file.
func (b *bulk) add(file string, r row) error {
	f := b.files[file]
	b.line = b.line[:0]
	for i, c := range f.columns {
		if i > 0 {
			b.line = append(b.line, ',')
		}
		if err := b.value(r[c.name]); err != nil {
			return fmt.Errorf("%s of %v: %w", c.name, r["id"], err)
		}
	}
	b.line = append(b.line, '\n')
	b.longest = max(b.longest, len(b.line))
	if f.label != "" {
		b.counts.Nodes++
	} else {
		b.counts.Relations++
	}
	_, err := f.Write(b.line)
	return err
}

// value appends a value. An empty text is quoted, so that it is one; what is
// not quoted and empty is unknown.
func (b *bulk) value(v any) error {
	switch v := v.(type) {
	case nil:
	case string:
		b.quote(v)
	case int:
		b.line = strconv.AppendInt(b.line, int64(v), 10)
	case int64:
		b.line = strconv.AppendInt(b.line, v, 10)
	case float64:
		b.line = strconv.AppendFloat(b.line, v, 'g', -1, 64)
	case dbtype.Date:
		b.line = v.Time().AppendFormat(b.line, time.DateOnly)
	case time.Time:
		b.line = v.UTC().AppendFormat(b.line, time.RFC3339Nano)
	case []string:
		for _, s := range v {
			if strings.Contains(s, b.delimiter) {
				return errDelimiter
			}
		}
		if len(v) > 0 {
			b.quote(strings.Join(v, b.delimiter))
		}
	case []int64:
		for i, n := range v {
			if i > 0 {
				b.line = append(b.line, b.delimiter...)
			}
			b.line = strconv.AppendInt(b.line, n, 10)
		}
	default:
		return fmt.Errorf("a %T", v)
	}
	return nil
}

func (b *bulk) quote(s string) {
	b.line = append(b.line, '"')
	b.line = append(b.line, strings.ReplaceAll(s, `"`, `""`)...)
	b.line = append(b.line, '"')
}

// relate writes relations of a node, but to those of zero ids.
func (b *bulk) relate(file string, from graph.ID, to ...graph.ID) error {
	for _, id := range to {
		if id != "" {
			if err := b.add(file, row{"from": string(from), "to": string(id)}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *bulk) write(ctx context.Context, r graph.Reader) error {
	if err := b.add("schema", row{"id": "schema", "version": schemaVersion}); err != nil {
		return err
	}
	var actors []graph.ID
	for _, kind := range graph.Kinds {
		err := r.Walk(ctx, kind, func(node any) error {
			if a, ok := node.(graph.Actor); ok {
				actors = append(actors, a.ID)
			}
			return b.node(node)
		})
		if err != nil {
			return fmt.Errorf("read every %s: %w", kind, err)
		}
	}
	for persons := range slices.Chunk(actors, 1000) {
		offices, err := r.Offices(ctx, persons)
		if err != nil {
			return fmt.Errorf("read offices: %w", err)
		}
		for _, id := range persons {
			for _, h := range offices[id] {
				err := b.add("held", row{
					"from": string(h.Person), "to": string(h.Institution), "title": h.Title, "first": dateOf(h.First), "last": dateOf(h.Last),
				})
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// node writes a node and its relations.
func (b *bulk) node(node any) error {
	switch n := node.(type) {
	case graph.Actor:
		b.captions.names[n.ID] = n.Names
		return errors.Join(b.named("actors", n.ID, n.Names, row{"key": n.Key, "kind": string(n.Kind)}), b.relate("part_of", n.ID, n.PartOf...))
	case graph.Place:
		b.captions.names[n.ID] = n.Names
		return errors.Join(b.named("places", n.ID, n.Names, row{"key": n.Key, "partOf": string(n.PartOf)}), b.relate("part_of", n.ID, n.PartOf))
	case graph.Issue:
		b.captions.issues[n.ID] = n
		r := row{"key": n.Key, "codebook": n.Codebook, "parent": string(n.Parent)}
		maps.Copy(r, rankingOf(n.Propositions).properties("propositions", "propositionLangs", "propositionRanks"))
		return errors.Join(b.named("issues", n.ID, n.Labels, r), b.relate("part_of", n.ID, n.Parent))
	case graph.Position:
		return errors.Join(
			b.add("positions", row{"id": string(n.ID), "sort": positionSort(n), "name": b.captions.position(n)}),
			b.relate("on", n.ID, n.Issue), b.relate("concerns", n.ID, n.Object), b.relate("in", n.ID, n.Place),
		)
	case graph.Outlet:
		return b.named("outlets", n.ID, n.Names, row{"key": n.Key})
	case graph.Run:
		return b.add("runs", runRow(&n))
	case graph.Article:
		b.counts.Articles++
		r := articleRow(&n)
		r["id"] = string(n.ID)
		return errors.Join(b.add("articles", r), b.relate("published_by", n.ID, n.Outlet))
	case graph.Statement:
		b.counts.Statements++
		return b.statement(&n)
	}
	return fmt.Errorf("%w: a %T", graph.ErrInvalid, node)
}

func rankingOf(names []graph.Name) *ranking {
	r := &ranking{}
	r.join(names)
	return r
}

func (b *bulk) named(file string, id graph.ID, names []graph.Name, more row) error {
	r := rankingOf(names).node()
	r["id"] = string(id)
	maps.Copy(r, more)
	return b.add(file, r)
}

func (b *bulk) statement(s *graph.Statement) error {
	r := statementRow(s)
	set := r["set"].(row)
	set["recordedAt"] = s.RecordedAt
	r["from"], r["to"] = string(s.ID), string(s.Article)
	errs := []error{
		b.add("statements", set), b.add("reported_in", r), b.relate("produced_by", s.ID, s.Run),
		b.relate("on_behalf_of", s.ID, s.OnBehalfOf), b.relate("relayed_via", s.ID, s.RelayedVia),
	}
	if s.Speaker != "" {
		errs = append(errs, b.add("made", row{"from": string(s.Speaker), "to": string(s.ID), "role": s.Role}))
	}
	for i, t := range s.Targets {
		errs = append(errs, b.add("toward", row{"from": string(s.ID), "to": string(t.Actor), "rank": i, "stance": int64(t.Stance), "mention": t.Mention}))
	}
	for i, t := range s.Positions {
		errs = append(errs, b.add("takes", row{"from": string(s.ID), "to": string(t.Position), "rank": i, "agreement": int64(t.Agreement)}))
	}
	for i, p := range s.Places {
		errs = append(errs, b.add("about", row{"from": string(s.ID), "to": string(p), "rank": i}))
	}
	return errors.Join(errs...)
}
