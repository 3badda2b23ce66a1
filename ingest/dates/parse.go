package dates

import (
	"strings"

	"mawqif/graph"
	"mawqif/ingest/text"
)

// parser walks the tokens of a text.
type parser struct {
	t         *text.Text
	lex       lexicon
	arabic    bool
	published graph.Day
	// memo has the entries of the tokens looked at last.
	memo [16]struct {
		token int // its index + 1
		entry *entry
	}
}

// find returns the dates among tokens [first, last).
func (p *parser) find(first, last int) []Found {
	var found []Found
	for i := first; i < last; {
		tok := &p.t.Tokens[i]
		if tok.Kind != text.Number {
			if tok.Kind != text.Word {
				i++
				continue
			}
			if e := p.entry(i); e == nil || e.kinds&starting == 0 {
				i++
				continue
			}
		}
		if _, n := p.word(i, kindOther); n > 0 {
			i += n
			continue
		}
		parts, end := p.date(i, last)
		if end == i {
			i++
			continue
		}
		if date, ok := parts.resolve(p.published); ok && inRange(date.Day) {
			span := p.t.Cover(i, end)
			if parts.from > i {
				span.Start = p.t.Tokens[parts.from].Start
			}
			found = append(found, Found{Span: span, Date: date, Bound: parts.bound || p.bounds(i) || p.leads(end, last)})
		}
		i = end
	}
	return found
}

// inRange tells whether a day lies between the years 1000 and 9999, as
// [graph.ParseDay] wants it.
func inRange(d graph.Day) bool { return len(d) == len("2020-06-05") && d >= "1000" }

// entry returns the phrases that begin with token i, an attached particle of
// Arabic (و ف ب ل ك) or a possessive of English aside; nil if none does.
func (p *parser) entry(i int) *entry {
	m := &p.memo[i%len(p.memo)]
	if m.token != i+1 {
		m.token, m.entry = i+1, p.lookUp(p.t.Tokens[i].Fold)
	}
	return m.entry
}

func (p *parser) lookUp(fold string) *entry {
	if e := p.lex[fold]; e != nil {
		return e
	}
	if p.arabic {
		if len(fold) < len("و")+len("في") {
			return nil
		}
		switch fold[:len("و")] {
		case "و", "ف", "ب", "ل", "ك":
			return p.lex[fold[len("و"):]]
		}
		return nil
	}
	if rest, ok := strings.CutSuffix(fold, " s"); ok {
		return p.lex[rest]
	}
	if rest, ok := strings.CutPrefix(fold, "mid "); ok {
		return p.lex[rest]
	}
	return nil
}

// word reads the longest phrase of a kind at token i: its sense, and the
// number of its tokens, 0 if there is none.
func (p *parser) word(i int, k kind) (sense, int) {
	if i < 0 || i >= len(p.t.Tokens) || p.t.Tokens[i].Kind != text.Word {
		return sense{}, 0
	}
	e := p.entry(i)
	if e == nil || e.kinds&(1<<k) == 0 {
		return sense{}, 0
	}
next:
	for _, ph := range e.phrases {
		if i+len(ph.rest) >= len(p.t.Tokens) {
			continue
		}
		for j, w := range ph.rest {
			if p.t.Tokens[i+1+j].Fold != w {
				continue next
			}
		}
		for _, s := range ph.senses {
			if s.kind == k {
				return s, 1 + len(ph.rest)
			}
		}
	}
	return sense{}, 0
}

// number reads a plain number of at most four digits at token i.
func (p *parser) number(i int) (value, digits int) {
	if i < 0 || i >= len(p.t.Tokens) || p.t.Tokens[i].Kind != text.Number {
		return 0, 0
	}
	return atoi(p.t.Tokens[i].Fold)
}

func atoi(s string) (value, digits int) {
	if len(s) == 0 || len(s) > 4 {
		return 0, 0
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, 0
		}
		value = value*10 + int(c-'0')
	}
	return value, len(s)
}

