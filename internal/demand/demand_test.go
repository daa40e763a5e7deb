package demand_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/comment"
	"sluss/internal/demand"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/way"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// world is Samira, with Lena for a coach and a task in her plan.
type world struct {
	*demotest.World
	desk *demand.Desk
	who  id.Person
	task plan.TaskID
}

func each(t *testing.T, f func(t *testing.T, w world)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		x := world{World: w, desk: &demand.Desk{Store: s}, who: w.Participant(t, "karin", "lena", "Samira", "Haddad")}
		var err error
		x.task, err = (&plan.Desk{Store: s}).WriteTask(t.Context(), w.Actor(t, "lena"), x.who, plan.TaskForm{Words: "Ringa skolan", Who: plan.Self})
		must(t, err)
		f(t, x)
	})
}

// form is that the municipality requires the task.
func (w world) form() demand.Form {
	return demand.Form{Thing: demand.Thing{Kind: demand.Task, Ref: int64(w.task)}.Key(), Agency: w.Place.Agencies[org.KindMunicipality], Office: "Ekonomiskt bistånd",
		Phone: "0501-12 34 56", Law: "sol_12_4", Otherwise: "Pengarna kan bli mindre.", Since: w.Now().Date().Add(-7)}
}

// own is what Samira sees on her own pages.
func (w world) own(t *testing.T) (d way.Demands) {
	t.Helper()
	me := w.Themself(t, w.who)
	me.Declare(access.OwnView, access.Read, access.Write)
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(t.Context(), tx, me, access.OwnView, access.Read)
		if err == nil {
			d, err = way.DemandsOf(t.Context(), tx, me, a)
		}
		return err
	}))
	return d
}

func TestWhatIsRequiredIsToldWithWhoByWhatLawAndWhatHappensOtherwise(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, lena := t.Context(), w.Actor(t, "lena")
		if d := w.own(t); len(d.List) != 0 || d.Order != nil || d.Of(demand.Task, int64(w.task)) != nil {
			t.Fatalf("before anybody has required anything: %+v", d)
		}
		f := w.form()
		f.AppealBy = f.Since.Add(21)
		k, err := w.desk.Write(ctx, lena, w.who, f)
		must(t, err)
		x := w.own(t).Of(demand.Task, int64(w.task))
		if x == nil || x.ID != k || x.Words != "Ringa skolan" || x.By != "Ekhamra kommun, Ekonomiskt bistånd" || x.Law != "sol_12_4" || x.Phone != f.Phone || x.Otherwise != f.Otherwise || x.Since != f.Since || x.AppealBy != f.AppealBy {
			t.Fatalf("she reads %+v", x)
		}
		if y := w.own(t).Of(demand.Place, int64(w.task)); y != nil {
			t.Errorf("something else is required too: %+v", y)
		}
		if _, err := w.desk.Write(ctx, lena, w.who, f); len(fault.Fields(err)) != 1 {
			t.Error("the same is required twice:", err)
		}
		me := w.Themself(t, w.who)
		me.Declare(access.OwnRecord, access.Read, access.Write)
		must(t, (&comment.Desk{Store: w.Store}).SayOwn(ctx, me, comment.Thing{Kind: comment.Demand, Ref: int64(k)}, "Jag kan inte på tisdagar"))
	})
}

