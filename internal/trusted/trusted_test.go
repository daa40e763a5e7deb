package trusted_test

import (
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/contact"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/myplace"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/reading"
	"sluss/internal/signin"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/trusted"
	"sluss/internal/way"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// world is a person with a plan, and the desk.
type world struct {
	*demotest.World
	t    *testing.T
	desk *trusted.Desk
	who  id.Person
}

func with(t *testing.T, s *store.Store) *world {
	t.Helper()
	w := &world{demotest.New(t, s), t, &trusted.Desk{Store: s}, 0}
	w.who = w.Participant(t, "karin", "lena", "Samira", "Haddad")
	lena, d := w.Actor(t, "lena"), &plan.Desk{Store: s}
	_, err := d.WriteGoal(t.Context(), lena, w.who, plan.GoalForm{Words: "Jag vill arbeta i kök", Lang: "sv"})
	must(t, err)
	for words, who := range map[string]plan.Who{"Söka kursen": plan.Self, "Ringa grannen": plan.Staff} {
		_, err = d.WriteTask(t.Context(), lena, w.who, plan.TaskForm{Words: words, Who: who})
		must(t, err)
	}
	_, err = (&contact.Desk{Store: s}).Plan(t.Context(), lena, w.who, contact.Form{On: lena.Today().Add(3), At: "10:00", How: "here", About: "Om hyran"})
	must(t, err)
	_, err = (&contact.Desk{Store: s}).Sign(t.Context(), lena, w.who, contact.NoteForm{On: lena.Today(), Kind: "phone", Text: "Anteckningen"})
	must(t, err)
	must(t, (&myplace.Desk{Store: s}).Write(t.Context(), lena, w.who, myplace.Form{Words: myplace.Words{Helps: "En promenad", Touch: "Sms", Reach: "Ring mamma"}, Lang: "sv", How: plan.AtTable}))
	return w
}

// me acts as the person.
func (w *world) me() *access.Actor {
	a := w.Themself(w.t, w.who)
	a.Declare(access.OwnRecord, access.Read, access.Write)
	return a
}

// made makes a link as the person.
func (w *world) made(f trusted.Form) trusted.Made {
	w.t.Helper()
	m, err := w.desk.Make(w.t.Context(), w.me(), w.who, f)
	must(w.t, err)
	return m
}

// holds enters as whoever holds the address.
func (w *world) holds(token string) (*access.Actor, error) {
	w.t.Helper()
	a, err := (&signin.Desk{Store: w.Store, Vault: w.Vault, Clock: w.Clock()}).FindLink(w.t.Context(), token, "test")
	if err == nil {
		a.Declare(trusted.Need, access.Read)
	}
	return a, err
}

// opens opens a link with the code.
func (w *world) opens(token, code string) (trusted.Shown, error) {
	w.t.Helper()
	a, err := w.holds(token)
	if err != nil {
		return trusted.Shown{}, err
	}
	return w.desk.Open(w.t.Context(), a, code)
}

// links are the person's, read by the actor.
func (w *world) links(actor *access.Actor) (list []trusted.Link) {
	w.t.Helper()
	must(w.t, w.Store.Read(w.t.Context(), func(tx *store.Tx) error {
		var a access.Access
		var err error
		if actor.Themself() != 0 {
			a, err = access.OpenOwn(w.t.Context(), tx, actor, access.Identity, access.Read)
		} else {
			a, err = access.Open(w.t.Context(), tx, actor, w.who, access.Identity, access.Read, access.ForTogether)
		}
		if err == nil {
			list, err = trusted.Links(w.t.Context(), tx, actor, a)
		}
		return err
	}))
	return list
}

// log is who has read about the person, as the actor is shown it.
func (w *world) log(actor *access.Actor) (who []string) {
	w.t.Helper()
	must(w.t, w.Store.Read(w.t.Context(), func(tx *store.Tx) error {
		var a access.Access
		var err error
		if actor.Themself() != 0 {
			a, err = access.OpenOwn(w.t.Context(), tx, actor, access.Identity, access.Read)
		} else {
			a, err = access.Open(w.t.Context(), tx, actor, w.who, access.Identity, access.Read, access.ForTogether)
		}
		if err != nil {
			return err
		}
		l, err := reading.Of(w.t.Context(), tx, actor, a, reading.Page{})
		for _, d := range l.Days {
			for _, line := range d.Lines {
				who = append(who, line.Who(i18n.Get("sv")))
			}
		}
		return err
	}))
	return who
}

func week(reader string) trusted.Form { return trusted.Form{Reader: reader, Days: 7} }

func TestWhoHoldsTheLinkAndSaysTheCodeSeesThePlanAndNothingElse(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := with(t, s)
		m := w.made(week("min syster"))
		got, err := w.opens(m.Token, m.Code[:3]+" "+m.Code[3:])
		must(t, err)
		if len(got.Goals) != 1 || got.Goals[0].Text != "Jag vill arbeta i kök" || got.Here != 1 || len(got.Steps) == 0 || got.Next == nil || got.Next.On != w.Now().Date().Add(3) ||
			len(got.Tasks) != 1 || got.Tasks[0].Words != "Söka kursen" || got.Helps != nil {
			t.Errorf("shown %+v", got)
		}
		w.Pass(1)
		m = w.made(trusted.Form{Reader: "min syster", Days: 1, Helps: true})
		if got, err = w.opens(m.Token, m.Code); err != nil || got.Helps == nil || got.Helps.Text != "En promenad" {
			t.Errorf("what helps is not shown: %+v, %v", got.Helps, err)
		}
	})
}

