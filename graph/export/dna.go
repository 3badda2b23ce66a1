package export

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	_ "modernc.org/sqlite" // the driver of DNA's files

	"mawqif/graph"
)

//go:embed dna.sql
var dnaSchema string

// dnaVersion is the version of DNA whose schema is written.
const dnaVersion, dnaDate = "3.0.7", "2022-06-10"

// dnaPassword is that of the coder Admin, whom DNA asks for when it opens a
// database.
const dnaPassword = "mawqif"

// dnaLimit is how many letters DNA allows for a title or a value.
const dnaLimit = 190

// The statement types: those that take a side, whose variable agreement has
// two values, and those that take none.
const (
	dnaSided   = 1
	dnaNeutral = 2
)

// dnaVariables are the variables of both types, in their order; agreement is
// of the first alone. What no variable holds stands in the last, the whole
// statement as JSON.
var dnaVariables = []struct{ name, dataType string }{
	{"person", "short text"}, {"organization", "short text"}, {"concept", "short text"}, {"agreement", "boolean"},
	{"act", "short text"}, {"role", "short text"}, {"cue", "short text"}, {"mawqif", "long text"},
}

// dnaFile is a database of DNA that is being written.
type dnaFile struct {
	*Selection
	tx        *sql.Tx
	insert    map[string]*sql.Stmt
	variables map[variableKey]int
	entities  map[entityKey]int64 // of values
	values    map[nodeKey]string  // what nodes are called as values
	taken     map[entityKey]bool  // values that are a node's
	cut       int                 // values that were too long
	undated   int
	statement int64 // the last
}

// The keys of what a database has: variables by statement type and name, values
// by variable, and nodes by variable.
type (
	variableKey struct {
		kind int
		name string
	}
	entityKey struct {
		variable int
		value    string
	}
	nodeKey struct {
		variable int
		id       graph.ID
	}
)

// writeDNA writes a database that Discourse Network Analyzer 3 opens. A
// statement that takes several positions is one statement of DNA for each. The
// speaker is a person, or an organization if it is a body.
func writeDNA(ctx context.Context, s *Selection, path string) (err error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	// The file is whole or absent: nothing needs a journal.
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(full), RawQuery: "_pragma=journal_mode(off)&_pragma=synchronous(off)&_pragma=foreign_keys(1)"}
	db, err := sql.Open("sqlite", address.String())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	d := &dnaFile{
		Selection: s, tx: tx, insert: map[string]*sql.Stmt{}, variables: map[variableKey]int{}, entities: map[entityKey]int64{},
		values: map[nodeKey]string{}, taken: map[entityKey]bool{},
	}
	if err := d.begin(ctx); err != nil {
		return err
	}
	document := int64(0)
	for b, err := range s.Batches(ctx) {
		if err != nil {
			return err
		}
		document++
		if err := d.document(document, &b); err != nil {
			return err
		}
	}
	s.note("In DNA, open it as the coder Admin with the password %q.", dnaPassword)
	if d.cut > 0 {
		s.note("%d titles, names and propositions are longer than the %d letters that DNA allows; they are cut, and the ids beside them tell which they are.", d.cut, dnaLimit)
	}
	if d.undated > 0 {
		s.note("%d articles have no day; they are dated 1970-01-01, since DNA wants one.", d.undated)
	}
	return tx.Commit()
}

func (d *dnaFile) exec(query string, args ...any) (int64, error) {
	stmt := d.insert[query]
	if stmt == nil {
		var err error
		if stmt, err = d.tx.Prepare(query); err != nil {
			return 0, err
		}
		d.insert[query] = stmt
	}
	done, err := stmt.Exec(args...)
	if err != nil {
		return 0, fmt.Errorf("write DNA: %w", err)
	}
	return done.LastInsertId()
}

