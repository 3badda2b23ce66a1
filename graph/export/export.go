// Package export writes statements of a graph, with everything that they refer
// to, in the formats of other programs. It reads a store as a stream, an
// article at a time, so that the size of a graph does not matter.
package export

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mawqif/graph"
)

// Selection is what to export: the statements that match a filter.
type Selection struct {
	Reader graph.Reader
	Filter graph.StatementFilter
	// Lang is the language of names and propositions, where known.
	Lang string
	// Texts includes the texts of the articles.
	Texts bool
	// Table tells what the rows of a table are; [Statements] if zero.
	Table Table
	// Network is the discourse network of the statements to write, if any.
	Network *Network

	counts Counts
	runs   map[graph.ID]graph.Run
	notes  []string
}

// Table is a table that csv can hold.
type Table string

// The tables: a row for each statement, for each position that a statement
// takes, or for each article.
const (
	Statements Table = "statements"
	Takings    Table = "takings"
	Articles   Table = "articles"
)

// Tables lists the tables.
var Tables = []Table{Statements, Takings, Articles}

// Counts is how much was exported.
type Counts struct {
	Articles   int `json:"articles"`
	Statements int `json:"statements"`
	// Nodes and Edges count those of a graph; Rows those of a table.
	Nodes int `json:"nodes,omitempty"`
	Edges int `json:"edges,omitempty"`
	Rows  int `json:"rows,omitempty"`
}

