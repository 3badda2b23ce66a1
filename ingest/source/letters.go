package source

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"mawqif/ingest"
)

// Letters is the file that keeps what was rejected, a line of JSONL each, so
// that it can be mended and ingested again. The file is made when there is
// something to keep; what it holds already is not written twice.
//
// Where the file is itself among the inputs of a run, what is rejected again
// replaces it when the run is complete, and is added to it when it is not.
type Letters struct {
	path  string
	again bool // the file is among the inputs
	file  *os.File
	held  map[[sha256.Size]byte]bool
}

// NewLetters keeps what a run over the inputs rejects in the file at path.
func NewLetters(path string, inputs []string) *Letters {
	l := &Letters{path: path}
	if own, err := os.Stat(path); err == nil {
		for _, in := range inputs {
			if other, err := os.Stat(in); err == nil && os.SameFile(own, other) {
				l.again = true
			}
		}
	}
	return l
}

// Path returns the path of the file.
func (l *Letters) Path() string { return l.path }

// target is the file that is written to during the run.
func (l *Letters) target() string {
	if l.again {
		return l.path + ".new"
	}
	return l.path
}

// Add keeps an item that was rejected.
func (l *Letters) Add(item ingest.Item) error {
	line, err := Rejected(item)
	if err != nil {
		return err
	}
	if l.file == nil {
		if err := l.open(); err != nil {
			return fmt.Errorf("keep what was rejected: %w", err)
		}
	}
	sum := sha256.Sum256(line)
	if l.held[sum] {
		return nil
	}
	l.held[sum] = true
	if _, err := l.file.Write(line); err != nil {
		return fmt.Errorf("keep what was rejected: %w", err)
	}
	return nil
}

func (l *Letters) open() error {
	mode := os.O_RDWR | os.O_CREATE | os.O_APPEND
	if l.again {
		mode |= os.O_TRUNC // what an earlier run left there is in the file
	}
	f, err := os.OpenFile(l.target(), mode, 0o600)
	if err != nil {
		return err
	}
	l.file, l.held = f, map[[sha256.Size]byte]bool{}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return err // a pipe or a device holds nothing to compare with
	}
	b := bufio.NewReader(f)
	for {
		line, err := b.ReadBytes('\n')
		if len(line) > 0 && line[len(line)-1] != '\n' {
			// A line that was not finished must not swallow the next one.
			if _, err := f.Write([]byte("\n")); err != nil {
				return err
			}
			line = append(line, '\n')
		}
		if len(line) > 0 {
			l.held[sha256.Sum256(line)] = true
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// Close makes what was kept durable. Complete tells that the run read all its
// inputs.
func (l *Letters) Close(complete bool) error {
	err := l.sync()
	if l.again && err == nil {
		err = l.replace(complete)
	}
	if err != nil {
		return fmt.Errorf("keep what was rejected: %w", err)
	}
	return nil
}

func (l *Letters) sync() error {
	if l.file == nil {
		return nil
	}
	err := errors.Join(l.file.Sync(), l.file.Close())
	l.file = nil
	return err
}

func (l *Letters) replace(complete bool) error {
	kept, err := os.ReadFile(l.target())
	switch {
	case complete && errors.Is(err, fs.ErrNotExist):
		return os.Remove(l.path) // nothing was rejected again
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case complete:
		return os.Rename(l.target(), l.path)
	}
	// What was rejected again stands in the file already, but for changed
	// causes and for what other inputs gave.
	l.again = false
	if err := l.open(); err != nil {
		return err
	}
	for line := range bytes.Lines(kept) {
		if !l.held[sha256.Sum256(line)] {
			if _, err := l.file.Write(line); err != nil {
				return err
			}
		}
	}
	return errors.Join(l.sync(), os.Remove(l.path+".new"))
}
