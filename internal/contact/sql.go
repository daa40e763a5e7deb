package contact

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

func insertNote(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, n Note) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO note (area_id, note_id, person_id, unit_id, post_id, on_date, kind, corrects_id, sealed, state,
	 signed_at, held, held_post_id, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)`),
		actor.Area(), n.ID, a.Person(), actor.Unit(), n.Post, string(n.On), n.Kind, n.Corrects, a.Key(access.Documents).Seal(notePlace(n.ID), n.Text),
		string(n.State), int64(n.SignedAt), string(n.Held), n.HeldBy)
	return err
}

// updateNote writes on the author's own draft; a signed note is never touched.
func updateNote(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, n Note) error {
	rows, err := tx.Exec(ctx, store.Q(`UPDATE note SET on_date = $6, kind = $7, sealed = $8, state = $9, signed_at = $10, held = $11, held_post_id = $12, version = version + 1
	 WHERE area_id = $1 AND note_id = $2 AND person_id = $3 AND post_id = $4 AND version = $5 AND state = 'draft'`),
		actor.Area(), n.ID, a.Person(), actor.Post(), n.Version, string(n.On), n.Kind, a.Key(access.Documents).Seal(notePlace(n.ID), n.Text),
		string(n.State), int64(n.SignedAt), string(n.Held), n.HeldBy)
	if err == nil && rows == 0 {
		return fault.Stale
	}
	return err
}

func dropNote(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, note NoteID, version int) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE note SET state = 'dropped', version = version + 1
	 WHERE area_id = $1 AND note_id = $2 AND person_id = $3 AND post_id = $4 AND version = $5 AND state = 'draft'`),
		actor.Area(), note, who, actor.Post(), version)
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}

const noteColumns = `n.note_id, n.post_id, w.name, n.on_date, n.kind, n.corrects_id, n.state, n.signed_at, n.held, n.held_post_id, n.version`

const noteTables = ` FROM note n JOIN post o ON o.area_id = n.area_id AND o.post_id = n.post_id JOIN worker w ON w.area_id = o.area_id AND w.worker_id = o.worker_id`

// selectNotes gives the signed notes of the unit, with what the person says of them, and the actor's own drafts, newest first.
func selectNotes(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Note, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT `+noteColumns+`, n.sealed`+noteTables+`
	 WHERE n.area_id = $1 AND n.person_id = $2 AND n.unit_id = $3 AND (n.state = 'signed' OR n.state = 'draft' AND n.post_id = $4)
	 ORDER BY n.on_date DESC, n.note_id DESC`), []any{actor.Area(), a.Person(), actor.Unit(), actor.Post()},
		func(r *store.Cursor) (Note, error) { return scanNote(r, a) })
	if err != nil {
		return nil, err
	}
	return list, around(ctx, tx, actor, a, list)
}

// told gives the signed notes as the person reads them, newest first: all of them, or at the table those of the unit. The words of one
// that is held are not read.
func told(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Note, error) {
	var unit id.Unit
	if actor.Themself() == 0 {
		unit = actor.Unit()
	}
	list, err := store.All(ctx, tx, store.Q(`SELECT `+noteColumns+`, CASE WHEN n.held = '' THEN n.sealed ELSE substr(n.sealed, 1, 0) END`+noteTables+`
	 WHERE n.area_id = $1 AND n.person_id = $2 AND n.state = 'signed' AND (n.unit_id = $3 OR $3 = 0)
	 ORDER BY n.on_date DESC, n.note_id DESC`), []any{actor.Area(), a.Person(), int64(unit)},
		func(r *store.Cursor) (Note, error) { return scanNote(r, a) })
	if err != nil {
		return nil, err
	}
	return list, around(ctx, tx, actor, a, list)
}

// around gives each note of a list, newest first, which one corrects it and what the person says of it.
func around(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, list []Note) error {
	at := make(map[NoteID]int, len(list))
	for i := range list {
		at[list[i].ID] = i
		for _, n := range list {
			if n.State == Signed && n.Corrects == list[i].ID && n.ID > list[i].CorrectedBy {
				list[i].CorrectedBy = n.ID
			}
		}
	}
	said, err := comment.Of(ctx, tx, actor, a, comment.Note)
	for _, c := range said {
		if i, ours := at[NoteID(c.Thing.Ref)]; ours {
			list[i].Comments = append(list[i].Comments, c)
		}
	}
	return err
}

func scanNote(r *store.Cursor, a access.Access) (Note, error) {
	n := Note{Person: a.Person()}
	var sealed []byte
	if err := r.Scan(&n.ID, &n.Post, &n.Author, &n.On, &n.Kind, &n.Corrects, &n.State, &n.SignedAt, &n.Held, &n.HeldBy, &n.Version, &sealed); err != nil || len(sealed) == 0 {
		return n, err
	}
	f, err := a.Key(access.Documents).Open(notePlace(n.ID), 1, sealed)
	if err == nil {
		n.Text = f[0]
	}
	return n, err
}

// hold writes whether the person is shown a signed note, and nothing else of it. Stale when somebody said otherwise meanwhile.
func hold(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, note NoteID, version int, why Held, by id.Post) error {
	rows, err := tx.Exec(ctx, store.Q(`UPDATE note SET held = $5, held_post_id = $6, version = version + 1
	 WHERE area_id = $1 AND note_id = $2 AND person_id = $3 AND version = $4 AND state = 'signed'`), actor.Area(), note, a.Person(), version, string(why), by)
	if err == nil && rows == 0 {
		return fault.Stale
	}
	return err
}

// getNote gives a note that the actor may read; Missing when it is another's draft, another person's or not there.
func getNote(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, note NoteID) (Note, error) {
	list, err := selectNotes(ctx, tx, actor, a)
	if err != nil {
		return Note{}, err
	}
	i := slices.IndexFunc(list, func(n Note) bool { return n.ID == note })
	if i < 0 {
		return Note{}, fault.Missing
	}
	return list[i], nil
}

func nameOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (string, error) {
	p, err := person.Get(ctx, tx, actor, a)
	return p.Name(), err
}

func insertAppointment(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, p Appointment) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO appointment (area_id, appointment_id, person_id, unit_id, post_id, on_date, at, how, room_id, sealed,
	 state, state_on, moved_to_id, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'planned', $11, 0, 1)`),
		actor.Area(), p.ID, p.Person, actor.Unit(), p.Post, string(p.On), string(p.At), p.How, p.Room,
		a.Key(access.Contact).Seal(appointmentPlace(p.ID), p.About), string(actor.Today()))
	return err
}