// mark tells whether token i is one of marks.
func (p *parser) mark(i int, marks string) bool {
	return i >= 0 && i < len(p.t.Tokens) && p.t.Tokens[i].Kind == text.Punct && strings.Contains(marks, p.t.Tokens[i].Fold)
}

// glued tells whether token i follows the one before it without a space.
func (p *parser) glued(i int) bool {
	return i > 0 && i < len(p.t.Tokens) && p.t.Tokens[i-1].End == p.t.Tokens[i].Start
}

// away is the shift of a distance: count units before the publication.
const away = -2

// parts are what a date expression tells. Zero means untold; day relative to
// the publication, weekday and shift are told by their flags.
type parts struct {
	year, month, day int
	relative         int // days from the publication
	weekday          int
	hasRelative      bool
	hasWeekday       bool
	// shift is the side of the publication on which a weekday, a month or a
	// unit lies: −1 last, 0 this, +1 next, [away] "ago".
	shift    int
	hasShift bool
	// unit and count are a stretch of time: count units of unit days.
	unit, count int
	bound       bool
	// from is the first token of the date if it is not where reading began.
	from int
}

func (d *parts) dated() bool { return d.month > 0 || d.year > 0 }

// date reads the longest date expression at token i and returns what it tells
// and where it ends; i if there is none. "أمس، الجمعة 5 من حزيران" is one
// expression of three that agree.
func (p *parser) date(i, limit int) (parts, int) {
	var all parts
	end := i
	at := i
	for at < limit {
		one, stop := p.one(at, limit, end > i)
		if stop == at || !all.join(&one) {
			break
		}
		end = stop
		at = p.glue(end, limit)
	}
	if end < limit && p.mark(end, ")") && p.opened(i, end) {
		end++
	}
	return all, end
}

// join adds what o tells to d; false if both tell the same thing.
func (d *parts) join(o *parts) bool {
	loose := func(d *parts) bool { return d.dated() && d.day == 0 }
	if loose(d) || loose(o) && (d.hasRelative || d.hasWeekday || d.unit > 0) {
		return false
	}
	if d.hasRelative && o.hasRelative || d.hasWeekday && o.hasWeekday || d.dated() && o.dated() || d.unit > 0 || o.unit > 0 && (d.hasRelative || d.hasWeekday || d.dated()) {
		return false
	}
	if o.hasRelative {
		d.relative, d.hasRelative = o.relative, true
	}
	if o.hasWeekday {
		d.weekday, d.hasWeekday = o.weekday, true
	}
	if o.hasShift {
		d.shift, d.hasShift = o.shift, true
	}
	if o.dated() {
		d.year, d.month, d.day = o.year, o.month, o.day
	}
	if o.unit > 0 {
		d.unit, d.count, d.day, d.shift = o.unit, o.count, o.day, o.shift
	}
	d.bound = d.bound || o.bound
	if d.from == 0 {
		d.from = o.from
	}
	return true
}

// glue skips what may stand between two parts of one date: a comma, an opening
// bracket, a part of the day, "the".
func (p *parser) glue(i, limit int) int {
	at := i
	if p.mark(at, ",،") {
		at++
	}
	if p.mark(at, "(") {
		at++
	}
	for range 2 {
		if _, n := p.word(at, kindPart); n > 0 {
			at += n
		} else if _, n := p.word(at, kindOn); n > 0 {
			at += n
		}
	}
	return min(at, limit)
}

// opened tells whether a bracket opened within tokens [i, end) is still open.
func (p *parser) opened(i, end int) bool {
	open := 0
	for ; i < end; i++ {
		if p.mark(i, "(") {
			open++
		} else if p.mark(i, ")") {
			open--
		}
	}
	return open > 0
}

// bounds tells whether the word before token i makes the date a bound.
func (p *parser) bounds(i int) bool {
	for back := 1; back <= 3 && i >= back; back++ {
		at := i - back
		if p.t.Tokens[at].Sentence != p.t.Tokens[i].Sentence {
			return false
		}
		if _, n := p.word(at, kindSince); n > 0 && at+n <= i && p.introduces(at+n, i) {
			return p.arabic || !p.isPart(at)
		}
	}
	return false
}

