package schedule_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"sluss/internal/activity"
	"sluss/internal/clock"
	"sluss/internal/competence"
	"sluss/internal/contact"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// plant is the demo's world with a schedule desk, an activity that runs, and rooms by name.
type plant struct {
	*demotest.World
	d     *schedule.Desk
	talk  activity.ID
	rooms map[string]int64
}

func planted(t testing.TB, s *store.Store) plant {
	t.Helper()
	p := plant{World: demotest.New(t, s), d: &schedule.Desk{Store: s}, rooms: map[string]int64{}}
	p.talk = p.runs(t, activity.Type{Together: 1, Size: 10, Words: map[string]activity.Words{"sv": {Name: "Samtalscirkeln", Purpose: "Att prata"}}})
	must(t, s.Read(t.Context(), func(tx *store.Tx) error {
		list, err := org.Rooms(t.Context(), tx, p.Place.Area, p.Place.Units["Vuxenslussen"], p.Now())
		for _, r := range list {
			p.rooms[r.Name] = r.ID
		}
		return err
	}))
	return p
}

func (p plant) runs(t testing.TB, x activity.Type) activity.ID {
	t.Helper()
	d, karin := &activity.Desk{Store: p.Store}, p.Actor(t, "karin")
	a, err := d.Add(t.Context(), karin, x, "Den behövs")
	must(t, err)
	must(t, d.Decide(t.Context(), karin, a, 1, activity.Runs, "Nu"))
	return a
}

// six is a run of six weeks from the world's Monday.
func (p plant) six() schedule.Run {
	today := p.Now().Date()
	return schedule.Run{Activity: p.talk, Entry: schedule.Rolling, From: today, To: today.Add(42), Weeks: 6, Places: 8}
}

func (p plant) turn(day time.Weekday, at, until clock.LocalTime, room string, leaders ...string) schedule.Turn {
	x := schedule.Turn{Weekday: day, At: at, Until: until, Room: p.rooms[room]}
	for _, k := range leaders {
		x.Leaders = append(x.Leaders, p.Place.Posts[k])
	}
	return x
}

func (p plant) occasions(t testing.TB, days int) (list []schedule.Occasion) {
	t.Helper()
	karin := p.Actor(t, "karin")
	must(t, p.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = schedule.Occasions(t.Context(), tx, karin, clock.Span{From: karin.Today(), To: karin.Today().Add(days)})
		return err
	}))
	return list
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func kinds(err error) []schedule.Kind {
	var c *schedule.Clashing
	if !errors.As(err, &c) {
		return nil
	}
	var list []schedule.Kind
	for _, x := range c.Clashes {
		if !slices.Contains(list, x.Kind) {
			list = append(list, x.Kind)
		}
	}
	return list
}

func TestRunMakesItsOccasionsRoundClosedDaysAndOverWinterTime(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		karin := p.Actor(t, "karin")
		must(t, p.Org.Close(t.Context(), p.Actor(t, "omar"), karin.Today().Add(7), karin.Today().Add(11), "Planeringsvecka"))
		each := p.turn(time.Wednesday, "09:00", "11:00", "Sal Bryggan", "lena")
		third := p.turn(time.Friday, "13:00", "14:00", "Sal Bryggan", "samar")
		third.Week = 3
		_, err := p.d.Plan(t.Context(), karin, p.six(), []schedule.Turn{each, third})
		must(t, err)
		var got []string
		for _, o := range p.occasions(t, 60) {
			got = append(got, fmt.Sprint(o.On, " ", o.At, " ", o.On.At(o.At).Time().UTC().Format("15:04")))
		}
		// The clocks change on 25 October; 30 October is a half eve, which one may be over by two.
		want := []string{"2026-10-14 09:00 07:00", "2026-10-28 09:00 08:00", "2026-10-30 13:00 12:00", "2026-11-04 09:00 08:00",
			"2026-11-11 09:00 08:00", "2026-11-18 09:00 08:00"}
		if !slices.Equal(got, want) {
			t.Errorf("made %q, want %q", got, want)
		}
	})
}

func TestClashesAreToldAndNothingIsKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		karin := p.Actor(t, "karin")
		method, err := (&competence.Desk{Store: s}).AddMethod(t.Context(), karin, "Hälsoskola")
		must(t, err)
		must(t, (&competence.Desk{Store: s}).Add(t.Context(), karin, competence.Competence{Post: p.Place.Posts["lena"], Method: method.ID,
			Level: competence.Leads, From: karin.Today(), To: karin.Today().Add(20)}))
		health := p.runs(t, activity.Type{Method: method.ID, Together: 1, Size: 6, Needs: []string{"quiet"}, Words: map[string]activity.Words{"sv": {Name: "Må bra", Purpose: "Att orka"}}})
		must(t, p.d.SetHours(t.Context(), karin, p.Place.Posts["ibrahim"], 0, map[time.Weekday]schedule.Span{time.Monday: {At: "08:00", Until: "12:00"}}))
		_, err = p.d.Plan(t.Context(), karin, p.six(), []schedule.Turn{p.turn(time.Wednesday, "09:00", "11:00", "Sal Bryggan", "lena")})
		must(t, err)
		before := len(p.occasions(t, 60))
		for _, c := range []struct {
			name string
			turn schedule.Turn
			of   activity.ID
			want []schedule.Kind
		}{
			{"the room", p.turn(time.Wednesday, "10:30", "11:30", "Sal Bryggan", "samar"), p.talk, []schedule.Kind{schedule.RoomTaken}},
			{"the leader", p.turn(time.Wednesday, "10:30", "11:30", "Sal Slussporten", "lena"), p.talk, []schedule.Kind{schedule.LeaderTaken}},
			{"after it is over", p.turn(time.Wednesday, "11:00", "11:30", "Sal Bryggan", "lena"), p.talk, nil},
			{"a small room", p.turn(time.Tuesday, "10:30", "11:30", "Rum 4", "samar"), p.talk, []schedule.Kind{schedule.RoomSmall}},
			{"who is not there", p.turn(time.Tuesday, "10:30", "11:30", "Sal Bryggan", "ibrahim"), p.talk, []schedule.Kind{schedule.LeaderAway}},
			{"who works elsewhere", p.turn(time.Tuesday, "10:30", "11:30", "Sal Bryggan", "petra"), p.talk, []schedule.Kind{schedule.LeaderGone}},
			{"nobody", p.turn(time.Tuesday, "10:30", "11:30", "Sal Bryggan"), p.talk, []schedule.Kind{schedule.TooFew}},
			{"a loud room and who is not trained", p.turn(time.Monday, "10:30", "11:30", "Sal Bryggan", "samar"), health, []schedule.Kind{schedule.RoomLacks, schedule.Untrained}},
			{"training that runs out", p.turn(time.Monday, "10:30", "11:30", "Fyren", "lena"), health, []schedule.Kind{schedule.Untrained}},
		} {
			r := p.six()
			r.Activity, r.Places = c.of, 6
			x, err := p.d.Try(t.Context(), karin, r, []schedule.Turn{c.turn})
			must(t, err)
			if seen := kinds(&schedule.Clashing{Clashes: x.Clashes}); !slices.Equal(seen, c.want) {
				t.Errorf("%s: seen while planning %v, want %v", c.name, seen, c.want)
			}
			if c.want == nil {
				continue
			}
			if _, err := p.d.Plan(t.Context(), karin, r, []schedule.Turn{c.turn}); !slices.Equal(kinds(err), c.want) {
				t.Errorf("%s: refused with %v, want %v", c.name, err, c.want)
			}
		}
		if n := len(p.occasions(t, 60)); n != before {
			t.Errorf("%d occasions, %d before", n, before)
		}
	})
}

func TestTurnsOfOneRunClashWithEachOther(t *testing.T) {
	p := planted(t, storetest.Open(t, storetest.SQLite(t)))
	a, b := p.turn(time.Tuesday, "13:00", "15:00", "Sal Bryggan", "lena"), p.turn(time.Tuesday, "14:00", "16:00", "Sal Bryggan", "samar")
	if _, err := p.d.Plan(t.Context(), p.Actor(t, "karin"), p.six(), []schedule.Turn{a, b}); !slices.Equal(kinds(err), []schedule.Kind{schedule.RoomTaken}) {
		t.Error(err)
	}
}

