package application

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/referral"
	"sluss/internal/store"
)

// MostSent is how many referrals a system may send in one day.
const MostSent = 200

// The refusals of Send that are no fault of the form.
var (
	ErrMostSent = fault.New(fault.Unavailable, "system.most")
	ErrOtherKey = fault.New(fault.Conflict, "system.key.other")
)

// Sending is a referral as a system sends it. Key is the system's own word for this sending, and Body all that it sent: the same twice
// is one referral, and another body under a key that was used is ErrOtherKey.
type Sending struct {
	Form
	Protected bool // the person's details are protected: such a referral is never sent this way
	Key       string
	Body      []byte
}

func (f *Sending) check(today clock.Date) error {
	f.Kind = Sent
	form := fault.Fields(f.Check())
	if f.Protected {
		form.Add("protected", "system.protected")
	}
	if f.ReplyBy != "" && f.ReplyBy < today {
		form.Add("reply_by", "referral.reply.past", f.ReplyBy)
	}
	return form.Err()
}

// Send takes a referral from the system that acts, to the gateway it was made for. Like Ask it looks nobody up: the person waits until
// a worker has made sure who it is. ErrMostSent when the system has sent as many as it may in a day.
func (d *Desk) Send(ctx context.Context, actor *access.Actor, f Sending) (a ID, on clock.Date, err error) {
	press := sha256.Sum256(fmt.Appendf(nil, "%s %s", actor.Post(), f.Key))
	body, err := actor.Keys().Index("sent", string(f.Body))
	if err != nil {
		return 0, "", err
	}
	f.Press = press[:]
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.System); err != nil {
			return err
		}
		if a, on, err = before(ctx, tx, actor, f.Press, body); err != nil || a != 0 {
			return err
		}
		if err := f.check(actor.Today()); err != nil {
			return err
		}
		var gateway id.Unit
		if err := tx.One(ctx, store.Q(`SELECT unit_id FROM agency_system WHERE area_id = $1 AND post_id = $2`), []any{actor.Area(), actor.Post()}, &gateway); err != nil {
			return err
		}
		a, on = id.New[tag](actor.Now()), actor.Today()
		if _, err := insert(ctx, tx, actor.Keys(), actor.Area(), gateway, a, f.Form, actor.Now()); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO application_sent (area_id, application_id, post_id, body_hash, referral_id, person_id) VALUES ($1, $2, $3, $4, 0, 0)`),
			actor.Area(), a, actor.Post(), body); err != nil {
			return err
		}
		return few(ctx, tx, actor)
	})
	if err != nil {
		return 0, "", err
	}
	return a, on, nil
}

// before gives what was sent under the same key already; 0 for nothing.
func before(ctx context.Context, tx *store.Tx, actor *access.Actor, press, body []byte) (a ID, on clock.Date, err error) {
	var kept []byte
	err = tx.One(ctx, store.Q(`SELECT a.application_id, a.on_date, s.body_hash FROM application a
	 JOIN application_sent s ON s.area_id = a.area_id AND s.application_id = a.application_id WHERE a.area_id = $1 AND a.press = $2`),
		[]any{actor.Area(), press}, &a, &on, &kept)
	if store.None(err) {
		return 0, "", nil
	}
	if err == nil && !bytes.Equal(kept, body) {
		err = ErrOtherKey
	}
	return a, on, err
}

func few(ctx context.Context, tx *store.Tx, actor *access.Actor) error {
	var today int
	err := tx.One(ctx, store.Q(`SELECT count(*) FROM application_sent s JOIN application a ON a.area_id = s.area_id AND a.application_id = s.application_id
	 WHERE s.area_id = $1 AND s.post_id = $2 AND a.on_date = $3`), []any{actor.Area(), actor.Post(), string(actor.Today())}, &today)
	if err == nil && today > MostSent {
		err = ErrMostSent
	}
	return err
}

// sender gives for whom the system acts that sent it.
func sender(ctx context.Context, tx *store.Tx, area id.Area, a ID) (agency id.Agency, unit id.Unit, err error) {
	err = tx.One(ctx, store.Q(`SELECT u.agency_id, u.unit_id FROM application_sent s JOIN post o ON o.area_id = s.area_id AND o.post_id = s.post_id
	 JOIN unit u ON u.area_id = o.area_id AND u.unit_id = o.unit_id WHERE s.area_id = $1 AND s.application_id = $2`), []any{area, a}, &agency, &unit)
	return agency, unit, err
}

// link remembers which referral a sending became, so that its sender can be told how it went; any other application has no such row.
func link(ctx context.Context, tx *store.Tx, area id.Area, a ID, r referral.ID, who id.Person) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE application_sent SET referral_id = $3, person_id = $4 WHERE area_id = $1 AND application_id = $2`), area, a, r, who)
	return err
}
