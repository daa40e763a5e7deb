package away

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Told is what somebody has told, for whom it concerns: the time as it was then, also when it has been moved since.
type Told struct {
	Key
	Word
	Begins   clock.LocalTime
	Person   id.Person
	Name     string
	Concerns bool // the reader is whom it concerns, and sees why
}

// around is what tells whom it concerns: the coach, whom the person was to meet, and who leads the group start.
const around = ` coalesce((SELECT a.post_id FROM assignment a WHERE a.area_id = w.area_id AND a.person_id = w.person_id AND a.from_on <= $4 AND a.to_on > $4
   AND a.ended_at > $3 LIMIT 1), 0), coalesce(m.post_id, 0), coalesce(s.leaders, '') FROM away w
  LEFT JOIN appointment m ON w.kind = 'talk' AND m.area_id = w.area_id AND m.appointment_id = w.ref_id
  LEFT JOIN start s ON w.kind = 'start' AND s.area_id = w.area_id AND s.start_id = w.ref_id`

const toldColumns = `w.kind, w.ref_id, w.on_date, w.begins, ` + wordColumns + `,`

// scan gives where a row of toldColumns and around goes; concern tells afterwards whether it is the actor's.
func (t *Told) scan(actor *access.Actor, sealed *[]byte) (dest []any, concern func() bool) {
	var coach, meets id.Post
	var leaders string
	dest = append([]any{&t.Kind, &t.Ref, &t.On, &t.Begins}, t.dest(sealed)...)
	return append(dest, &coach, &meets, &leaders), func() bool { return concerns(actor, t.Kind, coach, meets, leaders) }
}

var unread = store.Q(`SELECT ` + access.Columns + `, p.identity, ` + toldColumns + around + `
 JOIN person p ON p.area_id = w.area_id AND p.person_id = w.person_id
 WHERE w.area_id = $1 AND w.unit_id = $7 AND w.taken_at = 0 AND w.read_at = 0 AND w.post_id <> $2 AND ` + access.Visible + ` ORDER BY w.at, w.away_id`)

// UnreadOf gives what has been told at the actor's unit, concerns them and is not read, the longest first, without why; at most so many.
// What the actor wrote down themself they have read.
func UnreadOf(ctx context.Context, tx *store.Tx, actor *access.Actor, most int) (list []Told, err error) {
	s, err := access.Over(ctx, tx, actor, Listed, access.ForContact)
	if err != nil {
		return nil, err
	}
	_, err = store.All(ctx, tx, unread, s.Args(actor.Unit()), func(r *store.Cursor) (t Told, err error) {
		var identity, sealed []byte
		dest, concern := t.scan(actor, &sealed)
		a, err := s.Peek(r, append([]any{&identity}, dest...)...)
		if err != nil || len(list) == most || !concern() {
			return t, err
		}
		a.Show()
		t.Person, t.Concerns = a.Person(), true
		if t.Name, err = person.NameOf(a.Access, identity); err == nil {
			list = append(list, t)
		}
		return t, err
	})
	return list, err
}

var outOn = store.Q(`SELECT ` + access.Columns + `, w.kind, w.ref_id, w.on_date FROM away w
 JOIN person p ON p.area_id = w.area_id AND p.person_id = w.person_id
 WHERE w.area_id = $1 AND w.unit_id = $7 AND w.on_date = $8 AND w.taken_at = 0 AND ` + access.Visible)

// Out is who does not come to what.
type Out map[Key][]id.Person

// Has tells whether somebody has told that they do not come.
func (o Out) Has(k Key, who id.Person) bool { return slices.Contains(o[k], who) }

// OutOn gives who has told that they do not come on a day at the actor's unit, of the times that stand in a list.
func OutOn(ctx context.Context, tx *store.Tx, actor *access.Actor, on clock.Date, listed func(Key) bool) (Out, error) {
	s, err := access.Over(ctx, tx, actor, access.Contact, access.ForContact)
	if err != nil {
		return nil, err
	}
	out := Out{}
	_, err = store.All(ctx, tx, outOn, s.Args(actor.Unit(), string(on)), func(r *store.Cursor) (k Key, err error) {
		a, err := s.Peek(r, &k.Kind, &k.Ref, &k.On)
		if err == nil && listed(k) {
			a.Show()
			out[k] = append(out[k], a.Person())
		}
		return k, err
	})
	return out, err
}

var toldBy = store.Q(`SELECT ` + toldColumns + around + `
 WHERE w.area_id = $1 AND w.person_id = $5 AND w.unit_id = $2 AND w.taken_at = 0 AND (w.read_at = 0 OR w.on_date >= $4) ORDER BY w.on_date, w.begins, w.away_id`)

// Open reads somebody's times for a page of staff. Why is given to their coach alone.
func (d *Desk) Open(ctx context.Context, actor *access.Actor, who id.Person) (list []Time, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Need, access.Read, access.ForContact)
		if err != nil {
			return err
		}
		_, coach, err := access.Around(ctx, tx, actor, a)
		if err == nil && coach == actor.Post() {
			a, err = access.Open(ctx, tx, actor, who, Own, access.Read, access.ForContact)
		}
		if err == nil {
			list, err = Times(ctx, tx, actor, a)
		}
		return err
	})
	return list, err
}

// Of gives what somebody has told of what comes, and what nobody has read. Why is opened for whom it concerns alone.
func (d *Desk) Of(ctx context.Context, actor *access.Actor, who id.Person) (list []Told, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Contact, access.Read, access.ForContact)
		if err == nil {
			list, err = of(ctx, tx, actor, a)
		}
		return err
	})
	return list, err
}

func of(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Told, error) {
	var words [][]byte
	list, err := store.All(ctx, tx, toldBy, []any{actor.Area(), actor.Unit(), int64(actor.Now()), string(actor.Today()), a.Person()}, func(r *store.Cursor) (t Told, err error) {
		var sealed []byte
		dest, concern := t.scan(actor, &sealed)
		err = r.Scan(dest...)
		t.Person, t.Concerns, words = a.Person(), concern(), append(words, sealed)
		return t, err
	})
	var open access.Access
	for i := range list {
		if err == nil && list[i].Concerns && !open.May(access.Health) {
			open, err = access.Open(ctx, tx, actor, a.Person(), Seen, access.Read, access.ForContact)
		}
		if err == nil && list[i].Concerns {
			err = list[i].open(open, words[i])
		}
	}
	return list, err
}

// Read writes that the actor has read what was told, in the version that they were shown. Missing when there is no such, or it does not
// concern them; Stale when it is read or taken back, or more has been said.
func (d *Desk) Read(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Contact, access.Write, access.ForContact)
		if err != nil {
			return err
		}
		var t Told
		var sealed []byte
		dest, concern := t.scan(actor, &sealed)
		err = tx.One(ctx, store.Q(`SELECT `+toldColumns+around+` WHERE w.area_id = $1 AND w.away_id = $2 AND w.person_id = $5`),
			[]any{actor.Area(), k, int64(actor.Now()), string(actor.Today()), a.Person()}, dest...)
		if store.None(err) || err == nil && !concern() {
			return fault.Missing
		}
		if err != nil {
			return err
		}
		return once(tx.Exec(ctx, store.Q(`UPDATE away SET read_at = $4, read_post_id = $5, version = version + 1
		 WHERE area_id = $1 AND away_id = $2 AND version = $3 AND read_at = 0 AND taken_at = 0`), actor.Area(), k, version, int64(actor.Now()), actor.Post()))
	})
}
