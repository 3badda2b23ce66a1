package main

import (
	"bufio"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// BenchmarkColdStart takes `mawqif serve` from nothing to its first answer.
func BenchmarkColdStart(b *testing.B) {
	dir := b.TempDir()
	prepare := exec.CommandContext(b.Context(), "mawqif", "demo", "--no-serve", "--store", "mawqif.db")
	prepare.Dir = dir
	if out, err := prepare.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	serving := regexp.MustCompile(`^serving .* at (http://\S+)/ `)
	for b.Loop() {
		cmd := exec.CommandContext(b.Context(), "mawqif", "serve", "--addr", "127.0.0.1:0")
		cmd.Dir = dir
		pipe, err := cmd.StderrPipe()
		if err != nil {
			b.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		line, err := bufio.NewReader(pipe).ReadString('\n')
		if err != nil {
			b.Fatal(err)
		}
		url := serving.FindStringSubmatch(line)
		if url == nil {
			b.Fatalf("the server says %q", line)
		}
		answer, err := ask(b.Context(), url[1]+"/graphql", "{ statements(first: 1) { totalCount edges { node { content speaker { name } } } } }")
		if err != nil || !strings.Contains(answer, `"content"`) {
			b.Fatalf("the first answer is %s, %v", answer, err)
		}
		b.StopTimer()
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			b.Fatal(err)
		}
		if err := cmd.Wait(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
