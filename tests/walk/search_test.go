package walk

import (
	"net/url"
	"strings"
	"testing"

	"sluss/internal/web"
)

func live(v *visitor) bool {
	return v.name != "nobody" && v.name != "expired" && v.name != "ibrahim" && !strings.HasPrefix(v.name, self)
}

// partner tells whether the visitor works at another agency: they see what is shared, and search nobody.
func partner(v *visitor) bool { return v.name == "amina" || v.name == "erik" }

func TestSearchFindsOnlyWhomOneMayReadAndLogsIt(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		visitors, watch := s.visitors(t), s.watch(t)
		for _, v := range visitors {
			if !live(v) {
				continue
			}
			found := 0
			for _, q := range []string{"Qz", "qz 1974", "nobody at all"} {
				found += watch.judge(t, v, "search "+q, v.post("/arbete/sok", url.Values{"q": {q}}))
			}
			if (found == 0) != partner(v) {
				t.Errorf("%s finds %d", v.name, found)
			}
			for _, p := range s.people { // by number: the page repeats what was typed, so only the name gives anybody away
				res := v.post("/arbete/sok", url.Values{"q": {p.traces[2]}})
				has := strings.Contains(strings.ToLower(all(res)), p.traces[0])
				if has && (!p.may(v.name) || partner(v)) || !has && p.may(v.name) && !partner(v) && p.key != "left" && p.key != "covered" {
					t.Errorf("%s searches the number of %s: shown %v, may %v", v.name, p.key, has, p.may(v.name))
				}
				watch.disclosed(t)
			}
		}
	})
}

func TestAPageFetchedAheadShowsAndLogsNothing(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		staff, me, watch := s.enter(t, "karin"), s.themself(t, "active"), s.watch(t)
		for _, r := range s.routes {
			if r.Method != "GET" || r.Needs.People == "no" || r.Needs.Audience == web.Feed || r.Needs.Audience == web.System || r.Needs.Audience == web.Trusted { // an address that opens nothing is not found, ahead or not
				continue
			}
			karin := staff
			if r.Needs.Audience == web.Own {
				karin = me
			}
			for _, path := range s.paths(r) {
				q := karin.request("GET", path, nil)
				q.Header.Set("Sec-Purpose", "prefetch")
				if res := karin.send(q); res.Code != 204 || res.Body.Len() > 0 {
					t.Errorf("%s fetched ahead: %d with %d bytes", path, res.Code, res.Body.Len())
				}
			}
		}
		if log := watch.disclosed(t); len(log) > 0 {
			t.Errorf("fetching ahead is logged as showing: %v", log)
		}
	})
}
