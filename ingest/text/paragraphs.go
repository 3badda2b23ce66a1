package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"mawqif/graph"
)

// Lengths in code points that tell short lines, which may be furniture, from
// prose, which never is.
const (
	shortLine    = 100
	longLine     = 220
	signLine     = 120 // the stretch at the ends of a line where signatures stand
	bylineWords  = 8
	labelSize    = 40 // bytes
	trailerWords = 8
)

// paragraphs splits the text into lines and these into tokens, and tells the
// article proper from what a scraped page puts around it. A signature before a
// lead ("City - Agency:") or after a text ("(Agency)") and a link at the end
// of a line become paragraphs of their own.
func (t *Text) paragraphs() {
	size := 5 // bytes a token in Latin script
	if t.Lang == "ar" {
		size = 8
	}
	t.Tokens = make([]Token, 0, len(t.Raw)/size+8)
	lines := lines{Text: t, words: furniture()}
	for start := 0; start < len(t.Raw); {
		end, next := lineEndAt(t.Raw, start)
		lines.add(trim(t.Raw, Span{start, end}))
		start = next
	}
	lines.close()
	t.trailers()
	t.headline()
}

// lines reads the lines of a text.
type lines struct {
	*Text
	words *pageWords
	key   []byte
	// begun tells that the article proper has begun.
	begun bool
	// closers are the paragraphs after which a page ends ("related articles").
	closers []int
}

// lineEndAt returns the end of the line at start, and the start of the next.
func lineEndAt(s string, start int) (end, next int) {
	for i := start; i < len(s); i++ {
		switch s[i] {
		case '\n', '\r', '\v', '\f':
			return i, i + 1
		case 0xE2: // U+2028 and U+2029
			if strings.HasPrefix(s[i:], "\u2028") || strings.HasPrefix(s[i:], "\u2029") {
				return i, i + 3
			}
		}
	}
	return len(s), len(s)
}

// trim drops space and invisible marks from the ends of a span.
func trim(s string, span Span) Span {
	for span.Start < span.End {
		r, size := utf8.DecodeRuneInString(s[span.Start:span.End])
		if !blank(r) {
			break
		}
		span.Start += size
	}
	for span.Start < span.End {
		r, size := utf8.DecodeLastRuneInString(s[span.Start:span.End])
		if !blank(r) {
			break
		}
		span.End -= size
	}
	return span
}

func blank(r rune) bool {
	return r == ' ' || r >= utf8.RuneSelf && (unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)) || r < ' '
}

// add adds the paragraphs of one line.
func (l *lines) add(line Span) {
	if line.Len() == 0 {
		return
	}
	first := len(l.Tokens)
	l.tokenize(line)
	l.linkChains(first)
	if role := l.role(line, first); role != Body {
		l.paragraph(line, role)
		return
	}
	s := l.At(line)
	at := l.words.dateline(s)
	if at == 0 && !l.begun {
		at = cityline(s)
	}
	l.begun = true
	if at > 0 {
		l.paragraph(trim(l.Raw, Span{line.Start, line.Start + at}), Furniture)
		line = trim(l.Raw, Span{line.Start + at, line.End})
	}
	end := l.signature(line, first)
	l.paragraph(trim(l.Raw, Span{line.Start, end}), Body)
	l.paragraph(trim(l.Raw, Span{end, line.End}), Furniture)
}

func (l *lines) paragraph(s Span, role Role) {
	if s.Len() > 0 {
		l.Paragraphs = append(l.Paragraphs, Paragraph{Span: s, Role: role})
	}
}

