package walk

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sluss/internal/audit"
	"sluss/internal/demo/demotest"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/web"
)

// ofNobody are tables that hold nothing of any person's record, and so may change without the log of disclosures.
var ofNobody = []string{"site_text", "story_shown", "application", "application_sent", "agency_system", "system_pass", "opinion", "sarah_report", "sarah_step", "practice_version", "project", "project_activity", "project_keep", "workplace", "course", "course_way", "occupation_words", "outreach", "start", "cover", "job", "unit_text", "activity", "activity_decision", "method", "competence", "training", "run", "turn", "occasion",
	"occasion_change", "occasion_notice", "work_hours", "forecast_scenario", "forecast_shown", "weeding_round"}

func TestNothingIsShownOrChangedWhenTheLogCannotBeWritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.Store) {
		s := newSite(t, demotest.New(t, db))
		s.populate(t)
		karin, me := s.enter(t, "karin"), s.themself(t, "active")
		forms := oneOfEach(s.harvest(t, karin))
		for _, name := range []string{"the log", "its index"} {
			hide, back := store.Q(`ALTER TABLE disclosure RENAME TO hidden`), store.Q(`ALTER TABLE hidden RENAME TO disclosure`)
			if name == "its index" {
				hide, back = store.Q(`ALTER TABLE disclosure_person RENAME TO hidden`), store.Q(`ALTER TABLE hidden RENAME TO disclosure_person`)
			}
			before := s.digest(t)
			s.kit.Log = audit.NewLog(t.Context(), db) // one that remembers no line of today's lists
			s.write(t, func(tx *store.Tx) error {
				_, err := tx.Exec(t.Context(), hide)
				return err
			})
			refused := 0
			for _, r := range s.routes {
				if r.Method != "GET" {
					continue
				}
				by := karin
				if r.Needs.Audience == web.Own {
					by = me
				}
				for _, path := range s.paths(r) {
					res := by.get(path)
					if shown := s.shown(res); len(shown) > 0 {
						t.Errorf("without %s %s shows %s", name, path, shown[0].key)
					}
					if res.Code == 503 {
						refused++
						if !strings.Contains(res.Body.String(), phone) {
							t.Errorf("without %s %s does not tell whom to call", name, path)
						}
					} else if res.Code >= 500 {
						t.Errorf("without %s %s answers %d: %s", name, path, res.Code, logged.failed())
					}
				}
			}
			for _, f := range forms {
				if signing(f.route) {
					continue
				}
				if res := karin.post(f.action, f.fields); res.Code >= 500 && (res.Code != 503 || !strings.Contains(res.Body.String(), phone)) {
					t.Errorf("without %s the form to %s answers %d: %s", name, f.route.Pattern, res.Code, logged.failed())
				} else if res.Code == 503 {
					refused++
				}
			}
			if refused < 80 {
				t.Errorf("without %s only %d were refused", name, refused)
			}
			s.write(t, func(tx *store.Tx) error {
				_, err := tx.Exec(t.Context(), back)
				return err
			})
			for _, table := range differ(before, s.digest(t)) {
				if !slices.Contains(ofNobody, table) && !strings.HasPrefix(table, "intray") {
					t.Errorf("without %s %s was changed", name, table)
				}
			}
		}
	})
}

// TestTheHeadAloneIsToldOnTodayWhatIsLateOfTheLog: first that rows get no position, then that no checkpoint covers them.
func TestTheHeadAloneIsToldOnTodayWhatIsLateOfTheLog(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.Store) {
		w, passed := demotest.New(t, db), time.Duration(0)
		s := siteAt(t, w, func() time.Time { return w.Clock()().Add(passed) })
		s.somebody(t, "waiting", "karin", adults)
		omar, karin := s.enter(t, "omar"), s.enter(t, "karin")
		told := func(v *visitor) (list []string) {
			for what, words := range map[string]string{"order": "ingen plats i loggens ordning", "checkpoint": "ingen kontrollpunkt"} {
				if strings.Contains(v.get("/arbete").Body.String(), words) {
					list = append(list, what)
				}
			}
			return list
		}
		if list := told(omar); list != nil {
			t.Errorf("at once: %v", list)
		}
		passed = 10 * time.Minute
		if list := told(omar); !slices.Equal(list, []string{"order"}) {
			t.Errorf("without positions: %v", list)
		}
		must(t, (&audit.Keeper{Store: db}).Keep(t.Context()))
		if list := told(omar); !slices.Equal(list, []string{"checkpoint"}) {
			t.Errorf("without a checkpoint: %v", list)
		}
		if list := told(karin); list != nil {
			t.Errorf("the coordinator is told: %v", list)
		}
	})
}

// TestNoTraceOfAnybodyInTheProgramsLog: after walking every page and pressing every form, nothing that gives anybody away
// stands in the program's own log.
func TestNoTraceOfAnybodyInTheProgramsLog(t *testing.T) {
	opened(t, ticking, func(t *testing.T, s *site) { // an id of a person is then no request's too
		logged.reset()
		karin := s.enter(t, "karin")
		forms := s.harvest(t, karin)
		for _, p := range s.people {
			for _, trace := range p.traces {
				karin.post("/arbete/sok", url.Values{"q": {trace}})
				karin.get("/arbete/" + url.PathEscape(trace) + "?q=" + url.QueryEscape(trace))
			}
		}
		for _, f := range forms {
			for k := range f.fields {
				if !strings.HasPrefix(k, "_") && !signing(f.route) {
					with := clone(f.fields)
					with.Set(k, s.people["waiting"].word+strings.Repeat("x", 300))
					karin.post(f.action, with)
				}
			}
		}
		for _, f := range forms {
			if !signing(f.route) {
				karin.post(f.action, f.fields)
			}
		}
		text := strings.ToLower(logged.text())
		if strings.Count(text, `"msg":"request"`) < 1000 {
			t.Errorf("the log is too short to say anything: %d bytes", len(text))
		}
		for _, p := range s.people {
			for _, trace := range append(p.traces, p.id.String()) {
				if i := strings.Index(text, trace); i >= 0 {
					t.Errorf("the program's log has %q of %s: …%s…", trace, p.key, text[max(0, i-200):min(len(text), i+100)])
				}
			}
		}
	})
}
