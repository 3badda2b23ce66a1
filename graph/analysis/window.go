package analysis

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"sort"
	"time"
)

// TimeUnit is what a moving window is measured in.
type TimeUnit string

// The units of a moving window.
const (
	EventUnit TimeUnit = "events"
	Days      TimeUnit = "days"
	Weeks     TimeUnit = "weeks"
	Months    TimeUnit = "months"
	Years     TimeUnit = "years"
)

// Kernel weighs statements by their distance from the middle of a window.
type Kernel string

// The kernels; with none, every statement of the window counts fully.
const (
	NoKernel     Kernel = "no"
	Uniform      Kernel = "uniform"
	Triangular   Kernel = "triangular"
	Epanechnikov Kernel = "epanechnikov"
	Gaussian     Kernel = "gaussian"
)

// Window is a stretch of time that moves over the range a unit at a time.
type Window struct {
	Unit TimeUnit
	// Size is the length of the window in units, at least 1: half of it, rounded
	// down, to either side of its middle. With a kernel, an odd size is made even
	// by one more.
	Size   int
	Kernel Kernel
}

// Validate reports every fault of the window, and of the settings with it.
func (w Window) Validate(s Settings) error {
	var faults []error
	if err := s.Validate(); err != nil {
		faults = append(faults, err)
	}
	if all := []TimeUnit{EventUnit, Days, Weeks, Months, Years}; !slices.Contains(all, w.Unit) {
		faults = append(faults, fmt.Errorf("%w: time window %q is none of %v", ErrSettings, w.Unit, all))
	}
	if w.Size < 1 || w.Size > 1<<20 {
		faults = append(faults, fmt.Errorf("%w: window size %d is not between 1 and %d", ErrSettings, w.Size, 1<<20))
	}
	if all := []Kernel{NoKernel, Uniform, Triangular, Epanechnikov, Gaussian}; !slices.Contains(all, w.Kernel) {
		faults = append(faults, fmt.Errorf("%w: kernel %q is none of %v", ErrSettings, w.Kernel, all))
	}
	if w.Kernel != NoKernel {
		if w.Unit == EventUnit {
			faults = append(faults, fmt.Errorf("%w: a kernel needs a window of time, not of events", ErrSettings))
		}
		if s.Normalization != NoNormalization && s.Normalization != Average {
			faults = append(faults, fmt.Errorf("%w: %s is not defined with a kernel; use %s or %s", ErrSettings, s.Normalization, NoNormalization, Average))
		}
		if s.Aggregation == Combine {
			faults = append(faults, fmt.Errorf("%w: %s is not defined with a kernel; use %s", ErrSettings, Combine, Subtract))
		}
	}
	return errors.Join(faults...)
}

// step returns the time n units after t. The day of a month that is too short
// becomes its last.
func (w Window) step(t time.Time, n int) time.Time {
	switch w.Unit {
	case Weeks:
		return t.AddDate(0, 0, 7*n)
	case Months:
		return addMonths(t, n)
	case Years:
		return addMonths(t, 12*n)
	}
	return t.AddDate(0, 0, n)
}

func addMonths(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Location())
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// Series makes one network for each place of a moving window, in the order of
// time. With a kernel every network has the same rows and columns.
func Series(e Events, s Settings, w Window) (iter.Seq[Network], error) {
	if err := w.Validate(s); err != nil {
		return nil, err
	}
	e, _ = s.prepare(e)
	if len(e.List) == 0 {
		return func(func(Network) bool) {}, nil
	}
	switch {
	case w.Unit == EventUnit:
		return w.byEvents(e, s), nil
	case w.Kernel == NoKernel:
		return w.byTime(e, s), nil
	}
	return w.smoothed(e, s), nil
}

func (s Settings) bounds(e Events) (from, to time.Time) {
	from, to = e.List[0].Time, e.List[len(e.List)-1].Time
	if !s.From.IsZero() {
		from = s.From
	}
	if !s.To.IsZero() {
		to = s.To
	}
	return from, to
}

// between returns the events from start to stop, inclusive.
func (e Events) between(start, stop time.Time) Events {
	i := sort.Search(len(e.List), func(i int) bool { return !e.List[i].Time.Before(start) })
	j := sort.Search(len(e.List), func(i int) bool { return e.List[i].Time.After(stop) })
	e.List = e.List[i:max(i, j)]
	return e
}

func (w Window) byTime(e Events, s Settings) iter.Seq[Network] {
	return func(yield func(Network) bool) {
		from, to := s.bounds(e)
		half := w.Size / 2
		for mid := from; !mid.After(to); mid = w.step(mid, 1) {
			start, stop := w.step(mid, -half), w.step(mid, half)
			if start.Before(from) || stop.After(to) {
				continue
			}
			n := s.network(e.between(start, stop))
			n.Start, n.Mid, n.Stop = start, mid, stop
			if !yield(n) {
				return
			}
		}
	}
}

