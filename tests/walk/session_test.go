package walk

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/web"
)

// cookieIn is the session that an answer gives; "" for none.
func cookieIn(res *httptest.ResponseRecorder) (session string) {
	for _, c := range res.Result().Cookies() {
		if c.Name == "sluss" && c.MaxAge >= 0 {
			session = c.Value
		}
	}
	return session
}

// live tells whether a cookie opens the page.
func (s *site) live(cookie, page string) bool {
	return (&visitor{site: s, cookie: cookie}).get(page).Code == 200
}

// withPIN gives one of the people a letter, has them choose a PIN in a browser that holds a session already, and gives the letter's number
// and what is answered.
func (s *site) withPIN(t testing.TB, key, before string) (number string, res *httptest.ResponseRecorder) {
	t.Helper()
	number, code := s.letter(t, key)
	v := &visitor{site: s, cookie: before}
	tried := v.send(v.formRequest("/in", url.Values{"number": {number}, "secret": {code}}))
	r := v.formRequest("/in/valj", url.Values{"pin": {pin}, "again": {pin}})
	for _, c := range tried.Result().Cookies() {
		r.AddCookie(c)
	}
	return number, v.send(r)
}

// byKey answers the question of a page with a passkey.
func (v *visitor) byKey(t testing.TB, path, kept string, k *token, c signin.Challenge) *httptest.ResponseRecorder {
	t.Helper()
	r := v.formRequest(path, url.Values{"answer": {k.answer(t, "get", c.Options)}, "_token": {v.token}})
	r.AddCookie(&http.Cookie{Name: kept, Value: c.Cookie})
	return v.send(r)
}

// TestASessionIsAnotherOneWheneverWhoIsInHasShownMoreOrMayDoElse: signing in again in the same browser, another post, a passkey more or
// less, the first use of a letter. What the browser held before opens nothing from then on.
func TestASessionIsAnotherOneWheneverWhoIsInHasShownMoreOrMayDoElse(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		second := org.Post{ID: id.NewPost(s.Now()), Worker: s.workerOf(t, "petra"), Unit: s.Place.Units["Vuxenslussen"], Role: access.Coach, Title: "Coach", From: s.Now().Date()}
		s.write(t, func(tx *store.Tx) error { return org.AddPost(t.Context(), tx, s.Place.Area, second) })
		in := s.kit.Signin
		ask := func(f func() (signin.Challenge, error)) signin.Challenge {
			c, err := f()
			must(t, err)
			return c
		}
		own, err := in.BeginOwn(t.Context(), s.Place.Area, s.people["booked"].id, "sv")
		must(t, err)
		number, res := s.withPIN(t, "booked", own)
		pinned := cookieIn(res)
		for _, c := range []struct {
			name, page string
			begin      func() string
			do         func(v *visitor) *httptest.ResponseRecorder
		}{
			{"a worker signs in again", "/arbete/jag", nil, func(v *visitor) *httptest.ResponseRecorder {
				return v.byKey(t, web.Door, "passkey-in", s.passkey, ask(in.AskIn))
			}},
			{"another post", "/arbete/jag", nil, func(v *visitor) *httptest.ResponseRecorder {
				return v.post(web.ChoosePost, url.Values{"post": {second.ID.String()}})
			}},
			{"one passkey more", "/arbete/jag", nil, func(v *visitor) *httptest.ResponseRecorder {
				for _, f := range s.forms("/arbete/jag", v.get("/arbete/jag")) {
					if f.action == "/arbete/jag/nyckel" {
						return v.send(v.asForm(f, f.fields))
					}
				}
				t.Fatal("no passkey can be added")
				return nil
			}},
			{"one passkey less", "/arbete/jag", nil, func(v *visitor) *httptest.ResponseRecorder {
				m, err := in.Mine(t.Context(), s.Actor(t, "petra"), v.cookie)
				must(t, err)
				return v.post("/arbete/jag/nyckel/bort", url.Values{"key": {m.Keys[1].ID}})
			}},
			{"the first use of a letter", "/min", func() string { return own }, func(*visitor) *httptest.ResponseRecorder { return res }},
			{"a PIN again", "/min", func() string { return pinned }, func(v *visitor) *httptest.ResponseRecorder {
				return v.post("/in", url.Values{"number": {number}, "secret": {pin}})
			}},
			{"a passkey where there was a PIN", "/min", func() string {
				_, res := s.withPIN(t, "active", "")
				return cookieIn(res)
			}, func(v *visitor) *httptest.ResponseRecorder {
				return v.byKey(t, "/in/nyckel", "own-in", s.ways.key, ask(in.AskInOwn))
			}},
		} {
			v := &visitor{site: s}
			if c.begin == nil {
				v = s.enter(t, "petra")
			} else {
				v.cookie = c.begin()
			}
			old := v.cookie
			v.token = tokenIn(v.get(c.page).Body.String())
			res := c.do(v)
			now := cookieIn(res)
			if res.Code != 303 || now == "" || now == old {
				t.Errorf("%s: %d, the same session goes on: %s", c.name, res.Code, faults(res.Body.String()))
				continue
			}
			if s.live(old, c.page) || !s.live(now, c.page) {
				t.Errorf("%s: the session before is live %v, the one begun %v", c.name, s.live(old, c.page), s.live(now, c.page))
			}
		}
	})
}

