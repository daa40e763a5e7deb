package signin

import (
	"context"
	"crypto/rand"
	"math/big"
	"slices"
	"strings"
	"time"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// A letter to sign in with has two parts that are worth nothing alone: a number, printed in the letter, and a code, told at
// the desk by a worker who has seen who the person is. With both, once, the person chooses a passkey or a PIN; a PIN then
// goes with the number of the letter. Number and secret are kept as keyed hashes alone.
const (
	LetterWaits  = 14 * 24 * time.Hour // how long a letter waits for its code to be told
	CodeLasts    = 72 * time.Hour      // how long a code can be used once it has been told
	ChooseWithin = 10 * time.Minute    // how long one has to choose once it has been used

	numberSigns = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // Crockford's: no letter is taken for a digit
	numberLong  = 8
	codeLong    = 8
)

// Seen are the ways in which a worker has seen who somebody is, as stored.
var Seen = []string{"document", "known"}

type letterTag struct{}

type letterID = id.Of[letterTag]

// Given is what staff see of somebody's way to sign in: that there is a letter. Whether it has been used, and when somebody
// signs in, they never see.
type Given struct {
	At   clock.Instant // 0 for no letter
	By   id.Post
	Told clock.Instant // when the code was told; 0 for not yet
}

var (
	errNoLetter = fault.New(fault.Conflict, "signin.letter.none")
	lettered    = []access.Role{access.Coach, access.Coordinator, access.Head}
)

// noSecret is in the place of a secret that there is none of: as long as no hash, it is nobody's.
var noSecret = []byte{0}

// Give makes a letter for somebody and gives its number, which is shown this once. One that was given before and not yet
// used ends; a passkey or a PIN that the person has goes on until the new letter is used.
func (d *Desk) Give(ctx context.Context, actor *access.Actor, who id.Person) (number string, err error) {
	number = random(numberSigns, numberLong)
	hash, err := actor.Keys().Index(numberKind, number)
	if err != nil {
		return "", err
	}
	err = d.lettering(ctx, actor, who, func(tx *store.Tx) error {
		now := int64(actor.Now())
		if _, err := tx.Exec(ctx, store.Q(`UPDATE sign_in_letter SET ended_at = $3 WHERE area_id = $1 AND person_id = $2 AND ended_at > $3 AND chosen = ''`),
			actor.Area(), who, now); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, store.Q(`INSERT INTO sign_in_letter (area_id, letter_id, person_id, number_hash, secret_hash, given_at, post_id,
		 told_at, told_by, seen, used_at, chosen, ends_at, ended_at, tries, wait_until) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, '', $8, '', $9, $8, 0, 0)`),
			actor.Area(), id.New[letterTag](actor.Now()), who, hash, noSecret, now, actor.Post(), int64(access.Never), int64(actor.Now().Add(LetterWaits)))
		return err
	})
	return number, err
}

// Tell makes the code of the letter that waits for one and gives it, to be told to the person and shown this once. seen is how
// the worker has seen who it is. A code that was told before ends. Conflict when no letter waits.
func (d *Desk) Tell(ctx context.Context, actor *access.Actor, who id.Person, seen string) (code string, err error) {
	if !slices.Contains(Seen, seen) {
		return "", fault.Form{{Kind: fault.Invalid, Key: "signin.letter.seen.needed", Field: "seen"}}
	}
	code = random("0123456789", codeLong)
	err = d.lettering(ctx, actor, who, func(tx *store.Tx) error {
		now := int64(actor.Now())
		var letter letterID
		err := tx.One(ctx, store.Q(`SELECT letter_id FROM sign_in_letter WHERE area_id = $1 AND person_id = $2 AND used_at > $3 AND ends_at > $3 AND ended_at > $3`),
			[]any{actor.Area(), who, now}, &letter)
		if store.None(err) {
			return errNoLetter
		}
		if err != nil {
			return err
		}
		hash, err := actor.Keys().Index(secretKind, secretOf(letter, code))
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, store.Q(`UPDATE sign_in_letter SET secret_hash = $3, told_at = $4, told_by = $5, seen = $6, ends_at = $7, tries = 0, wait_until = 0
		 WHERE area_id = $1 AND letter_id = $2`), actor.Area(), letter, hash, now, actor.Post(), seen, int64(actor.Now().Add(CodeLasts)))
		return err
	})
	return code, err
}

