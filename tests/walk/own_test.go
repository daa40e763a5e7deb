package walk

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/demo/demotest"
	"sluss/internal/i18n"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestNoCookieOpensAnotherKindOfDoor(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		karin, me := s.enter(t, "karin"), s.themself(t, "active")
		tried := 0
		for _, r := range s.routes {
			by, door := karin, "/in"
			switch {
			case r.Pattern == "/arbete/komponenter" || strings.HasPrefix(r.Pattern, "/arbete/in"): // for anybody
				continue
			case strings.HasPrefix(r.Pattern, "/arbete"):
				by, door = me, "/arbete/in"
			case !strings.HasPrefix(r.Pattern, "/min"):
				continue
			}
			for _, path := range s.paths(r)[:1] {
				res := by.get(path)
				if r.Method == "POST" {
					res = by.post(path, url.Values{})
				}
				if tried++; res.Code != 303 || !strings.HasPrefix(res.Header().Get("Location"), door) || len(s.shown(res)) > 0 {
					t.Errorf("%s %s by %s: %d to %s", r.Method, path, by.name, res.Code, res.Header().Get("Location"))
				}
			}
		}
		if tried < 100 {
			t.Errorf("only %d routes tried", tried)
		}
	})
}

func TestEndAndClearLeavesNothingInTheBrowser(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		me := s.themself(t, "active")
		if res := me.get("/min"); res.Header().Get("Cache-Control") != "no-store" || res.Header().Get("Refresh") == "" {
			t.Errorf("the page may be kept, or stays on the screen: %v", res.Header())
		}
		if res := me.get("/min/ut"); res.Code != 404 {
			t.Errorf("a mere link ends the session: %d", res.Code)
		}
		res := me.post("/min/ut", nil)
		if res.Code != 303 || !strings.Contains(res.Header().Get("Clear-Site-Data"), `"cache"`) || !strings.Contains(res.Header().Get("Set-Cookie"), "Max-Age=0") {
			t.Errorf("%d %v", res.Code, res.Header())
		}
		if kept := strings.Join(res.Header().Values("Set-Cookie"), "\n"); !strings.Contains(kept, "saved=own.ended;") || strings.Count(kept, "Max-Age=0") != strings.Count(kept, "\n") {
			t.Errorf("beside saying that it has ended it leaves: %s", kept)
		}
		if res := me.get("/min"); res.Code != 303 {
			t.Errorf("the session is still open: %d", res.Code)
		}
	})
}

// TestTheGoodbyeIsInTheLanguageOneHadChosen: the address says which, when the browser keeps nothing. Whoever chooses another is given that.
func TestTheGoodbyeIsInTheLanguageOneHadChosen(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		me := s.themself(t, "active")
		must(t, s.kit.Signin.SetLang(t.Context(), me.cookie, "ar"))
		to := me.post("/min/ut", nil).Header().Get("Location")
		in := func(to, chosen string) string {
			r := (&visitor{site: s}).request("GET", to, nil)
			r.Header.Set("Accept-Language", "en")
			r.AddCookie(&http.Cookie{Name: "saved", Value: "own.ended"})
			if chosen != "" {
				r.AddCookie(&http.Cookie{Name: "lang", Value: chosen})
			}
			return me.send(r).Body.String()
		}
		if body := in(to, ""); !strings.Contains(body, `<html lang="ar"`) || !strings.Contains(body, i18n.Get("ar").T("own.ended")) {
			t.Errorf("%s: %.300s", to, body)
		}
		if body := in(to, "sv"); !strings.Contains(body, `<html lang="sv"`) {
			t.Errorf("chosen after that: %.300s", body)
		}
		if body := in("/?sprak=xx", ""); !strings.Contains(body, `<html lang="en"`) {
			t.Errorf("an unknown language: %.300s", body)
		}
	})
}

