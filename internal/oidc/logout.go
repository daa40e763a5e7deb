package oidc

import (
	"context"
	"errors"

	"github.com/coreos/go-oidc/v3/oidc"

	"sluss/internal/clock"
)

// logoutEvent is what a logout token tells of (OpenID Connect Back-Channel Logout 1.0).
const logoutEvent = "http://schemas.openid.net/event/backchannel-logout"

// LoggedOut reads a logout token, by which the provider itself tells that somebody has signed out there. It gives who, and what tells the
// token from all others. One that tells of a session at the provider and not of whom is refused: sessions there are not kept here.
func (p *Provider) LoggedOut(ctx context.Context, raw string) (who Who, once string, err error) {
	d, err := p.describe(ctx)
	if err != nil {
		return Who{}, "", err
	}
	select {
	case p.busy <- struct{}{}:
		defer func() { <-p.busy }()
	default:
		return Who{}, "", ErrDown
	}
	token, err := d.verifier.Verify(oidc.ClientContext(ctx, p.http), raw)
	if err != nil {
		return Who{}, "", err
	}
	var c struct {
		claims
		JTI    string         `json:"jti"`
		Events map[string]any `json:"events"`
		Nonce  *string        `json:"nonce"`
	}
	if err := token.Claims(&c); err != nil {
		return Who{}, "", err
	}
	now := p.Clock.Now()
	at := func(seconds float64) clock.Instant { return clock.Instant(seconds * 1000) }
	_, told := c.Events[logoutEvent].(map[string]any)
	switch {
	case !told:
		return Who{}, "", errors.New("it tells of no sign-out")
	case c.Nonce != nil:
		return Who{}, "", errors.New("it is an id token")
	case c.JTI == "":
		return Who{}, "", errors.New("no jti")
	case token.Subject == "" || len(token.Subject) > longestSubject:
		return Who{}, "", errors.New("no subject")
	case c.Iat == 0 || now.Add(skew) < at(c.Iat) || now >= at(c.Iat).Add(AskWithin):
		return Who{}, "", errors.New("made at another time")
	case c.Exp != 0 && now >= at(c.Exp).Add(skew):
		return Who{}, "", errors.New("expired")
	}
	return Who{Issuer: token.Issuer, Subject: token.Subject}, c.JTI, nil
}
