package signin

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"log/slog"
	"net/url"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/oidc"
	"sluss/internal/store"
)

// Provider is an agency's OpenID provider, by which those who work at the agency sign in. What they may do is ours alone:
// the provider tells who somebody is, and nothing of roles is read from it.
type Provider struct {
	Area   id.Area
	Agency id.Agency
	Name   string // the agency's
	*oidc.Provider
}

// AgencyBack is where a provider sends the browser back; it is told to the agency as the redirect URI.
const AgencyBack = "/arbete/in/svar"

const (
	agencyUse   = "agency"
	accountKind = "agency account"
)

var (
	errDown    = fault.New(fault.Unavailable, "door.agency.down")
	errStopped = fault.New(fault.Forbidden, "door.agency.stopped")
	errNotSure = fault.New(fault.Forbidden, "door.agency.no")
	errNobody  = fault.New(fault.Forbidden, "door.agency.nobody")
	errTaken   = fault.New(fault.Forbidden, "door.agency.taken")
)

// away is what a browser keeps while its worker is at the provider.
type away struct {
	Area   id.Area
	Agency id.Agency
	Invite string // the invitation that ties the account to a worker; "" to sign in
	Asked  oidc.Asked
}

func (d *Desk) provider(area id.Area, agency id.Agency) (Provider, error) {
	for _, p := range d.Providers {
		if p.Agency == agency && (area == 0 || p.Area == area) {
			return p, nil
		}
	}
	return Provider{}, fault.Missing
}

// AskAgency gives the address where the agency's provider asks who somebody is, and what the browser keeps until it comes
// back. With an invitation the account is tied to whom that is for. Unavailable while the provider does not answer.
func (d *Desk) AskAgency(ctx context.Context, agency id.Agency, invite Invited) (address, cookie string, err error) {
	p, err := d.provider(invite.Area, agency)
	if err != nil {
		return "", "", err
	}
	address, asked, err := p.Ask(ctx)
	if err != nil {
		return "", "", unsure(ctx, p, err)
	}
	text, err := json.Marshal(away{p.Area, p.Agency, invite.token, asked})
	if err != nil {
		return "", "", err
	}
	cookie, err = d.Vault.Wrap(agencyUse, text)
	return address, cookie, err
}

// unsure is what the page says of an error at the provider; why stands in the program's log only.
func unsure(ctx context.Context, p Provider, err error) error {
	slog.WarnContext(ctx, "sign-in by an agency", "issuer", p.Issuer, "error", err)
	return why(err, errDown, errStopped, errNotSure)
}

// why chooses what is said of an error at a provider: it is down, it was stopped there, or the answer did not hold.
func why(err, down, stopped, no error) error {
	switch {
	case errors.Is(err, oidc.ErrDown):
		return down
	case errors.Is(err, oidc.ErrStopped):
		return stopped
	default:
		return no
	}
}

// Back lets in whom the agency's provider has sent back, and gives the cookie of a session in one of their posts at that
// agency, and how many of those there are. An account that is tied to nobody here, or to somebody without such a post, is
// let in nowhere.
func (d *Desk) Back(ctx context.Context, cookie string, query url.Values, lang string) (session string, posts int, err error) {
	var a away
	text, err := d.Vault.Unwrap(agencyUse, cookie)
	if err != nil {
		return "", 0, errNotSure
	}
	if err := json.Unmarshal(text, &a); err != nil {
		return "", 0, err
	}
	p, err := d.provider(a.Area, a.Agency)
	if err != nil {
		return "", 0, err
	}
	who, err := p.Answer(ctx, a.Asked, query)
	if err != nil {
		return "", 0, unsure(ctx, p, err)
	}
	var invite Invited
	if a.Invite != "" {
		if invite, err = d.Invited(ctx, a.Invite); err != nil {
			return "", 0, err
		}
	}
	err = d.Store.Write(ctx, func(tx *store.Tx) (err error) {
		session, posts, err = d.comeBack(ctx, tx, p, a, who, invite, lang)
		return err
	})
	return session, posts, err
}

