package signin

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/url"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/oidc"
	"sluss/internal/pnr"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// EID is a broker by which people sign in with an e-identification: an OpenID provider that tells somebody's number in the population
// register.
type EID struct {
	Area id.Area
	Way  string // as it stands in the address
	Name string // as the person knows it: BankID
	*oidc.Provider
}

// OwnBack is where a broker sends the browser back; it is told to the broker as the redirect URI.
const OwnBack = "/in/svar"

const eidUse = "e-id"

var (
	errEIDDown    = fault.New(fault.Unavailable, "door.eid.down")
	errEIDStopped = fault.New(fault.Forbidden, "door.eid.stopped")
	errEIDNo      = fault.New(fault.Forbidden, "door.eid.no")
	errEIDNobody  = fault.New(fault.Forbidden, "door.eid.nobody")
)

// awayOwn is what a browser keeps while its person is at the broker.
type awayOwn struct {
	Area   id.Area
	Way    string
	Shared bool
	Asked  oidc.Asked
}

func (d *Desk) eid(area id.Area, way string) (EID, error) {
	for _, e := range d.EIDs {
		if e.Way == way && (area == 0 || e.Area == area) {
			return e, nil
		}
	}
	return EID{}, fault.Missing
}

// AskEID gives the address where the broker asks who somebody is, and what the browser keeps until it comes back. Unavailable while the
// broker does not answer.
func (d *Desk) AskEID(ctx context.Context, way string, shared bool) (address, cookie string, err error) {
	e, err := d.eid(0, way)
	if err != nil {
		return "", "", err
	}
	address, asked, err := e.Ask(ctx)
	if err != nil {
		return "", "", notSure(ctx, e, err)
	}
	text, err := json.Marshal(awayOwn{e.Area, e.Way, shared, asked})
	if err != nil {
		return "", "", err
	}
	cookie, err = d.Vault.Wrap(eidUse, text)
	return address, cookie, err
}

// notSure is what the page says of an error at the broker; why stands in the program's log only.
func notSure(ctx context.Context, e EID, err error) error {
	slog.WarnContext(ctx, "sign-in by e-identification", "issuer", e.Issuer, "error", err)
	return why(err, errEIDDown, errEIDStopped, errEIDNo)
}

// BackEID lets in whom the broker has sent back, and gives the cookie of their session. Whoever had a coordination number here and has
// got a personal number since is found by the one before. A number that nobody here has is let in nowhere.
func (d *Desk) BackEID(ctx context.Context, cookie string, query url.Values, lang string) (session string, err error) {
	var a awayOwn
	text, err := d.Vault.Unwrap(eidUse, cookie)
	if err != nil {
		return "", errEIDNo
	}
	if err := json.Unmarshal(text, &a); err != nil {
		return "", err
	}
	e, err := d.eid(a.Area, a.Way)
	if err != nil {
		return "", err
	}
	who, err := e.Answer(ctx, a.Asked, query)
	if err != nil {
		return "", notSure(ctx, e, err)
	}
	err = d.Store.Write(ctx, func(tx *store.Tx) (err error) {
		session, err = d.byEID(ctx, tx, e, a, who, lang)
		return err
	})
	return session, err
}

func (d *Desk) byEID(ctx context.Context, tx *store.Tx, e EID, a awayOwn, who oidc.Who, lang string) (string, error) {
	now := d.Clock.Now()
	if err := takeOnce(ctx, tx, e.Area, "e-id "+a.Asked.State, now, errEIDNo); err != nil {
		return "", err
	}
	keys, err := d.Vault.Area(ctx, tx, e.Area)
	if err != nil {
		return "", err
	}
	for _, text := range []string{who.Number, who.Before} {
		person, err := numbered(ctx, tx, keys, e.Area, text, now)
		if err != nil {
			return "", err
		}
		if person == 0 {
			continue
		}
		session, err := beginOwn(ctx, tx, e.Area, person, lang, a.Shared, true, now)
		if err != errNone {
			return session, err
		}
	}
	return "", errEIDNobody
}

// numbered gives whose number it is, 0 for nobody's and for what is no number.
func numbered(ctx context.Context, tx *store.Tx, keys *vault.Area, area id.Area, text string, now clock.Instant) (who id.Person, err error) {
	number, err := pnr.Parse(text, now.Date())
	if err != nil {
		return 0, nil
	}
	index, err := keys.Number(number.Reveal())
	if err != nil {
		return 0, err
	}
	err = tx.One(ctx, store.Q(`SELECT person_id FROM person WHERE area_id = $1 AND number_index = $2 AND weeded_at = 0`), []any{area, index}, &who)
	if store.None(err) {
		return 0, nil
	}
	return who, err
}
