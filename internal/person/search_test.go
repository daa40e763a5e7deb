package person_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

var (
	given  = []string{"Anna", "Anna-Karin", "Ann", "Åsa", "Asa", "Örjan", "Samira", "Sam", "José", "Maria del Carmen", "Bo", "Ö", "عمر"}
	family = []string{"Haddad", "Ek", "Ekström", "Åkesson", "Garcia Lopez y Vega", "Öberg", "O'Brien", "Ng", "von Essen", "الحداد"}
)

// town is a world of people whose names are much alike, seen by two desks that know nothing of each other.
type town struct {
	*demotest.World
	rnd    *rand.Rand
	desks  [2]*person.Desk
	people []id.Person
}

func newTown(t *testing.T, s *store.Store, people int) *town {
	w := &town{World: demotest.New(t, s), rnd: rand.New(rand.NewPCG(11, 4)), desks: [2]*person.Desk{{Store: s}, {Store: s}}}
	for range people {
		w.add(t)
	}
	return w
}

func (w *town) pick(list []string) string { return list[w.rnd.IntN(len(list))] }

func (w *town) add(t *testing.T) {
	_, who := w.Queued(t, w.pick([]string{"karin", "karin", "ida"}), w.pick(given), w.pick(family), "")
	w.people = append(w.people, who)
}

// happen lets something change for somebody.
func (w *town) happen(t *testing.T) {
	who := w.people[w.rnd.IntN(len(w.people))]
	area, unit := w.Place.Area, w.Actor(t, w.pick([]string{"karin", "ida"})).Unit()
	set := func(q store.SQL, args ...any) {
		must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), q, append([]any{area, who}, args...)...)
			return err
		}))
	}
	write := func(f func(ctx context.Context, tx *store.Tx) error) {
		must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error { return f(t.Context(), tx) }))
	}
	switch w.rnd.IntN(8) {
	case 0, 1:
		w.add(t)
	case 2, 3:
		w.rename(t, who)
	case 4:
		write(func(ctx context.Context, tx *store.Tx) error {
			return access.Untie(ctx, tx, area, who, unit, w.Now().Date(), w.Now())
		})
	case 5:
		write(func(ctx context.Context, tx *store.Tx) error {
			return access.Tie(ctx, tx, area, who, unit, w.Now().Date(), w.Now())
		})
	case 6:
		set(store.Q(`UPDATE person SET protected = 1 WHERE area_id = $1 AND person_id = $2`))
		if w.rnd.IntN(2) == 0 {
			write(func(ctx context.Context, tx *store.Tx) error {
				return access.Clear(ctx, tx, area, who, w.Place.Posts["karin"], clock.Span{From: w.Now().Date(), To: clock.Forever})
			})
		}
	default:
		set(store.Q(`UPDATE person SET weeded_at = $3 WHERE area_id = $1 AND person_id = $2`), int64(w.Now()))
	}
}

func (w *town) rename(t *testing.T, who id.Person) {
	d := w.desks[w.rnd.IntN(2)]
	for _, worker := range []string{"karin", "ida"} {
		p, err := d.Open(t.Context(), w.Actor(t, worker), who, access.Identity|access.Contact|access.Health, access.ForContact)
		if fault.Is(err, fault.NotFound) {
			continue
		}
		must(t, err)
		p.Given, p.Family, p.BirthYear = w.pick(given), w.pick(family), 1970+w.rnd.IntN(4)
		must(t, d.Change(t.Context(), w.Actor(t, worker), p, p.Version))
		return
	}
}

// search makes up a search: beginnings of words, some in capitals, some with a year.
func (w *town) search() string {
	text := ""
	for range 1 + w.rnd.IntN(2) {
		words := strings.Fields(i18n.Fold(w.pick(given) + " " + w.pick(family)))
		r := []rune(w.pick(words))
		text += string(r[:1+w.rnd.IntN(len(r))]) + " "
	}
	if w.rnd.IntN(3) == 0 {
		text = strings.ToUpper(text) + strconv.Itoa(1970+w.rnd.IntN(4))
	}
	return text
}

var everybody = store.Q(`SELECT ` + access.Columns + `, p.identity, p.birth_year FROM tie x
  JOIN person p ON p.area_id = x.area_id AND p.person_id = x.person_id
 WHERE x.area_id = $1 AND x.unit_id = $7 AND x.to_on > $4 AND ` + access.Visible)

