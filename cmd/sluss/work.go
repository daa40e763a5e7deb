package main

import (
	"context"

	"sluss/internal/web/staff"
	"sluss/internal/worker"
)

// work does what changes leave behind, beside serving; the answer stops it.
func (h *house) work(ctx context.Context, pages *staff.Pages) (stop func()) {
	return worker.Start(ctx, h.store, h.clock, pages.Intray.Kinds())
}