func TestRunIsRefused(t *testing.T) {
	p := planted(t, storetest.Open(t, storetest.SQLite(t)))
	karin, turn := p.Actor(t, "karin"), p.turn(time.Tuesday, "13:00", "15:00", "Sal Bryggan", "lena")
	for _, c := range []struct {
		field string
		spoil func(*schedule.Run, *schedule.Turn)
	}{
		{"entry", func(r *schedule.Run, _ *schedule.Turn) { r.Entry = "" }},
		{"from", func(r *schedule.Run, _ *schedule.Turn) { r.From = r.From.Add(-1) }},
		{"to", func(r *schedule.Run, _ *schedule.Turn) { r.To = r.From }},
		{"weeks", func(r *schedule.Run, _ *schedule.Turn) { r.Weeks = 0 }},
		{"places", func(r *schedule.Run, _ *schedule.Turn) { r.Places = 11 }},
		{"activity", func(r *schedule.Run, _ *schedule.Turn) { r.Activity = 7 }},
		{"weekday1", func(_ *schedule.Run, t *schedule.Turn) { t.Weekday = time.Sunday }},
		{"week1", func(_ *schedule.Run, t *schedule.Turn) { t.Week = 7 }},
		{"until1", func(_ *schedule.Run, t *schedule.Turn) { t.Until = t.At }},
	} {
		r, x := p.six(), turn
		c.spoil(&r, &x)
		if _, err := p.d.Plan(t.Context(), karin, r, []schedule.Turn{x}); len(fault.Fields(err)) != 1 || fault.Fields(err)[0].Field != c.field {
			t.Errorf("%s: %v", c.field, err)
		}
	}
	if _, err := p.d.Plan(t.Context(), p.Actor(t, "britt"), p.six(), []schedule.Turn{turn}); !fault.Is(err, fault.Forbidden) {
		t.Errorf("planned by the reception: %v", err)
	}
	if _, err := p.d.Plan(t.Context(), p.Actor(t, "petra"), p.six(), []schedule.Turn{turn}); len(fault.Fields(err)) != 1 {
		t.Errorf("another unit's activity is planned: %v", err)
	}
}

func TestOneIsMovedOrAllThatFollowAndItCanBeTakenBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		karin, lena := p.Actor(t, "karin"), p.Actor(t, "lena")
		_, err := p.d.Plan(t.Context(), karin, p.six(), []schedule.Turn{p.turn(time.Tuesday, "13:00", "15:00", "Sal Bryggan", "lena")})
		must(t, err)
		list := p.occasions(t, 60)
		o := list[2]
		m := schedule.Move{On: o.On.Add(1), At: "09:00", Until: "10:00", Room: p.rooms["Sal Slussporten"], Leaders: []id.Post{p.Place.Posts["samar"]}, All: true, Why: "Köket behövs"}
		must(t, p.d.Move(t.Context(), karin, o.ID, o.Version, m))
		after := p.occasions(t, 60)
		if after[1].On != list[1].On || after[2].On != o.On.Add(1) || after[5].On != list[5].On.Add(1) || after[5].At != "09:00" {
			t.Errorf("moved to %+v", after)
		}
		for _, a := range []string{"lena", "samar"} {
			if n := p.unseen(t, a); len(n) != 1 || n[0].Why != "Köket behövs" || n[0].Of != 4 {
				t.Errorf("%s hears of %+v", a, n)
			}
		}
		if n := p.unseen(t, "karin"); len(n) != 0 {
			t.Errorf("who moved it hears of %+v", n)
		}
		c := p.unseen(t, "lena")[0].ID
		must(t, p.d.Seen(t.Context(), lena, c))
		if n := p.unseen(t, "lena"); len(n) != 0 {
			t.Errorf("seen, and still %+v", n)
		}
		must(t, p.d.Undo(t.Context(), karin, c))
		for i, x := range p.occasions(t, 60) {
			if x.On != list[i].On || x.At != "13:00" || x.Room != list[i].Room || !slices.Equal(x.Leaders, list[i].Leaders) {
				t.Errorf("taken back to %+v, was %+v", x, list[i])
			}
		}
		if err := p.d.Undo(t.Context(), karin, c); err != fault.Stale {
			t.Errorf("taken back twice: %v", err)
		}
	})
}

