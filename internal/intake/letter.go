package intake

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/job"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/thread"
)

// Letter is one invitation: to whom, where they live, in which language they want to talk. Nothing in it tells why.
type Letter struct {
	Person  id.Person
	Name    string
	Contact person.Contact
}

// Letters is a start with its invitations.
type Letters struct {
	Start
	Unit    org.Unit
	Letters []Letter
}

// JobInvite is the kind of job that sends an invitation or a reminder by e-mail.
const JobInvite = "invite"

// Invite is what such a job carries: ids only.
type Invite struct {
	Start  StartID   `json:"start"`
	Person id.Person `json:"person"`
	Post   id.Post   `json:"post"`
	Remind bool      `json:"remind"`
}

// Get gives one start for a page that shows nobody.
func (d *Desk) Get(ctx context.Context, actor *access.Actor, s StartID) (x Start, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		x, err = GetStart(ctx, tx, actor, s)
		return err
	})
	return x, err
}

// invited gives those to be invited. One who is protected, also by another record of theirs, is told in person: no letter and no e-mail is made.
var invited = store.Q(`SELECT ` + access.Columns + `, p.identity, p.contact, p.language, p.reach FROM called c
  JOIN person p ON p.area_id = c.area_id AND p.person_id = +c.person_id
 WHERE c.area_id = $1 AND c.start_id = $7 AND c.moved_to = 0 AND c.answer IN ('', 'yes') AND c.here = -1 AND ` + access.Unshielded + ` AND ` + access.Visible + ` ORDER BY c.place`)

// Letters gives the invitations of a start to print: those called who have not said no.
func (d *Desk) Letters(ctx context.Context, actor *access.Actor, s StartID) (x Letters, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if x.Start, err = GetStart(ctx, tx, actor, s); err != nil {
			return err
		}
		if x.Unit, err = org.GetUnit(ctx, tx, actor.Area(), actor.Unit()); err != nil {
			return err
		}
		scope, err := access.Over(ctx, tx, actor, access.Identity|access.Contact, access.ForStart)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, invited, scope.Args(s)...)
		if err != nil {
			return err
		}
		defer rows.Close()
		x.Letters = nil
		for rows.Next() {
			var l Letter
			var identity, contact []byte
			var lang, reach string
			a, err := scope.Row(rows, &identity, &contact, &lang, &reach)
			if err != nil {
				return err
			}
			if l.Name, err = person.NameOf(a, identity); err != nil {
				return err
			}
			if l.Contact, err = person.ContactOf(a, contact); err != nil {
				return err
			}
			l.Person, l.Contact.Language, l.Contact.Reach = a.Person(), lang, reach
			x.Letters = append(x.Letters, l)
		}
		return rows.Err()
	})
	return x, err
}

// Lettered marks that the invitations went out today: by letter, and by e-mail or text message to those who have one and want it. With
// remind only those who have not answered are reminded.
func (d *Desk) Lettered(ctx context.Context, actor *access.Actor, s StartID, remind bool) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		start, err := open(ctx, tx, actor, s)
		if err != nil {
			return err
		}
		scope, err := access.OverWrite(ctx, tx, actor, access.Identity|access.Contact, access.ForStart)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, invited, scope.Args(s)...)
		if err != nil {
			return err
		}
		type one struct {
			who  id.Person
			mail bool
		}
		var list []one
		for rows.Next() {
			var identity, contact []byte
			var lang, reach string
			a, err := scope.Row(rows, &identity, &contact, &lang, &reach)
			if err != nil {
				rows.Close()
				return err
			}
			c, err := person.ContactOf(a, contact)
			if err != nil {
				rows.Close()
				return err
			}
			c.Reach = reach
			list = append(list, one{a.Person(), wayTo(c) != paper})
		}
		if err := rows.Close(); err != nil {
			return err
		}
		if len(list) == 0 {
			return fault.New(fault.Conflict, "letter.nobody")
		}
		for _, x := range list {
			if err := sent(ctx, tx, actor, start, x.who, x.mail, remind); err != nil {
				return err
			}
		}
		return nil
	})
}

// sent marks one invitation or reminder as sent, once, and leaves a job for the message.
func sent(ctx context.Context, tx *store.Tx, actor *access.Actor, s Start, who id.Person, mail, remind bool) error {
	q := store.Q(`UPDATE called SET letter_on = $4, mail_on = CASE WHEN $5 = 1 THEN $4 ELSE mail_on END, version = version + 1
	 WHERE area_id = $1 AND start_id = $2 AND person_id = $3 AND letter_on = ''`)
	if remind {
		q = store.Q(`UPDATE called SET reminded_on = $4, mail_on = CASE WHEN $5 = 1 THEN $4 ELSE mail_on END, version = version + 1
	 WHERE area_id = $1 AND start_id = $2 AND person_id = $3 AND answer = '' AND reminded_on <> $4`)
	}
	byMail := 0
	if mail {
		byMail = 1
	}
	n, err := tx.Exec(ctx, q, actor.Area(), s.ID, who, string(actor.Today()), byMail)
	if err != nil || n == 0 {
		return err
	}
	if mail {
		if err := job.EnqueueAbout(ctx, tx, actor.Area(), int64(who), JobInvite, Invite{s.ID, who, actor.Post(), remind}, actor.Now()); err != nil {
			return err
		}
	}
	if remind {
		return startEvent(ctx, tx, actor, who, s, thread.Reminded, "")
	}
	return nil
}
