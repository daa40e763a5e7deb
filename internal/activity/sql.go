package activity

import (
	"context"
	"strconv"
	"strings"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// All gives the unit's activities with their texts, in the order they were begun: two statements, however many there are.
func All(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]Type, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT activity_id, state, existed, method_id, together, size, caseload, needs, access, languages, version
	 FROM activity WHERE area_id = $1 AND unit_id = $2 ORDER BY activity_id`), []any{actor.Area(), actor.Unit()}, scan)
	if err != nil || len(list) == 0 {
		return list, err
	}
	said, err := WordsOf(ctx, tx, actor.Area(), actor.Unit())
	for i, t := range list {
		for lang, w := range said[t.ID] {
			list[i].Words[lang] = w
		}
	}
	return list, err
}

// WordsOf gives what a unit says of its activities, by language; everybody may read it.
func WordsOf(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit) (map[ID]map[string]Words, error) {
	said := map[ID]map[string]Words{}
	_, err := store.All(ctx, tx, store.Q(`SELECT a.activity_id, x.field, x.lang, x.text FROM activity a
	 JOIN unit_text x ON x.area_id = a.area_id AND x.owner = 'activity ' || CAST(a.activity_id AS text)
	 WHERE a.area_id = $1 AND a.unit_id = $2`), []any{area, unit}, func(r *store.Cursor) (struct{}, error) {
		var a ID
		var field, lang, text string
		err := r.Scan(&a, &field, &lang, &text)
		if said[a] == nil {
			said[a] = map[string]Words{}
		}
		w := said[a][lang]
		*w.field(field) = text
		said[a][lang] = w
		return struct{}{}, err
	})
	return said, err
}

// fields are the texts of an activity, as stored.
var fields = []string{"name", "purpose", "content", "leads"}

func (w *Words) field(name string) *string {
	switch name {
	case "name":
		return &w.Name
	case "purpose":
		return &w.Purpose
	case "content":
		return &w.Content
	default:
		return &w.Leads
	}
}

func scan(r *store.Cursor) (t Type, err error) {
	var existed int
	var needs, adapted, langs string
	err = r.Scan(&t.ID, &t.State, &existed, &t.Method, &t.Together, &t.Size, &t.Caseload, &needs, &adapted, &langs, &t.Version)
	t.Existed, t.Needs, t.Access, t.Languages = existed == 1, strings.Fields(needs), strings.Fields(adapted), strings.Fields(langs)
	t.Words = map[string]Words{}
	return t, err
}

// Get gives one activity of the actor's unit. Missing when it is another's.
func Get(ctx context.Context, tx *store.Tx, actor *access.Actor, a ID) (Type, error) {
	list, err := All(ctx, tx, actor)
	for _, t := range list {
		if t.ID == a {
			return t, nil
		}
	}
	if err == nil {
		err = fault.Missing
	}
	return Type{}, err
}

// Decisions gives every decision about an activity, the latest first.
func Decisions(ctx context.Context, tx *store.Tx, actor *access.Actor, a ID) ([]Decision, error) {
	return store.All(ctx, tx, store.Q(`SELECT state, why, at, post_id FROM activity_decision
	 WHERE area_id = $1 AND activity_id = $2 ORDER BY decision_id DESC`), []any{actor.Area(), a}, func(r *store.Cursor) (d Decision, err error) {
		err = r.Scan(&d.State, &d.Why, &d.At, &d.By)
		return d, err
	})
}

// Reasons gives the latest reason of each of the unit's activities.
func Reasons(ctx context.Context, tx *store.Tx, actor *access.Actor) (map[ID]string, error) {
	m := map[ID]string{}
	_, err := store.All(ctx, tx, store.Q(`SELECT a.activity_id, d.why FROM activity a
	 JOIN activity_decision d ON d.area_id = a.area_id AND d.activity_id = a.activity_id
	 WHERE a.area_id = $1 AND a.unit_id = $2 ORDER BY d.decision_id`), []any{actor.Area(), actor.Unit()}, func(r *store.Cursor) (struct{}, error) {
		var a ID
		var why string
		err := r.Scan(&a, &why)
		m[a] = why
		return struct{}{}, err
	})
	return m, err
}

func insert(ctx context.Context, tx *store.Tx, actor *access.Actor, t Type) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO activity (area_id, activity_id, unit_id, state, existed, method_id, together, size, needs, access, languages, caseload, version)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)`), actor.Area(), t.ID, actor.Unit(), string(t.State), store.Flag(t.Existed), t.Method, t.Together,
		t.Size, strings.Join(t.Needs, " "), strings.Join(t.Access, " "), strings.Join(t.Languages, " "), t.Caseload)
	if err != nil {
		return err
	}
	return putWords(ctx, tx, actor, t)
}

func putWords(ctx context.Context, tx *store.Tx, actor *access.Actor, t Type) error {
	for lang, w := range t.Words {
		for _, f := range fields {
			if err := org.PutText(ctx, tx, actor.Area(), owner(t.ID), f, lang, *w.field(f)); err != nil {
				return err
			}
		}
	}
	return nil
}

// owner is what unit_text calls an activity.
func owner(a ID) string { return "activity " + strconv.FormatInt(int64(a), 10) }

func update(ctx context.Context, tx *store.Tx, actor *access.Actor, t Type) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE activity SET existed = $5, method_id = $6, together = $7, size = $8, needs = $9, access = $10, languages = $11,
	 caseload = $12, version = version + 1 WHERE area_id = $1 AND unit_id = $2 AND activity_id = $3 AND version = $4`), actor.Area(), actor.Unit(), t.ID, t.Version,
		store.Flag(t.Existed), t.Method, t.Together, t.Size, strings.Join(t.Needs, " "), strings.Join(t.Access, " "), strings.Join(t.Languages, " "), t.Caseload)
	if err == nil && n == 0 {
		return fault.Stale
	}
	if err != nil {
		return err
	}
	return putWords(ctx, tx, actor, t)
}

func move(ctx context.Context, tx *store.Tx, actor *access.Actor, a ID, version int, to State) error {
	n, err := tx.Exec(ctx, store.Q(`UPDATE activity SET state = $5, version = version + 1
	 WHERE area_id = $1 AND unit_id = $2 AND activity_id = $3 AND version = $4`), actor.Area(), actor.Unit(), a, version, string(to))
	if err == nil && n == 0 {
		return fault.Stale
	}
	return err
}

func decided(ctx context.Context, tx *store.Tx, actor *access.Actor, a ID, to State, why string) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO activity_decision (area_id, activity_id, decision_id, state, why, at, post_id)
	 VALUES ($1, $2, $3, $4, $5, $6, $7)`), actor.Area(), a, id.New[decisionTag](actor.Now()), string(to), why, int64(actor.Now()), actor.Post())
	return err
}
