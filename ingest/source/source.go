// Package source reads articles from files, directories and standard input:
// plain text with front matter, and JSONL, either of them gzipped.
//
// All input is hostile: whatever cannot be taken is delivered with the reason,
// and the rest goes on.
package source

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/transform"

	"mawqif/graph"
	"mawqif/ingest"
)

// Format is how articles are written down.
type Format string

// The formats. Auto tells by the name of the file, else by its beginning.
const (
	Auto  Format = "auto"
	JSONL Format = "jsonl"
	Text  Format = "text"
)

// Options tell how to read.
type Options struct {
	Format Format
	// Encoding is the name of the encoding of input that is not UTF-8, such as
	// "windows-1256"; "" to find out.
	Encoding string
	// MaxArticle is the most bytes that an article may have.
	MaxArticle int64
	// Today is the day after which a date lies in the future.
	Today graph.Day
	// Defaults fills in what an article does not say of itself. Its title,
	// URL and id may be set for a single article of plain text only.
	Defaults ingest.Document
}

// Source is a list of files to read articles from.
type Source struct {
	options  Options
	encoding encoding.Encoding // nil to find out
	files    []file
	stdin    io.Reader
	size     int64
}

// file is a file to read; the path "-" stands for standard input.
type file struct {
	path string
	// err tells why the file cannot be read; nil if it seems so.
	err error
}

// extensions are the endings of the files that are read in a directory.
var extensions = map[string]Format{".jsonl": JSONL, ".ndjson": JSONL, ".txt": Text, ".md": Text}

// formatOf tells the format of a file by its name; "" if the name does not tell.
func formatOf(path string) Format {
	return extensions[strings.ToLower(filepath.Ext(strings.TrimSuffix(path, ".gz")))]
}

// Open finds the files that paths name: files, directories with all that is
// below them, in the order of their names, and "-" for standard input. It
// returns an error that names every path that does not exist.
func Open(paths []string, stdin io.Reader, o Options) (*Source, error) {
	s := &Source{options: o, stdin: stdin}
	var faults []error
	if o.Encoding != "" {
		e, err := htmlindex.Get(o.Encoding)
		if err != nil {
			faults = append(faults, fmt.Errorf("%w: no encoding is called %q; one is called windows-1256", graph.ErrInvalid, o.Encoding))
		}
		s.encoding = e
	}
	for _, path := range paths {
		if path == "-" {
			s.files = append(s.files, file{path: path})
			s.size = -1
			continue
		}
		info, err := os.Stat(path)
		switch {
		case err != nil:
			faults = append(faults, fmt.Errorf("%w: %w", graph.ErrInvalid, err))
		case info.IsDir():
			s.walk(path)
		default:
			s.add(path, info)
		}
	}
	if o.Defaults.Title+o.Defaults.URL+o.Defaults.SourceID != "" && (len(s.files) != 1 || s.format(s.files[0].path) == JSONL) {
		faults = append(faults, fmt.Errorf("%w: a title, a URL or an id can be given for one article of plain text only", graph.ErrInvalid))
	}
	return s, errors.Join(faults...)
}

func (s *Source) format(path string) Format {
	if s.options.Format != Auto && s.options.Format != "" {
		return s.options.Format
	}
	return formatOf(path)
}

func (s *Source) add(path string, info fs.FileInfo) {
	s.files = append(s.files, file{path: path})
	switch {
	case !info.Mode().IsRegular(), strings.HasSuffix(path, ".gz"):
		s.size = -1
	case s.size >= 0:
		s.size += info.Size()
	}
}

// walk adds the files below a directory whose names tell that they hold
// articles. Hidden ones are left out.
func (s *Source) walk(root string) {
	before := len(s.files)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		hidden := path != root && strings.HasPrefix(d.Name(), ".")
		switch {
		case err != nil:
			s.files = append(s.files, file{path: path, err: err})
		case hidden && d.IsDir():
			return filepath.SkipDir
		case hidden, !d.Type().IsRegular(), formatOf(path) == "":
		default:
			info, err := d.Info()
			if err != nil {
				s.files = append(s.files, file{path: path, err: err})
				break
			}
			s.add(path, info)
		}
		return nil
	})
	if err == nil && len(s.files) == before {
		err = fmt.Errorf("no file in it ends in %s", strings.Join(slices.Sorted(func(yield func(string) bool) {
			for e := range extensions {
				if !yield(e) {
					return
				}
			}
		}), ", "))
	}
	if err != nil {
		s.files = append(s.files, file{path: root, err: err})
	}
}

// Size returns how many bytes there are to read, or −1 if that is not known.
func (s *Source) Size() int64 { return s.size }

