package walk

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"sluss/internal/application"
	"sluss/internal/i18n"
	"sluss/internal/store"
	"sluss/internal/web"
)

// asking is a form for everybody, sent by nobody in a language.
func (s *site) asking(path, lang string, fields url.Values) *httptest.ResponseRecorder {
	v := &visitor{site: s}
	r := v.formRequest(path, fields)
	r.AddCookie(&http.Cookie{Name: "lang", Value: lang})
	return v.send(r)
}

var onceField = regexp.MustCompile(`name="_once" value="[^"]*"`)

// same gives an answer without what is random in every page.
func same(w *httptest.ResponseRecorder) string {
	return onceField.ReplaceAllString(fmt.Sprint(w.Code, w.Header(), w.Body), "")
}

// TestNoAnswerTellsWhoIsKnown asks about those in the queue, participants and the protected as about somebody nobody has
// heard of.
func TestNoAnswerTellsWhoIsKnown(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		for _, path := range []string{"/v/vuxenslussen/borja", "/v/vuxenslussen/ring", "/v/vuxenslussen/hjalp"} {
			ask := func(name, phone, once string) string {
				res := s.asking(path, "sv", url.Values{"name": {name}, "phone": {phone}, "by": {"A"}, "byreach": {"B"}, "knows": {"yes"}, "language": {"sv"}, "_once": {once}})
				if res.Code != 303 || res.Header().Get("Location") != "/v/vuxenslussen/tack" {
					t.Errorf("%s: %d", path, res.Code)
				}
				return same(res)
			}
			unknown := ask("Ingen Alls", "070-000 00 00", "x")
			for _, key := range []string{"waiting", "active", "hidden"} {
				p := s.people[key]
				if got := ask(p.word+" "+p.word+"son", p.form.Person.Phone, key); got != unknown {
					t.Errorf("%s about %s is answered\n%s\nand about nobody\n%s", path, key, got, unknown)
				}
			}
			s.refresh(t)
		}
	})
}

// refresh lets ten minutes go by for those who send forms, by a new program on the same database.
func (s *site) refresh(t *testing.T) {
	t.Helper()
	n := siteAt(t, s.World, s.clock)
	s.mux = n.mux
}

func TestATrapAFloodAndTooMuchAreRefusedWithATelephoneNumber(t *testing.T) {
	s := plainSite(t)
	fields := func(once string) url.Values {
		return url.Values{"name": {"Ny"}, "phone": {"070"}, "language": {"sv"}, "_once": {once}}
	}
	count := func() (n int) {
		must(t, s.Store.Read(t.Context(), func(tx *store.Tx) error {
			return tx.One(t.Context(), store.Q(`SELECT count(*) FROM application WHERE area_id = $1`), []any{s.Place.Area}, &n)
		}))
		return n
	}
	trapped := fields("t")
	trapped.Set("webbplats", "https://spam.example")
	good, bad := s.asking("/v/vuxenslussen/ring", "sv", fields("a")), s.asking("/v/vuxenslussen/ring", "sv", trapped)
	if same(good) != same(bad) || count() != 1 {
		t.Errorf("a trapped form is answered otherwise, or kept: %d kept", count())
	}
	for range 20 {
		last := s.asking("/v/vuxenslussen/ring", "ar", fields("b"))
		if last.Code == 429 {
			body := last.Body.String()
			if !strings.Contains(body, "0300-55 01 00") || !strings.Contains(body, `dir="rtl"`) || !strings.Contains(body, `value="Ny"`) {
				t.Errorf("the flood is told\n%s", body)
			}
			s.full(t)
			return
		}
	}
	t.Error("a flood is let in")
}

