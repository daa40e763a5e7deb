package intray_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/intray"
	"sluss/internal/referral"
	"sluss/internal/sheet"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) {
	if os.Getenv("INTRAY_CHILD") != "" {
		child()
		return
	}
	os.Exit(storetest.Main(m))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// number is a valid personal number of somebody born on a day of 1980.
func number(n int) string {
	ten := fmt.Sprintf("%02d%02d%02d%03d", 60+n/999/28/12%40, 1+n/999/28%12, 1+n/999%28, 1+n%999)
	sum := 0
	for i, c := range ten {
		d := int(c-'0') * (2 - i%2)
		sum += d/10 + d%10
	}
	return "19" + ten[:6] + "-" + ten[6:] + string(rune('0'+(10-sum%10)%10))
}

// people is a list of n people with numbers.
func people(n int) []byte {
	var b bytes.Buffer
	b.WriteString("Personnummer;Namn;Remissdatum;Telefon;Avsändare;Orsak\r\n")
	for i := range n {
		fmt.Fprintf(&b, "%s;Person%d Efternamn%d;2026-09-%02d;070-174 06 %02d;Ekonomiskt bistånd;arbete\r\n", number(i), i, i, 1+i%28, 5+i%90)
	}
	return b.Bytes()
}

type tray struct {
	*demotest.World
	desk *intray.Desk
}

func newTray(t testing.TB, s *store.Store) tray {
	w := demotest.New(t, s)
	return tray{w, &intray.Desk{Store: s, Vault: w.Vault, Clock: w.Clock()}}
}

func (w tray) receive(t testing.TB, who string, content []byte, name string) intray.Import {
	t.Helper()
	list, err := w.desk.Receive(t.Context(), w.Actor(t, who), intray.File{Content: bytes.NewReader(content), Size: int64(len(content)), Name: name})
	must(t, err)
	return w.check(t, who, list)
}

func (w tray) open(t testing.TB, who string, list intray.ID) intray.Import {
	t.Helper()
	i, err := w.desk.Open(t.Context(), w.Actor(t, who), list)
	must(t, err)
	return i
}

func (w tray) check(t testing.TB, who string, list intray.ID) intray.Import {
	t.Helper()
	done, err := w.desk.Check(t.Context(), w.Place.Area, list, time.Minute)
	must(t, err)
	if !done {
		t.Fatal("the check is not done")
	}
	return w.open(t, who, list)
}

func (w tray) save(t testing.TB, who string, i intray.Import) intray.Import {
	t.Helper()
	must(t, w.desk.Confirm(t.Context(), w.Actor(t, who), i.ID, i.Version))
	_, err := w.desk.Save(t.Context(), w.Place.Area, i.ID, time.Minute)
	must(t, err)
	return w.open(t, who, i.ID)
}

// waiting is how many stand in the queue of the worker's unit.
func (w tray) waiting(t testing.TB, who string) int {
	t.Helper()
	q, err := (&referral.Desk{Store: w.Store}).Queue(t.Context(), w.Actor(t, who), referral.Cursor{})
	must(t, err)
	return q.N
}

func (w tray) rows(t testing.TB, q store.SQL) (n int) {
	t.Helper()
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error { return tx.One(t.Context(), q, []any{w.Place.Area}, &n) }))
	return n
}

var allPeople = store.Q(`SELECT count(*) FROM person WHERE area_id = $1`)

const mixed = `Kön hos oss;;;;
;;;;
Personnummer;Namn;Remiss inkom;Tolk;Typ
850709-9805;"Andersson, Anna";24/3-2026;ja;anvisning
19121212-1212;Tolvan Tolvansson;2026-03-24 00:00;;remiss
19121212-1213;Fel Siffra;2026-03-24;;
;Utan Nummer;46105;;egen anmälan
8507099805;Anna Andersson;;;
;;2026-01-01;kanske;brevduva
`