// TakeBack ends everything by which somebody signs in, and lets them out where they are in.
func (d *Desk) TakeBack(ctx context.Context, actor *access.Actor, who id.Person) error {
	return d.lettering(ctx, actor, who, func(tx *store.Tx) error {
		if err := EndPerson(ctx, tx, actor.Area(), who, actor.Now()); err != nil {
			return err
		}
		return access.Raise(ctx, tx, actor.Area(), actor.Now())
	})
}

// lettering opens the person for a change of how they sign in. Only those who meet people or lead.
func (d *Desk) lettering(ctx context.Context, actor *access.Actor, who id.Person, f func(tx *store.Tx) error) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, lettered...); err != nil {
			return err
		}
		if _, err := access.Open(ctx, tx, actor, who, access.Identity, access.Write, access.ForContact); err != nil {
			return err
		}
		return f(tx)
	})
}

// GivenTo tells of the newest letter that somebody has; a zero Given for none.
func (d *Desk) GivenTo(ctx context.Context, actor *access.Actor, who id.Person) (g Given, err error) {
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		_, err := access.Open(ctx, tx, actor, who, access.Identity, access.Read, access.ForContact)
		if err == nil {
			g, err = newestLetter(ctx, tx, actor.Area(), who, actor.Now())
		}
		return err
	})
	return g, err
}

// GivenOwn is GivenTo for the person themself.
func GivenOwn(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (Given, error) {
	a.Must(access.Identity)
	return newestLetter(ctx, tx, actor.Area(), a.Person(), actor.Now())
}

func newestLetter(ctx context.Context, tx *store.Tx, area id.Area, who id.Person, now clock.Instant) (g Given, err error) {
	err = tx.One(ctx, store.Q(`SELECT given_at, post_id, told_at FROM sign_in_letter WHERE area_id = $1 AND person_id = $2 AND ended_at > $3
	 ORDER BY letter_id DESC LIMIT 1`), []any{area, who, int64(now)}, &g.At, &g.By, &g.Told)
	if store.None(err) {
		return Given{}, nil
	}
	return g, err
}

// EndPerson ends everything that lets a person in: letters, PIN, passkeys and sessions; and what they show by links, since whoever has
// been in as them may have made one.
func EndPerson(ctx context.Context, tx *store.Tx, area id.Area, who id.Person, now clock.Instant) error {
	if err := endWays(ctx, tx, area, who, 0, now); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, store.Q(`UPDATE trusted_link SET ended_at = $3 WHERE area_id = $1 AND person_id = $2 AND ended_at > $3`), area, who, int64(now)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, store.Q(`UPDATE session SET ended_at = $3 WHERE area_id = $1 AND person_id = $2 AND ended_at > $3`), area, who, int64(now))
	return err
}

// endWays ends letters, all but one, and passkeys.
func endWays(ctx context.Context, tx *store.Tx, area id.Area, who id.Person, except letterID, now clock.Instant) error {
	if _, err := tx.Exec(ctx, store.Q(`UPDATE sign_in_letter SET ended_at = $3 WHERE area_id = $1 AND person_id = $2 AND letter_id <> $4 AND ended_at > $3`),
		area, who, int64(now), except); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, store.Q(`UPDATE own_passkey SET ended_at = $3 WHERE area_id = $1 AND person_id = $2 AND ended_at > $3`), area, who, int64(now))
	return err
}

// random draws so many of the signs, each as likely.
func random(signs string, long int) string {
	var b strings.Builder
	for range long {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(signs))))
		if err != nil {
			panic(err) // the system's randomness never fails
		}
		b.WriteByte(signs[n.Int64()])
	}
	return b.String()
}