func (p plant) unseen(t *testing.T, key string) (list []schedule.Change) {
	t.Helper()
	a := p.Actor(t, key)
	must(t, p.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = schedule.Unseen(t.Context(), tx, a, 10)
		return err
	}))
	return list
}

func TestCancelledLeavesItsRoomAndComesBackOnlyWhenItIsFree(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		karin := p.Actor(t, "karin")
		tuesday := p.turn(time.Tuesday, "13:00", "15:00", "Sal Bryggan", "lena")
		_, err := p.d.Plan(t.Context(), karin, p.six(), []schedule.Turn{tuesday})
		must(t, err)
		o := p.occasions(t, 60)[0]
		if f := fault.Fields(p.d.Cancel(t.Context(), karin, o.ID, o.Version, false, " ")); len(f) != 1 || f[0].Field != "why" {
			t.Errorf("cancelled without a reason: %v", f)
		}
		must(t, p.d.Cancel(t.Context(), karin, o.ID, o.Version, false, "Lena är sjuk"))
		if err := p.d.Cancel(t.Context(), karin, o.ID, o.Version, false, "Lena är sjuk"); err != fault.Stale {
			t.Errorf("cancelled twice: %v", err)
		}
		r := p.six()
		r.To = r.From.Add(7)
		_, err = p.d.Plan(t.Context(), karin, r, []schedule.Turn{tuesday})
		must(t, err)
		c := p.unseen(t, "lena")[0].ID
		if err := p.d.Undo(t.Context(), karin, c); !slices.Equal(kinds(err), []schedule.Kind{schedule.RoomTaken, schedule.LeaderTaken}) {
			t.Errorf("comes back to a room that is taken: %v", err)
		}
	})
}

func TestMovedTwiceIsNotTakenBackPastTheSecond(t *testing.T) {
	p := planted(t, storetest.Open(t, storetest.SQLite(t)))
	karin := p.Actor(t, "karin")
	_, err := p.d.Plan(t.Context(), karin, p.six(), []schedule.Turn{p.turn(time.Tuesday, "13:00", "15:00", "Sal Bryggan", "lena")})
	must(t, err)
	for _, at := range []clock.LocalTime{"10:00", "11:00"} {
		o := p.occasions(t, 60)[0]
		must(t, p.d.Move(t.Context(), karin, o.ID, o.Version, schedule.Move{On: o.On, At: at, Until: "12:00", Room: o.Room, Leaders: o.Leaders, Why: "Tidigare"}))
	}
	changes := p.unseen(t, "lena")
	if err := p.d.Undo(t.Context(), karin, changes[0].ID); err != fault.Stale {
		t.Errorf("the first is taken back past the second: %v", err)
	}
	must(t, p.d.Undo(t.Context(), karin, changes[1].ID))
	must(t, p.d.Undo(t.Context(), karin, changes[0].ID))
	if o := p.occasions(t, 60)[0]; o.At != "13:00" {
		t.Errorf("both taken back: %+v", o)
	}
}

func TestRunGoesOnAsItsTurnsLastWere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		karin, r := p.Actor(t, "karin"), p.six()
		second := p.turn(time.Friday, "09:00", "10:00", "Sal Bryggan", "samar")
		second.Week = 2
		run, err := p.d.Plan(t.Context(), karin, r, []schedule.Turn{p.turn(time.Tuesday, "13:00", "15:00", "Sal Bryggan", "lena"), second})
		must(t, err)
		o := p.occasions(t, 60)[3]
		must(t, p.d.Move(t.Context(), karin, o.ID, o.Version, schedule.Move{On: o.On.Add(1), At: "10:00", Until: "12:00", Room: o.Room, Leaders: o.Leaders, All: true, Why: "Bättre dag"}))
		if f := fault.Fields(p.d.Extend(t.Context(), karin, run, 1, r.To.Add(-1))); len(f) != 1 {
			t.Errorf("extended to its own last day: %v", f)
		}
		must(t, p.d.Extend(t.Context(), karin, run, 1, r.To.Add(13)))
		var got []string
		for _, x := range p.occasions(t, 70) {
			if x.On >= r.To {
				got = append(got, fmt.Sprint(x.On, " ", x.At))
			}
		}
		if want := []string{"2026-11-25 10:00", "2026-12-02 10:00", "2026-12-04 09:00"}; !slices.Equal(got, want) {
			t.Errorf("goes on with %q, want %q", got, want)
		}
		_, err = p.d.Plan(t.Context(), karin, schedule.Run{Activity: p.talk, Entry: schedule.Common, From: r.To.Add(21), To: r.To.Add(28), Weeks: 1, Places: 8},
			[]schedule.Turn{p.turn(time.Wednesday, "11:00", "13:00", "Sal Bryggan", "ibrahim")})
		must(t, err)
		if err := p.d.Extend(t.Context(), karin, run, 2, r.To.Add(30)); !slices.Equal(kinds(err), []schedule.Kind{schedule.RoomTaken}) {
			t.Errorf("extended into a room that is taken: %v", err)
		}
	})
}

