// Package oidc asks an agency's OpenID provider who somebody is, and believes the answer only when all of it holds. It knows
// nobody: what it gives is an issuer and a subject.
package oidc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"sluss/internal/clock"
)

// Config is how one provider is used.
type Config struct {
	Issuer   string
	ClientID string
	Secret   string   // "" for a client that proves itself by PKCE alone
	ACR      []string // the levels, one of which the token must tell; none asks for no level
	AMR      []string // the ways, one of which the token must tell; one of the two lists is needed, for more than a password is demanded
	Org      string   // the organisation's number, where one provider serves several; "" asks for none
	Number   bool     // ask for the number in the population register too
	Redirect string   // where the provider sends the browser back
}

// scopeOrg is the Swedish profile's scope for whom somebody works at.
const scopeOrg = "https://id.oidc.se/scope/naturalPersonOrgId"

// scopeNumber is that for a personal or coordination number.
const scopeNumber = "https://id.oidc.se/scope/naturalPersonNumber"

// Check says what is wrong with how a provider is to be used.
func (c Config) Check() error {
	u, err := url.Parse(c.Issuer)
	switch {
	case err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "":
		return fmt.Errorf("issuer %q is not an address as https://login.example.se", c.Issuer)
	case u.Scheme != "https" && !(u.Scheme == "http" && near(u.Hostname())):
		return fmt.Errorf("issuer %s: only https is believed", c.Issuer)
	case c.ClientID == "":
		return fmt.Errorf("issuer %s: client_id is missing", c.Issuer)
	case len(c.ACR)+len(c.AMR) == 0, slices.ContainsFunc(c.AMR, func(m string) bool { return slices.Contains(single, m) }):
		return fmt.Errorf("issuer %s: name in acr or amr what shows that more than a password was used", c.Issuer)
	}
	return nil
}

// single are ways that a token tells also of who has used nothing else (RFC 8176).
var single = []string{"pwd", "pin", "kba", "sms", "tel", "otp", "user"}

// near tells that a name is this machine's own.
func near(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// Provider is one that can be asked. What it tells of itself is read when it is first needed, and again each hour: a provider
// that is down keeps nothing from starting.
type Provider struct {
	Config
	Clock clock.Clock
	http  *http.Client

	mu    sync.Mutex
	found *description // nil while it does not answer
	until clock.Instant
	busy  chan struct{} // answers that are being taken
}

// description is what a provider tells of itself.
type description struct {
	oauth    oauth2.Config
	verifier *oidc.IDTokenVerifier
	provider *oidc.Provider // to ask for what is not in the token
	tellsIss bool           // it names itself in its answers
}

// The bounds of a provider: how long it may take, how much it may say, how long what it says of itself holds.
const (
	slowest = 4 * time.Second
	longest = 1 << 20
	holds   = time.Hour
	rests   = 10 * time.Second // one that did not answer is asked again no sooner
	atOnce  = 8                // so that one that is slow takes few of the server's places
)

// signed are the ways of signing that are believed; none and those with a shared secret are not among them.
var signed = []string{oidc.RS256, oidc.PS256, oidc.ES256, oidc.ES384, oidc.EdDSA}

// New makes a provider of a config that Check has passed.
func New(c Config, at clock.Clock) *Provider {
	return &Provider{Config: c, Clock: at, busy: make(chan struct{}, atOnce), http: &http.Client{Timeout: slowest, Transport: short{http.DefaultTransport},
		CheckRedirect: func(*http.Request, []*http.Request) error { return errors.New("the provider leads elsewhere") }}}
}

// short cuts off what is too long to be an answer.
type short struct{ http.RoundTripper }

// RoundTrip answers with at most so much.
func (s short) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := s.RoundTripper.RoundTrip(r)
	if err == nil {
		res.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(res.Body, longest), res.Body}
	}
	return res, err
}

// ErrDown tells that the provider does not answer.
var ErrDown = errors.New("the provider does not answer")

// describe gives what the provider tells of itself, asking at most once at a time.
func (p *Provider) describe(ctx context.Context) (*description, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.Clock.Now() < p.until {
		if p.found == nil {
			return nil, ErrDown
		}
		return p.found, nil
	}
	d, err := p.read(ctx)
	if p.found, p.until = d, p.Clock.Now().Add(holds); err != nil {
		p.found, p.until = nil, p.Clock.Now().Add(rests)
		return nil, fmt.Errorf("%w: %w", ErrDown, err)
	}
	return d, nil
}

func (p *Provider) read(ctx context.Context) (*description, error) {
	// the keys are read again by the client given here, long after the request that asks first
	own := oidc.ClientContext(context.WithoutCancel(ctx), p.http)
	got, err := oidc.NewProvider(own, p.Issuer)
	if err != nil {
		return nil, err
	}
	var more struct {
		TellsIss bool `json:"authorization_response_iss_parameter_supported"`
	}
	if err := got.Claims(&more); err != nil {
		return nil, err
	}
	scopes := []string{oidc.ScopeOpenID}
	if p.Org != "" {
		scopes = append(scopes, scopeOrg)
	}
	if p.Number {
		scopes = append(scopes, scopeNumber)
	}
	return &description{
		oauth:    oauth2.Config{ClientID: p.ClientID, ClientSecret: p.Secret, Endpoint: got.Endpoint(), RedirectURL: p.Redirect, Scopes: scopes},
		verifier: got.VerifierContext(own, &oidc.Config{ClientID: p.ClientID, SupportedSigningAlgs: signed, SkipExpiryCheck: true}),
		provider: got,
		tellsIss: more.TellsIss,
	}, nil
}

// Asked is one question to a provider, kept sealed in the browser that asks.
type Asked struct {
	State, Nonce, Verifier string
	At                     clock.Instant
}

// AskWithin is how long one has to answer at the provider.
const AskWithin = 10 * time.Minute

// Ask gives the address where the provider asks who one is. ErrDown when the provider does not answer.
func (p *Provider) Ask(ctx context.Context) (address string, a Asked, err error) {
	d, err := p.describe(ctx)
	if err != nil {
		return "", a, err
	}
	a = Asked{State: oauth2.GenerateVerifier(), Nonce: oauth2.GenerateVerifier(), Verifier: oauth2.GenerateVerifier(), At: p.Clock.Now()}
	options := []oauth2.AuthCodeOption{oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier), oauth2.SetAuthURLParam("response_mode", "query")}
	if len(p.ACR) > 0 {
		options = append(options, oauth2.SetAuthURLParam("acr_values", strings.Join(p.ACR, " ")))
	}
	return d.oauth.AuthCodeURL(a.State, options...), a, nil
}
