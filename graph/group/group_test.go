package group

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// recorder commits items, one group at a time, once it is let.
type recorder struct {
	groups  [][]int
	started chan struct{} // gets a value as a group begins
	let     chan struct{} // lets a group end
	fail    func([]int) error
}

func newRecorder(fail func([]int) error) *recorder {
	return &recorder{started: make(chan struct{}), let: make(chan struct{}), fail: fail}
}

func (r *recorder) commit(items []int) error {
	r.groups = append(r.groups, slices.Clone(items))
	r.started <- struct{}{}
	<-r.let
	if r.fail != nil {
		return r.fail(items)
	}
	return nil
}

// behind hands over items while a first group, of the item 0, is under way,
// one after another; what becomes of each is sent to the channel returned.
func behind(t *testing.T, c *Committer[int], r *recorder, items ...int) []chan error {
	t.Helper()
	results := make([]chan error, len(items)+1)
	do := func(i, item int) {
		results[i] = make(chan error, 1)
		before := len(c.waiting)
		go func() { results[i] <- c.Do(context.Background(), item) }()
		if i == 0 {
			<-r.started
			return
		}
		for before < cap(c.waiting) && len(c.waiting) == before {
			runtime.Gosched() // until it waits
		}
	}
	do(0, 0)
	for i, item := range items {
		do(i+1, item)
	}
	return results
}

func (r *recorder) goOn() { // with the next group
	r.let <- struct{}{}
	<-r.started
}

func TestWhatWaitsIsCommittedTogether(t *testing.T) {
	for _, test := range []struct {
		name string
		o    Options[int]
		want [][]int
	}{
		{"as many as a group has", Options[int]{Items: 4}, [][]int{{0}, {10, 11, 12, 13}, {14}}},
		{"until it is large", Options[int]{Items: 8, Size: func(i int) int { return i }, MaxSize: 22}, [][]int{{0}, {10, 11, 12}, {13, 14}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRecorder(nil)
			test.o.Commit = r.commit
			c := New(test.o)
			results := behind(t, c, r, 10, 11, 12, 13, 14)
			r.goOn()
			r.goOn()
			r.let <- struct{}{}
			for _, result := range results {
				if err := <-result; err != nil {
					t.Error(err)
				}
			}
			c.Close()
			if diff := cmp.Diff(test.want, r.groups); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFailure(t *testing.T) {
	bad, gone := errors.New("bad"), errors.New("gone")
	for _, test := range []struct {
		name string
		err  error // of every group that holds the item 2
		want []error
		all  [][]int
	}{
		{"one does not fail for another", bad, []error{nil, nil, bad, nil}, [][]int{{0}, {1, 2, 3}, {1}, {2}, {3}}},
		{"what fails for all is not tried again", gone, []error{nil, gone, gone, gone}, [][]int{{0}, {1, 2, 3}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRecorder(func(items []int) error {
				if slices.Contains(items, 2) {
					return test.err
				}
				return nil
			})
			c := New(Options[int]{Commit: r.commit, Items: 8, Singly: func(err error) bool { return !errors.Is(err, gone) }})
			results := behind(t, c, r, 1, 2, 3)
			for range len(test.all) - 1 {
				r.goOn()
			}
			r.let <- struct{}{}
			for i, result := range results {
				if err := <-result; !errors.Is(err, test.want[i]) || (err == nil) != (test.want[i] == nil) {
					t.Errorf("item %d: %v, want %v", i, err, test.want[i])
				}
			}
			c.Close()
			if diff := cmp.Diff(test.all, r.groups); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhoGivesUpIsNotCommitted(t *testing.T) {
	r := newRecorder(nil)
	c := New(Options[int]{Commit: r.commit, Items: 4})
	ctx, cancel := context.WithCancel(context.Background())
	results := behind(t, c, r)
	gaveUp := make(chan error, 1)
	go func() { gaveUp <- c.Do(ctx, 1) }()
	cancel()
	if err := <-gaveUp; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	r.let <- struct{}{}
	if err := <-results[0]; err != nil {
		t.Error(err)
	}
	c.Close()
	if diff := cmp.Diff([][]int{{0}}, r.groups); diff != "" {
		t.Error(diff)
	}
}

func TestWhoIsUnderWayIsWaitedFor(t *testing.T) {
	r := newRecorder(nil)
	c := New(Options[int]{Commit: r.commit, Items: 4})
	ctx, cancel := context.WithCancel(context.Background())
	result := make(chan error, 1)
	go func() { result <- c.Do(ctx, 1) }()
	<-r.started
	cancel()
	r.let <- struct{}{}
	if err := <-result; err != nil {
		t.Error(err)
	}
	c.Close()
}
