package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mawqif/graph/coded/codedtest"
)

// served ingests the examples, imports statements coded by hand, and serves them
// as a process of its own, which ends with the test. It returns the folder of
// the store and the address.
func served(t *testing.T) (dir, url string) {
	t.Helper()
	dir = t.TempDir()
	articles, err := filepath.Abs(filepath.Join("..", "..", "examples", "articles"))
	if err != nil {
		t.Fatal(err)
	}
	if out, err := program(t, dir, "ingest", articles).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if out, err := program(t, dir, "import", codedtest.DNA(t)).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	cmd := program(t, dir, "serve", "--addr", "127.0.0.1:0")
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	said, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// The context of the test has ended, and so Cancel has been called.
		err := cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code != 0 {
			t.Errorf("serve ends with exit code %d: %v", code, err)
		}
	})
	address := regexp.MustCompile(`at (http://[^/]+)/`)
	lines := bufio.NewScanner(said)
	for lines.Scan() {
		if found := address.FindStringSubmatch(lines.Text()); found != nil {
			return dir, found[1]
		}
	}
	t.Fatalf("it does not serve: %v", lines.Err())
	return "", ""
}

// answers are what a client answers.
type answers struct {
	Statements, Arabic, None, Stances, Timeline, Matrix, Edges []map[string]any
	Network                                                    struct {
		Rows, Columns []string
		Values        [][]float64
	}
	Fault       struct{ Message, Code string }
	Unreachable string
}

// askClient runs a script, which needs a program of a Debian package and modules of
// others.
func askClient(t *testing.T, packages string, name string, args ...string) answers {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "PYTHONDONTWRITEBYTECODE=1")
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %v: %v; it needs the Debian packages %s (make tools installs them)\n%s", name, args, err, packages, &complaint)
	}
	var a answers
	if err := json.Unmarshal(out.Bytes(), &a); err != nil {
		t.Fatalf("%v: %.300s", err, out.String())
	}
	return a
}

// TestClients asks a server with the clients for Python and R, and compares
// their answers with what the store has and the program prints.
func TestClients(t *testing.T) {
	dir, url := served(t)
	lines, err := program(t, dir, "export", "ndjson", "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	contents := map[string]string{}
	for l := range bytes.Lines(lines) {
		var line struct {
			Type string
			Node struct{ ID, Content string }
		}
		if err := json.Unmarshal(l, &line); err != nil {
			t.Fatal(err)
		}
		if line.Type == "statement" {
			contents[line.Node.ID] = line.Node.Content
		}
	}
	matrix, err := program(t, dir, "network", "--type", "onemode", "--rows", "state", "--qualifier-aggregation", "congruence", "--json").Output()
	if err != nil {
		t.Fatal(err)
	}
	var network answers
	if err := json.Unmarshal(matrix, &network.Network); err != nil {
		t.Fatal(err)
	}
	clients, err := filepath.Abs(filepath.Join("..", "..", "clients"))
	if err != nil {
		t.Fatal(err)
	}
	script := filepath.Join("testdata", "clients", "ask.py")
	interpreter := "/usr/bin/python3" // which sees the packages of Debian
	if _, err := os.Stat(interpreter); err != nil {
		interpreter = "python3"
	}
	const python, r = "python3 python3-pandas", "r-base-core r-cran-jsonlite"
	for _, tt := range []struct {
		name string
		ask  func(t *testing.T) answers
	}{
		{"python rows", func(t *testing.T) answers {
			return askClient(t, python, interpreter, script, filepath.Join(clients, "python"), url, "rows")
		}},
		{"python frames", func(t *testing.T) answers {
			return askClient(t, python, interpreter, script, filepath.Join(clients, "python"), url, "frames")
		}},
		{"r", func(t *testing.T) answers {
			return askClient(t, r, "Rscript", filepath.Join("testdata", "clients", "ask.R"), filepath.Join(clients, "r", "mawqif.R"), url)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.ask(t)
			found := map[string]string{}
			for _, s := range got.Statements {
				found[s["id"].(string)] = s["content"].(string)
			}
			if diff := cmp.Diff(contents, found); diff != "" {
				t.Errorf("contents (-store +client):\n%s", diff)
			}
			if diff := cmp.Diff(network.Network, got.Network); diff != "" {
				t.Errorf("network (-program +client):\n%s", diff)
			}
			if len(got.Arabic) != 3 || got.Arabic[0]["article_language"] != "ar" || !strings.ContainsAny(got.Arabic[0]["speaker_name"].(string), "ابتحدرسشعفقكلمنهوي") {
				t.Errorf("Arabic statements: %v", got.Arabic)
			}
			if len(got.None) != 0 {
				t.Errorf("statements of nobody: %v", got.None)
			}
			for name, list := range map[string][]map[string]any{"stances": got.Stances, "timeline": got.Timeline, "matrix": got.Matrix} {
				if len(list) == 0 {
					t.Errorf("no %s", name)
					continue
				}
				for _, row := range list {
					sum := 0.
					for _, value := range []string{"negative", "neutral", "positive"} {
						sum += row[value].(float64)
					}
					if name, _ := row["issue_name"].(string); sum != row["count"].(float64) || sum == 0 || name == "" {
						t.Errorf("%s has the row %v", name, row)
					}
				}
			}
			if from, _ := got.Timeline[0]["from"].(string); !strings.HasPrefix(from, "20") || !strings.Contains(from, "-01-01") {
				t.Errorf("the timeline of years begins with %v", got.Timeline[0])
			}
			if !strings.Contains(got.Fault.Message, "nonsense") || !strings.Contains(got.Unreachable, "does mawqif serve run there?") {
				t.Errorf("faults are told as %+v and %q", got.Fault, got.Unreachable)
			}
		})
	}
}
