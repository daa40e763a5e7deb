package web

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/signin"
	"sluss/internal/web/asset"
	"sluss/internal/web/ui"
)

// Kit is what every request goes through.
type Kit struct {
	Signin *signin.Desk
	Log    *audit.Log
	Demo   bool
	Secure bool   // served over TLS, or behind a proxy that is
	Phone  string // shown where nothing else can be
	// Answered, when there is one, hears of each answered request: its route, status and time.
	Answered func(route string, status int, took time.Duration)
	// From, when there is one, tells the network address a request comes from, where a proxy stands between.
	From func(*http.Request) string
	// Frame fills what every page of a signed-in worker shows: names, menu.
	Frame func(*Request, *ui.Page)
}

// Mux makes the server of the tables of routes. A route whose declaration is wrong is an error: nothing is served.
func (k *Kit) Mux(routes ...Route) (http.Handler, error) {
	if err := asset.Missing(); err != nil {
		return nil, err
	}
	mux, public := http.NewServeMux(), map[string]bool{}
	mux.Handle("GET /static/", asset.Handler())
	for _, r := range routes {
		if err := r.check(); err != nil {
			return nil, err
		}
		if r.Needs.Audience == Demo && !k.Demo {
			r = Route{r.Method, r.Pattern, Open(), missing, false} // as if it had never been: 404, not 405
		}
		mux.HandleFunc(r.Method+" "+r.Pattern, k.handler(r))
		public[r.Method+" "+r.Pattern] = r.Needs.Audience == Public
	}
	mux.HandleFunc("/api/{rest...}", k.handler(Route{"any", "/api/{rest...}", Programs(), missing, false}))
	mux.HandleFunc("/{rest...}", k.handler(Route{"any", "/{rest...}", Open(), missing, false})) // also of a method that no route takes
	origin := http.NewCrossOriginProtection()
	origin.SetDenyHandler(http.HandlerFunc(k.elsewhere))
	gives := func(r *http.Request) bool {
		_, pattern := mux.Handler(r)
		return public[pattern]
	}
	return k.headers(k.crowd(gives, origin.Handler(mux))), nil
}

const policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (k *Kit) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		if k.Secure {
			h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}

// handler runs one route: session, form, answer, and the line in the program's own log.
func (k *Kit) handler(route Route) http.HandlerFunc {
	return func(w http.ResponseWriter, hr *http.Request) { k.run(w, hr, route, k.serve) }
}

// elsewhere answers what a page of another site had the browser send: nothing of it is read.
func (k *Kit) elsewhere(w http.ResponseWriter, hr *http.Request) {
	k.run(w, hr, Route{http.MethodPost, "from elsewhere", Open(), missing, false}, func(w http.ResponseWriter, q *Request) {
		q.lang(w)
		k.fail(w, q, fault.New(fault.Forbidden, "fault.elsewhere"))
	})
}

// run has a request answered, and writes its line in the program's own log.
func (k *Kit) run(w http.ResponseWriter, hr *http.Request, route Route, answer func(http.ResponseWriter, *Request)) {
	start := time.Now()
	q := &Request{Request: hr, kit: k, route: route, id: id.New[struct{}](k.Signin.Clock.Now()).String()}
	out := &recorder{ResponseWriter: w}
	defer func() {
		if p := recover(); p != nil {
			slog.ErrorContext(hr.Context(), "panic", "request", q.id, "route", route.Pattern, "panic", fmt.Sprint(p), "stack", stack())
			if !out.begun {
				k.fail(out, q, fmt.Errorf("panic"))
			}
		}
		q.report(out.status, time.Since(start))
	}()
	answer(out, q)
}

func (k *Kit) serve(w http.ResponseWriter, q *Request) {
	if q.program() {
		k.serveProgram(w, q)
		return
	}
	if q.lang(w) || q.look(w) {
		return
	}
	if err := q.enter(); err != nil {
		k.fail(w, q, err)
		return
	}
	if q.route.Needs.People != "no" && q.Header.Get("Sec-Purpose") != "" {
		w.WriteHeader(http.StatusNoContent) // a page fetched ahead is not yet shown to anybody
		return
	}
	if q.Method == http.MethodPost {
		err := q.read(w)
		defer q.Form.close()
		if err != nil {
			k.fail(w, q, err)
			return
		}
	}
	k.answer(w, q)
}

// answer runs the handler, writes the log and sends; a page whose right ended meanwhile is made once more.
func (k *Kit) answer(w http.ResponseWriter, q *Request) {
	err := k.attempt(w, q)
	for try := 0; err == audit.ErrEpoch && try < 3; try++ {
		if err = q.enter(); err == nil {
			err = k.attempt(w, q)
		}
	}
	if err != nil {
		k.fail(w, q, err)
	}
}

// attempt makes a page and sends it; with an error nothing has been sent.
func (k *Kit) attempt(w http.ResponseWriter, q *Request) error {
	a, err := q.route.Handle(q)
	if a.status == http.StatusUnprocessableEntity || a.status == http.StatusConflict || fault.Of(err) != nil {
		if saved, e := k.saved(q); e != nil || saved {
			return cmp.Or(e, access.ErrRepeated)
		}
	}
	if err != nil {
		return err
	}
	body, done, err := a.render(q.Context())
	if err != nil {
		return err
	}
	defer done()
	if body, err = q.back(a, body); err != nil {
		return err
	}
	if err := k.append(q.Context(), q); err != nil {
		return err
	}
	a.send(w, q, body)
	return nil
}

// saved tells whether the form was saved by an earlier press of its button. What looks wrong may then be what that press
// did: the namesake that is asked about is the person that it made.
func (k *Kit) saved(q *Request) (bool, error) {
	if q.once == nil || q.Actor == nil {
		return false, nil
	}
	_, saved, err := k.Signin.Answer(q.Context(), q.Actor.Area(), q.once)
	return saved, err
}

func (k *Kit) append(ctx context.Context, q *Request) error {
	if q.Actor == nil {
		return nil
	}
	epoch, list := q.Actor.Shown()
	return k.Log.Append(ctx, q.Actor.Area(), epoch, list)
}

func (q *Request) report(status int, took time.Duration) {
	if q.kit.Answered != nil {
		q.kit.Answered(q.route.Method+" "+q.route.Pattern, status, took)
	}
	area := ""
	if q.Actor != nil {
		area = q.Actor.Area().String()
	}
	slog.InfoContext(q.Context(), "request", "request", q.id, "area", area, "method", q.Method, "route", q.route.Pattern,
		"status", strconv.Itoa(status), "ms", took.Milliseconds())
}

// recorder remembers what was sent.
type recorder struct {
	http.ResponseWriter
	status int
	begun  bool
}

func (r *recorder) WriteHeader(status int) {
	r.status, r.begun = status, true
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if !r.begun {
		r.WriteHeader(http.StatusOK)
	}
	return r.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the real writer.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
