// Package api is what systems of other agencies call: they send referrals, and learn what was answered. One table tells the routes, what
// goes in and comes out, and is what the served description is made from.
package api

import (
	"net/http"
	"time"

	"sluss/internal/access"
	"sluss/internal/application"
	"sluss/internal/clock"
	"sluss/internal/signin"
	"sluss/internal/web"
)

// Root is where the first version is.
const Root = "/api/v1"

// Pages holds what the handlers call.
type Pages struct {
	Signin      *signin.Desk
	Application *application.Desk
	Clock       clock.Clock

	calls, doors web.Limit
}

// How often a system may call, and how often one network address may ask for a pass.
var (
	often  = web.Rate{Most: 120, Within: time.Minute}
	passes = web.Rate{Most: 30, Within: time.Minute}
)

// operation is one line of the table.
type operation struct {
	web.Route
	Name    string         // of the operation, for programs that are made from the description
	What    string         // in a sentence
	Scope   string         // what the system must be allowed, "" for nothing
	Form    bool           // it is sent as a form, as OAuth 2 has it, and the client may show its secret as Basic
	Key     bool           // it needs an Idempotency-Key
	Takes   any            // what is sent, nil for nothing
	Gives   map[int]any    // what is answered, by status
	Refuses map[int]string // when it is refused, by status
}

// table is all that a system may call.
func (p *Pages) table() []operation {
	return []operation{
		{Route: web.Route{Method: "GET", Pattern: Root + "/openapi.json", Needs: web.Programs(), Handle: p.getDescription}, Name: "describe",
			What: "This description", Gives: map[int]any{200: document{}}},
		{Route: web.Route{Method: "POST", Pattern: Root + "/token", Needs: web.Programs(), Handle: p.postToken}, Name: "token",
			What: "A pass for some minutes, by OAuth 2 client credentials (RFC 6749, section 4.4)", Form: true, Takes: tokenAsked{},
			Gives: map[int]any{200: token{}, 400: tokenRefused{}, 401: tokenRefused{}, 429: tokenRefused{}}, Refuses: map[int]string{413: "More was sent than is taken"}},
		{Route: web.Route{Method: "POST", Pattern: Root + "/referrals", Needs: web.OfSystem(), Handle: p.guarded(signin.MaySend, p.postReferral)}, Name: "sendReferral",
			What:  "Sends a referral. Nobody is looked up: the answer is the same whoever it is about, and the person waits until somebody at the gateway has made sure who it is",
			Scope: signin.MaySend, Key: true, Takes: referralSent{}, Gives: map[int]any{201: referralTold{}},
			Refuses: map[int]string{400: "It is not JSON, or the Idempotency-Key is missing", 409: "The Idempotency-Key was used for another referral", 413: "More was sent than is taken", 422: "A field is wrong"}},
		{Route: web.Route{Method: "GET", Pattern: Root + "/referrals/{referral}", Needs: web.OfSent(access.Collaboration), Handle: p.guarded(signin.MayRead, p.getReferral)}, Name: "readReferral",
			What:  "What was answered to a referral that the same system sent: what a letter would say, and nothing more",
			Scope: signin.MayRead, Gives: map[int]any{200: referralTold{}}, Refuses: map[int]string{404: "There is no such referral, or another system sent it; which is not told"}},
	}
}

// Routes is the table of routes.
func (p *Pages) Routes() []web.Route {
	var list []web.Route
	for _, o := range p.table() {
		list = append(list, o.Route)
	}
	return list
}

// guarded lets through a system that may do this, and does not do it too often.
func (p *Pages) guarded(scope string, next web.Handler) web.Handler {
	return func(r *web.Request) (web.Answer, error) {
		if !p.calls.Allow(r.Actor.Post().String(), p.Clock.Now(), often) {
			return r.Refuse(http.StatusTooManyRequests, 60, nil, "system.often"), nil
		}
		if !r.Scoped(scope) {
			return r.Refuse(http.StatusForbidden, 0, nil, "system.scope", scope), nil
		}
		return next(r)
	}
}

func (p *Pages) getDescription(*web.Request) (web.Answer, error) {
	return web.JSON(http.StatusOK, p.describe())
}
