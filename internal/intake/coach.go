package intake

import (
	"cmp"
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Candidate is a colleague who could be somebody's coach, with why.
type Candidate struct {
	org.Post
	Speaks  bool // the language the person wants to talk in
	Earlier bool // has been the person's coach before
	Led     bool // led the group start the person was at
	load    int
}

// Suggest orders those who could be the coach: who has been it before first, then who speaks the language, then who met the
// person at the group start, and how many each has last.
func Suggest(list []Candidate) []Candidate {
	slices.SortStableFunc(list, func(a, b Candidate) int {
		return cmp.Or(first(a.Earlier, b.Earlier), first(a.Speaks, b.Speaks), first(a.Led, b.Led), cmp.Compare(a.load, b.load))
	})
	return list
}

func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	default:
		return 1
	}
}

// Candidates gives who could be the person's coach, in the order of Suggest. language is what the person wants to talk in.
func Candidates(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, language string, leaders []id.Post) ([]Candidate, error) {
	a.Must(access.Thread)
	posts, err := org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
	if err != nil {
		return nil, err
	}
	load, err := loads(ctx, tx, actor)
	if err != nil {
		return nil, err
	}
	earlier, err := store.All(ctx, tx, store.Q(`SELECT DISTINCT post_id FROM assignment WHERE area_id = $1 AND person_id = $2`), []any{actor.Area(), a.Person()},
		func(r *store.Cursor) (p id.Post, err error) {
			err = r.Scan(&p)
			return p, err
		})
	if err != nil {
		return nil, err
	}
	var list []Candidate
	for _, p := range posts {
		if p.Role == access.Coach || slices.Contains(earlier, p.ID) {
			if no, err := barred(ctx, tx, actor, a.Person(), p.ID); err != nil {
				return nil, err
			} else if no {
				continue
			}
			list = append(list, Candidate{Post: p, Speaks: language != "sv" && p.Speaks(language), Earlier: slices.Contains(earlier, p.ID), Led: slices.Contains(leaders, p.ID), load: load[p.ID]})
		}
	}
	return Suggest(list), nil
}

func loads(ctx context.Context, tx *store.Tx, actor *access.Actor) (map[id.Post]int, error) {
	m := map[id.Post]int{}
	_, err := store.All(ctx, tx, store.Q(`SELECT coach_id, count(*) FROM enrolment WHERE area_id = $1 AND unit_id = $2 AND state IN ('booked', 'active') GROUP BY coach_id`),
		[]any{actor.Area(), actor.Unit()}, func(r *store.Cursor) (struct{}, error) {
			var p id.Post
			var n int
			err := r.Scan(&p, &n)
			m[p] = n
			return struct{}{}, err
		})
	return m, err
}

func bookedTimes(ctx context.Context, tx *store.Tx, actor *access.Actor, coach id.Post) (map[Slot]bool, error) {
	m := map[Slot]bool{}
	_, err := store.All(ctx, tx, store.Q(`SELECT meets_on, meets_at FROM enrolment WHERE area_id = $1 AND coach_id = $2 AND state = 'booked' AND meets_on >= $3`),
		[]any{actor.Area(), coach, string(actor.Today())}, func(r *store.Cursor) (struct{}, error) {
			var s Slot
			err := r.Scan(&s.On, &s.At)
			m[s] = true
			return struct{}{}, err
		})
	return m, err
}

// Lend lends a coach's caseload to a colleague during the span: the colleague sees those people and nothing else changes.
// One's own may be lent by oneself; anybody's by the head or the coordinator. What is lent ends with the lender's own post,
// so nothing is lent from a post that has ended.
func (d *Desk) Lend(ctx context.Context, actor *access.Actor, from, to id.Post, span clock.Span) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := mayMove(ctx, tx, actor, from); err != nil {
			return err
		}
		var form fault.Form
		if from == to || coachHere(ctx, tx, actor, to) != nil {
			form.Add("to", "intake.lend.to")
		}
		if span.From == "" || span.From < actor.Today() {
			form.Add("from", "intake.lend.from")
		}
		if span.To <= span.From {
			form.Add("until", "intake.lend.until")
		}
		if err := form.Err(); err != nil {
			return err
		}
		lender, err := org.GetPost(ctx, tx, actor.Area(), from, actor.Now())
		if err != nil {
			return fault.Missing
		}
		if !lender.Live {
			return fault.New(fault.Conflict, "intake.lend.ended")
		}
		return access.Lend(ctx, tx, actor.Area(), from, to, span, actor.Now())
	})
}

// HandOver gives people of one coach to another for good, in one step. It gives how many were handed over.
func (d *Desk) HandOver(ctx context.Context, actor *access.Actor, from, to id.Post, people []id.Person) (n int, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		n = 0
		if err := mayMove(ctx, tx, actor, from); err != nil {
			return err
		}
		if from == to {
			return fault.Form{{Kind: fault.Invalid, Key: "intake.lend.to", Field: "to"}}
		}
		if err := coachHere(ctx, tx, actor, to); err != nil {
			return fault.Form{{Kind: fault.Invalid, Key: "intake.lend.to", Field: "to"}}
		}
		for _, who := range people {
			if err := handOver(ctx, tx, actor, who, from, to); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

func handOver(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, from, to id.Post) error {
	a, err := access.Open(ctx, tx, actor, who, access.Identity|access.Thread, access.Write, access.ForContact)
	if err != nil {
		return err
	}
	e, ok, err := Current(ctx, tx, actor, a)
	if err != nil {
		return err
	}
	if !ok || e.Coach != from || e.State == Left {
		return fault.New(fault.Conflict, "intake.handover.changed")
	}
	err = e.coach(ctx, tx, actor, to, "")
	if f := fault.Fields(err); f != nil {
		err = fault.Form{{Kind: fault.Invalid, Key: f[0].Key, Field: "to"}}
	}
	return err
}

func mayMove(ctx context.Context, tx *store.Tx, actor *access.Actor, from id.Post) error {
	if from == actor.Post() {
		return access.Unit(ctx, tx, actor, access.Caseworkers...)
	}
	if err := access.Unit(ctx, tx, actor, access.Coordinator, access.Head); err != nil {
		return err
	}
	return ofUnit(ctx, tx, actor, from)
}

// ofUnit refuses a post that is not and never was at the actor's unit: nobody lends or gives what is another unit's.
func ofUnit(ctx context.Context, tx *store.Tx, actor *access.Actor, post id.Post) error {
	p, err := org.GetPost(ctx, tx, actor.Area(), post, actor.Now())
	if store.None(err) || err == nil && p.Unit != actor.Unit() {
		return fault.Missing
	}
	return err
}
