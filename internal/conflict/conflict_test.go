package conflict_test

import (
	"os"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/conflict"
	"sluss/internal/consent"
	"sluss/internal/contact"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/reading"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// house is a world in which lena is the coach of who, and the desk.
type house struct {
	*demotest.World
	*conflict.Desk
	t   testing.TB
	who id.Person
}

func enter(t testing.TB, s *store.Store) *house {
	w := demotest.New(t, s)
	return &house{w, &conflict.Desk{Store: s}, t, w.Participant(t, "karin", "lena", "Nils", "Granne")}
}

// sees tells whether a worker may read the person's plan.
func (x *house) sees(key string) bool {
	x.t.Helper()
	actor := x.Actor(x.t, key)
	err := x.Desk.Store.Read(x.t.Context(), func(tx *store.Tx) error {
		_, err := access.Open(x.t.Context(), tx, actor, x.who, access.Plan, access.Read, access.ForContact)
		return err
	})
	if err != nil && !fault.Is(err, fault.NotFound) {
		x.t.Fatal(err)
	}
	return err == nil
}

func (x *house) coach() (post id.Post) {
	x.t.Helper()
	me := x.own()
	must(x.t, x.Desk.Store.Read(x.t.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(x.t.Context(), tx, me, access.Identity, access.Read)
		if err == nil {
			_, post, err = access.Around(x.t.Context(), tx, me, a)
		}
		return err
	}))
	return post
}

// own acts as the person.
func (x *house) own() (a *access.Actor) {
	x.t.Helper()
	must(x.t, x.Desk.Store.Read(x.t.Context(), func(tx *store.Tx) error {
		keys, err := x.Vault.Area(x.t.Context(), tx, x.Place.Area)
		if err == nil {
			a, err = access.EnterOwn(x.t.Context(), tx, keys, x.Place.Area, x.who, x.Now(), "test")
		}
		return err
	}))
	a.Declare(access.OwnView, access.Read, access.Write)
	return a
}

// lone gives those whom the worker is told wait for a coach.
func (x *house) lone(key string) (list []intake.Lone) {
	x.t.Helper()
	actor := x.Actor(x.t, key)
	must(x.t, x.Desk.Store.Read(x.t.Context(), func(tx *store.Tx) (err error) {
		list, err = intake.Coachless(x.t.Context(), tx, actor, 9)
		return err
	}))
	return list
}

func TestWhoStandsAsideSeesNothingMoreAndAnotherCoachIsAskedFor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		if !x.sees("lena") || x.coach() != x.Place.Posts["lena"] || len(x.lone("omar")) != 0 {
			t.Fatal("Lena is not the coach to begin with")
		}
		lena := x.Actor(t, "lena")
		must(t, x.Declare(t.Context(), lena, x.who, "known"))
		if x.sees("lena") || !x.sees("samar") || x.coach() != 0 {
			t.Errorf("after: lena %v, samar %v, coach %v", x.sees("lena"), x.sees("samar"), x.coach())
		}
		for _, key := range []string{"omar", "karin"} {
			if l := x.lone(key); len(l) != 1 || l[0].Person != x.who || l[0].Since != x.Now().Date() {
				t.Errorf("%s is told of %v", key, l)
			}
		}
		if l := x.lone("samar"); len(l) != 0 {
			t.Errorf("a coach is told of %v", l)
		}
		if err := x.Declare(t.Context(), x.Actor(t, "lena"), x.who, "known"); !fault.Is(err, fault.NotFound) {
			t.Errorf("said twice: %v", err)
		}
		mine, err := x.Own(t.Context(), x.Actor(t, "lena"))
		if must(t, err); len(mine) != 1 || mine[0].Kind != "known" {
			t.Errorf("Lena's own: %v", mine)
		}
		if theirs, err := x.Own(t.Context(), x.Actor(t, "samar")); err != nil || len(theirs) != 0 {
			t.Errorf("Samar's own: %v, %v", theirs, err)
		}
	})
}

func TestWhoStandsAsideIsNobodysCoachUntilTheHeadEndsIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, d := enter(t, s), &intake.Desk{Store: s}
		must(t, x.Declare(t.Context(), x.Actor(t, "lena"), x.who, "relative"))
		version := 3 // booked, held, and the coach gone
		err := d.NewCoach(t.Context(), x.Actor(t, "karin"), x.who, version, x.Place.Posts["lena"], "")
		if f := fault.Fields(err); len(f) != 1 || f[0].Key != "intake.coach.barred" {
			t.Fatalf("Lena as coach: %v", err)
		}
		b, err := d.Booking(t.Context(), x.Actor(t, "karin"), x.who, 0)
		must(t, err)
		for _, c := range b.Candidates {
			if c.ID == x.Place.Posts["lena"] {
				t.Error("Lena is suggested")
			}
		}
		must(t, d.NewCoach(t.Context(), x.Actor(t, "karin"), x.who, version, x.Place.Posts["samar"], ""))
		if x.coach() != x.Place.Posts["samar"] || len(x.lone("omar")) != 0 {
			t.Error("Samar is not the coach")
		}
		v, err := x.Open(t.Context(), x.Actor(t, "omar"), x.who)
		if must(t, err); len(v.List) != 1 || v.List[0].Name != "Lena Bergvall" || !v.List[0].Self || v.List[0].Kind != "relative" {
			t.Fatalf("the head sees %+v", v.List)
		}
		must(t, x.End(t.Context(), x.Actor(t, "omar"), x.who, v.List[0].ID))
		if !x.sees("lena") || x.coach() != x.Place.Posts["samar"] {
			t.Error("Lena does not see the person again, or is the coach")
		}
		if err := x.End(t.Context(), x.Actor(t, "omar"), x.who, v.List[0].ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("ended twice: %v", err)
		}
	})
}