// role tells what a line, whose tokens begin with first, is by its words and
// its form.
func (l *lines) role(line Span, first int) Role {
	s, words := l.At(line), l.words
	if len(s) > 2*longLine {
		return Body
	}
	length := utf8.RuneCountInString(s)
	if length > longLine {
		return Body
	}
	key, worded := l.keyOf(first)
	if !worded {
		return Furniture
	}
	if len(key) <= 2*shortLine && line.Start*2 >= len(l.Raw) && (!stops(s) || s[len(s)-1] == ':') {
		if _, ok := begins(words.closings, key); ok {
			l.closers = append(l.closers, len(l.Paragraphs))
		}
	}
	if role, ok := words.lines[key]; ok {
		return role
	}
	if role, ok := begins(words.opens, key); ok {
		return role
	}
	if label, _, ok := strings.Cut(s, ":"); ok && len(label) <= labelSize {
		if role, ok := words.labels[graph.Fold(label)]; ok {
			return role
		}
	}
	if role, ok := words.endsIn(key); ok {
		return role
	}
	if role, ok := words.holds(key); ok {
		return role
	}
	if credit(s) {
		return Caption
	}
	if stops(s) {
		return Body
	}
	count := strings.Count(key, " ") + 1
	if length <= shortLine {
		if role, ok := begins(words.starts, key); ok {
			return role
		}
		if _, ok := begins(words.bylines, key); ok && count <= bylineWords && names(s) {
			return Furniture
		}
		if count <= bylineWords && words.placeline(s) {
			return Furniture
		}
	}
	if address(s, count) || shouted(s, count) {
		return Furniture
	}
	return Body
}

// keyOf joins the search keys of the tokens from first on and tells whether
// there are words among them.
func (l *lines) keyOf(first int) (key string, worded bool) {
	l.key = l.key[:0]
	for i := first; i < len(l.Tokens); i++ {
		tok := &l.Tokens[i]
		if tok.Kind == Punct || tok.Kind == Mark || tok.Fold == "" {
			continue
		}
		worded = worded || tok.Kind == Word
		if len(l.key) > 0 {
			l.key = append(l.key, ' ')
		}
		l.key = append(l.key, tok.Fold...)
	}
	return string(l.key), worded
}

// stops tells whether a line ends as a sentence does.
func stops(s string) bool {
	s = strings.TrimRight(s, "\"”“»›’') ]")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?؟…:؛،,", r)
}

// names tells whether the words after the first of a Latin line are written
// as names are, with capitals; a line in another script passes.
func names(s string) bool {
	for i, w := range strings.Fields(s) {
		r, _ := utf8.DecodeRuneInString(w)
		if i > 0 && unicode.IsLower(r) && w != "and" && w != "for" && w != "in" && w != "of" && w != "the" && w != "de" && w != "al" && w != "van" && w != "von" {
			return false
		}
	}
	return true
}

// address tells whether a line is little else than a link, an e-mail address
// or a handle.
func address(s string, words int) bool {
	link := strings.Contains(s, "://") || strings.Contains(s, "www.")
	return link && words <= 12 || words <= 6 && strings.Contains(s, "@")
}

// shouted tells whether a line is a Latin link or label in capitals.
func shouted(s string, words int) bool {
	upper := 0
	for _, r := range s {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLetter(r):
			return false
		}
	}
	return upper > 3 && words >= 2
}

// credit tells whether a line ends with the credit of a picture: a bracket
// with a name, a slash and an agency.
func credit(s string) bool {
	s = strings.TrimRight(s, " .")
	if !strings.HasSuffix(s, ")") && !strings.HasSuffix(s, "]") {
		return false
	}
	open := strings.LastIndexAny(s, "([")
	if open < 0 {
		return false
	}
	inner := s[open+1 : len(s)-1]
	if key := strings.ToLower(inner); strings.HasPrefix(key, "photo") || strings.HasPrefix(key, "image:") {
		return true
	}
	name, by, ok := strings.Cut(inner, "/")
	first, _ := utf8.DecodeRuneInString(by)
	return ok && strings.Contains(name, " ") && names(inner) && unicode.IsUpper(first) && len(inner) < 60
}

// placeline tells whether a short line is "Agency – City" or "Author – City":
// a dash between names, one of which is an agency or a known newsroom word.
func (w *pageWords) placeline(s string) bool {
	parts := splitDashes(s)
	if len(parts) < 2 {
		return false
	}
	for _, p := range parts {
		if w.agencies[graph.Fold(p)] {
			return true
		}
	}
	return false
}

