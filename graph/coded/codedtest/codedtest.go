// Package codedtest has statements that people coded in other programs, for
// tests.
package codedtest

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"os"
	"path/filepath"
	"testing"
)

//go:embed synthetic.dna.gz
var synthetic []byte

// DNA writes a database that Discourse Network Analyzer made, of 486 generated
// statements, to a folder that goes with the test, and returns its path.
func DNA(t testing.TB) string {
	t.Helper()
	unpacked, err := gzip.NewReader(bytes.NewReader(synthetic))
	if err != nil {
		t.Fatal(err)
	}
	database, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "synthetic.dna")
	if err := os.WriteFile(path, database, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
