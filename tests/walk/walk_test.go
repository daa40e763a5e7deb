package walk

import (
	"context"
	"maps"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/export"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/web"
)

func open(t *testing.T, f func(t *testing.T, s *site)) {
	opened(t, (*demotest.World).Clock, f)
}

func opened(t *testing.T, c func(*demotest.World) clock.Clock, f func(t *testing.T, s *site)) {
	run := func(t *testing.T, db *store.Store) {
		w := demotest.New(t, db)
		s := siteAt(t, w, c(w))
		s.populate(t)
		f(t, s)
	}
	t.Run("sqlite", func(t *testing.T) { run(t, storetest.Open(t, storetest.SQLite(t))) })
	if prove {
		t.Run("postgres", func(t *testing.T) { run(t, storetest.Open(t, storetest.Postgres(t))) })
	}
}

// visitors are every kind of actor. "nobody" has no session, "expired" had one, "ibrahim" has a session whose post ended.
func (s *site) visitors(t *testing.T) []*visitor {
	t.Helper()
	list := []*visitor{{site: s, name: "nobody"}}
	for _, k := range []string{"lena", "karin", "omar", "britt", "samar", "ida", "petra", "ibrahim", "amina", "erik"} {
		list = append(list, s.enter(t, k))
	}
	expired := s.enter(t, "karin")
	expired.name = "expired"
	hash := hashOf(t, expired.cookie)
	s.write(t, func(tx *store.Tx) error {
		if _, err := tx.Exec(t.Context(), store.Q(`UPDATE session SET ends_at = $3 WHERE area_id = $1 AND token_hash = $2`), s.Place.Area, hash, int64(s.Now())); err != nil {
			return err
		}
		return org.EndPost(t.Context(), tx, s.Place.Area, s.Place.Posts["ibrahim"], s.Now())
	})
	return append(list, expired)
}

// themselves are people in their own session: one who takes part, one of the other unit, one whose record is protected, one who has left,
// and one who shares something.
func (s *site) themselves(t *testing.T) []*visitor {
	t.Helper()
	var list []*visitor
	for _, k := range []string{"active", "foreign", "hidden", "gone", "shared"} {
		list = append(list, s.themself(t, k))
	}
	return list
}

var param = regexp.MustCompile(`\{([a-z]+)\}`)

// paths gives the addresses of a route: about each person with their own ids and with another's, missing and malformed.
func (s *site) paths(r web.Route) []string {
	pattern := strings.TrimSuffix(r.Pattern, "{$}")
	if !param.MatchString(pattern) {
		return []string{pattern}
	}
	var list []string
	fill := func(get func(name string) string) {
		list = append(list, param.ReplaceAllStringFunc(pattern, func(m string) string { return get(m[1 : len(m)-1]) }))
	}
	missing := id.New[struct{}](s.Now()).String()
	for _, bad := range []string{missing, "0", "-1", "zz!", "1%27%20OR%201=1", strings.Repeat("7", 40)} {
		fill(func(string) string { return bad })
	}
	switch {
	case strings.Contains(pattern, "{import}"):
		for _, list := range inOrder(s.listIDs) {
			fill(func(string) string { return list })
		}
		return list
	case strings.Contains(pattern, "{gateway}"):
		for _, g := range []string{"vuxenslussen", "ungdomsslussen"} {
			fill(func(name string) string { return or(s.offered[name], g) })
		}
		return list
	case strings.Contains(pattern, "{application}"):
		for _, a := range inOrder(s.asked) {
			fill(func(string) string { return a })
		}
		return list
	case strings.Contains(pattern, "{opinion}") && !strings.Contains(pattern, "{person}"):
		for _, o := range inOrder(s.voiced) {
			fill(func(string) string { return o })
		}
		return list
	case strings.Contains(pattern, "{report}"):
		for _, r := range inOrder(s.reports) {
			fill(func(string) string { return r })
		}
		return list
	case strings.Contains(pattern, "{field}"):
		for _, lang := range []string{"sv", "ar"} {
			fill(func(name string) string { return map[string]string{"field": "lede", "lang": lang}[name] })
		}
		return list
	case strings.Contains(pattern, "{token}"):
		fill(func(string) string { return s.invited })
		return list
	case strings.Contains(pattern, "{list}"):
		for _, x := range export.Lists {
			fill(func(string) string { return x.Name })
		}
		return list
	}
	if m := param.FindStringSubmatch(pattern); s.offered[m[1]] != "" {
		fill(func(name string) string { return s.offered[name] })
		return list
	}
	if strings.Contains(pattern, "{post}") {
		fill(func(string) string { return s.Place.Posts["lena"].String() })
	}
	if strings.Contains(pattern, "{start}") {
		for _, k := range []string{"start karin 0", "start karin 1", "start ida 0"} {
			fill(func(string) string { return s.people["called"].ids[k] })
		}
		return list
	}
	for _, p := range inOrder(s.people) {
		fill(func(name string) string {
			if name == "form" {
				return s.offered[name]
			}
			return or(p.ids[name], missing)
		})
		if strings.HasSuffix(pattern, "/avslut") {
			list = append(list, list[len(list)-1]+"?skal=work")
		}
		if strings.Count(pattern, "{") > 1 { // somebody's own page with another's goal, task, note …
			fill(func(name string) string {
				if name == "person" {
					return p.ids[name]
				}
				return or(s.people["foreign"].ids[name], missing)
			})
		}
	}
	return list
}