func TestWhatIsFoundCanBePlanned(t *testing.T) {
	p := planted(t, storetest.Open(t, storetest.SQLite(t)))
	karin, r := p.Actor(t, "karin"), p.six()
	_, err := p.d.Plan(t.Context(), karin, r, []schedule.Turn{p.turn(time.Monday, "08:30", "12:00", "Sal Bryggan", "lena", "samar", "ibrahim", "karin", "omar")})
	must(t, err)
	var found []schedule.Turn
	must(t, p.Store.Read(t.Context(), func(tx *store.Tx) error {
		h, err := schedule.Enter(t.Context(), tx, karin, clock.Span{From: r.From, To: r.To})
		found = h.Find(r, 120, 0)
		return err
	}))
	if len(found) != 6 || found[0].Weekday != time.Monday || found[0].At != "12:30" {
		t.Fatalf("found %+v", found)
	}
	for _, x := range found {
		if _, err := p.d.Plan(t.Context(), karin, r, []schedule.Turn{x}); err != nil {
			t.Errorf("%+v was found, but: %v", x, err)
		}
	}
}

func TestUseCountsHoursAndWhatIsBroken(t *testing.T) {
	p := planted(t, storetest.Open(t, storetest.SQLite(t)))
	karin := p.Actor(t, "karin")
	_, err := p.d.Plan(t.Context(), karin, p.six(), []schedule.Turn{p.turn(time.Tuesday, "13:00", "15:00", "Sal Bryggan", "lena", "samar")})
	must(t, err)
	must(t, p.Org.EndColleague(t.Context(), p.Actor(t, "omar"), p.Place.Posts["lena"]))
	var uses []schedule.Use
	must(t, p.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		uses, err = schedule.Ahead(t.Context(), tx, karin, karin.Today(), 8)
		return err
	}))
	// Six rooms nine hours on five days; four colleagues are left who lead.
	want := schedule.Use{Week: karin.Today(), Rooms: 120, OfRooms: 6 * 9 * 60 * 5, Leaders: 240, OfLeaders: 4 * 9 * 60 * 5, Occasions: 1, Places: 8, Broken: 1}
	if uses[0] != want {
		t.Errorf("the first week %+v, want %+v", uses[0], want)
	}
	if uses[7].Occasions != 0 || uses[7].Rooms != 0 {
		t.Errorf("after the run %+v", uses[7])
	}
}

