package gazetteer

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"
)

// row is a line of a table.
type row struct {
	file   string
	line   int
	fields []string
	names  []string
}

// fault is an error at the row.
func (r *row) fault(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", r.file, r.line, fmt.Sprintf(format, args...))
}

// get returns the field of a column.
func (r *row) get(column string) string {
	for i, n := range r.names {
		if n == column {
			return r.fields[i]
		}
	}
	panic("gazetteer: no column " + column)
}

// list returns the alternatives of a field.
func (r *row) list(column string) []string {
	field := r.get(column)
	if field == "" {
		return nil
	}
	return strings.Split(field, "|")
}

// readTable reads a table: lines of fields separated by tabs, the first line
// that is no comment (#) naming the columns. Every fault names its line.
func readTable(dir fs.FS, file string, columns ...string) ([]row, []byte, []error) {
	raw, err := fs.ReadFile(dir, file)
	if err != nil {
		return nil, nil, []error{fmt.Errorf("read the gazetteer: %w", err)}
	}
	var rows []row
	var faults []error
	header := false
	for n, line := range strings.Split(string(raw), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		r := row{file: file, line: n + 1, fields: strings.Split(line, "\t"), names: columns}
		switch {
		case !utf8.ValidString(line):
			faults = append(faults, r.fault("the line is not UTF-8; save the file as UTF-8"))
			continue
		case !header:
			header = true
			if line != strings.Join(columns, "\t") {
				return nil, raw, append(faults, r.fault("the first line must name the columns %s, separated by tabs", strings.Join(columns, ", ")))
			}
			continue
		case len(r.fields) != len(columns):
			faults = append(faults, r.fault("%d fields where there must be %d (%s), separated by tabs", len(r.fields), len(columns), strings.Join(columns, ", ")))
			continue
		}
		for i := range r.fields {
			if r.fields[i] = strings.TrimSpace(r.fields[i]); r.fields[i] == "" {
				continue
			}
			for _, name := range strings.Split(r.fields[i], "|") {
				if strings.TrimSpace(name) == "" || strings.TrimSpace(name) != name && columns[i] != "offices" {
					faults = append(faults, r.fault("column %s has an empty name or a blank beside |: %q", columns[i], r.fields[i]))
					break
				}
			}
		}
		rows = append(rows, r)
	}
	if !header {
		faults = append(faults, fmt.Errorf("%s: the line that names the columns is missing", file))
	}
	return rows, raw, faults
}
