package reading_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/reading"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

// asked lets somebody ask about what lena has read, and gives the question.
func asked(t *testing.T, w *demotest.World, d *reading.Desk) (id.Person, reading.Question) {
	t.Helper()
	_, who := w.Queued(t, "karin", "Given", "Family", "")
	opens(t, w, "lena", who, access.Read)
	must(t, d.Ask(t.Context(), own(t, w, who), w.Now().Date(), w.Place.Posts["lena"], " Varför läste hon? "))
	list := mine(t, w, who)
	if len(list) != 1 {
		t.Fatalf("%d questions", len(list))
	}
	return who, list[0]
}

func mine(t *testing.T, w *demotest.World, who id.Person) (list []reading.Question) {
	t.Helper()
	me := own(t, w, who)
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(t.Context(), tx, me, access.Identity, access.Read)
		if err == nil {
			list, err = reading.Asked(t.Context(), tx, me, a)
		}
		return err
	}))
	return list
}

func TestAQuestionIsAnsweredByOneWhoHasNothingToDoWithIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		d := &reading.Desk{Store: s}
		ctx := t.Context()
		who, q := asked(t, w, d)
		if q.Words != "Varför läste hon?" || q.To != w.Place.Posts["ida"] || q.Due != "2026-10-26" || q.Answered != 0 || q.Line.Name != "Lena Bergvall" {
			t.Errorf("%+v", q)
		}
		for _, key := range []string{"lena", "omar", "karin", "petra", "britt"} {
			if _, err := d.Case(ctx, w.Actor(t, key), who, q.ID); !errors.Is(err, fault.Missing) {
				t.Errorf("%s opens the question: %v", key, err)
			}
			if err := d.Answer(ctx, w.Actor(t, key), who, q.ID, q.Version, "nej"); !errors.Is(err, fault.Missing) {
				t.Errorf("%s answers it: %v", key, err)
			}
		}
		ida := w.Actor(t, "ida")
		c, err := d.Case(ctx, ida, who, q.ID)
		must(t, err)
		if c.Name != "Given Family" || c.Words != q.Words || c.Line.Name != "Lena Bergvall" {
			t.Errorf("%+v", c)
		}
		if err := d.Answer(ctx, ida, who, q.ID, 99, "svar"); !errors.Is(err, fault.Stale) {
			t.Errorf("a stale answer: %v", err)
		}
		if err := d.Answer(ctx, ida, who, q.ID, q.Version, "  "); len(fault.Fields(err)) != 1 {
			t.Errorf("an empty answer: %v", err)
		}
		must(t, d.Answer(ctx, ida, who, q.ID, q.Version, "Hon förberedde ert möte."))
		if got := mine(t, w, who)[0]; got.Answer != "Hon förberedde ert möte." || got.Answered == 0 {
			t.Errorf("%+v", got)
		}
		if _, err := d.Case(ctx, w.Actor(t, "ida"), who, q.ID); !errors.Is(err, fault.Missing) {
			t.Errorf("after the answer the question is open still: %v", err)
		}
	})
}

func TestTheOneWhoAnswersSeesOnlyWhoAskedAndOnlyUntilTheAnswer(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	d := &reading.Desk{Store: w.Store}
	who, q := asked(t, w, d)
	for _, c := range []struct {
		name string
		ok   bool
		do   func(tx *store.Tx, a *access.Actor) error
	}{
		{"the rule of posts", false, func(tx *store.Tx, a *access.Actor) error {
			_, err := access.Open(t.Context(), tx, a, who, access.Identity, access.Read, access.ForContact)
			return err
		}},
		{"to read", true, func(tx *store.Tx, a *access.Actor) error {
			_, err := access.OpenReview(t.Context(), tx, a, who, access.Read)
			return err
		}},
		{"to decide", false, func(tx *store.Tx, a *access.Actor) error {
			_, err := access.OpenReview(t.Context(), tx, a, who, access.Decide)
			return err
		}},
	} {
		err := w.Store.Read(t.Context(), func(tx *store.Tx) error { return c.do(tx, w.Actor(t, "ida")) })
		if c.ok != (err == nil) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error { // protected meanwhile: the prohibition beats the ground
		_, err := tx.Exec(t.Context(), store.Q(`UPDATE person SET protected = 1 WHERE area_id = $1 AND person_id = $2`), w.Place.Area, who)
		return err
	}))
	if _, err := d.Case(t.Context(), w.Actor(t, "ida"), who, q.ID); !errors.Is(err, fault.Missing) {
		t.Errorf("a protected person's question: %v", err)
	}
}