func TestMeetingsAndTheScheduleKeepOutOfEachOthersWay(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		karin, lena := p.Actor(t, "karin"), p.Place.Posts["lena"]
		tuesday := karin.Today().Add(1)
		who := p.Participant(t, "karin", "lena", "Nour", "Darwish")
		_, waiting := p.Queued(t, "karin", "Amir", "Rezai", "")
		contacts, starts := &contact.Desk{Store: s}, &intake.Desk{Store: s}
		_, err := contacts.Plan(t.Context(), karin, who, contact.Form{On: tuesday, At: "09:00", How: "here", Post: lena, Room: p.rooms["Sal Bryggan"]})
		must(t, err)
		must(t, starts.Book(t.Context(), karin, waiting, intake.Booking{On: tuesday.Add(7), At: "13:00", Coach: lena, Room: p.rooms["Rum 4"], WhyAlone: "Bråttom"}))
		r := p.six()
		for _, c := range []struct {
			turn schedule.Turn
			want []schedule.Kind
		}{
			{p.turn(time.Tuesday, "09:30", "10:30", "Sal Slussporten", "lena"), []schedule.Kind{schedule.LeaderTaken}},
			{p.turn(time.Tuesday, "09:30", "10:30", "Sal Bryggan", "samar"), []schedule.Kind{schedule.RoomTaken}},
			{p.turn(time.Tuesday, "12:30", "13:30", "Sal Bryggan", "lena"), []schedule.Kind{schedule.LeaderTaken}},
		} {
			if _, err := p.d.Plan(t.Context(), karin, r, []schedule.Turn{c.turn}); !slices.Equal(kinds(err), c.want) {
				t.Errorf("%+v: %v, want %v", c.turn, err, c.want)
			}
		}
		_, err = p.d.Plan(t.Context(), karin, r, []schedule.Turn{p.turn(time.Thursday, "09:00", "11:00", "Sal Bryggan", "lena")})
		must(t, err)
		thursday := karin.Today().Add(3)
		_, err = contacts.Plan(t.Context(), karin, who, contact.Form{On: thursday, At: "08:30", How: "here", Post: lena, Room: p.rooms["Sal Bryggan"]})
		if f := fault.Fields(err); len(f) != 2 || f[0].Field != "at" || f[1].Field != "room" {
			t.Errorf("a meeting in the activity's time and room: %v", err)
		}
		_, amina := p.Queued(t, "karin", "Amina", "Saleh", "")
		err = starts.Book(t.Context(), karin, amina, intake.Booking{On: thursday, At: "10:00", Coach: lena, WhyAlone: "Bråttom"})
		if f := fault.Fields(err); len(f) != 1 || f[0].Field != "at" {
			t.Errorf("an individual start while the coach leads: %v", err)
		}
		_, err = starts.Plan(t.Context(), karin, 2)
		must(t, err)
		var list []intake.Start
		var slots []intake.Slot
		must(t, s.Read(t.Context(), func(tx *store.Tx) (err error) {
			if list, err = intake.Starts(t.Context(), tx, karin, clock.Span{From: karin.Today(), To: karin.Today().Add(60)}); err != nil {
				return err
			}
			slots, err = intake.Slots(t.Context(), tx, karin, lena, 12)
			return err
		}))
		x := list[0]
		x.On, x.At, x.Until, x.RoomID, x.Leaders = thursday, "10:30", "12:00", p.rooms["Sal Bryggan"], []id.Post{lena}
		if f := fault.Fields(starts.Change(t.Context(), karin, x)); len(f) != 2 {
			t.Errorf("a group start in the activity's room with its leader: %v", f)
		}
		for _, slot := range slots {
			if slot.On == thursday && slot.At < "11:00" {
				t.Errorf("%v is offered while the coach leads", slot)
			}
		}
	})
}

func TestSixtyFourPlannersNeverBookARoomOrALeaderTwice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		karin := p.Actor(t, "karin")
		leaders := []string{"lena", "samar", "ibrahim", "karin"}
		rooms := []string{"Sal Bryggan", "Sal Slussporten", "Datasalen"}
		var all sync.WaitGroup
		var mu sync.Mutex
		made := 0
		for i := range 64 {
			turn := p.turn(time.Weekday(i%2+2), clock.LocalTime(fmt.Sprintf("%02d:00", 9+i%3)), clock.LocalTime(fmt.Sprintf("%02d:30", 10+i%3)),
				rooms[i%len(rooms)], leaders[i%len(leaders)])
			all.Go(func() {
				_, err := p.d.Plan(t.Context(), karin, p.six(), []schedule.Turn{turn})
				mu.Lock()
				defer mu.Unlock()
				var c *schedule.Clashing
				switch {
				case err == nil:
					made++
				case !errors.As(err, &c):
					t.Errorf("planner %d: %v", i, err)
				}
			})
		}
		all.Wait()
		list := p.occasions(t, 60)
		if made == 0 || len(list) != 6*made {
			t.Errorf("%d runs made, %d occasions", made, len(list))
		}
		for i, a := range list {
			for _, b := range list[i+1:] {
				if a.On != b.On || a.At >= b.Until || b.At >= a.Until {
					continue
				}
				if a.Room == b.Room || slices.Equal(a.Leaders, b.Leaders) {
					t.Errorf("%s %s and %s: the same room or leader twice", a.On, a.At, b.At)
				}
			}
		}
	})
}
