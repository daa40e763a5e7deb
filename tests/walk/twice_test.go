package walk

import (
	"fmt"
	"maps"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"sluss/internal/demo/demotest"
	"sluss/internal/intray"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/web"
)

// counts gives how many rows each table has.
func (s *site) counts(t *testing.T) map[string]string {
	t.Helper()
	m := map[string]string{}
	must(t, s.Store.Read(t.Context(), func(tx *store.Tx) error {
		for name, q := range everything {
			if name == "disclosure" || name == "disclosure_person" || name == "session" || name == "sign_in_wrong" {
				continue
			}
			sum, err := rowsOf(t, tx, q)
			if err != nil {
				return err
			}
			m[name], _, _ = strings.Cut(sum, " ")
		}
		return nil
	}))
	return m
}

// copied makes the site on a copy of its database, some days later.
func (s *site) copied(t *testing.T, days int) *site {
	t.Helper()
	path := filepath.Join(t.TempDir(), "copy.db")
	must(t, s.Store.Backup(t.Context(), path))
	w := s.World.On(storetest.Open(t, path))
	w.Pass(days)
	c := newSite(t, w)
	c.people, c.listIDs, c.invited, c.passkey, c.asked, c.voiced, c.reports, c.ways = s.people, s.listIDs, s.invited, s.passkey, s.asked, s.voiced, s.reports, s.ways
	return c
}

// press sends the form n times at once.
func (c *site) press(v *visitor, f form, n int) []*httptest.ResponseRecorder {
	here := &visitor{site: c, name: v.name, cookie: v.cookie, token: v.token}
	list := make([]*httptest.ResponseRecorder, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() { list[i] = here.insist(f, f.fields) })
	}
	all.Wait()
	return list
}

// did tells whether a press did what the form is for.
func did(f form, res *httptest.ResponseRecorder) bool {
	return res.Code == 303 || res.Code == 200 && (f.route.Pattern == "/arbete/sok" || f.route.Pattern == "/arbete/arbetsplatser" || f.route.Pattern == "/arbete/person/{person}/akter" || inside(res) != "" || strings.HasSuffix(f.route.Pattern, "/bjud-in") || f.route.Pattern == "/arbete/verksamheten/system" || strings.HasSuffix(f.route.Pattern, "/hemlighet") || strings.Contains(f.route.Pattern, "/tyck-till") || strings.HasSuffix(f.route.Pattern, "/kalender/ny") || strings.HasSuffix(f.route.Pattern, "/dela") || strings.HasSuffix(f.route.Pattern, "/dela/ny") || f.route.Needs.Audience == web.Trusted || strings.Contains(f.route.Pattern, "/inloggning/"))
}

// otherwise are the forms whose second press may be answered in another way than the first, and why. It has no effect
// of its own all the same.
var otherwise = map[string]string{
	"/arbete/in":      "a question to a passkey is answered once",
	"/in/nyckel":      "a question to a passkey is answered once",
	"/in":             "the code of a letter is used once",
	"/in/valj":        "one chooses once how to sign in",
	"/in/valj/nyckel": "one chooses once how to sign in",
	"/arbete/person/{person}/inloggning/brev":        "the number is shown to one press alone",
	"/arbete/person/{person}/inloggning/kod":         "the code is shown to one press alone",
	"/in/{token}":                                    "an invitation is used once",
	"/arbete/verksamheten/system":                    "the secret is shown to one press alone",
	"/arbete/verksamheten/system/{system}/hemlighet": "the secret is shown to one press alone",
	"/arbete/verksamheten/kollega/{post}/bjud-in":    "the address is shown to one press alone",
	"/arbete/tyck-till/ny":                           "the code is shown to one press alone",
	"/arbete/jag/kalender/ny":                        "the address is shown to one press alone",
	"/min/dela/ny":                                   "the address and the code are shown to one press alone",
	"/arbete/person/{person}/bordet/dela/ny":         "the address and the code are shown to one press alone",
	"/delad/{secret}":                                "two openings in one instant could not be told apart in the log",
	"/min/kalender/ny":                               "the address is shown to one press alone",
}

// leaves are the forms that end the session they are sent in, and the door that a press leads to which comes after that.
var leaves = map[string]string{"/min/ut": web.OwnDoor, "/arbete/jag/ut-overallt": web.Door}

// otherRows are the tables in which a form that is pressed twice may leave more rows: the demo lets in whoever asks, each time.
var otherRows = map[string][]string{"/demo/in": {"live session"}, "/demo/min": {"live session"}}

// never are the forms that nobody in the walk has, and why.
var never = map[string]string{
	"/arbete/schema/stangt":                            "nothing in the walk was planned before its day was closed; internal/schedule calls off what was",
	"/kvar":                                            "the script of a page alone asks it; TestAPageAsksHowLongItsSessionGoesOnWithoutUsingIt does",
	"/arbete/projekt/{project}/bort":                   "the walk's project has its evidence set apart already; internal/project drops one",
	"/arbete/flode/framat/visa":                        "there is too little to show in so young a world; internal/forecast shows one",
	"/arbete/flode/framat/glom":                        "no future is saved in a world too young to see ahead from; a journey saves one",
	"/arbete/person/{person}/aktiviteter/{place}/fram": "the wish that waits in the walk has been moved already; internal/place moves one",
	"/arbete/arbetsplatser/{workplace}/oppna":          "no workplace has ended in the walk; internal/placement opens one again",
	"/min/platser/{place}/svar":                        "nobody who signs in here has been offered a place; tests/journeys/place answers one",
	"/min/steg":                                        "nobody has been asked about a step; a journey asks and answers",
	"/arbete/loggkontroll":                             "a round goes on in the walk; tests/journeys/logcheck begins one",
	"/arbete/loggkontroll/klar":                        "the walk's round has readings left; tests/journeys/logcheck signs one",
}

