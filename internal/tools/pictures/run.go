package main

import (
	"fmt"
	"os"
	"slices"
	"testing"
)

// run stands in for a test, so that the harness that drives the browser in tests can be used by a program. What it does
// not define panics.
type run struct {
	testing.TB
	ends []func()
}

// failure is what ended a run.
type failure string

func (f failure) Error() string { return string(f) }

// Helper does nothing.
func (r *run) Helper() {}

// Fatal ends the run.
func (r *run) Fatal(args ...any) { panic(failure(fmt.Sprint(args...))) }

// Fatalf ends the run.
func (r *run) Fatalf(format string, args ...any) { panic(failure(fmt.Sprintf(format, args...))) }

// Cleanup has f called when the run ends, the latest first.
func (r *run) Cleanup(f func()) { r.ends = append(r.ends, f) }

// TempDir makes a folder that is removed when the run ends.
func (r *run) TempDir() string {
	dir, err := os.MkdirTemp("", "slusspictures")
	if err != nil {
		r.Fatal(err)
	}
	r.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func (r *run) end() {
	for _, f := range slices.Backward(r.ends) {
		f()
	}
}