// leads tells whether a further date follows at token i up to which the one
// before it lasts: "من 30 يوليو إلى 5 أغسطس", "June 4 to June 8".
func (p *parser) leads(i, limit int) bool {
	if i+1 >= limit {
		return false
	}
	if _, n := p.word(i, kindSince); n == 0 && !p.mark(i, "-–—") {
		return false
	}
	_, end := p.date(i+1, limit)
	return end > i+1
}

// introduces tells whether tokens [i, end) are but words that stand before a
// day ("يوم", "early").
func (p *parser) introduces(i, end int) bool {
	for i < end {
		_, n := p.word(i, kindOn)
		if n == 0 {
			if _, n = p.word(i, kindPart); n == 0 {
				return false
			}
		}
		i += n
	}
	return i == end
}

// isPart tells whether token i is a part of the day too: "early Friday" is
// a day and "early June" is none.
func (p *parser) isPart(i int) bool {
	_, n := p.word(i, kindPart)
	if n == 0 {
		return false
	}
	_, m := p.word(i+1, kindMonth)
	return m == 0
}

// one reads a single expression at token i. With inside, another part of the
// same date came before it, so that a loose word is trusted.
func (p *parser) one(i, limit int, inside bool) (parts, int) {
	if _, n := p.word(i, kindOther); n > 0 {
		return parts{}, i
	}
	if p.t.Tokens[i].Kind == text.Number {
		if d, end := p.numeric(i, limit, inside); end > i {
			return d, end
		}
		if d, end := p.dayMonth(i, limit); end > i {
			return d, end
		}
		return p.distance(i, limit)
	}
	for _, read := range []func(int, int) (parts, int){p.dayMonth, p.distance, p.monthDay, p.years, p.relatives} {
		if d, end := read(i, limit); end > i {
			return d, end
		}
	}
	if s, n := p.word(i, kindWeekday); n > 0 && (!s.loose || p.abbreviated(i+n, limit)) {
		return p.shifted(i+n, limit, parts{weekday: s.value, hasWeekday: true})
	}
	if s, n := p.word(i, kindMonth); n > 0 {
		// A month alone wants a preposition: its name may be a person's.
		d, end := p.monthTail(i+n, limit, parts{month: s.value})
		if !inside && d.year == 0 && !d.hasShift && !p.announced(i) {
			return parts{}, i
		}
		return d, end
	}
	return parts{}, i
}

// announced tells whether a preposition that takes a month stands before
// token i, or the spelling leaves no doubt (آب).
func (p *parser) announced(i int) bool {
	if strings.HasPrefix(p.t.Raw[p.t.Tokens[i].Start:], "آ") {
		return true
	}
	if _, n := p.word(i-1, kindIn); n > 0 {
		return true
	}
	if s, n := p.word(i-1, kindUnit); n > 0 && s.value == aMonth {
		return true
	}
	if _, n := p.word(i-1, kindSince); n > 0 {
		return true
	}
	return p.mark(i-1, "/(")
}

// abbreviated tells whether a date follows at token i, past a dot and a comma:
// "Fri., June 5".
func (p *parser) abbreviated(i, limit int) bool {
	if p.mark(i, ".") {
		i++
	}
	if p.mark(i, ",") {
		i++
	}
	if i >= limit {
		return false
	}
	_, n := p.word(i, kindMonth)
	_, digits := p.number(i)
	return n > 0 || digits > 0 && digits <= 2
}

// shifted reads "last" or "next" after a date (الجمعة الماضي).
func (p *parser) shifted(i, limit int, d parts) (parts, int) {
	at := i
	if p.mark(at, ".") && p.glued(at) && p.abbreviated(at, limit) {
		at++
		i = at
	}
	for _, s := range []struct {
		kind  kind
		shift int
	}{{kindLast, -1}, {kindNext, 1}, {kindThis, 0}} {
		if _, n := p.word(at, s.kind); n > 0 && at < limit && p.arabic {
			d.shift, d.hasShift = s.shift, true
			return d, at + n
		}
	}
	return d, i
}

