package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"

	"mawqif/graph"
	"mawqif/ingest"
)

// tableWidth is the width of the terminal, or a wide one if w is none.
func tableWidth(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil {
			return max(width, 80)
		}
	}
	return 120
}

// printTable prints a line a statement, under the title of its article, and
// says how many more there are, if any. What is said comes last, since
// terminals differ in how they turn Arabic around.
func printTable(out *bufio.Writer, width int) func(r ingest.Report, more int) error {
	const date, act, gaps = 10, 15, 2 + 4*2
	rest := width - date - act - gaps
	speaker := rest * 28 / 100
	position := rest * 30 / 100
	content := rest - speaker - position
	return func(r ingest.Report, more int) error {
		title := r.Article.Title
		if title == "" {
			title = r.Article.ID
		}
		var head []string
		for _, s := range []string{title, r.Article.Outlet, string(r.Article.PublishedAt)} {
			if s != "" {
				head = append(head, isolate(s))
			}
		}
		fmt.Fprintln(out, strings.Join(head, " · "))
		for _, s := range r.Statements {
			when := ""
			if s.SaidAt != nil {
				when = dateOf(s.SaidAt)
			}
			fmt.Fprintf(out, "  %s  %s  %s  %s  %s\n",
				cell(when, date), cell(string(s.Act), act), cell(speakerOf(&s), speaker),
				cell(positionsOf(&s), position), isolate(runewidth.Truncate(oneLine(s.Content), content, "…")))
			if len(s.Rules) > 0 {
				fmt.Fprintf(out, "  %s  rules: %s\n", strings.Repeat(" ", date), strings.Join(s.Rules, ", "))
			}
		}
		if len(r.Statements) == 0 {
			fmt.Fprintln(out, "  no statements")
		}
		if more > 0 {
			fmt.Fprintf(out, "  … and %d more\n", more)
		}
		_, err := fmt.Fprintln(out)
		return err
	}
}

// dateOf writes as much of a date as is known.
func dateOf(d *graph.Date) string {
	switch d.Precision {
	case graph.PrecisionYear:
		return string(d.Day[:4])
	case graph.PrecisionMonth:
		return string(d.Day[:7])
	}
	return string(d.Day)
}

func speakerOf(s *ingest.ReportStatement) string {
	switch {
	case s.Speaker == nil:
		return "?"
	case s.Speaker.OnBehalfOf != nil:
		return s.Speaker.Name + " (" + s.Speaker.OnBehalfOf.Name + ")"
	}
	return s.Speaker.Name
}

// positionsOf writes the positions of a statement: + accepts, − rejects, ·
// mentions.
func positionsOf(s *ingest.ReportStatement) string {
	var list []string
	for _, p := range s.Positions {
		words := strings.TrimSpace(p.Issue + " " + p.Object)
		if p.Place != "" {
			words += " @ " + p.Place
		}
		list = append(list, map[int8]string{1: "+", 0: "·", -1: "−"}[p.Agreement]+words)
	}
	return strings.Join(list, "; ")
}

// cell fits a text into a column.
func cell(s string, width int) string {
	s = runewidth.Truncate(oneLine(s), width, "…")
	return isolate(s) + strings.Repeat(" ", max(0, width-runewidth.StringWidth(s)))
}

// oneLine makes every run of white space one space, and leaves out what
// steers a terminal or turns the direction of what follows.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	}), " ")
}

// isolate keeps right-to-left text from moving the columns around it (Unicode
// isolates; terminals that do not know them show nothing).
func isolate(s string) string {
	for _, r := range s {
		if unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac) {
			return "\u2068" + s + "\u2069"
		}
	}
	return s
}