const appointmentColumns = `m.appointment_id, m.post_id, w.name, m.on_date, m.at, m.how, m.room_id, m.sealed, m.state, m.state_on, m.moved_to_id, m.version`

const appointmentWorker = ` JOIN post o ON o.area_id = m.area_id AND o.post_id = m.post_id
 JOIN worker w ON w.area_id = o.area_id AND w.worker_id = o.worker_id`

func (p *Appointment) dest(sealed *[]byte) []any {
	return []any{&p.ID, &p.Post, &p.With, &p.On, &p.At, &p.How, &p.Room, sealed, &p.State, &p.StateOn, &p.MovedTo, &p.Version}
}

func (p *Appointment) open(a access.Access, sealed []byte) error {
	f, err := a.Key(access.Contact).Open(appointmentPlace(p.ID), 1, sealed)
	if err == nil {
		p.About = f[0]
	}
	return err
}

// selectAppointments gives the person's meetings at the unit, newest first.
func selectAppointments(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Appointment, error) {
	return meetings(ctx, tx, actor, a, store.Q(personsMeetings+` ORDER BY m.on_date DESC, m.at DESC, m.appointment_id DESC`))
}

// selectNext gives the person's planned meeting that is nearest, or longest overdue, at the unit; none or one.
func selectNext(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Appointment, error) {
	return meetings(ctx, tx, actor, a, store.Q(personsMeetings+` AND m.state = 'planned' ORDER BY m.on_date, m.at, m.appointment_id LIMIT 1`))
}

const personsMeetings = `SELECT ` + appointmentColumns + ` FROM appointment m` + appointmentWorker + ` WHERE m.area_id = $1 AND m.person_id = $2 AND m.unit_id = $3`

func meetings(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, q store.SQL) ([]Appointment, error) {
	return store.All(ctx, tx, q, []any{actor.Area(), a.Person(), actor.Unit()}, func(r *store.Cursor) (Appointment, error) {
		p := Appointment{Person: a.Person()}
		var sealed []byte
		if err := r.Scan(p.dest(&sealed)...); err != nil {
			return p, err
		}
		return p, p.open(a, sealed)
	})
}

// setState changes where a meeting stands and gives it as it was. A planned one can become anything, met and absent only
// planned again; else Stale.
func setState(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, meeting AppointmentID, version int, s State, to AppointmentID) (Appointment, error) {
	list, err := selectAppointments(ctx, tx, actor, a)
	if err != nil {
		return Appointment{}, err
	}
	i := slices.IndexFunc(list, func(p Appointment) bool { return p.ID == meeting })
	if i < 0 {
		return Appointment{}, fault.Missing
	}
	p := list[i]
	if p.Version != version || p.State == IsMoved || (p.State == Planned) == (s == Planned) {
		return p, fault.Stale
	}
	n, err := tx.Exec(ctx, store.Q(`UPDATE appointment SET state = $4, state_on = $5, moved_to_id = $6, version = version + 1
	 WHERE area_id = $1 AND appointment_id = $2 AND version = $3`), actor.Area(), p.ID, version, string(s), string(actor.Today()), to)
	if err == nil && n == 0 {
		return p, fault.Stale
	}
	return p, err
}

// Last gives the day somebody at the unit last met or spoke with the person, by meetings held and notes signed; "" for
// never.
func Last(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (last clock.Date, err error) {
	a.Must(access.Contact)
	var note clock.Date
	err = tx.One(ctx, store.Q(`SELECT `+lastMeeting+`, `+lastNote+` FROM person p WHERE p.area_id = $1 AND p.person_id = $3`),
		[]any{actor.Area(), actor.Unit(), a.Person()}, &last, &note)
	return max(last, note), err
}

// The days of the last meeting and of the last note of a talk, with $1 the area and $2 the unit, for the person p.
const (
	lastMeeting = `coalesce((SELECT max(m.on_date) FROM appointment m WHERE m.area_id = $1 AND m.person_id = p.person_id AND m.unit_id = $2
	 AND m.state = 'met'), '')`
	lastNote = `coalesce((SELECT max(n.on_date) FROM note n WHERE n.area_id = $1 AND n.person_id = p.person_id AND n.unit_id = $2
	 AND n.state = 'signed' AND n.kind IN ('meeting', 'phone', 'video')), '')`
)
