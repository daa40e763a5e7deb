// Package job is the durable queue: work that a change leaves behind in its own transaction, to be done after it.
//
// A job is done at least once: a process may die between the work and the note of it, so a handler must bear to run
// again. A payload holds ids and codes only, never a word about a person.
package job

import (
	"context"
	"encoding/json"
	"fmt"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

type tag struct{}

// ID is a job's id.
type ID = id.Of[tag]

// State is where a job stands.
type State int

// The states, as they are stored.
const (
	Waiting State = iota
	Running
	Done
	Dead // tried in vain; a human must look
)

// Job is one piece of work as its handler gets it.
type Job struct {
	Area    id.Area
	ID      ID
	Kind    string
	Payload []byte // JSON
	Tries   int    // this one included
}

// Read puts the payload into v.
func (j Job) Read(v any) error {
	if err := json.Unmarshal(j.Payload, v); err != nil {
		return fmt.Errorf("job %s %s: %w", j.Kind, j.ID, err)
	}
	return nil
}

// topic wakes this process's runners.
const topic = "job"

// Enqueue leaves a job in the transaction of the change, to be done at runAt or soon after. payload becomes JSON.
func Enqueue(ctx context.Context, tx *store.Tx, area id.Area, kind string, payload any, runAt clock.Instant) error {
	return EnqueueAbout(ctx, tx, area, 0, kind, payload, runAt)
}

// EnqueueAbout is Enqueue of something that is to be sent to somebody: End ends it while it waits.
func EnqueueAbout(ctx context.Context, tx *store.Tx, area id.Area, about int64, kind string, payload any, runAt clock.Instant) error {
	b, err := json.Marshal(payload)
	if err != nil {
		return fmt.Errorf("enqueue %s: %w", kind, err)
	}
	if err := insert(ctx, tx, area, about, kind, string(b), runAt); err != nil {
		return fmt.Errorf("enqueue %s: %w", kind, err)
	}
	tx.Notify(topic)
	return nil
}