// TestASecondPressThatCameInTheSessionBeforeIsAnsweredInTheOneThatGoesOn: of a button pressed twice the browser shows the second answer, and may
// never have got the first.
func TestASecondPressThatCameInTheSessionBeforeIsAnsweredInTheOneThatGoesOn(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		second := org.Post{ID: id.NewPost(s.Now()), Worker: s.workerOf(t, "petra"), Unit: s.Place.Units["Vuxenslussen"], Role: access.Coach, Title: "Coach", From: s.Now().Date()}
		s.write(t, func(tx *store.Tx) error { return org.AddPost(t.Context(), tx, s.Place.Area, second) })
		v := s.enter(t, "petra")
		for _, action := range []string{"/arbete/jag/nyckel", web.ChoosePost, "/arbete/jag/nyckel/bort"} {
			page := s.forms("/arbete/jag", v.get("/arbete/jag"))
			i := slices.IndexFunc(page, func(f form) bool {
				return f.action == action && f.fields.Get("post") != s.Place.Posts["petra"].String()
			})
			if i < 0 {
				t.Fatal("no form for", action)
			}
			press := v.asForm(page[i], page[i].fields)
			again, other := v.asForm(page[i], page[i].fields), v.asForm(page[i], page[i].fields)
			first := v.send(press)
			now := cookieIn(first)
			res := v.send(again)
			if first.Code != 303 || res.Code != 303 || res.Header().Get("Location") != first.Header().Get("Location") || cookieIn(res) != now {
				t.Errorf("%s pressed twice: %d to %s, then %d to %s, the same session %v", action, first.Code, first.Header().Get("Location"), res.Code, res.Header().Get("Location"),
					cookieIn(res) == now)
			}
			if s.live(v.cookie, "/arbete/jag") || !s.live(now, "/arbete/jag") {
				t.Errorf("%s: the session before opens pages, or the one that goes on does not", action)
			}
			if action == "/arbete/jag/nyckel/bort" {
				s.otherTab(t, v, page[i], now)
				s.write(t, func(tx *store.Tx) error { // as it is two minutes later
					_, err := tx.Exec(t.Context(), store.Q(`UPDATE session SET ended_at = ended_at - 120000 WHERE area_id = $1 AND ended_at <= $2`), s.Place.Area, int64(s.Now()))
					return err
				})
				if res := v.send(other); res.Header().Get("Location") != web.Door || cookieIn(res) != "" {
					t.Errorf("the old cookie is answered long after with %d to %s", res.Code, res.Header().Get("Location"))
				}
			}
			v.cookie = now
		}
	})
}

// otherTab presses the same button in another tab, opened before: its page is of the session before, and the browser has the one that goes on.
func (s *site) otherTab(t *testing.T, v *visitor, f form, now string) {
	t.Helper()
	tab := maps.Clone(f.fields)
	tab["_once"] = []string{"another page"}
	if res := v.send(v.asForm(f, tab)); cookieIn(res) != "" || res.Header().Get("Location") != web.Door {
		t.Errorf("a press that was never made before is let in by the old cookie: %d to %s", res.Code, res.Header().Get("Location"))
	}
	here := &visitor{site: s, cookie: now}
	res := here.send(here.asForm(f, tab))
	if res.Code != 303 || res.Header().Get("Location") != "/arbete/jag" || !s.live(now, "/arbete/jag") {
		t.Errorf("the same key removed in another tab: %d to %s: %s", res.Code, res.Header().Get("Location"), faults(res.Body.String()))
	}
}

