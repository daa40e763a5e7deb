package walk

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sluss/internal/org"
	"sluss/internal/web"
)

// form is one that stands on a page, as a browser would send it.
type form struct {
	route  web.Route
	page   string
	action string
	fields url.Values
	file   string            // of a form that sends one
	input  string            // the name of the field it is sent in; "" is list
	token  *token            // of one that makes a passkey
	kept   map[string]string // cookies that its page gave
}

var (
	formTag   = regexp.MustCompile(`(?s)<form method="post" [^>]*action="([^"]*)"[^>]*>(.*?)</form>`)
	inputTag  = regexp.MustCompile(`<input ([^>]*)>`)
	fileInput = regexp.MustCompile(`<input type="file"[^>]* name="([a-z]+)"`)
	buttonTag = regexp.MustCompile(`<button ([^>]*)>`)
	areaTag   = regexp.MustCompile(`(?s)<textarea ([^>]*)>(.*?)</textarea>`)
	selectTag = regexp.MustCompile(`(?s)<select ([^>]*)>(.*?)</select>`)
	optionTag = regexp.MustCompile(`<option ([^>]*)>`)
	keyTag    = regexp.MustCompile(`data-kind="([a-z]+)" data-options="([^"]*)"`)
	attribute = regexp.MustCompile(`([a-z-]+)(?:="([^"]*)")?`)
)

func attributes(tag string) map[string]string {
	m := map[string]string{}
	for _, a := range attribute.FindAllStringSubmatch(tag, -1) {
		m[a[1]] = html.UnescapeString(a[2])
	}
	return m
}

// forms gives those on a page, with what is needed filled in.
func (s *site) forms(page string, res *httptest.ResponseRecorder) []form {
	var list []form
	for _, m := range formTag.FindAllStringSubmatch(res.Body.String(), -1) {
		f := form{page: page, action: html.UnescapeString(m[1]), fields: url.Values{}, kept: map[string]string{}}
		for _, c := range res.Result().Cookies() {
			f.kept[c.Name] = c.Value
		}
		f.route = s.routeOf("POST", f.action)
		s.fill(f, m[2])
		if strings.Contains(m[0], "multipart") {
			f.file = listFile("new")
			f.input = fileInput.FindStringSubmatch(m[2])[1]
		}
		if m := keyTag.FindStringSubmatch(m[2]); m != nil {
			f.token = newToken(s.t)
			f.fields.Set("answer", f.token.answer(s.t, m[1], html.UnescapeString(m[2])))
		}
		for name, value := range s.typed()[strings.TrimPrefix(f.route.Pattern, "/arbete/")] {
			f.fields.Set(name, value)
		}
		list = append(list, f)
	}
	return list
}

func (s *site) fill(f form, inner string) {
	for _, m := range inputTag.FindAllStringSubmatch(inner, -1) {
		a := attributes(m[1])
		name, value := a["name"], a["value"]
		_, checked := a["checked"]
		switch {
		case name == "" || a["type"] == "file":
		case a["type"] == "hidden":
			f.fields.Add(name, value)
		case a["type"] == "radio" && (checked || f.fields.Get(name) == ""):
			f.fields.Set(name, value)
		case a["type"] == "radio":
		case a["type"] == "checkbox":
			f.fields.Add(name, value)
		case value == "" && (a["type"] == "date"):
			f.fields.Set(name, string(s.Now().Date()))
		case value == "":
			f.fields.Set(name, "")
		default:
			f.fields.Set(name, value)
		}
	}
	for _, m := range areaTag.FindAllStringSubmatch(inner, -1) {
		f.fields.Set(attributes(m[1])["name"], or(html.UnescapeString(m[2]), "ord"))
	}
	for _, m := range selectTag.FindAllStringSubmatch(inner, -1) {
		f.fields.Set(attributes(m[1])["name"], chosen(m[2]))
	}
	for _, m := range buttonTag.FindAllStringSubmatch(inner, -1) {
		if a := attributes(m[1]); a["name"] != "" && f.fields.Get(a["name"]) == "" {
			f.fields.Set(a["name"], a["value"])
		}
	}
}

// chosen is the option that is selected, else the last that has a value.
func chosen(options string) string {
	last := ""
	for _, m := range optionTag.FindAllStringSubmatch(options, -1) {
		a := attributes(m[1])
		if _, ok := a["selected"]; ok && a["value"] != "" {
			return a["value"]
		}
		last = or(a["value"], last)
	}
	return last
}

