package place_test

import (
	"errors"
	"testing"
	"time"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/id"
	"sluss/internal/place"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// beside is a second activity at another time, led by somebody else.
func (g group) beside(t *testing.T, day time.Weekday, at, until clock.LocalTime) group {
	t.Helper()
	karin, ctx, offer := g.Actor(t, "karin"), t.Context(), &activity.Desk{Store: g.Store}
	var err error
	g.x, err = offer.Add(ctx, karin, activity.Type{Together: 1, Size: 10, Words: map[string]activity.Words{"sv": {Name: "Köket", Purpose: "Att laga mat"}}}, "Det behövs")
	must(t, err)
	must(t, offer.Decide(ctx, karin, g.x, 1, activity.Runs, "Nu"))
	g.run, err = (&schedule.Desk{Store: g.Store}).Plan(ctx, karin, schedule.Run{Activity: g.x, Entry: schedule.Rolling, From: karin.Today(), To: karin.Today().Add(42), Weeks: 6, Places: 10},
		[]schedule.Turn{{Weekday: day, At: at, Until: until, Leaders: []id.Post{g.Place.Posts["samar"]}}})
	must(t, err)
	return g
}

func TestTwoPlacesAtTheSameTimeAreGivenOnlyWhenItIsAgreedHowTheyGoTogether(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g, ctx := grouped(t, s, schedule.Rolling, 4), t.Context()
		lena := g.Actor(t, "lena")
		who, _ := g.takes(t, "Roger", lena.Today())
		for _, other := range []struct {
			group
			want string
		}{{g.beside(t, time.Tuesday, "10:30", "12:00"), "both place.both.needed"}, {g.beside(t, time.Tuesday, "13:00", "15:00"), "<nil>"}} {
			k, err := g.d.Wish(ctx, lena, who, other.x, "Jag vill laga mat")
			must(t, err)
			if got := field(g.d.Offer(ctx, lena, who, k, 1, place.Offer{Run: other.run, From: lena.Today()})); got != other.want {
				t.Errorf("offered at the same time as another: %s, want %s", got, other.want)
			}
			if other.want != "<nil>" {
				must(t, g.d.Offer(ctx, lena, who, k, 1, place.Offer{Run: other.run, From: lena.Today(), Both: true}))
				other.earlier(t) // they stand at the same time by agreement already
			}
		}
	})
}

// earlier moves a time of the activity a little, so that it still begins while the other goes on.
func (g group) earlier(t *testing.T) {
	t.Helper()
	karin, ctx := g.Actor(t, "karin"), t.Context()
	var o schedule.Occasion
	must(t, g.Store.Read(ctx, func(tx *store.Tx) error {
		list, err := schedule.Occasions(ctx, tx, karin, clock.Span{From: karin.Today().Add(1), To: karin.Today().Add(14)})
		for _, x := range list {
			if x.Run == g.run {
				o = x
			}
		}
		return err
	}))
	must(t, (&schedule.Desk{Store: g.Store}).Move(ctx, karin, o.ID, o.Version, schedule.Move{On: o.On, At: "10:15", Until: "11:45", Leaders: o.Leaders, Why: "Bussen"}))
}

func TestNothingIsMovedToWhenThoseWhoHaveAPlaceAreElsewhere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g, ctx := grouped(t, s, schedule.Rolling, 4), t.Context()
		lena, karin, desk := g.Actor(t, "lena"), g.Actor(t, "karin"), &schedule.Desk{Store: s}
		who, _ := g.takes(t, "Roger", lena.Today())
		g.takes(t, "Mona", lena.Today()) // has nothing else
		other := g.beside(t, time.Wednesday, "09:00", "11:00")
		k, err := g.d.Wish(ctx, lena, who, other.x, "Jag vill laga mat")
		must(t, err)
		must(t, g.d.Offer(ctx, lena, who, k, 1, place.Offer{Run: other.run, From: lena.Today()}))
		must(t, g.d.Answer(ctx, lena, who, k, 2, true))

		first := func() (o schedule.Occasion) {
			must(t, s.Read(ctx, func(tx *store.Tx) error {
				list, err := schedule.Occasions(ctx, tx, karin, clock.Span{From: karin.Today().Add(1), To: karin.Today().Add(14)})
				for _, x := range list {
					if x.Run == other.run && o.ID == 0 {
						o = x
					}
				}
				return err
			}))
			return o
		}
		o := first()
		_, err = (&contact.Desk{Store: s}).Plan(ctx, lena, who, contact.Form{On: o.On.Add(1), At: "13:00", How: "here"})
		must(t, err)
		move := func(on clock.Date, at, until clock.LocalTime) error {
			x := first()
			return desk.Move(ctx, karin, x.ID, x.Version, schedule.Move{On: on, At: at, Until: until, Leaders: x.Leaders, Why: "Köket är upptaget"})
		}
		for _, c := range []struct {
			on        clock.Date
			at, until clock.LocalTime
			other     activity.ID
		}{{o.On.Add(-1), "10:00", "12:00", g.x}, {o.On.Add(1), "12:30", "14:30", 0}} {
			var clash *schedule.Clashing
			if err := move(c.on, c.at, c.until); !errors.As(err, &clash) || len(clash.Clashes) != 1 || clash.Clashes[0].Kind != schedule.PersonTaken ||
				clash.Clashes[0].People != 1 || clash.Clashes[0].Other != c.other {
				t.Errorf("moved to %s %s: %v", c.on, c.at, err)
			}
		}
		must(t, move(o.On.Add(-1), "11:00", "12:00"))
		must(t, move(o.On, "09:00", "11:00"))
	})
}

