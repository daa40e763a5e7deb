package walk

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"sluss/internal/demo/demotest"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/web"
)

// question is something that somebody who has not signed in asks about an identity: with one that is, or was, somebody's here, and with
// one that is nobody's. The answer must be the same.
type question struct {
	routes []string // that are tried by it
	about  string   // whose the known one is
	ask    func(t testing.TB, q *question, known bool) *http.Request
	// hides are what was asked with, which an answer may say back.
	hides []string
	code  int
}

// opens are the routes that anybody may call with something of their own making and that say nothing of an identity, each with why.
var opens = map[string]string{
	"POST /ut":                           "ends the session of the cookie, if there is one, and is answered alike",
	"GET /in/valj":                       "what the browser keeps is sealed by us",
	"POST /in/valj":                      "what the browser keeps is sealed by us",
	"POST /in/valj/nyckel":               "what the browser keeps is sealed by us",
	"GET /in/e-legitimation/{way}":       "the ways are on the page",
	"GET /arbete/in/{agency}":            "the agencies that have a sign-in are on the page",
	"GET /v/{gateway}/u/{code}":          "an outreach is for everybody, and its code nobody's",
	"POST /v/{gateway}/tyck-till/svar":   "the code is of an opinion and not of a person; who has one may read the answer, and every other is nobody's",
	"POST /v/{gateway}/tillganglighet":   "asks for a mend of the pages, and looks nobody up: the handler is that of the next three",
	"GET /in":                            "shows a form",
	"GET /arbete/in":                     "shows a form",
	"GET /v/{gateway}/jobb/{occupation}": "occupations are for everybody",
	"GET /v/{gateway}/sprak/{lang}":      "languages are for everybody",
	"GET /sprak/{lang}":                  "languages are for everybody",
	"GET /in/{token}/{agency}":           "finds the invitation as the page of it does",
	"POST /demo/in":                      "is in the demo alone",
	"POST /demo/min":                     "is in the demo alone",
	"GET /api/v1/referrals/{referral}":   "a system reads what it sent: TestASystemSeesOnlyWhatItSent",
}

// TestEveryWayToAskAboutAnIdentityIsTried: of the routes that take something from somebody who has not signed in.
func TestEveryWayToAskAboutAnIdentityIsTried(t *testing.T) {
	s := plainSite(t)
	s.people["active"], _ = s.somebody(t, "active", "karin", adults)
	tried := map[string]bool{}
	for _, q := range s.questions(t) {
		for _, r := range q.routes {
			tried[r] = true
		}
	}
	there := map[string]bool{}
	for _, r := range s.routes {
		n, name := r.Needs, r.Method+" "+r.Pattern
		there[name] = true
		asks := r.Method == http.MethodPost || param.MatchString(strings.Replace(r.Pattern, "{gateway}", "", 1)) || strings.HasSuffix(r.Pattern, "/svar")
		signedIn := n.Audience == web.Own || n.Audience == web.Staff || n.Audience == web.Partner
		if _, ok := opens[name]; asks && !signedIn && !ok && !tried[name] && !strings.HasSuffix(r.Pattern, "/tyck-till/svar") {
			t.Errorf("%s is called by anybody: is somebody who is known here answered as somebody who is not?", name)
		}
	}
	for name := range tried {
		if !there[name] {
			t.Errorf("%s is tried, and there is no such route", name)
		}
	}
	for name := range opens {
		if !there[name] || tried[name] {
			t.Errorf("%s has a ground, and is no route or is tried", name)
		}
	}
}

// TestKnownAndUnknownAreAnsweredAlikeEverywhere: in status, headers, cookies and bytes, after as many statements and writes, however one
// asks about somebody without having signed in. SLUSS_PROVE also takes the time of 1,000 pairs of each.
func TestKnownAndUnknownAreAnsweredAlikeEverywhere(t *testing.T) {
	for name, db := range engines(t) {
		t.Run(name, func(t *testing.T) {
			s := newSite(t, demotest.New(t, db))
			s.people["active"], _ = s.somebody(t, "active", "karin", adults)
			list := s.questions(t)
			for _, q := range list {
				s.put(t, q, true) // the first of all reads keys and fills caches
				s.put(t, q, false)
			}
			for _, q := range list {
				for i := range 3 {
					known, unknown := s.put(t, q, true), s.put(t, q, false)
					if known.says != unknown.says {
						t.Errorf("%s, try %d: of %s and of nobody the answer is\n%s", q.routes[0], i, q.about, fork(known.says, unknown.says))
					}
					if known.work != unknown.work {
						t.Errorf("%s, try %d: %s takes %v statements and writes, nobody %v", q.routes[0], i, q.about, known.work, unknown.work)
					}
				}
			}
			if prove {
				s.timePairs(t, list)
			}
		})
	}
}

