package consent_test

import (
	"os"
	"slices"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/consent"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/pnr/testnumbers"
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

// table is a world with one person in it, and the desk.
type table struct {
	*demotest.World
	*consent.Desk
	t   testing.TB
	who id.Person
}

func sit(t testing.TB, s *store.Store) *table {
	w := demotest.New(t, s)
	_, who := w.Queued(t, "karin", "Roger", "Lindfors", testnumbers.All()[12])
	return &table{w, &consent.Desk{Store: s}, t, who}
}

func (x *table) zone(kind string) access.Zone { return access.Zone(x.Place.Agencies[kind]) }

// yes is a yes to the employment service about the plan, for half a year.
func (x *table) yes() consent.Form {
	return consent.Form{Zone: x.zone(org.KindEmployment), Purpose: "work", Categories: access.Plan | access.Contact, Months: 6, How: consent.AtTable, Yes: true, Lang: "sv"}
}

// sees tells which categories a worker may see of the person.
func (x *table) sees(key string) (all access.Category) {
	x.t.Helper()
	actor := x.Actor(x.t, key)
	must(x.t, x.Store().Read(x.t.Context(), func(tx *store.Tx) error {
		list, rest, err := consent.Parts(x.t.Context(), tx, actor, x.who)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		all = rest
		for _, p := range list {
			all |= p.Category
		}
		return nil
	}))
	return all
}

func (x *table) Store() *store.Store { return x.Desk.Store }

func TestAnOfficerSeesExactlyWhatTheYesSays(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := sit(t, s)
		if got := x.sees("amina"); got != 0 {
			t.Errorf("before any yes the officer sees %s", got)
		}
		must(t, x.Answer(t.Context(), x.Actor(t, "karin"), x.who, x.yes()))
		if got := x.sees("amina"); got != access.Identity|access.Plan|access.Contact {
			t.Errorf("the officer sees %s", got)
		}
		if got := x.sees("erik"); got != 0 {
			t.Errorf("another agency's officer sees %s", got)
		}
		list, _, err := x.SharedWithUs(t.Context(), x.Actor(t, "amina"))
		must(t, err)
		if len(list) != 1 || list[0].Name != "Roger Lindfors" || list[0].Born == 0 || list[0].Parts != access.Identity|access.Plan|access.Contact || list[0].Ground != access.ByConsent {
			t.Errorf("the list is %+v", list)
		}
		x.Pass(183)
		if got := x.sees("amina"); got != 0 {
			t.Errorf("half a year later the officer sees %s", got)
		}
	})
}

func TestWhatIsTakenBackIsGoneAtOnceAndAYesAfterwardsIsANewRow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := sit(t, s)
		karin := x.Actor(t, "karin")
		must(t, x.Answer(t.Context(), karin, x.who, x.yes()))
		x.sees("amina")
		must(t, x.Withdraw(t.Context(), karin, x.who, x.yes().Zone, true))
		if got := x.sees("amina"); got != 0 {
			t.Errorf("after it was taken back the officer sees %s", got)
		}
		var paper int
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			return tx.One(t.Context(), store.Q(`SELECT withdrawn_paper FROM consent WHERE area_id = $1 AND person_id = $2`), []any{x.Place.Area, x.who}, &paper)
		}))
		if paper != 1 {
			t.Error("it does not stand that the taking back was on paper")
		}
		if err := x.Withdraw(t.Context(), karin, x.who, x.yes().Zone, true); !fault.Is(err, fault.Conflict) {
			t.Errorf("taken back twice: %v", err)
		}
		again := x.yes()
		again.Wish, again.Categories = true, access.Plan
		must(t, x.Answer(t.Context(), karin, x.who, again))
		v, err := x.Open(t.Context(), karin, x.who)
		must(t, err)
		p, _ := v.Party(x.yes().Zone)
		if p.Yes.Categories != access.Identity|access.Plan || len(p.Earlier) != 1 || p.Earlier[0].Categories&access.Contact == 0 {
			t.Errorf("the page tells %+v", p)
		}
	})
}