// TestEveryFieldOfTheWayIsDecided: a new field of the way, or of what is shown, is hidden until somebody has decided.
func TestEveryFieldOfTheWayIsDecided(t *testing.T) {
	for typ, fields := range map[reflect.Type]string{
		reflect.TypeFor[way.Way](): "State Since Roughly Meets Goals Tasks Shared Places Steps Here Asked Version Promise",
		// of these: Next without whom and where, Goals by their words, Tasks of the person's own, Places held by name and time, Steps, Here
		reflect.TypeFor[trusted.Shown](): "Goals Steps Here Next Held Tasks Helps",
		reflect.TypeFor[trusted.Time]():  "Kind On At",
		reflect.TypeFor[trusted.Held]():  "Names On At Until",
		reflect.TypeFor[trusted.Words](): "Text Lang",
		reflect.TypeFor[way.Task]():      "ID Words Other Who Version", // its id and version are written nowhere on the page
	} {
		var have []string
		for i := range typ.NumField() {
			have = append(have, typ.Field(i).Name)
		}
		if got := strings.Join(have, " "); got != fields {
			t.Errorf("%s has %s, decided are %s", typ, got, fields)
		}
	}
	if access.TrustedView&trusted.Need != trusted.Need {
		t.Error("what is shown is not what a link may open")
	}
}

func TestALinkAloneOpensNothingAndFiveWrongCodesEndIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := with(t, s)
		m := w.made(week("min syster"))
		wrong := "000000"
		if m.Code == wrong {
			wrong = "000001"
		}
		for try := 1; try <= trusted.FreeTries; try++ {
			got, err := w.opens(m.Token, wrong)
			last := try == trusted.FreeTries
			if got.Goals != nil || !last && fault.Fields(err) == nil || last && !fault.Is(err, fault.NotFound) {
				t.Errorf("try %d: %+v, %v", try, got, err)
			}
		}
		if _, err := w.opens(m.Token, m.Code); !fault.Is(err, fault.NotFound) {
			t.Errorf("the right code opens after them: %v", err)
		}
		list := w.links(w.me())
		if len(list) != 1 || !list[0].Wrong || list[0].Live(w.Now()) || len(list[0].Opened) != 0 {
			t.Errorf("the person sees %+v", list)
		}
		if who := w.log(w.me()); slices.Contains(who, "min syster") {
			t.Errorf("the log tells of openings that were none: %v", who)
		}
		a, err := w.holds(w.made(week("min bror")).Token)
		must(t, err)
		must(t, s.Read(t.Context(), func(tx *store.Tx) error { // nor does the actor open anything as the person, or as a post
			if _, err := access.OpenOwn(t.Context(), tx, a, access.Plan, access.Read); !errors.Is(err, fault.Missing) {
				t.Errorf("as the person: %v", err)
			}
			if _, err := access.Open(t.Context(), tx, a, w.who, access.Plan, access.Read, access.ForPlan); !errors.Is(err, fault.Missing) {
				t.Errorf("as a post: %v", err)
			}
			return nil
		}))
	})
}

