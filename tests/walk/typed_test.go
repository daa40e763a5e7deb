package walk

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"sluss/internal/store"
	"sluss/internal/web"
)

// over ends the session that a visitor's cookie is of, as time does.
func (v *visitor) over(t *testing.T) {
	t.Helper()
	must(t, v.site.Store.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), store.Q(`UPDATE session SET last_seen = 0 WHERE area_id = $1`), v.site.Place.Area)
		return err
	}))
}

// in signs somebody of the demo in by its door, in the same browser.
func (v *visitor) in(t *testing.T, door, who string) *httptest.ResponseRecorder {
	t.Helper()
	res := v.send(v.formRequest(door, url.Values{"who": {who}}))
	for _, c := range res.Result().Cookies() {
		if c.Name == "sluss" {
			v.cookie = c.Value
		}
	}
	if res.Code != 303 {
		t.Fatalf("%s at %s: %d", who, door, res.Code)
	}
	return res
}

const written = `Ett långt <b>stycke</b> & "mer" zzkvarzz`

func TestWhatIsTypedOutlivesASessionAndIsNobodyElses(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		page := "/arbete/person/" + s.people["active"].id.String() + "/kontakt"
		lena := s.enter(t, "lena")
		var sent form
		for _, f := range s.forms(page, lena.get(page)) {
			if f.fields.Has("text") {
				sent = f
			}
		}
		if sent.action == "" {
			t.Fatal("no form to write in at ", page)
		}
		sent.fields.Set("text", written)
		kept := func() (n int) {
			s.read(t, func(tx *store.Tx) error {
				return tx.One(t.Context(), store.Q(`SELECT count(*) FROM typed WHERE area_id = $1`), []any{s.Place.Area}, &n)
			})
			return n
		}
		late := func(v *visitor) {
			t.Helper()
			v.over(t)
			res := v.send(v.asForm(sent, sent.fields))
			if res.Code != 303 || res.Header().Get("Location") != web.Door || strings.Contains(all(res), "zzkvarzz") {
				t.Fatalf("late: %d %v", res.Code, res.Header())
			}
		}
		late(lena)
		if n := kept(); n != 1 {
			t.Fatalf("%d kept", n)
		}
		if res := lena.in(t, "/demo/in", "lena"); res.Header().Get("Location") != page {
			t.Fatalf("leads to %s", res.Header().Get("Location"))
		}
		body := lena.get(page).Body.String()
		if strings.Contains(body, "<b>stycke") || !strings.Contains(body, "stycke&lt;/b&gt; &amp;") || !strings.Contains(body, "inte sparat än") {
			t.Errorf("it is not there: %s", body)
		}
		if kept() != 0 || strings.Contains(lena.get(page).Body.String(), "zzkvarzz") {
			t.Error("it comes a second time")
		}

		lena.token = tokenIn(body)
		sent.fields.Set("_token", lena.token)
		late(lena)
		if res := lena.in(t, "/demo/in", "karin"); res.Header().Get("Location") != "/arbete" || strings.Contains(lena.get(page).Body.String(), "zzkvarzz") || kept() != 0 {
			t.Errorf("somebody else is led to %s, and %d are kept", res.Header().Get("Location"), kept())
		}

		fake := &visitor{site: s, name: "fake", cookie: lena.cookie}
		fake.over(t)
		sent.fields.Set("_token", "x")
		if fake.send(fake.asForm(sent, sent.fields)); kept() != 0 {
			t.Error("what a page of another site sent is kept")
		}
	})
}

func TestAPageAsksHowLongItsSessionGoesOnWithoutUsingIt(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		me := s.themself(t, "active")
		ask := func(more url.Values) string {
			t.Helper()
			res := me.post(web.Keeping, more)
			if res.Code != 200 {
				t.Fatalf("%d %s", res.Code, res.Body)
			}
			return res.Body.String()
		}
		if got := ask(nil); got != "600 3600" {
			t.Errorf("asked: %s", got)
		}
		must(t, s.Store.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), store.Q(`UPDATE session SET last_seen = last_seen - 300000 WHERE area_id = $1`), s.Place.Area)
			return err
		}))
		if a, b := ask(nil), ask(nil); a != "300 3600" || b != a {
			t.Errorf("after five minutes: %s, then %s", a, b)
		}
		if got := ask(url.Values{"_stay": {"1"}}); got != "600 3600" {
			t.Errorf("stayed: %s", got)
		}
		me.over(t)
		if got := ask(url.Values{"_stay": {"1"}}); !strings.HasPrefix(got, "0 ") {
			t.Errorf("what is over goes on: %s", got)
		}
		if res := me.send(me.formRequest(web.Keeping, nil)); res.Code != 403 {
			t.Errorf("without the page's token: %d", res.Code)
		}
	})
}