func TestItIsAskedAtMostOnceInHalfAYearAndANoShowsNowhere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := sit(t, s)
		karin, no := x.Actor(t, "karin"), consent.Form{Zone: x.zone(org.KindEmployment)}
		events := func() (n int) {
			must(t, s.Read(t.Context(), func(tx *store.Tx) error {
				return tx.One(t.Context(), store.Q(`SELECT (SELECT count(*) FROM thread_event WHERE area_id = $1) + (SELECT count(*) FROM consent WHERE area_id = $1)`), []any{x.Place.Area}, &n)
			}))
			return n
		}
		before := events()
		must(t, x.Answer(t.Context(), karin, x.who, no))
		if events() != before {
			t.Error("a no has left a trace in the thread or among the consents")
		}
		if f := fault.Fields(x.Answer(t.Context(), x.Actor(t, "lena"), x.who, x.yes())); f == nil || f[0].Key != "consent.soon" {
			t.Errorf("asked again at once: %v", f)
		}
		other := x.yes()
		other.Zone = x.zone(org.KindInsurance)
		must(t, x.Answer(t.Context(), karin, x.who, other))
		x.Pass(184)
		must(t, x.Answer(t.Context(), x.Actor(t, "karin"), x.who, x.yes()))
	})
}

func TestAYesIsRefusedThatIsNotWhole(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	x := sit(t, s)
	karin := x.Actor(t, "karin")
	for field, spoil := range map[string]func(*consent.Form){
		"zone":    func(f *consent.Form) { f.Zone = x.zone(org.KindMunicipality) },
		"purpose": func(f *consent.Form) { f.Purpose = "" },
		"part":    func(f *consent.Form) { f.Categories = 0 },
		"months":  func(f *consent.Form) { f.Months = consent.Longest + 1 },
		"how":     func(f *consent.Form) { f.How = "" },
		"witness": func(f *consent.Form) { f.How, f.Witness = consent.OnPaper, x.Place.Posts["karin"] },
	} {
		f := x.yes()
		spoil(&f)
		if got := fault.Fields(x.Answer(t.Context(), karin, x.who, f)); len(got) != 1 || got[0].Field != field {
			t.Errorf("%s: %v", field, got)
		}
	}
	paper := x.yes()
	paper.How, paper.Witness = consent.OnPaper, x.Place.Posts["lena"]
	must(t, x.Answer(t.Context(), karin, x.who, paper))
	for _, key := range []string{"britt", "amina", "ida"} {
		if err := x.Answer(t.Context(), x.Actor(t, key), x.who, x.yes()); err == nil {
			t.Errorf("%s wrote a consent", key)
		}
	}
}

func TestWhoDecidesOnMoneyNeverAsks(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	x := sit(t, s)
	must(t, s.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), store.Q(`UPDATE zone SET money = 1 WHERE area_id = $1`), x.Place.Area)
		return err
	}))
	if err := x.Answer(t.Context(), x.Actor(t, "karin"), x.who, x.yes()); !fault.Is(err, fault.Forbidden) {
		t.Errorf("asked: %v", err)
	}
}

func TestProtectingARecordEndsWhatOthersWereGiven(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := sit(t, s)
		karin := x.Actor(t, "karin")
		must(t, x.Answer(t.Context(), karin, x.who, x.yes()))
		d := &person.Desk{Store: s}
		must(t, d.Protect(t.Context(), karin, x.who, person.ProtectForm{Version: 1, Kind: person.Marked, Posts: []id.Post{karin.Post(), x.Place.Posts["omar"]}}))
		if got := x.sees("amina"); got != 0 {
			t.Errorf("the officer sees %s", got)
		}
		if err := x.Answer(t.Context(), x.Actor(t, "karin"), x.who, x.yes()); !fault.Is(err, fault.Conflict) {
			t.Errorf("asked while protected: %v", err)
		}
		must(t, d.Lift(t.Context(), x.Actor(t, "omar"), x.who, 2, "over"))
		if got := x.sees("amina"); got != 0 {
			t.Errorf("once lifted the officer sees %s again", got)
		}
	})
}