// engines are SQLite, and with SLUSS_PROVE PostgreSQL too.
func engines(t *testing.T) map[string]*store.Store {
	m := map[string]*store.Store{"sqlite": storetest.Open(t, storetest.SQLite(t))}
	if prove {
		m["postgres"] = storetest.Open(t, storetest.Postgres(t))
	}
	return m
}

// told is what was answered, without what is random in it, and what it took.
type told struct {
	says string
	work [2]int64 // statements and writes
	took time.Duration
}

// seconds numbers those who ask, so that each has a network address of their own.
var seconds int

func (s *site) put(t testing.TB, q *question, known bool) told {
	t.Helper()
	s.forget(t)
	q.hides = nil
	r := q.ask(t, q, known)
	seconds++
	r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:1", seconds>>16&255, seconds>>8&255, seconds&255)
	before, from, w := s.Store.Stats(), time.Now(), httptest.NewRecorder()
	s.mux.ServeHTTP(w, r)
	x := told{took: time.Since(from)}
	after := s.Store.Stats()
	x.work = [2]int64{after.Statements - before.Statements, after.Writes - before.Writes}
	x.says = random.ReplaceAllString(onceOptions.ReplaceAllString(same(w), "OPTIONS"), "RANDOM")
	if w.Code != q.code {
		t.Fatalf("%s is answered %d, and not %d", q.routes[0], w.Code, q.code)
	}
	for _, h := range q.hides {
		x.says = strings.ReplaceAll(x.says, h, "ASKED")
	}
	return x
}

// random is what is drawn anew for each answer: what a browser keeps, a code, an id.
var random = regexp.MustCompile(`(own|passkey)-in=[^;]*|"id":"[^"]*"|<bdi dir="ltr">[0-9A-Z-]+</bdi>`)

// fork shows where two answers begin to differ.
func fork(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	from := max(0, i-200)
	return fmt.Sprintf("…%.400s\nand\n…%.400s", a[from:], b[from:])
}

// forget lets hours and days go by for what counts how often somebody asks.
func (s *site) forget(t testing.TB) {
	t.Helper()
	must(t, s.Store.Write(context.WithoutCancel(t.Context()), func(tx *store.Tx) error {
		for _, q := range []store.SQL{
			store.Q(`UPDATE sign_in_letter SET tries = 0, wait_until = 0 WHERE tries > 0`), store.Q(`DELETE FROM sign_in_wrong`),
			store.Q(`UPDATE application SET on_date = '2026-01-01' WHERE on_date <> '2026-01-01'`), store.Q(`UPDATE opinion SET on_date = '2026-01-01' WHERE on_date <> '2026-01-01'`),
		} {
			if _, err := tx.Exec(context.WithoutCancel(t.Context()), q); err != nil {
				return err
			}
		}
		return nil
	}))
}

// timePairs takes the time of 1,000 pairs of each, in turn and in any order.
func (s *site) timePairs(t *testing.T, list []*question) {
	const pairs, most = 1000, 5 * time.Millisecond
	worst := time.Duration(0)
	for _, q := range list {
		var of [2][]time.Duration
		for i := range pairs {
			first := i%2 == 0
			for _, known := range []bool{first, !first} {
				k := 0
				if known {
					k = 1
				}
				of[k] = append(of[k], s.put(t, q, known).took)
			}
		}
		longer := 0.0 // of all pairs of one of each, how many have the known one longer
		slices.Sort(of[0])
		slices.Sort(of[1])
		for _, d := range of[1] {
			at, _ := slices.BinarySearch(of[0], d)
			longer += float64(at) / pairs / pairs
		}
		known, unknown := of[1][pairs/2], of[0][pairs/2]
		differ := max(known-unknown, unknown-known)
		worst = max(worst, differ)
		t.Logf("%s: %s %v, nobody %v; longer in %.1f %%", q.routes[0], q.about, known, unknown, 100*longer)
		if differ > most {
			t.Errorf("%s: %s takes %v and nobody %v", q.routes[0], q.about, known, unknown)
		}
	}
	t.Logf("%d questions, %d pairs each: the medians differ by %v at most", len(list), pairs, worst)
}
