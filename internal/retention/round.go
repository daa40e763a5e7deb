package retention

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

type roundTag struct{}

// RoundID is the id of a round.
type RoundID = id.Of[roundTag]

// State is how far a round has come.
type State string

// The states. A decided round is done when nobody is in it any more.
const (
	Proposed State = "proposed"
	Decided  State = "decided"
	Dropped  State = "dropped"
)

// Waits is for how many days a decision can be taken back before it is carried out.
const Waits = 30

// Round is one proposal about some people. Who they are stands in People, for the head of the unit alone.
type Round struct {
	ID         RoundID
	State      State
	ProposedOn clock.Date
	ProposedBy id.Post
	DecidedOn  clock.Date // "" until somebody else has
	DecidedBy  id.Post
	DueOn      clock.Date // the day it is carried out
	Rule       Rule
	Version    int

	In     int        // to be destroyed
	Done   int        // destroyed
	Out    int        // taken out, or back since
	First  clock.Date // the oldest and the newest last note of those in it
	Last   clock.Date
	Latest clock.Date // by when the first of them must have been destroyed
	People []Person
}

// Mine tells whether the actor proposed it, and so may not decide on it.
func (r Round) Mine(actor *access.Actor) bool { return r.ProposedBy == actor.Post() }

// Propose puts people in a round that somebody else decides on. Each must stand in Due now; who does not is left out. It gives
// how many there are. Invalid when nobody is chosen, Conflict when nobody of them is left.
func (d *Desk) Propose(ctx context.Context, actor *access.Actor, who []id.Person) (n int, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		n = 0
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		s, err := access.Over(ctx, tx, actor, need, access.ForRetention)
		if err != nil {
			return err
		}
		due, err := dueNow(ctx, tx, actor, s)
		if err != nil {
			return err
		}
		list := slices.DeleteFunc(due.People, func(p Person) bool { return !slices.Contains(who, p.ID) })
		switch n = len(list); {
		case len(who) == 0:
			return fault.Form{{Kind: fault.Invalid, Key: "retention.who.needed", Field: "who"}}
		case n == 0:
			return fault.New(fault.Conflict, "retention.changed")
		}
		return propose(ctx, tx, actor, list)
	})
	return n, err
}

func propose(ctx context.Context, tx *store.Tx, actor *access.Actor, list []Person) error {
	round := id.New[roundTag](actor.Now())
	if _, err := tx.Exec(ctx, store.Q(`INSERT INTO weeding_round (area_id, round_id, unit_id, state, proposed_on, proposed_by, decided_on, decided_by, due_on, rule, version)
	 VALUES ($1, $2, $3, 'proposed', $4, $5, '', 0, '', $6, 1)`), actor.Area(), round, actor.Unit(), string(actor.Today()), actor.Post(), On(actor.Today()).ID); err != nil {
		return err
	}
	for _, p := range list {
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO weeding (area_id, round_id, person_id, last_on, latest_on, state, done_on) VALUES ($1, $2, $3, $4, $5, 'in', '')`),
			actor.Area(), round, p.ID, string(p.Last), string(p.Latest)); err != nil {
			return err
		}
	}
	return nil
}

// standing gives the day of a person's last note, and whether they are no concern of any unit and have no other record.
func standing(ctx context.Context, tx *store.Tx, area id.Area, who id.Person, now clock.Instant) (last clock.Date, free bool, err error) {
	var live int
	err = tx.One(ctx, store.Q(`SELECT `+lastNoteOf+`, coalesce((SELECT 1 FROM tie t WHERE t.area_id = $1 AND t.person_id = p.person_id AND t.to_on > $3 AND t.ended_at > $4 LIMIT 1), p.merged)
	 FROM person p WHERE p.area_id = $1 AND p.person_id = $2`), []any{area, who, string(now.Date()), int64(now)}, &last, &live)
	return last, live == 0, err
}

// Decide says yes to a round: it is carried out when Waits days have gone. Forbidden for the worker who proposed it, also from
// another post. Stale when the round is not as it was shown.
func (d *Desk) Decide(ctx context.Context, actor *access.Actor, r RoundID, version int) error {
	if err := mayDecide(actor); err != nil {
		return err
	}
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, Deciders...); err != nil {
			return err
		}
		var same int
		err := tx.One(ctx, store.Q(`SELECT CASE WHEN a.worker_id = b.worker_id THEN 1 ELSE 0 END FROM weeding_round w
		  JOIN post a ON a.area_id = w.area_id AND a.post_id = w.proposed_by JOIN post b ON b.area_id = w.area_id AND b.post_id = $3
		 WHERE w.area_id = $1 AND w.round_id = $2 AND w.unit_id = $4`), []any{actor.Area(), r, actor.Post(), actor.Unit()}, &same)
		if store.None(err) {
			return fault.Missing
		}
		if err != nil {
			return err
		}
		if same == 1 {
			return fault.New(fault.Forbidden, "retention.another")
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE weeding_round SET state = 'decided', decided_on = $4, decided_by = $5, due_on = $6, version = version + 1
		 WHERE area_id = $1 AND round_id = $2 AND unit_id = $7 AND state = 'proposed' AND version = $3`),
			actor.Area(), r, version, string(actor.Today()), actor.Post(), string(actor.Today().Add(Waits)), actor.Unit())
		if err == nil && n == 0 {
			err = fault.Stale
		}
		return err
	})
}