// begin writes the schema, the coder and the statement types.
func (d *dnaFile) begin(ctx context.Context) error {
	if _, err := d.tx.ExecContext(ctx, dnaSchema); err != nil {
		return fmt.Errorf("write DNA: %w", err)
	}
	for _, row := range [][]any{
		{"INSERT INTO SETTINGS (Property, Value) VALUES ('version', ?)", dnaVersion},
		{"INSERT INTO SETTINGS (Property, Value) VALUES ('date', ?)", dnaDate},
		{"INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (1, 'Admin', 51, 153, 255, ?)", jasypt(dnaPassword, sha256.Sum256([]byte("mawqif")))},
		{"INSERT INTO STATEMENTTYPES (ID, Label, Red, Green, Blue) VALUES (?, 'DNA Statement', 239, 208, 51)", dnaSided},
		{"INSERT INTO STATEMENTTYPES (ID, Label, Red, Green, Blue) VALUES (?, 'Statement without a side', 211, 211, 211)", dnaNeutral},
	} {
		if _, err := d.exec(row[0].(string), row[1:]...); err != nil {
			return err
		}
	}
	for kind := dnaSided; kind <= dnaNeutral; kind++ {
		for _, v := range dnaVariables {
			if v.name == "agreement" && kind != dnaSided {
				continue
			}
			id, err := d.exec("INSERT INTO VARIABLES (Variable, DataType, StatementTypeId) VALUES (?, ?, ?)", v.name, v.dataType, kind)
			if err != nil {
				return err
			}
			d.variables[variableKey{kind, v.name}] = int(id)
			if v.dataType != "short text" {
				continue
			}
			for _, a := range dnaAttributes {
				if _, err := d.exec("INSERT INTO ATTRIBUTEVARIABLES (VariableId, AttributeVariable) VALUES (?, ?)", id, a); err != nil {
					return err
				}
			}
			// DNA has an empty value of every variable.
			if _, err := d.entity(int(id), "", "", "", ""); err != nil {
				return err
			}
		}
	}
	return nil
}

// dnaAttributes are the attributes that DNA gives every variable.
var dnaAttributes = []string{"Type", "Alias", "Notes"}

// jasypt hashes a password as DNA does: SHA-256 a hundred thousand times over
// a salt and the password, in base 64 behind the salt. Only the first 16 bytes
// of the salt count. Nothing hangs on its being known, as the password is.
func jasypt(password string, salt [32]byte) string {
	sum := sha256.Sum256(append(salt[:16:16], password...))
	for range 99_999 {
		sum = sha256.Sum256(sum[:])
	}
	return base64.StdEncoding.EncodeToString(append(salt[:16:16], sum[:]...))
}

// short cuts what is too long for DNA.
func (d *dnaFile) short(text string) string {
	if utf8.RuneCountInString(text) <= dnaLimit {
		return text
	}
	d.cut++
	return string([]rune(text)[:dnaLimit-1]) + "…"
}

// entity returns the row of a value of a variable, which it writes with its
// attributes if it is new.
func (d *dnaFile) entity(variable int, value string, attributes ...string) (int64, error) {
	key := entityKey{variable, value}
	if id, ok := d.entities[key]; ok {
		return id, nil
	}
	id, err := d.exec("INSERT INTO ENTITIES (VariableId, Value, Red, Green, Blue) VALUES (?, ?, 0, 0, 0)", variable, value)
	if err != nil {
		return 0, err
	}
	d.entities[key] = id
	for i, a := range dnaAttributes {
		attribute := ""
		if i < len(attributes) {
			attribute = d.short(attributes[i])
		}
		_, err := d.exec(`INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId, AttributeValue)
			VALUES (?, (SELECT ID FROM ATTRIBUTEVARIABLES WHERE VariableId = ? AND AttributeVariable = ?), ?)`, id, variable, a, attribute)
		if err != nil {
			return 0, err
		}
	}
	return id, nil
}

// value is what a node is called as a value of a variable: its name, with a
// number where another has the same.
func (d *dnaFile) value(variable int, id graph.ID, name string) string {
	key := nodeKey{variable, id}
	if v, ok := d.values[key]; ok {
		return v
	}
	v := d.short(name)
	for n := 2; ; n++ {
		as := entityKey{variable, v}
		if !d.taken[as] && v != "" {
			d.taken[as] = true
			break
		}
		suffix := fmt.Sprintf(" (%d)", n)
		runes := []rune(d.short(name))
		v = string(runes[:min(len(runes), dnaLimit-len(suffix))]) + suffix
	}
	d.values[key] = v
	return v
}

// offsets returns what counts UTF-16 units, as Java does, up to a code point.
func offsets(text string) func(point int) int {
	var wide []int // the code points that are two units
	for i, r := range []rune(text) {
		if utf16.RuneLen(r) == 2 {
			wide = append(wide, i)
		}
	}
	return func(point int) int {
		before, _ := slices.BinarySearch(wide, point)
		return point + before
	}
}

