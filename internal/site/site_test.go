package site

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func TestATextFallsBackToSwedishAndToNoThirdLanguage(t *testing.T) {
	own := Texts{{Field: Lede, Lang: "sv", Words: "hej"}, {Field: Lede, Lang: "en", Words: "hello"}, {Field: Title, Lang: "en", Words: "only English"}}
	for _, c := range []struct {
		f          Field
		lang, want string
		ok         bool
	}{{Lede, "sv", "sv", true}, {Lede, "en", "en", true}, {Lede, "ar", "sv", true}, {Lede, i18n.Easy, "sv", true}, {Title, "en", "", false}, {Hours, "sv", "", false}} {
		got, ok := own.Show(c.f, c.lang)
		if ok != c.ok || ok && got.Lang != c.want {
			t.Errorf("%s in %s: %+v %v", c.f, c.lang, got, ok)
		}
	}
}

func TestATextIsSplitAtItsEmptyLines(t *testing.T) {
	got := In.Blocks("Ett\r\n\nhej\n\n Två \n a\n b \n\n\n\nTre")
	if want := []Block{{Head: "Ett"}, {Head: "hej"}, {Head: "Två", Body: "a b"}, {Head: "Tre"}}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got, want := Lede.Blocks("en\nrad\n\ntvå"), []Block{{Body: "en rad"}, {Body: "två"}}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for _, f := range Fields {
		words := Words(Standard(i18n.Get("sv"), f))
		if again := Words(f.Blocks(words)); again != words {
			t.Errorf("%s becomes %q of %q", f, again, words)
		}
	}
}

func TestWhatComesWithTheProductIsWholeInEveryLanguage(t *testing.T) {
	for _, l := range i18n.Public() {
		for _, f := range Fields {
			list := Standard(l, f)
			if len(list) == 0 && f != Notice {
				t.Errorf("nothing stands for %s in %s", f, l.Tag)
			}
			for _, b := range list {
				if f.Headed() && (b.Head == "" || b.Body == "") || strings.Contains(b.Head+b.Body, "⟦") {
					t.Errorf("%s in %s: %+v", f, l.Tag, b)
				}
			}
		}
	}
}