// TestStaffNeverSeeWhatAPersonLooksAt: after somebody has looked at their own pages, what every worker is shown on every page
// is what they were shown before.
func TestStaffNeverSeeWhatAPersonLooksAt(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		var paths []string
		for _, r := range s.routes {
			if r.Method == "GET" && strings.HasPrefix(r.Pattern, "/arbete") && !strings.HasPrefix(r.Pattern, "/arbete/jag") {
				paths = append(paths, s.paths(r)...)
			}
		}
		pages := func() map[string]string {
			m := map[string]string{}
			for _, who := range []string{"karin", "lena", "omar"} {
				v := s.enter(t, who)
				for _, path := range paths {
					m[who+" "+path] = tag.ReplaceAllString(v.get(path).Body.String(), "")
				}
			}
			return m
		}
		s.forgetReadings(t)
		before := pages()
		s.forgetReadings(t)
		for range 3 {
			me := s.themself(t, "active")
			for _, r := range s.routes {
				if r.Method == "GET" && strings.HasPrefix(r.Pattern, "/min") {
					me.get(r.Pattern)
				}
			}
		}
		after := pages()
		for at, text := range before {
			if after[at] != text {
				t.Errorf("%s tells that somebody has looked at their own pages:\n%s\n%s", at, text, after[at])
			}
		}
		if len(before) < 500 {
			t.Errorf("only %d pages compared", len(before))
		}
	})
}

var tag = regexp.MustCompile(`(?s)<[^>]*>`)

// forgetReadings empties the log, so that two walks leave the same in it.
func (s *site) forgetReadings(t *testing.T) {
	t.Helper()
	s.kit.Log = audit.NewLog(t.Context(), s.Store)
	s.write(t, func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), store.Q(`DELETE FROM disclosure WHERE area_id = $1`), s.Place.Area)
		if err == nil {
			_, err = tx.Exec(t.Context(), store.Q(`DELETE FROM disclosure_person WHERE area_id = $1`), s.Place.Area)
		}
		return err
	})
}

func TestPeopleWhoComeAtOnceDoNotWaitForOneAnother(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		var them []*visitor
		for range 12 {
			them = append(them, s.themself(t, "active"))
		}
		for range 5 {
			s.write(t, func(tx *store.Tx) error { return access.Changed(t.Context(), tx, s.Place.Area) }) // what was kept of the house is read anew
			done := make(chan int, len(them))
			for _, v := range them {
				go func() { done <- v.get("/min").Code }()
			}
			for range them {
				select {
				case code := <-done:
					if code != 200 {
						t.Fatalf("/min answers %d", code)
					}
				case <-time.After(20 * time.Second):
					t.Fatal("the reads wait for one another")
				}
			}
		}
	})
}

func TestAPersonReadsTheirOwnPagesInEasySwedishUntilTheyChooseAnother(t *testing.T) {
	s := plainSite(t)
	s.somebody(t, "active", "karin", adults)
	me, lang := s.themself(t, "active"), `<html lang="`+i18n.Easy+`" dir="ltr"`
	if res := me.get("/min?lang=" + i18n.Easy); res.Code != 303 {
		t.Fatalf("choosing is answered %d", res.Code)
	}
	for range 2 { // it is kept by the session
		if body := me.get("/min").Body.String(); !strings.Contains(body, lang) || !strings.Contains(body, i18n.Get(i18n.Easy).T("own.waiting.later")) {
			t.Errorf("after easy Swedish was chosen:\n%.400s", body)
		}
	}
	if body := (&visitor{site: s}).get("/in?lang=" + i18n.Easy); !strings.Contains(body.Header().Get("Set-Cookie"), i18n.Easy) {
		t.Error("easy Swedish cannot be chosen at the door")
	}
	if me.get("/min?lang=en"); strings.Contains(me.get("/min").Body.String(), lang) {
		t.Error("easy Swedish is not left")
	}
	if res := (&visitor{site: s}).get("/arbete/in?lang=" + i18n.Easy); res.Header().Get("Set-Cookie") != "" {
		t.Error("staff are offered easy Swedish")
	}
}

func TestNothingAnsweredIsNotSaidToBeSaved(t *testing.T) {
	s := newSite(t, demotest.New(t, storetest.Open(t, storetest.SQLite(t))))
	s.populate(t)
	me, at := s.themself(t, "active"), "/arbete/person/"+s.people["active"].ids["person"]+"/bordet/behov"
	for path, by := range map[string]*visitor{"/min/behov": me, at: s.enter(t, "karin")} {
		for _, answers := range []url.Values{{}, {"now": {"2"}}} {
			before := s.digest(t)
			res := by.post(path, answers)
			said, kept := strings.Contains(strings.Join(res.Header().Values("Set-Cookie"), " "), "saved="), len(differ(before, s.digest(t))) > 0
			if res.Code != 303 || said != kept || said != (len(answers) > 0) {
				t.Errorf("%s with %v: %d, said to be saved %v, kept %v, %v", path, answers, res.Code, said, kept, res.Header().Values("Set-Cookie"))
			}
		}
	}
}
