package signin

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"log/slog"
	"strings"
	"time"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// What a letter bears: after some wrong secrets in a row it waits, longer for each that follows, and never for ever. Whoever
// has found a letter can keep its PIN waiting, until the person gets a new letter with a new number.
const (
	freeTries = 5
	firstWait = 15 * time.Minute
	mostWait  = 24 * time.Hour

	// guarded is how many may be wrong in an hour, of all letters together, before each source is let try less.
	guarded = 200
	hour    = time.Hour
)

const (
	numberKind = "sign-in number"
	secretKind = "sign-in secret"
	chooseUse  = "sign-in choose"
)

// errWrong is the answer to everything that is not a right number with its right secret: unknown, wrong, used, too old,
// taken back, or one that waits.
var errWrong = fault.New(fault.Forbidden, "door.in.wrong")

// Tried is what a right number and secret lead to: a session, or a letter by which one now chooses how to sign in.
type Tried struct {
	Session string // the session's cookie
	Choose  string // what the browser keeps while one chooses
}

// letter is one that may be tried now; the zero letter is in the place of one that is unknown.
type letter struct {
	id     letterID
	person id.Person
	secret []byte
	chosen string
	tries  int
}

// Try tries a number with its secret: the code that was told, or the PIN. What is wrong gives one and the same fault, after
// the same statements and the same hashing, whether the number is somebody's or nobody's.
func (d *Desk) Try(ctx context.Context, number, secret, lang string, shared bool) (t Tried, err error) {
	number, secret = plainNumber(number), plainDigits(secret)
	now, wrong := d.Clock.Now(), 0
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		t, wrong = Tried{}, 0
		areas, err := areasOf(ctx, tx)
		for _, area := range areas {
			var n int
			if t, n, err = d.tryIn(ctx, tx, area, number, secret, lang, shared, now); err != nil || t != (Tried{}) {
				return err
			}
			wrong = max(wrong, n)
		}
		return err
	})
	if err != nil || t != (Tried{}) {
		return t, err
	}
	if wrong > guarded && now >= clock.Instant(d.guard.Swap(int64(now.Add(hour)))) {
		slog.WarnContext(ctx, "many wrong sign-ins: each source may try less for an hour", "wrong", wrong)
	}
	return t, errWrong
}

// OnGuard tells that so many have been wrong lately that each source is to be let try less.
func (d *Desk) OnGuard() bool { return d.Clock.Now() < clock.Instant(d.guard.Load()) }

// tryIn is Try in one area; wrong is how many have been wrong there in the hour.
func (d *Desk) tryIn(ctx context.Context, tx *store.Tx, area id.Area, number, secret, lang string, shared bool, now clock.Instant) (t Tried, wrong int, err error) {
	keys, err := d.Vault.Area(ctx, tx, area)
	if err != nil {
		return t, 0, err
	}
	hash, err := keys.Index(numberKind, number)
	if err != nil {
		return t, 0, err
	}
	l, err := findLetter(ctx, tx, area, hash, now)
	if err != nil {
		return t, 0, err
	}
	mac, err := keys.Index(secretKind, secretOf(l.id, secret))
	if err != nil {
		return t, 0, err
	}
	want := make([]byte, len(mac))
	if copy(want, l.secret); subtle.ConstantTimeCompare(want, mac) != 1 {
		wrong, err = noteWrong(ctx, tx, area, l, now)
		return t, wrong, err
	}
	if l.chosen != "" {
		t.Session, err = d.byPIN(ctx, tx, area, l, lang, shared, now)
		return t, 0, err
	}
	t.Choose, err = d.useCode(ctx, tx, area, l, shared, now)
	return t, 0, err
}

func findLetter(ctx context.Context, tx *store.Tx, area id.Area, hash []byte, now clock.Instant) (l letter, err error) {
	err = tx.One(ctx, store.Q(`SELECT l.letter_id, l.person_id, l.secret_hash, l.chosen, l.tries FROM sign_in_letter l
	 JOIN person p ON p.area_id = l.area_id AND p.person_id = l.person_id
	 WHERE l.area_id = $1 AND l.number_hash = $2 AND l.ends_at > $3 AND l.ended_at > $3 AND l.wait_until <= $3 AND p.weeded_at = 0`),
		[]any{area, hash, int64(now)}, &l.id, &l.person, &l.secret, &l.chosen, &l.tries)
	if store.None(err) {
		return letter{}, nil
	}
	return l, err
}

