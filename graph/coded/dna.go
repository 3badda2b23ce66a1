package coded

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver of DNA's files

	"mawqif/graph"
)

// Variables are the names of the variables of a statement type that say who
// said what.
type Variables struct{ Person, Organization, Concept, Agreement string }

// DNAVariables are the variables of the statement type that every new DNA
// database has.
var DNAVariables = Variables{Person: "person", Organization: "organization", Concept: "concept", Agreement: "agreement"}

// DNA is a database of Discourse Network Analyzer 3: one SQLite file.
type DNA struct {
	db      *sql.DB
	options Options
	report  Report
	version string
	// types are the statement types by id, and variables those of each.
	types     map[int64]string
	variables map[int64][]variable
	roles     map[int64]roles
	values    map[int64]map[int64]string // by statement and variable
}

// variable is a variable of a statement type.
type variable struct {
	id             int64
	name, dataType string
}

// roles are the ids of the variables that say who said what; 0 for none.
type roles struct{ person, organization, concept, agreement int64 }

// OpenDNA opens a database for reading and checks that it is one. Statement
// types that have neither the variables of who speaks nor a concept are left,
// as the report says. It returns an [ErrSource] that says what is wrong with
// the file.
func OpenDNA(ctx context.Context, path string, v Variables, o Options) (*DNA, error) {
	fail := func(format string, args ...any) (*DNA, error) {
		return nil, fmt.Errorf("%s %w: %s", path, ErrSource, fmt.Sprintf(format, args...))
	}
	if cause, err := notSQLite(path); err != nil {
		return nil, err
	} else if cause != "" {
		return fail("%s", cause)
	}
	if o.Codebook == "" {
		o.Codebook = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(full), RawQuery: "mode=ro&_pragma=query_only(1)"}
	db, err := sql.Open("sqlite", address.String())
	if err != nil {
		return nil, err
	}
	d := &DNA{db: db, options: o}
	if cause, err := d.check(ctx); err != nil || cause != "" {
		closing := db.Close()
		if cause != "" {
			return fail("%s", cause)
		}
		return nil, errors.Join(fmt.Errorf("%s %w: it is damaged, or cannot be read: %w", path, ErrSource, err), closing)
	}
	if err := d.readTypes(ctx, v); err != nil {
		closing := db.Close()
		return nil, errors.Join(fmt.Errorf("%s %w: %w", path, ErrSource, err), closing)
	}
	return d, nil
}

// Close closes the file.
func (d *DNA) Close() error { return d.db.Close() }

// Report says what was taken and what was not, once all batches are read.
func (d *DNA) Report() *Report { return &d.report }

// Codebook is the name of the codebook that the concepts are read into.
func (d *DNA) Codebook() string { return d.options.Codebook }

// sqliteMagic begins every SQLite file.
const sqliteMagic = "SQLite format 3\x00"

// notSQLite says why a file is no SQLite database, or no whole one; "" if it
// is.
func notSQLite(path string) (cause string, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%s %w: there is no such file", path, ErrSource)
	} else if err != nil {
		return "", fmt.Errorf("%w: %w", ErrSource, err)
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return "", err
	case info.IsDir():
		return "it is a folder; name the .dna file itself", nil
	case info.Size() == 0:
		return "the file is empty", nil
	}
	head := make([]byte, 4096)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", err
	}
	head = head[:n]
	switch {
	case !bytes.HasPrefix(head, []byte(sqliteMagic)) && info.Size()%512 == 0 && entropy(head) > 7:
		return "it seems to be encrypted; save a copy without a password and import that", nil
	case !bytes.HasPrefix(head, []byte(sqliteMagic)):
		return "it is no database of DNA 3, which is an SQLite file; for a table of coded statements use --format csv", nil
	case len(head) < 100:
		return truncated(100, info.Size()), nil
	}
	size := int64(binary.BigEndian.Uint16(head[16:]))
	if size == 1 {
		size = 65536
	}
	pages := int64(binary.BigEndian.Uint32(head[28:]))
	// The number of pages holds if the same change wrote both counters.
	if want := size * pages; bytes.Equal(head[24:28], head[92:96]) && info.Size() < want {
		return truncated(want, info.Size()), nil
	}
	return "", nil
}

