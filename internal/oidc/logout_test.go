package oidc_test

import (
	"crypto/rand"
	"crypto/rsa"
	"testing"
	"time"

	"sluss/internal/oidc"
	"sluss/internal/oidc/oidctest"
)

func TestALogoutTokenTellsWhoHasSignedOut(t *testing.T) {
	x := ask(t)
	if who, once, err := x.LoggedOut(t.Context(), x.from.Logout(nil)); err != nil || who.Issuer != x.from.URL || who.Subject != "anna" || once == "" {
		t.Errorf("%+v %q (%v)", who, once, err)
	}
}

func TestBadLogoutTokensAreRefused(t *testing.T) {
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	x := ask(t)
	for name, change := range map[string]func(*oidctest.Token){
		"another issuer":             with("iss", "https://login.example.org"),
		"another audience":           with("aud", "another"),
		"no subject":                 without("sub"),
		"a session and not of whom":  func(t *oidctest.Token) { delete(t.Claims, "sub"); t.Claims["sid"] = "one" },
		"an id token":                with("nonce", "x"),
		"no events":                  without("events"),
		"another event":              with("events", map[string]any{"http://schemas.openid.net/event/other": map[string]any{}}),
		"an event that is no object": with("events", map[string]any{"http://schemas.openid.net/event/backchannel-logout": true}),
		"no jti":                     without("jti"),
		"no time":                    without("iat"),
		"made tomorrow":              with("iat", seconds(24*time.Hour)),
		"made long ago":              with("iat", seconds(-time.Hour)),
		"expired":                    with("exp", seconds(-2*time.Minute)),
		"by another key":             func(t *oidctest.Token) { t.Key = other },
		"unsigned":                   func(t *oidctest.Token) { t.Header["alg"], t.Sign = "none", func(string) []byte { return nil } },
		"with the key as a secret":   confused,
	} {
		if who, _, err := x.LoggedOut(t.Context(), x.from.Logout(change)); err == nil || who != (oidc.Who{}) {
			t.Errorf("%s is believed", name)
		}
	}
}