func (d *dnaFile) document(id int64, b *graph.Batch) error {
	l := newLookup(b, d.Lang)
	a := &b.Article
	date := a.Published.Time()
	seconds := date.Unix()
	if date.IsZero() {
		d.undated++
		seconds = 0
	}
	notes := *a
	notes.Text = ""
	_, err := d.exec("INSERT INTO DOCUMENTS (ID, Title, Text, Coder, Source, Section, Notes, Date) VALUES (?, ?, ?, 1, ?, ?, ?, ?)",
		id, d.short(a.Title), a.Text, d.short(graph.NameIn(l.outlet(a.Outlet).Names, d.Lang)), d.short(a.Language), compact(notes), seconds)
	if err != nil {
		return err
	}
	units := offsets(a.Text)
	for i := range b.Statements {
		s := &b.Statements[i]
		start, stop := contentSpan(s)
		takings := s.Positions
		if len(takings) == 0 {
			takings = []graph.Taking{{}}
		}
		for _, t := range takings {
			if err := d.taking(id, l, s, t, units(start), units(stop)); err != nil {
				return err
			}
		}
	}
	return nil
}

// contentSpan is the stretch from the first to the last passage of the
// content.
func contentSpan(s *graph.Statement) (start, stop int) {
	start = s.Start()
	for _, e := range s.Evidence {
		if e.Role == graph.RoleContent {
			stop = max(stop, e.End)
		}
	}
	return start, stop
}

// insertShortTexts writes the values of the six variables of short text.
var insertShortTexts = "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES " + strings.Repeat("(?, ?, ?), ", 5) + "(?, ?, ?)"

// taking writes a statement with one of the positions that it takes, or none.
func (d *dnaFile) taking(document int64, l *lookup, s *graph.Statement, t graph.Taking, start, stop int) error {
	kind := dnaNeutral
	if t.Agreement != 0 {
		kind = dnaSided
	}
	d.statement++
	d.counts.Rows++
	_, err := d.exec("INSERT INTO STATEMENTS (ID, StatementTypeId, DocumentId, Start, Stop, Coder) VALUES (?, ?, ?, ?, ?, 1)", d.statement, kind, document, start, stop)
	if err != nil {
		return err
	}
	variable := func(name string) int { return d.variables[variableKey{kind, name}] }
	person, organization := s.Speaker, s.OnBehalfOf
	switch l.actor(s.Speaker).Kind {
	case graph.Organization, graph.Group, graph.State:
		person, organization = "", s.Speaker
	}
	texts := []struct {
		variable, value string
		attributes      []string
	}{
		{"person", "", nil}, {"organization", "", nil}, {"concept", "", nil},
		{"act", string(s.Act), nil}, {"role", s.Role, nil}, {"cue", s.Cue, nil},
	}
	for i, id := range []graph.ID{person, organization} {
		if id != "" {
			a := l.actor(id)
			texts[i].value = d.value(variable(texts[i].variable), id, graph.NameIn(a.Names, d.Lang))
			texts[i].attributes = []string{string(a.Kind), aliases(a.Names), a.Key}
		}
	}
	if t.Position != "" {
		p := l.position(t.Position)
		texts[2].value = d.value(variable("concept"), t.Position, cmp.Or(p.proposition, p.issue.Key))
		texts[2].attributes = []string{p.issue.Codebook + "/" + p.issue.Key, aliases(p.issue.Labels), string(p.ID)}
	}
	var cells []any
	for _, x := range texts {
		entity, err := d.entity(variable(x.variable), d.short(x.value), x.attributes...)
		if err != nil {
			return err
		}
		cells = append(cells, d.statement, variable(x.variable), entity)
	}
	if _, err := d.exec(insertShortTexts, cells...); err != nil {
		return err
	}
	if kind == dnaSided {
		agree := 0
		if t.Agreement > 0 {
			agree = 1
		}
		if _, err := d.exec("INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (?, ?, ?)", d.statement, variable("agreement"), agree); err != nil {
			return err
		}
	}
	_, err = d.exec("INSERT INTO DATALONGTEXT (StatementId, VariableId, Value) VALUES (?, ?, ?)", d.statement, variable("mawqif"), compact(s))
	return err
}

// aliases joins all names.
func aliases(names []graph.Name) string {
	var all []string
	for _, n := range names {
		all = append(all, n.Value)
	}
	return strings.Join(all, "; ")
}