// routeOf finds the declared route of an address.
func (s *site) routeOf(method, address string) web.Route {
	address, _, _ = strings.Cut(address, "?")
	best := web.Route{}
	for _, r := range s.routes {
		fits := false
		if r.Method == method {
			fits, _ = path.Match(param.ReplaceAllString(strings.TrimSuffix(r.Pattern, "{$}"), "*"), address)
		}
		if fits && (best.Pattern == "" || strings.Count(r.Pattern, "{") < strings.Count(best.Pattern, "{")) {
			best = r
		}
	}
	return best
}

// typed is what has to be typed for a form to be saved, where the page's own values are not enough.
func (s *site) typed() map[string]map[string]string {
	today := s.Now().Date()
	soon, later := string(today.Add(2)), string(today.Add(9))
	other := s.Place.Posts["ibrahim"].String()
	goal := map[string]string{"words": "ord", "lang": "sv", "translation": "", "translator": ""}
	urgent := ""
	if p := s.people["urgent"]; p != nil {
		urgent = p.form.Person.Number.Reveal()
	}
	return map[string]map[string]string{
		"sok":                                            {"q": "Qz"},
		"bryt":                                           {"number": urgent},
		"person/{person}/min-plats/fran-papper":          {"on": string(today)},
		"ko/ny":                                          {"given": "Ny", "family": "Person", "phone": "070-174 06 21", "number": "", "birth": "", "email": "", "reach": "phone", "reply": "", "received": string(today)},
		"gruppstarter/{start}/kalla":                     {"why": "brådskar"},
		"gruppstarter/{start}/andra":                     {"on": soon, "at": "09:00", "until": "11:00", "places": "10", "calls": "12", "state": "planned"},
		"deltagare/tack/lana":                            {"from": string(today), "until": later, "to": other},
		"deltagare/tack/lamna":                           {"to": other},
		"person/{person}/remiss/flytta":                  {"to": soon, "why": "brådskar"},
		"person/{person}/remiss/hanvisa":                 {"redirect": "vårdcentralen", "told": "yes"},
		"person/{person}/egen-start":                     {"on": soon, "at": "07:30", "slot": "", "alone": "bråttom", "room": ""},
		"person/{person}/egen-start/hallen":              {"on": string(today)},
		"person/{person}/coach":                          {"coach": other},
		"person/{person}/bordet/coach":                   {"coach": other},
		"person/{person}/bordet/coach/onskan":            {"words": "ord", "paper": ""},
		"person/{person}/bordet/tyck-till":               {"about": "house"},
		"person/{person}/tyck-till":                      {"about": "house"},
		"person/{person}/avslut":                         {"reason": "work", "on": string(today), "noview": "", "municipal": "no"},
		"person/{person}/avslut/paus":                    {"expected": later},
		"person/{person}/plan/mal":                       goal,
		"person/{person}/bordet/mal":                     goal,
		"person/{person}/plan/mal/{goal}":                goal,
		"person/{person}/bordet/mal/{goal}":              goal,
		"person/{person}/krav":                           {"office": "ord", "phone": "0501-12 34 56", "since": string(today)},
		"person/{person}/plan/uppgift":                   {"words": "ord", "who": "staff"},
		"person/{person}/bordet/uppgift":                 {"words": "ord", "who": "staff"},
		"person/{person}/aktiviteter/{place}/omfattning": {"days": "2"},
		"person/{person}/praktik/ny":                     {"from": string(today), "to": later, "at": "09:00", "until": "12:00", "supervisor": "ord", "talk1": soon, "talk2": "", "talk3": ""},
		"person/{person}/praktik/{placement}/villkor":    {"from": string(today), "to": later, "at": "09:00", "until": "12:00", "supervisor": "ord", "talk1": soon, "talk2": "", "talk3": ""},
		"person/{person}/praktik/{placement}/samtal":     {"again": ""},
		"arbetsplatser/ny":                               {"name": "Parken"},
		"person/{person}/plan/insats":                    {"what": "ord", "goal": "", "from": string(today), "to": ""},
		"person/{person}/plan/fran-papper":               {"on": string(today)},
		"person/{person}/kontakt/tid":                    {"on": soon, "at": "08:15"},
		"person/{person}/foretradare":                    {"kind": "godman", "name": "Britta Ek", "repphone": "", "scope": "ekonomi", "from": "", "to": ""},
		"person/{person}/lasningar/fraga":                {"reader": s.Place.Posts["lena"].String(), "day": string(today), "words": "Varför lästes det?"},
		"person/{person}/lasningar/senare":               {"post": s.Place.Posts["lena"].String(), "from": string(today), "to": string(today), "until": later, "why": "beslut"},
		"person/{person}/akter":                          {"q": "Qz"},
		"person/{person}/lag":                            {"zone": s.Place.Agencies[org.KindEmployment].String(), "law": "osl_10_2", "part": "2", "from": string(today), "to": later, "decided": "Anna Ek", "number": "IFO 1"},
		"verksamheten/rum":                               {"room": "Rum 9", "seats": "4"},
		"verksamheten/stangt":                            {"first": soon, "last": later, "closedname": "studiedagar"},
		"verksamheten/system":                            {"name": "Stödet", "unit": s.Place.Senders["LSS-enheten"].String(), "from": string(today), "to": later},
		"verksamheten/kollega":                           {"name": "Nya Kollegan", "email": "ny.kollega@example.se", "title": "", "phone": "", "languages": "sv", "role": "coach"},
		"verksamheten/beslut":                            {"from": soon, "why": "prövar", "logsample": "10", "answer": "10", "opinions": "90", "reports": "10"},
		"import/{import}/kolumner":                       {"column-3": "-"},
		"aktiviteter/ny":                                 {"name": "Köket", "method": ""},
		"aktiviteter/{activity}/andra":                   {"name": "Köket", "method": ""},
		"kompetens/metod":                                {"name": "Suggestopedi"},
		"kompetens/utbildning":                           {"by": later},
		"schema/ny": {"do": "", "weekday1": "5", "week1": "0", "at1": "15:00", "until1": "16:00", "room1": "0", "leaders1": s.Place.Posts["omar"].String(),
			"weekday2": "", "weekday3": "", "leaders2": "", "leaders3": "", "room2": "", "room3": ""},
		"schema/tillfalle/{occasion}/forlang": {"last": string(today.Add(60))},
		"schema/tillfalle/{occasion}/flytta":  {"leaders": s.Place.Posts["omar"].String()},
		"person/{person}/berattelse":          {"words": "En väg som är lång nog.", "lang": "sv"},
		"/min/berattelse":                     {"words": "En väg som är lång nog.", "lang": "sv"},
		"kurser/ny":                           {"title": "Ny kurs", "link": "", "giver": "Komvux"},
		"person/{person}/dokument":            {"title": "Intyg"},
		"kurser/utskick":                      {"code": "brev2", "name": "Brev"},
		"kurser/utskick/{outreach}":           {"sent": "12"},
		"kurser/{course}":                     {"link": "", "ended": ""},
		"anmalan/{application}/ko":            {"given": "Nytt", "family": "Namn", "number": "", "birth": "", "phone": "070-174 06 21", "email": "", "reach": "phone", "kind": "egen"},
		"verksamheten/webb/{field}/{lang}":    {"words": "En plats för alla.", "do": "publish"},

		"verksamheten/webb/{field}/{lang}/last":      {"by": "Nour Darwish"},
		"/min/tyck-till":                             {"about": "house"},
		"person/{person}/bordet/utvardering/{place}": {"line": "ord"},
		"projekt/ny":                             {"name": "Ny väg", "funder": "ESF+", "first": string(today), "last": later, "until": string(today.Add(1400)), "why": "avtal"},
		"projekt/{project}":                      {"until": string(today.Add(1400)), "why": "ett nytt avtal"},
		"/min/dela":                              {"reader": "ord", "days": "7"},
		"/min/onskemal/arbete":                   {"what": "ord", "because": "ord"},
		"person/{person}/bordet/onskemal/arbete": {"what": "ord", "because": "ord"},
		"person/{person}/bordet/dela":            {"reader": "ord", "days": "7"},
		"delat/{person}/insats":                  {"what": "ord", "goal": "", "from": string(today), "to": ""},
		"/v/{gateway}/tyck-till/svar":            {"code": s.voiced["code"]},
		"/v/{gateway}/borja":                     {"name": "Ny Person", "phone": "070-174 06 21"},
		"/v/{gateway}/ring":                      {"name": "Ny Person", "phone": "070-174 06 21"},
		"/v/{gateway}/hjalp":                     {"name": "Ny Person", "phone": "070-174 06 21", "by": "En Vän", "byreach": "070-174 06 22"},
	}
}

