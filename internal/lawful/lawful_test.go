package lawful_test

import (
	"os"
	"testing"

	"sluss/internal/access"
	"sluss/internal/consent"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/lawful"
	"sluss/internal/org"
	"sluss/internal/person"
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

// office is a world with one person in it, and the desk.
type office struct {
	*demotest.World
	*lawful.Desk
	t   testing.TB
	who id.Person
}

func enter(t testing.TB, s *store.Store) *office {
	w := demotest.New(t, s)
	_, who := w.Queued(t, "karin", "Roger", "Lindfors", "")
	return &office{w, &lawful.Desk{Store: s}, t, who}
}

// form is a decision by which the employment service learns how to reach the person, for a month from today.
func (x *office) form() lawful.Form {
	today := x.Now().Date()
	return lawful.Form{Zone: access.Zone(x.Place.Agencies[org.KindEmployment]), Law: "osl_10_2", Categories: access.Contact, From: today, To: today.AddMonths(1),
		Decided: "Anna Ek, enhetschef", Number: "IFO 2026-118"}
}

func (x *office) record(key string, f lawful.Form) error {
	return x.Record(x.t.Context(), x.Actor(x.t, key), x.who, f)
}

// sees tells which categories a worker may see of the person.
func (x *office) sees(key string) (all access.Category) {
	x.t.Helper()
	actor := x.Actor(x.t, key)
	must(x.t, x.Desk.Store.Read(x.t.Context(), func(tx *store.Tx) error {
		list, rest, err := consent.Parts(x.t.Context(), tx, actor, x.who)
		if fault.Is(err, fault.NotFound) {
			err = nil
		}
		all = rest
		for _, p := range list {
			all |= p.Category
		}
		return err
	}))
	return all
}

// shown is what the person sees that other agencies may.
func (x *office) shown() (list []consent.Shared) {
	x.t.Helper()
	must(x.t, x.Desk.Store.Read(x.t.Context(), func(tx *store.Tx) error {
		keys, err := x.Vault.Area(x.t.Context(), tx, x.Place.Area)
		if err != nil {
			return err
		}
		me, err := access.EnterOwn(x.t.Context(), tx, keys, x.Place.Area, x.who, x.Now(), "test")
		if err != nil {
			return err
		}
		me.Declare(access.OwnView, access.Read)
		a, err := access.OpenOwn(x.t.Context(), tx, me, access.Identity|access.Collaboration, access.Read)
		if err == nil {
			list, err = consent.Own(x.t.Context(), tx, me, a)
		}
		return err
	}))
	return list
}

func TestADecisionByLawGivesJustThatUntilItIsEndedAndThePersonSeesIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		must(t, x.record("omar", x.form()))
		if got := x.sees("amina"); got != access.Identity|access.Contact {
			t.Errorf("the officer sees %s", got)
		}
		if got := x.sees("erik"); got != 0 {
			t.Errorf("another agency's officer sees %s", got)
		}
		mine := x.shown()
		if len(mine) != 1 || len(mine[0].Laws) != 1 || mine[0].Yes.ID != 0 {
			t.Fatalf("the person sees %+v", mine)
		}
		if g := mine[0].Laws[0]; g.Law != "osl_10_2" || g.Decided != "Anna Ek, enhetschef" || g.Number != "IFO 2026-118" || g.Span.To != x.Now().Date().AddMonths(1).Add(1) {
			t.Errorf("the person sees %+v", g)
		}
		if f := fault.Fields(x.record("omar", x.form())); len(f) != 1 || f[0].Key != "lawful.already" {
			t.Errorf("the same again: %v", f)
		}
		ground := mine[0].Laws[0].ID
		if err := x.End(t.Context(), x.Actor(t, "karin"), x.who, ground); !fault.Is(err, fault.Forbidden) {
			t.Errorf("ended by who coordinates: %v", err)
		}
		must(t, x.End(t.Context(), x.Actor(t, "omar"), x.who, ground))
		if got := x.sees("amina"); got != 0 {
			t.Errorf("after the end the officer sees %s", got)
		}
		if err := x.End(t.Context(), x.Actor(t, "omar"), x.who, ground); !fault.Is(err, fault.Conflict) {
			t.Errorf("ended twice: %v", err)
		}
		v, err := x.Open(t.Context(), x.Actor(t, "omar"), x.who)
		if must(t, err); len(v.List) != 1 || v.List[0].EndedAt != x.Now() {
			t.Errorf("the head sees %+v", v.List)
		}
	})
}

