package access

import (
	"context"
	"fmt"

	"sluss/internal/audit"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// ByReview is the ground of a post that is to answer a person: what they wonder about a reading, or what they think of how they are
// met. From the question to the answer, their identity and what it is about, nothing more. Like Themself it stands apart from the
// grounds of rule.go.
const ByReview Ground = 101

// review is the whole rule of ByReview: $1 area, $2 post, $3 now, $4 today, $5 the category, $6 person. The prohibitions are those of the rule of
// posts. What the post may see is Identity, whatever its role.
const review = `SELECT p.person_id, p.alias, p.key_wrapped FROM person p WHERE ` + allowed + ` AND p.person_id = $6
  AND EXISTS (SELECT 1 FROM post o WHERE o.area_id = $1 AND o.post_id = $2 AND o.from_on <= $4 AND o.to_on > $4 AND o.ended_at > $3)
  AND (EXISTS (SELECT 1 FROM review v WHERE v.area_id = $1 AND v.person_id = p.person_id AND v.post_id = $2 AND v.at <= $3 AND v.ended_at > $3)
   OR EXISTS (SELECT 1 FROM opinion n WHERE n.area_id = $1 AND n.person_id = p.person_id AND n.to_post = $2 AND n.at <= $3 AND n.state = 'waiting'))`

// ByInspection is the ground of who is to review a broken glass, from the moment it was broken until it has been judged: the
// person's identity and why it was broken, nothing more. It stands apart as ByReview does.
const ByInspection Ground = 102

// inspection is the whole rule of ByInspection, with the parameters of review: the head of the unit and the one it was told, never
// the worker who broke it.
const inspection = `SELECT p.person_id, p.alias, p.key_wrapped FROM person p WHERE ` + allowed + ` AND p.person_id = $6
  AND EXISTS (SELECT 1 FROM glass x JOIN post b ON b.area_id = x.area_id AND b.post_id = x.post_id
    JOIN post o ON o.area_id = x.area_id AND o.post_id = $2
   WHERE x.area_id = $1 AND x.person_id = p.person_id AND x.from_at <= $3 AND x.reviewed_at = 0 AND o.worker_id <> b.worker_id
     AND (x.told_post_id = $2 OR o.role = 3 AND o.unit_id = x.unit_id))`

// ByCheck is the ground of who is to check a reading of the log, from the draw until the round is signed, and for some months more
// where the reading is to be looked into: the person's identity and the reading, nothing more. It stands apart as ByReview does.
const ByCheck Ground = 103

// checking is the whole rule of ByCheck, with the parameters of review: a post of the role that the round is for, at its unit, and
// never the worker who read.
const checking = `SELECT p.person_id, p.alias, p.key_wrapped FROM person p WHERE ` + allowed + ` AND p.person_id = $6
  AND EXISTS (SELECT 1 FROM log_reading r JOIN log_round d ON d.area_id = r.area_id AND d.round_id = r.round_id
    JOIN post b ON b.area_id = r.area_id AND b.post_id = r.post_id
    JOIN post o ON o.area_id = r.area_id AND o.post_id = $2 AND o.unit_id = d.unit_id AND o.role = d.role
   WHERE r.area_id = $1 AND r.person_id = p.person_id AND d.at <= $3 AND o.worker_id <> b.worker_id
     AND (d.signed_at = 0 OR r.finding = 'look' AND d.signed_at > $3 - 7776000000))`

// OpenReview gives the access of a post that is to answer the person, and notes it in the log. Missing for every other post.
func OpenReview(ctx context.Context, tx *store.Tx, actor *Actor, person id.Person, act Action) (Access, error) {
	return actor.apart(ctx, tx, person, act, store.Q(review), Identity, ByReview, ForAnswer, false)
}

// OpenInspection gives the access of a post that is to review a broken glass, and notes it in the log. Missing for every other post.
func OpenInspection(ctx context.Context, tx *store.Tx, actor *Actor, person id.Person, act Action) (Access, error) {
	return actor.apart(ctx, tx, person, act, store.Q(inspection), Identity, ByInspection, ForInspection, false)
}

// OpenChecked gives the access of a post that is to check what was read about the person, and notes it in the log; listed says that
// it is for a line in a list. Missing for every other post.
func OpenChecked(ctx context.Context, tx *store.Tx, actor *Actor, person id.Person, act Action, listed bool) (Access, error) {
	return actor.apart(ctx, tx, person, act, store.Q(checking), Identity, ByCheck, ForCheck, listed)
}

// ByWish is the ground of who is to answer somebody that would like another coach, until it is answered: the person's identity and what they
// have asked, nothing more. It stands apart as ByReview does.
const ByWish Ground = 106

// wishing is the whole rule of ByWish, with the parameters of review: who leads or coordinates the unit, never the worker who is the coach.
const wishing = `SELECT p.person_id, p.alias, p.key_wrapped FROM person p WHERE ` + allowed + ` AND p.person_id = $6
  AND EXISTS (SELECT 1 FROM coach_wish w JOIN post c ON c.area_id = w.area_id AND c.post_id = w.coach_post_id
    JOIN post o ON o.area_id = w.area_id AND o.post_id = $2 AND o.unit_id = w.unit_id AND o.role IN (2, 3)
   WHERE w.area_id = $1 AND w.person_id = p.person_id AND w.at <= $3 AND w.state = 'waiting' AND o.worker_id <> c.worker_id
     AND o.from_on <= $4 AND o.to_on > $4 AND o.ended_at > $3)`

// OpenWish gives the access of a post that is to answer somebody who would like another coach, and notes it in the log. Missing for every
// other post.
func OpenWish(ctx context.Context, tx *store.Tx, actor *Actor, person id.Person, act Action) (Access, error) {
	return actor.apart(ctx, tx, person, act, store.Q(wishing), Identity, ByWish, ForAnswer, false)
}

// apart opens one category of a person by a rule that stands apart from the one of posts.
func (a *Actor) apart(ctx context.Context, tx *store.Tx, person id.Person, act Action, rule store.SQL, c Category, g Ground, why Purpose, listed bool) (Access, error) {
	if err := a.declared(c, act); err != nil {
		return Access{}, err
	}
	if act != Read && act != Write {
		return Access{}, fault.Missing
	}
	n, err := begin(ctx, tx, a)
	if err != nil {
		return Access{}, err
	}
	var who audit.Person
	var alias, wrapped []byte
	err = tx.One(ctx, rule, []any{a.area, a.post, int64(a.now), string(a.today), int(c), person}, &who.ID, &alias, &wrapped)
	if store.None(err) {
		return Access{}, fault.Missing
	}
	if err != nil {
		return Access{}, fmt.Errorf("access apart to person %s: %w", person, err)
	}
	key, err := a.orClosed(person, wrapped, act)
	if err != nil {
		return Access{}, err
	}
	copy(who.Alias[:], alias)
	n.add(a.disclosure(c, act, why, g, listed), who)
	return Access{a, person, key, g, c, act}, nil
}

// Review lets a post answer a person who has asked.
func Review(ctx context.Context, tx *store.Tx, actor *Actor, who id.Person, post id.Post) error {
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO review (area_id, person_id, post_id, at, ended_at) VALUES ($1, $2, $3, $4, $5)
	 ON CONFLICT (area_id, person_id, post_id, at) DO NOTHING`), actor.area, who, post, int64(actor.now), int64(Never))
	return err
}

// EndReview ends what Review gave, when the answer is given or another is to give it.
func EndReview(ctx context.Context, tx *store.Tx, actor *Actor, who id.Person, post id.Post) error {
	if _, err := tx.Exec(ctx, store.Q(`UPDATE review SET ended_at = $4 WHERE area_id = $1 AND person_id = $2 AND post_id = $3 AND ended_at > $4`),
		actor.area, who, post, int64(actor.now)); err != nil {
		return err
	}
	return Raise(ctx, tx, actor.area, actor.now)
}

// Prohibited tells which of the posts a prohibition keeps from the person: a protected person's are all but those named. That a
// record has been merged keeps nobody from an answer, which shows one of them.
func Prohibited(ctx context.Context, tx *store.Tx, actor *Actor, who id.Person, posts []id.Post) (list map[id.Post]bool, err error) {
	list = map[id.Post]bool{}
	for _, o := range posts {
		v, err := Judge(ctx, tx, actor, o, who, Identity, Read)
		if err != nil {
			return nil, err
		}
		list[o] = v < 0 && v != Halved
	}
	return list, nil
}