// inOrder gives what a map holds by its keys in order, so that the same addresses and forms are found each time.
func inOrder[V any](m map[string]V) (list []V) {
	for _, k := range slices.Sorted(maps.Keys(m)) {
		list = append(list, m[k])
	}
	return list
}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

// watch is what the test knows of the log so far.
type watch struct {
	site *site
	who  map[audit.Alias]*soul
}

func (s *site) watch(t *testing.T) *watch {
	t.Helper()
	w := &watch{site: s, who: map[audit.Alias]*soul{}}
	must(t, s.Store.Read(t.Context(), func(tx *store.Tx) error {
		for _, p := range s.people {
			var a []byte
			if err := tx.One(t.Context(), store.Q(`SELECT alias FROM person WHERE area_id = $1 AND person_id = $2`), []any{s.Place.Area, p.id}, &a); err != nil {
				return err
			}
			w.who[audit.Alias(a)] = p
		}
		return nil
	}))
	w.disclosed(t)
	return w
}

// disclosed gives whom the log names since the last time, by the post that they were shown to, and forgets it.
func (w *watch) disclosed(t *testing.T) map[id.Post]map[*soul]bool {
	t.Helper()
	m := map[id.Post]map[*soul]bool{}
	must(t, w.site.Store.Read(context.WithoutCancel(t.Context()), func(tx *store.Tx) error {
		rows, err := tx.Query(t.Context(), store.Q(`SELECT post_id, people FROM disclosure WHERE area_id = $1`), w.site.Place.Area)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var post id.Post
			var people []byte
			if err := rows.Scan(&post, &people); err != nil {
				return err
			}
			if m[post] == nil {
				m[post] = map[*soul]bool{}
			}
			for ; len(people) > 0; people = people[audit.AliasBytes:] {
				m[post][w.who[audit.Alias(people[:audit.AliasBytes])]] = true
			}
		}
		return rows.Err()
	}))
	if len(m) > 0 {
		w.site.write(t, func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), store.Q(`DELETE FROM disclosure WHERE area_id = $1`), w.site.Place.Area)
			return err
		})
	}
	return m
}

// shown gives whom a response gives away.
func (s *site) shown(w *httptest.ResponseRecorder) []*soul {
	text := strings.ToLower(all(w))
	var list []*soul
	for _, p := range s.people {
		for _, trace := range p.traces {
			if strings.Contains(text, trace) {
				list = append(list, p)
				break
			}
		}
	}
	return list
}

