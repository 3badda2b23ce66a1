package dates

import (
	"time"

	"mawqif/graph"
)

// Units of time in days, as the word tables have them.
const (
	aDay   = 1
	aWeek  = 7
	aMonth = 30
	aYear  = 365
)

// resolve turns what an expression tells into a date; false if it needs a day
// of publication that is not there, or is no day of the calendar.
func (d *parts) resolve(published graph.Day) (graph.Date, bool) {
	pub := published.Time()
	known := !pub.IsZero()
	switch {
	case d.month > 0 && d.day > 0 && d.year > 0:
		return exact(d.year, d.month, d.day)
	case d.month > 0 && d.year > 0:
		return first(d.year, d.month, graph.PrecisionMonth, graph.OriginExplicit)
	case d.year > 0:
		return first(d.year, 1, graph.PrecisionYear, graph.OriginExplicit)
	case !known:
		return graph.Date{}, false
	case d.month > 0 && d.day > 0:
		return exact(d.yearNear(pub), d.month, d.day)
	case d.month > 0:
		return first(d.monthYear(pub), d.month, graph.PrecisionMonth, graph.OriginResolved)
	case d.unit > 0:
		return d.span(pub)
	case d.hasRelative:
		at := pub.AddDate(0, 0, d.relative)
		if d.hasWeekday {
			at = nearestWeekday(at, d.weekday)
		}
		return resolved(at, graph.PrecisionDay)
	case d.hasWeekday:
		return resolved(d.onWeekday(pub), graph.PrecisionDay)
	}
	return graph.Date{}, false
}

// exact is a day of the calendar that is written out.
func exact(year, month, day int) (graph.Date, bool) {
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if at.Day() != day {
		return graph.Date{}, false
	}
	return graph.Date{Day: graph.NewDay(year, time.Month(month), day), Precision: graph.PrecisionDay, Origin: graph.OriginExplicit}, true
}

// first is the first day of a month or a year.
func first(year, month int, precision graph.Precision, origin graph.Origin) (graph.Date, bool) {
	return graph.Date{Day: graph.NewDay(year, time.Month(month), 1), Precision: precision, Origin: origin}, true
}

func resolved(at time.Time, precision graph.Precision) (graph.Date, bool) {
	return graph.Date{Day: graph.NewDay(at.Date()), Precision: precision, Origin: graph.OriginResolved}, true
}

// onWeekday returns the day of a weekday: as reports are written after the
// fact but dated by the clock of another zone, the one between five days
// before the publication and the day after it; with "last" the latest before
// the publication, with "next" the first after it.
func (d *parts) onWeekday(pub time.Time) time.Time {
	back := (int(pub.Weekday()) - d.weekday + 7) % 7 // 0 to 6 days ago
	switch {
	case !d.hasShift || d.shift == 0:
		if back == 6 {
			back = -1
		}
	case d.shift < 0:
		if back == 0 {
			back = 7
		}
	default:
		back -= 7
	}
	return pub.AddDate(0, 0, -back)
}

// nearestWeekday returns the weekday nearest to a day. "Yesterday, Friday" in
// an article dated a day later than it was written is still that Friday.
func nearestWeekday(at time.Time, weekday int) time.Time {
	off := (weekday - int(at.Weekday()) + 7) % 7
	if off > 3 {
		off -= 7
	}
	return at.AddDate(0, 0, off)
}

// yearNear finds the year of a day and month: the nearest to the publication,
// a day to come counting thrice as far as one past; if a weekday is told too,
// only years in which it agrees count, if there is one.
func (d *parts) yearNear(pub time.Time) int {
	best, least := pub.Year(), 1<<30
	for _, agree := range []bool{true, false} {
		for year := pub.Year() - 3; year <= pub.Year()+1; year++ {
			at := time.Date(year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
			if agree && d.hasWeekday && int(at.Weekday()) != d.weekday {
				continue
			}
			days := int(at.Sub(pub).Hours() / 24)
			switch {
			case d.hasShift && d.shift < 0 && days >= 0, d.hasShift && d.shift > 0 && days <= 0:
				continue
			case days < 0:
				days = -days
			default:
				days *= 3
			}
			if days < least {
				best, least = year, days
			}
		}
		if least < 1<<30 {
			break
		}
	}
	return best
}

// monthYear finds the year of a month: the latest that has begun, unless the
// text says "next"; with "last" the latest that is over.
func (d *parts) monthYear(pub time.Time) int {
	year, now := pub.Year(), int(pub.Month())
	switch {
	case d.hasShift && d.shift > 0:
		if d.month <= now {
			return year + 1
		}
	case d.hasShift && d.shift < 0:
		if d.month >= now {
			return year - 1
		}
	case d.month > now+1:
		return year - 1
	}
	return year
}

// span resolves "last month", "two days ago", "the seventh of this month".
func (d *parts) span(pub time.Time) (graph.Date, bool) {
	count := d.count * d.shift
	if d.shift == away {
		count = -d.count
	}
	switch d.unit {
	case aDay:
		return resolved(pub.AddDate(0, 0, count), graph.PrecisionDay)
	case aWeek:
		at := pub.AddDate(0, 0, 7*count)
		return first(at.Year(), int(at.Month()), graph.PrecisionMonth, graph.OriginResolved)
	case aMonth:
		at := time.Date(pub.Year(), pub.Month()+time.Month(count), 1, 0, 0, 0, 0, time.UTC)
		if d.day > 0 {
			on := at.AddDate(0, 0, d.day-1)
			date, _ := resolved(on, graph.PrecisionDay)
			return date, on.Month() == at.Month()
		}
		return resolved(at, graph.PrecisionMonth)
	case aYear:
		date, _ := first(pub.Year()+count, 1, graph.PrecisionYear, graph.OriginResolved)
		return date, pub.Year()+count >= 1000
	}
	return graph.Date{}, false
}

// distance returns the days between the publication and a day.
func distance(pub time.Time, year, month, day int) int {
	days := int(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Sub(pub).Hours() / 24)
	return max(days, -days)
}
