package enquiry

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// Ask asks about somebody's plan: another agency or the person, by who works at the gateway; the gateway or the person, by who works
// at another agency. Conflict when no plan is worked in.
func (d *Desk) Ask(ctx context.Context, actor *access.Actor, who id.Person, f Form) (ID, error) {
	return d.ask(ctx, actor, posted(actor, who), f)
}

// AskOwn is Ask for the person alone on their own pages: of the gateway, or of an agency that they have said yes to.
func (d *Desk) AskOwn(ctx context.Context, actor *access.Actor, f Form) (ID, error) {
	return d.ask(ctx, actor, own(actor), f)
}

// Reply answers what the actor's own unit is asked. Missing for what others are asked, Stale when it has been answered.
func (d *Desk) Reply(ctx context.Context, actor *access.Actor, who id.Person, e ID, version int, words string) error {
	return d.reply(ctx, actor, posted(actor, who), e, version, words)
}

// ReplyOwn answers what the person is asked, by themselves.
func (d *Desk) ReplyOwn(ctx context.Context, actor *access.Actor, e ID, version int, words string) error {
	return d.reply(ctx, actor, own(actor), e, version, words)
}

// TakeBack takes back what the actor's own side has asked and nobody has answered. It stays where it stood, marked as taken back, and
// nobody waits for it. Missing for what others ask, Stale when it has been answered.
func (d *Desk) TakeBack(ctx context.Context, actor *access.Actor, who id.Person, e ID, version int) error {
	return d.takeBack(ctx, actor, posted(actor, who), e, version)
}

// TakeBackOwn takes back what the person asks, by themselves.
func (d *Desk) TakeBackOwn(ctx context.Context, actor *access.Actor, e ID, version int) error {
	return d.takeBack(ctx, actor, own(actor), e, version)
}

// AskTogether is AskOwn at the table, where staff of the gateway write for the person.
func (d *Desk) AskTogether(ctx context.Context, actor *access.Actor, who id.Person, f Form) (ID, error) {
	return d.ask(ctx, actor, joint(actor, who), f)
}

// ReplyTogether answers what the person is asked, at the table.
func (d *Desk) ReplyTogether(ctx context.Context, actor *access.Actor, who id.Person, e ID, version int, words string) error {
	return d.reply(ctx, actor, joint(actor, who), e, version, words)
}

// TakeBackTogether takes back what the person asks, at the table.
func (d *Desk) TakeBackTogether(ctx context.Context, actor *access.Actor, who id.Person, e ID, version int) error {
	return d.takeBack(ctx, actor, joint(actor, who), e, version)
}

// right opens the plan for writing; self is when it is the person who acts, alone or at the table.
type right func(context.Context, *store.Tx) (a access.Access, self bool, err error)

// joint is the right of the person where staff of the gateway write for them.
func joint(actor *access.Actor, who id.Person) right {
	return func(ctx context.Context, tx *store.Tx) (access.Access, bool, error) {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return access.Access{}, true, err
		}
		a, err := access.Open(ctx, tx, actor, who, Need, access.Write, access.ForCollaboration)
		if err == nil && abroad(a) {
			err = fault.Missing
		}
		return a, true, err
	}
}

// posted is the right of a post: those who work with people's plans, here or at another agency.
func posted(actor *access.Actor, who id.Person) right {
	return func(ctx context.Context, tx *store.Tx) (access.Access, bool, error) {
		if err := access.Unit(ctx, tx, actor, append([]access.Role{access.Officer}, access.Caseworkers...)...); err != nil {
			return access.Access{}, false, err
		}
		a, err := access.Open(ctx, tx, actor, who, Need, access.Write, access.ForCollaboration)
		return a, false, err
	}
}

func own(actor *access.Actor) right {
	return func(ctx context.Context, tx *store.Tx) (access.Access, bool, error) {
		a, err := access.OpenOwn(ctx, tx, actor, Need, access.Write)
		return a, true, err
	}
}

