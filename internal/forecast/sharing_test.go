package forecast_test

import (
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/activity"
	"sluss/internal/demo/demotest"
	"sluss/internal/forecast"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/place"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// leads makes an activity that somebody leads person by person at a unit, three people each, with so many places.
func leads(t *testing.T, w *demotest.World, key string, leader id.Post, places int) activity.ID {
	t.Helper()
	a, d := w.Actor(t, key), &activity.Desk{Store: w.Store}
	x, err := d.Add(t.Context(), a, activity.Type{Together: 1, Size: 10, Caseload: 3, Words: map[string]activity.Words{"sv": {Name: "Stöd till arbete", Purpose: "Ett arbete"}}}, "Den behövs")
	must(t, err)
	must(t, d.Decide(t.Context(), a, x, 1, activity.Runs, "Nu"))
	_, err = (&schedule.Desk{Store: w.Store}).Plan(t.Context(), a, schedule.Run{Activity: x, Entry: schedule.Rolling, From: a.Today(), To: a.Today().Add(42), Weeks: 6, Places: places},
		[]schedule.Turn{{Weekday: time.Tuesday, At: "09:00", Until: "10:00", Leaders: []id.Post{leader}}})
	must(t, err)
	return x
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// One who leads person by person at two units has as many people as one can have, here and there together.
func TestWhoLeadsAtTwoUnitsIsSharedByThem(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		vux, young := w.Place.Units["Vuxenslussen"], w.Place.Units["Ungdomsslussen"]
		second := org.Post{ID: id.NewPost(w.Now()), Unit: young, Role: access.Coach, Title: "Coach", From: w.Now().Date()}
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			lena, err := org.GetPost(t.Context(), tx, w.Place.Area, w.Place.Posts["lena"], w.Now())
			second.Worker = lena.Worker
			if err != nil {
				return err
			}
			return org.AddPost(t.Context(), tx, w.Place.Area, second)
		}))
		here := leads(t, w, "karin", w.Place.Posts["lena"], 3)
		alone := leads(t, w, "karin", w.Place.Posts["samar"], 2)
		there := leads(t, w, "ida", second.ID, 3)
		d := &forecast.Desk{Store: s}
		look := func(x activity.ID) forecast.Activity {
			t.Helper()
			f, err := d.See(t.Context(), w.Actor(t, "karin"), ask(vux))
			must(t, err)
			return *f.Places.Get(x.String())
		}
		if a := look(here); a.Places != 3 || a.Shared.Leaders != 1 || len(a.Shared.Units) != 1 || a.Shared.Units[0].ID != young || a.Shared.Waiting != 0 {
			t.Errorf("one who has three people in all: %d places, %+v", a.Places, a.Shared)
		}
		if a := look(alone); a.Places != 2 || len(a.Shared.Units) != 0 {
			t.Errorf("one who is here alone is shared: %d places, %+v", a.Places, a.Shared)
		}
		who := w.Participant(t, "ida", "petra", "Nova", "Ek")
		_, err := (&place.Desk{Store: s}).Wish(t.Context(), w.Actor(t, "petra"), who, there, "Ett arbete")
		must(t, err)
		if a := look(here); a.Shared.Waiting != 1 || a.Waiting != 0 {
			t.Errorf("one waits there, and %+v", a.Shared)
		}
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), store.Q(`UPDATE person SET protected = 1 WHERE area_id = $1 AND person_id = $2`), w.Place.Area, who)
			return err
		}))
		d = &forecast.Desk{Store: s}
		if a := look(here); a.Shared.Waiting != 0 {
			t.Error("one with a protected record is counted")
		}
	})
}
