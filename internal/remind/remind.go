// Package remind is reminders of times that somebody has, by e-mail or text message: the evening before or the same morning, as the
// person has chosen. What is sent says when, and neither what, where nor why. When an occasion is called off or moved, whoever has a place in
// it hears in the same way that a time has changed.
package remind

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// Desk is where what people choose is kept.
type Desk struct{ Store *store.Store }

// Need is what an access must cover for what somebody has chosen to be read or changed.
const Need = access.Contact

// Mine is what holds for one person.
type Mine struct {
	Choice  string // one of org.Reminders
	Own     bool   // the person has chosen; else it is what their unit does
	Reached bool   // they want e-mail or text messages, and have an address or a number
	Version int    // of what was chosen, 0 for nothing
}

// Of gives what holds for the person of the access.
func Of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (m Mine, err error) {
	a.Must(Need)
	s, err := org.SettingsAt(ctx, tx, actor.Area(), actor.Unit(), actor.Today())
	if err != nil {
		return m, err
	}
	err = tx.One(ctx, store.Q(`SELECT coalesce(k.choice, ''), coalesce(k.version, 0), CASE WHEN p.reach IN ('email', 'sms') AND `+access.Unshielded+` THEN 1 ELSE 0 END
	 FROM person p LEFT JOIN reminder_choice k ON k.area_id = p.area_id AND k.person_id = p.person_id WHERE p.area_id = $1 AND p.person_id = $2`),
		[]any{actor.Area(), a.Person()}, &m.Choice, &m.Version, &m.Reached)
	if m.Own = m.Choice != ""; !m.Own {
		m.Choice = s.Remind
	}
	return m, err
}

// Choose writes what the person has told staff that they want.
func (d *Desk) Choose(ctx context.Context, actor *access.Actor, who id.Person, version int, choice string) error {
	return d.choose(ctx, actor, version, choice, func(tx *store.Tx) (access.Access, error) {
		return access.Open(ctx, tx, actor, who, Need, access.Write, access.ForContact)
	})
}

// ChooseOwn writes what the person who acts for themself wants.
func (d *Desk) ChooseOwn(ctx context.Context, actor *access.Actor, version int, choice string) error {
	return d.choose(ctx, actor, version, choice, func(tx *store.Tx) (access.Access, error) {
		return access.OpenOwn(ctx, tx, actor, Need, access.Write)
	})
}

func (d *Desk) choose(ctx context.Context, actor *access.Actor, version int, choice string, open func(*store.Tx) (access.Access, error)) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := open(tx)
		if err != nil {
			return err
		}
		if !org.Reminds(choice) {
			return fault.Form{{Kind: fault.Invalid, Key: "form.choose", Field: "remind"}}
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE reminder_choice SET choice = $4, at = $5, post_id = $6, version = version + 1
		 WHERE area_id = $1 AND person_id = $2 AND version = $3`), actor.Area(), a.Person(), version, choice, int64(actor.Now()), actor.Post())
		if err == nil && n == 0 && version == 0 {
			n, err = tx.Exec(ctx, store.Q(`INSERT INTO reminder_choice (area_id, person_id, choice, at, post_id, version) VALUES ($1, $2, $3, $4, $5, 1)
			 ON CONFLICT (area_id, person_id) DO NOTHING`), actor.Area(), a.Person(), choice, int64(actor.Now()), actor.Post())
		}
		if err == nil && n == 0 {
			err = fault.Stale
		}
		return err
	})
}

// The hours that reminders go out: the evening before until it is late, and the same morning until the time itself.
const (
	evening = clock.LocalTime("17:00")
	late    = clock.LocalTime("21:00")
	morning = clock.LocalTime("07:00")
)

// going gives which reminders go out at an instant: of the times of which day, for those who have chosen what. "" for none.
func going(at clock.Instant) (day clock.Date, choice string) {
	switch t := at.LocalTime(); {
	case t >= evening && t < late:
		return at.Date().Add(1), org.RemindEvening
	case t >= morning && t < evening:
		return at.Date(), org.RemindMorning
	default:
		return "", ""
	}
}
