package api

import (
	"net/http"
	"net/url"
	"strings"

	"sluss/internal/fault"
	"sluss/internal/signin"
	"sluss/internal/web"
)

// tokenAsked is what a client sends; the two last also as HTTP Basic.
type tokenAsked struct {
	Grant  string `json:"grant_type" doc:"client_credentials" enum:"client_credentials"`
	Scope  string `json:"scope,omitempty" doc:"What the pass is to be for, with spaces between: all that the client may do when it is left out; refused when the client may not do all of it" max:"200"`
	Client string `json:"client_id,omitempty" doc:"Unless it is sent as HTTP Basic" max:"200"`
	Secret string `json:"client_secret,omitempty" doc:"Unless it is sent as HTTP Basic" max:"200"`
}

// token is a pass.
type token struct {
	Pass  string `json:"access_token" doc:"Sent as Authorization: Bearer"`
	Type  string `json:"token_type" enum:"Bearer" doc:"Bearer"`
	Lasts int    `json:"expires_in" doc:"For how many seconds"`
	Scope string `json:"scope" doc:"What it is for"`
}

// tokenRefused is a refusal as RFC 6749 has it.
type tokenRefused struct {
	Error  string `json:"error" enum:"invalid_request invalid_client invalid_scope unsupported_grant_type temporarily_unavailable" doc:"Its code"`
	Detail string `json:"error_description" doc:"What happened and what to do, for a person to read"`
}

func refused(r *web.Request, status int, code, key string) (web.Answer, error) {
	a, err := web.JSON(status, tokenRefused{code, r.L.T(key)})
	switch status {
	case http.StatusTooManyRequests:
		a = a.Again(60)
	case http.StatusUnauthorized:
		a = a.Challenge(`Basic realm="sluss"`)
	}
	return a, err
}

// postToken gives a client a pass. Its answer to a wrong secret, a client that does not exist and one that has ended is the same.
func (p *Pages) postToken(r *web.Request) (web.Answer, error) {
	if !p.doors.Allow(r.From(), p.Clock.Now(), passes) {
		return refused(r, http.StatusTooManyRequests, "temporarily_unavailable", "system.often")
	}
	form, err := url.ParseQuery(string(r.Said()))
	if err != nil || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
		return refused(r, http.StatusBadRequest, "invalid_request", "system.form")
	}
	if form.Get("grant_type") != "client_credentials" {
		return refused(r, http.StatusBadRequest, "unsupported_grant_type", "system.grant")
	}
	s := signin.Secret{Client: form.Get("client_id"), Secret: form.Get("client_secret")}
	if name, secret, ok := r.BasicAuth(); ok {
		s = signin.Secret{Client: name, Secret: secret}
	}
	pass, scopes, err := p.Signin.Pass(r.Context(), s, strings.Fields(form.Get("scope"))...)
	switch {
	case err == signin.ErrScope:
		return refused(r, http.StatusBadRequest, "invalid_scope", "system.scope.more")
	case fault.Is(err, fault.Forbidden):
		return refused(r, http.StatusUnauthorized, "invalid_client", "system.refused")
	case err != nil:
		return web.Answer{}, err
	}
	return web.JSON(http.StatusOK, token{pass, "Bearer", int(signin.PassLasts.Seconds()), strings.Join(scopes, " ")})
}
