package logcheck

import (
	"context"
	"slices"
	"strings"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/reading"
	"sluss/internal/store"
)

type (
	roundTag   struct{}
	readingTag struct{}
)

// RoundID is the id of a round.
type RoundID = id.Of[roundTag]

// ReadingID is the id of a reading that is to be looked at.
type ReadingID = id.Of[readingTag]

// Round is one round of a unit, of those in a role.
type Round struct {
	ID       RoundID
	Role     access.Role
	From, To clock.Date // To is the day after the last
	Among    int        // how many readings there were to draw from
	Pointed  int        // how many a rule pointed at
	Readings int        // how many are looked at
	Looks    int        // how many are to be looked into
	At       clock.Instant
	By       id.Post       // who drew
	Signed   clock.Instant // 0 until it is done
	SignedBy id.Post
}

// Reading is what one post read about one person on one day, for who checks it.
type Reading struct {
	ID      ReadingID
	Round   RoundID
	Who     id.Person
	Name    string // the person's
	Post    id.Post
	On      clock.Date
	Acts    []reading.Act
	Why     Why
	Finding string // "" until somebody has looked
	Note    string
	By      id.Post // who looked
	Version int
	sealed  []byte
}

// State is what the page of the log check shows.
type State struct {
	Rounds  []Round // the newest first
	Open    *Round  // the actor's, that is not signed
	List    []Reading
	Lists   []Listing  // of the days of Open, by worker
	Looking []Reading  // of signed rounds, what is to be looked into
	Next    clock.Date // when the next round is to be, "" for an actor who draws none
	May     bool       // the actor begins rounds
}

// lookedInto is how long a reading that is to be looked into can be opened after its round was signed; so says access.ByCheck too.
const lookedInto = 90 * 24 * time.Hour

// mostWords bounds what is written, in characters.
const mostWords = 2000

// State gives the rounds of the actor's unit, and what is the actor's to look at. Only for those who check.
func (d *Desk) State(ctx context.Context, actor *access.Actor) (s State, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		s = State{}
		if err := access.Unit(ctx, tx, actor, roles...); err != nil {
			return err
		}
		if s.Rounds, err = selectRounds(ctx, tx, actor); err != nil {
			return err
		}
		err = mayDraw(ctx, tx, actor)
		if s.May = err == nil; err != nil && !fault.Is(err, fault.Forbidden) {
			return err
		}
		s.Next = nextOn(s.Rounds, actor.Today())
		for i := range s.Rounds {
			if r := &s.Rounds[i]; r.Signed == 0 && r.Role == actor.Role() {
				s.Open = r
			}
		}
		if s.Open != nil {
			if s.Lists, err = listings(ctx, tx, actor, clock.Span{From: s.Open.From, To: s.Open.To}); err != nil {
				return err
			}
		}
		list, err := selectReadings(ctx, tx, actor)
		if err != nil {
			return err
		}
		return s.fill(ctx, tx, actor, list)
	})
	return s, err
}

// nextOn is the day of the next round.
func nextOn(rounds []Round, today clock.Date) clock.Date {
	if len(rounds) == 0 {
		return today
	}
	return rounds[0].To.Add(Every)
}

// fill opens each reading in turn. Whom a prohibition has come to keep from the actor is left out.
func (s *State) fill(ctx context.Context, tx *store.Tx, actor *access.Actor, list []Reading) error {
	for _, r := range list {
		a, err := access.OpenChecked(ctx, tx, actor, r.Who, access.Read, true)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if err := r.open(ctx, tx, actor, a); err != nil {
			return err
		}
		if s.Open != nil && r.Round == s.Open.ID {
			s.List = append(s.List, r)
		} else {
			s.Looking = append(s.Looking, r)
		}
	}
	return nil
}

// open reads what is about the person, and what was read.
func (r *Reading) open(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (err error) {
	if r.Name, err = person.FullName(ctx, tx, actor, a); err != nil {
		return err
	}
	if r.Acts, err = reading.Acts(ctx, tx, actor, a, r.On, r.Post); err != nil || r.Finding == "" {
		return err
	}
	f, err := a.Key(access.Identity).Open(notePlace(r.ID), 1, r.sealed)
	if err == nil {
		r.Note = f[0]
	}
	return err
}

// Reading opens one that is the actor's to look at. Missing for everybody else, and once its round is signed and nothing is left to
// look into.
func (d *Desk) Reading(ctx context.Context, actor *access.Actor, who id.Person, id ReadingID) (r Reading, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.OpenChecked(ctx, tx, actor, who, access.Read, false)
		if err != nil {
			return err
		}
		if r, err = mine(ctx, tx, actor, a, id); err != nil {
			return err
		}
		return r.open(ctx, tx, actor, a)
	})
	return r, err
}