func truncated(want, got int64) string {
	return fmt.Sprintf("it is truncated: of %d bytes it has %d; copy it again from where it came", want, got)
}

// entropy is that of the bytes, in bits a byte: above 7 only if they are
// compressed or encrypted.
func entropy(data []byte) float64 {
	var counts [256]int
	for _, b := range data {
		counts[b]++
	}
	sum := 0.0
	for _, n := range counts {
		if n > 0 {
			p := float64(n) / float64(len(data))
			sum -= p * math.Log2(p)
		}
	}
	return sum
}

// tables are those of DNA 3 that are read.
var tables = []string{
	"SETTINGS", "CODERS", "DOCUMENTS", "STATEMENTTYPES", "VARIABLES", "STATEMENTS", "ENTITIES",
	"DATABOOLEAN", "DATAINTEGER", "DATASHORTTEXT", "DATALONGTEXT", "ATTRIBUTEVARIABLES", "ATTRIBUTEVALUES", "REGEXES",
}

// check says why the database is none of DNA 3; "" if it is one.
func (d *DNA) check(ctx context.Context) (cause string, err error) {
	var sound string
	if err := d.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&sound); err != nil {
		return "", err
	}
	if sound != "ok" {
		return "it is damaged: " + strings.ReplaceAll(sound, "\n", " ") + "; copy it again from where it came", nil
	}
	have := map[string]bool{}
	err = d.each(ctx, "SELECT upper(name) FROM sqlite_master WHERE type = 'table'", func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		have[name] = true
		return err
	})
	if err != nil {
		return "", err
	}
	if !have["SETTINGS"] || !have["DOCUMENTS"] || !have["STATEMENTS"] {
		return "it is an SQLite database, but not one of DNA: it has no table of settings, documents and statements", nil
	}
	err = d.db.QueryRowContext(ctx, "SELECT Value FROM SETTINGS WHERE lower(Property) = 'version'").Scan(&d.version)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", err
	}
	major, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(d.version, "DNA"), " "), ".")
	if n, err := strconv.Atoi(strings.TrimSpace(major)); err == nil && n > 3 {
		return fmt.Sprintf("it is of DNA %s, which is newer than the schema known here (3)", d.version), nil
	} else if err == nil && n < 3 || !have["ENTITIES"] {
		return fmt.Sprintf("its schema is older than that of DNA 3 (version %q); open a new database in DNA 3, import this one into it, and import that here", d.version), nil
	}
	for _, t := range tables {
		if !have[t] {
			return fmt.Sprintf("it has no table %s, which every database of DNA 3 has", t), nil
		}
	}
	return "", nil
}

