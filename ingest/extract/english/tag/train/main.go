// Command train fits the English tagger to tagged sentences and writes its
// weights:
//
//	go run ./ingest/extract/english/tag/train tagged.tsv > ingest/extract/english/tag/data/tags.txt
//
// Every twentieth sentence is kept aside; the accuracy on those is told on
// standard error.
package main

import (
	"bytes"
	"fmt"
	"os"

	"mawqif/ingest/extract/english/tag"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: train TAGGED.tsv > tags.txt")
	}
	f, err := os.Open(args[0])
	if err != nil {
		return err
	}
	defer f.Close()
	all, err := tag.ReadExamples(f)
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	var fit, aside []tag.Example
	for i, e := range all {
		if i%20 == 7 {
			aside = append(aside, e)
		} else {
			fit = append(fit, e)
		}
	}
	var out bytes.Buffer
	if err := tag.Train(fit, 5, 20, 24, &out); err != nil {
		return err
	}
	g, err := tag.Read(out.String())
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d sentences, accuracy on %d others %.4f, %d bytes\n", len(fit), len(aside), g.Accuracy(aside), out.Len())
	_, err = os.Stdout.Write(out.Bytes())
	return err
}
