package reading

import (
	"context"
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
)

// panel are those among whom one is chosen to look into what a post has read about a person.
type panel struct {
	reader org.Post
	named  id.Post // by the reader's unit
	posts  []org.Post
	barred map[id.Post]bool // kept from the person by a prohibition, or of another secrecy zone than the units they are or were with
}

// has tells whether a post can look into it now.
func (p panel) has(post id.Post) bool {
	return !p.barred[post] && slices.ContainsFunc(p.posts, func(o org.Post) bool { return o.ID == post })
}

// panelOf reads the panel.
func panelOf(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, reader id.Post) (p panel, err error) {
	if p.reader, err = org.GetPost(ctx, tx, actor.Area(), reader, actor.Now()); err != nil {
		return p, err
	}
	set, err := org.SettingsAt(ctx, tx, actor.Area(), p.reader.Unit, actor.Today())
	if err != nil {
		return p, err
	}
	p.named = set.Reviewer
	if p.posts, err = org.AllPosts(ctx, tx, actor.Area(), actor.Now()); err != nil {
		return p, err
	}
	near, err := nearby(ctx, tx, actor, who)
	if err != nil {
		return p, err
	}
	p.posts = slices.DeleteFunc(p.posts, func(o org.Post) bool {
		return o.ID != p.named && o.Role != access.Head && o.Role != access.Coordinator
	})
	some := make([]id.Post, len(p.posts))
	for i, o := range p.posts {
		some[i] = o.ID
	}
	if p.barred, err = access.Prohibited(ctx, tx, actor, who, some); err != nil {
		return p, err
	}
	for _, o := range p.posts {
		p.barred[o.ID] = p.barred[o.ID] || !near[o.Unit]
	}
	return p, nil
}

// nearby are the units in the secrecy zones of those that the person is or was with.
func nearby(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person) (map[id.Unit]bool, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT DISTINCT n.unit_id FROM tie t JOIN unit u ON u.area_id = t.area_id AND u.unit_id = t.unit_id
	  JOIN unit n ON n.area_id = u.area_id AND n.zone_id = u.zone_id WHERE t.area_id = $1 AND t.person_id = $2`), []any{actor.Area(), who}, scanOne[id.Unit])
	m := map[id.Unit]bool{}
	for _, u := range list {
		m[u] = true
	}
	return m, err
}

// Reviewer finds who is to look into what a post has read about the person; see Answerer. ok is false when there is nobody.
func Reviewer(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, reader id.Post) (to id.Post, ok bool, err error) {
	p, err := panelOf(ctx, tx, actor, who, reader)
	if err != nil {
		return 0, false, err
	}
	to, ok = Answerer(p.reader, p.named, p.posts, p.barred)
	return to, ok, nil
}

// Instead finds who is to look into it in place of a post that cannot any more: one that has ended, or that may not see the person. ok is
// false when it can, and when there is nobody else. It acts for the person, whom nothing is shown about.
func Instead(ctx context.Context, tx *store.Tx, area id.Area, who id.Person, reader, was id.Post, now clock.Instant) (a *access.Actor, to id.Post, ok bool, err error) {
	a, err = access.EnterOwn(ctx, tx, nil, area, who, now, "sluss")
	if fault.Is(err, fault.Forbidden) { // the record is destroyed
		return nil, 0, false, nil
	}
	if err != nil {
		return nil, 0, false, err
	}
	p, err := panelOf(ctx, tx, a, who, reader)
	if err != nil || p.has(was) {
		return nil, 0, false, err
	}
	to, ok = Answerer(p.reader, p.named, p.posts, p.barred)
	return a, to, ok, nil
}

// HandOn gives each question whose answerer can answer no more to another. The day on which the answer is due stays.
func (d *Desk) HandOn(ctx context.Context, area id.Area, now clock.Instant) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		type open struct {
			q           QuestionID
			who         id.Person
			reader, was id.Post
		}
		list, err := store.All(ctx, tx, store.Q(`SELECT question_id, person_id, reader_post, to_post FROM reading_question WHERE area_id = $1 AND answered_at = 0`),
			[]any{area}, func(r *store.Cursor) (x open, err error) {
				err = r.Scan(&x.q, &x.who, &x.reader, &x.was)
				return x, err
			})
		if err != nil {
			return err
		}
		for _, x := range list {
			a, to, ok, err := Instead(ctx, tx, area, x.who, x.reader, x.was, now)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if _, err := tx.Exec(ctx, store.Q(`UPDATE reading_question SET to_post = $4, version = version + 1
			 WHERE area_id = $1 AND person_id = $2 AND question_id = $3 AND answered_at = 0`), area, x.who, x.q, to); err != nil {
				return err
			}
			if err := access.EndReview(ctx, tx, a, x.who, x.was); err != nil {
				return err
			}
			if err := access.Review(ctx, tx, a, x.who, to); err != nil {
				return err
			}
		}
		return nil
	})
}
