package web

import (
	"log/slog"
	"net/http"
	"time"
)

// Keep has the answer carry a cookie that lives for a while and comes back to this site alone.
func (a Answer) Keep(q *Request, name, value string, age time.Duration) Answer {
	return a.keep(q, name, value, age, http.SameSiteStrictMode)
}

// KeepAway is Keep for what is needed when another site leads back here.
func (a Answer) KeepAway(q *Request, name, value string, age time.Duration) Answer {
	return a.keep(q, name, value, age, http.SameSiteLaxMode)
}

func (a Answer) keep(q *Request, name, value string, age time.Duration, site http.SameSite) Answer {
	a.cookies = append(a.cookies, &http.Cookie{Name: q.kit.kept(name), Value: value, Path: "/", MaxAge: int(age.Seconds()),
		HttpOnly: true, Secure: q.kit.Secure, SameSite: site})
	return a
}

// Kept gives what Keep put in the browser, or "".
func (q *Request) Kept(name string) string {
	c, err := q.Cookie(q.kit.kept(name))
	if err != nil {
		return ""
	}
	return c.Value
}

func (k *Kit) kept(name string) string {
	if k.Secure {
		return "__Host-" + name
	}
	return name
}

// Gone answers with a page about something that is not there.
func Gone(a Answer) Answer {
	a.status = http.StatusNotFound
	return a
}

// Enter answers with the address that a session, begun with the cookie, leads to. The one that the browser held before is over.
func (q *Request) Enter(cookie, to string) Answer {
	a := To(q.carried(cookie, to))
	if before := q.cookie(); before != "" && before != cookie {
		if err := q.kit.Signin.End(q.Context(), before); err != nil {
			slog.WarnContext(q.Context(), "the session before not ended", "request", q.id, "error", err)
		}
	}
	a.cookies = append(a.cookies, &http.Cookie{Name: q.kit.cookieName(), Value: cookie, Path: "/", HttpOnly: true, Secure: q.kit.Secure, SameSite: http.SameSiteLaxMode})
	return a
}

// Session gives the cookie of the session that asks.
func (q *Request) Session() string { return q.cookie() }