func TestAskingIsKeptFromTheReader(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		d := &reading.Desk{Store: s}
		who, q := asked(t, w, d)
		ida := w.Actor(t, "ida")
		must(t, d.Answer(t.Context(), ida, who, q.ID, q.Version, "svar"))
		lena := w.Actor(t, "lena")
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			a, err := access.Open(t.Context(), tx, lena, who, access.Identity, access.Read, access.ForTogether)
			if err != nil {
				return err
			}
			l, err := reading.Of(t.Context(), tx, lena, a, reading.Page{})
			if strings.Contains(fmt.Sprint(l.Units, l.Recent), "Ungdomsslussen") {
				t.Errorf("the units tell the reader that somebody asked: %v %v", l.Units, l.Recent)
			}
			for _, day := range l.Days {
				for _, line := range day.Lines {
					if line.Post == ida.Post() || line.Self() {
						t.Errorf("the reader sees at the table that somebody asked: %+v", line)
					}
				}
			}
			var events int
			if err := tx.One(t.Context(), store.Q(`SELECT count(*) FROM thread_event WHERE area_id = $1 AND person_id = $2 AND kind LIKE '%question%'`), []any{w.Place.Area, who}, &events); err != nil || events > 0 {
				t.Errorf("the thread tells of it: %d %v", events, err)
			}
			return err
		}))
		found := false
		for _, day := range all(t, w, who) {
			for _, line := range day.Lines {
				found = found || line.Post == ida.Post() && line.Acts[0].Ground == access.ByReview
			}
		}
		if !found {
			t.Error("the person does not see that their question was opened")
		}
	})
}

func TestAnOverdueAnswerIsSeenByWhoLeadsTheOneWhoAnswers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		d := &reading.Desk{Store: s}
		must(t, w.Org.NameReviewer(t.Context(), w.Actor(t, "omar"), w.Place.Posts["karin"]))
		w.Pass(1)
		_, q := asked(t, w, d)
		if q.To != w.Place.Posts["karin"] {
			t.Fatalf("it went to %s", q.To)
		}
		late := func(key string) (list []reading.Waiting) {
			a := w.Actor(t, key)
			must(t, s.Read(t.Context(), func(tx *store.Tx) (err error) {
				list, err = reading.Overdue(t.Context(), tx, a)
				return err
			}))
			return list
		}
		if n := len(late("omar")); n != 0 {
			t.Errorf("%d overdue on the first day", n)
		}
		w.Pass(15)
		if l := late("omar"); len(l) != 1 || l[0].To != q.To || l[0].Who != 0 || l[0].ID != 0 {
			t.Errorf("the head sees %+v", l)
		}
		for _, key := range []string{"lena", "karin", "ida"} {
			if n := len(late(key)); n != 0 {
				t.Errorf("%s sees %d", key, n)
			}
		}
		karin := w.Actor(t, "karin")
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			l, err := reading.ToAnswer(t.Context(), tx, karin)
			if len(l) != 1 || l[0].ID != q.ID {
				t.Errorf("karin has %+v to answer", l)
			}
			return err
		}))
	})
}

func TestOneAsksOnlyAboutALineOfOnesOwn(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	d := &reading.Desk{Store: w.Store}
	_, who := w.Queued(t, "karin", "Given", "Family", "")
	_, other := w.Queued(t, "karin", "Other", "Family", "")
	opens(t, w, "lena", other, access.Read)
	today := w.Now().Date()
	me := own(t, w, who)
	for name, err := range map[string]error{
		"another's line": d.Ask(t.Context(), me, today, w.Place.Posts["lena"], "x"),
		"one's own look": d.Ask(t.Context(), me, today, 0, "x"),
		"another day":    d.Ask(t.Context(), me, today.Add(-1), w.Place.Posts["karin"], "x"),
	} {
		if !errors.Is(err, fault.Missing) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, words := range []string{"", strings.Repeat("x", 4001)} {
		if err := d.Ask(t.Context(), own(t, w, who), today, w.Place.Posts["karin"], words); len(fault.Fields(err)) != 1 {
			t.Errorf("%d characters: %v", len(words), err)
		}
	}
}

func TestAQuestionOnPaperIsTypedInByWhoHasNotReadAndSaysSo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		d, ctx, today := &reading.Desk{Store: s}, t.Context(), w.Now().Date()
		_, who := w.Queued(t, "karin", "Given", "Family", "")
		opens(t, w, "lena", who, access.Read)
		lena, karin := w.Actor(t, "lena"), w.Actor(t, "karin")
		for name, err := range map[string]error{
			"by who has read":           d.AskPaper(ctx, lena, who, today, lena.Post(), "Varför?"),
			"about a day without any":   d.AskPaper(ctx, karin, who, today.Add(-40), lena.Post(), "Varför?"),
			"without words":             d.AskPaper(ctx, karin, who, today, lena.Post(), " "),
			"about who has not read it": d.AskPaper(ctx, karin, who, today, w.Place.Posts["ibrahim"], "Varför?"),
		} {
			if len(fault.Fields(err)) != 1 {
				t.Errorf("asked %s: %v", name, err)
			}
		}
		must(t, d.AskPaper(ctx, karin, who, today, lena.Post(), "Varför läste hon?"))
		list := mine(t, w, who)
		if len(list) != 1 || list[0].TypedBy != karin.Post() || list[0].Words != "Varför läste hon?" || list[0].To == lena.Post() || list[0].Line.Name != "Lena Bergvall" {
			t.Errorf("%+v", list)
		}
		if _, q := asked(t, w, d); q.TypedBy != 0 {
			t.Error("what one asks oneself is said to be from paper")
		}
	})
}
