package myplace

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/store"
	"sluss/internal/vault"
)

func wordsPlace(row int64) vault.Place {
	return vault.Place{Table: "my_place", Column: "sealed", Row: row}
}

func adaptationPlace(row int64) vault.Place {
	return vault.Place{Table: "adaptation", Column: "sealed", Row: row}
}

// places gives every version of one enrolment, newest first.
func places(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e intake.Enrolment) ([]Place, error) {
	key := a.Key(Need)
	return store.All(ctx, tx, store.Q(`SELECT place_id, version, lang, sealed, how, on_date, at, post_id FROM my_place
	 WHERE area_id = $1 AND enrolment_id = $2 AND person_id = $3 ORDER BY version DESC`), []any{actor.Area(), e.ID, a.Person()}, func(r *store.Cursor) (p Place, err error) {
		var row int64
		var sealed []byte
		if err = r.Scan(&row, &p.Version, &p.Lang, &sealed, &p.How, &p.On, &p.At, &p.Post); err != nil {
			return p, err
		}
		f, err := key.Open(wordsPlace(row), 3, sealed)
		if err == nil {
			p.Words = Words{f[0], f[1], f[2]}
		}
		return p, err
	})
}

func insertPlace(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e intake.Enrolment, f Form) error {
	row := id.New[placeTag](actor.Now())
	sealed := a.Key(Need).Seal(wordsPlace(int64(row)), f.Helps, f.Touch, f.Reach)
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO my_place (area_id, place_id, person_id, enrolment_id, version, lang, sealed, how, on_date, at, post_id)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`),
		actor.Area(), row, a.Person(), e.ID, f.Version+1, f.Lang, sealed, string(f.How), string(f.On), int64(actor.Now()), actor.Post())
	return err
}

const adaptationColumns = `d.row_id, d.adaptation_id, d.version, d.responsible_id, d.lang, d.sealed, d.leader, d.how, d.asked_on, d.due_on,
 d.answer, d.answered_on, d.done_on, d.at, d.post_id`

// scanned is an adaptation as it lies in its row.
type scanned struct {
	Adaptation
	row    int64
	leader int
	sealed []byte
}

func (s *scanned) dest() []any {
	return []any{&s.row, &s.ID, &s.Version, &s.Responsible, &s.Lang, &s.sealed, &s.leader, &s.How, &s.AskedOn, &s.DueOn,
		&s.Answer, &s.AnsweredOn, &s.DoneOn, &s.At, &s.Post}
}

func (s *scanned) open(key vault.Person) (Adaptation, error) {
	f, err := key.Open(adaptationPlace(s.row), 2, s.sealed)
	if err == nil {
		s.What, s.Reply, s.Leader = f[0], f[1], s.leader == 1
	}
	return s.Adaptation, err
}

// adaptations gives every version of what is adapted during one enrolment: each adaptation in the order it was asked for,
// its newest version first.
func adaptations(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e intake.Enrolment) ([]Adaptation, error) {
	key := a.Key(Need)
	return store.All(ctx, tx, store.Q(`SELECT `+adaptationColumns+` FROM adaptation d
	 WHERE d.area_id = $1 AND d.enrolment_id = $2 AND d.person_id = $3 ORDER BY d.adaptation_id, d.version DESC`), []any{actor.Area(), e.ID, a.Person()},
		func(r *store.Cursor) (Adaptation, error) {
			var s scanned
			if err := r.Scan(s.dest()...); err != nil {
				return s.Adaptation, err
			}
			return s.open(key)
		})
}

// supersede marks the version that was read as no longer the latest. Stale when it was not.
func supersede(ctx context.Context, tx *store.Tx, actor *access.Actor, e intake.Enrolment, d AdaptationID, version int) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE adaptation SET latest = 0
	 WHERE area_id = $1 AND enrolment_id = $2 AND adaptation_id = $3 AND version = $4 AND latest = 1`), actor.Area(), e.ID, d, version)
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}

func insertAdaptation(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, e intake.Enrolment, d Adaptation) error {
	row, leader := id.New[rowTag](actor.Now()), 0
	if d.Leader {
		leader = 1
	}
	sealed := a.Key(Need).Seal(adaptationPlace(int64(row)), d.What, d.Reply)
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO adaptation (area_id, row_id, adaptation_id, version, latest, person_id, enrolment_id, unit_id, responsible_id, lang,
	 sealed, leader, how, asked_on, due_on, answer, answered_on, done_on, at, post_id)
	 VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`),
		actor.Area(), row, d.ID, d.Version, a.Person(), e.ID, e.Unit, d.Responsible, d.Lang, sealed, leader, string(d.How), string(d.AskedOn),
		string(d.DueOn), string(d.Answer), string(d.AnsweredOn), string(d.DoneOn), int64(actor.Now()), actor.Post())
	return err
}
