package walk

import (
	"context"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"sluss/internal/activity"
	"sluss/internal/attendance"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/place"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/tests/journeys/harness"
)

// TestAMonthOfAbsenceLeadsToACallAndNothingElse: each week somebody is away without a word. Nothing in the database changes by it but the
// marks themselves, and in the browser their coach is asked to call, the place is theirs, and the person is shown the promise.
func TestAMonthOfAbsenceLeadsToACallAndNothingElse(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	s := plainSite(t)
	ctx := context.WithoutCancel(t.Context())
	p, r := s.somebody(t, "active", "karin", adults)
	s.takesPart(t, p, r, "karin", "lena")
	karin, offer, plan, places := s.Actor(t, "karin"), &activity.Desk{Store: s.Store}, &schedule.Desk{Store: s.Store}, &place.Desk{Store: s.Store}
	a, err := offer.Add(ctx, karin, activity.Type{Existed: true, Together: 1, Size: 10, Words: map[string]activity.Words{"sv": {Name: "Samtalscirkeln", Purpose: "Att prata"}}}, "Den fanns")
	must(t, err)
	must(t, offer.Decide(ctx, karin, a, 1, activity.Runs, "Nu"))
	from := karin.Today()
	run, err := plan.Plan(ctx, karin, schedule.Run{Activity: a, Entry: schedule.Rolling, From: from, To: from.Add(70), Weeks: 1, Places: 4},
		[]schedule.Turn{{Weekday: time.Thursday, At: "15:00", Until: "16:00", Leaders: []id.Post{s.Place.Posts["lena"]}}})
	must(t, err)
	k, err := places.Wish(ctx, karin, p.id, a, "")
	must(t, err)
	must(t, places.Offer(ctx, karin, p.id, k, 1, place.Offer{Run: run, From: from}))
	must(t, places.Answer(ctx, karin, p.id, k, 2, true))
	var list []schedule.Occasion
	s.read(t, func(tx *store.Tx) (err error) {
		list, err = schedule.Occasions(ctx, tx, karin, clock.Span{From: from, To: from.Add(35)})
		return err
	})
	before := s.counts(t)
	for _, o := range list {
		s.Pass(o.On.Sub(s.Now().Date()) + 1)
		must(t, (&attendance.Desk{Store: s.Store}).Put(ctx, s.Actor(t, "lena"), p.id, o.ID, 0, attendance.Untold))
		s.work(t)
	}
	changed := slices.DeleteFunc(differ(before, s.counts(t)), func(name string) bool { return name == "attendance" || name == "disclosure_tree" })
	if len(list) < 4 || len(changed) > 0 {
		t.Errorf("after %d times away there is more in %v", len(list), changed)
	}

	server := httptest.NewServer(s.mux)
	defer server.Close()
	b := harness.Start(t)
	b.Go(server.URL + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/in"]:has(input[value="lena"]) button`)
	says := func(where string, words ...string) {
		t.Helper()
		text := b.Text("main")
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %q:\n%s", where, w, text)
			}
		}
		for _, w := range []string{"arning", "vstäng", "örlora", "indrag", "ogiltig", "underlag till"} {
			if strings.Contains(text, w) {
				t.Errorf("%s says %q:\n%s", where, w, text)
			}
		}
	}
	says("Today", "har inte hörts på 4 veckor", p.form.Person.Phone)
	b.Check(t, "absence-today")
	b.ClickText("Hör av dig")
	says("the way to the person", "Skriv en anteckning")
	b.Go(server.URL + "/arbete/person/" + p.id.String() + "/aktiviteter")
	says("the person's activities", "Samtalscirkeln")
	s.read(t, func(tx *store.Tx) error {
		var state string
		if err := tx.One(ctx, store.Q(`SELECT state FROM place WHERE area_id = $1 AND place_id = $2`), []any{s.Place.Area, k}, &state); err != nil || state != "held" {
			t.Errorf("the place is %s (%v)", state, err)
		}
		return nil
	})
	b.Forget()
	b.Width(360)
	b.Go(server.URL + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/min"]:has(input[value="samira"]) button`)
	says("the person's own page", "Samtalscirkeln", "Din plats ifrågasätts inte")
	b.Check(t, "absence-own")
}
