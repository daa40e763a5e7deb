package walk

import (
	"net/url"
	"strings"
	"testing"
)

// TestNobodyChangesWhomTheyMayNotRead: every form that karin could send, sent by those who have no right to the person, and
// by those with no right to anything, changes nothing and shows nobody.
func TestNobodyChangesWhomTheyMayNotRead(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		visitors, watch := s.visitors(t), s.watch(t)
		karin := find(visitors, "karin")
		forms, before := s.harvest(t, karin), s.digest(t)
		watch.disclosed(t)
		tried := 0
		for _, f := range forms {
			if !strings.HasPrefix(f.action, "/arbete/person/") && !strings.HasPrefix(f.action, "/arbete/gruppstarter/ot") {
				continue
			}
			for _, name := range []string{"nobody", "expired", "ibrahim", "petra", "ida"} {
				v := find(visitors, name)
				res := v.post(f.action, without(f.fields, "_token"))
				tried++
				if shown := s.shown(res); len(shown) > 0 && !echoed(f.fields, shown) {
					t.Errorf("%s by %s shows %s", f.route.Pattern, name, shown[0].key)
				}
				if live(v) && res.Code != 404 && res.Code != 422 && res.Code != 409 && res.Code != 403 || !live(v) && res.Code != 303 {
					t.Errorf("%s by %s: %d to %s", f.action, name, res.Code, res.Header().Get("Location"))
				}
			}
			if changed := differ(before, s.digest(t)); len(changed) > 0 {
				t.Fatalf("%s by somebody without the right changed %v", f.action, changed)
			}
		}
		if log := watch.disclosed(t); len(log) > 0 {
			t.Errorf("the log says that somebody was shown: %v", log)
		}
		if tried < 500 {
			t.Errorf("only %d forms sent", tried)
		}
	})
}

func without(v url.Values, name string) url.Values {
	m := clone(v)
	m.Del(name)
	return m
}

// echoed tells whether all that a page shows was in the form itself.
func echoed(v url.Values, shown []*soul) bool {
	text := strings.ToLower(v.Encode())
	for _, p := range shown {
		if !strings.Contains(text, p.traces[0]) {
			return false
		}
	}
	return true
}
