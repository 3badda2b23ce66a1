// Command mawqif turns news articles into a graph of who said what.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"mawqif/graph"
	"mawqif/ingest"
)

func main() {
	if err := run(os.Args[len(os.Args)-1]); err != nil {
		fmt.Fprintln(os.Stderr, "mawqif:", err)
		os.Exit(1)
	}
}

func run(path string) error {
	p, err := ingest.Default()
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 64<<20)
	out := bufio.NewWriter(os.Stdout)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for in.Scan() {
		var a struct{ ID, URL, Title, Outlet, Date, Lang, Text string }
		if err := json.Unmarshal(in.Bytes(), &a); err != nil {
			return err
		}
		b, trace := p.Extract(ingest.Document{SourceID: a.ID, URL: a.URL, Title: a.Title, Outlet: a.Outlet, Language: a.Lang, Published: graph.Day(a.Date), Text: a.Text})
		if err := b.Validate(); err != nil {
			return fmt.Errorf("%s: %w", a.ID, err)
		}
		if err := enc.Encode(ingest.NewReport(&b, trace)); err != nil {
			return err
		}
	}
	if err := in.Err(); err != nil {
		return err
	}
	return out.Flush()
}
