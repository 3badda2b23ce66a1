package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"mawqif/graph"
)

// lines writes n articles as JSONL, of which one takes more than a pipe holds
// between two processes: when all but the last are written, the program reads.
func lines(n int) []string {
	filler := strings.Repeat("Nobody was there. ", 1000)
	var all []string
	for i := range n {
		all = append(all, fmt.Sprintf(`{"id":"%d","date":"2020-06-05","text":"The minister said that border %d would open. %s"}`+"\n", i, i, filler))
	}
	return all
}

// program prepares a run of the program as a process of its own.
func program(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "mawqif", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+dir)
	cmd.WaitDelay = time.Minute
	return cmd
}

func stats(t *testing.T, dir string) string {
	t.Helper()
	out, err := program(t, dir, "stats").Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestInterruptedIngest(t *testing.T) {
	const n = 40
	undisturbed := t.TempDir()
	cmd := program(t, undisturbed, "ingest")
	cmd.Stdin = strings.NewReader(strings.Join(lines(n), ""))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}

	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		dir := t.TempDir()
		cmd := program(t, dir, "ingest", "-")
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for _, line := range lines(n)[:n/2] {
			if _, err := io.WriteString(in, line); err != nil {
				t.Fatal(err)
			}
		}
		// Standard input stays open: the program waits for more.
		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		var exit *exec.ExitError
		if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
			t.Fatalf("%v: the program ends with %v, want exit code %d: %s", signal, err, exitInterrupted, &stderr)
		}
		said := regexp.MustCompile(`interrupted: (\d+) articles? (?:is|are) stored; run the same command again to go on`).FindSubmatch(stderr.Bytes())
		if said == nil {
			t.Fatalf("%v: the program does not say what is stored: %s", signal, &stderr)
		}
		stored, _ := strconv.Atoi(string(said[1]))
		if got := regexp.MustCompile(`(?m)^ *(\d+) articles$`).FindStringSubmatch(stats(t, dir)); got == nil || got[1] != strconv.Itoa(stored) {
			t.Errorf("%v: the program says that %d articles are stored, the store has %v", signal, stored, got)
		}

		cmd = program(t, dir, "ingest", "-")
		cmd.Stdin = strings.NewReader(strings.Join(lines(n), ""))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if got, want := stats(t, dir), stats(t, undisturbed); got != want {
			t.Errorf("%v: after the run was made again the store has\n%s\nwant\n%s", signal, got, want)
		}
	}
}

func TestServe(t *testing.T) {
	dir := t.TempDir()
	cmd := program(t, dir, "ingest")
	cmd.Stdin = strings.NewReader(lines(1)[0])
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}

	cmd = program(t, dir, "serve", "--addr", "127.0.0.1:0")
	pipe, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stderr := bufio.NewReader(pipe)
	line, err := stderr.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	url := regexp.MustCompile(`^serving mawqif.db at (http://127.0.0.1:\d+)/ `).FindStringSubmatch(line)
	if url == nil {
		t.Fatalf("the server says %q", line)
	}
	answer, err := ask(t.Context(), url[1]+"/graphql", "{ stats { articles } }")
	if want := `{"stats": {"articles": 1}}`; err != nil || answer != want {
		t.Errorf("the answer is %s, %v; want %s", answer, err, want)
	}
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/metrics": 200, "/": 200, "/absent": 404} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url[1]+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s answers %d, want %d", path, res.StatusCode, want)
		}
	}

	// A second server cannot have the same address, and says so.
	second := program(t, dir, "serve", "--addr", strings.TrimPrefix(url[1], "http://"))
	if out, err := second.CombinedOutput(); err == nil || !strings.Contains(string(out), "is in use by another program") {
		t.Errorf("a second server at the same address: %v, %s", err, out)
	}

	http.DefaultClient.CloseIdleConnections()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(stderr)
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("the server ends with %v: %s", err, rest)
	}
}

// full is a store that has no space after some articles.
type full struct {
	graph.Store
	left int
}

func (s *full) Apply(ctx context.Context, b graph.Batch) error {
	if s.left == 0 {
		return fmt.Errorf("%w: free some space, then try again", graph.ErrFull)
	}
	s.left--
	return s.Store.Apply(ctx, b)
}

func TestDiskFull(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	article := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(article, []byte("The minister said that the border would open."), 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	m := Main{Args: []string{"ingest", article}, Stdout: &stdout, Stderr: &stderr, Now: time.Now}
	m.wrap = func(s graph.Store) graph.Store { return &full{Store: s} }
	err := errors.Join(m.Run(t.Context()), m.Close())
	if ExitCode(err) != exitFailure || !errors.Is(err, graph.ErrFull) {
		t.Fatalf("%v, exit code %d; want %v, %d", err, ExitCode(err), graph.ErrFull, exitFailure)
	}
	want := "stopped: no space left for the store: free some space, then try again; 0 articles are stored, and the same command run again goes on from there"
	if !strings.Contains(err.Error(), want) {
		t.Errorf("the message is %q, want %q", err, want)
	}

	m = Main{Args: m.Args, Stdout: &stdout, Stderr: &stderr, Now: time.Now}
	if err := errors.Join(m.Run(t.Context()), m.Close()); err != nil {
		t.Errorf("with space again: %v", err)
	}
}