// years reads "عام 2011", "in 2011,": a number is a year only if announced,
// and after a mere preposition only if nothing counted follows.
func (p *parser) years(i, limit int) (parts, int) {
	if _, n := p.word(i, kindYear); n > 0 {
		if y := p.yearAt(i + n); y > 0 {
			return parts{year: y}, p.era(i+n+1, limit)
		}
	}
	if _, n := p.word(i, kindIn); n > 0 {
		at := i + n
		if y := p.yearAt(at); y > 0 && (at+1 >= limit || p.t.Tokens[at+1].Kind != text.Word) && !p.mark(at+1, "%-–/") {
			return parts{year: y, from: at}, at + 1
		}
	}
	return parts{}, i
}

// yearAt reads a year between 1900 and 2099 that is not the head of a date of
// its own or of a range.
func (p *parser) yearAt(i int) int {
	v, digits := p.number(i)
	if digits != 4 || v < 1900 || v > 2099 {
		return 0
	}
	if _, more := p.number(i + 2); more > 0 && p.mark(i+1, "-/") && p.glued(i+1) && p.glued(i+2) {
		return 0
	}
	return v
}

func (p *parser) era(i, limit int) int {
	if _, n := p.word(i, kindEra); n > 0 && i < limit {
		return i + n
	}
	return i
}

// dayAt reads a day of the month in digits or in words: its value and the
// token after it.
func (p *parser) dayAt(i int) (int, int) {
	if v, digits := p.number(i); digits > 0 && digits <= 2 && v >= 1 && v <= 31 {
		if _, n := p.word(i+1, kindSuffix); n > 0 && p.glued(i+1) {
			return v, i + 2
		}
		return v, i + 1
	}
	if s, n := p.word(i, kindOrdinal); n > 0 {
		return s.value, i + n
	}
	return 0, i
}

// dayMonth reads "5 من حزيران", "5 June 2020", "السابع من الشهر الجاري".
func (p *parser) dayMonth(i, limit int) (parts, int) {
	v, at := p.dayAt(i)
	if at == i {
		return parts{}, i
	}
	d := parts{day: v, bound: i >= 2 && p.ranges(i-1)}
	for range 2 {
		if _, n := p.word(at, kindOf); n > 0 {
			at += n
		}
	}
	if at >= limit {
		return parts{}, i
	}
	if s, n := p.word(at, kindMonth); n > 0 {
		d.month = s.value
		d, end := p.monthTail(at+n, limit, d)
		return d, end
	}
	if s, n := p.word(at, kindPeriod); n > 0 && s.value == aMonth {
		if d, end := p.shifted(at+n, limit, d); d.hasShift {
			d.unit, d.count = aMonth, 1
			return d, end
		}
	}
	return parts{}, i
}

// ranges tells whether the date after token i closes a range: "5-8 أكتوبر",
// "من 4 إلى 6 أغسطس".
func (p *parser) ranges(i int) bool {
	if p.mark(i, "-–—") {
		_, digits := p.number(i - 1)
		return digits > 0
	}
	_, n := p.word(i, kindSince)
	_, digits := p.number(i - 1)
	return n > 0 && digits > 0
}

// monthDay reads "June 5, 2020", "June 5th"; in Arabic no day follows its
// month.
func (p *parser) monthDay(i, limit int) (parts, int) {
	s, n := p.word(i, kindMonth)
	if n == 0 || p.arabic {
		return parts{}, i
	}
	at := i + n
	if p.mark(at, ".") && p.glued(at) {
		at++
	}
	if _, digits := p.number(at); digits == 0 || at >= limit {
		return parts{}, i
	}
	v, after := p.dayAt(at)
	if after == at || p.mark(after, "%") || p.mark(after, ":") {
		return parts{}, i
	}
	d := parts{month: s.value, day: v}
	if p.mark(after, "-–") {
		if v, stop := p.dayAt(after + 1); stop > after+1 && v > d.day {
			d.bound, after = true, stop
		}
	}
	comma := after
	if p.mark(comma, ",") {
		comma++
	}
	if y := p.yearAt(comma); y > 0 && comma < limit {
		d.year = y
		return d, comma + 1
	}
	return d, after
}

