// Package audit is the log of disclosures: one row per answered request, file, mail or print that showed something about
// people, committed before the first byte leaves.
package audit

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

type disclosureTag struct{}

// ID is the id of a disclosure.
type ID = id.Of[disclosureTag]

// Alias stands for a person in the log: 16 random bytes that are destroyed with the person's record, after which the
// row stays true and means nothing.
type Alias = [AliasBytes]byte

// AliasBytes is the length of an alias.
const AliasBytes = 16

// Person is one who was shown.
type Person struct {
	ID    id.Person
	Alias Alias
}

// Disclosure is one showing of something about people to one post.
type Disclosure struct {
	Area       id.Area
	At         clock.Instant
	Post       id.Post
	Unit       id.Unit
	Action     int
	Purpose    int
	Ground     int
	Categories int
	Route      string // the pattern of the address, never the address
	List       bool   // a line in a list, as against an opened record, an export or a print
	People     []Person
}

// ErrEpoch tells that somebody's right was taken away after the page was read: throw it away and read again.
var ErrEpoch = errors.New("a right ended while the page was made")

// Epoch reads the area's epoch in the snapshot of tx, and the instant it was last raised at.
func Epoch(ctx context.Context, tx *store.Tx, area id.Area) (epoch int64, raised clock.Instant, err error) {
	err = tx.One(ctx, store.Q(`SELECT epoch, raised_at FROM access_epoch WHERE area_id = $1`), []any{area}, &epoch, &raised)
	return epoch, raised, err
}

// Write adds disclosures in a transaction that changes something.
func Write(ctx context.Context, tx *store.Tx, epoch int64, list []Disclosure) error {
	for i := range list {
		d := &list[i]
		if _, err := insert(ctx, tx, insertDisclosure, epoch, d, d.People); err != nil {
			return err
		}
	}
	return nil
}

// insert writes a disclosure and makes those of its people findable who are not yet. ok is false when the statement
// asked for the epoch and it is another by now: then nothing is written.
func insert(ctx context.Context, tx *store.Tx, q store.SQL, epoch int64, d *Disclosure, unseen []Person) (ok bool, err error) {
	key := id.New[disclosureTag](d.At)
	aliases := make([]byte, 0, AliasBytes*len(d.People))
	for i := range d.People {
		aliases = append(aliases, d.People[i].Alias[:]...)
	}
	listed := 0
	if d.List {
		listed = 1
	}
	n, err := tx.Exec(ctx, q, int64(d.Area), int64(key), epoch, int64(d.At), int64(d.Post), int64(d.Unit),
		d.Action, d.Purpose, d.Ground, d.Categories, d.Route, listed, aliases)
	if err != nil || n == 0 {
		return false, err
	}
	return true, index(ctx, tx, key, d, unseen)
}

// index makes a person's disclosures findable.
func index(ctx context.Context, tx *store.Tx, key ID, d *Disclosure, unseen []Person) error {
	opened := int64(key)
	if d.List {
		opened = 0
	}
	args := []any{int64(d.Area), string(d.At.Date()), int64(d.Post), opened, int64(key)}
	for people := range slices.Chunk(unseen, mostRows) {
		q := rowsFor(len(people))
		all := append(make([]any, 0, len(args)+q.rows), args...)
		for i := range q.rows { // the last one repeated does nothing
			all = append(all, int64(people[min(i, len(people)-1)].ID))
		}
		if _, err := tx.Exec(ctx, q.text, all...); err != nil {
			return err
		}
	}
	return nil
}

// mostRows is how many people one statement makes findable.
const mostRows = 64

// rowsText is the statement for so many people.
type rowsText struct {
	rows int
	text store.SQL
}

// rowsTexts are the statements for 1, 2, 4 … mostRows people, so that few texts are prepared.
var rowsTexts = func() (list []rowsText) {
	values := store.Q(`INSERT INTO disclosure_person (area_id, person_id, on_date, post_id, opened_id, disclosure_id) VALUES `)
	for n := 1; n <= mostRows; n *= 2 {
		list = append(list, rowsText{n, store.Join(values, store.Rows(n, 6, 1, 0, 2, 3, 4, 5),
			store.Q(` ON CONFLICT (area_id, person_id, on_date, post_id, opened_id) DO NOTHING`))})
	}
	return list
}()

func rowsFor(n int) rowsText {
	for _, q := range rowsTexts {
		if q.rows >= n {
			return q
		}
	}
	return rowsTexts[len(rowsTexts)-1]
}

var (
	insertDisclosure = store.Q(`INSERT INTO disclosure
  (area_id, disclosure_id, epoch, at, post_id, unit_id, action, purpose, ground, categories, route, listed, people)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`)
	insertAtEpoch = store.Q(`INSERT INTO disclosure
  (area_id, disclosure_id, epoch, at, post_id, unit_id, action, purpose, ground, categories, route, listed, people)
  SELECT e.area_id, $2, e.epoch, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 FROM access_epoch e WHERE e.area_id = $1 AND e.epoch = $3 {share}`)
)

// Readers gives the posts that somebody has been shown to since the day, in no order that means anything; but for a purpose that is
// for the person alone, as is what they have looked at themself, which is under no post. ErrLog when the log cannot be read.
func Readers(ctx context.Context, tx *store.Tx, area id.Area, person id.Person, since clock.Date, but int) ([]id.Post, error) {
	list, err := store.All(ctx, tx, store.Q(`SELECT DISTINCT i.post_id FROM disclosure_person i
	  JOIN disclosure d ON d.area_id = i.area_id AND d.disclosure_id = i.disclosure_id
	 WHERE i.area_id = $1 AND i.person_id = $2 AND i.on_date >= $3 AND i.post_id <> 0 AND d.purpose <> $4 ORDER BY i.post_id`),
		[]any{area, person, string(since), but}, func(r *store.Cursor) (p id.Post, err error) {
			err = r.Scan(&p)
			return p, err
		})
	return list, Unreadable(err)
}

// Unreadable tells of a log that cannot be read as of one that cannot be written: the page is refused with whom to call. Nil for nil.
func Unreadable(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrLog, err)
}

// Forget takes away the lines by which the log is found for a person whose record is destroyed. The log's own rows stay as they are:
// the alias in them leads to nobody any more.
func Forget(ctx context.Context, tx *store.Tx, area id.Area, who id.Person) error {
	_, err := tx.Exec(ctx, store.Q(`DELETE FROM disclosure_person WHERE area_id = $1 AND person_id = $2`), area, who)
	return err
}
