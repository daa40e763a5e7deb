package course

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Add writes a new course of the actor's unit.
func (d *Desk) Add(ctx context.Context, actor *access.Actor, c Course) (ID, error) {
	c.ID = id.New[courseTag](actor.Now())
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		if err := c.check(); err != nil {
			return err
		}
		others, err := json.Marshal(c.Others)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, store.Q(`INSERT INTO course (area_id, course_id, unit_id, kind, title, giver, place, length, starts, level, leads, cost, weeks, days, free, link, ended,
		  words, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 1)`), actor.Area(), c.ID, actor.Unit(), string(c.Kind), c.Title, c.Giver,
			c.Place, c.Length, c.Starts, c.Level, c.Leads, c.Cost, c.Weeks, c.Days, store.Flag(c.Free), c.Link, store.Flag(c.Ended), string(others))
		return err
	})
	return c.ID, err
}

// Change writes a course of the actor's unit anew. Stale when somebody changed it meanwhile, or it is another unit's.
func (d *Desk) Change(ctx context.Context, actor *access.Actor, c Course) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		if err := c.check(); err != nil {
			return err
		}
		others, err := json.Marshal(c.Others)
		if err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE course SET kind = $5, title = $6, giver = $7, place = $8, length = $9, starts = $10, level = $11, leads = $12, cost = $13, link = $14,
		  ended = $15, weeks = $16, days = $17, free = $18, words = $19, version = version + 1 WHERE area_id = $1 AND unit_id = $2 AND course_id = $3 AND version = $4`), actor.Area(),
			actor.Unit(), c.ID, c.Version, string(c.Kind), c.Title, c.Giver, c.Place, c.Length, c.Starts, c.Level, c.Leads, c.Cost, c.Link, store.Flag(c.Ended), c.Weeks, c.Days,
			store.Flag(c.Free), string(others))
		if err == nil && n == 0 {
			err = fault.Stale
		}
		return err
	})
}

// Languages are those that an occupation can be told of in.
var Languages = []string{"sv", "en", "ar"}

// Description is what a unit says of an occupation, and which of its courses lead there. Seen is the version of its words that the
// writer had before them.
type Description struct {
	Occupation OccupationID
	Words      map[string]Words
	Courses    []ID
	Seen       int
}

func (x *Description) check() error {
	var form fault.Form
	for _, lang := range Languages {
		w := x.Words[lang]
		w.Does = strings.TrimSpace(w.Does)
		names := w.Names[:0:0]
		for _, n := range w.Names {
			if n = strings.Join(strings.Fields(n), " "); n != "" && !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
		if w.Names = names; len([]rune(strings.Join(names, "\n"))) > mostText {
			form.Add("names_"+lang, "form.long", mostText)
		}
		if len([]rune(w.Does)) > mostText {
			form.Add("does_"+lang, "form.long", mostText)
		}
		x.Words[lang] = w
	}
	return form.Err()
}

// Describe writes what the actor's unit says of an occupation, and which of its courses lead there. Missing when there is no such
// occupation or a course is another unit's; Stale when somebody has written meanwhile.
func (d *Desk) Describe(ctx context.Context, actor *access.Actor, x Description) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		if err := x.check(); err != nil {
			return err
		}
		var there int
		err := tx.One(ctx, store.Q(`SELECT 1 FROM occupation WHERE occupation_id = $1`), []any{string(x.Occupation)}, &there)
		if store.None(err) {
			return fault.Missing
		}
		if err != nil {
			return err
		}
		if err := putWords(ctx, tx, actor, x); err != nil {
			return err
		}
		return putWays(ctx, tx, actor, x)
	})
}

func putWords(ctx context.Context, tx *store.Tx, actor *access.Actor, x Description) error {
	text, err := json.Marshal(x.Words)
	if err != nil {
		return err
	}
	q := store.Q(`UPDATE occupation_words SET words = $4, version = version + 1 WHERE area_id = $1 AND unit_id = $2 AND occupation_id = $3 AND version = $5`)
	if x.Seen == 0 {
		q = store.Q(`INSERT INTO occupation_words (area_id, unit_id, occupation_id, words, version) VALUES ($1, $2, $3, $4, $5 + 1)
		 ON CONFLICT (area_id, unit_id, occupation_id) DO NOTHING`)
	}
	n, err := tx.Exec(ctx, q, actor.Area(), actor.Unit(), string(x.Occupation), string(text), x.Seen)
	if err == nil && n == 0 {
		err = fault.Stale
	}
	return err
}

func putWays(ctx context.Context, tx *store.Tx, actor *access.Actor, x Description) error {
	own, err := CoursesOf(ctx, tx, actor.Area(), actor.Unit())
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, store.Q(`DELETE FROM course_way WHERE area_id = $1 AND unit_id = $2 AND occupation_id = $3`), actor.Area(), actor.Unit(), string(x.Occupation)); err != nil {
		return err
	}
	for _, c := range x.Courses {
		if !slices.ContainsFunc(own, func(o Course) bool { return o.ID == c }) {
			return fault.Missing
		}
		_, err := tx.Exec(ctx, store.Q(`INSERT INTO course_way (area_id, unit_id, occupation_id, course_id) VALUES ($1, $2, $3, $4)
		 ON CONFLICT (area_id, unit_id, occupation_id, course_id) DO NOTHING`), actor.Area(), actor.Unit(), string(x.Occupation), c)
		if err != nil {
			return err
		}
	}
	return nil
}
