package sqlite_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// smallDisk returns a directory with little space, and how to make more. Where
// the system allows it, it is a file system of its own; elsewhere, and
// on other systems, the store bounds itself.
func smallDisk(t *testing.T, bytes int64) (dir string, bound int64, grow func()) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, fmt.Sprintf("size=%d", bytes)); err != nil {
		t.Logf("no file system of its own (%v): the store bounds itself", err)
		return boundStore(t, bytes)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	filler := filepath.Join(dir, "filler")
	write(t, filler, strings.Repeat("x", int(bytes/4)))
	return dir, 0, func() {
		if err := os.Remove(filler); err != nil {
			t.Error(err)
		}
		if err := syscall.Mount("none", dir, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%d", 64*bytes)); err != nil {
			t.Error(err)
		}
	}
}
