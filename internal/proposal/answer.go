package proposal

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// Reply is the answer to a proposal. A no tells why, in words that the person reads.
type Reply struct {
	Yes     bool
	Words   string
	Version int // that was read
}

// Answer answers what waits. Stale when it was answered, replaced or taken back meanwhile.
func (d *Desk) Answer(ctx context.Context, actor *access.Actor, who id.Person, p ID, r Reply) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := posted(actor, who)(ctx, tx, Need)
		if err != nil {
			return err
		}
		unit, err := unitOf(ctx, tx, actor, a, p)
		if err != nil {
			return err
		}
		var form fault.Form
		to := Approved
		if r.Words = strings.TrimSpace(r.Words); !r.Yes {
			if to = Declined; r.Words == "" {
				form.Add("answer", "proposal.answer.needed")
			}
		}
		long(&form, "answer", r.Words)
		if err := form.Err(); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE proposal SET state = $5, state_at = $6, answer = $7, answered_at = $6, answered_by = $8, version = version + 1
		 WHERE area_id = $1 AND person_id = $2 AND proposal_id = $3 AND version = $4 AND state = 'waiting'`),
			actor.Area(), a.Person(), p, r.Version, string(to), int64(actor.Now()), a.Key(Need).Seal(sealedAt("answer", p), r.Words), actor.Post())
		if err == nil && n == 0 {
			err = fault.Stale
		}
		if err != nil {
			return err
		}
		return event(ctx, tx, actor, a, unit, thread.Event{Kind: thread.ProposalMoved, Code: string(to), Ref: int64(p)})
	})
}

// Carry tells that what was answered yes has been done. Stale for any other, or when it was replaced or taken back meanwhile.
func (d *Desk) Carry(ctx context.Context, actor *access.Actor, who id.Person, p ID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := posted(actor, who)(ctx, tx, Need)
		if err != nil {
			return err
		}
		return move(ctx, tx, actor, a, p, version, Done)
	})
}

// Of gives what the person of the access has proposed, the newest first.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Proposal, error) {
	key := a.Key(Need)
	newer := map[ID]ID{}
	return store.All(ctx, tx, store.Q(`SELECT proposal_id, about, ref_id, sealed, how, post_id, made_at, state, state_at, answer, answered_at, answered_by, replaces_id, version
	 FROM proposal WHERE area_id = $1 AND person_id = $2 ORDER BY proposal_id DESC`), []any{actor.Area(), a.Person()}, func(r *store.Cursor) (p Proposal, err error) {
		var sealed, answer []byte
		if err := r.Scan(&p.ID, &p.About, &p.Ref, &sealed, &p.How, &p.Post, &p.Made, &p.State, &p.Since, &answer, &p.Answered, &p.Answerer, &p.Replaces, &p.Version); err != nil {
			return p, err
		}
		newer[p.Replaces], p.ReplacedBy = p.ID, newer[p.ID] // the newer one comes first
		f, err := key.Open(sealedAt("sealed", p.ID), 3, sealed)
		if err != nil {
			return p, err
		}
		if p.Words, p.Because, p.Thing = f[0], f[1], f[2]; p.Answered == 0 {
			return p, nil
		}
		if f, err = key.Open(sealedAt("answer", p.ID), 1, answer); err == nil {
			p.Answer = f[0]
		}
		return p, err
	})
}

// Due is a proposal that waits for an answer, or for what it was answered yes to, without what it says.
type Due struct {
	ID     ID
	Person id.Person
	Name   string
	About  About
	State  State
	Since  clock.Instant
}

// DueOf gives what waits at the actor's unit, the oldest first, at most so many: of those whose coach they are, or who have none.
func DueOf(ctx context.Context, tx *store.Tx, actor *access.Actor, most int) ([]Due, error) {
	s, err := access.Over(ctx, tx, actor, access.Identity|Need, access.ForPlan)
	if err != nil {
		return nil, err
	}
	return store.All(ctx, tx, due, s.Args(actor.Unit(), most), func(r *store.Cursor) (x Due, err error) {
		var identity []byte
		a, err := s.Row(r, &identity, &x.ID, &x.About, &x.State, &x.Since)
		if err != nil {
			return x, err
		}
		x.Person = a.Person()
		x.Name, err = person.NameOf(a, identity)
		return x, err
	})
}

var due = store.Q(`SELECT ` + access.Columns + `, p.identity, q.proposal_id, q.about, q.state, q.state_at FROM proposal q
  JOIN person p ON p.area_id = q.area_id AND p.person_id = q.person_id
 WHERE q.area_id = $1 AND q.unit_id = $7 AND q.state IN ('waiting', 'approved')
  AND (SELECT 1 FROM enrolment e WHERE e.area_id = q.area_id AND e.person_id = q.person_id AND e.unit_id = q.unit_id AND e.state <> 'left' LIMIT 1) = 1
  AND coalesce((SELECT a.post_id FROM assignment a WHERE a.area_id = $1 AND a.person_id = q.person_id
    AND a.from_on <= $4 AND a.to_on > $4 AND a.ended_at > $3 LIMIT 1), $2) = $2
  AND ` + access.Visible + ` ORDER BY q.state_at, q.proposal_id LIMIT 0 + $8`)