// byEvents moves over the statements: each has as many before as after it.
func (w Window) byEvents(e Events, s Settings) iter.Seq[Network] {
	return func(yield func(Network) bool) {
		half := w.Size / 2
		for mid := half; mid+half < len(e.List); mid++ {
			part := e
			part.List = e.List[mid-half : mid+half+1]
			n := s.network(part)
			n.Start, n.Mid, n.Stop = part.List[0].Time, e.List[mid].Time, part.List[len(part.List)-1].Time
			if !yield(n) {
				return
			}
		}
	}
}

// smoothed weighs every statement by a kernel. In a one-mode network a pair of
// statements weighs the geometric mean of both, so that the weights of rows
// can be added up before they are multiplied.
func (w Window) smoothed(e Events, s Settings) iter.Seq[Network] {
	return func(yield func(Network) bool) {
		e := e
		if !s.Isolates {
			e = e.active()
		}
		w := w
		w.Size += w.Size % 2
		half := w.Size / 2
		from, to := e.List[0].Time, e.List[len(e.List)-1].Time
		if s.From.After(from) {
			from = s.From
		}
		if !s.To.IsZero() && s.To.Before(to) {
			to = s.To
		}
		var norm [][]float64
		if s.Type == OneMode && s.Normalization == Average {
			norm = tabulate(e, func(Event) float64 { return 1 }).kernelAverage()
		}
		for mid := from; !mid.After(to); mid = w.step(mid, 1) {
			start, stop := from, to
			part := e
			if w.Kernel != Gaussian {
				start, stop = w.step(mid, -half), w.step(mid, half)
				if start.Before(from) {
					start = from
				}
				if stop.After(to) {
					stop = to
				}
				part = e.between(start, stop)
			}
			n := Network{
				Rows: e.Rows, Columns: e.Columns, Start: start, Mid: mid, Stop: stop, Statements: len(part.List),
				settings: s, events: func() Events { return part },
			}
			if s.Type == TwoMode {
				n.Values = tabulate(part, func(ev Event) float64 { return w.weight(ev.Time, mid) }).twoMode(s.Aggregation)
			} else {
				n.Columns = e.Rows
				n.Values = tabulate(part, func(ev Event) float64 { return math.Sqrt(w.weight(ev.Time, mid)) }).oneMode(s.Aggregation)
				for i := range norm {
					for j := range norm[i] {
						if norm[i][j] != 0 {
							n.Values[i][j] *= norm[i][j]
						}
					}
				}
			}
			if !yield(n) {
				return
			}
		}
	}
}

// kernelAverage is what kernel networks are multiplied by under [Average]: for
// each pair of rows, twice the sum of the inverse of their statements on each
// column and value.
func (t table) kernelAverage() [][]float64 {
	norm := matrix(t.rows, t.rows)
	weights := make([][2]float64, t.rows)
	for _, cells := range t.columns {
		clear(weights)
		for i := range cells {
			weights[cells[i].row] = cells[i].weight
		}
		for i := range norm {
			for j := range norm[i] {
				for level := range 2 {
					norm[i][j] += divide(2, weights[i][level]+weights[j][level])
				}
			}
		}
	}
	return norm
}

// weight is the kernel at the distance of t from the middle of the window, in
// halves of its size. The triangular kernel is DNA's, |1 − d| with d signed:
// it weighs what comes after the middle more.
func (w Window) weight(t, mid time.Time) float64 {
	d := 2 * float64(w.distance(t, mid)) / float64(w.Size)
	if w.Kernel == Gaussian {
		return math.Exp(-d*d/2) / math.Sqrt(2*math.Pi)
	}
	if d < -1 || d > 1 {
		return 0
	}
	switch w.Kernel {
	case Triangular:
		return math.Abs(1 - d)
	case Epanechnikov:
		return 0.75 * (1 - d*d)
	}
	return 0.5
}

// distance is the number of whole units from t to mid, negative if t is later.
func (w Window) distance(t, mid time.Time) int {
	switch w.Unit {
	case Months, Years:
		months := 12*(mid.Year()-t.Year()) + int(mid.Month()-t.Month())
		switch {
		case months > 0 && mid.Day() < t.Day():
			months--
		case months < 0 && mid.Day() > t.Day():
			months++
		}
		if w.Unit == Years {
			return months / 12
		}
		return months
	}
	days := int(mid.Sub(t) / (24 * time.Hour))
	if w.Unit == Weeks {
		return days / 7
	}
	return days
}
