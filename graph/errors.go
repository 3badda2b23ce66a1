package graph

import "errors"

// Errors of the domain. Stores and stages wrap them with what, where and what
// to do; callers ask with [errors.Is].
var (
	// ErrNotFound: no node has the id that was asked for.
	ErrNotFound = errors.New("not found")
	// ErrInvalid: the input breaks a rule of the model.
	ErrInvalid = errors.New("invalid input")
	// ErrEvidence: a span of evidence is not, letter by letter, what the text says.
	ErrEvidence = errors.New("evidence does not match the text")
	// ErrNewerSchema: the store was written by a newer version of mawqif.
	ErrNewerSchema = errors.New("store is of a newer version")
	// ErrOlderSchema: the store lacks what this version of mawqif needs.
	ErrOlderSchema = errors.New("store needs a migration")
	// ErrForeign: the database holds something that is not a mawqif graph.
	ErrForeign = errors.New("not a mawqif store")
	// ErrFull: the store could not write for want of space.
	ErrFull = errors.New("no space left for the store")
	// ErrDamaged: what the store holds cannot be read any more.
	ErrDamaged = errors.New("store is damaged")
	// ErrUnavailable: the store cannot be reached now; trying again may help.
	ErrUnavailable = errors.New("store is unavailable")
	// ErrClosed: the store was used after Close.
	ErrClosed = errors.New("store is closed")
)
