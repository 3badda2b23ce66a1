//go:build !linux

package sqlite_test

var smallDisk = boundStore
