package contact

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/fault"
	"sluss/internal/store"
)

// self is Samira on her own pages.
func (w world) self(t *testing.T) *access.Actor {
	t.Helper()
	me := w.Themself(t, w.who)
	me.Declare(access.OwnRecord, access.Read, access.Write)
	return me
}

// own is what Samira reads about herself.
func (w world) own(t *testing.T) (list []Note) {
	t.Helper()
	me := w.self(t)
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(t.Context(), tx, me, access.Documents, access.Read)
		if err == nil {
			list, err = Own(t.Context(), tx, me, a)
		}
		return err
	}))
	return list
}

// said is the desk where what a person says is kept, and thing a note as it knows it.
func (w world) said() *comment.Desk { return &comment.Desk{Store: w.Store} }

func thing(n NoteID) comment.Thing { return comment.Thing{Kind: comment.Note, Ref: int64(n)} }

func (w world) sign(t *testing.T, text string, held Held) NoteID {
	t.Helper()
	n := w.note()
	n.Text, n.Held = text, held
	k, err := w.desk.Sign(t.Context(), w.Actor(t, "lena"), w.who, n)
	must(t, err)
	return k
}

func TestAPersonReadsTheSignedNotesAboutThemAndNoWordOfOneThatIsHeld(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		lena, ctx := w.Actor(t, "lena"), t.Context()
		shown := w.sign(t, "Vi pratade om bussen.", "")
		third, told := w.sign(t, "Hennes syster är sjuk.", Third), w.sign(t, "Grannen ringde.", Informant)
		_, err := w.desk.Save(ctx, lena, w.who, NoteForm{Text: "Halvskrivet"})
		must(t, err)
		table, err := w.desk.Told(ctx, lena, w.who)
		must(t, err)
		for where, list := range map[string][]Note{"alone": w.own(t), "at the table": table} {
			text := map[NoteID]string{}
			for _, n := range list {
				text[n.ID] = n.Text
			}
			if len(text) != 3 || text[shown] != "Vi pratade om bussen." || text[third] != "" || text[told] != "" {
				t.Errorf("%s: %v", where, text)
			}
		}
		if r := w.read(t, "karin"); len(r.Notes) != 3 || r.Notes[0].Text != "Grannen ringde." || r.Notes[0].Held != Informant || r.Notes[0].HeldBy != lena.Post() {
			t.Errorf("staff read %+v", r.Notes)
		}
		must(t, w.desk.Hold(ctx, w.Actor(t, "karin"), w.who, shown, 1, Third))
		must(t, w.desk.Hold(ctx, lena, w.who, third, 1, ""))
		for _, n := range w.own(t) {
			if n.ID == shown && n.Text != "" || n.ID == third && n.Text != "Hennes syster är sjuk." {
				t.Errorf("after it was said otherwise: %+v", n)
			}
		}
		for name, err := range map[string]error{
			"said otherwise meanwhile": w.desk.Hold(ctx, lena, w.who, shown, 1, ""),
			"for no known reason":      w.desk.Hold(ctx, lena, w.who, shown, 2, "because"),
			"of nobody's":              w.desk.Hold(ctx, lena, w.who, shown+1, 2, Third),
		} {
			if err == nil {
				t.Errorf("a note is held %s", name)
			}
		}
	})
}