// full fills the day from elsewhere and asks once more.
func (s *site) full(t *testing.T) {
	t.Helper()
	d := &application.Desk{Store: s.Store, Vault: s.Vault, Clock: s.clock}
	var err error
	for i := 0; err == nil; i++ {
		err = d.Ask(t.Context(), s.Place.Area, s.Place.Units["Vuxenslussen"], application.Form{Kind: application.Report, Press: []byte{1, byte(i), byte(i >> 8)}, Words: application.Words{Wish: "x"}})
	}
	s.refresh(t)
	res := s.asking("/v/ungdomsslussen/ring", "sv", url.Values{"name": {"Ny"}, "phone": {"070"}, "language": {"sv"}})
	if res.Code != 429 || !strings.Contains(res.Body.String(), "0300-55 02 00") || !strings.Contains(res.Body.String(), `value="Ny"`) {
		t.Errorf("a full day is answered %d, and what was typed is lost", res.Code)
	}
	res = s.asking("/v/ungdomsslussen/tillganglighet", "sv", url.Values{"wish": {"Qzwish"}})
	if res.Code != 429 || !strings.Contains(res.Body.String(), "0300-55 02 00") || !strings.Contains(res.Body.String(), "Qzwish") {
		t.Errorf("a report on a full day is answered %d, and what was typed is lost", res.Code)
	}
}

func TestAFormForEverybodyKeepsWhatWasTyped(t *testing.T) {
	s := plainSite(t)
	res := s.asking("/v/vuxenslussen/hjalp", "en", url.Values{"name": {"Qzname"}, "by": {"Qzby"}, "wish": {"Qzwish"}, "language": {"so"}, "interpreter": {"yes"}})
	body := res.Body.String()
	if res.Code != 422 || !strings.Contains(body, i18n.Get("en").T("public.knows.needed")) {
		t.Errorf("%d\n%s", res.Code, body)
	}
	for _, kept := range []string{`value="Qzname"`, `value="Qzby"`, "Qzwish", `<option value="so" selected>`, `value="yes" checked`} {
		if !strings.Contains(body, kept) {
			t.Errorf("%s is not kept", kept)
		}
	}
}

// The bars of the pages for everybody: 60 kB on the wire at the first visit and 15 kB after, fonts apart.
const (
	firstVisit = 60 << 10
	laterVisit = 15 << 10
)

// atGateway is a route's address at a gateway.
func atGateway(r web.Route, gateway string) string {
	return strings.TrimSuffix(strings.NewReplacer("{gateway}", gateway, "{occupation}", cooks, "{code}", letter, "{lang}", "ti").Replace(r.Pattern), "{$}")
}