func TestADraftIsChecked(t *testing.T) {
	for _, c := range []struct {
		name string
		d    Draft
		has  bool
		key  string
	}{
		{"fine", Draft{Field: Lede, Lang: "sv", Words: "hej"}, false, ""},
		{"empty gives back what comes with the product", Draft{Field: Lede, Lang: "sv"}, true, ""},
		{"another language first", Draft{Field: Lede, Lang: "ar", Words: "x"}, false, "site.swedish.first"},
		{"another language after", Draft{Field: Lede, Lang: "ar", Words: "x"}, true, ""},
		{"two headings", Draft{Field: Title, Lang: "sv", Words: "a\n\nb"}, false, "site.title.one"},
		{"a heading without text", Draft{Field: In, Lang: "sv", Words: "a\nb\n\nc"}, false, "site.headed"},
		{"too long", Draft{Field: Lede, Lang: "sv", Words: strings.Repeat("å", Longest+1)}, false, "form.long"},
		{"no such field", Draft{Field: "x", Lang: "sv"}, false, "fault.missing"},
		{"no such language", Draft{Field: Lede, Lang: "xx"}, false, "fault.missing"},
	} {
		got, err := "", c.d.Check(c.has)
		if f := fault.Fields(err); len(f) > 0 {
			got = f[0].Key
		} else if f := fault.Of(err); f != nil {
			got = f.Key
		}
		if got != c.key {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func TestAddressesAreTypedWithPlainLetters(t *testing.T) {
	for name, want := range map[string]string{"Vuxenslussen": "vuxenslussen", "Ungdomsslussen Öst": "ungdomsslussen-ost", "Åre & Ängelholm": "are-angelholm", "الباب": "", "-/..": ""} {
		if got := shortName(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// house is an area with two gateways of the same name and one unit that is none.
func house(t *testing.T, s *store.Store) (id.Area, []Gateway) {
	t.Helper()
	var list []Gateway
	const area id.Area = 7
	if err := s.Write(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.Exec(t.Context(), store.Q(`INSERT INTO area (area_id, municipality, name, demo, created_at) VALUES ($1, '1415', 'Stenungsund', 0, 0)`), area); err != nil {
			return err
		}
		if _, err := tx.Exec(t.Context(), store.Q(`INSERT INTO access_epoch (area_id, epoch, raised_at, change) VALUES ($1, 1, 0, 1)`), area); err != nil {
			return err
		}
		if err := org.AddAgency(t.Context(), tx, area, org.Agency{ID: 1, Kind: org.KindMunicipality, Name: "x"}); err != nil {
			return err
		}
		for i, kind := range []string{org.UnitGateway, org.UnitSender, org.UnitGateway, org.UnitGateway} {
			if err := org.AddUnit(t.Context(), tx, area, org.Unit{ID: id.Unit(i + 1), Agency: 1, Kind: kind, Name: "Slussen"}); err != nil {
				return err
			}
		}
		var err error
		list, err = Gateways(t.Context(), tx)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return area, list
}

func TestEveryGatewayHasAnAddressOfItsOwn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		_, list := house(t, s)
		var got []string
		for _, g := range list {
			got = append(got, g.Path())
		}
		if strings.Join(got, " ") != "/v/slussen /v/slussen-stenungsund /v/slussen-stenungsund-4" {
			t.Error(got)
		}
		if err := s.Read(t.Context(), func(tx *store.Tx) error {
			g, err := Named(t.Context(), tx, "slussen-stenungsund")
			if g.Unit.ID != 3 {
				t.Errorf("%+v", g)
			}
			if _, err := Named(t.Context(), tx, "slussen-"); err != fault.Missing {
				t.Error(err)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	})
}

func TestEveryVersionIsKeptAndTheNewestIsRead(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		area, list := house(t, s)
		unit := list[0].Unit.ID
		if err := s.Write(t.Context(), func(tx *store.Tx) error {
			for no, words := range []string{"ett", "två", "tre"} {
				if err := Put(t.Context(), tx, area, unit, Text{Field: Lede, Lang: "sv", No: no + 1, Words: words}); err != nil {
					return err
				}
			}
			if err := Put(t.Context(), tx, area, unit, Text{Field: Lede, Lang: "sv", No: 3, Words: "rival"}); err != fault.Stale {
				t.Error("two third versions: ", err)
			}
			all, err := TextsOf(t.Context(), tx, area, unit)
			if err != nil {
				return err
			}
			old, err := Versions(t.Context(), tx, area, unit, Lede, "sv")
			if len(all) != 1 || all[0].Words != "tre" || len(old) != 3 || old[2].Words != "ett" {
				t.Errorf("%+v %+v", all, old)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	})
}

func TestANoticeIsShownThroughItsLastDayInEveryLanguageAndNotAfter(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		area, list := house(t, s)
		unit := list[0].Unit.ID
		var all Texts
		if err := s.Write(t.Context(), func(tx *store.Tx) (err error) {
			for _, x := range []Text{{Field: Notice, Lang: "sv", No: 1, Words: "Stängt", Until: "2026-12-24"}, {Field: Notice, Lang: "ar", No: 1, Words: "مغلق"}, {Field: Lede, Lang: "sv", No: 1, Words: "hej"}} {
				if err := Put(t.Context(), tx, area, unit, x); err != nil {
					return err
				}
			}
			all, err = TextsOf(t.Context(), tx, area, unit)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		for day, want := range map[clock.Date]bool{"2026-12-01": true, "2026-12-24": true, "2026-12-25": false} {
			for _, lang := range []string{"sv", "ar", "en"} {
				if _, ok := all.On(day).Show(Notice, lang); ok != want {
					t.Errorf("%s in %s: %v", day, lang, ok)
				}
			}
			if _, ok := all.On(day).Show(Lede, "sv"); !ok {
				t.Errorf("%s: another text is gone", day)
			}
		}
	})
}

func TestOnlyANoticeHasALastDayAndItIsGivenInSwedish(t *testing.T) {
	for _, d := range []Draft{{Field: Lede, Lang: "sv"}, {Field: Notice, Lang: "ar"}, {Field: Notice, Lang: "sv"}} {
		d.Words, d.Until = "hej", "2026-12-24"
		if err := d.Check(true); err != nil || (d.Until != "") != d.Dated() {
			t.Errorf("%s in %s: %q %v", d.Field, d.Lang, d.Until, err)
		}
	}
}

func TestVisitsAreCountedByDayAndNothingElse(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		area, list := house(t, s)
		day := time.Date(2026, 10, 12, 12, 0, 0, 0, clock.Stockholm)
		d := &Desk{Store: s, Clock: clock.Fixed(day)}
		for range 3 {
			d.Visit(list[0], "front", "ar")
		}
		d.Visit(list[1], "front", "sv")
		for range 2 { // nothing is counted twice
			if err := d.Flush(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		d.Visit(list[0], "front", "ar")
		if err := d.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := s.Read(t.Context(), func(tx *store.Tx) error {
			got, err := Visits(t.Context(), tx, area, list[0].Unit.ID, clock.Span{From: "2026-10-12", To: "2026-10-13"})
			if !slices.Equal(got, []Visited{{"front", "ar", 4}}) {
				t.Errorf("%+v", got)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	})
}