func TestWhatAPersonSaysOfANoteStandsBesideItAndIsNeverChanged(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, me := t.Context(), w.self(t)
		shown, held := w.sign(t, "Samira ville inte.", ""), w.sign(t, "Hennes syster är sjuk.", Third)
		must(t, w.said().SayOwn(ctx, me, thing(shown), " Jag ville, men bussen gick inte. "))
		must(t, w.said().SayOwn(ctx, me, thing(held), "Jag vill läsa den"))
		must(t, w.said().Say(ctx, w.Actor(t, "karin"), w.who, thing(shown), "Det stod på lappen", true))
		for name, list := range map[string][]Note{"staff": w.read(t, "lena").Notes, "the person": w.own(t)} {
			for _, n := range list {
				if n.ID != shown {
					continue
				}
				if c := n.Comments; n.Text != "Samira ville inte." || n.Version != 1 || len(c) != 2 || c[0].Words != "Jag ville, men bussen gick inte." || c[0].By != 0 || c[0].Paper ||
					c[1].Words != "Det stod på lappen" || c[1].By != w.Place.Posts["karin"] || !c[1].Paper {
					t.Errorf("%s: %+v", name, n)
				}
			}
		}
		for name, err := range map[string]error{
			"nothing":              w.said().SayOwn(ctx, me, thing(shown), "  "),
			"much too much":        w.said().SayOwn(ctx, me, thing(shown), strings.Repeat("å", 2001)),
			"of no note of theirs": w.said().SayOwn(ctx, me, thing(shown+1), "Jag"),
		} {
			if err == nil {
				t.Errorf("%s was said", name)
			}
		}
		draft, err := w.desk.Save(ctx, w.Actor(t, "lena"), w.who, NoteForm{Text: "Halvskrivet"})
		must(t, err)
		if err := w.said().SayOwn(ctx, me, thing(draft), "Jag"); !fault.Is(err, fault.NotFound) {
			t.Error("something was said of a draft:", err)
		}
		for i := range 18 {
			must(t, w.said().SayOwn(ctx, me, thing(shown), "Och en sak till: "+string(rune('a'+i))))
		}
		if err := w.said().SayOwn(ctx, me, thing(shown), "Och en"); len(fault.Fields(err)) != 1 {
			t.Error("without end:", err)
		}
	})
}

// unheard gives the notes that Today shows a worker, of which somebody has said something.
func (w world) unheard(t *testing.T, key string) (list []comment.Unheard) {
	t.Helper()
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = comment.UnheardOf(t.Context(), tx, w.Actor(t, key), 12)
		return err
	}))
	return list
}

func TestWhatAPersonSaysOfANoteWaitsForTheirCoachUntilItIsRead(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx, me := t.Context(), w.self(t)
		n, other := w.sign(t, "Samira ville inte.", ""), w.sign(t, "Samira kom.", "")
		must(t, w.said().SayOwn(ctx, me, thing(n), "Jag ville."))
		must(t, w.said().SayOwn(ctx, me, thing(n), "Bussen gick inte."))
		must(t, w.said().Say(ctx, w.Actor(t, "lena"), w.who, thing(other), "Det stämmer", false))
		if got := w.unheard(t, "lena"); len(got) != 1 || got[0].Thing != thing(n) || got[0].Person != w.who || got[0].Name == "" {
			t.Fatalf("waits for the coach: %+v", got)
		}
		for _, key := range []string{"samar", "ibrahim"} {
			if got := w.unheard(t, key); len(got) != 0 {
				t.Errorf("waits for %s, who is not the coach: %+v", key, got)
			}
		}
		note := func() Note {
			list := w.own(t)
			return list[slices.IndexFunc(list, func(x Note) bool { return x.ID == n })]
		}
		first, last := note().Comments[0].ID, note().Comments[1].ID
		if err := w.said().Hear(ctx, w.Actor(t, "samar"), w.who, thing(n), last); err == nil {
			t.Error("a colleague reads it in the coach's stead")
		}
		must(t, w.said().Hear(ctx, w.Actor(t, "lena"), w.who, thing(n), first))
		if got := w.unheard(t, "lena"); len(got) != 1 {
			t.Errorf("what was said after what was shown is taken for read: %+v", got)
		}
		must(t, w.said().Hear(ctx, w.Actor(t, "lena"), w.who, thing(n), last))
		if err := w.said().Hear(ctx, w.Actor(t, "lena"), w.who, thing(n), last); !errors.Is(err, fault.Stale) {
			t.Error("read twice:", err)
		}
		if got := w.unheard(t, "lena"); len(got) != 0 {
			t.Errorf("what is read still waits: %+v", got)
		}
		for _, c := range note().Comments {
			if c.SeenAt == 0 || c.SeenBy != w.Place.Posts["lena"] {
				t.Errorf("the person is not told who has read it: %+v", c)
			}
		}
	})
}