func TestAListIsShownBeforeItIsSavedAndSavedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTray(t, s)
		i := w.receive(t, "karin", []byte(mixed), "kö.csv")
		if i.State != intray.Ready || i.Rows != 6 || fmt.Sprint(i.Checked) != "map[new:3 refused:2 twice:1]" {
			t.Fatalf("%s, %d rows, %v", i.State, i.Rows, i.Checked)
		}
		if n := w.rows(t, allPeople); n != 0 {
			t.Errorf("%d people are saved before anybody said yes", n)
		}
		lines, err := w.desk.Lines(t.Context(), w.Actor(t, "karin"), i.ID, intray.Wrong, 0, 10)
		must(t, err)
		got := ""
		for _, x := range lines {
			for _, f := range x.Faults {
				got += fmt.Sprintf("%d %s %s\n", x.Row, i.ColumnName(f, i18n.Get("sv")), f.Key)
			}
		}
		want := "6 Personnummer pnr.check\n8 Personnummer intray.twice\n9 Namn intray.name.needed\n9 Tolk intray.yesno\n9 Typ intray.kind\n"
		if got != want {
			t.Errorf("wrong:\n%swant\n%s", got, want)
		}
		i = w.save(t, "karin", i)
		if i.State != intray.Done || i.Saved[intray.New] != 3 || w.waiting(t, "karin") != 3 {
			t.Fatalf("%s, %v, %d wait", i.State, i.Saved, w.waiting(t, "karin"))
		}
		again := w.receive(t, "karin", []byte(mixed), "kö.csv")
		if fmt.Sprint(again.Checked) != "map[refused:2 twice:1 waiting:3]" {
			t.Errorf("the same list again: %v", again.Checked)
		}
		again = w.save(t, "karin", again)
		if again.Saved[intray.Waiting] != 3 || w.waiting(t, "karin") != 3 || w.rows(t, allPeople) != 3 {
			t.Errorf("the same list again: %v, %d wait, %d people", again.Saved, w.waiting(t, "karin"), w.rows(t, allPeople))
		}
		must(t, w.desk.Throw(t.Context(), w.Actor(t, "karin"), again.ID, again.Version))
		if n := w.rows(t, store.Q(`SELECT count(*) FROM intray_row WHERE area_id = $1`)); n != 3 {
			t.Errorf("%d rows are left, want the three to mend of the first list", n)
		}
	})
}

func TestAListIsReadAsItWasMeant(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTray(t, s)
		i := w.receive(t, "karin", []byte(mixed), "kö.csv")
		w.save(t, "karin", i)
		d := &referral.Desk{Store: s}
		q, err := d.Queue(t.Context(), w.Actor(t, "karin"), referral.Cursor{})
		must(t, err)
		slices.SortFunc(q.Lines, func(a, b referral.Line) int { return strings.Compare(a.Name, b.Name) })
		got := ""
		for _, l := range q.Lines {
			got += fmt.Sprintln(l.Name, l.ReceivedOn, l.Kind, l.Interpreter)
		}
		want := "Anna Andersson 2026-03-24 anvisning true\nTolvan Tolvansson 2026-03-24 remiss false\nUtan Nummer 2026-03-24 egen false\n"
		if got != want {
			t.Errorf("got\n%swant\n%s", got, want)
		}
	})
}

func TestOnlyTheUnitOfAListKnowsOfIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTray(t, s)
		i := w.receive(t, "karin", people(3), "kö.csv")
		ida := w.Actor(t, "ida")
		_, err := w.desk.Open(t.Context(), ida, i.ID)
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("open: %v", err)
		}
		if _, err := w.desk.Lines(t.Context(), ida, i.ID, intray.All, 0, 10); !fault.Is(err, fault.NotFound) {
			t.Errorf("lines: %v", err)
		}
		for name, f := range map[string]func(context.Context, *access.Actor, intray.ID, int) error{"confirm": w.desk.Confirm, "throw": w.desk.Throw} {
			if err := f(t.Context(), ida, i.ID, i.Version); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := w.desk.Confirm(t.Context(), w.Actor(t, "lena"), i.ID, i.Version); !fault.Is(err, fault.NotFound) {
			t.Errorf("a colleague confirms: %v", err)
		}
		lena := w.open(t, "lena", i.ID)
		lines, err := w.desk.Lines(t.Context(), w.Actor(t, "lena"), i.ID, intray.All, 0, 10)
		must(t, err)
		if lena.Here() || lena.Name != "" || len(lines) != 0 {
			t.Error("a colleague sees what is in the list")
		}
		if _, err := w.desk.Receive(t.Context(), w.Actor(t, "britt"), intray.File{Content: bytes.NewReader(people(1)), Size: int64(len(people(1)))}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the reception hands over a list: %v", err)
		}
		if err := w.desk.Confirm(t.Context(), w.Actor(t, "karin"), i.ID, i.Version-1); !errors.Is(err, fault.Stale) {
			t.Errorf("an old page confirms: %v", err)
		}
	})
}