// Drop gives up a round that has not been carried out, proposed or decided.
func (d *Desk) Drop(ctx context.Context, actor *access.Actor, r RoundID, version int) error {
	if err := mayDecide(actor); err != nil {
		return err
	}
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, Deciders...); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE weeding_round SET state = 'dropped', version = version + 1 WHERE area_id = $1 AND round_id = $2 AND unit_id = $3
		  AND state <> 'dropped' AND version = $4
		  AND (SELECT 1 FROM weeding w WHERE w.area_id = $1 AND w.round_id = $2 AND w.state = 'done' LIMIT 1) IS NULL`), actor.Area(), r, actor.Unit(), version)
		if err == nil && n == 0 {
			err = fault.Stale
		}
		return err
	})
}

// TakeOut takes one person out of a round. Stale when it has been carried out, or the person is not in it.
func (d *Desk) TakeOut(ctx context.Context, actor *access.Actor, r RoundID, who id.Person) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Head); err != nil {
			return err
		}
		if _, err := access.Open(ctx, tx, actor, who, access.Identity, access.Read, access.ForRetention); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE weeding SET state = 'out' WHERE area_id = $1 AND round_id = $2 AND person_id = $3 AND state = 'in'
		  AND (SELECT 1 FROM weeding_round r WHERE r.area_id = $1 AND r.round_id = $2 AND r.unit_id = $4 LIMIT 1) = 1`), actor.Area(), r, who, actor.Unit())
		if err == nil && n == 0 {
			err = fault.Stale
		}
		return err
	})
}

// kept is for how many months a round that is over stands in the list.
const kept = 24

// Rounds gives the unit's rounds that go on and those of late, newest first, with the names of who is in them for the head.
func (d *Desk) Rounds(ctx context.Context, actor *access.Actor) (list []Round, err error) {
	if err := mayDecide(actor); err != nil {
		return nil, err
	}
	err = d.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if list, err = rounds(ctx, tx, actor); err != nil || actor.Role() != access.Head {
			return err
		}
		return named(ctx, tx, actor, list)
	})
	return list, err
}

func rounds(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]Round, error) {
	return store.All(ctx, tx, store.Q(`SELECT r.round_id, r.state, r.proposed_on, r.proposed_by, r.decided_on, r.decided_by, r.due_on, r.rule, r.version,
	  sum(CASE WHEN w.state = 'in' THEN 1 ELSE 0 END), sum(CASE WHEN w.state = 'done' THEN 1 ELSE 0 END), sum(CASE WHEN w.state IN ('out', 'back') THEN 1 ELSE 0 END),
	  coalesce(min(CASE WHEN w.state = 'in' THEN w.last_on END), ''), coalesce(max(CASE WHEN w.state = 'in' THEN w.last_on END), ''), coalesce(min(CASE WHEN w.state = 'in' THEN w.latest_on END), '')
	 FROM weeding_round r JOIN weeding w ON w.area_id = r.area_id AND w.round_id = r.round_id
	 WHERE r.area_id = $1 AND r.unit_id = $2 AND r.state <> 'dropped' AND r.proposed_on > $3
	 GROUP BY r.round_id, r.state, r.proposed_on, r.proposed_by, r.decided_on, r.decided_by, r.due_on, r.rule, r.version
	 ORDER BY r.round_id DESC`), []any{actor.Area(), actor.Unit(), string(actor.Today().AddMonths(-kept))}, func(c *store.Cursor) (r Round, err error) {
		var rule string
		err = c.Scan(&r.ID, &r.State, &r.ProposedOn, &r.ProposedBy, &r.DecidedOn, &r.DecidedBy, &r.DueOn, &rule, &r.Version, &r.In, &r.Done, &r.Out, &r.First, &r.Last, &r.Latest)
		for _, known := range Rules {
			if known.ID == rule {
				r.Rule = known
			}
		}
		return r, err
	})
}

// named fills who is in the rounds that go on.
func named(ctx context.Context, tx *store.Tx, actor *access.Actor, list []Round) error {
	s, err := access.Over(ctx, tx, actor, access.Identity, access.ForRetention)
	if err != nil {
		return err
	}
	at := map[RoundID]int{}
	for i, r := range list {
		at[r.ID] = i
	}
	_, err = store.All(ctx, tx, store.Q(`SELECT `+access.Columns+`, p.identity, w.round_id, w.last_on, w.latest_on FROM weeding_round r
	  JOIN weeding w ON w.area_id = r.area_id AND w.round_id = r.round_id AND w.state = 'in'
	  JOIN person p ON p.area_id = w.area_id AND p.person_id = w.person_id
	 WHERE r.area_id = $1 AND r.unit_id = $7 AND r.state <> 'dropped' AND `+access.Visible+` ORDER BY w.last_on, w.person_id`), s.Args(actor.Unit()),
		func(c *store.Cursor) (_ struct{}, err error) {
			var identity []byte
			var round RoundID
			var x Person
			a, err := s.Row(c, &identity, &round, &x.Last, &x.Latest)
			if err != nil {
				return struct{}{}, err
			}
			x.ID = a.Person()
			if x.Name, err = person.NameOf(a, identity); err != nil {
				return struct{}{}, err
			}
			if i, ok := at[round]; ok {
				list[i].People = append(list[i].People, x)
			}
			return struct{}{}, nil
		})
	return err
}

// Waiting is how many of the unit's rounds wait for the actor's decision.
func Waiting(ctx context.Context, tx *store.Tx, actor *access.Actor) (n int, err error) {
	if mayDecide(actor) != nil {
		return 0, nil
	}
	err = tx.One(ctx, store.Q(`SELECT count(*) FROM weeding_round WHERE area_id = $1 AND unit_id = $2 AND state = 'proposed' AND proposed_by <> $3`),
		[]any{actor.Area(), actor.Unit(), actor.Post()}, &n)
	return n, err
}
