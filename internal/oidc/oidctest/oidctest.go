// Package oidctest is an OpenID provider for tests on this machine: it lets in whoever asks, and can be made to say anything.
package oidctest

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"sluss/internal/clock"
)

// Token is an id token before it is signed.
type Token struct {
	Header, Claims map[string]any
	Key            *rsa.PrivateKey
	// Sign, when there is one, is what is put in place of the signature.
	Sign func(signed string) []byte
}

// Provider is one that serves on this machine.
type Provider struct {
	*httptest.Server
	Key *rsa.PrivateKey
	// Subject and AMR are who comes and how, unless Change says otherwise.
	Subject string
	AMR     []string
	// Now is its clock.
	Now func() time.Time
	// Change, when there is one, changes a token before it is signed.
	Change func(*Token)
	// Answer, when there is one, changes what is answered for a code.
	Answer func(map[string]any)
	// TellsIss has it name itself in its answers.
	TellsIss bool

	mu    sync.Mutex
	codes map[string]url.Values // what was asked, by the code that answers it
}

// Client is the id and the secret of who may ask.
const Client, Secret = "sluss", "a secret between two"

// New serves a provider until the test is over.
func New(t testing.TB) *Provider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &Provider{Key: key, Subject: "anna", AMR: []string{"pwd", "mfa"}, Now: clock.System, codes: map[string]url.Values{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.describe)
	mux.HandleFunc("GET /keys", p.keys)
	mux.HandleFunc("GET /ask", p.ask)
	mux.HandleFunc("POST /token", p.token)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func write(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

func (p *Provider) describe(w http.ResponseWriter, _ *http.Request) {
	write(w, map[string]any{"issuer": p.URL, "authorization_endpoint": p.URL + "/ask", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"RS256", "HS256", "none"}, "authorization_response_iss_parameter_supported": p.TellsIss})
}

func (p *Provider) keys(w http.ResponseWriter, _ *http.Request) {
	write(w, map[string]any{"keys": []any{JWK(p.Key)}})
}

// JWK is the public half of a key, as a provider shows it.
func JWK(k *rsa.PrivateKey) map[string]any {
	text := base64.RawURLEncoding.EncodeToString
	return map[string]any{"kty": "RSA", "use": "sig", "kid": "one", "n": text(k.N.Bytes()), "e": text(big.NewInt(int64(k.E)).Bytes())}
}

// ask lets in whoever asks, at once.
func (p *Provider) ask(w http.ResponseWriter, r *http.Request) {
	to, err := url.Parse(r.FormValue("redirect_uri"))
	if err != nil {
		http.Error(w, "redirect_uri", http.StatusBadRequest)
		return
	}
	to.RawQuery = p.Come(r.URL.Query()).Encode()
	http.Redirect(w, r, to.String(), http.StatusSeeOther)
}

// Come is what a browser is sent back with when its question is answered with a yes.
func (p *Provider) Come(asked url.Values) url.Values {
	p.mu.Lock()
	defer p.mu.Unlock()
	code := rand.Text()
	p.codes[code] = asked
	back := url.Values{"code": {code}, "state": {asked.Get("state")}}
	if p.TellsIss {
		back.Set("iss", p.URL)
	}
	return back
}

func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	asked, ok := p.codes[r.FormValue("code")]
	delete(p.codes, r.FormValue("code"))
	p.mu.Unlock()
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	id, secret, _ := r.BasicAuth()
	proved := base64.RawURLEncoding.EncodeToString(sum[:]) == asked.Get("code_challenge") && asked.Get("code_challenge_method") == "S256"
	if !ok || !proved || id != Client || secret != url.QueryEscape(Secret) || r.FormValue("redirect_uri") != asked.Get("redirect_uri") {
		w.WriteHeader(http.StatusBadRequest)
		write(w, map[string]any{"error": "invalid_grant"})
		return
	}
	now := p.Now()
	t := &Token{Key: p.Key, Header: map[string]any{"alg": "RS256", "kid": "one", "typ": "JWT"}, Claims: map[string]any{"iss": p.URL, "aud": Client, "sub": p.Subject,
		"nonce": asked.Get("nonce"), "iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(), "amr": p.AMR}}
	if p.Change != nil {
		p.Change(t)
	}
	answer := map[string]any{"access_token": "access", "token_type": "Bearer", "id_token": t.Text()}
	if p.Answer != nil {
		p.Answer(answer)
	}
	write(w, answer)
}

// Logout is what the provider sends when its Subject has signed out, changed as change says, or not when it is nil.
func (p *Provider) Logout(change func(*Token)) string {
	now := p.Now()
	t := &Token{Key: p.Key, Header: map[string]any{"alg": "RS256", "kid": "one", "typ": "logout+jwt"}, Claims: map[string]any{"iss": p.URL, "aud": Client, "sub": p.Subject,
		"iat": now.Unix(), "exp": now.Add(2 * time.Minute).Unix(), "jti": rand.Text(), "events": map[string]any{"http://schemas.openid.net/event/backchannel-logout": map[string]any{}}}}
	if change != nil {
		change(t)
	}
	return t.Text()
}

// Text is the token, signed.
func (t *Token) Text() string {
	part := func(v any) string {
		b, _ := json.Marshal(v)
		return base64.RawURLEncoding.EncodeToString(b)
	}
	signed := part(t.Header) + "." + part(t.Claims)
	var sign []byte
	if t.Sign != nil {
		sign = t.Sign(signed)
	} else {
		sum := sha256.Sum256([]byte(signed))
		sign, _ = rsa.SignPKCS1v15(rand.Reader, t.Key, crypto.SHA256, sum[:])
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(sign)
}
