package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/fault"
	"sluss/internal/i18n"
)

// Door is the address where those who work here sign in.
const Door = "/arbete/in"

// OwnHome is the address of a person's own pages.
const OwnHome = "/min"

// OwnDoor is the address where people sign in to see what is their own.
const OwnDoor = "/in"

// Statement is where the statement on accessibility is found from every page.
const Statement = "/tillganglighet"

func missing(*Request) (Answer, error) { return Answer{}, fault.Missing }

// fail is the one place where an error becomes a page.
func (k *Kit) fail(w http.ResponseWriter, q *Request, err error) {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, errPass):
		k.refuse(w, q, http.StatusUnauthorized, nil, "system.pass")
	case errors.Is(err, errSignIn):
		k.late(w, q).send(w, q, nil)
	case errors.Is(err, access.ErrRepeated):
		k.repeated(w, q)
	case errors.As(err, &tooLarge):
		k.page(w, q, http.StatusRequestEntityTooLarge, "fault.large")
	case errors.Is(err, audit.ErrLog):
		slog.ErrorContext(q.Context(), "disclosure log", "request", q.id, "error", err)
		k.page(w, q, http.StatusServiceUnavailable, "fault.log")
	case errors.Is(err, audit.ErrEpoch):
		k.page(w, q, http.StatusServiceUnavailable, "fault.busy")
	case fault.Of(err) != nil:
		f := fault.Of(err)
		k.page(w, q, statusOf(f.Kind), f.Key, f.Args...)
	case q.program() && len(fault.Fields(err)) > 0:
		k.refuse(w, q, http.StatusUnprocessableEntity, fault.Fields(err), "system.wrong")
	case len(fault.Fields(err)) > 0: // a handler that has no page of its own for a form
		f := fault.Fields(err)[0]
		k.page(w, q, http.StatusUnprocessableEntity, f.Key, f.Args...)
	case errors.Is(err, context.Canceled):
		w.WriteHeader(499)
	default:
		slog.ErrorContext(q.Context(), "failed", "request", q.id, "route", q.route.Pattern, "error", err)
		k.page(w, q, http.StatusInternalServerError, "fault.ours", q.id)
	}
}

func statusOf(kind fault.Kind) int {
	switch kind {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.Conflict:
		return http.StatusConflict
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	default:
		return http.StatusNotFound
	}
}

// repeated answers the second press of a button as the first one was answered.
func (k *Kit) repeated(w http.ResponseWriter, q *Request) {
	for range 20 {
		to, _, err := k.Signin.Answer(q.Context(), q.Actor.Area(), q.once)
		if err != nil {
			k.fail(w, q, err)
			return
		}
		if to != "" {
			k.where(q, to).send(w, q, nil)
			return
		}
		select {
		case <-q.Context().Done():
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
	k.page(w, q, http.StatusConflict, "fault.repeated")
}

// where leads on from a press that another had come before, in the session that the other may have begun.
func (k *Kit) where(q *Request, to string) Answer {
	f, err := k.Signin.Former(q.Context(), q.cookie())
	if err == nil {
		if a, ok := q.followed(f); ok {
			return a
		}
	}
	return To(to)
}

// page shows an error, to a person or a program: what happened, what to do, whom to call.
func (k *Kit) page(w http.ResponseWriter, q *Request, status int, key string, args ...any) {
	if q.program() {
		k.refuse(w, q, status, nil, key, args...)
		return
	}
	q.Actor = nil // an error page discloses nothing, so nothing is left to log
	p := q.Page("fault.title")
	c := faultPage{Page: p, Phone: k.Phone}
	switch {
	case q.route.Needs.Audience == Own || under(q.URL.Path, OwnHome):
		c.Home, c.Where = OwnHome, "fault.own"
	case q.session != nil || q.route.Needs.Audience.posted():
		c.Home, c.Where = "/arbete", "fault.home"
	default:
		c.Home, c.Where = "/", "fault.front"
	}
	if key == fault.Missing.Key && c.Where != "fault.home" {
		key = "fault.missing.open" // without the advice to search, which they cannot
	}
	c.Text = q.L.T(key, args...)
	body, done, err := Show(fault_(c)).render(q.Context())
	if err != nil {
		http.Error(w, q.L.T(key, args...), status)
		return
	}
	defer done()
	Answer{page: fault_(c), status: status}.send(w, q, body)
}

// plain answers without a page, where making one costs too much.
func (k *Kit) plain(w http.ResponseWriter, status int, key string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	for _, l := range i18n.All() {
		text := l.T(key) + "\n"
		if k.Phone != "" {
			text += l.T("fault.call", k.Phone) + "\n"
		}
		_, _ = io.WriteString(w, text+"\n")
	}
}