// noteWrong counts a wrong secret, at its letter and among all; nobody's number is the letter 0, which no row is.
func noteWrong(ctx context.Context, tx *store.Tx, area id.Area, l letter, now clock.Instant) (wrong int, err error) {
	until := now.Add(waitAfter(l.tries + 1))
	if _, err := tx.Exec(ctx, store.Q(`UPDATE sign_in_letter SET tries = tries + 1, wait_until = $3 WHERE area_id = $1 AND letter_id = $2`),
		area, l.id, int64(until)); err != nil {
		return 0, err
	}
	at := int64(now) / hour.Milliseconds()
	if _, err := tx.Exec(ctx, store.Q(`INSERT INTO sign_in_wrong (area_id, hour, wrong) VALUES ($1, $2, 1)
	 ON CONFLICT (area_id, hour) DO UPDATE SET wrong = sign_in_wrong.wrong + 1`), area, at); err != nil {
		return 0, err
	}
	err = tx.One(ctx, store.Q(`SELECT wrong FROM sign_in_wrong WHERE area_id = $1 AND hour = $2`), []any{area, at}, &wrong)
	return wrong, err
}

// waitAfter is how long a letter waits after so many wrong secrets in a row.
func waitAfter(tries int) time.Duration {
	if tries < freeTries {
		return 0
	}
	w := firstWait
	for ; tries > freeTries && w < mostWait; tries-- {
		w *= 2
	}
	return min(w, mostWait)
}

// byPIN begins the session of the letter's person.
func (d *Desk) byPIN(ctx context.Context, tx *store.Tx, area id.Area, l letter, lang string, shared bool, now clock.Instant) (string, error) {
	if _, err := tx.Exec(ctx, store.Q(`UPDATE sign_in_letter SET tries = 0, wait_until = 0 WHERE area_id = $1 AND letter_id = $2`), area, l.id); err != nil {
		return "", err
	}
	return beginOwn(ctx, tx, area, l.person, lang, shared, false, now)
}

// useCode spends the code: whoever comes second with it has it wrong.
func (d *Desk) useCode(ctx context.Context, tx *store.Tx, area id.Area, l letter, shared bool, now clock.Instant) (string, error) {
	if _, err := tx.Exec(ctx, store.Q(`UPDATE sign_in_letter SET used_at = $3, secret_hash = $4, tries = 0, wait_until = 0 WHERE area_id = $1 AND letter_id = $2`),
		area, l.id, int64(now), noSecret); err != nil {
		return "", err
	}
	text, err := json.Marshal(Choosing{Area: area, Letter: l.id, Shared: shared})
	if err != nil {
		return "", err
	}
	return d.Vault.Wrap(chooseUse, text)
}

func areasOf(ctx context.Context, tx *store.Tx) ([]id.Area, error) {
	return store.All(ctx, tx, store.Q(`SELECT area_id FROM area ORDER BY area_id`), nil, func(r *store.Cursor) (a id.Area, err error) {
		err = r.Scan(&a)
		return a, err
	})
}

// secretOf binds a secret to its letter, so that the same PIN is another hash with each.
func secretOf(l letterID, secret string) string { return l.String() + "\x00" + secret }

// plainNumber is a number as it was made, however it was typed: with hyphens, in small letters, or with a letter for a digit.
func plainNumber(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r = digit(r); {
		case r == 'O' || r == 'o':
			return '0'
		case r == 'I' || r == 'i' || r == 'L' || r == 'l':
			return '1'
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z':
			return r
		}
		return -1
	}, s)
	return s[:min(len(s), longestTyped)]
}

// plainDigits is a code or a PIN without what stands between its digits.
func plainDigits(s string) string {
	s = strings.Map(func(r rune) rune {
		if r = digit(r); r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	return s[:min(len(s), longestTyped)]
}

// longestTyped is more than any number or secret has.
const longestTyped = 40

// digit gives the digit for one that is written as in Arabic or in Persian.
func digit(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	}
	return r
}
