package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"mawqif/ingest"
)

// progress follows a run: it logs what is noteworthy, counts, draws a bar if
// standard error is a terminal, and ends with a summary.
type progress struct {
	m     *Main
	verb  string // what is done with an article: "stored"
	start time.Time
	bar   *progressbar.ProgressBar // nil if there is none
	ended bool

	articles, statements, refused int
	notes                         map[ingest.NoteKind]int
}

// newProgress begins to follow a run over size bytes, −1 if that is unknown.
func (m *Main) newProgress(verb string, size int64) *progress {
	p := &progress{m: m, verb: verb, start: m.Now(), notes: map[ingest.NoteKind]int{}}
	if isTerminal(m.Stderr) {
		p.bar = progressbar.NewOptions64(size,
			progressbar.OptionSetWriter(m.Stderr), progressbar.OptionSetDescription(verb+" 0 articles"),
			progressbar.OptionShowBytes(true), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond),
		)
	}
	return p
}

// observe counts an outcome and logs what it has to say.
func (p *progress) observe(o ingest.Outcome) {
	for _, n := range o.Notes {
		p.notes[n.Kind]++
		level := p.m.log.Warn
		if n.Kind == ingest.NoteNoDate {
			level = p.m.log.Info
		}
		level("the article "+n.Text, "where", o.Where)
	}
	if o.Err != nil {
		p.refused++
		p.m.log.Error("rejected", "where", o.Where, "cause", o.Err)
		var fault *ingest.RuleFault
		if errors.As(o.Err, &fault) {
			p.m.log.Debug("the rules failed", "where", o.Where, "stack", string(fault.Stack))
		}
	} else {
		p.articles++
		p.statements += len(o.Batch.Statements)
	}
	if p.bar != nil {
		p.bar.Describe(fmt.Sprintf("%s %d articles", p.verb, p.articles))
		_ = p.bar.Add64(o.Size) // it only fails to draw
	}
}

// end takes the bar away and prints the summary, once.
func (p *progress) end() {
	if p.ended {
		return
	}
	p.ended = true
	if p.bar != nil {
		_ = p.bar.Clear()
	}
	took := p.m.Now().Sub(p.start)
	w := p.m.Stderr
	fmt.Fprintf(w, "%s %s with %s in %s", p.verb, count(p.articles, "article"), count(p.statements, "statement"), took.Round(time.Millisecond))
	if seconds := took.Seconds(); seconds > 0 && p.articles > 1 {
		fmt.Fprintf(w, " (%.0f articles/s)", float64(p.articles)/seconds)
	}
	fmt.Fprintln(w)
	for _, kind := range slices.Sorted(maps.Keys(p.notes)) {
		fmt.Fprintf(w, "  %d %s\n", p.notes[kind], kind)
	}
}

// rejected returns the error that tells that articles were rejected, nil if
// none was. Letters names the file that keeps them, "" if none does.
func (p *progress) rejected(letters string) error {
	if p.refused == 0 {
		return nil
	}
	err := fmt.Errorf("%s rejected, for the causes above", count(p.refused, "article"))
	if letters != "" {
		err = fmt.Errorf("%s rejected; %s keeps them with their causes: mend what is wrong and run mawqif ingest %s", count(p.refused, "article"), letters, letters)
	}
	return &codedError{exitRejected, err}
}

// summary is what a run did, for programs.
func (p *progress) summary() any {
	return struct {
		Articles   int                     `json:"articles"`
		Statements int                     `json:"statements"`
		Rejected   int                     `json:"rejected"`
		Notes      map[ingest.NoteKind]int `json:"notes"`
	}{p.articles, p.statements, p.refused, p.notes}
}

// areCount writes a number with its noun and verb.
func areCount(n int, noun string) string {
	if n == 1 {
		return count(n, noun) + " is"
	}
	return count(n, noun) + " are"
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// isTerminal tells whether a stream is shown to a person.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