// plainly searches by opening every name.
func (w *town) plainly(t *testing.T, actor *access.Actor, text string) map[id.Person]string {
	var words []string
	year := 0
	for _, x := range strings.Fields(i18n.Fold(text)) {
		if n, err := strconv.Atoi(x); err == nil {
			year = n
			continue
		}
		words = append(words, x)
	}
	found := map[id.Person]string{}
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		s, err := access.Over(t.Context(), tx, actor, access.Identity, access.ForSearch)
		must(t, err)
		rows, err := tx.Query(t.Context(), everybody, s.Args(actor.Unit())...)
		must(t, err)
		defer rows.Close()
		for rows.Next() {
			var sealed []byte
			var born int
			a, err := s.Peek(rows, &sealed, &born)
			must(t, err)
			name, err := person.NameOf(a.Access, sealed)
			must(t, err)
			if begins(name, words) && (year == 0 || year == born) {
				found[a.Person()] = name
			}
		}
		return rows.Err()
	}))
	return found
}

func begins(name string, words []string) bool {
	names := strings.Fields(i18n.Fold(name))
	for _, w := range words {
		if !slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, w) }) {
			return false
		}
	}
	return true
}

// compare searches in both ways and gives how many were found.
func (w *town) compare(t *testing.T, d *person.Desk, worker, text string) int {
	t.Helper()
	actor := w.Actor(t, worker)
	hits, more, err := d.Search(t.Context(), actor, text)
	if fault.Fields(err) != nil {
		if letters := strings.Trim(text, " 0123456789"); len([]rune(letters)) > 1 {
			t.Errorf("%q is refused: %v", text, err)
		}
		return 0
	}
	must(t, err)
	want := w.plainly(t, w.Actor(t, worker), text)
	if more != (len(want) > 10) || len(hits) != min(len(want), 10) {
		t.Errorf("%s searches %q: %d found and more %v, of %d", worker, text, len(hits), more, len(want))
	}
	for _, h := range hits {
		if want[h.ID] != h.Name {
			t.Errorf("%s searches %q: found %s, which is %q", worker, text, h.Name, want[h.ID])
		}
	}
	_, noted := actor.Shown()
	var shown []id.Person
	for _, n := range noted {
		for _, p := range n.People {
			shown = append(shown, p.ID)
		}
	}
	var found []id.Person
	for _, h := range hits {
		found = append(found, h.ID)
	}
	slices.Sort(shown)
	slices.Sort(found)
	if !slices.Equal(shown, found) {
		t.Errorf("%s searches %q: noted as shown %v, shown %v", worker, text, shown, found)
	}
	return len(hits)
}

func TestASearchFindsWhomOpeningEveryNameWouldFind(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s, 90)
		found, none := 0, 0
		for i := range 150 {
			w.happen(t)
			n := w.compare(t, w.desks[i%2], w.pick([]string{"karin", "lena", "ida"}), w.search())
			found += n
			if n == 0 {
				none++
			}
		}
		w.compare(t, w.desks[0], "karin", "an")
		if found < 300 || none == 0 {
			t.Errorf("%d found, %d searches found nobody: too little was tried", found, none)
		}
	})
}

func TestOneWithTheVeryNameIsANamesakeAndOnlyTheyAreShown(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s, 0)
		for range 30 {
			w.Queued(t, "karin", "Anna", "Ekström", "")
		}
		_, who := w.Queued(t, "karin", "Ann", "Ek", "")
		actor := w.Actor(t, "karin")
		hits, err := w.desks[0].Namesakes(t.Context(), actor, person.Identity{Given: "Ann", Family: "Ek", BirthYear: 1974})
		if err != nil || len(hits) != 1 || hits[0].ID != who {
			t.Errorf("%v %v", hits, err)
		}
		if _, noted := actor.Shown(); len(noted) != 1 || len(noted[0].People) != 1 {
			t.Errorf("noted as shown: %+v", noted)
		}
	})
}

// race has several write names and search for each at once, at any of the desks.
func race(t *testing.T, w *demotest.World, at func(i int) *person.Desk, worlds []*demotest.World) {
	const writers, each = 4, 12
	failed := make(chan error, writers)
	actors := make([][]*access.Actor, writers)
	for i := range actors {
		for range 3 * each {
			actors[i] = append(actors[i], w.Actor(t, "karin"))
		}
	}
	for i := range writers {
		go func() {
			var err error
			for n := range each {
				if err == nil {
					err = writeAndFind(t.Context(), worlds[i%len(worlds)].Store, at(i), at(i+1), actors[i][3*n:3*n+3], fmt.Sprintf("%c%c", 'a'+i, 'a'+n))
				}
			}
			failed <- err
		}()
	}
	for range writers {
		if err := <-failed; err != nil {
			t.Error(err)
		}
	}
}

