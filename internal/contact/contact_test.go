package contact

import (
	"os"
	"strings"
	"sync"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// world is the demo's world with Samira, who is Lena's participant since today.
type world struct {
	*demotest.World
	desk *Desk
	who  id.Person
}

func each(t *testing.T, f func(t *testing.T, w world)) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		f(t, world{w, &Desk{Store: s}, w.Participant(t, "karin", "lena", "Samira", "Haddad")})
	})
}

func (w world) read(t *testing.T, key string) Record {
	t.Helper()
	r, err := w.desk.Open(t.Context(), w.Actor(t, key), w.who)
	must(t, err)
	return r
}

// plan agrees on a meeting so many days ahead and gives it as it is stored.
func (w world) plan(t *testing.T, days int) Appointment {
	t.Helper()
	_, err := w.desk.Plan(t.Context(), w.Actor(t, "lena"), w.who, Form{On: w.Now().Date().Add(days), At: "10:00", How: "here", About: "Praktik på Café Bryggan."})
	must(t, err)
	return *w.read(t, "lena").Next()
}

func (w world) note() NoteForm {
	return NoteForm{On: w.Now().Date(), Kind: "phone", Text: "Ringde. Samira vill komma på onsdag."}
}

func (w world) count(t *testing.T, kind string) (n int) {
	t.Helper()
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		return tx.One(t.Context(), store.Q(`SELECT count(*) FROM thread_event WHERE area_id = $1 AND person_id = $2 AND kind = $3`), []any{w.Place.Area, w.who, kind}, &n)
	}))
	return n
}

func (w world) silent(t *testing.T, key string, days int) (list []Quiet) {
	t.Helper()
	a := w.Actor(t, key)
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = Silent(t.Context(), tx, a, days)
		return err
	}))
	return list
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestDraftIsSeenByItsAuthorAlone(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		draft, err := w.desk.Save(t.Context(), w.Actor(t, "lena"), w.who, NoteForm{Text: "Halvskrivet"})
		must(t, err)
		if r := w.read(t, "lena"); len(r.Drafts) != 1 || r.Drafts[0].Text != "Halvskrivet" || len(r.Notes) != 0 {
			t.Errorf("%+v", r)
		}
		if r := w.read(t, "karin"); len(r.Drafts) != 0 || len(r.Notes) != 0 {
			t.Error("a colleague sees the draft")
		}
		n := w.note()
		n.ID, n.Version = draft, 1
		if _, err := w.desk.Sign(t.Context(), w.Actor(t, "karin"), w.who, n); err != fault.Stale {
			t.Error("a colleague signs it:", err)
		}
		if _, _, err := w.desk.Copy(t.Context(), w.Actor(t, "lena"), w.who, draft); !fault.Is(err, fault.NotFound) {
			t.Error("a draft is copied:", err)
		}
		must(t, w.desk.Drop(t.Context(), w.Actor(t, "lena"), w.who, draft, 1))
		if r := w.read(t, "lena"); len(r.Drafts) != 0 {
			t.Error("a dropped draft is shown")
		}
	})
}

func TestSignedNoteIsLocked(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		lena := w.Actor(t, "lena")
		signed, err := w.desk.Sign(t.Context(), lena, w.who, w.note())
		must(t, err)
		n := w.note()
		n.ID, n.Version, n.Text = signed, 1, "Något annat"
		for name, change := range map[string]func() error{
			"written on":   func() error { _, err := w.desk.Save(t.Context(), lena, w.who, n); return err },
			"signed again": func() error { _, err := w.desk.Sign(t.Context(), lena, w.who, n); return err },
			"dropped":      func() error { return w.desk.Drop(t.Context(), lena, w.who, signed, 1) },
		} {
			if err := change(); err != fault.Stale {
				t.Errorf("%s: %v", name, err)
			}
		}
		r := w.read(t, "karin")
		if len(r.Notes) != 1 || r.Notes[0].Text != w.note().Text || r.Notes[0].Author != "Lena Bergvall" || w.count(t, "note.signed") != 1 {
			t.Errorf("%+v", r.Notes)
		}
	})
}

func TestCorrectionLeavesBothToBeSeen(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		first, err := w.desk.Sign(t.Context(), w.Actor(t, "lena"), w.who, w.note())
		must(t, err)
		w.Pass(1)
		n := w.note()
		n.Corrects, n.Text = first, "Det var torsdag, inte onsdag."
		second, err := w.desk.Sign(t.Context(), w.Actor(t, "karin"), w.who, n)
		must(t, err)
		r := w.read(t, "lena")
		if len(r.Notes) != 2 || r.Notes[0].ID != second || r.Notes[0].Corrects != first || r.Notes[1].CorrectedBy != second || r.Notes[1].Text != w.note().Text {
			t.Errorf("%+v", r.Notes)
		}
		n.Corrects = second + 1
		if _, err := w.desk.Sign(t.Context(), w.Actor(t, "lena"), w.who, n); !fault.Is(err, fault.NotFound) {
			t.Error("corrects a note that is not there:", err)
		}
	})
}

