package intake

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/job"
	"sluss/internal/mail"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// Post sends invitations and reminders that were left as jobs.
type Post struct {
	Store *store.Store
	Vault *vault.Vault
	Clock clock.Clock
	Mail  mail.Sender // nil: there is no mail server, and no e-mail is sent
	Text  mail.Sender // nil: there is no way out for text messages
}

// Kinds are the kinds of jobs that Post does.
func (p *Post) Kinds() map[string]func(context.Context, job.Job) error {
	return map[string]func(context.Context, job.Job) error{JobInvite: p.invite}
}

// invite sends one invitation. What it says is made from what holds when it is sent: one who has been moved, has said no,
// is protected or may no longer be seen by whoever asked gets nothing.
func (p *Post) invite(ctx context.Context, j job.Job) error {
	var x Invite
	if err := j.Read(&x); err != nil {
		return err
	}
	out, m, err := p.letter(ctx, j, x)
	if err != nil || out == nil {
		return err
	}
	return out.Send(ctx, m)
}

// letter writes the message in the transaction that logs it as a disclosure, and gives the way out for it; nil for nothing
// to send.
func (p *Post) letter(ctx context.Context, j job.Job, x Invite) (out mail.Sender, m mail.Message, err error) {
	err = p.Store.Write(ctx, func(tx *store.Tx) error {
		out = nil
		keys, err := p.Vault.Area(ctx, tx, j.Area)
		if err != nil {
			return err
		}
		actor, err := access.Enter(ctx, tx, keys, j.Area, x.Post, p.Clock.Now(), "job "+JobInvite)
		if fault.Is(err, fault.Forbidden) {
			return nil
		}
		if err != nil {
			return err
		}
		actor.Declare(access.Identity|access.Contact, access.Export)
		out, m, err = p.words(ctx, tx, actor, x)
		return err
	})
	return out, m, err
}

func (p *Post) words(ctx context.Context, tx *store.Tx, actor *access.Actor, x Invite) (out mail.Sender, m mail.Message, err error) {
	a, err := access.Open(ctx, tx, actor, x.Person, access.Identity|access.Contact, access.Export, access.ForStart)
	if fault.Is(err, fault.NotFound) {
		return nil, m, nil
	}
	if err != nil {
		return nil, m, err
	}
	var n int
	err = tx.One(ctx, store.Q(`SELECT count(*) FROM called c JOIN person p ON p.area_id = c.area_id AND p.person_id = c.person_id AND `+access.Unshielded+`
	 WHERE c.area_id = $1 AND c.start_id = $2 AND c.person_id = $3 AND c.moved_to = 0 AND c.answer IN ('', 'yes')`),
		[]any{actor.Area(), x.Start, x.Person}, &n)
	if err != nil || n == 0 {
		return nil, m, err
	}
	who, err := person.Get(ctx, tx, actor, a)
	if err != nil {
		return nil, m, err
	}
	byText := wayTo(who.Contact) == text
	if out = p.Mail; byText {
		out = p.Text
	}
	if out == nil || wayTo(who.Contact) == paper {
		return nil, m, nil
	}
	s, err := GetStart(ctx, tx, actor, x.Start)
	if err != nil {
		return nil, m, err
	}
	u, err := org.GetUnit(ctx, tx, actor.Area(), actor.Unit())
	if err != nil {
		return nil, m, err
	}
	rooms, err := org.Rooms(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
	if err != nil {
		return nil, m, err
	}
	where := ""
	for _, r := range rooms {
		if r.ID == s.RoomID {
			where = r.Name
		}
	}
	l := i18n.Get(who.Language)
	if byText {
		return out, mail.Message{To: who.Phone, Text: l.T("text.invite", subject(l, x), l.Day(s.On), l.Time(s.At), where, u.Street, u.Phone)}, nil
	}
	return out, mail.Message{To: who.Email, Subject: subject(l, x), Text: body(l, who, s, u, where)}, nil
}

// way is how an invitation reaches somebody besides the letter on paper.
type way int

const (
	paper way = iota
	email
	text
)

// wayTo is the way that the person wants and can be reached by.
func wayTo(c person.Contact) way {
	switch {
	case c.Reach == "email" && c.Email != "":
		return email
	case c.Reach == "sms" && c.Phone != "":
		return text
	}
	return paper
}

func subject(l *i18n.Lang, x Invite) string {
	if x.Remind {
		return l.T("mail.remind")
	}
	return l.T("mail.invite")
}

// body says when and where, and how to answer. Nothing in it tells why the person comes.
func body(l *i18n.Lang, who person.Person, s Start, u org.Unit, where string) string {
	return l.T("letter.hello", who.Given) + "\n\n" + l.T("letter.when", l.Day(s.On), l.Time(s.At), l.Time(s.Until)) + "\n" + l.T("letter.where", where, u.Street) + "\n\n" +
		l.T("letter.answer", u.Phone) + "\n\n" + l.T("letter.place") + "\n\n" + l.T("letter.welcome") + "\n" + u.Name + "\n"
}
