package walk

import (
	"context"
	"strings"
	"testing"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/project"
	"sluss/internal/store/storetest"
)

// funded stands in a project of Vuxenslussen: only those who decide on weeding there may see it.
const funded = "qzfunded"

// projects has omar write down a project, whose evidence is set apart as if it had been over for long, and one that goes on.
func (s *site) projects(t testing.TB) {
	t.Helper()
	ctx, d, omar := context.WithoutCancel(t.Context()), &project.Desk{Store: s.Store}, s.Actor(t, "omar")
	var a activity.ID
	must(t, a.UnmarshalText([]byte(s.offered["activity"])))
	today := omar.Today()
	for _, last := range []clock.Date{today.Add(6), today.Add(300)} {
		p, err := d.Add(ctx, omar, project.Form{Name: funded, Funder: funded, First: today.Add(-30), Last: last, Activities: []activity.ID{a}, Until: today.Add(900), Why: funded})
		must(t, err)
		if last == today.Add(6) {
			s.offered["project"] = p.String()
		}
	}
	must(t, d.Sweep(ctx, s.Place.Area, s.Now().Add(40*24*3600*1e9)))
}

func TestAnotherAgencysReportIsReadByWhoMadeItAndWhoReceivesIt(t *testing.T) {
	s := newSite(t, demotest.New(t, storetest.Open(t, storetest.SQLite(t))))
	s.populate(t)
	for key, sees := range map[string]bool{"omar": true, "amina": true, "erik": false, "lena": false, "karin": false, "ida": false} {
		res := s.enter(t, key).get("/arbete/lex-sarah/" + s.reports["amina"])
		if got := strings.Contains(res.Body.String(), outside); got != sees || len(s.shown(res)) > 0 {
			t.Errorf("%s sees it: %v, %d, %v", key, got, res.Code, s.shown(res))
		}
	}
}

func TestAProjectIsSeenByThoseWhoDecideOnWeedingAndShowsNobody(t *testing.T) {
	s := newSite(t, demotest.New(t, storetest.Open(t, storetest.SQLite(t))))
	s.populate(t)
	for key, sees := range map[string]bool{"omar": true, "karin": true, "lena": false, "britt": false, "ida": false, "amina": false} {
		res := s.enter(t, key).get("/arbete/projekt/" + s.offered["project"])
		if got := strings.Contains(res.Body.String(), funded); got != sees {
			t.Errorf("%s sees it: %v, %d", key, got, res.Code)
		}
		if people := s.shown(res); len(people) > 0 {
			t.Errorf("%s is shown %v", key, people)
		}
	}
}
