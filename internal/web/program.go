package web

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/signin"
)

// Programs have no session, no cookie and no form: they carry a pass, send and read JSON, and get their refusals as
// application/problem+json.

// Programs is a route for any program, about no person.
func Programs() Needs { return Needs{Audience: Program, People: "no"} }

// OfSystem is a route for a system of another agency that concerns no person.
func OfSystem() Needs { return Needs{Audience: System, People: "no"} }

// program tells whether it is a program that asks.
func (q *Request) program() bool {
	return q.route.Needs.Audience == Program || q.route.Needs.Audience == System
}

var errPass = errors.New("get a pass first")

// serveProgram answers a program: by its pass, and never by a cookie.
func (k *Kit) serveProgram(w http.ResponseWriter, q *Request) {
	q.L = i18n.Get("sv")
	if tag := preferred(q.Header.Get("Accept-Language")); tag != "" {
		q.L = i18n.Get(tag)
	}
	err := q.enter()
	if err == nil && q.Method == http.MethodPost {
		q.body, err = io.ReadAll(http.MaxBytesReader(w, q.Body, doorLimit))
	}
	if err != nil {
		k.fail(w, q, err)
		return
	}
	k.answer(w, q)
}

// enterByPass lets a system act.
func (q *Request) enterByPass() error {
	pass, ok := strings.CutPrefix(q.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return errPass
	}
	actor, scopes, err := q.kit.Signin.FindSystem(q.Context(), strings.TrimSpace(pass), q.route.Method+" "+q.route.Pattern)
	if fault.Is(err, fault.Forbidden) {
		return errPass
	}
	if err != nil {
		return err
	}
	actor.Declare(q.route.Needs.Categories, q.route.Needs.Actions...)
	q.Actor, q.session, q.scopes = actor, &signin.Session{}, scopes
	return nil
}

// Said is what a program sent.
func (q *Request) Said() []byte { return q.body }

// Scoped tells whether the system may do what the scope is for.
func (q *Request) Scoped(scope string) bool { return slices.Contains(q.scopes, scope) }

// JSON answers a program.
func JSON(status int, v any) (Answer, error) {
	b, err := json.Marshal(v)
	a := Data("application/json", b)
	a.status = status
	return a, err
}

// Problem is how a program is told what is wrong, as of RFC 9457.
type Problem struct {
	Title  string       `json:"title" doc:"The status in words"`
	Status int          `json:"status" doc:"The status of the answer"`
	Detail string       `json:"detail" doc:"What happened and what to do, for a person to read"`
	Errors []FieldFault `json:"errors,omitempty" doc:"What is wrong with what was sent, field by field"`
}

// FieldFault is what is wrong with one field of what a program sent.
type FieldFault struct {
	Field  string `json:"field" doc:"The name of the field"`
	Detail string `json:"detail" doc:"What is wrong with it"`
}

// Refuse answers a program with what is wrong; again is after how many seconds it may try again, 0 for no matter.
func (q *Request) Refuse(status, again int, list fault.Form, key string, args ...any) Answer {
	p := Problem{Title: http.StatusText(status), Status: status, Detail: q.L.T(key, args...)}
	for _, f := range list {
		p.Errors = append(p.Errors, FieldFault{f.Field, q.L.T(f.Key, f.Args...)})
	}
	b, _ := json.Marshal(p) // of texts and numbers alone
	a := Data("application/problem+json", b)
	a.status, a.again = status, again
	return a
}

// refuse sends a refusal. It discloses nothing, so nothing is left to log.
func (k *Kit) refuse(w http.ResponseWriter, q *Request, status int, list fault.Form, key string, args ...any) {
	q.Actor = nil
	switch {
	case key == fault.Missing.Key:
		key = "system.missing"
	case status == http.StatusRequestEntityTooLarge:
		key = "system.large"
	}
	again := 0
	if status == http.StatusServiceUnavailable {
		again = 5
	}
	a := q.Refuse(status, again, list, key, args...)
	if status == http.StatusUnauthorized {
		a = a.Challenge(`Bearer realm="sluss", error="invalid_token"`)
	}
	body, done, err := a.render(q.Context())
	if err != nil {
		w.WriteHeader(status)
		return
	}
	defer done()
	a.send(w, q, body)
}

// Again tells a program after how many seconds it may try again.
func (a Answer) Again(seconds int) Answer {
	a.again = seconds
	return a
}

// Challenge tells a program how it is to show who it is.
func (a Answer) Challenge(how string) Answer {
	a.challenge = how
	return a
}

// headers are those of an answer to a program.
func (a Answer) headers(h http.Header) {
	if a.again > 0 {
		h.Set("Retry-After", strconv.Itoa(a.again))
	}
	if a.challenge != "" {
		h.Set("WWW-Authenticate", a.challenge)
	}
}
