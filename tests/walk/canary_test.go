package walk

import (
	"slices"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/glass"
	"sluss/internal/id"
	"sluss/internal/outcome"
	"sluss/internal/person"
	"sluss/internal/reading"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// seldom fills what few pages write: a protection that was lifted, a review that asks, a reading that is shown later, an answer to what
// somebody wondered, and to how it goes half a year on.
func (s *site) seldom(t testing.TB) {
	t.Helper()
	ctx := t.Context()
	p, _ := s.somebody(t, "lifted", "karin", adults)
	d, omar := &person.Desk{Store: s.Store}, s.Actor(t, "omar")
	must(t, d.Protect(ctx, omar, p.id, person.ProtectForm{Version: 1, Kind: person.Marked, Posts: []id.Post{omar.Post(), s.Place.Posts["karin"]}}))
	must(t, d.Lift(ctx, omar, p.id, 2, p.word+"lift"))

	broken := s.people["broken"]
	var g access.GlassID
	must(t, g.UnmarshalText([]byte(broken.ids["glass"])))
	must(t, (&glass.Desk{Store: s.Store}).Judge(ctx, s.Actor(t, "omar"), broken.id, g, 1, glass.Asked, broken.word+"finding"))

	log, resting := &reading.Desk{Store: s.Store}, s.people["resting"]
	must(t, log.Delay(ctx, s.Actor(t, "omar"), resting.id, reading.DelayForm{Post: s.Place.Posts["samar"], From: s.Now().Date(), To: s.Now().Date(),
		Until: s.Now().Date().Add(30), Why: resting.word + "delay"}))
	me := s.own(t, resting)
	must(t, log.Ask(ctx, me, me.Today(), s.Place.Posts["lena"], resting.word+"wonders"))
	var q reading.QuestionID
	s.read(t, func(tx *store.Tx) error {
		return tx.One(ctx, store.Q(`SELECT question_id FROM reading_question WHERE area_id = $1 AND person_id = $2`), []any{s.Place.Area, resting.id}, &q)
	})
	must(t, log.Answer(ctx, s.Actor(t, "karin"), resting.id, q, 1, resting.word+"answer"))

	s.Pass(200)
	later := s.Actor(t, "lena")
	s.Pass(-200)
	gone, asks := s.people["gone"], &outcome.Desk{Store: s.Store}
	c, err := asks.Open(ctx, later, gone.id)
	must(t, err)
	for _, f := range c.Exit.FollowUps {
		if f.Months == 6 {
			must(t, asks.FollowUp(ctx, later, gone.id, outcome.Answer{FollowUp: f.ID, Version: f.Version, Answer: f.Answers()[0], Words: gone.word + "halfyear"}))
		}
	}
}

// bare are the columns of bytes in which nothing that is said about anybody lies.
var bare = []string{"person.alias", "person.key_wrapped", "person.number_index", "session.token_hash", "application.key_wrapped", "application.press", "application_sent.body_hash", "opinion.key_wrapped", "evaluation_said.key_wrapped", "opinion.code", "opinion.press", "intray_mark.mark",
	"sign_in_letter.number_hash", "sign_in_letter.secret_hash", "own_passkey.credential_id", "feed.token_hash", "trusted_link.token_hash", "trusted_link.code_hash"}

// TestEveryPlaceWhereSomethingIsSealedHoldsAWordThatTheWalkLooksFor: in each sealed column of each table about people there is, in the
// world of the walk, a text with the word of the one it is about. A column that holds none is one of which the walk says nothing.
func TestEveryPlaceWhereSomethingIsSealedHoldsAWordThatTheWalkLooksFor(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		keys, columns, planted := s.keys(t), map[string]bool{}, map[string]bool{}
		for table, q := range everything {
			s.read(t, func(tx *store.Tx) error {
				_, err := store.All(t.Context(), tx, q, nil, func(r *store.Cursor) (struct{}, error) {
					names, err := r.Columns()
					if err != nil || !slices.Contains(names, "person_id") {
						return struct{}{}, err
					}
					row := make(map[string]any, len(names))
					to := make([]any, len(names))
					for i := range to {
						to[i] = new(any)
					}
					err = r.Scan(to...)
					for i, n := range names {
						row[n] = *to[i].(*any)
					}
					for n, v := range row {
						sealed, ok := v.([]byte)
						if at := table + "." + n; ok && !slices.Contains(bare, at) {
							columns[at] = true
							planted[at] = planted[at] || holds(row, table, n, sealed, keys)
						}
					}
					return struct{}{}, err
				})
				return err
			})
		}
		for at := range columns {
			if !planted[at] {
				t.Errorf("no word of the walk lies in %s", at)
			}
		}
		if len(columns) < 25 {
			t.Errorf("only %d sealed columns were found", len(columns))
		}
	})
}

// opener is what opens what is sealed about one of the walk's people, and the word that is looked for.
type opener struct {
	area *vault.Area
	key  vault.Person
	word string
}

// keys gives the openers of everybody whose record is not destroyed.
func (s *site) keys(t *testing.T) map[int64]opener {
	t.Helper()
	m := map[int64]opener{}
	s.read(t, func(tx *store.Tx) error {
		area, err := s.Vault.Area(t.Context(), tx, s.Place.Area)
		if err != nil {
			return err
		}
		for _, p := range s.people {
			var wrapped []byte
			if err := tx.One(t.Context(), store.Q(`SELECT key_wrapped FROM person WHERE area_id = $1 AND person_id = $2`), []any{s.Place.Area, p.id}, &wrapped); err != nil {
				return err
			}
			key, err := area.Open(p.id, wrapped)
			if err != nil {
				return err
			}
			m[int64(p.id)] = opener{area, key, strings.ToLower(p.word)}
		}
		return nil
	})
	return m
}

// holds tells whether a sealed text holds the word of the one that the row is about. Which of the row's numbers it is bound to is tried,
// and so is the person's in place of the column, as where a row has no number of its own.
func holds(row map[string]any, table, column string, sealed []byte, keys map[int64]opener) bool {
	who, _ := row["person_id"].(int64)
	o, ok := keys[who]
	if !ok {
		return false
	}
	if table == "evaluation_said" { // which has a key of its own
		e, _ := row["evaluation_id"].(int64)
		wrapped, _ := row["key_wrapped"].([]byte)
		key, err := o.area.OpenOwn("evaluation", e, wrapped)
		if err != nil {
			return false
		}
		o.key = key
	}
	for _, v := range row {
		n, ok := v.(int64)
		if !ok {
			continue
		}
		for _, c := range []string{column, id.Person(who).String(), column + " 0 last"} {
			if f, err := o.key.Open(vault.Place{Table: table, Column: c, Row: n}, 40, sealed); err == nil {
				return strings.Contains(strings.ToLower(strings.Join(f, " ")), o.word)
			}
		}
	}
	return false
}

// TestTheWalkDigestsEveryTable: the list everything is the schema's tables, so that no change goes unseen.
func TestTheWalkDigestsEveryTable(t *testing.T) {
	s := plainSite(t)
	var tables []string
	s.read(t, func(tx *store.Tx) (err error) {
		tables, err = store.All(t.Context(), tx, store.Q(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'goose_db_version'`), nil,
			func(r *store.Cursor) (name string, err error) {
				err = r.Scan(&name)
				return name, err
			})
		return err
	})
	for _, name := range tables {
		if _, ok := everything[name]; !ok {
			t.Errorf("the table %s is not digested", name)
		}
	}
	for name := range everything {
		if name != "live session" && !slices.Contains(tables, name) {
			t.Errorf("%s is digested, and there is no such table", name)
		}
	}
}