func TestDraftSavedElsewhereIsStale(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		n := w.note()
		draft, err := w.desk.Save(t.Context(), w.Actor(t, "lena"), w.who, n)
		must(t, err)
		n.ID, n.Version = draft, 1
		_, err = w.desk.Save(t.Context(), w.Actor(t, "lena"), w.who, n)
		must(t, err)
		if _, err := w.desk.Sign(t.Context(), w.Actor(t, "lena"), w.who, n); err != fault.Stale {
			t.Error(err)
		}
	})
}

func TestOnlyTheUnitReadsAndMeets(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		p := w.plan(t, 0)
		signed, err := w.desk.Sign(t.Context(), w.Actor(t, "lena"), w.who, w.note())
		must(t, err)
		for name, refused := range map[string]func(a *access.Actor) error{
			"opens":  func(a *access.Actor) error { _, err := w.desk.Open(t.Context(), a, w.who); return err },
			"copies": func(a *access.Actor) error { _, _, err := w.desk.Copy(t.Context(), a, w.who, signed); return err },
			"signs":  func(a *access.Actor) error { _, err := w.desk.Sign(t.Context(), a, w.who, w.note()); return err },
			"meets":  func(a *access.Actor) error { return w.desk.Met(t.Context(), a, w.who, p.ID, p.Version) },
		} {
			if err := refused(w.Actor(t, "petra")); !fault.Is(err, fault.NotFound) {
				t.Errorf("another unit %s: %v", name, err)
			}
		}
		if _, err := w.desk.Open(t.Context(), w.Actor(t, "britt"), w.who); !fault.Is(err, fault.NotFound) {
			t.Error("reception reads notes:", err)
		}
		must(t, w.desk.Met(t.Context(), w.Actor(t, "britt"), w.who, p.ID, p.Version)) // but may say who came
	})
}

func TestMetIsMarkedOnceAndTakenBack(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		p := w.plan(t, 2)
		if err := w.desk.Met(t.Context(), w.Actor(t, "lena"), w.who, p.ID, p.Version); !fault.Is(err, fault.Conflict) {
			t.Error("met ahead of its day:", err)
		}
		w.Pass(2)
		var wg sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			a := w.Actor(t, "lena")
			wg.Go(func() { errs[i] = w.desk.Met(t.Context(), a, w.who, p.ID, p.Version) })
		}
		wg.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else if err != fault.Stale {
				t.Error(err)
			}
		}
		if done != 1 || w.count(t, "contact.met") != 1 {
			t.Errorf("met %d times", done)
		}
		if r := w.read(t, "lena"); r.LastMet != w.Now().Date() || r.Next() != nil {
			t.Errorf("%+v", r)
		}
		must(t, w.desk.Reopen(t.Context(), w.Actor(t, "lena"), w.who, p.ID, p.Version+1))
		if r := w.read(t, "lena"); r.LastMet != "" || r.Next() == nil || w.count(t, "contact.unmet") != 1 {
			t.Errorf("%+v", r)
		}
	})
}

func TestMissedMeetingIsNoEventOnTheThread(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		p := w.plan(t, 0)
		must(t, w.desk.Missed(t.Context(), w.Actor(t, "lena"), w.who, p.ID, p.Version))
		r := w.read(t, "lena")
		if r.Appointments[0].State != Absent || r.LastMet != "" || w.count(t, "contact.met") != 0 {
			t.Errorf("%+v", r)
		}
		if err := w.desk.Met(t.Context(), w.Actor(t, "lena"), w.who, p.ID, p.Version); err != fault.Stale {
			t.Error(err)
		}
		must(t, w.desk.Reopen(t.Context(), w.Actor(t, "lena"), w.who, p.ID, p.Version+1))
		if w.count(t, "contact.unmet") != 0 {
			t.Error("a miss taken back is told as a meeting taken back")
		}
	})
}

func TestMovedMeetingStaysToBeSeen(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		p := w.plan(t, 1)
		f := Form{On: w.Now().Date().Add(3), At: "13:00", How: "phone"}
		made, err := w.desk.Move(t.Context(), w.Actor(t, "lena"), w.who, p.ID, p.Version, f)
		must(t, err)
		if _, err := w.desk.Move(t.Context(), w.Actor(t, "lena"), w.who, p.ID, p.Version, f); err != fault.Stale {
			t.Error("moved twice:", err)
		}
		r := w.read(t, "lena")
		if len(r.Appointments) != 2 || r.Next().ID != made || r.Appointments[1].State != IsMoved || r.Appointments[1].MovedTo != made {
			t.Errorf("%+v", r.Appointments)
		}
	})
}