func (d *Desk) comeBack(ctx context.Context, tx *store.Tx, p Provider, a away, who oidc.Who, invite Invited, lang string) (string, int, error) {
	now := d.Clock.Now()
	if err := takeOnce(ctx, tx, p.Area, "agency "+a.Asked.State, now, errNotSure); err != nil {
		return "", 0, err
	}
	keys, err := d.Vault.Area(ctx, tx, p.Area)
	if err != nil {
		return "", 0, err
	}
	hash, err := keys.Index(accountKind, who.Issuer+"\x00"+who.Subject)
	if err != nil {
		return "", 0, err
	}
	if invite.Worker != 0 {
		if err := tieAccount(ctx, tx, p, invite, hash, now); err != nil {
			return "", 0, err
		}
	}
	posts, err := accountPosts(ctx, tx, p, hash, now)
	if err != nil {
		return "", 0, err
	}
	if len(posts) == 0 {
		return "", 0, errNobody
	}
	session, err := begin(ctx, tx, p.Area, posts[0], lang, now)
	return session, len(posts), err
}

// takeOnce notes that an answer from elsewhere has been taken, and gives again when it had been before.
func takeOnce(ctx context.Context, tx *store.Tx, area id.Area, answer string, now clock.Instant, again error) error {
	once := sha256.Sum256([]byte(answer))
	n, err := tx.Exec(ctx, store.Q(`INSERT INTO submission (area_id, once_hash, at, location) VALUES ($1, $2, $3, '')
	 ON CONFLICT (area_id, once_hash) DO NOTHING`), area, once[:], int64(now))
	if err == nil && n == 0 {
		err = again
	}
	return err
}

// tieAccount uses the invitation: from now on the account is its worker's, and every older way in of theirs is over. One that
// is another's stays that.
func tieAccount(ctx context.Context, tx *store.Tx, p Provider, v Invited, hash []byte, now clock.Instant) error {
	if err := v.use(ctx, tx, now); err != nil {
		return err
	}
	if err := endKeys(ctx, tx, v.Area, v.Worker, now); err != nil {
		return err
	}
	if err := EndSessions(ctx, tx, v.Area, v.Worker, now); err != nil {
		return err
	}
	n, err := tx.Exec(ctx, store.Q(`INSERT INTO agency_account (area_id, account_hash, agency_id, worker_id, created_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6)
	 ON CONFLICT (area_id, account_hash) DO UPDATE SET agency_id = excluded.agency_id, worker_id = excluded.worker_id, created_at = excluded.created_at,
	 ended_at = excluded.ended_at WHERE agency_account.ended_at <= $5`), v.Area, hash, p.Agency, v.Worker, int64(now), int64(access.Never))
	if err == nil && n == 0 {
		return errTaken
	}
	return err
}

// postsOfAccount are the live posts at an agency of the worker whose account it is.
const postsOfAccount = `SELECT o.post_id FROM agency_account a JOIN post o ON o.area_id = a.area_id AND o.worker_id = a.worker_id
	 JOIN unit u ON u.area_id = o.area_id AND u.unit_id = o.unit_id AND u.agency_id = a.agency_id
	 WHERE a.area_id = $1 AND a.account_hash = $2 AND a.agency_id = $3 AND a.ended_at > $4 AND o.from_on <= $5 AND o.to_on > $5 AND o.ended_at > $4`

func accountPosts(ctx context.Context, tx *store.Tx, p Provider, hash []byte, now clock.Instant) ([]id.Post, error) {
	return store.All(ctx, tx, store.Q(postsOfAccount+` ORDER BY o.post_id`), []any{p.Area, hash, p.Agency, int64(now), string(now.Date())}, func(r *store.Cursor) (o id.Post, err error) {
		err = r.Scan(&o)
		return o, err
	})
}
