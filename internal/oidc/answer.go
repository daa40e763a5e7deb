package oidc

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"sluss/internal/clock"
)

// Who is somebody as a provider knows them: issuer and subject together, and neither alone, are theirs for good.
type Who struct {
	Issuer, Subject string
	Number          string // in the population register, twelve digits; "" where it was not asked for or is not sure
	Before          string // the coordination number that somebody had before that, "" for none
}

// ErrStopped tells that the one who was asked, or their provider, said no.
var ErrStopped = errors.New("the sign-in was stopped at the provider")

// skew is how much the provider's clock may differ from ours.
const skew = time.Minute

const longestSubject = 255

// Answer takes what the provider sent the browser back with, and tells who it is. ErrStopped when the provider tells of a no,
// ErrDown when it does not answer, and any other error when something does not hold.
func (p *Provider) Answer(ctx context.Context, a Asked, query url.Values) (Who, error) {
	d, err := p.describe(ctx)
	if err != nil {
		return Who{}, err
	}
	if err := p.ours(d, a, query); err != nil {
		return Who{}, err
	}
	select {
	case p.busy <- struct{}{}:
		defer func() { <-p.busy }()
	default:
		return Who{}, fmt.Errorf("%w: %d wait already", ErrDown, atOnce)
	}
	token, err := d.oauth.Exchange(oidc.ClientContext(ctx, p.http), query.Get("code"), oauth2.VerifierOption(a.Verifier))
	if err != nil {
		if told := (*oauth2.RetrieveError)(nil); errors.As(err, &told) && told.Response.StatusCode < 500 {
			return Who{}, fmt.Errorf("code: %s", told.ErrorCode)
		}
		return Who{}, fmt.Errorf("%w: code: %w", ErrDown, err)
	}
	raw, _ := token.Extra("id_token").(string)
	if raw == "" {
		return Who{}, errors.New("no id token")
	}
	// a key that does not answer is taken for a signature that does not hold
	id, err := d.verifier.Verify(oidc.ClientContext(ctx, p.http), raw)
	if err != nil {
		return Who{}, err
	}
	if id.AccessTokenHash != "" {
		if err := id.VerifyAccessToken(token.AccessToken); err != nil {
			return Who{}, err
		}
	}
	who, err := p.believed(a, id)
	if err != nil || !p.Number {
		return who, err
	}
	err = p.number(ctx, d, id, token, &who)
	return who, err
}

// numbers are the claims of the Swedish profile about somebody in the population register.
type numbers struct {
	Personal     string `json:"https://id.oidc.se/claim/personalIdentityNumber"`
	Coordination string `json:"https://id.oidc.se/claim/coordinationNumber"`
	Level        string `json:"https://id.oidc.se/claim/coordinationNumberLevel"`
	Before       string `json:"https://id.oidc.se/claim/previousCoordinationNumber"`
}

// number reads the number from the token, or asks for it where it is not there. A coordination number counts when whose it is has been
// confirmed.
func (p *Provider) number(ctx context.Context, d *description, id *oidc.IDToken, token *oauth2.Token, who *Who) error {
	var n numbers
	if err := id.Claims(&n); err != nil {
		return err
	}
	if n.Personal+n.Coordination == "" && d.provider.UserInfoEndpoint() != "" {
		more, err := d.provider.UserInfo(oidc.ClientContext(ctx, p.http), oauth2.StaticTokenSource(token))
		if err != nil {
			return fmt.Errorf("%w: user info: %w", ErrDown, err)
		}
		if more.Subject != who.Subject {
			return errors.New("the user info is another's")
		}
		if err := more.Claims(&n); err != nil {
			return err
		}
	}
	if who.Number = n.Personal; who.Number == "" && n.Level == "confirmed" {
		who.Number = n.Coordination
	}
	if who.Before = n.Before; who.Number == "" {
		return errors.New("no number, or one that is not confirmed")
	}
	return nil
}

// ours tells whether the answer is to the question that this browser has.
func (p *Provider) ours(d *description, a Asked, query url.Values) error {
	for name, values := range query {
		if len(values) > 1 {
			return fmt.Errorf("%s is given twice", name)
		}
	}
	iss, named := query["iss"]
	switch {
	case a.State == "" || subtle.ConstantTimeCompare([]byte(query.Get("state")), []byte(a.State)) != 1:
		return errors.New("state differs")
	case p.Clock.Now() > a.At.Add(AskWithin):
		return errors.New("too late")
	case named && iss[0] != p.Issuer || !named && d.tellsIss:
		return errors.New("iss differs")
	case query.Has("error"):
		return ErrStopped
	case query.Get("code") == "":
		return errors.New("no code")
	}
	return nil
}

// claims are those of an id token that its verifier leaves to us.
type claims struct {
	AZP   string   `json:"azp"`
	ACR   string   `json:"acr"`
	AMR   []string `json:"amr"`
	Exp   float64  `json:"exp"`
	Iat   float64  `json:"iat"`
	Nbf   float64  `json:"nbf"`
	OrgOf string   `json:"https://id.oidc.se/claim/orgNumber"` // of the Swedish profile
}

// believed tells who a token is of, whose signature, issuer and audience hold.
func (p *Provider) believed(a Asked, id *oidc.IDToken) (Who, error) {
	var c claims
	if err := id.Claims(&c); err != nil {
		return Who{}, err
	}
	now := p.Clock.Now()
	at := func(seconds float64) clock.Instant { return clock.Instant(seconds * 1000) }
	switch {
	case id.Nonce == "" || subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(a.Nonce)) != 1:
		return Who{}, errors.New("nonce differs")
	case c.Exp == 0 || now >= at(c.Exp).Add(skew):
		return Who{}, errors.New("expired")
	case c.Nbf != 0 && now.Add(skew) < at(c.Nbf):
		return Who{}, errors.New("not yet")
	case c.Iat == 0 || now.Add(skew) < at(c.Iat) || at(c.Iat).Add(AskWithin) < a.At:
		return Who{}, errors.New("made at another time")
	case c.AZP != "" && c.AZP != p.ClientID || c.AZP == "" && len(id.Audience) > 1:
		return Who{}, errors.New("made for another")
	case id.Subject == "" || len(id.Subject) > longestSubject || strings.ContainsRune(id.Subject, 0):
		return Who{}, errors.New("no subject")
	case p.Org != "" && c.OrgOf != p.Org:
		return Who{}, errors.New("of another organisation")
	case !p.strong(c):
		return Who{}, fmt.Errorf("not more than a password: acr %q, amr %q", c.ACR, c.AMR)
	}
	return Who{Issuer: id.Issuer, Subject: id.Subject}, nil
}

// strong tells whether the token tells a level, or a way, that the agency has named.
func (p *Provider) strong(c claims) bool {
	if len(p.ACR) > 0 && !slices.Contains(p.ACR, c.ACR) {
		return false
	}
	return len(p.AMR) == 0 || slices.ContainsFunc(c.AMR, func(m string) bool { return slices.Contains(p.AMR, m) })
}