// splitDashes splits a signature at dashes, colons and brackets.
func splitDashes(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return r == '-' || r == '–' || r == '—' || r == '(' || r == ')' || r == ':' || r == '|' || r == '/'
	})
}

// dateline returns the length of the signature before a lead, "City - Agency:"
// or "CITY (Agency) —", 0 if there is none.
func (w *pageWords) dateline(s string) int {
	runes, bracket, named := 0, false, 0
	for at, r := range s {
		if runes++; runes > signLine {
			return 0
		}
		head := s[:at]
		switch {
		case isQuoteMark(r) && r != '\'' && r != '’', r == '؟', r == '?', r == '\n':
			return 0
		case r == '(':
			bracket = true
			continue
		case r == ')':
			continue
		case r == ':':
			if len(splitDashes(head)) >= 2 && w.signed(head) {
				return at + 1
			}
			return 0
		case r == '—' || r == '–' || r == '-' || r == 'ـ':
		default:
			continue
		}
		rest := s[at:]
		if r == '-' && !strings.HasPrefix(rest, "- ") && !strings.HasPrefix(rest, "--") || r == 'ـ' && !strings.HasPrefix(rest, "ـ ") {
			continue
		}
		if named++; named > 3 || strings.Count(head, " ") > 10 {
			return 0
		}
		if bracket && w.signed(head) || named == 1 && capitals(head) {
			end := at + len(rest) - len(strings.TrimLeft(rest, "-–—ـ "))
			return end + w.dated(s[end:])
		}
	}
	return 0
}

// cityline returns the length of a city with a dash glued to it before the
// lead of an Arabic article, "دمشق- ", 0 if there is none.
func cityline(s string) int {
	at := strings.Index(s, "- ")
	if at <= 0 || at > 40 || s[at-1] == ' ' || strings.Count(s[:at], " ") > 1 {
		return 0
	}
	for _, r := range s[:at] {
		if r != ' ' && classOf(r) != arabic && classOf(r) != joined {
			return 0
		}
	}
	return at + len("- ")
}

// dated returns the length of "June 5, 2020 -" at the beginning of s, 0 if it
// begins otherwise.
func (w *pageWords) dated(s string) int {
	for _, dash := range []string{" - ", " — ", " – "} {
		if head, _, ok := strings.Cut(s, dash); ok && len(head) <= 40 && strings.ContainsAny(head, "0123456789٠١٢٣٤٥٦٧٨٩") && strings.Count(head, " ") <= 4 {
			return len(head) + len(dash)
		}
	}
	return 0
}

// signed tells whether one of the parts of a signature is an agency.
func (w *pageWords) signed(s string) bool {
	for _, p := range splitDashes(s) {
		if w.agencies[graph.Fold(p)] {
			return true
		}
	}
	return false
}

// capitals tells whether a dateline's place is in capitals, abbreviations of
// states aside ("CHARLOTTE, N.C.", "OAK RIDGE, Tenn.").
func capitals(s string) bool {
	place, _, _ := strings.Cut(s, ",")
	upper := 0
	for _, r := range place {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return false
		}
	}
	return upper >= 3 && len(s) <= 60 && strings.Count(s, " ") <= 6
}

// signature returns where in a line, whose tokens begin with first, the
// signature after the text or the link after its last sentence begins; the
// line's end if there is none.
func (l *lines) signature(line Span, first int) int {
	end := l.tailAt(line, first)
	s := l.Raw[line.Start:end]
	head := strings.TrimRight(s, " .")
	if strings.HasSuffix(head, ")") {
		if open := strings.LastIndexByte(head, '('); open > 0 && len(head)-open <= signLine && l.words.signed(head[open:]) {
			return line.Start + open
		}
	}
	return end
}

