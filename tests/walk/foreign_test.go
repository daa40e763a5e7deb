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
			if !about(f) {
				continue
			}
			for _, name := range []string{"nobody", "expired", "ibrahim", "petra", "ida"} {
				if broken := "/arbete/person/" + s.people["broken"].ids["person"]; name == "petra" && (f.action == broken+"/jav" || f.action == broken+"/bordet/dela") {
					continue // who may read may stand aside, and see what a link would show, also where nothing may be written
				}
				v := find(visitors, name)
				res := v.insist(f, with(f.fields, "_token", v.token))
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

// about tells whether the form is aimed at something that is karin's or her unit's.
func about(f form) bool {
	for _, start := range []string{"/arbete/person/", "/arbete/gruppstarter/ot", "/arbete/import/", "/arbete/jag/nyckel/bort", "/arbete/jag/session/bort", "/arbete/tjanst"} {
		if strings.HasPrefix(f.action, start) {
			return true
		}
	}
	return false
}

// TestAnExportHoldsOnlyWhomOneMayTakeOutAndLogsThem opens every file that can be had, as a workbook and as text.
func TestAnExportHoldsOnlyWhomOneMayTakeOutAndLogsThem(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		visitors, watch := s.visitors(t), s.watch(t)
		found := map[string]int{}
		for _, path := range append(s.paths(s.routeOf("POST", "/arbete/export/queue")), "/arbete/export/zz", "/arbete/import/"+s.listIDs["ready"]+"/ratta") {
			for _, as := range []string{"xlsx", "csv"} {
				for _, v := range visitors {
					found[as] += watch.judge(t, v, as+" of "+path, v.post(path, url.Values{"as": {as}}))
				}
			}
		}
		if found["xlsx"] < 20 || found["xlsx"] != found["csv"] {
			t.Errorf("found in the files: %v", found)
		}
	})
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