func TestADecisionHoldsFromItsFirstDayToItsLast(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		f := x.form()
		f.From, f.To = x.Now().Date().Add(1), x.Now().Date().Add(2)
		must(t, x.record("omar", f))
		for day, want := range []bool{false, true, true, false} {
			if got := x.sees("amina") != 0; got != want {
				t.Errorf("on day %d: %v", day, got)
			}
			x.Pass(1)
		}
	})
}

func TestADutyToTellSaysWhichProvisionItIsIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		f := x.form()
		f.Law, f.Statute = lawful.Duty, " 110 kap. 31 § socialförsäkringsbalken "
		must(t, x.record("omar", f))
		if g := x.shown()[0].Laws[0]; g.Law != lawful.Duty || g.Statute != "110 kap. 31 § socialförsäkringsbalken" {
			t.Errorf("the person sees %+v", g)
		}
		x.Pass(1)
		f = x.form()
		f.Statute = "en annan lag"
		must(t, x.record("omar", f))
		if g := x.shown()[0].Laws; len(g) != 2 || g[0].Statute != "" {
			t.Errorf("a law that needs no other says %+v", g)
		}
	})
}

func TestADecisionThatNoLawGivesIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		today := x.Now().Date()
		for field, change := range map[string]func(*lawful.Form){
			"zone":    func(f *lawful.Form) { f.Zone = access.Zone(x.Place.Agencies[org.KindMunicipality]) },
			"law":     func(f *lawful.Form) { f.Law = "osl_10_27" },
			"part":    func(f *lawful.Form) { f.Categories = access.Health },
			"from":    func(f *lawful.Form) { f.From = today.Add(-1) },
			"to":      func(f *lawful.Form) { f.To = today.AddMonths(12) },
			"decided": func(f *lawful.Form) { f.Decided = " " },
			"number":  func(f *lawful.Form) { f.Number = "" },
			"statute": func(f *lawful.Form) { f.Law = lawful.Duty },
		} {
			f := x.form()
			change(&f)
			if got := fault.Fields(x.record("omar", f)); len(got) != 1 || got[0].Field != field {
				t.Errorf("%s: %v", field, got)
			}
		}
		f := x.form()
		f.Law = "osl_26_9"
		if got := fault.Fields(x.record("omar", f)); len(got) != 1 || got[0].Key != "lawful.kind" {
			t.Errorf("health care's law to the employment service: %v", got)
		}
		f = x.form()
		f.Categories = access.MyPlace
		if got := fault.Fields(x.record("omar", f)); len(got) != 1 || got[0].Field != "part" {
			t.Errorf("my place: %v", got)
		}
		for key, kind := range map[string]fault.Kind{"karin": fault.Forbidden, "lena": fault.Forbidden, "amina": fault.Forbidden} {
			if err := x.record(key, x.form()); !fault.Is(err, kind) {
				t.Errorf("%s: %v", key, err)
			}
		}
		if got := x.sees("amina"); got != 0 {
			t.Errorf("the officer sees %s", got)
		}
	})
}

func TestNothingGoesByLawWhileTheRecordIsProtected(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := enter(t, s)
		must(t, x.record("omar", x.form()))
		must(t, (&person.Desk{Store: s}).Protect(t.Context(), x.Actor(t, "omar"), x.who, person.ProtectForm{Version: 1, Kind: person.Marked,
			Posts: []id.Post{x.Place.Posts["karin"], x.Place.Posts["omar"]}}))
		if got := x.sees("amina"); got != 0 {
			t.Errorf("the officer sees %s", got)
		}
		if err := x.record("omar", x.form()); !fault.Is(err, fault.Conflict) {
			t.Errorf("written down while protected: %v", err)
		}
		must(t, (&person.Desk{Store: s}).Lift(t.Context(), x.Actor(t, "omar"), x.who, 2, "Hotet är över."))
		if got := x.sees("amina"); got != 0 {
			t.Errorf("after the protection the officer sees %s", got)
		}
	})
}
