package story_test

import (
	"errors"
	"os"
	"testing"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/story"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

const words = "Jag satt hemma i fyra år. Nu lagar jag mat för trettio personer varje tisdag."

type bench struct {
	*demotest.World
	d *story.Desk
}

func desk(t *testing.T, s *store.Store) bench {
	w := demotest.New(t, s)
	return bench{w, &story.Desk{Store: w.Store}}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (b bench) of(t *testing.T, who id.Person) (s story.Story) {
	t.Helper()
	me := b.Themself(t, who)
	must(t, b.Store.Read(t.Context(), func(tx *store.Tx) error {
		a, err := access.OpenOwn(t.Context(), tx, me, story.Need, access.Read)
		if err == nil {
			s, err = story.Of(t.Context(), tx, me, a)
		}
		return err
	}))
	return s
}

func (b bench) waiting(t *testing.T, worker string) (list []story.Waiting, err error) {
	t.Helper()
	err = b.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = story.WaitingAt(t.Context(), tx, b.Actor(t, worker))
		return err
	})
	return list, err
}

func (b bench) shown(t *testing.T, unit string) (list []story.Shown) {
	t.Helper()
	must(t, b.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = story.ShownAt(t.Context(), tx, b.Place.Area, b.Place.Units[unit], 10)
		return err
	}))
	return list
}

// told lets somebody new tell, say yes, and have it shown.
func (b bench) told(t *testing.T, given, name string) id.Person {
	t.Helper()
	who := b.Participant(t, "karin", "lena", given, "Sahlin")
	must(t, b.d.WriteOwn(t.Context(), b.Themself(t, who), story.Form{Words: words, Name: name, Lang: "sv"}))
	must(t, b.d.AgreeOwn(t.Context(), b.Themself(t, who), 1))
	must(t, b.d.Show(t.Context(), b.Actor(t, "karin"), who, 2))
	return who
}

func TestAStoryIsReadByEverybodyAfterAYesAndAnEditorAndNotBefore(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b, ctx := desk(t, s), t.Context()
		who := b.Participant(t, "karin", "lena", "Rut", "Sahlin")
		must(t, b.d.WriteOwn(ctx, b.Themself(t, who), story.Form{Words: words, Name: "R, 41 år", Lang: "sv"}))
		if list, err := b.waiting(t, "karin"); err != nil || len(list) != 0 {
			t.Errorf("an editor reads it before the yes: %v %v", list, err)
		}
		if err := b.d.Show(ctx, b.Actor(t, "karin"), who, 1); !errors.Is(err, fault.Stale) {
			t.Errorf("shown without a yes: %v", err)
		}
		must(t, b.d.AgreeOwn(ctx, b.Themself(t, who), 1))
		if len(b.shown(t, "Vuxenslussen")) != 0 {
			t.Error("shown without an editor")
		}
		list, err := b.waiting(t, "karin")
		if err != nil || len(list) != 1 || list[0].Person != who || list[0].Words != words || list[0].Name != "R, 41 år" {
			t.Errorf("the editor reads %+v %v", list, err)
		}
		if _, err := b.waiting(t, "lena"); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a coach lists them: %v", err)
		}
		if err := b.d.Show(ctx, b.Actor(t, "lena"), who, 2); !fault.Is(err, fault.Forbidden) {
			t.Errorf("a coach shows it: %v", err)
		}
		if err := b.d.Show(ctx, b.Actor(t, "ida"), who, 2); err == nil {
			t.Error("another unit's editor shows it")
		}
		must(t, b.d.Show(ctx, b.Actor(t, "karin"), who, 2))
		must(t, b.d.Show(ctx, b.Actor(t, "karin"), who, 2)) // the button twice
		if got := b.shown(t, "Vuxenslussen"); len(got) != 1 || got[0].Words != words || got[0].Name != "R, 41 år" || got[0].Lang != "sv" {
			t.Errorf("everybody reads %+v", got)
		}
		if len(b.shown(t, "Ungdomsslussen")) != 0 {
			t.Error("another gateway shows it")
		}
		if got := b.of(t, who); got.ShownOn != b.Now().Date() || got.YesHow != story.Own {
			t.Errorf("its owner is told %+v", got)
		}
		if list, err := b.waiting(t, "karin"); err != nil || len(list) != 0 {
			t.Errorf("it still waits: %v %v", list, err)
		}
	})
}

func TestAYesTakenBackLeavesNothingForAnybodyElseToRead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b, ctx := desk(t, s), t.Context()
		for _, x := range []struct {
			what string
			take func(id.Person) error
			left string
		}{
			{"by themself", func(who id.Person) error { return b.d.TakeOwn(ctx, b.Themself(t, who), false) }, words},
			{"by themself with the story", func(who id.Person) error { return b.d.TakeOwn(ctx, b.Themself(t, who), true) }, ""},
			{"at the table", func(who id.Person) error { return b.d.Take(ctx, b.Actor(t, "lena"), who, false) }, words},
			{"by words that are changed", func(who id.Person) error {
				return b.d.WriteOwn(ctx, b.Themself(t, who), story.Form{Words: words + " Ja.", Lang: "sv", Seen: 2})
			}, words + " Ja."},
		} {
			who := b.told(t, "Rut", "")
			must(t, x.take(who))
			if got := b.shown(t, "Vuxenslussen"); len(got) != 0 {
				t.Errorf("%s: everybody still reads %+v", x.what, got)
			}
			if got := b.of(t, who); got.YesOn != "" || got.ShownOn != "" || got.Words != x.left {
				t.Errorf("%s: its owner has %+v", x.what, got)
			}
			if err := b.d.Show(ctx, b.Actor(t, "karin"), who, b.of(t, who).Version); !errors.Is(err, fault.Stale) {
				t.Errorf("%s: shown again without a yes: %v", x.what, err)
			}
			must(t, b.d.TakeOwn(ctx, b.Themself(t, who), true)) // what is gone is taken back once more
		}
	})
}

