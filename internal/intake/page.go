package intake

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/org"
	"sluss/internal/referral"
	"sluss/internal/store"
)

// List is a start with everybody on it, as its page shows it.
type List struct {
	Start
	Called   []Called
	Free     []referral.Line // the next in the queue, for the room there is left
	ShowUp   ShowUp
	Later    []Start // starts one can be moved to
	Where    org.Room
	LedBy    []org.Post
	RoomLeft int
}

// ShowUp is how many came of those called, at the unit's last starts.
type ShowUp struct{ Starts, Came, Called int }

// Rate is the share that came; ok is false when there is too little to say.
func (s ShowUp) Rate() (rate float64, ok bool) {
	if s.Called < 20 {
		return 0.75, false
	}
	return float64(s.Came) / float64(s.Called), true
}

const lastStarts = 8

var listed = store.Q(`SELECT ` + access.Columns + `, ` + referral.LineColumns + `, c.place, c.called_on, c.extra, c.sealed, c.answer, c.answered_on, c.letter_on,
  c.mail_on, c.reminded_on, c.here, c.moved_to, c.version, coalesce(e.state, ''), coalesce(e.meets_on, ''), coalesce(e.meets_at, ''), coalesce(e.coach_id, 0), p.protected
  FROM called c JOIN referral r ON r.area_id = c.area_id AND r.referral_id = c.referral_id
  JOIN person p ON p.area_id = c.area_id AND p.person_id = +c.person_id
  LEFT JOIN enrolment e ON e.area_id = c.area_id AND e.referral_id = c.referral_id
 WHERE c.area_id = $1 AND c.start_id = $7 AND (c.moved_to >= 0 OR r.state = 'waiting') AND ` + access.Visible + ` ORDER BY c.place`)

// Open reads a start and its list for a page or a print.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, s StartID) (l List, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if l.Start, err = GetStart(ctx, tx, actor, s); err != nil {
			return err
		}
		scope, err := access.Over(ctx, tx, actor, referral.Shown, access.ForStart)
		if err != nil {
			return err
		}
		if l.Called, err = onList(ctx, tx, scope, s); err != nil {
			return err
		}
		return d.around(ctx, tx, actor, scope, &l)
	})
	return l, err
}

// around reads what stands beside the list: who can be called, how many use to come, where one can be moved.
func (d *Desk) around(ctx context.Context, tx *store.Tx, actor *access.Actor, scope access.Scope, l *List) (err error) {
	l.RoomLeft = l.Start.Room(l.Called)
	if l.State == Planned && l.On >= actor.Today() {
		if l.Free, err = referral.Next(ctx, tx, scope, max(min(l.RoomLeft, 5), 1)); err != nil {
			return err
		}
	}
	if l.ShowUp, err = showUp(ctx, tx, actor); err != nil {
		return err
	}
	later, err := Starts(ctx, tx, actor, clock.Span{From: actor.Today(), To: actor.Today().AddMonths(4)})
	if err != nil {
		return err
	}
	for _, s := range later {
		if s.ID != l.ID && s.State == Planned && len(l.Later) < 4 {
			l.Later = append(l.Later, s)
		}
	}
	rooms, err := org.Rooms(ctx, tx, actor.Area(), actor.Unit(), actor.Now())
	for _, r := range rooms {
		if r.ID == l.RoomID {
			l.Where = r
		}
	}
	for _, p := range l.Leaders {
		post, perr := org.GetPost(ctx, tx, actor.Area(), p, actor.Now())
		if perr != nil {
			return perr
		}
		l.LedBy = append(l.LedBy, post)
	}
	return err
}

func onList(ctx context.Context, tx *store.Tx, scope access.Scope, s StartID) ([]Called, error) {
	rows, err := tx.Query(ctx, listed, scope.Args(s)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Called
	for rows.Next() {
		c, err := scanCalled(scope, rows, s)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

func scanCalled(scope access.Scope, rows *store.Cursor, s StartID) (Called, error) {
	c := Called{Start: s}
	var extra int
	var sealed []byte
	a, l, err := referral.ScanLine(scope, rows, &c.Place, &c.CalledOn, &extra, &sealed, &c.Answer, &c.AnsweredOn, &c.LetterOn, &c.MailOn, &c.RemindedOn,
		&c.Here, &c.MovedTo, &c.Version, &c.Enrolment.State, &c.Enrolment.MeetsOn, &c.Enrolment.MeetsAt, &c.Enrolment.Coach, &c.Protection)
	if err != nil {
		return c, err
	}
	c.Line, c.Extra = l, extra == 1
	f, err := a.Key(access.Collaboration).Open(calledPlace(s, a.Person()), 1, sealed)
	if err != nil {
		return c, err
	}
	c.Why = strings.TrimSpace(f[0])
	return c, nil
}

// showUp counts the unit's last held starts: no person is shown.
func showUp(ctx context.Context, tx *store.Tx, actor *access.Actor) (s ShowUp, err error) {
	err = tx.One(ctx, store.Q(`SELECT count(DISTINCT h.start_id), coalesce(sum(CASE WHEN c.here = 1 THEN 1 ELSE 0 END), 0), count(*)
	 FROM (SELECT area_id, start_id FROM start WHERE area_id = $1 AND unit_id = $2 AND state = 'held' AND on_date < $3 ORDER BY on_date DESC LIMIT 0 + $4) AS h
	 JOIN called c ON c.area_id = h.area_id AND c.start_id = h.start_id WHERE c.here >= 0`),
		[]any{actor.Area(), actor.Unit(), string(actor.Today()), lastStarts}, &s.Starts, &s.Came, &s.Called)
	return s, err
}
