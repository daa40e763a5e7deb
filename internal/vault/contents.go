package vault

import (
	"context"
	"fmt"
	"time"

	"sluss/internal/id"
	"sluss/internal/store"
)

// content is a column that holds what one key sealed.
type content struct {
	table, column store.SQL
	owner         store.SQL              // the column that tells whose key it is
	row           store.SQL              // the number that the text is bound to
	no            store.SQL              // tells rows with the same number apart; 0 where there are none
	as            store.SQL              // the column that the text is bound to, as a text
	named         func(id.Person) string // likewise, where SQL cannot tell it
}

// of is the usual content: bound to its own column, and to the number of its row.
func of(table, column, row store.SQL) content {
	return content{table: table, column: column, owner: store.Q(`person_id`), row: row, no: store.Q(`0`), as: store.Join(store.Q(`'`), column, store.Q(`'`))}
}

// by is a content with a key that is not a person's.
func (c content) by(owner store.SQL) content {
	c.owner = owner
	return c
}

var (
	inSealed = store.Q(`sealed`)
	inAnswer = store.Q(`answer`)
)

// ofPeople are the columns that a person's own key seals. A test holds them against the schema.
var ofPeople = []content{
	of(store.Q(`person`), store.Q(`identity`), store.Q(`person_id`)),
	of(store.Q(`person`), store.Q(`contact`), store.Q(`person_id`)),
	of(store.Q(`person`), store.Q(`needs`), store.Q(`person_id`)),
	of(store.Q(`representative`), inSealed, store.Q(`representative_id`)),
	of(store.Q(`protection`), inSealed, store.Q(`protection_id`)),
	of(store.Q(`referral`), inSealed, store.Q(`referral_id`)),
	{table: store.Q(`called`), column: inSealed, owner: store.Q(`person_id`), row: store.Q(`start_id`), no: store.Q(`0`), as: store.Q(`''`), named: id.Person.String},
	of(store.Q(`enrolment`), inSealed, store.Q(`enrolment_id`)),
	of(store.Q(`plan_goal`), inSealed, store.Q(`goal_id`)),
	of(store.Q(`plan_goal_word`), inSealed, store.Q(`word_id`)),
	of(store.Q(`plan_task`), inSealed, store.Q(`task_id`)),
	of(store.Q(`plan_measure`), inSealed, store.Q(`measure_id`)),
	of(store.Q(`plan_agreed`), inSealed, store.Q(`agreed_id`)),
	of(store.Q(`plan_inventory`), inSealed, store.Q(`inventory_id`)),
	of(store.Q(`exit`), inSealed, store.Q(`exit_id`)),
	of(store.Q(`followup`), inSealed, store.Q(`followup_id`)),
	of(store.Q(`pause`), inSealed, store.Q(`pause_id`)),
	of(store.Q(`note`), inSealed, store.Q(`note_id`)),
	of(store.Q(`coach_wish`), inSealed, store.Q(`wish_id`)),
	of(store.Q(`coach_wish`), inAnswer, store.Q(`wish_id`)),
	of(store.Q(`comment`), inSealed, store.Q(`comment_id`)),
	of(store.Q(`demand`), inSealed, store.Q(`demand_id`)),
	of(store.Q(`away`), inSealed, store.Q(`away_id`)),
	of(store.Q(`appointment`), inSealed, store.Q(`appointment_id`)),
	of(store.Q(`legal_ground`), inSealed, store.Q(`legal_ground_id`)),
	of(store.Q(`glass`), inSealed, store.Q(`glass_id`)),
	of(store.Q(`glass`), store.Q(`note`), store.Q(`glass_id`)),
	of(store.Q(`reading_delay`), inSealed, store.Q(`delay_id`)),
	of(store.Q(`reading_question`), inSealed, store.Q(`question_id`)),
	of(store.Q(`reading_question`), inAnswer, store.Q(`question_id`)),
	of(store.Q(`log_reading`), store.Q(`note`), store.Q(`reading_id`)),
	of(store.Q(`place`), inSealed, store.Q(`place_id`)),
	of(store.Q(`place_extent`), inSealed, store.Q(`extent_id`)),
	of(store.Q(`my_place`), inSealed, store.Q(`place_id`)),
	of(store.Q(`adaptation`), inSealed, store.Q(`row_id`)),
	of(store.Q(`attendance_word`), inSealed, store.Q(`word_id`)),
	of(store.Q(`enquiry`), inSealed, store.Q(`enquiry_id`)),
	of(store.Q(`enquiry`), inAnswer, store.Q(`enquiry_id`)),
	of(store.Q(`opinion`), inSealed, store.Q(`opinion_id`)),
	of(store.Q(`opinion`), inAnswer, store.Q(`opinion_id`)),
	of(store.Q(`proposal`), inSealed, store.Q(`proposal_id`)),
	of(store.Q(`proposal`), inAnswer, store.Q(`proposal_id`)),
	of(store.Q(`statement`), inSealed, store.Q(`statement_id`)),
	of(store.Q(`evaluation`), inSealed, store.Q(`evaluation_id`)),
	of(store.Q(`placement`), inSealed, store.Q(`placement_id`)),
	of(store.Q(`placement_talk`), inSealed, store.Q(`talk_id`)),
	of(store.Q(`story`), inSealed, store.Q(`story_id`)),
	of(store.Q(`trusted_link`), inSealed, store.Q(`link_id`)),
	of(store.Q(`document`), inSealed, store.Q(`document_id`)),
	of(store.Q(`document`), store.Q(`why`), store.Q(`document_id`)),
	{table: store.Q(`document_piece`), column: inSealed, owner: store.Q(`person_id`), row: store.Q(`document_id`), no: store.Q(`piece`),
		as: store.Q(`'sealed ' || piece || (SELECT CASE WHEN d.pieces = document_piece.piece + 1 THEN ' last' ELSE '' END FROM document d
		  WHERE d.area_id = document_piece.area_id AND d.document_id = document_piece.document_id)`)},
}