func TestMeetingNeedsDayTimeAndWayAtTheUnit(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		today := w.Now().Date()
		for field, f := range map[string]Form{
			"on":   {At: "10:00", How: "here"},
			"at":   {On: today, How: "here"},
			"how":  {On: today, At: "10:00"},
			"post": {On: today, At: "10:00", How: "here", Post: w.Place.Posts["petra"]},
			"room": {On: today, At: "10:00", How: "here", Room: 7},
		} {
			_, err := w.desk.Plan(t.Context(), w.Actor(t, "lena"), w.who, f)
			if form := fault.Fields(err); len(form) != 1 || form[0].Field != field {
				t.Errorf("%s: %v", field, err)
			}
		}
		_, err := w.desk.Plan(t.Context(), w.Actor(t, "lena"), w.who, Form{On: today.Add(-1), At: "10:00", How: "here"})
		if form := fault.Fields(err); len(form) != 1 || form[0].Key != "contact.on.past" {
			t.Error(err)
		}
	})
}

func TestTodayIsTheActorsOwnInOrder(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		first := w.plan(t, 0)
		other := w.Participant(t, "karin", "ibrahim", "Jonas", "Ek")
		_, err := w.desk.Plan(t.Context(), w.Actor(t, "karin"), other, Form{On: w.Now().Date(), At: "09:00", How: "phone", Post: w.Place.Posts["lena"]})
		must(t, err)
		_, err = w.desk.Plan(t.Context(), w.Actor(t, "ibrahim"), other, Form{On: w.Now().Date(), At: "08:00", How: "phone"})
		must(t, err)
		a := w.Actor(t, "lena")
		var list []Meeting
		must(t, w.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
			list, err = Today(t.Context(), tx, a, w.Now().Date())
			return err
		}))
		if len(list) != 2 || list[0].Name != "Jonas Ek" || list[1].ID != first.ID || list[1].About != "Praktik på Café Bryggan." || list[1].Person != w.who {
			t.Errorf("%+v", list)
		}
	})
}

func TestSilentAreThoseNobodyHasMetForLong(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		began := w.Now().Date()
		w.Pass(20)
		jonas := w.Participant(t, "karin", "ibrahim", "Jonas", "Ek")
		w.Pass(15)
		if list := w.silent(t, "lena", 14); len(list) != 1 || list[0].Name != "Samira Haddad" || list[0].LastOn != began || list[0].Reach == "" {
			t.Errorf("%+v", list)
		}
		if list := w.silent(t, "karin", 14); len(list) != 2 || list[0].Person != w.who || list[1].Person != jonas {
			t.Errorf("%+v", list)
		}
		if list := w.silent(t, "karin", 15); len(list) != 1 {
			t.Errorf("more than fifteen days: %+v", list)
		}
		if list := w.silent(t, "ida", 1); len(list) != 0 {
			t.Errorf("another unit: %+v", list)
		}
		p := w.plan(t, 3)
		if list := w.silent(t, "lena", 14); len(list) != 1 || list[0].NextOn != p.On {
			t.Errorf("%+v", list)
		}
		_, err := w.desk.Sign(t.Context(), w.Actor(t, "lena"), w.who, w.note()) // a telephone call
		must(t, err)
		if list := w.silent(t, "lena", 14); len(list) != 0 {
			t.Errorf("spoken with today: %+v", list)
		}
	})
}

func TestNothingWrittenIsReadableInTheDatabase(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.plan(t, 0)
		_, err := w.desk.Sign(t.Context(), w.Actor(t, "lena"), w.who, w.note())
		must(t, err)
		var note, about []byte
		must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
			return tx.One(t.Context(), store.Q(`SELECT n.sealed, m.sealed FROM note n, appointment m WHERE n.area_id = $1 AND m.area_id = $1`), []any{w.Place.Area}, &note, &about)
		}))
		if s := string(note) + string(about); strings.Contains(s, "Ringde") || strings.Contains(s, "Bryggan") || len(note) < 30 || len(about) < 30 {
			t.Errorf("%q", s)
		}
	})
}

func TestNoteDayIsNotAhead(t *testing.T) {
	today := clock.Date("2026-10-12")
	for name, x := range map[string]struct {
		form NoteForm
		sign bool
		want string
	}{
		"a draft of a few words": {NoteForm{Text: "x"}, false, ""},
		"an empty draft":         {NoteForm{On: today, Kind: "phone"}, false, "text"},
		"signed without a day":   {NoteForm{Kind: "phone", Text: "x"}, true, "noted"},
		"signed without a kind":  {NoteForm{On: today, Text: "x"}, true, "kind"},
		"a day ahead":            {NoteForm{On: today.Add(1), Kind: "phone", Text: "x"}, true, "noted"},
		"whole":                  {NoteForm{On: today, Kind: "phone", Text: "x"}, true, ""},
	} {
		got := ""
		if form := fault.Fields(x.form.check(today, x.sign)); len(form) > 0 {
			got = form[0].Field
		}
		if got != x.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
