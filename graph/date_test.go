package graph

import (
	"errors"
	"testing"
	"time"
)

func TestParseDay(t *testing.T) {
	for _, s := range []string{"2020-06-05", "1000-01-01", "9999-12-31", "1969-12-31", "2020-02-29"} {
		if d, err := ParseDay(s); err != nil || string(d) != s {
			t.Errorf("ParseDay(%q) = %q, %v", s, d, err)
		}
	}
	for _, s := range []string{
		"", "2020-6-5", "2020-13-01", "2019-02-29", "0999-12-31", "10000-01-01", "2020-06-05T00:00:00Z",
		" 2020-06-05", "05/06/2020", "٢٠٢٠-٠٦-٠٥", "-2020-06-05", "2020-06-05\n",
	} {
		if d, err := ParseDay(s); !errors.Is(err, ErrInvalid) || d != "" {
			t.Errorf("ParseDay(%q) = %q, %v", s, d, err)
		}
	}
}

func TestNewDay(t *testing.T) {
	for _, c := range []struct {
		year  int
		month time.Month
		day   int
		want  Day
	}{
		{2020, 6, 5, "2020-06-05"},
		{2021, 2, 29, "2021-03-01"},
		{2020, 13, 1, "2021-01-01"},
		{1000, 1, 1, "1000-01-01"},
		{1000, 1, 0, ""},
		{9999, 12, 32, ""},
		{-5, 1, 1, ""},
	} {
		if got := NewDay(c.year, c.month, c.day); got != c.want {
			t.Errorf("NewDay(%d, %d, %d) = %q, want %q", c.year, c.month, c.day, got, c.want)
		}
	}
}

func TestDayAdd(t *testing.T) {
	for _, c := range []struct {
		day  Day
		n    int
		want Day
	}{
		{"2020-03-01", -1, "2020-02-29"},
		{"1970-01-01", -1, "1969-12-31"},
		{"2020-06-05", 0, "2020-06-05"},
		{"9999-12-31", 1, ""},
		{"1000-01-01", -1, ""},
		{"", 1, ""},
		{"soon", 1, ""},
	} {
		if got := c.day.Add(c.n); got != c.want {
			t.Errorf("%q.Add(%d) = %q, want %q", c.day, c.n, got, c.want)
		}
	}
}

func TestDayTime(t *testing.T) {
	if got, want := Day("1969-12-31").Time(), time.Date(1969, 12, 31, 0, 0, 0, 0, time.UTC); !got.Equal(want) || got.Location() != time.UTC {
		t.Errorf("got %v", got)
	}
	for _, d := range []Day{"", "x", "2020-02-30"} {
		if !d.Time().IsZero() {
			t.Errorf("%q has the time %v", d, d.Time())
		}
	}
}