// spot is one sealed text.
type spot struct {
	place Place
	no    int64
}

// spots are the texts of a content that one key sealed; they are many and can be large, so they are read one by one.
func (c content) spots(ctx context.Context, tx *store.Tx, a id.Area, owner int64) ([]spot, error) {
	return store.All(ctx, tx, store.Join(store.Q(`SELECT `), c.row, store.Q(`, `), c.no, store.Q(`, `), c.as, store.Q(` FROM `), c.table, store.Q(` WHERE area_id = $1 AND `), c.owner,
		store.Q(` = $2 AND length(`), c.column, store.Q(`) > 0`)), []any{a, owner}, func(r *store.Cursor) (s spot, err error) {
		s.place.Table = c.table.String()
		if err = r.Scan(&s.place.Row, &s.no, &s.place.Column); err == nil && c.named != nil {
			s.place.Column = c.named(id.Person(owner))
		}
		return s, err
	})
}

// read gives a sealed text as it lies.
func (c content) read(ctx context.Context, tx *store.Tx, a id.Area, owner int64, s spot) (b []byte, err error) {
	return b, tx.One(ctx, store.Join(store.Q(`SELECT `), c.column, store.Q(` FROM `), c.table, c.where()), []any{a, owner, s.place.Row, s.no}, &b)
}

func (c content) where() store.SQL {
	return store.Join(store.Q(` WHERE area_id = $1 AND `), c.owner, store.Q(` = $2 AND `), c.row, store.Q(` = $3 AND `), c.no, store.Q(` = $4`))
}

// renewMost is how long it may take to seal anew what is kept of one person, or to index anew what an area finds by.
const renewMost = 10 * time.Minute

// renew makes the key of a row anew, with all that the one before sealed sealed by it, and gives it unwrapped, and how many texts that was.
func (t *wrapped) renew(ctx context.Context, tx *store.Tx, a id.Area, row int64, raw []byte) (_ []byte, texts int, err error) {
	from, err := keyOf(a, raw)
	if err != nil {
		return nil, 0, err
	}
	raw = newRaw()
	to, err := keyOf(a, raw)
	if err != nil {
		return nil, 0, err
	}
	err = t.texts(ctx, tx, a, row, func(c content, s spot, b []byte) error {
		plain, err := from.plain(s.place, b)
		if err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Join(store.Q(`UPDATE `), c.table, store.Q(` SET `), c.column, store.Q(` = $5`), c.where()), a, row, s.place.Row, s.no, to.seal(s.place, plain))
		if err == nil && n != 1 {
			return fmt.Errorf("%s.%s: %d rows sealed anew in place of one", c.table, c.column, n)
		}
		texts++
		return err
	})
	return raw, texts, err
}

// Renew gives one person a key that nobody has seen, and seals by it all that is written about them: when somebody may have got
// hold of the one before. It gives how many texts that is. Nobody may serve the database meanwhile. What store.None tells when there is
// nobody, or the key is destroyed; ErrProtected when it takes the key file of protected people and that is not here.
func (v *Vault) Renew(ctx context.Context, s *store.Store, area id.Area, who id.Person) (texts int, err error) {
	s.Longest = renewMost
	err = s.Write(ctx, func(tx *store.Tx) error {
		a, err := v.Area(ctx, tx, area)
		if err != nil {
			return err
		}
		var was []byte
		if err := tx.One(ctx, store.Q(`SELECT key_wrapped FROM person WHERE area_id = $1 AND person_id = $2 AND length(key_wrapped) > 0`), []any{area, who}, &was); err != nil {
			return err
		}
		raw, err := a.unwrap(who, was)
		if err != nil {
			return err
		}
		if raw, texts, err = people.renew(ctx, tx, area, int64(who), raw); err != nil {
			return err
		}
		by := a.master
		if was[0] == shielded {
			by = a.protected
		}
		after, err := by.wrap(raw, wrapBond(who))
		if err != nil {
			return err
		}
		n, err := tx.Exec(ctx, setPersonKey, area, who, after, was)
		if err == nil && n != 1 {
			err = errChanged
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	return texts, s.Scrub(ctx)
}
