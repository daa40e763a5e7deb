package course

import (
	"context"
	"encoding/json"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Need is what an access must cover for a person's interests to be read or changed.
const Need = access.Activities

// Shown is what an access must cover for the list of those who are interested.
const Shown = access.Identity | Need

// Interest is that a person would like to know more of a course. Nothing follows but that their coach is asked to talk with them.
type Interest struct {
	Course   ID
	Title    string
	Giver    string
	Others   map[string]Told
	On       clock.Date
	TalkedOn clock.Date // "" until the coach has talked with them about it
	Version  int
}

// InterestsOf gives what a person is interested in, the newest first. It needs access to what they take part in.
func InterestsOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Interest, error) {
	a.Must(Need)
	return store.All(ctx, tx, store.Q(`SELECT i.course_id, c.title, c.giver, c.words, i.on_date, i.talked_on, i.version FROM course_interest i
	 JOIN course c ON c.area_id = i.area_id AND c.course_id = i.course_id WHERE i.area_id = $1 AND i.person_id = $2 ORDER BY i.interest_id DESC`),
		[]any{actor.Area(), a.Person()}, func(r *store.Cursor) (i Interest, err error) {
			var others string
			err = r.Scan(&i.Course, &i.Title, &i.Giver, &others, &i.On, &i.TalkedOn, &i.Version)
			if err == nil {
				err = json.Unmarshal([]byte(others), &i.Others)
			}
			return i, err
		})
}

// Called gives what the course is called in a language, else in Swedish.
func (i Interest) Called(lang string) (title, in string) {
	return Course{Title: i.Title, Others: i.Others}.Called(lang)
}

// WantOwn notes that the person who acts for themself is interested in a course, or with want false that they no longer are: then
// nothing of it is left. Missing when the course is not shown at a unit that they are with.
func (d *Desk) WantOwn(ctx context.Context, actor *access.Actor, c ID, want bool) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, Need, access.Write)
		if err != nil {
			return err
		}
		units, _, err := access.Around(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		return mark(ctx, tx, actor, a, units, c, want)
	})
}

// Want is the same, noted by somebody at the unit as they talk.
func (d *Desk) Want(ctx context.Context, actor *access.Actor, who id.Person, c ID, want bool) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Need, access.Write, access.ForPlan)
		if err != nil {
			return err
		}
		return mark(ctx, tx, actor, a, []id.Unit{actor.Unit()}, c, want)
	})
}

// Asked notes, in the caller's transaction, what the person asked about before anybody knew them. A course that is shown no more by then is
// nothing to note.
func Asked(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, c ID) error {
	a, err := access.Open(ctx, tx, actor, who, Need, access.Write, access.ForPlan)
	if err == nil {
		err = mark(ctx, tx, actor, a, []id.Unit{actor.Unit()}, c, true)
	}
	if err == fault.Missing {
		return nil
	}
	return err
}

func mark(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, units []id.Unit, c ID, want bool) error {
	if !want {
		n, err := tx.Exec(ctx, store.Q(`DELETE FROM course_interest WHERE area_id = $1 AND person_id = $2 AND course_id = $3`), actor.Area(), a.Person(), c)
		if err != nil || n > 0 {
			return err
		}
	}
	var unit id.Unit
	var ended int
	err := tx.One(ctx, store.Q(`SELECT unit_id, ended FROM course WHERE area_id = $1 AND course_id = $2`), []any{actor.Area(), c}, &unit, &ended)
	if store.None(err) || err == nil && (!slices.Contains(units, unit) || want && ended != 0) {
		return fault.Missing
	}
	if err != nil || !want { // taken back already
		return err
	}
	_, err = tx.Exec(ctx, store.Q(`INSERT INTO course_interest (area_id, interest_id, person_id, unit_id, course_id, on_date, talked_on, version)
	 VALUES ($1, $2, $3, $4, $5, $6, '', 1) ON CONFLICT (area_id, person_id, course_id) DO NOTHING`),
		actor.Area(), id.New[interestTag](actor.Now()), a.Person(), unit, c, string(actor.Today()))
	return err
}

// Talked notes that the coach has talked with the person about a course, or with talked false that they have yet to. Stale when it was
// changed meanwhile, or taken back.
func (d *Desk) Talked(ctx context.Context, actor *access.Actor, who id.Person, c ID, version int, talked bool) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, Need, access.Write, access.ForPlan)
		if err != nil {
			return err
		}
		on := clock.Date("")
		if talked {
			on = actor.Today()
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE course_interest SET talked_on = $5, version = version + 1
		 WHERE area_id = $1 AND person_id = $2 AND course_id = $3 AND version = $4`), actor.Area(), a.Person(), c, version, string(on))
		if err == nil && n == 0 {
			err = fault.Stale
		}
		return err
	})
}

// Curious is that one of a coach's own is interested in a course, which they have not talked about yet.
type Curious struct {
	Person  id.Person
	Name    string
	Course  ID
	Title   string
	On      clock.Date
	Version int
}

var curious = store.Q(`SELECT ` + access.Columns + `, p.identity, i.course_id, c.title, i.on_date, i.version FROM assignment g
 JOIN course_interest i ON i.area_id = g.area_id AND i.person_id = g.person_id AND i.unit_id = $7 AND i.talked_on = ''
 JOIN course c ON c.area_id = i.area_id AND c.course_id = i.course_id
 JOIN person p ON p.area_id = g.area_id AND p.person_id = g.person_id
 WHERE g.area_id = $1 AND g.post_id = $2 AND g.from_on <= $4 AND g.to_on > $4 AND g.ended_at > $3 AND ` + access.Visible + `
 ORDER BY i.interest_id LIMIT 0 + $8`)

// CuriousOf gives those of the coach's own who are interested in something that they have not talked about, the longest first.
func CuriousOf(ctx context.Context, tx *store.Tx, actor *access.Actor, most int) ([]Curious, error) {
	s, err := access.Over(ctx, tx, actor, Shown, access.ForPlan)
	if err != nil {
		return nil, err
	}
	return store.All(ctx, tx, curious, s.Args(actor.Unit(), most), func(r *store.Cursor) (x Curious, err error) {
		var identity []byte
		a, err := s.Row(r, &identity, &x.Course, &x.Title, &x.On, &x.Version)
		if err != nil {
			return x, err
		}
		x.Person = a.Person()
		x.Name, err = person.NameOf(a, identity)
		return x, err
	})
}
