package workplace

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/org"
	"sluss/internal/store"
)

// View is the unit's register for a page.
type View struct {
	List      []Workplace // by name, those that have ended last
	Colleague []org.Post  // who may keep in touch with one
	stays     []Stay
	actor     *access.Actor
}

// Free is how many places a workplace has today.
func (v View) Free(w Workplace) int {
	today := v.actor.Today()
	return max(0, w.Free(v.stays, today, today, today, 0))
}

// Get gives one of the workplaces; nil when the unit has no such.
func (v View) Get(k ID) *Workplace {
	i := slices.IndexFunc(v.List, func(w Workplace) bool { return w.ID == k })
	if i < 0 {
		return nil
	}
	return &v.List[i]
}

// Find gives those that have every word somewhere in what is written of them; all of them for none.
func (v View) Find(words string) (list []Workplace) {
	for _, w := range v.List {
		text := strings.ToLower(strings.Join(w.list(), "\n"))
		if !slices.ContainsFunc(strings.Fields(strings.ToLower(words)), func(s string) bool { return !strings.Contains(text, s) }) {
			list = append(list, w)
		}
	}
	return list
}

// Register reads the unit's register. Forbidden for who works with none of its people.
func (d *Desk) Register(ctx context.Context, actor *access.Actor) (v View, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		v, err = Read(ctx, tx, actor)
		return err
	})
	return v, err
}

// Read is Register for who has asked for leave already.
func Read(ctx context.Context, tx *store.Tx, actor *access.Actor) (v View, err error) {
	v.actor = actor
	if v.List, err = store.All(ctx, tx, store.Q(columns+` WHERE area_id = $1 AND unit_id = $2`), []any{actor.Area(), actor.Unit()}, scan(actor)); err != nil {
		return v, err
	}
	slices.SortFunc(v.List, func(a, b Workplace) int {
		return cmp.Or(cmp.Compare(a.EndedOn, b.EndedOn), cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)))
	})
	if v.Colleague, err = org.Colleagues(ctx, tx, actor.Area(), actor.Unit(), actor.Now()); err != nil {
		return v, err
	}
	v.stays, err = Stays(ctx, tx, actor)
	return v, err
}

// Names gives what each workplace of the unit is called, and nothing else of it.
func Names(ctx context.Context, tx *store.Tx, actor *access.Actor) (map[ID]string, error) {
	list, err := store.All(ctx, tx, store.Q(columns+` WHERE area_id = $1 AND unit_id = $2`), []any{actor.Area(), actor.Unit()}, scan(actor))
	names := make(map[ID]string, len(list))
	for _, w := range list {
		names[w.ID] = w.Name
	}
	return names, err
}

func get(ctx context.Context, tx *store.Tx, actor *access.Actor, k ID) (Workplace, error) {
	list, err := store.All(ctx, tx, store.Q(columns+` WHERE area_id = $1 AND workplace_id = $2 AND unit_id = $3`), []any{actor.Area(), k, actor.Unit()}, scan(actor))
	if err == nil && len(list) == 0 {
		err = fault.Missing
	}
	if err != nil {
		return Workplace{}, err
	}
	return list[0], nil
}

// At gives one workplace and how many places it has for who comes on some days, besides those of one stay.
func At(ctx context.Context, tx *store.Tx, actor *access.Actor, k ID, s Stay) (w Workplace, free int, err error) {
	if w, err = get(ctx, tx, actor, k); err != nil {
		return w, 0, err
	}
	list, err := Stays(ctx, tx, actor)
	return w, w.Free(list, s.From, s.To, actor.Today(), s.Row), err
}