// monthTail reads what may follow a month: its other name (حزيران/يونيو،
// سبتمبر (أيلول)), a year, "last" or "next".
func (p *parser) monthTail(i, limit int, d parts) (parts, int) {
	at := i
	if p.mark(at, ".") && p.glued(at) && !p.arabic {
		if y := p.yearAt(at + 1); y > 0 {
			at++
		}
	}
	name := at
	if p.mark(name, "/(-،") {
		name++
	}
	if s, n := p.word(name, kindMonth); n > 0 && s.value == d.month && name+n <= limit {
		bracket := p.mark(at, "(")
		if at = name + n; bracket && p.mark(at, ")") {
			at++
		}
	}
	end := at
	if p.mark(at, ",،") || p.mark(at, "/") {
		at++
	}
	for range 2 {
		if _, n := p.word(at, kindYear); n > 0 {
			at += n
		} else if _, n := p.word(at, kindOf); n > 0 {
			at += n
		}
	}
	if y := p.yearAt(at); y > 0 && at < limit {
		d.year = y
		return d, p.era(at+1, limit)
	}
	return p.shifted(end, limit, d)
}

// numeric reads 2020-06-05, 5/6/2020, 05.06.2020 and, after a weekday or a
// word that announces a day, 5/6.
func (p *parser) numeric(i, limit int, inside bool) (parts, int) {
	var v, digits [3]int
	n, end := 0, i
	if dotted := strings.Fields(p.t.Tokens[i].Fold); len(dotted) == 3 && strings.Count(p.t.At(p.t.Tokens[i].Span), ".") == 2 {
		for ; n < 3; n++ {
			v[n], digits[n] = atoi(dotted[n])
		}
		end = i + 1
	} else {
		sep := ""
		for n < 3 && end < limit {
			v[n], digits[n] = p.number(end)
			if digits[n] == 0 || n > 0 && !p.glued(end) {
				break
			}
			n++
			end++
			if n == 3 || end+1 >= limit || !p.mark(end, "/-") || !p.glued(end) || sep != "" && p.t.Tokens[end].Fold != sep {
				break
			}
			sep = p.t.Tokens[end].Fold
			end++
		}
		if n < 3 && sep != "" && end > i && p.mark(end-1, "/-") {
			end--
		}
		if n == 2 && sep != "/" {
			return parts{}, i
		}
	}
	if n < 2 || p.mark(end, "/-") && p.glued(end) {
		return parts{}, i
	}
	d := parts{}
	switch {
	case n == 3 && digits[0] == 4:
		d.year, d.month, d.day = v[0], v[1], v[2]
	case n == 3 && digits[2] == 4 && digits[0] <= 2:
		d.year = v[2]
		d.month, d.day = p.order(v[0], v[1], d.year)
	case n == 2 && digits[0] <= 2 && digits[1] <= 2 && (inside || p.announcedDay(i)):
		d.month, d.day = p.order(v[0], v[1], 0)
	default:
		return parts{}, i
	}
	if d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31 || d.year != 0 && (d.year < 1900 || d.year > 2099) {
		return parts{}, i
	}
	return d, p.era(end, limit)
}

func (p *parser) announcedDay(i int) bool {
	_, n := p.word(i-1, kindOn)
	return n > 0
}