// Batches streams the selection, an article at a time in the order of their
// ids. The stream ends with the first error.
func (s *Selection) Batches(ctx context.Context) iter.Seq2[graph.Batch, error] {
	return func(yield func(graph.Batch, error) bool) {
		for b, err := range ahead(readAhead, Batches(ctx, s.Reader, s.Filter)) {
			if err == nil {
				s.counts.Articles++
				s.counts.Statements += len(b.Statements)
				s.runs[b.Run.ID] = b.Run
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

// note keeps a remark for the manifest and for who asked.
func (s *Selection) note(format string, args ...any) {
	s.notes = append(s.notes, fmt.Sprintf(format, args...))
}

// Format is a format that a selection can be written in. Exactly one of Stream
// and Files is set.
type Format struct {
	Name, About string
	// Stream writes one file.
	Stream func(ctx context.Context, s *Selection, w io.Writer) error
	// Files writes what needs more than a stream: a database, or a folder. It
	// makes what is at path.
	Files func(ctx context.Context, s *Selection, path string) error
	// network writes a discourse network; nil if the format has none.
	network func(n *Network, w io.Writer) error
}

// Formats lists the formats, by name.
var Formats = []Format{
	{Name: "cytoscape", About: "JSON of Cytoscape and Cytoscape.js (.cyjs): every node and relation", Stream: writeCytoscape, network: cytoscapeNetwork},
	{Name: "csv", About: "a table: of statements, of the positions that they take, or of articles", Stream: writeTable, network: networkTable},
	{Name: "dna", About: "database of Discourse Network Analyzer 3, with the texts", Files: writeDNA},
	{Name: "gexf", About: "GEXF of Gephi, with time spells: every node and relation", Stream: writeGEXF, network: gexfNetwork},
	{Name: "graphml", About: "GraphML: every node and relation", Stream: writeGraphML, network: graphMLNetwork},
	{Name: "jsonld", About: "JSON-LD in the words of schema.org and of W3C's annotations", Stream: writeLinked},
	{Name: "neo4j-import", About: "a folder of CSV files for neo4j-admin database import: the whole graph", Files: writeNeo4jImport},
	{Name: "ndjson", About: "every node and statement, a line of JSON each", Stream: writeLines, network: networkLines},
}

// Find returns the format of a name. It returns a [graph.ErrInvalid] that
// lists the formats if there is none.
func Find(name string) (Format, error) {
	var names []string
	for _, f := range Formats {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return Format{}, fmt.Errorf("%w: there is no format %q; the formats are %s", graph.ErrInvalid, name, strings.Join(names, ", "))
}

// Manifest says what an export holds, so that a figure made of it can be made
// again. It has no clock: the same export of the same graph has the same
// manifest.
type Manifest struct {
	Program string `json:"program"`
	Format  string `json:"format"`
	// Filter holds the conditions that are set, and Network the settings of a
	// network.
	Filter  map[string]any `json:"filter"`
	Network map[string]any `json:"network,omitempty"`
	Lang    string         `json:"nameLanguage,omitempty"`
	// GraphHash is the hash over the whole graph, as mawqif stats prints it.
	GraphHash string      `json:"graphHash"`
	Runs      []graph.Run `json:"runs"`
	Counts    Counts      `json:"counts"`
	Notes     []string    `json:"notes,omitempty"`
	Files     []File      `json:"files"`
}

// File is a file of an export.
type File struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// ManifestSuffix ends the name of a manifest, after that of what it is about.
const ManifestSuffix = ".manifest.json"

// ErrExists tells that there is something already where an export should go.
var ErrExists = errors.New("there already")

// Write writes a selection to w, without a manifest.
func (s *Selection) Write(ctx context.Context, f Format, w io.Writer) (Manifest, error) {
	if err := s.begin(f); err != nil {
		return Manifest{}, err
	}
	if f.Stream == nil {
		return Manifest{}, fmt.Errorf("%w: %s is more than a stream; name a path to write to", graph.ErrInvalid, f.Name)
	}
	out := bufio.NewWriterSize(w, 1<<18)
	if err := errors.Join(s.stream(ctx, f, out), out.Flush()); err != nil {
		return Manifest{}, err
	}
	return s.manifest(ctx, f)
}

// stream writes the selection, or its network.
func (s *Selection) stream(ctx context.Context, f Format, w io.Writer) error {
	if s.Network == nil {
		return f.Stream(ctx, s, w)
	}
	if err := s.learnRuns(ctx); err != nil {
		return err
	}
	if err := f.network(s.Network, w); err != nil {
		return err
	}
	s.counts.Nodes, s.counts.Edges = s.Network.nodes, s.Network.edges
	return ctx.Err()
}

// learnRuns counts the statements and notes their runs, without reading what
// they refer to.
func (s *Selection) learnRuns(ctx context.Context) error {
	page := graph.Page{First: pageSize}
	runs, article := map[graph.ID]bool{}, graph.ID("")
	for {
		found, err := s.Reader.FindStatements(ctx, s.Filter, graph.InArticleOrder, page)
		if err != nil {
			return fmt.Errorf("read statements: %w", err)
		}
		for i := range found.Items {
			runs[found.Items[i].Run] = true
			if a := found.Items[i].Article; a != article {
				article = a
				s.counts.Articles++
			}
		}
		s.counts.Statements += len(found.Items)
		if !found.More {
			break
		}
		page.After = found.Cursors[len(found.Cursors)-1]
	}
	var err error
	s.runs, err = s.Reader.Runs(ctx, slices.Collect(maps.Keys(runs)))
	return err
}

// WriteTo writes a selection to a path, and its manifest beside it. What is
// there already is replaced only with force; else the error is an [ErrExists].
// What is at the path is whole or absent, whatever happens meanwhile.
func (s *Selection) WriteTo(ctx context.Context, f Format, path string, force bool) (Manifest, error) {
	if err := s.begin(f); err != nil {
		return Manifest{}, err
	}
	var m Manifest
	err := Replace(path, force, func(partial string) (err error) {
		if f.Files != nil {
			err = f.Files(ctx, s, partial)
		} else {
			err = writeFile(partial, func(w io.Writer) error { return s.stream(ctx, f, w) })
		}
		if err != nil {
			return err
		}
		if m, err = s.manifest(ctx, f); err != nil {
			return err
		}
		m.Files, err = sums(partial, filepath.Base(path))
		return err
	})
	if err != nil {
		return m, err
	}
	return m, m.Save(path)
}

func (s *Selection) begin(f Format) error {
	s.counts, s.notes, s.runs = Counts{}, nil, map[graph.ID]graph.Run{}
	switch {
	case s.Network == nil:
		return nil
	case f.network == nil:
		return fmt.Errorf("%w: %s holds statements, not networks", graph.ErrInvalid, f.Name)
	case s.Network.Windows && (f.Name == "graphml" || f.Name == "cytoscape"):
		return fmt.Errorf("%w: %s holds one network, not one a window; gexf, csv and ndjson hold them", graph.ErrInvalid, f.Name)
	}
	return nil
}

func (s *Selection) manifest(ctx context.Context, f Format) (Manifest, error) {
	hash, err := s.Reader.Hash(ctx)
	if err != nil {
		return Manifest{}, fmt.Errorf("hash: %w", err)
	}
	m := Manifest{Program: "mawqif", Format: f.Name, Filter: Conditions(s.Filter), Lang: s.Lang, GraphHash: hash, Counts: s.counts, Notes: s.notes, Runs: []graph.Run{}}
	if s.Network != nil {
		m.Network = s.Network.Settings
	}
	for _, id := range slices.Sorted(maps.Keys(s.runs)) {
		m.Runs = append(m.Runs, s.runs[id])
	}
	return m, nil
}

// Save writes the manifest beside what it is about.
func (m Manifest) Save(path string) error {
	return writeFile(path+ManifestSuffix, func(w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(m)
	})
}

// Conditions returns the conditions of a filter that are set, by name.
func Conditions(f graph.StatementFilter) map[string]any {
	text, err := json.Marshal(f)
	if err != nil {
		return nil
	}
	all := map[string]any{}
	if err := json.Unmarshal(text, &all); err != nil {
		return nil
	}
	set := map[string]any{}
	for name, v := range all {
		if v != nil && v != "" && v != false && v != float64(0) {
			set[strings.ToLower(name[:1])+name[1:]] = v
		}
	}
	return set
}

// Replace makes what is at a path anew: write makes it at another path beside
// it, which takes its place once it is whole.
func Replace(path string, force bool, write func(partial string) error) error {
	path = filepath.Clean(path)
	if !force {
		for _, p := range []string{path, path + ManifestSuffix} {
			if _, err := os.Lstat(p); err == nil {
				return fmt.Errorf("%s is %w: name another path, or replace it with --force", p, ErrExists)
			} else if !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
	}
	partial := path + ".partial"
	if err := os.RemoveAll(partial); err != nil {
		return err
	}
	if err := write(partial); err != nil {
		return errors.Join(err, os.RemoveAll(partial))
	}
	if info, err := os.Stat(path); force && err == nil && info.IsDir() {
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return os.Rename(partial, path)
}

func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(f, 1<<18)
	return errors.Join(write(out), out.Flush(), f.Close())
}

// sums lists the files of an export by name, of a folder all that are in it.
func sums(path, name string) ([]File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		f, err := sum(path, name)
		return []File{f}, err
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	var all []File
	for _, e := range entries {
		f, err := sum(filepath.Join(path, e.Name()), name+"/"+e.Name())
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

func sum(path, name string) (File, error) {
	f, err := os.Open(path)
	if err != nil {
		return File{}, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return File{Name: name, Bytes: n, SHA256: hex.EncodeToString(h.Sum(nil))}, err
}
