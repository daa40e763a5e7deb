package schedule_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/schedule"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// tuesdays plans Tuesday afternoons with Lena for six weeks.
func (p plant) tuesdays(t testing.TB) schedule.RunID {
	t.Helper()
	run, err := p.d.Plan(t.Context(), p.Actor(t, "karin"), p.six(), []schedule.Turn{p.turn(time.Tuesday, "13:00", "15:00", "Sal Bryggan", "lena")})
	must(t, err)
	return run
}

// moved is one occasion on another day of the same week, in the morning.
func (p plant) moved(o schedule.Occasion, by int, all bool) schedule.Move {
	return schedule.Move{On: o.On.Add(by), At: "09:00", Until: "11:00", Room: o.Room, Leaders: o.Leaders, All: all, Why: "Sal Bryggan målas"}
}

// after gives when a run's occasions are held once it goes on for two weeks more.
func (p plant) after(t testing.TB, run schedule.RunID) (list []string) {
	t.Helper()
	end := p.six().To
	must(t, p.d.Extend(t.Context(), p.Actor(t, "karin"), run, 1, end.Add(13)))
	for _, o := range p.occasions(t, 70) {
		if o.On >= end {
			list = append(list, fmt.Sprint(o.On, " ", o.At))
		}
	}
	return list
}

func TestARunGoesOnByItsPatternWhateverHappenedToSingleOccasions(t *testing.T) {
	planned := []string{"2026-11-24 13:00", "2026-12-01 13:00"}
	for _, c := range []struct {
		name   string
		change func(t *testing.T, p plant, list []schedule.Occasion)
		want   []string
	}{
		{"the last is called off", func(t *testing.T, p plant, list []schedule.Occasion) {
			must(t, p.d.Cancel(t.Context(), p.Actor(t, "karin"), list[5].ID, 1, false, "Sjuk"))
		}, planned},
		{"the last is moved", func(t *testing.T, p plant, list []schedule.Occasion) {
			must(t, p.d.Move(t.Context(), p.Actor(t, "karin"), list[5].ID, 1, p.moved(list[5], 1, false)))
		}, planned},
		{"all are moved once the last is called off", func(t *testing.T, p plant, list []schedule.Occasion) {
			must(t, p.d.Cancel(t.Context(), p.Actor(t, "karin"), list[5].ID, 1, false, "Sjuk"))
			must(t, p.d.Move(t.Context(), p.Actor(t, "karin"), list[2].ID, 1, p.moved(list[2], 1, true)))
		}, []string{"2026-11-25 09:00", "2026-12-02 09:00"}},
		{"all are moved, and that is taken back", func(t *testing.T, p plant, list []schedule.Occasion) {
			must(t, p.d.Move(t.Context(), p.Actor(t, "karin"), list[2].ID, 1, p.moved(list[2], 1, true)))
			must(t, p.d.Undo(t.Context(), p.Actor(t, "karin"), p.unseen(t, "lena")[0].ID))
		}, planned},
		{"all are called off", func(t *testing.T, p plant, list []schedule.Occasion) {
			must(t, p.d.Cancel(t.Context(), p.Actor(t, "karin"), list[2].ID, 1, true, "Ingen som leder"))
		}, nil},
		{"all are called off, and that is taken back", func(t *testing.T, p plant, list []schedule.Occasion) {
			must(t, p.d.Cancel(t.Context(), p.Actor(t, "karin"), list[2].ID, 1, true, "Ingen som leder"))
			must(t, p.d.Undo(t.Context(), p.Actor(t, "karin"), p.unseen(t, "lena")[0].ID))
		}, planned},
		{"all are moved a week on", func(t *testing.T, p plant, list []schedule.Occasion) {
			must(t, p.d.Move(t.Context(), p.Actor(t, "karin"), list[2].ID, 1, p.moved(list[2], 7, true)))
		}, []string{"2026-11-24 09:00", "2026-12-01 09:00"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				p := planted(t, s)
				run := p.tuesdays(t)
				c.change(t, p, p.occasions(t, 60))
				if got := p.after(t, run); !slices.Equal(got, c.want) {
					t.Errorf("goes on with %q, want %q", got, c.want)
				}
			})
		})
	}
}

func TestATurnOfOneWeekMovedPastItsWeekComesBackInTheNext(t *testing.T) {
	p := planted(t, storetest.Open(t, storetest.SQLite(t)))
	r := p.six()
	r.Weeks = 2
	second := p.turn(time.Tuesday, "13:00", "15:00", "Sal Bryggan", "lena")
	second.Week = 1
	run, err := p.d.Plan(t.Context(), p.Actor(t, "karin"), r, []schedule.Turn{second})
	must(t, err)
	o := p.occasions(t, 60)[0]
	must(t, p.d.Move(t.Context(), p.Actor(t, "karin"), o.ID, 1, p.moved(o, 8, true)))
	if got, want := p.after(t, run), []string{"2026-12-02 09:00"}; !slices.Equal(got, want) {
		t.Errorf("goes on with %q, want %q", got, want)
	}
}

func TestWhatHasBeenIsNotTakenBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		p.tuesdays(t)
		list := p.occasions(t, 60)
		must(t, p.d.Cancel(t.Context(), p.Actor(t, "karin"), list[0].ID, 1, false, "Sjuk"))
		must(t, p.d.Move(t.Context(), p.Actor(t, "karin"), list[1].ID, 1, p.moved(list[1], 7, false)))
		changes := p.unseen(t, "lena")
		p.Pass(list[1].On.Sub(p.Now().Date()) + 1)
		for i, name := range []string{"called off on a day that has been", "moved from a day that has been"} {
			if err := p.d.Undo(t.Context(), p.Actor(t, "karin"), changes[i].ID); !fault.Is(err, fault.Conflict) {
				t.Errorf("%s, taken back: %v", name, err)
			}
		}
	})
}

func TestWhoHeardOfAChangeHearsThatItIsTakenBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		_, err := p.d.Plan(t.Context(), p.Actor(t, "karin"), p.six(), []schedule.Turn{p.turn(time.Tuesday, "13:00", "15:00", "Sal Bryggan", "lena", "samar", "ibrahim")})
		must(t, err)
		o := p.occasions(t, 60)[0]
		must(t, p.d.Cancel(t.Context(), p.Actor(t, "ibrahim"), o.ID, 1, false, "Sjuk"))
		c := p.unseen(t, "lena")[0].ID
		must(t, p.d.Seen(t.Context(), p.Actor(t, "lena"), c))
		must(t, p.d.Undo(t.Context(), p.Actor(t, "karin"), c))
		for _, key := range []string{"lena", "ibrahim"} { // who had seen it, and who made it
			if n := p.unseen(t, key); len(n) != 1 || !n[0].Undone {
				t.Errorf("%s hears of %+v", key, n)
			}
			must(t, p.d.Seen(t.Context(), p.Actor(t, key), c))
			if n := p.unseen(t, key); len(n) != 0 {
				t.Errorf("%s still hears of %+v", key, n)
			}
		}
		if n := p.unseen(t, "samar"); len(n) != 0 { // who never heard of it
			t.Errorf("samar hears of %+v", n)
		}
	})
}

func TestAnOccasionMovedPastItsRunKeepsItsSize(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		p.tuesdays(t)
		karin := p.Actor(t, "karin")
		o := p.occasions(t, 60)[5]
		must(t, p.d.Move(t.Context(), karin, o.ID, 1, p.moved(o, 7, false)))
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			use, err := schedule.Ahead(t.Context(), tx, karin, o.On.Add(7), 1)
			if err == nil && (use[0].Occasions != 1 || use[0].Places != 8) {
				t.Errorf("the week is %+v", use[0])
			}
			return err
		}))
	})
}

func TestARunThatSomebodyElseHasExtendedIsStale(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		run, end := p.tuesdays(t), p.six().To
		must(t, p.d.Extend(t.Context(), p.Actor(t, "karin"), run, 1, end.Add(6)))
		if err := p.d.Extend(t.Context(), p.Actor(t, "lena"), run, 1, end.Add(20)); err != fault.Stale {
			t.Error(err)
		}
		must(t, p.d.Extend(t.Context(), p.Actor(t, "lena"), run, 2, end.Add(20)))
	})
}

func TestHoursThatSomebodyElseHasSetAreStale(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		p := planted(t, s)
		lena, karin, post := p.Actor(t, "lena"), p.Actor(t, "karin"), p.Place.Posts["lena"]
		week := func(until clock.LocalTime) map[time.Weekday]schedule.Span {
			return map[time.Weekday]schedule.Span{time.Monday: {At: "08:00", Until: until}}
		}
		must(t, p.d.SetHours(t.Context(), lena, post, 0, week("12:00")))
		if err := p.d.SetHours(t.Context(), karin, post, 0, week("17:00")); err != fault.Stale {
			t.Errorf("set first by another: %v", err)
		}
		must(t, p.d.SetHours(t.Context(), karin, post, 1, week("15:00")))
		if err := p.d.SetHours(t.Context(), lena, post, 1, week("16:00")); err != fault.Stale {
			t.Errorf("changed by another: %v", err)
		}
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			h, err := schedule.ReadHours(t.Context(), tx, karin)
			if got := h.Of(post, time.Monday); got.Until != "15:00" || h[post].Version != 2 {
				t.Errorf("is there %+v in version %d", got, h[post].Version)
			}
			return err
		}))
	})
}