func TestAMeetingIsAgreedAtTheTimeOfSomethingElseOnlyKnowingly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g, ctx := grouped(t, s, schedule.Rolling, 4), t.Context()
		lena, meetings := g.Actor(t, "lena"), &contact.Desk{Store: s}
		who, k := g.takes(t, "Roger", lena.Today())
		var o schedule.Occasion
		must(t, s.Read(ctx, func(tx *store.Tx) error {
			list, err := schedule.Occasions(ctx, tx, lena, clock.Span{From: lena.Today().Add(1), To: lena.Today().Add(14)})
			if err == nil {
				o = list[0]
			}
			return err
		}))
		agree := func(on clock.Date, at clock.LocalTime, both bool) (contact.AppointmentID, error) {
			return meetings.Plan(ctx, lena, who, contact.Form{On: on, At: at, How: "here", Post: g.Place.Posts["karin"], Both: both})
		}
		for _, c := range []struct {
			on   clock.Date
			at   clock.LocalTime
			both bool
			want string
		}{
			{o.On, o.At, false, "both schedule.person.taken"},
			{o.On, o.At.Add(-59), false, "both schedule.person.taken"},
			{o.On, o.At.Add(-60), false, "<nil>"},
			{o.On, o.Until, false, "<nil>"},
			{o.On, o.Until.Add(30), false, "both schedule.person.taken"}, // another meeting
			{o.On, o.At, true, "<nil>"},
		} {
			if _, err := agree(c.on, c.at, c.both); field(err) != c.want {
				t.Errorf("a meeting at %s, beside an activity %s–%s: %s, want %s", c.at, o.At, o.Until, field(err), c.want)
			}
		}
		m, err := agree(o.On.Add(1), "09:00", false)
		must(t, err)
		if _, err := meetings.Move(ctx, lena, who, m, 1, contact.Form{On: o.On.Add(1), At: "09:30", How: "here"}); err != nil {
			t.Errorf("a meeting stands in its own way: %v", err)
		}
		must(t, g.d.StepOut(ctx, lena, who, k, 3, o.On.Add(7), ""))
		if _, err := agree(o.On.Add(7), o.At, false); err != nil {
			t.Errorf("an activity that one has stepped out of stands in the way: %v", err)
		}
	})
}

func TestAPlacePassedOnIsToldOfWhatItIsBeside(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		g, ctx := grouped(t, s, schedule.Rolling, 1), t.Context()
		lena := g.Actor(t, "lena")
		first, k := g.takes(t, "Roger", lena.Today())
		other := g.beside(t, time.Tuesday, "10:30", "12:00")
		next, _ := other.takes(t, "Amal", lena.Today())
		_, err := g.d.Wish(ctx, lena, next, g.x, "Jag vill prata svenska")
		must(t, err)
		must(t, g.d.StepOut(ctx, lena, first, k, 3, lena.Today(), ""))
		g.Pass(1)
		g.due(t)
		must(t, s.Read(ctx, func(tx *store.Tx) error {
			for _, key := range []string{"karin", "lena"} {
				actor := g.Actor(t, key)
				list, err := place.Waits(ctx, tx, actor, g.x)
				if key == "lena" {
					list, err = place.OffersOf(ctx, tx, actor, 9)
				}
				must(t, err)
				if len(list) != 1 || list[0].Person != next || list[0].State != place.Offered || list[0].Beside == nil || list[0].Beside.Other != other.x ||
					list[0].Beside.At != "09:00" || list[0].Beside.On.Weekday() != time.Tuesday {
					t.Errorf("%s is told %+v", key, list)
				}
			}
			return nil
		}))
		v, err := g.d.Open(ctx, g.Actor(t, "lena"), next)
		must(t, err)
		if b := v.Beside[v.Places[0].ID]; b == nil || b.Other != other.x {
			t.Errorf("the page of their places tells %+v", b)
		}
	})
}