// judge fails the test when a response shows somebody it may not, or somebody the log does not name; it counts the shown.
func (w *watch) judge(t *testing.T, v *visitor, what string, res *httptest.ResponseRecorder) int {
	t.Helper()
	s := w.site
	log := w.disclosed(t)
	if res.Code >= 500 {
		t.Errorf("%s by %s: %d", what, v.name, res.Code)
	}
	shown := s.shown(res)
	for _, p := range shown {
		if !p.may(v.name) {
			t.Errorf("%s by %s shows %s, whom %s may not read", what, v.name, p.key, v.name)
		}
		if !log[s.Place.Posts[v.name]][p] {
			t.Errorf("%s by %s shows %s, and the log does not name them", what, v.name, p.key)
		}
	}
	for post, people := range log {
		for p := range people {
			if post != s.Place.Posts[v.name] || !p.may(v.name) {
				t.Errorf("%s by %s: the log names %s for post %s", what, v.name, p.key, post)
			}
		}
	}
	if strings.Contains(res.Body.String(), draft) && v.name != "lena" && v.name != "petra" && v.name != "ida" && v.name != "samar" {
		t.Errorf("%s by %s shows another's draft", what, v.name)
	}
	if strings.HasPrefix(v.name, self) && strings.Contains(res.Body.String(), held) {
		t.Errorf("%s by %s shows a note that is held", what, v.name)
	}
	if strings.Contains(strings.ToLower(all(res)), excuse) && v.name != "lena" && v.name != self+"active" {
		t.Errorf("%s by %s shows why somebody did not come", what, v.name)
	}
	if strings.Contains(strings.ToLower(all(res)), wished) && !slices.Contains([]string{"karin", "lena", "omar", "samar"}, v.name) {
		t.Errorf("%s by %s shows who has asked on the web", what, v.name)
	}
	if strings.Contains(strings.ToLower(all(res)), thought) && v.name != "omar" {
		t.Errorf("%s by %s shows what somebody thinks", what, v.name)
	}
	if strings.Contains(strings.ToLower(all(res)), wrong) && v.name != "omar" && v.name != "lena" && v.name != "ida" {
		t.Errorf("%s by %s shows what was reported", what, v.name)
	}
	if strings.Contains(strings.ToLower(all(res)), outside) && v.name != "omar" && v.name != "amina" {
		t.Errorf("%s by %s shows what another agency reported", what, v.name)
	}
	if strings.Contains(strings.ToLower(all(res)), turned) && (!strings.Contains(what, "/arbete/arbetsplatser") || !slices.Contains([]string{"karin", "lena", "omar", "samar"}, v.name)) {
		t.Errorf("%s by %s shows whom one turns to at a workplace", what, v.name)
	}
	if strings.Contains(strings.ToLower(all(res)), worked) && (slices.Contains([]string{"ida", "petra"}, v.name) || !strings.Contains(what, "/arbete/sa-arbetar-vi")) {
		t.Errorf("%s by %s shows how Vuxenslussen works", what, v.name)
	}
	if strings.Contains(strings.ToLower(all(res)), listed) && v.name != "karin" {
		t.Errorf("%s by %s shows karin's list", what, v.name)
	}
	return len(shown)
}

func TestEveryPageShowsOnlyWhomItMayAndLogsIt(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		visitors, watch := append(s.visitors(t), s.themselves(t)...), s.watch(t)
		seen, shown, before := map[string]int{}, 0, s.digest(t)
		for _, r := range s.routes {
			if r.Method != "GET" {
				continue
			}
			for _, v := range visitors {
				for _, path := range s.addresses(r) {
					res := v.get(path)
					n := watch.judge(t, v, "GET "+path, res)
					shown += n
					if res.Code == 200 {
						seen[r.Pattern]++
					}
					staff, mine, door := r.Needs.Audience == web.Staff || r.Needs.Audience == web.Partner, r.Needs.Audience == web.Own, web.OwnDoor
					if staff {
						door = web.Door
					}
					inside := staff && live(v) || mine && strings.HasPrefix(v.name, self)
					// who works at another agency is sent on from pages that are for both
					turned := res.Code == 303 && (r.Needs.Audience != web.Partner || strings.HasPrefix(res.Header().Get("Location"), door))
					if (staff || mine) && inside == turned {
						t.Errorf("GET %s by %s: %d to %s", path, v.name, res.Code, res.Header().Get("Location"))
					}
				}
			}
			switch why := unseen[r.Pattern]; {
			case seen[r.Pattern] == 0 && why == "":
				t.Errorf("nobody in the walk ever saw %s: the walk says nothing about it", r.Pattern)
			case seen[r.Pattern] > 0 && why != "":
				t.Errorf("%s is seen in the walk: take it out of the list that says %q", r.Pattern, why)
			}
		}
		for _, p := range s.people {
			if p.readBy == " " {
				continue
			}
			for _, name := range strings.Fields(p.readBy) {
				v := find(visitors, name)
				page := "/arbete/person/"
				if name == "amina" {
					page = "/arbete/delat/"
				}
				if name != "britt" && !contains(s.shown(v.get(page+p.ids["person"])), p) {
					t.Errorf("%s should see %s and does not", name, p.key)
				}
			}
		}
		if changed := differ(before, s.digest(t)); len(changed) > 0 {
			t.Errorf("looking at pages changed %v", changed)
		}
		if shown < 500 {
			t.Errorf("only %d showings in the whole walk", shown)
		}
	})
}

