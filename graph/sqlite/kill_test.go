package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"mawqif/graph"
	"mawqif/graph/graphtest"
	"mawqif/graph/sqlite"
)

// interrupted is the ingest that is killed.
var interrupted = graphtest.Synthetic{Seed: 21, Statements: 1600}

// The environment that makes the test binary an ingesting child: the path of
// the store, and from which batch to begin.
const (
	childPath  = "MAWQIF_TEST_INGEST"
	childBegin = "MAWQIF_TEST_BEGIN"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		if err := ingestAsChild(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	code := m.Run()
	if largeDir != "" {
		os.RemoveAll(largeDir)
	}
	os.Exit(code)
}

// ingestAsChild applies the batches from one on, by eight writers, and prints
// the number of each that is acknowledged.
func ingestAsChild(path string) error {
	begin, err := strconv.Atoi(os.Getenv(childBegin))
	if err != nil {
		return err
	}
	ctx := context.Background()
	s, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return err
	}
	work, failed := make(chan int), make(chan error, 8)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i := range work {
				if err := s.Apply(ctx, interrupted.Batch(i)); err != nil {
					failed <- err
					return
				}
				// One write a line: a line that is there is whole.
				if _, err := os.Stdout.WriteString(strconv.Itoa(i) + "\n"); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	for i := begin; i < interrupted.Len(); i++ {
		select {
		case work <- i:
		case err := <-failed:
			return err
		}
	}
	close(work)
	all.Wait()
	return s.Close()
}

// ingestUntil runs a child until it has acknowledged a number of batches, or is
// done, and a while longer, then kills it. It returns what was acknowledged.
func ingestUntil(t *testing.T, path string, begin, acknowledged int, longer time.Duration) (got []int, finished bool) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), childPath+"="+path, fmt.Sprintf("%s=%d", childBegin, begin))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		i, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Fatalf("the child says %q", lines.Text())
		}
		if got = append(got, i); len(got) == acknowledged {
			time.AfterFunc(longer, func() { _ = child.Process.Kill() })
		}
	}
	return got, child.Wait() == nil
}

// TestKilledIngest kills an ingest (SIGKILL) at random moments, again and
// again. Nothing that was acknowledged is lost, nothing is there twice or half,
// and in the end the graph is that of an undisturbed ingest.
func TestKilledIngest(t *testing.T) {
	const kills = 60
	batches := slices.Collect(interrupted.Batches())
	r := rand.New(rand.NewPCG(3, 4))
	path := filepath.Join(t.TempDir(), "graph.db")
	acknowledged := map[graph.ID]bool{}
	killed, begin := 0, 0
	for turn := 0; killed < kills; turn++ {
		if turn == 3*kills {
			t.Fatalf("only %d of %d children were killed in time", killed, turn)
		}
		// A share of what is left, so that kills are spread over the ingest; a
		// little of what was done is done again.
		share := 1 + r.IntN(2*max(1, (len(batches)-begin)/(kills-killed+1)))
		got, finished := ingestUntil(t, path, max(0, begin-r.IntN(20)), share, time.Duration(r.IntN(4000))*time.Microsecond)
		if !finished {
			killed++
		}
		for _, i := range got {
			acknowledged[batches[i].Article.ID] = true
		}
		for begin < len(batches) && acknowledged[batches[begin].Article.ID] {
			begin++
		}
		if begin == len(batches) {
			begin = len(batches) * r.IntN(3) / 3 // do some of it again
		}
		s := open(t, path, sqlite.Options{})
		checkWhole(t, s, path, batches, func(id graph.ID) bool { return acknowledged[id] })
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if killed%10 == 0 {
			checkIntegrity(t, path)
		}
		if t.Failed() {
			t.Fatalf("after %d kills", killed)
		}
	}
	if _, finished := ingestUntil(t, path, 0, -1, 0); !finished {
		t.Fatal("the last child failed")
	}
	s, undisturbed := open(t, path, sqlite.Options{}), open(t, filepath.Join(t.TempDir(), "graph.db"), sqlite.Options{})
	defer s.Close()
	defer undisturbed.Close()
	if refused := applyAll(undisturbed, batches, 8); len(refused) > 0 {
		t.Fatal(refused)
	}
	want, err := undisturbed.Hash(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Hash(t.Context()); got != want || err != nil {
		t.Errorf("hash %s, %v, want %s", got, err, want)
	}
	t.Logf("killed %d times; %d of %d articles had been acknowledged", killed, len(acknowledged), len(batches))
}
