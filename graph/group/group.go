// Package group lets concurrent writers share transactions: one goroutine
// takes what waits and commits it together, so that all wait for the disk, or
// the server, once.
package group

import (
	"context"
	"sync"
	"sync/atomic"
)

// Options say how items are committed.
type Options[T any] struct {
	// Commit commits a group, whole or not at all. It is called from one
	// goroutine.
	Commit func([]T) error
	// Items is how many items a group has at most, at least 1.
	Items int
	// Size tells how large an item is, and MaxSize how large a group becomes
	// before it is closed; no bound if Size is nil.
	Size    func(T) int
	MaxSize int
	// Singly tells whether a group that failed shall be committed again item by
	// item, so that none fails for another: always if nil.
	Singly func(error) bool
}

// Committer commits items in groups. It is safe for concurrent use.
type Committer[T any] struct {
	o       Options[T]
	waiting chan *request[T]
	done    sync.WaitGroup
}

// request is an item on its way.
type request[T any] struct {
	item   T
	result chan error
	taken  atomic.Bool // by the committer, or by a caller who gave up
}

// New starts a committer.
func New[T any](o Options[T]) *Committer[T] {
	if o.Singly == nil {
		o.Singly = func(error) bool { return true }
	}
	c := &Committer[T]{o: o, waiting: make(chan *request[T], o.Items)}
	c.done.Go(c.run)
	return c
}

// Do hands over an item and waits until it is committed. If ctx ends first the
// item is not committed, unless its group is under way already: then Do waits
// for it.
func (c *Committer[T]) Do(ctx context.Context, item T) error {
	r := &request[T]{item: item, result: make(chan error, 1)}
	select {
	case c.waiting <- r:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-r.result:
		return err
	case <-ctx.Done():
		if r.taken.CompareAndSwap(false, true) {
			return ctx.Err()
		}
		return <-r.result
	}
}

// Close ends the goroutine. No Do may be under way.
func (c *Committer[T]) Close() {
	close(c.waiting)
	c.done.Wait()
}

func (c *Committer[T]) size(r *request[T]) int {
	if c.o.Size == nil {
		return 0
	}
	return c.o.Size(r.item)
}

func (c *Committer[T]) run() {
	for r := range c.waiting {
		group, size := []*request[T]{r}, c.size(r)
		for more := true; more && len(group) < c.o.Items && (c.o.Size == nil || size < c.o.MaxSize); {
			select {
			case r, more = <-c.waiting:
				if more {
					group, size = append(group, r), size+c.size(r)
				}
			default:
				more = false
			}
		}
		c.settle(group)
	}
}

func (c *Committer[T]) settle(group []*request[T]) {
	live, items := group[:0], make([]T, 0, len(group))
	for _, r := range group {
		if r.taken.CompareAndSwap(false, true) {
			live, items = append(live, r), append(items, r.item)
		}
	}
	if len(live) == 0 {
		return
	}
	err := c.o.Commit(items)
	singly := err != nil && len(live) > 1 && c.o.Singly(err)
	for i, r := range live {
		if singly {
			err = c.o.Commit(items[i : i+1])
		}
		r.result <- err
	}
}