// each calls row for each row of a query.
func (d *DNA) each(ctx context.Context, query string, row func(scan func(...any) error) error) error {
	rows, err := d.db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (d *DNA) readTypes(ctx context.Context, v Variables) error {
	d.types, d.variables, d.roles = map[int64]string{}, map[int64][]variable{}, map[int64]roles{}
	err := d.each(ctx, "SELECT t.ID, t.Label, v.ID, v.Variable, v.DataType FROM STATEMENTTYPES t LEFT JOIN VARIABLES v ON v.StatementTypeId = t.ID ORDER BY t.ID, v.ID",
		func(scan func(...any) error) error {
			var t int64
			var label string
			var id sql.NullInt64
			var name, dataType sql.NullString
			if err := scan(&t, &label, &id, &name, &dataType); err != nil {
				return err
			}
			d.types[t] = label
			if !id.Valid {
				return nil
			}
			d.variables[t] = append(d.variables[t], variable{id.Int64, name.String, dataType.String})
			r := d.roles[t]
			text := dataType.String == "short text" || dataType.String == "long text"
			switch {
			case name.String == v.Person && text:
				r.person = id.Int64
			case name.String == v.Organization && text:
				r.organization = id.Int64
			case name.String == v.Concept && text:
				r.concept = id.Int64
			case name.String == v.Agreement && !text:
				r.agreement = id.Int64
			}
			d.roles[t] = r
			return nil
		})
	if err != nil {
		return err
	}
	maps.DeleteFunc(d.roles, func(_ int64, r roles) bool { return r.concept == 0 || r.person == 0 && r.organization == 0 })
	if len(d.roles) > 0 {
		return nil
	}
	var known []string
	for _, t := range slices.Sorted(maps.Keys(d.types)) {
		var names []string
		for _, v := range d.variables[t] {
			names = append(names, v.name)
		}
		known = append(known, fmt.Sprintf("%s (%s)", d.types[t], strings.Join(names, ", ")))
	}
	return fmt.Errorf("no statement type has the variables %q and %q or %q; it has %s: name those that stand for them",
		v.Concept, v.Person, v.Organization, strings.Join(known, "; "))
}

// Batches streams the documents in their order, each with its statements. The
// stream ends with the first error; what is broken in a document costs it
// alone, and stands in the report.
func (d *DNA) Batches(ctx context.Context) iter.Seq2[graph.Batch, error] {
	return func(yield func(graph.Batch, error) bool) {
		a, err := d.prepare(ctx)
		if err != nil {
			yield(graph.Batch{}, fmt.Errorf("read DNA: %w", err))
			return
		}
		codings, err := d.codings(ctx)
		if err != nil {
			yield(graph.Batch{}, fmt.Errorf("read DNA statements: %w", err))
			return
		}
		stop := errors.New("stop")
		err = d.each(ctx, "SELECT ID, Title, Text, Source, Date, Author, Section, Notes, Type FROM DOCUMENTS ORDER BY ID", func(scan func(...any) error) error {
			doc, err := d.document(scan)
			if err != nil {
				return err
			}
			id, _ := strconv.ParseInt(doc.id, 10, 64)
			d.place(doc, codings[id])
			delete(codings, id)
			if b, ok := a.batch(doc); ok && !yield(b, nil) {
				return stop
			}
			return ctx.Err()
		})
		if errors.Is(err, stop) {
			return
		}
		if err != nil {
			yield(graph.Batch{}, fmt.Errorf("read DNA documents: %w", err))
			return
		}
		for _, document := range slices.Sorted(maps.Keys(codings)) {
			for _, c := range codings[document] {
				d.report.reject(c.where, "its document %d does not exist", document)
			}
		}
	}
}

// prepare reads all names, and notes what the graph has no place for.
func (d *DNA) prepare(ctx context.Context) (*assembler, error) {
	d.report = Report{}
	of := map[int64]*[]string{}
	up := map[int64]map[string]string{}
	var persons, organizations, concepts []string
	p := parents{persons: map[string]string{}, organizations: map[string]string{}, concepts: map[string]string{}}
	for _, r := range d.roles {
		of[r.person], of[r.organization], of[r.concept] = &persons, &organizations, &concepts
		up[r.person], up[r.organization], up[r.concept] = p.persons, p.organizations, p.concepts
	}
	delete(of, 0)
	unused := map[string]int{}
	err := d.each(ctx, `SELECT e.VariableId, v.Variable, e.Value, coalesce(w.Value, ''), EXISTS (SELECT 1 FROM DATASHORTTEXT s WHERE s.Entity = e.ID)
		FROM ENTITIES e JOIN VARIABLES v ON v.ID = e.VariableId LEFT JOIN ENTITIES w ON w.ID = e.ChildOf AND w.VariableId = e.VariableId ORDER BY e.ID`,
		func(scan func(...any) error) error {
			var variable int64
			var name, value, whole string
			var used bool
			if err := scan(&variable, &name, &value, &whole, &used); err != nil || value == "" {
				return err
			}
			if list := of[variable]; list != nil {
				*list = append(*list, value)
				if whole != "" && whole != value {
					up[variable][value] = whole
				}
			}
			if !used {
				unused[name]++
			}
			return nil
		})
	if err != nil {
		return nil, err
	}
	for _, whole := range []map[string]string{p.persons, p.organizations, p.concepts} {
		d.report.leave(breakCircles(whole), "values that are part of themselves", "the last step of the circle is left out")
	}
	for _, name := range slices.Sorted(maps.Keys(unused)) {
		d.report.leave(unused[name], fmt.Sprintf("values of the variable %q", name), "no statement uses them")
	}
	for _, left := range []struct{ query, what, why string }{
		{"SELECT count(*) FROM REGEXES", "search terms", "they colour the text in DNA; the graph has no place for them"},
		{"SELECT count(*) FROM DOCUMENTS WHERE Author <> ''", "authors of documents", "the graph has no place for them"},
		{"SELECT count(*) FROM DOCUMENTS WHERE Section <> ''", "sections of documents", "the graph has no place for them"},
		{"SELECT count(*) FROM DOCUMENTS WHERE Notes <> ''", "notes on documents", "the graph has no place for them"},
		{"SELECT count(*) FROM DOCUMENTS WHERE Type <> ''", "types of documents", "the graph has no place for them"},
		{"SELECT count(*) FROM DOCUMENTS WHERE Date % 86400 <> 0", "documents with a time of day", "the graph keeps the day"},
		{"SELECT count(*) FROM DOCUMENTS WHERE instr(Text, char(13)) > 0", "documents with carriage returns", "DNA may count the spans without them: look at some of their statements"},
	} {
		var n int
		if err := d.db.QueryRowContext(ctx, left.query).Scan(&n); err != nil {
			return nil, err
		}
		d.report.leave(n, left.what, left.why)
	}
	err = d.each(ctx, `SELECT v.Variable, a.AttributeVariable, count(*) FROM ATTRIBUTEVALUES x JOIN ATTRIBUTEVARIABLES a ON a.ID = x.AttributeVariableId
		JOIN VARIABLES v ON v.ID = a.VariableId WHERE x.AttributeValue <> '' GROUP BY v.ID, a.ID ORDER BY v.ID, a.ID`,
		func(scan func(...any) error) error {
			var variable, attribute string
			var n int
			err := scan(&variable, &attribute, &n)
			d.report.leave(n, fmt.Sprintf("values of the attribute %q of %q", attribute, variable), "the graph has no place for them")
			return err
		})
	if err != nil {
		return nil, err
	}
	var coders int
	if err := d.db.QueryRowContext(ctx, "SELECT count(DISTINCT Coder) FROM STATEMENTS").Scan(&coders); err != nil {
		return nil, err
	}
	if coders > 1 {
		d.report.leave(coders, "coders", "their statements are taken as those of one run")
	}
	return newAssembler(d.options, "dna "+d.version, &d.report, persons, organizations, concepts, p), nil
}

// breakCircles leaves out the last step of those who are part of themselves,
// and counts the circles.
func breakCircles(whole map[string]string) (circles int) {
	for _, name := range slices.Sorted(maps.Keys(whole)) {
		seen := map[string]bool{}
		for at := name; at != ""; at = whole[at] {
			seen[at] = true
			if seen[whole[at]] {
				delete(whole, at)
				circles++
				break
			}
		}
	}
	return circles
}

// span is a statement of DNA with its stretch in UTF-16 units.
type span struct {
	coding
	id, kind int64
	from, to int
}

// codings reads all statements, by document.
func (d *DNA) codings(ctx context.Context) (map[int64][]span, error) {
	d.values = map[int64]map[int64]string{}
	for _, query := range []string{
		"SELECT x.StatementId, x.VariableId, e.Value FROM DATASHORTTEXT x JOIN ENTITIES e ON e.ID = x.Entity",
		"SELECT StatementId, VariableId, coalesce(Value, '') FROM DATALONGTEXT",
		"SELECT StatementId, VariableId, CASE Value WHEN 0 THEN -1 ELSE 1 END FROM DATABOOLEAN",
		"SELECT StatementId, VariableId, Value FROM DATAINTEGER",
	} {
		err := d.each(ctx, query, func(scan func(...any) error) error {
			var statement, variable int64
			var value string
			err := scan(&statement, &variable, &value)
			if d.values[statement] == nil {
				d.values[statement] = map[int64]string{}
			}
			d.values[statement][variable] = value
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	all := map[int64][]span{}
	err := d.each(ctx, "SELECT ID, coalesce(StatementTypeId, 0), coalesce(DocumentId, 0), Start, Stop FROM STATEMENTS ORDER BY DocumentId, Start, ID", func(scan func(...any) error) error {
		var s span
		var document int64
		if err := scan(&s.id, &s.kind, &document, &s.from, &s.to); err != nil {
			return err
		}
		s.where = fmt.Sprintf("statement %d of document %d", s.id, document)
		if d.coding(&s) {
			all[document] = append(all[document], s)
		}
		return nil
	})
	return all, err
}

// coding fills in who said what, and tells whether anybody did.
func (d *DNA) coding(s *span) bool {
	r, known := d.roles[s.kind]
	values := d.values[s.id]
	for _, v := range d.variables[s.kind] {
		used := known && (v.id == r.person || v.id == r.organization || v.id == r.concept || v.id == r.agreement)
		if !used && values[v.id] != "" {
			d.report.leave(1, fmt.Sprintf("values of the variable %q of %q", v.name, d.types[s.kind]), "it is none of those that say who said what")
		}
	}
	if !known {
		d.report.leave(1, fmt.Sprintf("statements of the type %q", d.types[s.kind]), "the type does not say who said what")
		return false
	}
	s.person, s.organization, s.concept = values[r.person], values[r.organization], values[r.concept]
	if s.person == "" && s.organization == "" && s.concept == "" {
		d.report.reject(s.where, "it names neither who speaks nor a concept")
		return false
	}
	value, coded := values[r.agreement]
	n, err := strconv.Atoi(value)
	switch {
	case s.concept == "":
	case !coded || r.agreement == 0:
		d.report.leave(1, "statements without a value of agreement", "they are taken to take no side (0)")
	case err != nil:
		d.report.leave(1, "statements with a value of agreement that is no number", "they are taken to take no side (0)")
	case n < -1 || n > 1:
		d.report.leave(1, "values of agreement beyond -1 and 1", "they are taken by their sign")
		s.agreement = int8(max(-1, min(1, n)))
	default:
		s.agreement = int8(n)
	}
	return true
}

func (d *DNA) document(scan func(...any) error) (*document, error) {
	var doc document
	var id, date int64
	var author, section, notes, kind string
	if err := scan(&id, &doc.title, &doc.text, &doc.outlet, &date, &author, &section, &notes, &kind); err != nil {
		return nil, err
	}
	doc.id = strconv.FormatInt(id, 10)
	doc.where = fmt.Sprintf("document %d, %q", id, doc.title)
	when := time.Unix(date, 0).UTC()
	doc.published = graph.NewDay(when.Year(), when.Month(), when.Day())
	if doc.published == "" {
		d.report.leave(1, "documents dated outside the years 1000 to 9999", "they have no day")
	}
	return &doc, nil
}

// place adds statements to their document, with their stretches in code
// points.
func (d *DNA) place(doc *document, spans []span) {
	points := newUnits(doc.text)
	for _, s := range spans {
		start, whole := points.point(s.from)
		end, alsoWhole := points.end(s.to)
		if !whole || !alsoWhole {
			d.report.leave(1, "spans that cut a letter in two", "they are taken with the whole letter")
		}
		s.start, s.end = start, end
		doc.codings = append(doc.codings, s.coding)
	}
}

// units converts offsets of UTF-16 units, which Java counts, into code points.
type units struct {
	length int
	// wide are the units at which letters of two begin; none for most texts.
	wide []int
}

func newUnits(text string) units {
	var u units
	for _, r := range text {
		if r > 0xFFFF {
			u.wide = append(u.wide, u.length)
			u.length++
		}
		u.length++
	}
	return u
}

// point returns the code point at a unit, and whether one begins there. Beyond
// the text it counts on.
func (u units) point(unit int) (int, bool) {
	before, found := slices.BinarySearch(u.wide, unit)
	if !found && before > 0 && u.wide[before-1] == unit-1 {
		return unit - before, false
	}
	return unit - before, true
}

// end is [units.point] for the end of a stretch, which takes a letter whole.
func (u units) end(unit int) (int, bool) {
	point, whole := u.point(unit)
	if !whole {
		point++
	}
	return point, whole
}
