package outcome

import (
	"context"
	"strconv"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// Answer is what somebody says, or that they could not be reached. Version is the follow-up's.
type Answer struct {
	FollowUp FollowUpID
	Version  int
	Answer   string
	Words    string // the person's own
}

// FollowUp writes the answer to a follow-up, or mends one given before: the event then stands twice with the same Ref, and
// the later one counts. Stale when somebody answered meanwhile.
func (d *Desk) FollowUp(ctx context.Context, actor *access.Actor, who id.Person, n Answer) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Seen, access.Write, access.ForFollowUp)
		if err != nil {
			return err
		}
		x, f, err := getFollowUp(ctx, tx, actor, a, n.FollowUp)
		if err != nil {
			return err
		}
		if f.Version != n.Version || f.State == Dropped {
			return fault.Stale
		}
		if err := f.check(n.Answer, actor.Today()); err != nil {
			return err
		}
		f.Answer, f.Words = n.Answer, n.Words
		if err := updateFollowUp(ctx, tx, actor, a, f); err != nil {
			return err
		}
		if f.Months == confirmMonths {
			return x.event(ctx, tx, actor, thread.Confirmed, f.Answer, actor.Today(), int64(f.ID))
		}
		return x.event(ctx, tx, actor, thread.FollowedUp, strconv.Itoa(f.Months)+":"+f.Answer, actor.Today(), int64(f.ID))
	})
}
