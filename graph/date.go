package graph

import (
	"fmt"
	"time"
)

// Day is a civil day in ISO 8601, "2020-06-05", so that days sort as strings.
// The zero Day means "unknown".
type Day string

// ParseDay reads an ISO day between the years 1000 and 9999. It returns an
// [ErrInvalid] for anything else, the empty string included.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1000 {
		return "", fmt.Errorf("%w: %q is not a day like 2020-06-05", ErrInvalid, s)
	}
	return Day(s), nil
}

// NewDay makes a Day of a year, a month and a day of the month. Days beyond
// the end of the month roll over, as in [time.Date]. A day outside the years
// 1000 to 9999 is unknown.
func NewDay(year int, month time.Month, day int) Day {
	return dayOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

func dayOf(t time.Time) Day {
	if t.Year() < 1000 || t.Year() > 9999 {
		return ""
	}
	return Day(t.Format(time.DateOnly))
}

// Time returns the first instant of the day in UTC, or the zero time if the
// day is unknown or malformed.
func (d Day) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// Add returns the day n days later, or "" if d is unknown or the year of that
// day is none of 1000 to 9999.
func (d Day) Add(n int) Day {
	t := d.Time()
	if t.IsZero() {
		return ""
	}
	return dayOf(t.AddDate(0, 0, n))
}

// Precision tells how much of a date is known.
type Precision string

// The precisions of a date.
const (
	PrecisionDay   Precision = "DAY"
	PrecisionMonth Precision = "MONTH"
	PrecisionYear  Precision = "YEAR"
)

var precisions = []Precision{PrecisionDay, PrecisionMonth, PrecisionYear}

// Origin tells where a date comes from.
type Origin string

// The origins of a date: written out in the text; resolved from words such as
// "yesterday, Friday" against the day of publication; or, for want of better,
// the day of publication itself.
const (
	OriginExplicit    Origin = "EXPLICIT"
	OriginResolved    Origin = "RESOLVED"
	OriginPublication Origin = "PUBLICATION"
)

var origins = []Origin{OriginExplicit, OriginResolved, OriginPublication}

// Date is a day with how much of it is known and where it comes from. With
// precision MONTH or YEAR the day is the first of the interval. The zero Date
// means "unknown".
type Date struct {
	Day       Day       `json:"date"`
	Precision Precision `json:"precision"`
	Origin    Origin    `json:"origin"`
}

// IsZero tells whether the date is unknown.
func (d Date) IsZero() bool { return d.Day == "" }