// tailAt returns where the furniture after the last sentence of a line begins,
// the line's end if there is none.
func (l *lines) tailAt(line Span, first int) int {
	for i := len(l.Tokens) - 1; i > first && line.End-l.Tokens[i].Start <= 2*longLine; i-- {
		tok := &l.Tokens[i]
		if tok.Kind != Word || tok.Start <= line.Start || l.words.tails[tok.Fold] == nil {
			continue
		}
		if before := &l.Tokens[i-1]; before.Kind == Word || before.Kind == Number {
			continue
		}
		key, _ := l.keyOf(i)
		if _, ok := begins(l.words.tails, key); ok {
			return tok.Start
		}
	}
	return line.End
}

// prose tells whether a paragraph reads as running text.
func (t *Text) prose(p *Paragraph) bool {
	s := t.At(p.Span)
	n := utf8.RuneCountInString(s)
	return n > longLine || n > shortLine && stops(s)
}

// close makes furniture of what follows a line such as "related articles" in
// the second half of the text, up to the next prose.
func (l *lines) close() {
	open, next := false, 0
	for i := range l.Paragraphs {
		p := &l.Paragraphs[i]
		switch {
		case next < len(l.closers) && l.closers[next] == i:
			open = true
			next++
		case open && l.prose(p):
			open = false
		}
		if open && p.Role == Body {
			p.Role = Furniture
		}
	}
}

// trailers makes furniture of the short lines without a full stop at the very
// end (names of authors, "special"), where the other lines have their stops.
func (t *Text) trailers() {
	last, stopped, lines := -1, 0, 0
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		if p.Role != Body {
			continue
		}
		s := t.At(p.Span)
		lines++
		if stops(s) || i+1 < len(t.Paragraphs) && !strings.ContainsAny(t.Raw[p.End:t.Paragraphs[i+1].Start], "\n\r") {
			stopped++ // a signature follows in the same line
			last = i
		} else if utf8.RuneCountInString(s) > shortLine || strings.Count(s, " ") >= trailerWords || strings.ContainsAny(s, "\"“«•*") || s[0] == '-' {
			last = i
		}
	}
	if last < 0 || stopped*2 < lines {
		return
	}
	for i := last + 1; i < len(t.Paragraphs); i++ {
		if t.Paragraphs[i].Role == Body {
			t.Paragraphs[i].Role = Furniture
		}
	}
}

// headlineLines is the number of lines at the top among which the title is
// sought.
const headlineLines = 6

// headline finds the title in the text: a line near the top with the title's
// words, small differences aside; without such a line, a first line that is
// short, has no full stop and stands before prose.
func (t *Text) headline() {
	title := strings.Fields(graph.Fold(t.Title))
	first := -1
	for i := range min(headlineLines, len(t.Paragraphs)) {
		p := &t.Paragraphs[i]
		if p.Role != Body || p.Len() > 2*longLine {
			continue
		}
		if first < 0 {
			first = i
		}
		if len(title) > 0 && sameTitle(title, strings.Fields(graph.Fold(t.At(p.Span)))) {
			p.Role = Headline
			return
		}
	}
	if first < 0 || first+1 >= len(t.Paragraphs) {
		return
	}
	p, next := &t.Paragraphs[first], &t.Paragraphs[first+1]
	s := strings.TrimRight(t.At(p.Span), "!?؟")
	if words := strings.Count(s, " ") + 1; words >= 3 && words <= 20 && !stops(s) && t.prose(next) && next.Len() > p.Len() {
		p.Role = Headline
	}
}

// sameTitle tells whether a line has the words of the title: four in five of
// the one among the other, both ways round.
func sameTitle(title, line []string) bool {
	if len(line) > 2*len(title) || len(title) > 2*len(line) {
		return false
	}
	seen := make(map[string]int, len(title))
	for _, w := range title {
		seen[w]++
	}
	common := 0
	for _, w := range line {
		if seen[w] > 0 {
			seen[w]--
			common++
		}
	}
	return common*5 >= 4*len(title) && common*5 >= 4*len(line)
}