func (d *Desk) ask(ctx context.Context, actor *access.Actor, may right, f Form) (ID, error) {
	e := id.New[enquiryTag](actor.Now())
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		a, self, err := may(ctx, tx)
		if err != nil {
			return err
		}
		p, err := worked(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if !p.Living() && (!self || p.Enrolment.Unit == 0) {
			return fault.New(fault.Conflict, "enquiry.over")
		}
		list, err := sides(ctx, tx, actor, a, p, self)
		if err != nil {
			return err
		}
		if err := f.check(p, list); err != nil {
			return err
		}
		by, err := acting(ctx, tx, actor, a, p, self)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, store.Q(`INSERT INTO enquiry (area_id, person_id, enquiry_id, plan_id, goal_id, from_unit, from_post, to_unit, task, sealed, asked_at,
		 answer, answered_at, answered_by, taken_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, 0, 0, 1)`), actor.Area(), a.Person(), e, planned(p), f.Goal,
			by.Unit, actor.Post(), f.To, store.Flag(f.Task), a.Key(Need).Seal(wordsPlace("sealed", e), f.Words), int64(actor.Now()), []byte{}); err != nil {
			return err
		}
		to, _ := sideOf(list, f.To)
		return event(ctx, tx, actor, a, p, thread.Event{Kind: thread.Enquired, Code: to.code(), Agency: to.Agency, Goal: int64(f.Goal), Ref: int64(e)})
	})
	return e, err
}

// planned is the plan's id as stored, nil for none.
func planned(p plan.Plan) any {
	if p.ID == 0 {
		return nil
	}
	return p.ID
}

func (d *Desk) reply(ctx context.Context, actor *access.Actor, may right, e ID, version int, words string) error {
	return d.open(ctx, actor, may, e, func(tx *store.Tx, a access.Access, p plan.Plan, old Enquiry, by Side) error {
		if old.To != by.Unit {
			return fault.Missing
		}
		words = strings.TrimSpace(words)
		var form fault.Form
		checkWords(&form, "answer", words, "enquiry.answer.needed")
		if err := form.Err(); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE enquiry SET answer = $5, answered_at = $6, answered_by = $7, version = version + 1
		 WHERE area_id = $1 AND person_id = $2 AND enquiry_id = $3 AND version = $4 AND answered_at = 0 AND taken_at = 0`), actor.Area(), a.Person(), e, version,
			a.Key(Need).Seal(wordsPlace("answer", e), words), int64(actor.Now()), actor.Post())
		if err == nil && n == 0 {
			return fault.Stale
		}
		if err != nil {
			return err
		}
		return event(ctx, tx, actor, a, p, thread.Event{Kind: thread.EnquiryAnswered, Code: by.code(), Agency: by.Agency, Goal: int64(old.Goal), Ref: int64(e)})
	})
}

func (d *Desk) takeBack(ctx context.Context, actor *access.Actor, may right, e ID, version int) error {
	return d.open(ctx, actor, may, e, func(tx *store.Tx, a access.Access, p plan.Plan, old Enquiry, by Side) error {
		if old.From != by.Unit {
			return fault.Missing
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE enquiry SET taken_at = $5, version = version + 1
		 WHERE area_id = $1 AND person_id = $2 AND enquiry_id = $3 AND version = $4 AND answered_at = 0 AND taken_at = 0`), actor.Area(), a.Person(), e, version, int64(actor.Now()))
		if err == nil && n == 0 {
			return fault.Stale
		}
		if err != nil {
			return err
		}
		return event(ctx, tx, actor, a, p, thread.Event{Kind: thread.EnquiryTaken, Code: by.code(), Agency: by.Agency, Goal: int64(old.Goal), Ref: int64(e)})
	})
}

// open opens a plan for a change of one of its enquiries, with the side that the actor acts for.
func (d *Desk) open(ctx context.Context, actor *access.Actor, may right, e ID, f func(*store.Tx, access.Access, plan.Plan, Enquiry, Side) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, self, err := may(ctx, tx)
		if err != nil {
			return err
		}
		v, err := read(ctx, tx, actor, a, self)
		if err != nil {
			return err
		}
		old := v.Enquiry(e)
		if old == nil {
			return fault.Missing
		}
		by, err := acting(ctx, tx, actor, a, v.Plan, self)
		if err != nil {
			return err
		}
		return f(tx, a, v.Plan, *old, by)
	})
}

// event writes what has happened to the thread, of the unit that the plan is made at.
func event(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, p plan.Plan, e thread.Event) error {
	e.Person, e.At, e.Unit, e.Post = a.Person(), actor.Now(), p.Enrolment.Unit, actor.Post()
	if err := person.Touch(ctx, tx, actor, a); err != nil {
		return err
	}
	return thread.Write(ctx, tx, actor.Area(), e)
}
