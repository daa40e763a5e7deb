package competence

import (
	"context"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Methods gives the unit's methods, by name.
func Methods(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]Method, error) {
	return store.All(ctx, tx, store.Q(`SELECT method_id, name FROM method WHERE area_id = $1 AND unit_id = $2 ORDER BY name, method_id`),
		[]any{actor.Area(), actor.Unit()}, func(r *store.Cursor) (m Method, err error) {
			err = r.Scan(&m.ID, &m.Name)
			return m, err
		})
}

// Read gives the board of the actor's unit: competences of posts that are live, also such as have run out.
func Read(ctx context.Context, tx *store.Tx, actor *access.Actor) (b Board, err error) {
	if b.Methods, err = Methods(ctx, tx, actor); err != nil {
		return b, err
	}
	args := []any{actor.Area(), actor.Unit(), int64(actor.Now())}
	b.Competences, err = store.All(ctx, tx, store.Q(`SELECT c.competence_id, c.post_id, c.method_id, c.level, c.from_on, c.to_on, c.evidence, c.paid_by, c.version
	 FROM post o JOIN competence c ON c.area_id = o.area_id AND c.post_id = o.post_id
	 WHERE o.area_id = $1 AND o.unit_id = $2 AND o.ended_at > $3 ORDER BY c.to_on, c.competence_id`), args,
		func(r *store.Cursor) (c Competence, err error) {
			err = r.Scan(&c.ID, &c.Post, &c.Method, &c.Level, &c.From, &c.To, &c.Evidence, &c.PaidBy, &c.Version)
			return c, err
		})
	if err != nil {
		return b, err
	}
	b.competenceOf = map[MethodID][]int{}
	for i, c := range b.Competences {
		b.competenceOf[c.Method] = append(b.competenceOf[c.Method], i)
	}
	b.Trainings, err = store.All(ctx, tx, store.Q(`SELECT t.training_id, t.post_id, t.method_id, t.by_on, t.paid_by, t.version
	 FROM post o JOIN training t ON t.area_id = o.area_id AND t.post_id = o.post_id
	 WHERE o.area_id = $1 AND o.unit_id = $2 AND o.ended_at > $3 AND t.state = 'planned' ORDER BY t.by_on, t.training_id`), args,
		func(r *store.Cursor) (t Training, err error) {
			err = r.Scan(&t.ID, &t.Post, &t.Method, &t.By, &t.PaidBy, &t.Version)
			return t, err
		})
	return b, err
}

func insert(ctx context.Context, tx *store.Tx, actor *access.Actor, c Competence) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO competence (area_id, competence_id, post_id, method_id, level, from_on, to_on, evidence, paid_by, version)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)`), actor.Area(), id.New[tag](actor.Now()), c.Post, c.Method, string(c.Level),
		string(c.From), string(c.To), oneLine(c.Evidence), c.PaidBy)
	return err
}

func settle(ctx context.Context, tx *store.Tx, actor *access.Actor, t TrainingID, version int, state string) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE training SET state = $4, version = version + 1 WHERE area_id = $1 AND training_id = $2 AND version = $3 AND state = 'planned'
	 AND post_id IN (SELECT o.post_id FROM post o WHERE o.area_id = $1 AND o.unit_id = $5)`), actor.Area(), t, version, state, actor.Unit())
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}