func TestAListStopsWhereItIsToldAndGoesOn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTray(t, s)
		i := w.receive(t, "karin", people(60), "kö.csv")
		karin := func() *access.Actor { return w.Actor(t, "karin") }
		must(t, w.desk.Confirm(t.Context(), karin(), i.ID, i.Version))
		_, err := w.desk.Save(t.Context(), w.Place.Area, i.ID, 1) // one piece
		must(t, err)
		i = w.open(t, "karin", i.ID)
		first := w.waiting(t, "karin")
		if first == 0 || first == 60 || i.State != intray.Saving {
			t.Fatalf("%d are saved, %s", first, i.State)
		}
		must(t, w.desk.Stop(t.Context(), w.Actor(t, "lena"), i.ID, i.Version))
		_, err = w.desk.Save(t.Context(), w.Place.Area, i.ID, time.Minute)
		must(t, err)
		if n := w.waiting(t, "karin"); n != first {
			t.Errorf("%d are saved after it was stopped at %d", n, first)
		}
		i = w.open(t, "karin", i.ID)
		must(t, w.desk.Continue(t.Context(), karin(), i.ID, i.Version))
		_, err = w.desk.Save(t.Context(), w.Place.Area, i.ID, time.Minute)
		must(t, err)
		i = w.open(t, "karin", i.ID)
		if i.State != intray.Done || i.Saved[intray.New] != 60 || w.waiting(t, "karin") != 60 || i.Here() {
			t.Errorf("%s, %v, %d wait, here %v", i.State, i.Saved, w.waiting(t, "karin"), i.Here())
		}
	})
}

func TestAListStopsWhenTheRightOfItsPostEnds(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTray(t, s)
		i := w.receive(t, "karin", people(5), "kö.csv")
		must(t, w.desk.Confirm(t.Context(), w.Actor(t, "karin"), i.ID, i.Version))
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			_, err := tx.Exec(t.Context(), store.Q(`UPDATE post SET ended_at = $3 WHERE area_id = $1 AND post_id = $2`), w.Place.Area, w.Place.Posts["karin"], int64(w.Now()))
			return err
		}))
		done, err := w.desk.Save(t.Context(), w.Place.Area, i.ID, time.Minute)
		must(t, err)
		i = w.open(t, "lena", i.ID)
		if !done || i.State != intray.Stopped || i.Why != "fault.post.ended" || w.waiting(t, "lena") != 0 {
			t.Errorf("%v, %s %s, %d wait", done, i.State, i.Why, w.waiting(t, "lena"))
		}
	})
}

func TestTheUnitsChoiceOfColumnsIsRemembered(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTray(t, s)
		list := []byte("Pnr;Vem det är;Vad hen vill;Skonummer\n" + number(1) + ";Anna Ek;Jobba;38\n")
		content := func() intray.File {
			return intray.File{Content: bytes.NewReader(list), Size: int64(len(list)), Name: "a.csv"}
		}
		one, err := w.desk.Receive(t.Context(), w.Actor(t, "karin"), content())
		must(t, err)
		i := w.open(t, "karin", one)
		if i.State != intray.Columns {
			t.Fatalf("%s", i.State)
		}
		karin := func() *access.Actor { return w.Actor(t, "karin") }
		err = w.desk.Arrange(t.Context(), karin(), one, i.Version, []intray.Column{intray.Number, intray.Wish, intray.Wish, intray.Undecided}, referral.Own)
		keys := ""
		for _, f := range fault.Fields(err) {
			keys += f.Field + " " + f.Key + "\n"
		}
		if keys != "column-2 intray.columns.twice\ncolumn-3 intray.columns.choose\n" {
			t.Errorf("faults:\n%s", keys)
		}
		must(t, w.desk.Arrange(t.Context(), karin(), one, i.Version, []intray.Column{intray.Number, intray.FullName, intray.Wish, intray.Ignored}, referral.Own))
		if i = w.check(t, "karin", one); i.State != intray.Ready || i.Checked[intray.New] != 1 {
			t.Errorf("%s %v", i.State, i.Checked)
		}
		two, err := w.desk.Receive(t.Context(), karin(), content())
		must(t, err)
		if i = w.check(t, "karin", two); i.State != intray.Ready || i.Columns[1] != intray.FullName {
			t.Errorf("the next list: %s %v", i.State, i.Columns)
		}
	})
}