func TestThePersonSeesEachOpeningAndStaffNone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := with(t, s)
		sister, brother := w.made(week("min syster")), w.made(week("min bror"))
		for i, m := range []trusted.Made{sister, brother, sister} {
			_, err := w.opens(m.Token, m.Code)
			must(t, err)
			if i < 2 {
				w.Pass(1)
			}
		}
		if _, err := w.opens(sister.Token, sister.Code); !fault.Is(err, fault.Conflict) {
			t.Errorf("two openings in one instant, which the log could not tell apart: %v", err)
		}
		var at []int
		for _, l := range w.links(w.me()) {
			at = append(at, len(l.Opened))
		}
		if !slices.Equal(at, []int{1, 2}) {
			t.Errorf("opened %v times", at)
		}
		mine := strings.Join(w.log(w.me()), "|")
		if strings.Count(mine, "min syster") != 2 || strings.Count(mine, "min bror") != 1 {
			t.Errorf("the person's log: %s", mine)
		}
		for _, l := range w.links(w.Actor(t, "lena")) {
			if l.Opened != nil {
				t.Errorf("staff see when it was opened: %+v", l)
			}
		}
		if theirs := strings.Join(w.log(w.Actor(t, "lena")), "|"); strings.Contains(theirs, "min syster") || strings.Contains(theirs, "Du själv") {
			t.Errorf("staff's log: %s", theirs)
		}
	})
}

func TestALinkEndsByItsDayByThePersonAndWithWhatLetsThemIn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := with(t, s)
		gone := func(what string, m trusted.Made) {
			t.Helper()
			if _, err := w.opens(m.Token, m.Code); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s it opens: %v", what, err)
			}
		}
		day := w.made(trusted.Form{Reader: "min vän", Days: 1})
		w.Pass(1)
		gone("after its day", day)
		m := w.made(week("min syster"))
		link := w.links(w.me())[0].ID
		if err := w.desk.End(t.Context(), w.Actor(t, "ida"), w.who, link); !errors.Is(err, fault.Missing) {
			t.Errorf("another unit's worker ends it: %v", err)
		}
		must(t, w.desk.End(t.Context(), w.me(), w.who, link))
		gone("ended", m)
		if err := w.desk.End(t.Context(), w.me(), w.who, link); !errors.Is(err, fault.Missing) {
			t.Errorf("ended twice: %v", err)
		}
		m = w.made(week("min syster"))
		must(t, (&signin.Desk{Store: s, Vault: w.Vault, Clock: w.Clock()}).TakeBack(t.Context(), w.Actor(t, "lena"), w.who))
		gone("after all ways in were taken back", m)
		m, err := w.desk.Make(t.Context(), w.Actor(t, "lena"), w.who, week("min syster")) // at the table
		must(t, err)
		if _, err := w.opens(m.Token, m.Code); err != nil {
			t.Errorf("one made at the table: %v", err)
		}
		protected := func(who id.Person, yes int) {
			must(t, s.Write(t.Context(), func(tx *store.Tx) error {
				_, err := tx.Exec(t.Context(), store.Q(`UPDATE person SET protected = $3 WHERE area_id = $1 AND person_id = $2`), w.Place.Area, who, yes)
				return err
			}))
		}
		twin := w.Participant(t, "karin", "lena", "Samira", "Hadad")
		must(t, (&person.Desk{Store: s}).Merge(t.Context(), w.Actor(t, "omar"), w.who, twin))
		protected(twin, 1)
		gone("of one whose other record is protected", m)
		if _, err := w.desk.Make(t.Context(), w.me(), w.who, week("min syster")); !fault.Is(err, fault.Conflict) {
			t.Errorf("one whose other record is protected makes a link: %v", err)
		}
		protected(twin, 0)
		w.Pass(1)
		if _, err := w.opens(m.Token, m.Code); err != nil {
			t.Errorf("when nobody is protected any more: %v", err)
		}
		protected(w.who, 1)
		gone("of one who is protected", m)
		if _, err := w.desk.Make(t.Context(), w.me(), w.who, week("min syster")); !fault.Is(err, fault.Conflict) {
			t.Errorf("one who is protected makes a link: %v", err)
		}
	})
}

func TestAFormSaysWhatIsMissingAndNotMoreThanTenHold(t *testing.T) {
	w := with(t, storetest.Open(t, storetest.SQLite(t)))
	me := w.me()
	for f, field := range map[trusted.Form]string{{Reader: " ", Days: 7}: "reader", {Reader: strings.Repeat("å", 61), Days: 7}: "reader", {Reader: "min syster", Days: 2}: "days"} {
		if _, err := w.desk.Make(t.Context(), me, w.who, f); len(fault.Fields(err)) != 1 || fault.Fields(err)[0].Field != field {
			t.Errorf("%+v: %v", f, err)
		}
	}
	for range 10 {
		w.made(week("min syster"))
	}
	if _, err := w.desk.Make(t.Context(), me, w.who, week("min syster")); !fault.Is(err, fault.Conflict) {
		t.Errorf("an eleventh: %v", err)
	}
	for _, bad := range []string{"", "x.y", "0.AAAA", strings.Repeat("A", 40)} {
		if _, err := w.holds(bad); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	w.Pass(8)
	w.made(week("min syster"))
}