func mine(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, id ReadingID) (Reading, error) {
	list, err := selectReading(ctx, tx, actor, a, id)
	if err == nil && len(list) == 0 {
		err = fault.Missing
	}
	if err != nil {
		return Reading{}, err
	}
	return list[0], nil
}

// Judge writes what the actor has come to about a reading: one of Findings, and a note, which Look needs. A finding can be changed
// while the reading can be opened.
func (d *Desk) Judge(ctx context.Context, actor *access.Actor, who id.Person, id ReadingID, version int, finding, note string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenChecked(ctx, tx, actor, who, access.Write, false)
		if err != nil {
			return err
		}
		r, err := mine(ctx, tx, actor, a, id)
		if err != nil {
			return err
		}
		note = strings.TrimSpace(note)
		if err := check(finding, note); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE log_reading SET finding = $5, note = $6, judged_by = $7, version = version + 1
		 WHERE area_id = $1 AND round_id = $2 AND reading_id = $3 AND version = $4`), actor.Area(), r.Round, id, version, finding,
			a.Key(access.Identity).Seal(notePlace(id), note), actor.Post())
		if err == nil && n == 0 {
			err = fault.Stale
		}
		if err == nil && r.Finding == Look { // in a round that is signed it can no longer be opened
			err = access.Raise(ctx, tx, actor.Area(), actor.Now())
		}
		return err
	})
}

// check says what is wrong with what one came to, by its fields: finding, note.
func check(finding, note string) error {
	var form fault.Form
	if !slices.Contains(Findings, finding) {
		form.Add("finding", "form.choose")
	}
	if finding == Look && note == "" {
		form.Add("note", "logcheck.note.needed")
	}
	if len([]rune(note)) > mostWords {
		form.Add("note", "form.long", mostWords)
	}
	return form.Err()
}

// Sign ends the round of the actor's role: from then on it opens nobody but those who are to be looked into. Conflict while
// somebody in that role can look at what nobody has looked at.
func (d *Desk) Sign(ctx context.Context, actor *access.Actor, round RoundID) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, roles...); err != nil {
			return err
		}
		if err := looked(ctx, tx, actor, round); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE log_round SET signed_at = $5, signed_by = $6 WHERE area_id = $1 AND round_id = $2 AND unit_id = $3 AND role = $4 AND signed_at = 0`),
			actor.Area(), round, actor.Unit(), int(actor.Role()), int64(actor.Now()), actor.Post())
		if err == nil && n == 0 {
			err = fault.Missing
		}
		if err != nil {
			return err
		}
		return access.Raise(ctx, tx, actor.Area(), actor.Now())
	})
}

// looked refuses a round in which something is left that somebody in the actor's role may look at, themself or a colleague.
func looked(ctx context.Context, tx *store.Tx, actor *access.Actor, round RoundID) error {
	left, err := unjudged(ctx, tx, actor, round)
	if err != nil || len(left) == 0 {
		return err
	}
	c, err := checkersOf(ctx, tx, actor)
	if err != nil {
		return err
	}
	c.posts = slices.DeleteFunc(c.posts, func(o org.Post) bool { return o.Role != actor.Role() })
	for _, x := range left {
		role, err := c.roleFor(ctx, tx, actor, x.post, x.person)
		if err != nil {
			return err
		}
		if role != 0 {
			return fault.New(fault.Conflict, "logcheck.left")
		}
	}
	return nil
}

// Waiting tells of a round that waits for somebody.
type Waiting struct {
	Waits bool
	Begun bool // it has been begun, and is to be signed
	Since clock.Date
}

// Due tells whether a round waits for the actor.
func Due(ctx context.Context, tx *store.Tx, actor *access.Actor) (w Waiting, err error) {
	if !slices.Contains(roles, actor.Role()) {
		return w, nil
	}
	list, err := selectRounds(ctx, tx, actor)
	if err != nil {
		return w, err
	}
	for _, r := range list {
		if r.Signed == 0 && r.Role == actor.Role() {
			return Waiting{true, true, r.At.Date()}, nil
		}
	}
	since := nextOn(list, actor.Today())
	if since > actor.Today() {
		return w, nil
	}
	err = mayDraw(ctx, tx, actor)
	if fault.Is(err, fault.Forbidden) {
		return w, nil
	}
	return Waiting{err == nil, false, since}, err
}
