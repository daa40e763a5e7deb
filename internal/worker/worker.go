// Package worker does the jobs that changes leave behind, while the gateway is served.
package worker

import (
	"context"
	"maps"

	"sluss/internal/clock"
	"sluss/internal/job"
	"sluss/internal/store"
)

// Kinds are what does the jobs of each kind.
type Kinds = map[string]func(context.Context, job.Job) error

// Start does jobs until ctx ends or stop is called; stop waits for those that are running.
func Start(ctx context.Context, s *store.Store, c clock.Clock, kinds ...Kinds) (stop func()) {
	all := Kinds{}
	for _, k := range kinds {
		maps.Copy(all, k)
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = job.Runner{Store: s, Clock: c, Kinds: all}.Run(ctx) // always ctx's own error
	}()
	return func() {
		cancel()
		<-done
	}
}