func TestWhatIsRequiredOfSomethingThatIsOverSaysSoAndStandsUntilItIsEnded(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		lena := w.Actor(t, "lena")
		_, err := w.desk.Write(t.Context(), lena, w.who, w.form())
		must(t, err)
		f := w.form() // what is told in words is never over by itself
		f.Thing, f.Words = demand.Thing{Kind: demand.Words}.Key(), "Lämna ansökan"
		_, err = w.desk.Write(t.Context(), lena, w.who, f)
		must(t, err)
		over := func() (list []string) {
			for _, x := range w.own(t).List {
				if x.Over {
					list = append(list, x.Words)
				}
			}
			return list
		}
		if got := over(); len(got) != 0 {
			t.Errorf("over at once: %v", got)
		}
		must(t, (&plan.Desk{Store: w.Store}).EndTask(t.Context(), lena, w.who, w.task, 1, plan.Done))
		if got := over(); !slices.Equal(got, []string{"Ringa skolan"}) {
			t.Errorf("over: %v", got)
		}
		v, err := w.desk.Open(t.Context(), lena, w.who)
		must(t, err)
		for _, d := range v.List {
			if d.Over(v.Things) != (d.Kind == demand.Task) || d.State != demand.Open {
				t.Errorf("staff read %+v", d)
			}
		}
	})
}

func TestWhatIsNoLongerRequiredStaysReadableWithWhoAndWhen(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, lena := t.Context(), w.Actor(t, "lena")
		k, err := w.desk.Write(ctx, lena, w.who, w.form())
		must(t, err)
		today := lena.Today()
		if err := w.desk.End(ctx, lena, w.who, k, 1, demand.Ended, today.Add(1)); len(fault.Fields(err)) != 1 {
			t.Error("ended on a day to come:", err)
		}
		must(t, w.desk.End(ctx, lena, w.who, k, 1, demand.Ended, today.Add(-1)))
		if err := w.desk.End(ctx, lena, w.who, k, 1, demand.Wrong, today); !errors.Is(err, fault.Stale) {
			t.Error("ended twice:", err)
		}
		if d := w.own(t); len(d.List) != 0 {
			t.Errorf("it is required still: %+v", d)
		}
		k, err = w.desk.Write(ctx, lena, w.who, w.form())
		must(t, err)
		must(t, w.desk.End(ctx, w.Actor(t, "karin"), w.who, k, 1, demand.Wrong, ""))
		v, err := w.desk.Open(ctx, lena, w.who)
		must(t, err)
		if len(v.List) != 2 || v.List[0].State != demand.Wrong || v.List[0].EndedBy != w.Place.Posts["karin"] || v.List[1].State != demand.Ended || v.List[1].EndedOn != today.Add(-1) {
			t.Errorf("what has been: %+v", v.List)
		}
		var events int
		must(t, w.Store.Read(ctx, func(tx *store.Tx) error {
			return tx.One(ctx, store.Q(`SELECT count(*) FROM thread_event WHERE area_id = $1 AND person_id = $2 AND kind IN ('demand.made', 'demand.ended')`), []any{w.Place.Area, w.who}, &events)
		}))
		if events != 4 {
			t.Errorf("the thread tells of %d", events)
		}
	})
}

func TestWhatIsWrongWithADemandIsSaidAtItsField(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		for field, spoil := range map[string]func(*demand.Form){
			"thing":     func(f *demand.Form) { f.Thing = "task:x" },
			"words":     func(f *demand.Form) { f.Thing = demand.Thing{Kind: demand.Words}.Key() },
			"agency":    func(f *demand.Form) { f.Agency = 1 },
			"office":    func(f *demand.Form) { f.Agency, f.Elsewhere, f.Office = 0, true, " " },
			"phone":     func(f *demand.Form) { f.Phone = "" },
			"law":       func(f *demand.Form) { f.Law = "sfb" },
			"lawwords":  func(f *demand.Form) { f.Law, f.Appeal = demand.Other, "Skriv till dem" },
			"appeal":    func(f *demand.Form) { f.Law, f.LawWords = demand.Other, "Skollagen" },
			"otherwise": func(f *demand.Form) { f.Otherwise = "" },
			"since":     func(f *demand.Form) { f.Since = w.Now().Date().Add(1) },
			"by":        func(f *demand.Form) { f.AppealBy = f.Since.Add(-1) },
		} {
			f := w.form()
			spoil(&f)
			_, err := w.desk.Write(t.Context(), w.Actor(t, "lena"), w.who, f)
			if faults := fault.Fields(err); len(faults) != 1 || faults[0].Field != field {
				t.Errorf("%s: %v", field, err)
			}
		}
	})
}

