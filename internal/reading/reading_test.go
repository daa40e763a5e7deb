package reading_test

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/audit"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/reading"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// own acts as somebody for themselves.
func own(t *testing.T, w *demotest.World, who id.Person) *access.Actor {
	t.Helper()
	var a *access.Actor
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		keys, err := w.Vault.Area(t.Context(), tx, w.Place.Area)
		if err != nil {
			return err
		}
		a, err = access.EnterOwn(t.Context(), tx, keys, w.Place.Area, who, w.Now(), "test")
		return err
	}))
	a.Declare(access.Everything, access.Read, access.Write)
	return a
}

// opens lets a worker open somebody's record, and lists lets one see everybody they may in a list.
func opens(t *testing.T, w *demotest.World, key string, who id.Person, act access.Action) {
	t.Helper()
	a := w.Actor(t, key)
	must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
		_, err := access.Open(t.Context(), tx, a, who, access.Identity|access.Plan, act, access.ForPlan)
		return err
	}))
}

func lists(t *testing.T, w *demotest.World, key string) {
	t.Helper()
	a := w.Actor(t, key)
	must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
		s, err := access.Over(t.Context(), tx, a, access.Identity, access.ForQueue)
		if err != nil {
			return err
		}
		rows, err := tx.Query(t.Context(), store.Q(`SELECT `+access.Columns+` FROM person p WHERE `+access.Visible+` ORDER BY p.person_id`), s.Args()...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if _, err := s.Row(rows); err != nil {
				return err
			}
		}
		return rows.Err()
	}))
}

// ownLog gives somebody a page of who has read about them.
func ownLog(t *testing.T, w *demotest.World, who id.Person, p reading.Page) (l reading.Log) {
	t.Helper()
	me := own(t, w, who)
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(t.Context(), tx, me, access.Identity, access.Read)
		if err == nil {
			l, err = reading.Of(t.Context(), tx, me, a, p)
		}
		return err
	}))
	return l
}

// all gives every day of somebody's log, page by page.
func all(t *testing.T, w *demotest.World, who id.Person) (days []reading.Day) {
	t.Helper()
	p := reading.Page{}
	for {
		l := ownLog(t, w, who, p)
		days = append(days, l.Days...)
		if l.Older == "" {
			return days
		}
		p.Before = l.Older
	}
}

// leaves counts from the log's own rows how often each alias is named: each opening, and the lists of a post once a day. Only
// what counts is counted.
func leaves(t *testing.T, w *demotest.World, counts func(id.Post, clock.Date) bool) map[audit.Alias]int {
	t.Helper()
	type listed struct {
		who  audit.Alias
		post id.Post
		on   clock.Date
	}
	count, seen := map[audit.Alias]int{}, map[listed]bool{}
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		rows, err := tx.Query(t.Context(), store.Q(`SELECT at, post_id, listed, people FROM disclosure WHERE area_id = $1`), w.Place.Area)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var at clock.Instant
			var post id.Post
			var list int
			var people []byte
			if err := rows.Scan(&at, &post, &list, &people); err != nil {
				return err
			}
			if !counts(post, at.Date()) {
				continue
			}
			for ; len(people) > 0; people = people[audit.AliasBytes:] {
				l := listed{audit.Alias(people[:audit.AliasBytes]), post, at.Date()}
				if list == 1 && seen[l] {
					continue
				}
				seen[l] = seen[l] || list == 1
				count[l.who]++
			}
		}
		return rows.Err()
	}))
	return count
}

func aliasOf(t *testing.T, w *demotest.World, who id.Person) (a audit.Alias) {
	t.Helper()
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		var b []byte
		err := tx.One(t.Context(), store.Q(`SELECT alias FROM person WHERE area_id = $1 AND person_id = $2`), []any{w.Place.Area, who}, &b)
		copy(a[:], b)
		return err
	}))
	return a
}