func TestPagesForEverybodyAreLight(t *testing.T) {
	s := plainSite(t)
	s.forecast(t)
	weigh := func(path, lang string) (n int, body string) {
		v := &visitor{site: s}
		r := v.request("GET", path, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		r.AddCookie(&http.Cookie{Name: "lang", Value: lang})
		w := v.send(r)
		if w.Code != 200 {
			t.Errorf("%s: %d", path, w.Code)
		}
		return w.Body.Len(), v.get(path).Body.String()
	}
	heaviest := 0
	for _, r := range s.routes {
		if r.Method != "GET" || r.Needs.Audience != web.Public || strings.HasSuffix(r.Pattern, ".json") {
			continue
		}
		for _, gateway := range []string{"vuxenslussen", "ungdomsslussen"} {
			path := atGateway(r, gateway)
			for _, l := range i18n.Public() {
				page, body := weigh(path, l.Tag)
				parts := map[string]bool{}
				for _, m := range regexp.MustCompile(`/static/[^"#]+\.(?:css|svg|js)`).FindAllString(body, -1) {
					parts[m] = true
				}
				first := page
				for part := range parts {
					n, _ := weigh(part, l.Tag)
					first += n
				}
				if page > laterVisit || first > firstVisit || len(parts) == 0 {
					t.Errorf("%s in %s: %d bytes at the first visit, %d after", path, l.Tag, first, page)
				}
				heaviest = max(heaviest, first)
			}
		}
	}
	t.Logf("the heaviest first visit: %d bytes", heaviest)
}

func TestPagesForEverybodyAreInEveryLanguageAndTellOfNoSession(t *testing.T) {
	s := plainSite(t)
	karin := s.enter(t, "karin")
	for _, l := range i18n.Public() {
		r := karin.request("GET", "/v/ungdomsslussen", nil)
		r.AddCookie(&http.Cookie{Name: "lang", Value: l.Tag})
		body := karin.send(r).Body.String()
		if !strings.Contains(body, `<html lang="`+l.Tag+`" dir="`+l.Dir+`"`) || strings.Contains(body, "⟦") || strings.Contains(body, "Karin") {
			t.Errorf("%s:\n%.600s", l.Tag, body)
		}
		staff := karin.request("GET", "/arbete", nil)
		staff.AddCookie(&http.Cookie{Name: "lang", Value: l.Tag})
		if res := karin.send(staff); res.Code != 200 || strings.Contains(res.Body.String(), i18n.Easy) {
			t.Errorf("work after a page in %s: %d", l.Tag, res.Code)
		}
	}
}

func TestOnlyWhatIsMadeForItIsShownOnOtherSites(t *testing.T) {
	s := plainSite(t)
	for _, r := range s.routes {
		if r.Method != "GET" || r.Needs.Audience != web.Public {
			continue
		}
		shared := strings.HasSuffix(r.Pattern, "/bit") || strings.HasSuffix(r.Pattern, ".json")
		h := (&visitor{site: s}).get(atGateway(r, "vuxenslussen")).Header()
		framed := strings.Contains(h.Get("Content-Security-Policy"), "frame-ancestors *")
		if framed != shared || (h.Get("Access-Control-Allow-Origin") != "") != shared || (h.Get("Cache-Control") == "no-store") == shared {
			t.Errorf("%s: %v", r.Pattern, h)
		}
	}
	for _, l := range i18n.Public() { // the address alone says the language: another site's page keeps nothing, and asks in no other way
		for _, part := range []string{"bit", "data.json"} {
			v := &visitor{site: s}
			r := v.request("GET", "/v/vuxenslussen/"+part+"?lang="+l.Tag, nil)
			r.Header.Set("Accept-Language", "en")
			res := v.send(r)
			mark := map[string]string{"bit": `lang="` + l.Tag + `"`, "data.json": `"lang": "` + l.Tag + `"`}[part]
			if res.Code != 200 || len(res.Result().Cookies()) != 0 || res.Header().Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(res.Body.String(), mark) {
				t.Errorf("%s in %s: %d %v", part, l.Tag, res.Code, res.Header())
			}
		}
	}
	res := (&visitor{site: s}).get("/v/vuxenslussen/data.json")
	var told struct {
		Name    string
		Promise struct{ Words, Lang string }
		Texts   map[string][]map[string]string
	}
	if err := json.Unmarshal(res.Body.Bytes(), &told); err != nil || told.Name != "Vuxenslussen" || told.Texts["lede"] == nil || told.Promise.Words == "" || told.Promise.Lang != "sv" {
		t.Errorf("%v %s", err, res.Body)
	}
}

// A gateway has a page in each further language: its own words in it, Swedish marked as Swedish, no third language whatever the
// reader has chosen before, and what is promised in Swedish alone.
func TestAGatewayHasAPageInEachFurtherLanguage(t *testing.T) {
	s := plainSite(t)
	piece := func(l *i18n.Lang, key string) string { return templ.EscapeString(l.T(key)) }
	for _, l := range i18n.Core() {
		for _, path := range []string{"/sprak/", "/v/vuxenslussen/sprak/", "/v/ungdomsslussen/sprak/"} {
			v := &visitor{site: s}
			r := v.request("GET", path+l.Tag, nil)
			r.AddCookie(&http.Cookie{Name: "lang", Value: "ar"})
			body := v.send(r).Body.String()
			_, main, _ := strings.Cut(body, "<main")
			if !strings.Contains(body, `<html lang="sv" dir="ltr"`) || strings.Contains(main, `lang="ar"`) || strings.Contains(body, "⟦") {
				t.Errorf("%s%s is not in a Swedish frame:\n%.300s", path, l.Tag, body)
			}
			if !strings.Contains(main, `<article class="core" lang="`+l.Tag+`" dir="`+l.Dir+`"`) || !strings.Contains(main, piece(l, "public.lede.1.body")) || !strings.Contains(main, piece(l, "ui.unreviewed")) {
				t.Errorf("%s%s does not speak %s, or does not say that it is not reviewed:\n%.600s", path, l.Tag, l.Name, main)
			}
			if promise := `<div lang="sv" dir="ltr"><p class="lede">`; strings.HasPrefix(path, "/v/") && !strings.Contains(main, promise) {
				t.Errorf("%s%s does not promise in Swedish", path, l.Tag)
			}
		}
		if front := (&visitor{site: s}).get("/v/vuxenslussen").Body.String(); !strings.Contains(front, `href="/v/vuxenslussen/sprak/`+l.Tag+`" lang="`+l.Tag+`"`) {
			t.Errorf("%s is not found in the menu", l.Name)
		}
		if form := (&visitor{site: s}).get("/v/vuxenslussen/ring?talar=" + l.Tag).Body.String(); !strings.Contains(form, `value="`+l.Tag+`" selected`) {
			t.Errorf("the form does not know that one speaks %s", l.Name)
		}
	}
	for _, tag := range []string{"en", "xx", "sv"} {
		if res := (&visitor{site: s}).get("/v/vuxenslussen/sprak/" + tag); res.Code != 404 {
			t.Errorf("%s: %d", tag, res.Code)
		}
	}
}

func TestStaffSeeWhichLanguagesWaitForReview(t *testing.T) {
	s := plainSite(t)
	body, sv := s.enter(t, "karin").get("/arbete/verksamheten/webb").Body.String(), i18n.Get("sv")
	_, list, _ := strings.Cut(body, sv.T("site.product.help"))
	for _, l := range append(i18n.Public(), i18n.Core()...) {
		_, row, _ := strings.Cut(list, l.Name)
		row, _, _ = strings.Cut(row, "</tr>")
		waits := strings.Contains(row, sv.T("site.product.unread"))
		if row == "" || waits == (l.Reviewed || l.Spoken() == "sv") {
			t.Errorf("%s waits for review: %v, in %q", l.Name, waits, row)
		}
		if i18n.KnownCore(l.Tag) && !strings.Contains(row, "/v/vuxenslussen/sprak/"+l.Tag) {
			t.Errorf("no way to the page in %s", l.Name)
		}
	}
}

// A native speaker finds every text that binds beside the Swedish, in the file that is still to be read.
func TestTheTextsOfALanguageAreReadFileByFileBesideTheSwedish(t *testing.T) {
	s := plainSite(t)
	karin := s.enter(t, "karin")
	if body := karin.get("/arbete/verksamheten/webb/sprak?till=ar").Body.String(); !strings.Contains(body, "fil=own") {
		t.Error("the files are not listed")
	}
	body := karin.get("/arbete/verksamheten/webb/sprak?till=ar&fil=own").Body.String()
	for _, l := range []*i18n.Lang{i18n.Get("sv"), i18n.Get("ar")} {
		if want := l.Wordings("own.consent.end.free")[0]; !strings.Contains(body, want) {
			t.Errorf("%s is not there: %s", l.Tag, want)
		}
	}
	for _, odd := range []string{"?till=xx", "?till=ar&fil=../sv"} {
		if got := karin.get("/arbete/verksamheten/webb/sprak" + odd).Code; got != 404 {
			t.Errorf("%s answers %d", odd, got)
		}
	}
}