// harvest walks all pages as the visitor and gives the forms found, the first few of each route and person.
func (s *site) harvest(t *testing.T, v *visitor) []form {
	t.Helper()
	var list []form
	seen := map[string]int{}
	for _, r := range s.routes {
		if r.Method != "GET" {
			continue
		}
		for _, path := range s.addresses(r) {
			res := v.get(path)
			if res.Code != 200 {
				continue
			}
			for _, f := range s.forms(path, res) {
				if f.action == "#" { // the page of parts shows forms that lead nowhere
					continue
				}
				if f.route.Handle == nil {
					t.Errorf("%s has a form to %s, which no route takes", path, f.action)
					continue
				}
				if k := f.route.Pattern + f.action; seen[k] == 0 {
					list = append(list, f)
					seen[k]++
				}
			}
		}
	}
	return append(list, s.crafted(t, v)...)
}

// oneOfEach gives one form of each route.
func oneOfEach(list []form) []form {
	var few []form
	seen := map[string]bool{}
	for _, f := range list {
		if !seen[f.route.Pattern] {
			seen[f.route.Pattern] = true
			few = append(few, f)
		}
	}
	return few
}

// signing are the routes that begin or end a session: they change no row that a digest watches.
func signing(r web.Route) bool {
	return r.Needs.Audience != web.Staff || strings.HasPrefix(r.Pattern, "/arbete/jag/") || r.Pattern == "/arbete/tjanst"
}