// Items reads the articles, in the order of the paths.
func (s *Source) Items(ctx context.Context) iter.Seq[ingest.Item] {
	return func(yield func(ingest.Item) bool) {
		for _, f := range s.files {
			if ctx.Err() != nil || !s.read(f, yield) {
				return
			}
		}
	}
}

// read yields the articles of a file, and tells whether to go on.
func (s *Source) read(f file, yield func(ingest.Item) bool) bool {
	in := input{source: s, where: f.path, yield: yield}
	if f.path == "-" {
		in.where = "standard input"
		return in.read(s.stdin)
	}
	if f.err != nil {
		return in.reject(f.err)
	}
	r, err := os.Open(f.path)
	if err != nil {
		return in.reject(err)
	}
	defer r.Close()
	in.format = s.format(f.path)
	return in.read(r)
}

// input is one file under reading.
type input struct {
	source *Source
	where  string
	format Format
	// converted is the encoding that all of the file was converted from; "" if
	// its articles are looked at one by one.
	converted string
	yield     func(ingest.Item) bool
}

// reject delivers the reason why the whole file cannot be taken.
func (in *input) reject(err error) bool {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = fmt.Errorf("cannot be read: %w", p.Err)
	}
	return in.yield(ingest.Item{Where: in.where, Err: err})
}

func (in *input) read(r io.Reader) bool {
	b := bufio.NewReaderSize(r, 64<<10)
	if head, _ := b.Peek(2); bytes.Equal(head, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(b)
		if err != nil {
			return in.reject(fmt.Errorf("cannot be unpacked: %w", err))
		}
		defer z.Close()
		b = bufio.NewReaderSize(z, 64<<10)
	}
	if e := utf16(b); e != nil {
		in.converted = "UTF-16"
		b = bufio.NewReaderSize(transform.NewReader(b, e.NewDecoder()), 64<<10)
	}
	if in.format == "" || in.format == Auto {
		in.format = Text
		head, _ := b.Peek(4 << 10)
		if bytes.HasPrefix(bytes.TrimLeft(trimBOM(head), " \t\r\n"), []byte("{")) {
			in.format = JSONL
		}
	}
	if in.format == JSONL {
		return in.readLines(b)
	}
	return in.readText(b)
}

// tooLarge is the reason to refuse an article beyond the cap.
func (in *input) tooLarge() error {
	return fmt.Errorf("larger than the %d KiB that an article may have: split it, or raise --max-article", in.source.options.MaxArticle>>10)
}

// readText reads a file that is one article.
func (in *input) readText(b *bufio.Reader) bool {
	limit := in.source.options.MaxArticle
	raw, err := io.ReadAll(io.LimitReader(b, limit+1))
	item := ingest.Item{Where: in.where, Size: int64(len(raw))}
	switch {
	case err != nil:
		item.Err = fmt.Errorf("cannot be read to its end: %w", err)
	case int64(len(raw)) > limit:
		item.Err = in.tooLarge()
	default:
		item.Raw = raw
		in.parseText(&item)
	}
	return in.yield(item)
}

// readLines reads a file that holds one article a line.
func (in *input) readLines(b *bufio.Reader) bool {
	// A letter may take four times its bytes in a line: escaped once, and once
	// more where the line was rejected before.
	limit := 4*in.source.options.MaxArticle + 64<<10
	articles := 0
	for number := 1; ; number++ {
		line, size, err := readLine(b, limit)
		if err != nil && !errors.Is(err, io.EOF) {
			return in.yield(ingest.Item{
				Where: fmt.Sprintf("%s line %d", in.where, number), Size: size,
				Err: fmt.Errorf("cannot be read, nor what follows: %w", err),
			})
		}
		if line = bytes.TrimSpace(trimBOM(line)); len(line) > 0 {
			articles++
			item := ingest.Item{Where: fmt.Sprintf("%s line %d", in.where, number), Size: size, Raw: line, Line: true}
			if int64(len(line)) > limit {
				item.Raw, item.Err = nil, in.tooLarge()
			} else {
				in.parseLine(&item)
			}
			if !in.yield(item) {
				return false
			}
		}
		if err != nil {
			return articles > 0 || in.reject(errEmpty)
		}
	}
}

// readLine returns the next line and how many bytes it took. Of a line longer
// than limit it returns a beginning that is longer than limit.
func readLine(b *bufio.Reader, limit int64) (line []byte, size int64, err error) {
	for {
		part, err := b.ReadSlice('\n')
		size += int64(len(part))
		if int64(len(line)) <= limit+2 { // a line end is no part of it
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, size, err
		}
	}
}

func trimBOM(b []byte) []byte { return bytes.TrimPrefix(b, []byte("\ufeff")) }
