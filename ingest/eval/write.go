package eval

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"mawqif/ingest"
)

// WriteTable writes a summary as lines of text.
func WriteTable(w io.Writer, s Summary) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%d articles, %d statements coded, %d found", s.Documents, s.Coded, s.Found)
	if s.Missing > 0 {
		fmt.Fprintf(&b, "; %d articles were not extracted", s.Missing)
	}
	fmt.Fprintf(&b, "\n\n%-32s %6s  %-15s %6s\n", "figure", "value", "95 % interval", "cases")
	for _, f := range s.Figures {
		fmt.Fprintf(&b, "%-32s %6.3f  %5.3f to %5.3f  %6d\n", f.Name, f.Value, f.Low, f.High, f.Of)
	}
	if len(s.Agreements) > 0 {
		fmt.Fprintf(&b, "\n%-32s %6s  %-15s %6s\n", "Krippendorff's alpha", "value", "", "units")
		for _, f := range s.Agreements {
			fmt.Fprintf(&b, "%-32s %6.3f  %-15s %6d\n", f.Name, f.Value, "", f.Of)
		}
	}
	if len(s.Reliability) > 0 {
		fmt.Fprintf(&b, "\n%-32s %6s  %-15s %6s\n", "confidence", "mean", "coded too", "found")
		for _, bin := range s.Reliability {
			fmt.Fprintf(&b, "%-32s %6.3f  %-15.3f %6d\n", fmt.Sprintf("%.1f to %.1f", bin.From, bin.To), bin.Claimed, bin.Right, bin.Of)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteErrors lists at most limit faults: statements missed, statements that
// no coder made, and fields of matched statements that differ.
func WriteErrors(w io.Writer, articles []Compared, limit int) error {
	var b strings.Builder
	left := limit
	say := func(format string, args ...any) {
		if left > 0 {
			left--
			fmt.Fprintf(&b, format, args...)
		}
	}
	for i := range articles {
		a := &articles[i]
		var given []ingest.ReportStatement
		if a.Report != nil {
			given = a.Report.Statements
		}
		codedDone, foundDone := map[int]bool{}, map[int]bool{}
		for _, p := range a.Score.Pairs {
			codedDone[p.Coded], foundDone[p.Found] = true, true
		}
		for n := range a.Coded.Statements {
			if s := viewCoded(&a.Coded.Statements[n]); !codedDone[n] {
				say("MISSED  %s #%d: %s | %s\n", a.Coded.ID, s.N, s.Cue, shorten(s.Content))
			}
		}
		for n := range given {
			if !foundDone[n] {
				say("EXTRA   %s: %s | %s\n", a.Coded.ID, given[n].Cue, shorten(given[n].Content))
			}
		}
		for _, p := range a.Score.Pairs {
			g, f := viewCoded(&a.Coded.Statements[p.Coded]), viewFound(p.Found+1, &given[p.Found])
			speaker := given[p.Found].Speaker
			if speaker == nil || !isActor(&speaker.ReportActor, g.Speaker, a.Coded.Statements[p.Coded].SpeakerFull) {
				say("SPEAKER %s #%d: %s, found %s\n", a.Coded.ID, g.N, g.Speaker, orNone(f.Speaker))
			}
			if g.Act != f.Act {
				say("ACT     %s #%d: %s, found %s: %s | %s\n", a.Coded.ID, g.N, g.Act, f.Act, f.Cue, shorten(f.Content))
			}
			if g.Targets != f.Targets {
				say("TARGETS %s #%d: %s, found %s\n", a.Coded.ID, g.N, orNone(g.Targets), orNone(f.Targets))
			}
			if g.Issues != f.Issues {
				say("ISSUES  %s #%d: %s, found %s\n", a.Coded.ID, g.N, orNone(g.Issues), orNone(f.Issues))
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// shorten keeps the first hundred code points of a text, on one line.
func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= 100 {
		return s
	}
	return string([]rune(s)[:99]) + "…"
}

func number(n int) string { return strconv.Itoa(n) }

func viewCoded(s *Statement) *statementView {
	v := &statementView{
		N: s.N, Speaker: s.SpeakerEN, OnBehalfOf: s.OnBehalfOf, Cue: s.Cue, Act: string(s.Act),
		Content: strings.Join(s.Content, " … "), Date: string(s.SaidDate),
	}
	var list []string
	for _, t := range s.Targets {
		list = append(list, signed(t.Name, t.Stance))
	}
	v.Targets = strings.Join(list, ", ")
	list = nil
	for _, i := range s.Issues {
		list = append(list, signed(i.Issue, i.Agreement))
	}
	v.Issues = strings.Join(list, ", ")
	return v
}

func viewFound(n int, s *ingest.ReportStatement) *statementView {
	v := &statementView{N: n, Cue: s.Cue, Act: string(s.Act), Content: s.Content}
	if s.Speaker != nil {
		v.Speaker = s.Speaker.Name
		if s.Speaker.OnBehalfOf != nil {
			v.OnBehalfOf = s.Speaker.OnBehalfOf.Name
		}
	}
	if s.SaidAt != nil {
		v.Date = string(s.SaidAt.Day)
	}
	var list []string
	for _, t := range s.Targets {
		list = append(list, signed(t.Name, t.Stance))
	}
	v.Targets = strings.Join(list, ", ")
	list = nil
	for _, p := range s.Positions {
		list = append(list, signed(p.Issue, p.Agreement))
	}
	v.Issues = strings.Join(list, ", ")
	return v
}

// signed writes a name with its value as coders do: "Iran −1".
func signed(name string, value int8) string {
	switch {
	case value > 0:
		return name + " +1"
	case value < 0:
		return name + " −1"
	}
	return name + " 0"
}