// takesForm tells whether a route takes a form; programs send none.
func takesForm(r web.Route) bool {
	return r.Method == "POST" && r.Needs.Audience != web.System && r.Needs.Audience != web.Program
}

// harvestAll gives a form of every route that takes one, found by somebody; of one that nobody finds only its address.
func (s *site) harvestAll(t *testing.T) []form {
	t.Helper()
	var list []form
	for _, who := range []string{"karin", "lena", "omar"} {
		list = append(list, s.harvest(t, s.enter(t, who))...)
	}
	list = append(list, s.harvest(t, s.themself(t, "active"))...)
	for _, r := range s.routes {
		if takesForm(r) {
			list = append(list, form{route: r, action: s.paths(r)[max(0, len(s.paths(r))-1)], fields: url.Values{}})
		}
	}
	return oneOfEach(list)
}

func TestAFormFromAnotherHandIsRefused(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		forms := s.harvestAll(t)
		staff, again, ida, me := s.enter(t, "karin"), s.enter(t, "karin"), s.enter(t, "ida"), s.themself(t, "active")
		before, big := s.digest(t), strings.Repeat("a", 10<<20)
		for _, f := range forms {
			karin := staff
			if f.route.Needs.Audience == web.Own {
				karin = me
			}
			refused := func(what string, q *http.Request, code int) {
				if res := karin.send(q); res.Code != code || !strings.Contains(res.Body.String(), "<h1") {
					t.Errorf("%s with %s: %d to %s", f.route.Pattern, what, res.Code, res.Header().Get("Location"))
				}
			}
			for what, token := range tokensFor(f.route, again.token, ida.token) {
				refused("the token "+what, karin.asForm(f, with(f.fields, "_token", token)), 403)
			}
			for header, value := range map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://elsewhere.example"} {
				for _, v := range []*visitor{karin, {site: s}} {
					q := v.asForm(f, f.fields)
					q.Header.Set(header, value)
					refused(header, q, 403)
				}
			}
			refused("10 MB", karin.asForm(f, with(f.fields, "why", big)), 413)
			if changed := differ(before, s.digest(t)); len(changed) > 0 {
				t.Fatalf("%s from another hand changed %v", f.route.Pattern, changed)
			}
		}
		if all := slices.DeleteFunc(slices.Clone(s.routes), func(r web.Route) bool { return !takesForm(r) }); len(forms) != len(all) {
			t.Errorf("%d kinds of forms sent, and there are %d", len(forms), len(all))
		}
	})
}

// tokensFor are tokens that are not the session's own. A form for everybody, or for who holds a link, has none: no session is read.
func tokensFor(r web.Route, again, other string) map[string]string {
	if r.Needs.Audience == web.Public || r.Needs.Audience == web.Trusted {
		return nil
	}
	return map[string]string{"none": "", "another's": other, "another session's": again, "rubbish": "AAAA", "zeroes": strings.Repeat("A", 43)}
}

func TestAStaleFormChangesNothing(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		n := 0
		for _, who := range []string{"karin", "lena", "omar"} {
			v := s.enter(t, who)
			forms, before := s.harvest(t, v), s.digest(t)
			for _, f := range forms {
				if f.fields.Get("_v") == "" || f.fields.Get("_v") == "0" {
					continue
				}
				n++
				res := v.insist(f, with(with(f.fields, "_v", "4711"), "_token", v.token))
				if res.Code != 409 && res.Code != 422 && (who != "omar" || res.Code != 404) { // the head reads whom they may no longer change
					t.Errorf("%s (on %s) with an old version: %d to %s", f.route.Pattern, f.page, res.Code, res.Header().Get("Location"))
				}
				if changed := differ(before, s.digest(t)); len(changed) > 0 {
					t.Fatalf("%s with an old version changed %v", f.route.Pattern, changed)
				}
			}
		}
		if n < 40 {
			t.Errorf("only %d forms with a version", n)
		}
	})
}

func clone(v url.Values) url.Values {
	m := url.Values{}
	for k, vs := range v {
		m[k] = append([]string(nil), vs...)
	}
	return m
}