func TestRowsToMendComeBackAsTheyWereWithWhatIsWrong(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTray(t, s)
		i := w.receive(t, "karin", []byte(mixed), "kö.csv")
		table, err := w.desk.Mend(t.Context(), w.Actor(t, "karin"), i.ID, i18n.Get("sv"))
		must(t, err)
		var b bytes.Buffer
		must(t, sheet.WriteCSV(&b, table))
		if got := b.String(); !strings.Contains(got, "\ufeffPersonnummer;Namn;Remiss inkom;Tolk;Typ;Att rätta\r\n19121212-1213;Fel Siffra;2026-03-24;;;") ||
			strings.Count(got, "\r\n") != 4 {
			t.Errorf("the file:\n%s", got)
		}
		mended := strings.Replace(b.String(), "19121212-1213", number(7), 1)
		next := w.receive(t, "karin", []byte(mended), "rättad.csv")
		if next.Checked[intray.New] != 2 { // the mended row, and Anna's second one that now stands alone
			t.Errorf("the mended list: %v", next.Checked)
		}
	})
}

func TestAReturnAndAnotherNameAreTold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTray(t, s)
		r, who := w.Queued(t, "karin", "Anna", "Andersson", number(1))
		d := &referral.Desk{Store: s}
		must(t, d.Withdraw(t.Context(), w.Actor(t, "karin"), who, r, 1))
		list := "pnr;namn\n" + number(1) + ";Anna Andersson\n" + number(2) + ";Bo Ek\n"
		i := w.receive(t, "karin", []byte(list), "a.csv")
		if i.Checked[intray.Return] != 1 || i.Checked[intray.New] != 1 {
			t.Errorf("%v", i.Checked)
		}
		i = w.save(t, "karin", i)
		if i.Saved[intray.Return] != 1 {
			t.Errorf("saved %v", i.Saved)
		}
		i = w.receive(t, "ida", []byte("pnr;namn\n"+number(1)+";Stina Berg\n"), "b.csv")
		lines, err := w.desk.Lines(t.Context(), w.Actor(t, "ida"), i.ID, intray.Wrong, 0, 10)
		must(t, err)
		if len(lines) != 1 || lines[0].Faults[0].Key != "person.number.other" {
			t.Errorf("another name: %+v", i.Checked)
		}
	})
}

func TestManyWhoHandInTheSameListAtOncePutNobodyInTwice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTray(t, s)
		const clients, n = 64, 20
		list := people(n)
		other := &intray.Desk{Store: s, Vault: w.Vault, Clock: w.Clock()} // as another process beside the first
		var wg sync.WaitGroup
		for c := range clients {
			actor, again := w.Actor(t, "karin"), w.Actor(t, "karin")
			desk := w.desk
			if c%2 == 1 {
				desk = other
			}
			wg.Go(func() {
				id, err := desk.Receive(t.Context(), actor, intray.File{Content: bytes.NewReader(list), Size: int64(len(list)), Name: "kö.csv"})
				if err == nil {
					_, err = desk.Check(t.Context(), w.Place.Area, id, time.Minute)
				}
				if err == nil {
					err = desk.Confirm(t.Context(), again, id, 1)
				}
				if err == nil {
					_, err = desk.Save(t.Context(), w.Place.Area, id, time.Minute)
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if p, q := w.rows(t, allPeople), w.waiting(t, "karin"); p != n || q != n {
			t.Errorf("%d people, %d in the queue, want %d", p, q, n)
		}
		if k := w.rows(t, store.Q(`SELECT count(*) FROM thread_event WHERE area_id = $1`)); k != n {
			t.Errorf("%d events, want %d", k, n)
		}
	})
}