// order tells month and day of two numbers. Arabic writes the day first. In
// English both orders are in use: a number above twelve decides, else the
// order that lies nearer to the publication by far, else the American one.
func (p *parser) order(a, b, year int) (month, day int) {
	switch {
	case p.arabic || a > 12:
		return b, a
	case b > 12 || a == b:
		return a, b
	}
	if pub := p.published.Time(); !pub.IsZero() {
		if year == 0 {
			year = pub.Year()
		}
		american, european := distance(pub, year, a, b), distance(pub, year, b, a)
		if european <= 15 && american > 30 {
			return b, a
		}
	}
	return a, b
}

// relatives reads yesterday and its kin, "last Friday", "this month",
// الأسبوع الماضي.
func (p *parser) relatives(i, limit int) (parts, int) {
	if s, n := p.word(i, kindDay); n > 0 && !s.loose && !p.named(i) {
		if s.value == 0 && p.arabic && p.counted(i+n) {
			return parts{}, i
		}
		return parts{relative: s.value, hasRelative: true}, i + n
	}
	for _, s := range []struct {
		kind  kind
		shift int
	}{{kindLast, -1}, {kindThis, 0}, {kindNext, 1}} {
		_, n := p.word(i, s.kind)
		if n == 0 || i+n >= limit {
			continue
		}
		d := parts{shift: s.shift, hasShift: true}
		if w, m := p.word(i+n, kindWeekday); m > 0 && !w.loose {
			d.weekday, d.hasWeekday = w.value, true
			return d, i + n + m
		}
		if w, m := p.word(i+n, kindMonth); m > 0 && !p.arabic {
			if day, end := p.monthDay(i+n, limit); end > i+n {
				return day, end
			}
			d.month = w.value
			return d, i + n + m
		}
		w, m := p.word(i+n, kindUnit)
		if m == 0 {
			w, m = p.word(i+n, kindPeriod)
		}
		if m > 0 && w.value > 1 {
			d.unit, d.count = w.value, 1
			return d, i + n + m
		}
	}
	if s, n := p.word(i, kindPeriod); n > 0 && p.arabic {
		if d, end := p.shifted(i+n, limit, parts{unit: s.value, count: 1}); d.hasShift {
			return d, end
		}
	}
	return parts{}, i
}

// named tells whether token i is written as a name within a sentence, as the
// programme Today is; of weekdays that tells nothing.
func (p *parser) named(i int) bool {
	tok := &p.t.Tokens[i]
	first := p.t.Raw[tok.Start]
	if first < 'A' || first > 'Z' || i == 0 || p.t.Tokens[i-1].Sentence != tok.Sentence {
		return false
	}
	return p.t.Tokens[i-1].Kind == text.Word
}

// counted tells whether an ordinal or a number at token i makes اليوم before
// it a day that is counted ("the third day") and not today.
func (p *parser) counted(i int) bool {
	_, n := p.word(i, kindOrdinal)
	return n > 0
}

// distance reads "two days ago", "قبل يومين", "قبل ثلاثة أيام", "منذ أسبوع".
func (p *parser) distance(i, limit int) (parts, int) {
	at, counted := i, true
	if p.arabic {
		_, n := p.word(at, kindAgo)
		if n == 0 {
			return parts{}, i
		}
		at += n
		if s, n := p.word(at, kindPair); n > 0 && at < limit {
			return parts{unit: s.value, count: 2, shift: away}, at + n
		}
	}
	n, digits := p.number(at)
	if digits > 0 && digits <= 2 {
		at++
	} else if s, words := p.word(at, kindCount); words > 0 {
		n = s.value
		at += words
	} else if n, counted = 1, false; !p.arabic {
		return parts{}, i
	}
	s, words := p.word(at, kindUnit)
	if words == 0 && counted {
		s, words = p.word(at, kindUnits)
	}
	if words == 0 || at >= limit {
		return parts{}, i
	}
	at += words
	if p.arabic {
		if p.yearAt(at) > 0 {
			return parts{}, i
		}
	} else {
		_, words := p.word(at, kindAgo)
		if words == 0 || at >= limit {
			return parts{}, i
		}
		at += words
	}
	return parts{unit: s.value, count: n, shift: away}, at
}