func TestWhatWasAgreedOnWithWhoStandsAsideGoesToTheNewCoach(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x, meetings := enter(t, s), &contact.Desk{Store: s}
		meet := func(key string, days int) {
			_, err := meetings.Plan(t.Context(), x.Actor(t, key), x.who, contact.Form{On: x.Now().Date().Add(days), At: "10:00", How: "here"})
			must(t, err)
		}
		meet("lena", 3)
		meet("karin", 5)
		must(t, x.Declare(t.Context(), x.Actor(t, "lena"), x.who, "known"))
		if l := x.lone("omar"); len(l) != 1 || l[0].Meets != x.Now().Date().Add(3) {
			t.Errorf("the head is told of %+v", l)
		}
		must(t, meetings.NewCoach(t.Context(), x.Actor(t, "omar"), x.who, 3, x.Place.Posts["samar"], ""))
		v, err := meetings.Open(t.Context(), x.Actor(t, "samar"), x.who)
		must(t, err)
		with := map[clock.Date]id.Post{}
		for _, m := range v.Appointments {
			with[m.On] = m.Post
		}
		if with[x.Now().Date().Add(3)] != x.Place.Posts["samar"] || with[x.Now().Date().Add(5)] != x.Place.Posts["karin"] {
			t.Errorf("the meetings are with %v", with)
		}
	})
}

func TestWhoStandsAsideIsKnownToThemselvesAndTheirHeadAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		must(t, x.Declare(t.Context(), x.Actor(t, "lena"), x.who, "known"))
		for _, key := range []string{"karin", "samar", "britt"} {
			v, err := x.Open(t.Context(), x.Actor(t, key), x.who)
			if must(t, err); len(v.List) != 0 || v.Person.Name() != "Nils Granne" {
				t.Errorf("%s sees %+v", key, v.List)
			}
			if err := x.Set(t.Context(), x.Actor(t, key), x.who, x.Place.Posts["lena"], "known"); err == nil {
				t.Errorf("%s may say it of another", key)
			}
		}
		if _, err := x.Open(t.Context(), x.Actor(t, "petra"), x.who); !fault.Is(err, fault.NotFound) {
			t.Errorf("another unit's: %v", err)
		}
		must(t, x.Declare(t.Context(), x.Actor(t, "omar"), x.who, "known"))
		v, err := x.Open(t.Context(), x.Actor(t, "karin"), x.who)
		if must(t, err); len(v.List) != 1 || v.List[0].Name != "Omar Haddad" {
			t.Errorf("what concerns the head is seen by who coordinates: %+v", v.List)
		}
	})
}

func TestAnOfficerOfAnotherAgencyStandsAsideUntilTheHeadEndsIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		must(t, (&consent.Desk{Store: s}).Answer(t.Context(), x.Actor(t, "lena"), x.who, consent.Form{Zone: access.Zone(x.Place.Agencies[org.KindEmployment]),
			Purpose: "plan", Categories: access.Plan, Months: 6, How: consent.AtTable, Yes: true, Wish: true, Lang: "sv"}))
		if !x.sees("amina") {
			t.Fatal("Amina does not see the person to begin with")
		}
		must(t, x.Declare(t.Context(), x.Actor(t, "amina"), x.who, "known"))
		if x.sees("amina") || !x.sees("lena") || x.coach() != x.Place.Posts["lena"] {
			t.Error("Amina sees the person still, or the coach was lost")
		}
		v, err := x.Open(t.Context(), x.Actor(t, "karin"), x.who)
		if must(t, err); len(v.List) != 0 {
			t.Errorf("who coordinates sees %+v", v.List)
		}
		v, err = x.Open(t.Context(), x.Actor(t, "omar"), x.who)
		if must(t, err); len(v.List) != 1 || v.List[0].Name != "Amina Rostami" || !v.List[0].Self {
			t.Fatalf("the head sees %+v", v.List)
		}
		must(t, x.End(t.Context(), x.Actor(t, "omar"), x.who, v.List[0].ID))
		if !x.sees("amina") {
			t.Error("Amina does not see the person again")
		}
	})
}

func TestAHeadSaysItOfAColleagueOfTheUnitOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		set := func(key, kind string) fault.Form {
			return fault.Fields(x.Set(t.Context(), x.Actor(t, "omar"), x.who, x.Place.Posts[key], kind))
		}
		if f := set("petra", "known"); len(f) != 1 || f[0].Field != "post" {
			t.Errorf("of another unit's: %v", f)
		}
		if f := set("samar", "enemy"); len(f) != 1 || f[0].Field != "kind" {
			t.Errorf("another kind: %v", f)
		}
		must(t, x.Set(t.Context(), x.Actor(t, "omar"), x.who, x.Place.Posts["samar"], "own"))
		if f := set("samar", "own"); len(f) != 1 || f[0].Key != "conflict.already" {
			t.Errorf("twice: %v", f)
		}
		if x.sees("samar") || !x.sees("lena") || x.coach() != x.Place.Posts["lena"] {
			t.Error("Samar sees the person, or the coach was lost")
		}
	})
}

func TestWhatWasReadStaysInTheLogThatThePersonSees(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		if _, err := x.Open(t.Context(), x.Actor(t, "lena"), x.who); err != nil {
			t.Fatal(err)
		}
		must(t, x.Declare(t.Context(), x.Actor(t, "lena"), x.who, "known"))
		log, err := (&reading.Desk{Store: s}).Asking(t.Context(), x.own(), clock.Date(x.Now().Date()), x.Place.Posts["lena"])
		if must(t, err); log.Line.Name != "Lena Bergvall" {
			t.Errorf("Lena's reading is shown as %+v", log.Line)
		}
	})
}