// unseen are the pages that nobody in the walk is shown, and why.
var unseen = map[string]string{
	"/arbete/flode/framat/csv":     "the world of the walk is too young to see ahead from, and the file is refused with that; a journey takes one out",
	"/arbete/in/svar":              "it leads on who comes back from their agency; internal/signin and a journey come back",
	"/arbete/in/{agency}":          "it leads to the agency's own sign-in; a journey goes there",
	"/in/e-legitimation/{way}":     "it leads to an e-identification; a journey goes there",
	"/in/{token}/{agency}":         "it leads to the agency's own sign-in; a journey goes there",
	"/in/valj":                     "it is shown to who has used the code of a letter; a journey chooses there",
	"/kalender/{token}":            "a calendar program reads it by an address, without a session; internal/feed reads it so",
	"/min/fragor/ny":               "it is about a line of the log, which the walk empties as it goes",
	"/api/v1/referrals/{referral}": "a system reads it by a pass; TestASystemSeesOnlyWhatItSent reads it so",
}

// addresses are the paths of a route, and what pages themselves add to them.
func (s *site) addresses(r web.Route) []string {
	list := append(s.paths(r), more[r.Pattern]...)
	if r.Pattern == "/arbete/person/{person}/kontakt" { // what stands beside a signed note
		list = append(list, "/arbete/person/"+s.people["active"].ids["person"]+"/kontakt?om="+s.people["active"].ids["note"])
	}
	if r.Pattern == "/min/fragor/ny" {
		list = append(list, r.Pattern+"?dag="+string(s.Now().Date())+"&post="+s.Place.Posts["lena"].String())
	}
	return list
}

// more are addresses with what pages themselves add to them.
var more = map[string][]string{
	"/arbete/deltagare": {"/arbete/deltagare?visa=booked", "/arbete/deltagare?visa=active", "/arbete/deltagare?visa=paused", "/arbete/deltagare?visa=left",
		"/arbete/deltagare?visa=active&efter=2030-01-01&id=zz"},
	"/arbete/schema":       {"/arbete/schema?vy=lista&vecka=2026-10-26", "/arbete/schema?vy=cykel", "/arbete/schema?vecka=zz"},
	"/min/lasningar":       {"/min/lasningar?papper=ja", "/min/lasningar?fore=2026-10-12", "/min/lasningar?enhet=zz"},
	"/min/berattelse":      {"/min/berattelse?andra=ja"},
	"/min/jobb":            {"/min/jobb?q=laga%20mat", "/min/jobb?q=rymden"},
	"/arbete/kurser/yrken": {"/arbete/kurser/yrken?q=laga%20mat", "/arbete/kurser/yrken?q=%ff"},
	"/arbete/ko":           {"/arbete/ko?efter=2020-01-01&id=1&n=5"},
	"/arbete/flode/lista": {"/arbete/flode/lista?vad=ko", "/arbete/flode/lista?vad=deltar&enhet=alla", "/arbete/flode/lista?vad=kallade-och-bokade",
		"/arbete/flode/lista?vad=arbete", "/arbete/flode/lista?vad=borjade&manad=2026-10", "/arbete/flode/lista?vad=kom&enhet=alla"},
}

func find(list []*visitor, name string) *visitor {
	for _, v := range list {
		if v.name == name {
			return v
		}
	}
	return nil
}

func contains(list []*soul, p *soul) bool {
	for _, x := range list {
		if x == p {
			return true
		}
	}
	return false
}
