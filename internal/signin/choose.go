package signin

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Choosing is a letter whose code has been used, while one chooses how to sign in.
type Choosing struct {
	Area   id.Area
	Letter letterID
	Shared bool // the computer is one that others use
	person id.Person
}

// errOver is the answer to every choice that cannot be made: nothing to choose by, chosen already, too late or taken back.
var errOver = fault.New(fault.NotFound, "door.choose.over")

// The length of a PIN.
const (
	leastPIN = 6
	mostPIN  = 12
)

// Choosing opens what Try had the browser keep.
func (d *Desk) Choosing(ctx context.Context, cookie string) (c Choosing, err error) {
	text, err := d.Vault.Unwrap(chooseUse, cookie)
	if err != nil {
		return c, errOver
	}
	if err := json.Unmarshal(text, &c); err != nil {
		return c, err
	}
	now := d.Clock.Now()
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		err := tx.One(ctx, store.Q(`SELECT person_id FROM sign_in_letter WHERE area_id = $1 AND letter_id = $2 AND chosen = '' AND used_at > $3 AND ended_at > $4`),
			[]any{c.Area, c.Letter, int64(now.Add(-ChooseWithin)), int64(now)}, &c.person)
		if store.None(err) {
			return errOver
		}
		return err
	})
	return c, err
}

// ChoosePIN keeps the PIN, to be used with the number of the letter, ends every older way in, and gives the cookie of a
// session. What is wrong with the PIN is a fault of the fields pin and again.
func (d *Desk) ChoosePIN(ctx context.Context, c Choosing, pin, again, lang string) (session string, err error) {
	pin, again = plainDigits(pin), plainDigits(again)
	if err := checkPIN(pin, again); err != nil {
		return "", err
	}
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		keys, err := d.Vault.Area(ctx, tx, c.Area)
		if err != nil {
			return err
		}
		hash, err := keys.Index(secretKind, secretOf(c.Letter, pin))
		if err != nil {
			return err
		}
		session, err = d.choose(ctx, tx, c, "pin", hash, lang)
		return err
	})
	return session, err
}

// checkPIN refuses a PIN that is too short or too long, that others try first, or that was typed in two ways.
func checkPIN(pin, again string) error {
	var form fault.Form
	switch {
	case len(pin) < leastPIN || len(pin) > mostPIN:
		form.Add("pin", "door.pin.length", leastPIN, mostPIN)
	case easy(pin):
		form.Add("pin", "door.pin.easy")
	case pin != again:
		form.Add("again", "door.pin.differs")
	}
	return form.Err()
}

// easy tells that a PIN is one digit over and over, digits in a row, or a pair or a triple repeated.
func easy(pin string) bool {
	const up, down = "01234567890123456789", "98765432109876543210"
	for _, n := range []int{1, 2, 3} {
		if strings.Repeat(pin[:n], len(pin)/n+1)[:len(pin)] == pin {
			return true
		}
	}
	return strings.Contains(up, pin) || strings.Contains(down, pin)
}

// AskOwn begins the making of a person's passkey; name is what the browser shows to tell it from others.
func (d *Desk) AskOwn(c Choosing, name string) (Challenge, error) {
	if d.rp == nil {
		return Challenge{}, errKey
	}
	o, s, err := d.rp.BeginRegistration(&holder{area: c.Area, person: c.person, name: name, email: name})
	if err != nil {
		return Challenge{}, err
	}
	return d.challenge(c.use(), o.Response, s)
}

func (c Choosing) use() string { return "letter " + c.Letter.String() }

// ChooseKey keeps the passkey that the browser made, ends every older way in, and gives the cookie of a session.
func (d *Desk) ChooseKey(ctx context.Context, c Choosing, cookie, answer, lang string) (session string, err error) {
	s, err := d.opened(c.use(), cookie)
	if err != nil {
		return "", err
	}
	key, err := d.created(ctx, &holder{area: c.Area, person: c.person}, s, answer)
	if err != nil {
		return "", err
	}
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := spend(ctx, tx, c.Area, s, d.Clock.Now()); err != nil {
			return err
		}
		if session, err = d.choose(ctx, tx, c, "key", noSecret, lang); err != nil {
			return err
		}
		return keepOwn(ctx, tx, c, key, d.Clock.Now())
	})
	return session, err
}

