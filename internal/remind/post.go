package remind

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/job"
	"sluss/internal/mail"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/vault"
)

type reminderTag struct{}

// Job is the kind of job that sends one reminder.
const Job = "remind"

type payload struct {
	Reminder id.Of[reminderTag] `json:"reminder"`
}

// Post makes reminders when their hour has come, and sends them.
type Post struct {
	Store *store.Store
	Vault *vault.Vault
	Clock clock.Clock
	Mail  mail.Sender // nil: there is no mail server, and no e-mail is sent
	Text  mail.Sender // nil: there is no way out for text messages
	// Told tells whether somebody has said that they do not come to an occasion; that alone is known here of who comes.
	Told func(ctx context.Context, tx *store.Tx, area id.Area, who id.Person, occasion int64) (bool, error)
}

// Kinds are the kinds of jobs that Post does.
func (p *Post) Kinds() map[string]func(context.Context, job.Job) error {
	return map[string]func(context.Context, job.Job) error{Job: p.send}
}

const lookEvery = 5 * time.Minute

// Run makes reminders until ctx ends. What fails is logged and tried again.
func (p *Post) Run(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if err := p.all(ctx); err != nil && ctx.Err() == nil {
			slog.ErrorContext(ctx, "make reminders", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (p *Post) all(ctx context.Context) error {
	var areas []org.Area
	err := p.Store.Read(ctx, func(tx *store.Tx) (err error) {
		areas, err = org.Areas(ctx, tx)
		return err
	})
	for _, a := range areas {
		if err == nil {
			err = p.Make(ctx, a.ID)
		}
	}
	return err
}

// Make leaves a job for each reminder whose hour has come, once for each time as it stands, and for each notice of a change, once.
func (p *Post) Make(ctx context.Context, area id.Area) error {
	now := p.Clock.Now()
	day, choice := going(now)
	if choice == "" {
		return nil
	}
	var list []planned
	err := p.Store.Read(ctx, func(tx *store.Tx) (err error) {
		if list, err = due(ctx, tx, area, day, choice, now); err != nil {
			return err
		}
		told, err := news(ctx, tx, area, now)
		list = append(list, told...)
		return err
	})
	for _, x := range list {
		if err == nil {
			err = p.Store.Write(ctx, func(tx *store.Tx) error { return x.queue(ctx, tx, area, now) })
		}
	}
	return err
}

func (x planned) queue(ctx context.Context, tx *store.Tx, area id.Area, now clock.Instant) error {
	row := id.New[reminderTag](now)
	n, err := tx.Exec(ctx, store.Q(`INSERT INTO reminder (area_id, reminder_id, person_id, what, ref_id, on_date, at, sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)
	 ON CONFLICT (area_id, person_id, what, ref_id, on_date, at) DO NOTHING`), area, row, x.Person, x.What, x.Ref, string(x.On), string(x.At))
	if err != nil || n == 0 {
		return err
	}
	return job.EnqueueAbout(ctx, tx, area, int64(x.Person), Job, payload{row}, now)
}

// send sends one reminder, at most once: that it goes is written before it does, and taken back only when the server has answered
// that it did not take it. A process that dies in between leaves it unsent, which is better than twice.
func (p *Post) send(ctx context.Context, j job.Job) error {
	var x payload
	if err := j.Read(&x); err != nil {
		return err
	}
	var out mail.Sender
	var m mail.Message
	err := p.Store.Write(ctx, func(tx *store.Tx) (err error) {
		out, m, err = p.letter(ctx, tx, j.Area, x.Reminder)
		return err
	})
	if err != nil || out == nil {
		return err
	}
	failed := out.Send(ctx, m)
	if failed == nil || errors.Is(failed, mail.ErrRefused) {
		return nil
	}
	if err := p.Store.Write(context.WithoutCancel(ctx), func(tx *store.Tx) error {
		return sent(ctx, tx, j.Area, x.Reminder, 0)
	}); err != nil {
		return err
	}
	return failed
}

func sent(ctx context.Context, tx *store.Tx, area id.Area, row id.Of[reminderTag], at clock.Instant) error {
	_, err := tx.Exec(ctx, store.Q(`UPDATE reminder SET sent_at = $3 WHERE area_id = $1 AND reminder_id = $2`), area, row, int64(at))
	return err
}

// letter writes the message from what holds now, in the transaction that logs it as a disclosure, and gives the way out for it: nil for
// nothing to send. A time that was called off or moved, somebody who has told that they do not come, who rests, who is protected or no
// longer wants it: to none of these anything goes.
func (p *Post) letter(ctx context.Context, tx *store.Tx, area id.Area, row id.Of[reminderTag]) (out mail.Sender, m mail.Message, err error) {
	now := p.Clock.Now()
	x, err := one(ctx, tx, area, row, now)
	if err != nil || x == nil || x.Post == 0 {
		return nil, m, err
	}
	if x.What == "occasion" {
		if told, err := p.Told(ctx, tx, area, x.Person, x.Ref); err != nil || told {
			return nil, m, err
		}
	}
	keys, err := p.Vault.Area(ctx, tx, area)
	if err != nil {
		return nil, m, err
	}
	actor, err := access.Enter(ctx, tx, keys, area, x.Post, now, "job "+Job)
	if fault.Is(err, fault.Forbidden) {
		return nil, m, nil
	}
	if err != nil {
		return nil, m, err
	}
	actor.Declare(access.Identity|access.Contact, access.Export)
	a, err := access.Open(ctx, tx, actor, x.Person, access.Identity|access.Contact, access.Export, access.ForContact)
	if fault.Is(err, fault.NotFound) {
		return nil, m, nil
	}
	if err != nil {
		return nil, m, err
	}
	who, err := person.Get(ctx, tx, actor, a)
	if err != nil || who.Protection != person.Unprotected {
		return nil, m, err
	}
	if out, m = p.words(who, *x); out == nil {
		return nil, m, nil
	}
	return out, m, sent(ctx, tx, area, row, now)
}

// words are the same whatever the time is for.
func (p *Post) words(who person.Person, x planned) (mail.Sender, mail.Message) {
	l := i18n.Get(who.Language)
	subject, long, short, after := l.T("remind.subject"), l.T("remind.mail", l.Day(x.On), l.Time(x.At)), l.T("remind.text", l.Day(x.On), l.Time(x.At)), l.T("remind.else")
	if x.What == changed || x.What == undone {
		subject, long, short, after = l.T("remind.changed.subject"), l.T("remind.changed"), l.T("remind.changed"), l.T("remind.changed.else")
	}
	switch {
	case who.Reach == "email" && who.Email != "" && p.Mail != nil:
		return p.Mail, mail.Message{To: who.Email, Subject: subject, Text: l.T("remind.hello") + "\n\n" + long + "\n\n" + after + "\n"}
	case who.Reach == "sms" && who.Phone != "" && p.Text != nil:
		return p.Text, mail.Message{To: who.Phone, Text: short + " " + after}
	}
	return nil, mail.Message{}
}