// writeAndFind makes a record by one desk and finds it by another, then gives it another name and finds that.
func writeAndFind(ctx context.Context, s *store.Store, one, other *person.Desk, actors []*access.Actor, mark string) error {
	p := person.Person{Identity: person.Identity{Given: "Sam", Family: mark + "vist"}, Contact: person.Contact{Phone: "070-174 06 21"}}
	err := s.Write(ctx, func(tx *store.Tx) error {
		a, _, err := person.Record(ctx, tx, actors[0], &p)
		if err != nil {
			return err
		}
		return access.Tie(ctx, tx, actors[0].Area(), a.Person(), actors[0].Unit(), actors[0].Today(), actors[0].Now())
	})
	for i, family := range []string{mark + "vist", mark + "berg"} {
		if err == nil && i > 0 {
			p.Family, p.Version = family, 1
			err = one.Change(ctx, actors[1], p, 1)
		}
		if err != nil {
			return err
		}
		hits, _, err := other.Search(ctx, actors[1+i], "sam "+family)
		if err != nil || len(hits) != 1 || hits[0].ID != p.ID {
			return fmt.Errorf("%s just written is not found: %v %w", family, hits, err)
		}
	}
	return nil
}

func TestWhoIsWrittenIsFoundAtOnceByAll(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s, 10)
		race(t, w.World, func(i int) *person.Desk { return w.desks[i%2] }, []*demotest.World{w.World})
	})
}

func TestWhoIsWrittenInOneProcessIsFoundInAnother(t *testing.T) {
	dsn := storetest.Postgres(t)
	w := demotest.New(t, storetest.Open(t, dsn))
	beside := w.On(storetest.Open(t, dsn))
	desks := []*person.Desk{{Store: w.Store}, {Store: beside.Store}}
	race(t, w, func(i int) *person.Desk { return desks[i%2] }, []*demotest.World{w, beside})
}

func TestALargeAreaIsReadInPartsAndManyChangesAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTown(t, s, 0)
		var people []person.Person
		for n := 0; n < 1100; n += 100 {
			actor := w.Actor(t, "karin")
			must(t, s.Write(t.Context(), func(tx *store.Tx) error {
				people = people[:n]
				for i := range 100 {
					p := person.Person{Identity: person.Identity{Given: "Sam", Family: fmt.Sprint("Ek", n+i)}, Contact: person.Contact{Phone: "070-174 06 21"}}
					if _, _, err := person.Record(t.Context(), tx, actor, &p); err != nil {
						return err
					}
					if err := access.Tie(t.Context(), tx, actor.Area(), p.ID, actor.Unit(), actor.Today(), actor.Now()); err != nil {
						return err
					}
					people = append(people, p)
				}
				return nil
			}))
		}
		for _, x := range []string{"ek0", "ek999", "ek1000", "ek1099", "sam ek50"} {
			if w.compare(t, w.desks[0], "karin", x) == 0 {
				t.Errorf("%s is not found", x)
			}
		}
		for _, p := range people[980:1030] {
			p.Family = "Berg" + p.Family
			must(t, w.desks[1].Change(t.Context(), w.Actor(t, "karin"), p, 1))
		}
		for x, want := range map[string]int{"ek979": 1, "ek980": 0, "ek1029": 0, "ek1030": 1, "bergek980": 1, "bergek1029": 1} {
			if n := w.compare(t, w.desks[0], "karin", x); n != want {
				t.Errorf("%s: %d found, not %d", x, n, want)
			}
		}
	})
}

func TestOnlySoManyAreKeptInMemoryAndTheOthersAreReadAgain(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	w := newTown(t, s, 40)
	d, area := w.desks[0], w.Place.Area
	d.AtMost(100)
	w.compare(t, d, "karin", "ek")
	d.Looked(1, 30)
	d.Looked(2, 20)
	w.compare(t, d, "karin", "sam")
	d.Looked(3, 40)
	if got, want := d.Kept(), map[id.Area]int{area: 40, 3: 40, 2: 20}; !maps.Equal(got, want) {
		t.Errorf("kept %v, not %v", got, want)
	}
	d.Looked(4, 90)
	if got, want := d.Kept(), map[id.Area]int{4: 90}; !maps.Equal(got, want) {
		t.Errorf("kept %v, not %v", got, want)
	}
	if n := w.compare(t, d, "karin", "an"); n == 0 {
		t.Error("nobody found once the area was let go")
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