func TestAllThatIsMissingIsSaidAtOnceInTheOrderOfTheForm(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		_, err := w.desk.Write(t.Context(), w.Actor(t, "lena"), w.who, demand.Form{Law: demand.Other})
		var fields []string
		for _, f := range fault.Fields(err) {
			fields = append(fields, f.Field)
		}
		if got := strings.Join(fields, " "); got != "thing agency phone since lawwords otherwise appeal" {
			t.Error(got)
		}
	})
}

func TestNobodyElseWritesDownWhatIsRequired(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		for _, key := range []string{"britt", "ida", "eva", "amina"} {
			if _, err := w.desk.Write(t.Context(), w.Actor(t, key), w.who, w.form()); !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s: %v", key, err)
			}
		}
		other := w.Participant(t, "karin", "lena", "Yonas", "Tesfay")
		if _, err := w.desk.Write(t.Context(), w.Actor(t, "lena"), other, w.form()); len(fault.Fields(err)) != 1 {
			t.Error("another's task is required:", err)
		}
		k, err := w.desk.Write(t.Context(), w.Actor(t, "lena"), w.who, w.form())
		must(t, err)
		if err := w.desk.End(t.Context(), w.Actor(t, "lena"), other, k, 1, demand.Wrong, ""); !fault.Is(err, fault.NotFound) {
			t.Error("ended as another's:", err)
		}
	})
}

func TestWhoIsOrderedHereIsToldSoUntilTheLawIsWritten(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, lena := t.Context(), w.Actor(t, "lena")
		must(t, w.Store.Write(ctx, func(tx *store.Tx) error {
			_, err := tx.Exec(ctx, store.Q(`UPDATE referral SET kind = 'anvisning', agency_id = $3 WHERE area_id = $1 AND person_id = $2`), w.Place.Area, w.who, w.Place.Agencies[org.KindMunicipality])
			return err
		}))
		if d := w.own(t); d.Order == nil || d.Order.Agency != w.Place.Agencies[org.KindMunicipality] {
			t.Fatalf("she is told %+v", d)
		}
		v, err := w.desk.Open(ctx, lena, w.who)
		must(t, err)
		if v.Order == nil || v.Things[0].Kind != demand.Referral {
			t.Fatalf("lena is told %+v", v)
		}
		f := w.form()
		f.Thing = v.Things[0].Key()
		k, err := w.desk.Write(ctx, lena, w.who, f)
		must(t, err)
		if d := w.own(t); d.Order != nil || d.Of(demand.Referral, v.Things[0].Ref) == nil {
			t.Errorf("with its law: %+v", d)
		}
		must(t, w.desk.End(ctx, lena, w.who, k, 1, demand.Wrong, ""))
		if d := w.own(t); d.Order == nil {
			t.Error("taken back, nobody says that she was ordered here")
		}
	})
}

func TestALawRequiresNothingBeforeItsDay(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		f := w.form()
		f.Law, f.Since = "sol_activity", clock.Date("2026-06-30")
		if f.Since > w.Now().Date() {
			f.Since = w.Now().Date()
		}
		if _, err := w.desk.Write(t.Context(), w.Actor(t, "lena"), w.who, f); len(fault.Fields(err)) != 1 || fault.Fields(err)[0].Field != "law" {
			t.Error(err)
		}
	})
}

func TestEveryLawTellsWhatItSaysAndHowOneAppeals(t *testing.T) {
	for _, l := range demand.Laws {
		for _, lang := range []string{"sv", "en", "ar"} {
			for _, key := range []string{"demand.law." + l.Code, "demand.means." + l.Code, "demand.appeal." + l.Code} {
				if l.Code != demand.Other || key == "demand.law.other" {
					if !i18n.Get(lang).Has(key) {
						t.Errorf("%s: no text %s", lang, key)
					}
				}
			}
		}
	}
}