func (s *site) workerOf(t testing.TB, who string) (w id.Worker) {
	t.Helper()
	s.read(t, func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT worker_id FROM post WHERE area_id = $1 AND post_id = $2`), []any{s.Place.Area, s.Place.Posts[who]}, &w)
	})
	return w
}

// TestASessionIsOverAtOnceWhenWhatItStandsOnIs: the next request with its cookie is answered as one without.
func TestASessionIsOverAtOnceWhenWhatItStandsOnIs(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		ctx, area, in, karin := context.WithoutCancel(t.Context()), s.Place.Area, s.kit.Signin, s.workerOf(t, "karin")
		write := func(f func(tx *store.Tx) error) func(*visitor) {
			return func(*visitor) { s.write(t, f) }
		}
		for _, c := range []struct {
			name, who string
			end       func(v *visitor)
		}{
			{"a worker signs out", "lena", func(v *visitor) { v.post("/ut", nil) }},
			{"a worker signs out everywhere, elsewhere", "lena", func(*visitor) { s.enter(t, "lena").post("/arbete/jag/ut-overallt", nil) }},
			{"a passkey is added elsewhere", "petra", func(*visitor) {
				v := s.enter(t, "petra")
				for _, f := range s.forms("/arbete/jag", v.get("/arbete/jag")) {
					if f.action == "/arbete/jag/nyckel" {
						v.send(v.asForm(f, f.fields))
					}
				}
			}},
			{"a passkey is ended elsewhere", "petra", func(*visitor) {
				v := s.enter(t, "petra")
				m, err := in.Mine(ctx, s.Actor(t, "petra"), v.cookie)
				must(t, err)
				v.post("/arbete/jag/nyckel/bort", url.Values{"key": {m.Keys[1].ID}})
			}},
			{"the head ends a post", "samar", func(*visitor) { must(t, s.Org.EndColleague(ctx, s.Actor(t, "omar"), s.Place.Posts["samar"])) }},
			{"the work of a worker ends", "karin", func(*visitor) {
				s.write(t, func(tx *store.Tx) error { return signin.EndWorker(ctx, tx, area, karin, s.Now()) })
			}},
			{"the agency leaves", "amina", write(func(tx *store.Tx) error {
				_, err := org.EndAgency(ctx, tx, area, s.Place.Agencies[org.KindEmployment], s.Now())
				return err
			})},
			{"a person signs out", self + "active", func(v *visitor) { v.post("/min/ut", nil) }},
			{"a person chooses a PIN by a new letter", self + "active", func(*visitor) { s.withPIN(t, "active", "") }},
			{"the letter of a person is taken back", self + "active", func(*visitor) {
				must(t, in.TakeBack(ctx, s.Actor(t, "omar"), s.people["active"].id))
			}},
			{"the record of a person is protected", self + "active", func(*visitor) {
				must(t, (&person.Desk{Store: s.Store}).Protect(ctx, s.Actor(t, "omar"), s.people["active"].id, person.ProtectForm{Version: 1, Kind: person.Marked,
					Posts: []id.Post{s.Place.Posts["omar"], s.Place.Posts["lena"]}}))
			}},
			{"the record of a person is destroyed", self + "resting", write(func(tx *store.Tx) error {
				_, err := tx.Exec(ctx, store.Q(`UPDATE person SET weeded_at = $3, number_index = NULL WHERE area_id = $1 AND person_id = $2`), area, s.people["resting"].id, int64(s.Now()))
				return err
			})},
		} {
			page, door := "/arbete/jag", web.Door
			var v *visitor
			if key, ok := strings.CutPrefix(c.who, self); ok {
				page, door, v = "/min", web.OwnDoor, s.themself(t, key)
			} else {
				v = s.enter(t, c.who)
			}
			if !s.live(v.cookie, page) {
				t.Fatalf("%s: there is no session", c.name)
			}
			c.end(v)
			if res := v.get(page); res.Code != 303 || res.Header().Get("Location") != door {
				t.Errorf("%s: the session opens %s: %d", c.name, page, res.Code)
			}
		}
	})
}