func TestWhatIsShownAndWhatIsDelayedIsEverythingInTheLog(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w, r := demotest.New(t, s), rand.New(rand.NewPCG(1, 2))
		d := &reading.Desk{Store: s}
		var people []id.Person
		for _, unit := range []string{"karin", "karin", "karin", "karin", "ida"} {
			_, who := w.Queued(t, unit, "Given", "Family", "")
			people = append(people, who)
		}
		first := w.Now().Date()
		for range 16 {
			w.Pass(1)
			for range 12 {
				key := []string{"lena", "karin", "omar", "samar"}[r.IntN(4)]
				if r.IntN(3) == 0 {
					lists(t, w, key)
					continue
				}
				opens(t, w, key, people[r.IntN(4)], []access.Action{access.Read, access.Write, access.Export}[r.IntN(3)])
			}
		}
		must(t, d.Delay(t.Context(), w.Actor(t, "omar"), people[1], reading.DelayForm{Post: w.Place.Posts["lena"], From: first.Add(3), To: first.Add(9),
			Until: w.Now().Date().Add(30), Why: "förundersökning"}))
		delayed := func(post id.Post, on clock.Date) bool {
			return post == w.Place.Posts["lena"] && on >= first.Add(3) && on <= first.Add(9)
		}
		every := func(id.Post, clock.Date) bool { return true }
		shown := func(who id.Person) (n, late int) {
			for _, day := range all(t, w, who) {
				for _, l := range day.Lines {
					for _, a := range l.Acts { // one for each opening, one for all lists
						if n += len(a.At); delayed(l.Post, day.On) {
							late += len(a.At)
						}
					}
				}
			}
			return n, late
		}
		for i, who := range people {
			alias := aliasOf(t, w, who)
			later := 0
			if i == 1 {
				later = leaves(t, w, delayed)[alias]
			}
			n, late := shown(who)
			if logged := leaves(t, w, every)[alias]; n+later != logged || i == 1 && (late != 0 || later < 5) {
				t.Errorf("person %d: %d readings shown and %d delayed, the log has %d; %d of those delayed are shown", i, n, later, logged, late)
			}
		}
		w.Pass(31) // what was delayed is shown on its day, and nothing is gone
		if n, late := shown(people[1]); n != leaves(t, w, every)[aliasOf(t, w, people[1])] || late < 5 {
			t.Errorf("after the day %d readings are shown, %d of those that were delayed", n, late)
		}
	})
}

func TestANameThatIsNotToBeShownIsNowhereInThePage(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		_, who := w.Queued(t, "karin", "Given", "Family", "")
		opens(t, w, "lena", who, access.Read)
		lena := func() reading.Line {
			for _, day := range all(t, w, who) {
				for _, l := range day.Lines {
					if l.Post == w.Place.Posts["lena"] {
						return l
					}
				}
			}
			t.Fatal("lena's reading is not shown")
			return reading.Line{}
		}
		sv := i18n.Get("sv")
		if l := lena(); l.Who(sv) != "Lena Bergvall" || l.Where(sv) != "Coach, Vuxenslussen" {
			t.Errorf("%q, %q", l.Who(sv), l.Where(sv))
		}
		omar := w.Actor(t, "omar")
		if err := w.Org.HideName(t.Context(), w.Actor(t, "lena"), w.Place.Posts["lena"], "threat"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a reader decides it herself: %v", err)
		}
		if err := w.Org.HideName(t.Context(), omar, w.Place.Posts["petra"], "threat"); !fault.Is(err, fault.NotFound) {
			t.Errorf("a head of another unit: %v", err)
		}
		must(t, w.Org.HideName(t.Context(), omar, w.Place.Posts["lena"], "threat"))
		if err := w.Org.HideName(t.Context(), omar, w.Place.Posts["lena"], "threat"); err == nil {
			t.Error("decided twice")
		}
		if l := lena(); l.Name != "" || l.Who(sv) != "Coach" || l.Where(sv) != "Vuxenslussen" {
			t.Errorf("%q %q %q", l.Name, l.Who(sv), l.Where(sv))
		}
		w.Pass(1)
		must(t, w.Org.ShowName(t.Context(), w.Actor(t, "omar"), w.Place.Posts["lena"]))
		if l := lena(); l.Who(sv) != "Lena Bergvall" {
			t.Errorf("shown again as %q", l.Who(sv))
		}
	})
}

func TestALineAboutOneNamesNobodyElse(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	_, a := w.Queued(t, "karin", "Qzanna", "Qzone", "")
	_, b := w.Queued(t, "karin", "Qzbertil", "Qztwo", "")
	lists(t, w, "lena")
	opens(t, w, "lena", b, access.Read)
	for _, tag := range []string{"sv", "en", "ar"} {
		l := i18n.Get(tag)
		for _, day := range all(t, w, a) {
			for _, line := range day.Lines {
				text := line.Who(l) + line.Where(l)
				for _, act := range line.Acts {
					text += act.What(l) + act.Why(l) + act.Right(l) + act.Times(l)
				}
				if strings.Contains(text, "Qz") || strings.Contains(text, b.String()) || strings.Contains(text, "⟦") {
					t.Errorf("%s: %s", tag, text)
				}
			}
		}
	}
}

