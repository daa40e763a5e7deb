package oidc_test

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sluss/internal/oidc"
	"sluss/internal/oidc/oidctest"
)

const back = "http://localhost:8080/arbete/in/svar"

// asking is one browser that has asked at a provider.
type asking struct {
	*oidc.Provider
	from  *oidctest.Provider
	now   time.Time
	asked oidc.Asked
	query url.Values // what the provider was asked
}

func ask(t *testing.T, change ...func(*oidc.Config, *oidctest.Provider)) *asking {
	t.Helper()
	x := &asking{from: oidctest.New(t), now: time.Now()}
	c := oidc.Config{Issuer: x.from.URL, ClientID: oidctest.Client, Secret: oidctest.Secret, AMR: []string{"mfa"}, Redirect: back}
	for _, f := range change {
		f(&c, x.from)
	}
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	x.Provider = oidc.New(c, func() time.Time { return x.now })
	address, asked, err := x.Ask(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	x.asked, x.query = asked, u.Query()
	return x
}

func TestAWorkerIsKnownByIssuerAndSubject(t *testing.T) {
	x := ask(t)
	for name, want := range map[string]string{"response_type": "code", "scope": "openid", "redirect_uri": back, "code_challenge_method": "S256", "response_mode": "query"} {
		if x.query.Get(name) != want {
			t.Errorf("%s is %q, not %q", name, x.query.Get(name), want)
		}
	}
	who, err := x.Answer(t.Context(), x.asked, x.from.Come(x.query))
	if err != nil || who.Issuer != x.from.URL || who.Subject != "anna" {
		t.Errorf("%+v (%v)", who, err)
	}
}

// with sets a claim.
func with(name string, v any) func(*oidctest.Token) {
	return func(t *oidctest.Token) { t.Claims[name] = v }
}

// without takes a claim away.
func without(name string) func(*oidctest.Token) {
	return func(t *oidctest.Token) { delete(t.Claims, name) }
}

func seconds(d time.Duration) int64 { return time.Now().Add(d).Unix() }

// bad are tokens that are each wrong in one way.
func bad(t *testing.T) map[string]func(*oidctest.Token) {
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]func(*oidctest.Token){
		"another issuer":            with("iss", "https://login.example.org"),
		"no issuer":                 without("iss"),
		"another audience":          with("aud", "another"),
		"no audience":               without("aud"),
		"several and no azp":        with("aud", []string{oidctest.Client, "another"}),
		"another azp":               with("azp", "another"),
		"another nonce":             with("nonce", "another"),
		"no nonce":                  without("nonce"),
		"expired":                   with("exp", seconds(-2*time.Minute)),
		"no end":                    without("exp"),
		"not yet":                   with("nbf", seconds(2*time.Minute)),
		"made tomorrow":             with("iat", seconds(24*time.Hour)),
		"made yesterday":            with("iat", seconds(-24*time.Hour)),
		"no time":                   without("iat"),
		"no subject":                without("sub"),
		"an empty subject":          with("sub", ""),
		"a subject without end":     with("sub", strings.Repeat("x", 300)),
		"a subject that is no text": with("sub", []string{"anna"}),
		"a password alone":          with("amr", []string{"pwd"}),
		"no amr":                    without("amr"),
		"of another access token":   with("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
		"unsigned":                  func(t *oidctest.Token) { t.Header["alg"], t.Sign = "none", func(string) []byte { return nil } },
		"unsigned, in capitals":     func(t *oidctest.Token) { t.Header["alg"], t.Sign = "NONE", func(string) []byte { return nil } },
		"without its signature":     func(t *oidctest.Token) { t.Sign = func(string) []byte { return nil } },
		"by another key":            func(t *oidctest.Token) { t.Key = other },
		"by a key nobody has":       func(t *oidctest.Token) { t.Key, t.Header["kid"] = other, "two" },
		"by a key it brings itself": func(t *oidctest.Token) { t.Key, t.Header["jwk"] = other, oidctest.JWK(other) },
		"with the key as a secret":  confused,
		"signed for another text": func(t *oidctest.Token) {
			t.Sign = func(string) []byte { return []byte(strings.Repeat("x", 256)) }
		},
	}
}

// confused signs with the provider's public key, as if it were a secret that the two share.
func confused(t *oidctest.Token) {
	t.Header["alg"] = "HS256"
	t.Sign = func(signed string) []byte {
		der, _ := x509.MarshalPKIXPublicKey(&t.Key.PublicKey)
		m := hmac.New(sha256.New, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
		m.Write([]byte(signed))
		return m.Sum(nil)
	}
}

func TestBadTokensAreRefused(t *testing.T) {
	x := ask(t)
	list := bad(t)
	if len(list) < 20 {
		t.Fatalf("only %d bad tokens", len(list))
	}
	for name, change := range list {
		x.from.Change = change
		if who, err := x.Answer(t.Context(), x.asked, x.from.Come(x.query)); err == nil || errors.Is(err, oidc.ErrDown) || who != (oidc.Who{}) {
			t.Errorf("%s: %+v (%v)", name, who, err)
		}
	}
	x.from.Change = nil
	if _, err := x.Answer(t.Context(), x.asked, x.from.Come(x.query)); err != nil {
		t.Errorf("unchanged: %v", err)
	}
}

func TestClocksMayDifferByAMinute(t *testing.T) {
	x := ask(t)
	for _, change := range []func(*oidctest.Token){with("exp", seconds(-30*time.Second)), with("nbf", seconds(30*time.Second)), with("iat", seconds(30*time.Second))} {
		x.from.Change = change
		if _, err := x.Answer(t.Context(), x.asked, x.from.Come(x.query)); err != nil {
			t.Error(err)
		}
	}
}

func TestAnswersToNobodysQuestionAreRefused(t *testing.T) {
	for name, change := range map[string]func(url.Values, *asking){
		"no state":            func(q url.Values, _ *asking) { q.Del("state") },
		"another state":       func(q url.Values, _ *asking) { q.Set("state", "another") },
		"two states":          func(q url.Values, _ *asking) { q.Add("state", "another") },
		"two codes":           func(q url.Values, _ *asking) { q.Add("code", "another") },
		"no code":             func(q url.Values, _ *asking) { q.Del("code") },
		"another code":        func(q url.Values, _ *asking) { q.Set("code", "another") },
		"no iss":              func(q url.Values, _ *asking) { q.Del("iss") },
		"another iss":         func(q url.Values, _ *asking) { q.Set("iss", "https://login.example.org") },
		"a question of mine":  func(_ url.Values, x *asking) { x.asked.Verifier = strings.Repeat("v", 43) },
		"no question at all":  func(_ url.Values, x *asking) { x.asked = oidc.Asked{} },
		"an empty state, too": func(q url.Values, x *asking) { q.Set("state", ""); x.asked.State = "" },
		"too late":            func(_ url.Values, x *asking) { x.now = x.now.Add(11 * time.Minute) },
	} {
		x := ask(t, func(_ *oidc.Config, p *oidctest.Provider) { p.TellsIss = true })
		q := x.from.Come(x.query)
		change(q, x)
		if who, err := x.Answer(t.Context(), x.asked, q); err == nil || who != (oidc.Who{}) {
			t.Errorf("%s: %+v", name, who)
		}
	}
}

func TestACodeIsTakenOnce(t *testing.T) {
	x := ask(t)
	q := x.from.Come(x.query)
	if _, err := x.Answer(t.Context(), x.asked, q); err != nil {
		t.Fatal(err)
	}
	if _, err := x.Answer(t.Context(), x.asked, q); err == nil {
		t.Error("the same code is taken twice")
	}
}

func TestANoAtTheProviderIsANo(t *testing.T) {
	x := ask(t)
	if _, err := x.Answer(t.Context(), x.asked, url.Values{"state": {x.asked.State}, "error": {"access_denied"}}); !errors.Is(err, oidc.ErrStopped) {
		t.Error(err)
	}
	x.from.Answer = func(m map[string]any) { delete(m, "id_token") }
	if _, err := x.Answer(t.Context(), x.asked, x.from.Come(x.query)); err == nil {
		t.Error("an answer without a token is taken")
	}
}

func TestALevelAndAnOrganisationAreDemanded(t *testing.T) {
	const loa3 = "http://id.elegnamnden.se/loa/1.0/loa3"
	const org = "https://id.oidc.se/claim/orgNumber"
	x := ask(t, func(c *oidc.Config, _ *oidctest.Provider) { c.ACR, c.AMR, c.Org = []string{loa3}, nil, "2120001234" })
	if x.query.Get("acr_values") != loa3 || !strings.Contains(x.query.Get("scope"), "naturalPersonOrgId") {
		t.Errorf("asked is %v", x.query)
	}
	for name, c := range map[string]struct {
		acr, org string
		taken    bool
	}{"both": {loa3, "2120001234", true}, "a lower level": {"http://id.elegnamnden.se/loa/1.0/loa2", "2120001234", false},
		"no level": {"", "2120001234", false}, "another organisation": {loa3, "5560001234", false}, "no organisation": {loa3, "", false}} {
		x.from.Change = func(t *oidctest.Token) { t.Claims["acr"], t.Claims[org] = c.acr, c.org }
		if _, err := x.Answer(t.Context(), x.asked, x.from.Come(x.query)); (err == nil) != c.taken {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAProviderThatIsDownIsAskedAgainLater(t *testing.T) {
	var asked atomic.Int64
	up := oidctest.New(t)
	down := atomic.Bool{}
	down.Store(true)
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if down.Load() {
			http.Error(w, "down", http.StatusBadGateway)
			return
		}
		up.Config.Handler.ServeHTTP(w, r)
	}))
	defer front.Close()
	up.URL = front.URL
	now := time.Now()
	p := oidc.New(oidc.Config{Issuer: front.URL, ClientID: oidctest.Client, AMR: []string{"mfa"}, Redirect: back}, func() time.Time { return now })
	for range 50 {
		if _, _, err := p.Ask(t.Context()); !errors.Is(err, oidc.ErrDown) {
			t.Fatal(err)
		}
	}
	if asked.Load() != 1 {
		t.Errorf("one that is down is asked %d times", asked.Load())
	}
	down.Store(false)
	now = now.Add(11 * time.Second)
	if _, _, err := p.Ask(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAConfigThatAsksTooLittleIsRefused(t *testing.T) {
	good := oidc.Config{Issuer: "https://login.example.se", ClientID: "sluss", AMR: []string{"mfa"}}
	if err := good.Check(); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*oidc.Config){
		"no issuer": func(c *oidc.Config) { c.Issuer = "" }, "no TLS": func(c *oidc.Config) { c.Issuer = "http://login.example.se" },
		"no client": func(c *oidc.Config) { c.ClientID = "" }, "a password alone": func(c *oidc.Config) { c.AMR = nil },
		"a password by its name": func(c *oidc.Config) { c.AMR = []string{"mfa", "pwd"} },
	} {
		c := good
		change(&c)
		if c.Check() == nil {
			t.Errorf("%s is let be", name)
		}
	}
}