// moments are the days, from the first, on which forms are looked for, and by whom: some stand on a page only then.
var moments = map[int][]string{0: {"karin", "lena", "omar", "petra", "amina", self + "active", self + "shared", "nobody"}, 3: {"lena"}, 5: {"lena"}, 31: {"lena"}}

func TestTheSameFormTwiceAtOnceHasOneEffect(t *testing.T) {
	if testing.Short() {
		t.Skip("a copy of the database for every form: run without -short")
	}
	s := newSite(t, demotest.New(t, storetest.Open(t, storetest.SQLite(t))))
	s.populate(t)
	tried, why := map[string]bool{}, map[string]string{}
	for _, day := range slices.Sorted(maps.Keys(moments)) {
		then := s
		if day > 0 {
			then = s.copied(t, day)
		}
		for _, who := range moments[day] {
			v := &visitor{site: then, name: who}
			if key, own := strings.CutPrefix(who, self); own {
				v = then.themself(t, key)
			} else if who != "nobody" {
				v = then.enter(t, who)
			}
			for _, f := range then.harvest(t, v) {
				if k := f.route.Pattern; !tried[k] {
					t.Run(who+" "+f.action, func(t *testing.T) {
						why[k] = then.tryTwice(t, v, f)
						tried[k] = why[k] == ""
					})
				}
			}
		}
	}
	for _, r := range s.routes {
		switch {
		case !takesForm(r):
		case !tried[r.Pattern] && never[r.Pattern] == "":
			t.Errorf("no form of %s could be saved: write down in typed or crafted what it needs. %s", r.Pattern, why[r.Pattern])
		case tried[r.Pattern] && never[r.Pattern] != "":
			t.Errorf("%s is saved in the walk: take it out of the list that says %q", r.Pattern, never[r.Pattern])
		}
	}
}

// tryTwice presses a form once in one copy and four times at once in another, and tells why the
// first could not be saved, "" when it could.
func (s *site) tryTwice(t *testing.T, v *visitor, f form) string {
	t.Helper()
	once, twice := s.copied(t, 0), s.copied(t, 0)
	first := once.press(v, f, 1)[0]
	if !did(f, first) {
		return fmt.Sprint(first.Code, " ", faults(first.Body.String()))
	}
	good := 0
	for i, res := range twice.press(v, f, 4) {
		switch {
		case res.Code == first.Code && kind(res.Header().Get("Location")) == kind(first.Header().Get("Location")):
			good++
		case res.Code == 303 && leaves[f.route.Pattern] != "" && strings.HasPrefix(res.Header().Get("Location"), leaves[f.route.Pattern]+"?sprak="): // came when the session of the first press had ended
		case otherwise[f.route.Pattern] == "" || res.Code < 400 || res.Code >= 500:
			t.Errorf("press %d: %d to %s; pressed once: %d to %s", i, res.Code, res.Header().Get("Location"), first.Code, first.Header().Get("Location"))
		}
	}
	if good == 0 {
		t.Error("of four presses none was answered as a single one is")
	}
	if again := twice.press(v, f, 1)[0]; otherwise[f.route.Pattern] == "" && leaves[f.route.Pattern] == "" && again.Code != first.Code {
		t.Errorf("pressed once more: %d to %s; pressed once: %d", again.Code, again.Header().Get("Location"), first.Code)
	}
	once.work(t)
	twice.work(t)
	if d := differ(once.counts(t), twice.counts(t)); !slices.Equal(d, otherRows[f.route.Pattern]) {
		t.Errorf("pressed twice there are other rows in %v", d)
	}
	return ""
}

// work does what the lists on their way in have left as jobs.
func (s *site) work(t *testing.T) {
	t.Helper()
	d := &intray.Desk{Store: s.Store, Vault: s.Vault, Clock: s.clock}
	lists, err := d.Newest(t.Context(), s.Actor(t, "karin"))
	must(t, err)
	var all sync.WaitGroup
	for _, x := range lists {
		for range 2 { // as two workers might
			all.Go(func() {
				if _, err := d.Save(t.Context(), s.Place.Area, x.ID, 1e10); err != nil {
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
}

// kind is an address without its ids, which differ between the copies.
func kind(path string) string {
	parts := strings.Split(path, "/")
	for i, p := range parts {
		if len(p) > 9 && p[0] >= '0' && strings.ContainsAny(p, "0123456789") {
			parts[i] = strconv.Itoa(len(p))
		}
	}
	return strings.Join(parts, "/")
}

// faults is what a page says is wrong, for the failure's text.
func faults(body string) string {
	for _, mark := range []string{`id="faults"`, `<h1`} {
		if i := strings.Index(body, mark); i >= 0 {
			return body[i:min(i+400, len(body))]
		}
	}
	return ""
}