func TestAnAgencyThatLeavesSeesNobody(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := sit(t, s)
		agency := x.Place.Agencies[org.KindEmployment]
		must(t, x.Answer(t.Context(), x.Actor(t, "karin"), x.who, x.yes()))
		amina, omar := x.Actor(t, "amina"), x.Actor(t, "omar")
		if err := x.Leave(t.Context(), x.Actor(t, "karin"), agency); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a coordinator closes: %v", err)
		}
		if err := x.Leave(t.Context(), omar, x.Place.Agencies[org.KindMunicipality]); !fault.Is(err, fault.NotFound) {
			t.Errorf("the head closes their own agency: %v", err)
		}
		l, err := x.Leaving(t.Context(), omar, agency)
		if must(t, err); l.Posts != 1 || l.People != 1 || !l.Live {
			t.Errorf("before: %+v", l)
		}
		must(t, x.Leave(t.Context(), omar, agency))
		list, _, err := x.SharedWithUs(t.Context(), amina)
		if must(t, err); len(list) > 0 {
			t.Errorf("after it has left the agency sees %d", len(list))
		}
	})
}

func TestWhatIsNotShownOnAnAgencysPageStandsInNoLog(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := sit(t, s)
		f := x.yes()
		f.Categories = access.Plan | access.Documents | access.Economy
		must(t, x.Answer(t.Context(), x.Actor(t, "karin"), x.who, f))
		amina := x.Actor(t, "amina")
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			list, rest, err := consent.Parts(t.Context(), tx, amina, x.who)
			if len(list) != 2 || rest != access.Documents|access.Economy {
				t.Errorf("%d parts, and %s besides", len(list), rest)
			}
			return err
		}))
		var logged access.Category
		_, list := amina.Shown()
		for _, d := range list {
			logged |= access.Category(d.Categories)
		}
		if logged != access.Identity|access.Plan {
			t.Errorf("the log tells of %s", logged)
		}
	})
}

func TestThoseWhoAreSharedStandTheNewestYesFirstAndTheEndOfTheListIsTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := sit(t, s)
		_, later := x.Queued(t, "karin", "Senare", "Person", "")
		x.Pass(1)
		must(t, x.Answer(t.Context(), x.Actor(t, "karin"), x.who, x.yes())) // the older record says yes first
		x.Pass(1)
		must(t, x.Answer(t.Context(), x.Actor(t, "karin"), later, x.yes()))
		list, more, err := x.SharedWithUs(t.Context(), x.Actor(t, "amina"))
		if must(t, err); len(list) != 2 || list[0].Name != "Senare Person" || more {
			t.Errorf("%+v, more %v", list, more)
		}
		if units := consent.UnitsOf(list); !slices.Equal(units, []id.Unit{x.Place.Units["Vuxenslussen"]}) {
			t.Errorf("both are the concern of %v", units)
		}
		defer consent.Most(1)()
		if list, more, err = x.SharedWithUs(t.Context(), x.Actor(t, "amina")); err != nil || len(list) != 1 || !more {
			t.Errorf("of the first row: %+v, more %v, %v", list, more, err)
		}
	})
}

func TestWhatAKindOfAgencyNeverGetsIsNotSaidToBeShared(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := sit(t, s)
		f := x.yes()
		f.Categories = access.Plan | access.Economy
		must(t, x.Answer(t.Context(), x.Actor(t, "karin"), x.who, f))
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			return access.Bar(t.Context(), tx, x.Place.Area, org.KindEmployment, access.Economy, clock.Span{From: x.Now().Date(), To: clock.Forever}, x.Now())
		}))
		list, _, err := x.SharedWithUs(t.Context(), x.Actor(t, "amina"))
		if must(t, err); len(list) != 1 || list[0].Parts != access.Identity|access.Plan {
			t.Errorf("%+v", list)
		}
		if got := x.sees("amina"); got != access.Identity|access.Plan {
			t.Errorf("the officer sees %s", got)
		}
	})
}