func TestTogetherNothingTellsWhatThePersonHasLookedAt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		_, who := w.Queued(t, "karin", "Given", "Family", "")
		me := own(t, w, who)
		for range 3 {
			must(t, s.Write(t.Context(), func(tx *store.Tx) error {
				_, err := access.OpenOwn(t.Context(), tx, me, access.Identity, access.Write)
				return err
			}))
		}
		mine := 0
		for _, day := range all(t, w, who) {
			for _, l := range day.Lines {
				if l.Self() {
					mine++
				}
			}
		}
		if mine != 1 {
			t.Errorf("the person's own looks stand in %d lines of a day", mine)
		}
		lena := w.Actor(t, "lena")
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			a, err := access.Open(t.Context(), tx, lena, who, access.Identity, access.Read, access.ForTogether)
			if err != nil {
				return err
			}
			l, err := reading.Of(t.Context(), tx, lena, a, reading.Page{})
			for _, day := range l.Days {
				for _, line := range day.Lines {
					if line.Self() {
						t.Errorf("staff see that the person looked: %+v", line)
					}
				}
			}
			return err
		}))
	})
}

func TestWhoHasReadLatelyIsCountedOnce(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	_, who := w.Queued(t, "karin", "Given", "Family", "")
	w.Pass(40)
	opens(t, w, "lena", who, access.Read)
	opens(t, w, "lena", who, access.Write)
	opens(t, w, "samar", who, access.Read)
	l := ownLog(t, w, who, reading.Page{})
	if l.Recent.People != 2 || len(l.Recent.Units) != 1 || l.Recent.Units[0].Unit != "Vuxenslussen" {
		t.Errorf("%+v", l.Recent)
	}
	if got := l.Recent.Lede(i18n.Get("sv")); got != "Under de senaste 30 dagarna har 2 personer på Vuxenslussen läst om dig." {
		t.Error(got)
	}
}

func TestADelayIsAHeadsWithAReasonAndAnEnd(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	d := &reading.Desk{Store: w.Store}
	_, who := w.Queued(t, "karin", "Given", "Family", "")
	today := w.Now().Date()
	good := reading.DelayForm{Post: w.Place.Posts["lena"], From: today, To: today, Until: today.Add(10), Why: "beslut"}
	for name, c := range map[string]struct {
		by    string
		f     func(*reading.DelayForm)
		field string
	}{
		"a coach":        {"lena", func(*reading.DelayForm) {}, ""},
		"one's own":      {"omar", func(f *reading.DelayForm) { f.Post = w.Place.Posts["omar"] }, "post"},
		"no such reader": {"omar", func(f *reading.DelayForm) { f.Post = 7 }, "post"},
		"backwards":      {"omar", func(f *reading.DelayForm) { f.To = today.Add(-1) }, "to"},
		"no end":         {"omar", func(f *reading.DelayForm) { f.Until = "" }, "until"},
		"ended already":  {"omar", func(f *reading.DelayForm) { f.Until = today }, "until"},
		"for good":       {"omar", func(f *reading.DelayForm) { f.Until = today.Add(181) }, "until"},
		"no reason":      {"omar", func(f *reading.DelayForm) { f.Why = " " }, "why"},
	} {
		f := good
		c.f(&f)
		err := d.Delay(t.Context(), w.Actor(t, c.by), who, f)
		if faults := fault.Fields(err); c.field == "" && !fault.Is(err, fault.Forbidden) || c.field != "" && (len(faults) != 1 || faults[0].Field != c.field) {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, d.Delay(t.Context(), w.Actor(t, "omar"), who, good))
	x, err := d.Delays(t.Context(), w.Actor(t, "omar"), who)
	must(t, err)
	if len(x.List) != 1 || x.List[0].DelayForm != good || x.List[0].By != w.Place.Posts["omar"] {
		t.Errorf("%+v", x.List)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestAClockThatJumpsLosesNoLine: readings made while the clock goes forward and back among days stand each once, on the day
// that it showed, and the newest day first.
func TestAClockThatJumpsLosesNoLine(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		who := w.Participant(t, "karin", "lena", "Mona", "Falk")
		for _, jump := range []int{3, -1, 2, -3} {
			w.Pass(jump)
			for range 3 {
				opens(t, w, "lena", who, access.Read)
			}
		}
		w.Pass(10)
		log := ownLog(t, w, who, reading.Page{})
		got := map[clock.Date]int{}
		for i, d := range log.Days {
			if i > 0 && d.On >= log.Days[i-1].On {
				t.Errorf("%s stands after %s", d.On, log.Days[i-1].On)
			}
			for _, l := range d.Lines {
				if l.Post == w.Place.Posts["lena"] {
					for _, act := range l.Acts {
						got[d.On] += len(act.At)
					}
				}
			}
		}
		day := demotest.Monday
		for on, n := range map[int]int{1: 3, 2: 3, 3: 3, 4: 3} {
			if d := clock.DateOf(day.AddDate(0, 0, on)); got[d] != n {
				t.Errorf("%s: %d of %d readings: %v", d, got[d], n, got)
			}
		}
	})
}
