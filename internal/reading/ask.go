package reading

import (
	"context"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/calendar"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/vault"
)

func questionPlace(column string, q QuestionID) vault.Place {
	return vault.Place{Table: "reading_question", Column: column, Row: int64(q)}
}

// Ask puts what the person wonders about what a post read on a day, in their own words, to somebody who is neither the one who
// read nor that one's head. Missing when there is no such line; Conflict when nobody can answer.
func (d *Desk) Ask(ctx context.Context, actor *access.Actor, on clock.Date, reader id.Post, words string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, access.Identity, access.Write)
		if err != nil {
			return err
		}
		return ask(ctx, tx, actor, a, on, reader, words)
	})
}

// AskPaper types in what the person has asked on paper. A fault at the field when what is asked about is not in the log, or is what the actor
// has read themself: that goes past whoever has read.
func (d *Desk) AskPaper(ctx context.Context, actor *access.Actor, who id.Person, on clock.Date, reader id.Post, words string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Identity, access.Write, access.ForContact)
		if err != nil {
			return err
		}
		posts, err := org.AllPosts(ctx, tx, actor.Area(), actor.Now())
		if err != nil {
			return err
		}
		if workerAt(posts, reader) == workerAt(posts, actor.Post()) {
			return fault.Form{{Kind: fault.Invalid, Key: "reading.paper.own", Field: "reader"}}
		}
		if _, err := lineOf(ctx, tx, actor, a, on, reader); fault.Is(err, fault.NotFound) {
			return fault.Form{{Kind: fault.Invalid, Key: "reading.paper.nothing", Field: "day"}}
		}
		return ask(ctx, tx, actor, a, on, reader, words)
	})
}

// workerAt is who has the post, 0 for one that nobody has now.
func workerAt(posts []org.Post, p id.Post) id.Worker {
	i := slices.IndexFunc(posts, func(o org.Post) bool { return o.ID == p })
	if i < 0 {
		return 0
	}
	return posts[i].Worker
}

func ask(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, on clock.Date, reader id.Post, words string) error {
	x, err := asking(ctx, tx, actor, a, on, reader)
	if err != nil {
		return err
	}
	words = strings.TrimSpace(words)
	if err := checkWords(words, "words", "reading.ask.needed"); err != nil {
		return err
	}
	row := id.New[questionTag](actor.Now())
	if _, err := tx.Exec(ctx, store.Q(`INSERT INTO reading_question (area_id, person_id, question_id, on_date, reader_post, to_post, sealed, asked_at,
	 due_on, answer, answered_at, version, post_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 1, $11)`), actor.Area(), a.Person(), row, string(on), reader, x.To,
		a.Key(access.Identity).Seal(questionPlace("sealed", row), words), int64(actor.Now()), string(x.Due), []byte{}, actor.Post()); err != nil {
		return err
	}
	return access.Review(ctx, tx, actor, a.Person(), x.To)
}

// asking is a question before it is asked: about which line, to whom, answered when.
func asking(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, on clock.Date, reader id.Post) (x Question, err error) {
	x = Question{On: on, Reader: reader, Due: calendar.After(actor.Today(), answerWithin)}
	if x.Line, err = lineOf(ctx, tx, actor, a, on, reader); err != nil {
		return x, err
	}
	to, ok, err := Reviewer(ctx, tx, actor, a.Person(), reader)
	if err == nil && !ok {
		err = errNobody
	}
	x.To = to
	return x, err
}

// lineOf gives what a post read about the person on a day, as the person may see it.
func lineOf(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, on clock.Date, reader id.Post) (Line, error) {
	rows, err := selectRows(ctx, tx, actor, a, query{before: on.Add(1)}, on)
	if err != nil {
		return Line{}, err
	}
	for _, day := range group(rows) {
		for _, l := range day.Lines {
			if l.Post == reader && !l.Self() {
				return l, nil
			}
		}
	}
	return Line{}, fault.Missing
}

// Asking gives the person who asks what a question about the line would be: about what, to whom, answered when.
func (d *Desk) Asking(ctx context.Context, actor *access.Actor, on clock.Date, reader id.Post) (x Question, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		a, err := access.OpenOwn(ctx, tx, actor, access.Identity, access.Read)
		if err == nil {
			x, err = asking(ctx, tx, actor, a, on, reader)
		}
		return err
	})
	return x, err
}

// Asked gives the questions of the person of the access, the newest first.
func Asked(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) ([]Question, error) {
	return questions(ctx, tx, actor, a, 0)
}

// questions gives a person's questions; only one when its id is told.
func questions(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, one QuestionID) ([]Question, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT question_id, on_date, reader_post, to_post, sealed, asked_at, due_on, answer, answered_at, version, post_id
	 FROM reading_question WHERE area_id = $1 AND person_id = $2 AND (question_id = $3 OR $3 = 0) ORDER BY question_id DESC`),
		[]any{actor.Area(), a.Person(), one}, func(r *store.Cursor) (q Question, err error) {
			var sealed, answer []byte
			if err := r.Scan(&q.ID, &q.On, &q.Reader, &q.To, &sealed, &q.Asked, &q.Due, &answer, &q.Answered, &q.Version, &q.TypedBy); err != nil {
				return q, err
			}
			return q, q.open(a, sealed, answer)
		})
	for i := range list {
		q := &list[i]
		if err == nil {
			q.Line, err = lineOf(ctx, tx, actor, a, q.On, q.Reader)
		}
		if fault.Is(err, fault.NotFound) { // it has been delayed since
			err = nil
		}
	}
	return list, err
}

func (q *Question) open(a access.Access, sealed, answer []byte) error {
	f, err := a.Key(access.Identity).Open(questionPlace("sealed", q.ID), 1, sealed)
	if err != nil {
		return err
	}
	q.Words = f[0]
	if q.Answered == 0 {
		return nil
	}
	if f, err = a.Key(access.Identity).Open(questionPlace("answer", q.ID), 1, answer); err == nil {
		q.Answer = f[0]
	}
	return err
}
