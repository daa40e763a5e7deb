package signin

import (
	"context"
	"errors"
	"log/slog"

	"sluss/internal/access"
	"sluss/internal/oidc"
	"sluss/internal/store"
)

// AgencyOut is where an agency's provider itself tells that somebody has signed out there; it is told to the agency as the back-channel
// logout URI.
const AgencyOut = "/arbete/in/utloggad"

// LoggedOut ends the sessions, in posts at the agency, of the worker whose account a logout token tells of. An account that is nobody's here
// is no fault: the provider is not told who works here. Forbidden for what no provider has said, or has said before; Unavailable when
// one that may have does not answer.
func (d *Desk) LoggedOut(ctx context.Context, token string) error {
	var all error
	for _, p := range d.Providers {
		who, once, err := p.LoggedOut(ctx, token)
		if err == nil {
			return d.Store.Write(ctx, func(tx *store.Tx) error { return d.endAgency(ctx, tx, p, who, once) })
		}
		all = errors.Join(all, err)
	}
	slog.WarnContext(ctx, "sign-out by an agency", "error", all)
	return why(all, errDown, errNotSure, errNotSure)
}

func (d *Desk) endAgency(ctx context.Context, tx *store.Tx, p Provider, who oidc.Who, once string) error {
	now := d.Clock.Now()
	if err := takeOnce(ctx, tx, p.Area, "logout "+who.Issuer+" "+once, now, errNotSure); err != nil {
		return err
	}
	keys, err := d.Vault.Area(ctx, tx, p.Area)
	if err != nil {
		return err
	}
	hash, err := keys.Index(accountKind, who.Issuer+"\x00"+who.Subject)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, store.Q(`UPDATE session SET ended_at = $4 WHERE area_id = $1 AND ended_at > $4 AND post_id IN (`+postsOfAccount+`)`),
		p.Area, hash, p.Agency, int64(now), string(now.Date()))
	if err != nil || n == 0 {
		return err
	}
	return access.Raise(ctx, tx, p.Area, now)
}
