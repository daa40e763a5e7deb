package reading

import (
	"context"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// Case is a question before the one who is to answer it.
type Case struct {
	Question
	Name string // the person's
}

// Case opens a question for the post that is to answer it. Missing for everybody else, and once it is answered.
func (d *Desk) Case(ctx context.Context, actor *access.Actor, who id.Person, q QuestionID) (c Case, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.OpenReview(ctx, tx, actor, who, access.Read)
		if err != nil {
			return err
		}
		if c.Question, err = mine(ctx, tx, actor, a, q); err != nil {
			return err
		}
		c.Name, err = person.FullName(ctx, tx, actor, a)
		return err
	})
	return c, err
}

// mine is a question that is the actor's to answer.
func mine(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, q QuestionID) (Question, error) {
	if q == 0 {
		return Question{}, fault.Missing
	}
	list, err := questions(ctx, tx, actor, a, q)
	if err != nil {
		return Question{}, err
	}
	if len(list) == 0 || list[0].To != actor.Post() || list[0].Answered != 0 {
		return Question{}, fault.Missing
	}
	return list[0], nil
}

// Answer answers the person, who sees it on their own page. From then on the one who answered has no more to do with the
// person than before, unless another question waits.
func (d *Desk) Answer(ctx context.Context, actor *access.Actor, who id.Person, q QuestionID, version int, words string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenReview(ctx, tx, actor, who, access.Write)
		if err != nil {
			return err
		}
		if _, err := mine(ctx, tx, actor, a, q); err != nil {
			return err
		}
		words = strings.TrimSpace(words)
		if err := checkWords(words, "answer", "reading.answer.needed"); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE reading_question SET answer = $5, answered_at = $6, version = version + 1
		 WHERE area_id = $1 AND person_id = $2 AND question_id = $3 AND version = $4 AND answered_at = 0`), actor.Area(), who, q, version,
			a.Key(access.Identity).Seal(questionPlace("answer", q), words), int64(actor.Now()))
		if err == nil && n == 0 {
			return fault.Stale
		}
		if err != nil {
			return err
		}
		var left int
		if err := tx.One(ctx, store.Q(`SELECT count(*) FROM reading_question WHERE area_id = $1 AND person_id = $2 AND to_post = $3 AND answered_at = 0`),
			[]any{actor.Area(), who, actor.Post()}, &left); err != nil || left > 0 {
			return err
		}
		return access.EndReview(ctx, tx, actor, who, actor.Post())
	})
}

// Waiting is a question that waits for an answer, without anything of who asked or of what.
type Waiting struct {
	ID    QuestionID
	Who   id.Person // for the address of the question, which opens for the one who answers alone
	To    id.Post
	Asked clock.Instant
	Due   clock.Date
}

const waitingColumns = `SELECT k.question_id, k.person_id, k.to_post, k.asked_at, k.due_on FROM reading_question k`

func scanWaiting(r *store.Cursor) (w Waiting, err error) {
	err = r.Scan(&w.ID, &w.Who, &w.To, &w.Asked, &w.Due)
	return w, err
}

// ToAnswer gives the questions that wait for the actor, the oldest first.
func ToAnswer(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]Waiting, error) {
	return store.All(ctx, tx, store.Q(waitingColumns+` WHERE k.area_id = $1 AND k.to_post = $2 AND k.answered_at = 0 ORDER BY k.due_on, k.question_id`),
		[]any{actor.Area(), actor.Post()}, scanWaiting)
}

// Overdue gives the questions that others at the actor's unit should have answered by now; for the head alone, who learns how
// long and from whom an answer is missed, not who asked.
func Overdue(ctx context.Context, tx *store.Tx, actor *access.Actor) ([]Waiting, error) {
	if actor.Role() != access.Head {
		return nil, nil
	}
	list, err := store.All(ctx, tx, store.Q(waitingColumns+` JOIN post o ON o.area_id = k.area_id AND o.post_id = k.to_post
	 WHERE k.area_id = $1 AND o.unit_id = $2 AND k.to_post <> $3 AND k.answered_at = 0 AND k.due_on < $4 ORDER BY k.due_on, k.question_id`),
		[]any{actor.Area(), actor.Unit(), actor.Post(), string(actor.Today())}, scanWaiting)
	for i := range list {
		list[i].Who, list[i].ID = 0, 0
	}
	return list, err
}
