package application

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/referral"
	"sluss/internal/store"
)

// Status is where a referral stands, as far as its sender is told.
type Status string

// The statuses. That somebody does not want to is for them to tell, and who was called is the gateway's.
const (
	IsReceived   Status = "received"
	IsAnswered   Status = "answered"   // the gateway has written an answer, or has answered in another way
	IsStarted    Status = "started"    // the person has an individual start
	IsRedirected Status = "redirected" // somebody else is right for the person; who is told by the person
)

// Statuses are all of them.
var Statuses = []Status{IsReceived, IsAnswered, IsStarted, IsRedirected}

// Told is what the sender of a referral is told: what a letter would say, and nothing more.
type Told struct {
	ID         ID
	Status     Status
	On         clock.Date // since when
	ReceivedOn clock.Date
	AnsweredOn clock.Date // "" for not yet
	Answer     string     // what was answered in writing
}

// Told tells a system how it went with a referral that it sent itself; any other is Missing. Of somebody whose record is protected or
// destroyed it is told that the referral was received.
func (d *Desk) Told(ctx context.Context, actor *access.Actor, a ID) (t Told, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.System); err != nil {
			return err
		}
		var state State
		var done clock.Instant
		var r referral.ID
		var who id.Person
		t = Told{ID: a, Status: IsReceived}
		err := tx.One(ctx, store.Q(`SELECT a.on_date, a.state, a.done_at, s.referral_id, s.person_id FROM application_sent s
		 JOIN application a ON a.area_id = s.area_id AND a.application_id = s.application_id
		 WHERE s.area_id = $1 AND s.post_id = $2 AND s.application_id = $3`), []any{actor.Area(), actor.Post(), a}, &t.ReceivedOn, &state, &done, &r, &who)
		if store.None(err) {
			return fault.Missing
		}
		t.On = t.ReceivedOn
		if err == nil && state == Answered {
			t.Status, t.On, t.AnsweredOn = IsAnswered, done.Date(), done.Date()
		}
		if err != nil || r == 0 {
			return err
		}
		return t.read(ctx, tx, actor, who, r)
	})
	return t, err
}

// read adds what the gateway has done since the person was put in the queue.
func (t *Told) read(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, r referral.ID) error {
	acc, err := access.OpenSent(ctx, tx, actor, who)
	if err == fault.Missing {
		return nil
	}
	if err != nil {
		return err
	}
	x, err := referral.ToldOf(ctx, tx, actor, acc, r)
	if err != nil {
		return err
	}
	t.AnsweredOn, t.Answer = x.RepliedOn, x.Reply
	switch {
	case x.State == referral.Started:
		t.Status, t.On = IsStarted, x.StateOn
	case x.State == referral.Redirected:
		t.Status, t.On = IsRedirected, x.StateOn
	case x.RepliedOn != "":
		t.Status, t.On = IsAnswered, x.RepliedOn
	}
	return nil
}
