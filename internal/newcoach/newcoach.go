// Package newcoach is that somebody would like another coach: asked for past the coach, without a reason, and answered by who leads or
// coordinates the unit.
package newcoach

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type tag struct{}

// ID is the id of a wish.
type ID = id.Of[tag]

// Desk is where another coach is asked for, and the answer given.
type Desk struct{ Store *store.Store }

// Need is what an access must cover.
const Need = access.Identity

// How is the way it was asked.
type How string

// The ways, as stored; their names are texts opinion.how.*.
const (
	Own   How = "own"   // by the person on their own pages
	Table How = "table" // together with staff
	Paper How = "paper" // typed in from a paper
)

// State is where a wish stands.
type State string

// The states, as stored; their names are texts newcoach.state.*.
const (
	Waiting   State = "waiting"
	Given     State = "given" // another coach
	Declined  State = "declined"
	Withdrawn State = "withdrawn"
)

// Wish is that somebody would like another coach.
type Wish struct {
	ID       ID
	Words    string // the person's, "" for none
	How      How
	At       clock.Instant
	State    State
	Answer   string        // why not, and what is done instead
	Answered clock.Instant // when it ceased to wait, 0 while it does
	By       id.Post       // who answered, 0 for the person themself
	Version  int
}

// mostWords bounds each of the texts, in characters.
const mostWords = 2000

func check(words, field, needed string) (string, error) {
	var form fault.Form
	words = strings.TrimSpace(words)
	if words == "" && needed != "" {
		form.Add(field, needed)
	}
	if len([]rune(words)) > mostWords {
		form.Add(field, "form.long", mostWords)
	}
	return words, form.Err()
}

func sealedAt(column string, w ID) vault.Place {
	return vault.Place{Table: "coach_wish", Column: column, Row: int64(w)}
}

// OwnOf gives what the person of the access has asked for, the newest first. For the person alone, and for who answers.
func OwnOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Wish, error) {
	key := a.Key(Need)
	return store.All(ctx, tx, store.Q(`SELECT wish_id, sealed, how, at, state, answer, answered_at, answered_by, version FROM coach_wish
	 WHERE area_id = $1 AND person_id = $2 ORDER BY wish_id DESC`), []any{actor.Area(), a.Person()}, func(r *store.Cursor) (w Wish, err error) {
		var sealed, answer []byte
		if err = r.Scan(&w.ID, &sealed, &w.How, &w.At, &w.State, &answer, &w.Answered, &w.By, &w.Version); err != nil {
			return w, err
		}
		f, err := key.Open(sealedAt("sealed", w.ID), 1, sealed)
		if err != nil {
			return w, err
		}
		if w.Words = f[0]; w.State != Declined {
			return w, nil
		}
		if f, err = key.Open(sealedAt("answer", w.ID), 1, answer); err == nil {
			w.Answer = f[0]
		}
		return w, err
	})
}