// choose ends what the letter waits for, once, and every other way in.
func (d *Desk) choose(ctx context.Context, tx *store.Tx, c Choosing, what string, secret []byte, lang string) (string, error) {
	now := d.Clock.Now()
	n, err := tx.Exec(ctx, store.Q(`UPDATE sign_in_letter SET chosen = $3, secret_hash = $4, ends_at = $5, tries = 0, wait_until = 0
	 WHERE area_id = $1 AND letter_id = $2 AND chosen = '' AND used_at > $6 AND ended_at > $7`),
		c.Area, c.Letter, what, secret, int64(access.Never), int64(now.Add(-ChooseWithin)), int64(now))
	if err != nil {
		return "", err
	}
	if n == 0 {
		return "", errOver
	}
	if err := endWays(ctx, tx, c.Area, c.person, c.Letter, now); err != nil {
		return "", err
	}
	if _, err := tx.Exec(ctx, store.Q(`UPDATE session SET ended_at = $3 WHERE area_id = $1 AND person_id = $2 AND ended_at > $3`), c.Area, c.person, int64(now)); err != nil {
		return "", err
	}
	return beginOwn(ctx, tx, c.Area, c.person, lang, c.Shared, what == "key", now)
}

func keepOwn(ctx context.Context, tx *store.Tx, c Choosing, key *webauthn.Credential, now clock.Instant) error {
	text, err := json.Marshal(key)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, store.Q(`INSERT INTO own_passkey (area_id, credential_id, person_id, credential, created_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6)
	 ON CONFLICT (area_id, credential_id) DO NOTHING`), c.Area, key.ID, c.person, string(text), int64(now), int64(access.Never))
	if err == nil && n == 0 {
		return errKey
	}
	return err
}

// AskInOwn begins a sign-in with a person's passkey of this address.
func (d *Desk) AskInOwn() (Challenge, error) { return d.askIn("own in") }

// InOwn lets in the person who answers with a live passkey of theirs, and gives the cookie of a session. Everything else gives
// one and the same fault.
func (d *Desk) InOwn(ctx context.Context, cookie, answer, lang string) (session string, err error) {
	h, key, s, err := d.validate(ctx, "own in", cookie, answer, d.ownHolder)
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(key)
	if err != nil {
		return "", err
	}
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		now := d.Clock.Now()
		if err := spend(ctx, tx, h.area, s, now); err != nil {
			return err
		}
		n, err := tx.Exec(ctx, store.Q(`UPDATE own_passkey SET credential = $3 WHERE area_id = $1 AND credential_id = $2 AND ended_at > $4`),
			h.area, key.ID, string(text), int64(now))
		if err == nil && n == 0 {
			return errKey
		}
		if err != nil {
			return err
		}
		session, err = beginOwn(ctx, tx, h.area, h.person, lang, false, true, now)
		return err
	})
	return session, err
}

// ownHolder finds whose passkey it is by what the passkey itself says.
func (d *Desk) ownHolder(ctx context.Context, user []byte) (*holder, error) {
	area, person, ok := ownHandle(user)
	if !ok {
		return nil, errKey
	}
	h := &holder{area: area, person: person}
	err := d.Store.Read(ctx, func(tx *store.Tx) (err error) {
		h.keys, err = store.All(ctx, tx, store.Q(`SELECT credential FROM own_passkey WHERE area_id = $1 AND person_id = $2 AND ended_at > $3 ORDER BY created_at`),
			[]any{area, person, int64(d.Clock.Now())}, credential)
		return err
	})
	return h, err
}

// created checks the passkey that a browser made for the holder.
func (d *Desk) created(ctx context.Context, h *holder, s webauthn.SessionData, answer string) (*webauthn.Credential, error) {
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer))
	if err != nil {
		return nil, refuse(ctx, "made", err)
	}
	key, err := d.rp.CreateCredential(h, s, parsed)
	if err != nil {
		return nil, refuse(ctx, "made", err)
	}
	return key, nil
}