func TestAnEditorTakesAStoryAwayAlsoOfOneWhoHasLeft(t *testing.T) {
	b := desk(t, storetest.Open(t, storetest.SQLite(t)))
	who := b.told(t, "Rut", "")
	must(t, b.Store.Write(t.Context(), func(tx *store.Tx) error {
		return access.Untie(t.Context(), tx, b.Place.Area, who, b.Place.Units["Vuxenslussen"], b.Now().Date(), b.Now())
	}))
	key := b.shown(t, "Vuxenslussen")[0].ID
	if err := b.d.Hide(t.Context(), b.Actor(t, "lena"), key); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a coach takes it away: %v", err)
	}
	if err := b.d.Hide(t.Context(), b.Actor(t, "ida"), key); !fault.Is(err, fault.NotFound) || len(b.shown(t, "Vuxenslussen")) != 1 {
		t.Errorf("another unit's editor takes it away: %v", err)
	}
	must(t, b.d.Hide(t.Context(), b.Actor(t, "karin"), key))
	if len(b.shown(t, "Vuxenslussen")) != 0 {
		t.Error("it is still shown")
	}
}

func TestNothingIsToldOfWhoIsProtected(t *testing.T) {
	b, ctx := desk(t, storetest.Open(t, storetest.SQLite(t))), t.Context()
	who := b.told(t, "Rut", "")
	omar := b.Actor(t, "omar")
	must(t, (&person.Desk{Store: b.Store}).Protect(ctx, omar, who, person.ProtectForm{Version: 1, Kind: person.Marked, Posts: []id.Post{omar.Post(), b.Place.Posts["karin"]}}))
	if got := b.shown(t, "Vuxenslussen"); len(got) != 0 {
		t.Errorf("everybody reads %+v", got)
	}
	karin := b.Actor(t, "karin")
	if err := b.d.Write(ctx, karin, who, story.Form{Words: words, Lang: "sv", Seen: 2}); !fault.Is(err, fault.Conflict) {
		t.Errorf("written: %v", err)
	}
	if err := b.d.Show(ctx, karin, who, 2); !fault.Is(err, fault.Conflict) {
		t.Errorf("shown: %v", err)
	}
	must(t, b.d.Take(ctx, karin, who, true))
}

func TestNothingInTheWordsTellsWhoItIsButTheNameThatTheyHaveChosen(t *testing.T) {
	b := desk(t, storetest.Open(t, storetest.SQLite(t)))
	who := b.Participant(t, "karin", "lena", "Bo Amina", "Sahlin")
	for _, x := range []struct{ words, name, field string }{
		{"Jag heter Amina och jag trivs här.", "", "words"},
		{"Fru Sahlin trivs här på slussen.", "Amina", "words"},
		{"Jag heter Amina och jag trivs här.", "Amina", ""},
		{"Jag vill bo kvar i min lilla stad.", "", ""},
		{"Ring mig på 070-174 06 21 om du undrar.", "", "words"},
		{"Mitt nummer är 19850412-2382 om du undrar.", "", "words"},
		{"Skriv till amina@exempel.se om du undrar.", "", "words"},
		{"Jag kom hit den 3 mars 2025 klockan 10.30.", "", ""},
		{"Jag trivs så bra här på slussen.", "070 174 06 21", "name"},
		{"För kort.", "", "words"},
	} {
		err := b.d.WriteOwn(t.Context(), b.Themself(t, who), story.Form{Words: x.words, Name: x.name, Lang: "sv", Seen: b.of(t, who).Version})
		got := ""
		if f := fault.Fields(err); len(f) > 0 {
			got, err = f[0].Field, nil
		}
		if err != nil || got != x.field {
			t.Errorf("%q by %q: wrong in %q, %v, wants %q", x.words, x.name, got, err, x.field)
		}
	}
}

func TestAYesIsToTheWordsThatWereRead(t *testing.T) {
	b, ctx := desk(t, storetest.Open(t, storetest.SQLite(t))), t.Context()
	who := b.Participant(t, "karin", "lena", "Rut", "Sahlin")
	must(t, b.d.Write(ctx, b.Actor(t, "lena"), who, story.Form{Words: words, Lang: "sv"}))
	must(t, b.d.Write(ctx, b.Actor(t, "lena"), who, story.Form{Words: words + " Det är sant.", Lang: "sv", Seen: 1}))
	if err := b.d.AgreeOwn(ctx, b.Themself(t, who), 1); !errors.Is(err, fault.Stale) {
		t.Errorf("a yes to words that are changed: %v", err)
	}
	if err := b.d.Write(ctx, b.Actor(t, "lena"), who, story.Form{Words: words, Lang: "sv", Seen: 1}); !errors.Is(err, fault.Stale) {
		t.Errorf("words written over others unseen: %v", err)
	}
	must(t, b.d.Agree(ctx, b.Actor(t, "lena"), who, 2))
	if got := b.of(t, who); got.How != story.AtTable || got.YesHow != story.AtTable || got.Words != words+" Det är sant." {
		t.Errorf("%+v", got)
	}
}
