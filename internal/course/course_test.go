package course_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/course"
	"sluss/internal/demo"
	"sluss/internal/demo/demotest"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/site"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

const (
	cooks     course.OccupationID = "i5zY_AwC_RGf"
	carers    course.OccupationID = "Pda7_Z6w_9t3"
	assembler course.OccupationID = "HDZp_wTW_gmd"

	nurses = "Undersköterskor inom hemtjänst, hemsjukvård, äldreboende och habilitering"
)

type bench struct {
	*demotest.World
	d *course.Desk
}

func desk(t *testing.T, s *store.Store) bench {
	b := bench{demotest.New(t, s), &course.Desk{Store: s}}
	must(t, b.d.Save(t.Context(), read(t), b.Now()))
	return b
}

func read(t *testing.T) course.Barometer {
	t.Helper()
	b, err := course.ReadBarometer(demo.Barometer())
	must(t, err)
	return b
}

func (b bench) catalogue(t *testing.T, county string) (list []course.Listed) {
	t.Helper()
	must(t, b.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = course.Catalogue(t.Context(), tx, b.Place.Area, b.Place.Units["Vuxenslussen"], county)
		return err
	}))
	return list
}

func (b bench) one(t *testing.T, key course.OccupationID, county string) course.Listed {
	t.Helper()
	o, err := course.One(b.catalogue(t, county), string(key))
	must(t, err)
	return o
}

func (b bench) add(t *testing.T, worker, title string) course.ID {
	t.Helper()
	c, err := b.d.Add(t.Context(), b.Actor(t, worker), course.Course{Kind: course.Taster, Title: title, Giver: "Ekhamra vuxenutbildning"})
	must(t, err)
	return c
}

func (b bench) courses(t *testing.T) (list []course.Course) {
	t.Helper()
	must(t, b.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = course.CoursesOf(t.Context(), tx, b.Place.Area, b.Place.Units["Vuxenslussen"])
		return err
	}))
	return list
}

func TestTheForecastIsShownWordForWordForTheCountyElseForTheCountry(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := desk(t, s)
		for _, x := range []struct {
			key       course.OccupationID
			county    string
			situation course.Situation
			words     string
		}{
			{cooks, "14", course.Shortage, "Rekryteringssituationen för kockar i Västra Götalands län bedöms kännetecknas av brist. På fem års sikt förväntas efterfrågan på kockar vara oförändrad."},
			{cooks, "99", course.Shortage, "Nationellt bedöms rekryteringssituationen för kockar kännetecknas av brist. På fem års sikt förväntas efterfrågan på kockar vara oförändrad."},
			{carers, "13", course.Balance, "Rekryteringssituationen för vårdbiträden i Hallands län bedöms kännetecknas av balans. På grund av begränsat underlag baseras bedömningen delvis på information för ett större geografiskt område. På fem års sikt förväntas efterfrågan på vårdbiträden öka jämfört med idag, delvis till följd av en åldrande befolkning."},
			{assembler, "13", course.Unassessed, "På grund av begränsat underlag görs ingen bedömning för yrket."},
		} {
			if o := b.one(t, x.key, x.county); o.Situation != x.situation || o.Recruiting != x.words || o.Edition != "2025-2" {
				t.Errorf("%s in %s: %+v", x.key, x.county, o.Forecast)
			}
		}
		if list := b.catalogue(t, "14"); list[0].Situation != course.Shortage || list[len(list)-1].Situation != course.Surplus {
			t.Errorf("the shortest of people is not first: %s … %s", list[0].Name, list[len(list)-1].Name)
		}
	})
}

func TestNoRowOfTheFileIsLeftOutWithoutAWord(t *testing.T) {
	good := `{"yrkesomrade":"Transport","yb_yrke":"Kockar","yb_concept_id":"i5zY_AwC_RGf","lan":"14","ssyk":"5120","ssyk_text":"Kockar","jobbmojligheter":"stora","rekryteringssituation":"brist","text_jobbmojligheter":"a","text_rekryteringssituation":"b","omgang":"2025-2"}`
	for _, x := range []struct{ what, old, new, key string }{
		{"another row of the same county", "", "", "course.row.twice"},
		{"an id of another form", "i5zY_AwC_RGf", "kock", "course.row.id"},
		{"no such county", `"14"`, `"11"`, "course.row.county"},
		{"a code of another form", `"5120"`, `"51"`, "course.row.ssyk"},
		{"a word that the forecast does not have", "brist", "kris", "course.row.situation"},
		{"chances that it does not have", "stora", "enorma", "course.row.chances"},
		{"no sentence", `"b"`, `" "`, "course.row.words"},
		{"another edition", "2025-2", "2026-1", "course.row.editions"},
		{"no edition", "2025-2", "", "course.row.edition"},
		{"another name in another county", `"Kockar","yb_concept_id":"i5zY_AwC_RGf","lan":"14"`, `"Bagare","yb_concept_id":"i5zY_AwC_RGf","lan":"13"`, "course.row.differs"},
		{"no name", `"yb_yrke":"Kockar"`, `"yb_yrke":""`, "course.row.name"},
		{"a number for a word", `"14"`, `14`, "course.row.unread"},
	} {
		b, err := course.ReadBarometer(strings.NewReader("[" + good + "," + strings.Replace(good, x.old, x.new, 1) + "]"))
		if err != nil || b.Rows != 2 || len(b.Forecasts) != 1 || len(b.Refused) != 1 || b.Refused[0].Row != 2 || b.Refused[0].Key != x.key {
			t.Errorf("%s: %v %+v", x.what, err, b)
		}
	}
	b, err := course.ReadBarometer(strings.NewReader("[" + strings.Replace(good, `"lan"`, `"ny_kolumn":1,"lan"`, 1) + "]"))
	if err != nil || !slices.Equal(b.Unused, []string{"ny_kolumn"}) {
		t.Errorf("a new field: %v %v", b.Unused, err)
	}
	for _, broken := range []string{"", "{}", "[" + good, "[" + good + ",", "[1 2]"} {
		if b, err := course.ReadBarometer(strings.NewReader(broken)); err == nil {
			t.Errorf("%q is read as %d rows", broken, b.Rows)
		}
	}
}

func TestWhatSavingAnEditionWouldDoIsToldFirst(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d, now := &course.Desk{Store: s}, clock.Instant(1)
		first := read(t)
		c, err := d.Compare(t.Context(), first)
		if err != nil || len(c.New) != len(first.Occupations) || c.Before.Name != "" || len(c.Gone) != 0 {
			t.Errorf("%+v %v", c, err)
		}
		must(t, d.Save(t.Context(), first, now))
		next := read(t)
		next.Edition = "2026-1"
		next.Occupations = slices.DeleteFunc(next.Occupations, func(o course.Occupation) bool { return o.ID == assembler })
		next.Forecasts = slices.DeleteFunc(next.Forecasts, func(f course.Forecast) bool { return f.Occupation == assembler })
		for i := range next.Forecasts {
			next.Forecasts[i].Edition = "2026-1"
		}
		next.Occupations[0].Name = "Andra assistenter"
		c, err = d.Compare(t.Context(), next)
		if err != nil || c.Before.Name != "2025-2" || !slices.Equal(c.Gone, []string{"Fordonsmontörer"}) || !slices.Equal(c.Renamed, []string{"Administrativa assistenter → Andra assistenter"}) || c.Same != len(next.Occupations)-1 {
			t.Errorf("%+v %v", c, err)
		}
		must(t, d.Save(t.Context(), next, now))
		must(t, d.Save(t.Context(), next, now)) // the same again
		if err := d.Save(t.Context(), first, now); !fault.Is(err, fault.Conflict) {
			t.Errorf("an older edition is saved: %v", err)
		}
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			list, err := course.Catalogue(t.Context(), tx, 1, 1, "14")
			o, missing := course.One(list, string(assembler))
			if missing != nil || o.Recruiting != "" || o.Edition != "" {
				t.Errorf("an occupation that is named no more: %+v %v", o, missing)
			}
			return err
		}))
	})
}

func TestPlainWordsFindAnOccupation(t *testing.T) {
	b := desk(t, storetest.Open(t, storetest.SQLite(t)))
	list := b.catalogue(t, "14")
	for _, x := range []struct{ words, first string }{
		{"laga mat", "Kockar"}, {"Jag vill jobba med mat", "Kockar"}, {"kock", "Kockar"}, {"LAGAR MAT", "Kockar"}, {"cooking", "Kockar"}, {"طبخ", "Kockar"},
		{"städa", "Städare"}, {"jag vill städa", "Städare"}, {"cleaning", "Städare"}, {"تنظيف", "Städare"}, {"undersköterska", nurses}, {"assistant nurse", nurses}, {"ممرض مساعد", nurses},
		{"lärare", "Grundskollärare"}, {"teacher", "Grundskollärare"}, {"معلم", "Grundskollärare"}, {"ta hand om barn", "Barnskötare"}, {"look after children", "Barnskötare"},
		{"köra lastbil", "Lastbilsförare"}, {"drive a truck", "Lastbilsförare"}, {"سائق شاحنة", "Lastbilsförare"}, {"bussförare", "Buss- och spårvagnsförare"}, {"diska", "Restaurang- och köksbiträden"},
		{"snickare", "Träarbetare och snickare (med yrkesbevis)"}, {"نجار", "Träarbetare och snickare (med yrkesbevis)"}, {"programmera", "Mjukvaru- och systemutvecklare"}, {"lager", "Lager- och terminalpersonal"},
		{"hjälpa gamla", "Vårdbiträden"}, {"apotek", "Receptarier"}, {"bilar", "Fordonsmontörer"}, {"kontoret", "Administrativa assistenter"},
		{"rymden", ""}, {"jag vill", ""}, {"", ""}, {"!!", ""},
	} {
		found, _ := course.Find(list, x.words)
		if x.first == "" && len(found) != 0 || x.first != "" && (len(found) == 0 || found[0].Name != x.first) {
			t.Errorf("%q finds %v, not %s", x.words, names(found), x.first)
		}
	}
}

func TestAWordThatManyOccupationsMeetFindsThemAll(t *testing.T) {
	b := desk(t, storetest.Open(t, storetest.SQLite(t)))
	list := b.catalogue(t, "14")
	for words, want := range map[string][]string{
		"barn": {"Barnskötare", "Förskollärare", "Grundskollärare", "Elevassistenter"}, "children": {"Barnskötare", "Förskollärare", "Grundskollärare"}, "أطفال": {"Barnskötare", "Förskollärare", "Grundskollärare"},
		"lärare": {"Grundskollärare", "Förskollärare"}, "laga mat": {"Kockar", "Restaurang- och köksbiträden", "Pizzabagare"}, "köra": {"Lastbilsförare", "Buss- och spårvagnsförare"},
		"drive": {"Lastbilsförare", "Buss- och spårvagnsförare"}, "أقود": {"Lastbilsförare", "Buss- och spårvagnsförare"}, "lastbil": {"Lastbilsförare", "Bygg- och anläggningsförare"},
	} {
		found, _ := course.Find(list, words)
		for _, w := range want {
			if !slices.Contains(names(found), w) {
				t.Errorf("%q finds %v and not %s", words, names(found), w)
			}
		}
	}
}

func TestTheDemosOccupationsAreToldForItsCounty(t *testing.T) {
	b := desk(t, storetest.Open(t, storetest.SQLite(t)))
	there, err := (&org.Desk{Store: b.Store}).Names(t.Context(), b.Actor(t, "karin"))
	must(t, err)
	county, n := course.County(there.Area.Municipality), 0
	for _, o := range b.catalogue(t, county) {
		if o.County == county {
			n++
		}
	}
	if county == course.Country || n < 25 {
		t.Errorf("%d occupations are told for the county %s", n, county)
	}
}

func TestWhoWantsToDriveFindsTheDriversBeforeAPartOfTheirGroup(t *testing.T) {
	list := []course.Listed{
		{Occupation: course.Occupation{SSYK: "8332", SSYKName: "Lastbilsförare m.fl.", Name: "Bygg- och anläggningsförare", About: "en del"}},
		{Occupation: course.Occupation{SSYK: "8332", SSYKName: "Lastbilsförare m.fl.", Name: "Lastbilsförare", About: "en del"}},
		{Occupation: course.Occupation{SSYK: "8331", SSYKName: "Buss- och spårvagnsförare", Name: "Buss- och spårvagnsförare"}},
	}
	for words, want := range map[string][]string{
		"köra":               {"Lastbilsförare", "Buss- och spårvagnsförare", "Bygg- och anläggningsförare"},
		"jag vill köra buss": {"Buss- och spårvagnsförare"},
		"köra lastbil":       {"Lastbilsförare", "Bygg- och anläggningsförare"},
		"chaufför":           {"Lastbilsförare", "Buss- och spårvagnsförare", "Bygg- och anläggningsförare"},
	} {
		if found, whole := course.Find(list, words); !slices.Equal(names(found), want) || !whole {
			t.Errorf("%q finds %v, wants %v; whole is %v", words, names(found), want, whole)
		}
	}
	if found, whole := course.Find(list[:1], "köra buss"); len(found) != 1 || whole {
		t.Errorf("where nobody drives a bus: %v, and whole is %v", names(found), whole)
	}
}

func TestTheWordsThatTheSearchGivesAsExamplesFindSomething(t *testing.T) {
	b := desk(t, storetest.Open(t, storetest.SQLite(t)))
	list := b.catalogue(t, "14")
	for _, lang := range []string{"sv", "en", "ar"} {
		_, examples, _ := strings.Cut(strings.TrimSuffix(i18n.Get(lang).T("course.search.good"), "."), ":")
		for _, words := range strings.FieldsFunc(examples, func(r rune) bool { return r == ',' || r == '،' }) {
			if found, whole := course.Find(list, words); len(found) == 0 || !whole {
				t.Errorf("%s: %q finds nothing", lang, words)
			}
		}
	}
}

func TestAPartOfAGroupIsNotCalledWhatTheGroupIs(t *testing.T) {
	b := desk(t, storetest.Open(t, storetest.SQLite(t)))
	cold := b.one(t, "1zMb_FzG_6LY", "14")
	if name, in := cold.Called("ar"); name != "Kallskänkor" || in != "sv" {
		t.Errorf("in Arabic: %s in %s", name, in)
	}
	if does, _ := cold.Does("sv"); does != "" {
		t.Errorf("does %s", does)
	}
	if name, in := b.one(t, cooks, "14").Called("ar"); name != "طباخ" || in != "ar" {
		t.Errorf("cooks in Arabic: %s in %s", name, in)
	}
}

func names(list []course.Listed) (all []string) {
	for _, o := range list {
		all = append(all, o.Name)
	}
	return all
}

func TestAUnitsOwnWordsAreFoundAndSaid(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := desk(t, s)
		x := course.Description{Occupation: cooks, Words: map[string]course.Words{"sv": {Names: []string{" gryta ", "", "gryta"}, Does: "Du rör i grytor."}, "ar": {}}}
		must(t, b.d.Describe(t.Context(), b.Actor(t, "lena"), x))
		o := b.one(t, cooks, "14")
		if does, in := o.Does("ar"); in != "ar" || does == "" {
			t.Errorf("in Arabic: %q in %s", does, in)
		}
		if does, _ := o.Does("sv"); does != "Du rör i grytor." || !slices.Equal(o.Own["sv"].Names, []string{"gryta"}) {
			t.Errorf("%q %v", does, o.Own)
		}
		if found, _ := course.Find(b.catalogue(t, "14"), "grytor"); len(found) != 1 || found[0].ID != cooks {
			t.Errorf("found %v", names(found))
		}
		if err := b.d.Describe(t.Context(), b.Actor(t, "karin"), x); err != fault.Stale {
			t.Errorf("written over what another wrote: %v", err)
		}
		x.Seen = 1
		must(t, b.d.Describe(t.Context(), b.Actor(t, "karin"), x))
		if err := b.d.Describe(t.Context(), b.Actor(t, "britt"), x); !fault.Is(err, fault.Forbidden) {
			t.Errorf("by the reception: %v", err)
		}
		x.Occupation = "zzzz_zzz_zzz"
		if err := b.d.Describe(t.Context(), b.Actor(t, "karin"), x); err != fault.Missing {
			t.Errorf("an occupation that is not there: %v", err)
		}
	})
}

func TestACourseIsLinkedFromAnOccupation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := desk(t, s)
		c, other := b.add(t, "lena", "Köket, prova på"), b.add(t, "petra", "Annans")
		must(t, b.d.Describe(t.Context(), b.Actor(t, "lena"), course.Description{Occupation: cooks, Words: map[string]course.Words{}, Courses: []course.ID{c}}))
		if got := course.To(b.courses(t), cooks); len(got) != 1 || got[0].ID != c {
			t.Errorf("leads there: %v", got)
		}
		if got := course.Leading(b.catalogue(t, "14")); len(got) != 1 || got[0].ID != cooks || got[0].Ways != 1 {
			t.Errorf("with a way there: %v", names(got))
		}
		if err := b.d.Describe(t.Context(), b.Actor(t, "lena"), course.Description{Occupation: carers, Words: map[string]course.Words{}, Courses: []course.ID{other}}); err != fault.Missing {
			t.Errorf("another unit's course: %v", err)
		}
		x := b.courses(t)[0]
		x.Ended = true
		must(t, b.d.Change(t.Context(), b.Actor(t, "lena"), x))
		if len(course.To(b.courses(t), cooks)) != 0 || len(course.Leading(b.catalogue(t, "14"))) != 0 {
			t.Error("a course that has ended is still shown")
		}
		if err := b.d.Change(t.Context(), b.Actor(t, "karin"), x); err != fault.Stale {
			t.Errorf("a stale version: %v", err)
		}
		if err := b.d.Change(t.Context(), b.Actor(t, "petra"), b.courses(t)[0]); err != fault.Stale {
			t.Errorf("by another unit: %v", err)
		}
		if _, err := b.d.Add(t.Context(), b.Actor(t, "lena"), course.Course{Link: "http://x", Cost: strings.Repeat("x", 601)}); len(fault.Fields(err)) != 5 {
			t.Errorf("an empty course: %v", fault.Fields(err))
		}
		if _, err := b.d.Add(t.Context(), b.Actor(t, "britt"), course.Course{}); !fault.Is(err, fault.Forbidden) {
			t.Errorf("by the reception: %v", err)
		}
	})
}

func (b bench) interests(t *testing.T, worker string, who id.Person) (list []course.Interest) {
	t.Helper()
	must(t, b.Store.Read(t.Context(), func(tx *store.Tx) error {
		actor := b.Actor(t, worker)
		a, err := access.Open(t.Context(), tx, actor, who, course.Need, access.Read, access.ForPlan)
		if err != nil {
			return err
		}
		list, err = course.InterestsOf(t.Context(), tx, actor, a)
		return err
	}))
	return list
}

func (b bench) curious(t *testing.T, worker string) (list []course.Curious) {
	t.Helper()
	must(t, b.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
		list, err = course.CuriousOf(t.Context(), tx, b.Actor(t, worker), 12)
		return err
	}))
	return list
}

func TestInterestIsTakenBackWithNothingLeft(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := desk(t, s)
		c, other := b.add(t, "lena", "Köket, prova på"), b.add(t, "petra", "Annans")
		who := b.Participant(t, "karin", "lena", "Nour", "Darwish")
		me := b.Themself(t, who)
		must(t, b.d.WantOwn(t.Context(), me, c, true))
		must(t, b.d.WantOwn(t.Context(), me, c, true)) // two taps are one
		if got := b.interests(t, "lena", who); len(got) != 1 || got[0].Title != "Köket, prova på" || got[0].On != me.Today() || got[0].TalkedOn != "" {
			t.Fatalf("seen by the coach: %+v", got)
		}
		if err := b.d.WantOwn(t.Context(), me, other, true); err != fault.Missing {
			t.Errorf("another unit's course: %v", err)
		}
		must(t, b.d.WantOwn(t.Context(), me, c, false))
		must(t, b.d.WantOwn(t.Context(), me, c, false)) // and so are two that take it back
		for _, k := range []course.ID{other, 4711} {
			if err := b.d.WantOwn(t.Context(), me, k, false); err != fault.Missing {
				t.Errorf("a course of nobody's here is taken back: %v", err)
			}
		}
		if got := b.interests(t, "lena", who); len(got) != 0 {
			t.Errorf("left: %+v", got)
		}
		var n int
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			return tx.One(t.Context(), store.Q(`SELECT count(*) FROM course_interest WHERE area_id = $1`), []any{b.Place.Area}, &n)
		}))
		if n != 0 {
			t.Errorf("%d rows are left", n)
		}
	})
}

func TestACoachSeesTheirOwnUntilTheyHaveTalked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := desk(t, s)
		c := b.add(t, "lena", "Köket, prova på")
		who := b.Participant(t, "karin", "lena", "Nour", "Darwish")
		must(t, b.d.Want(t.Context(), b.Actor(t, "karin"), who, c, true))
		got := b.curious(t, "lena")
		if len(got) != 1 || got[0].Person != who || got[0].Name != "Nour Darwish" || got[0].Title != "Köket, prova på" {
			t.Fatalf("on lena's Today: %+v", got)
		}
		if len(b.curious(t, "ibrahim")) != 0 || len(b.curious(t, "petra")) != 0 {
			t.Error("shown to somebody who is not their coach")
		}
		if err := b.d.Talked(t.Context(), b.Actor(t, "petra"), who, c, 1, true); err != fault.Missing {
			t.Errorf("by another unit: %v", err)
		}
		must(t, b.d.Talked(t.Context(), b.Actor(t, "lena"), who, c, 1, true))
		if len(b.curious(t, "lena")) != 0 || b.interests(t, "lena", who)[0].TalkedOn == "" {
			t.Error("still waits after they have talked")
		}
		if err := b.d.Talked(t.Context(), b.Actor(t, "lena"), who, c, 1, false); err != fault.Stale {
			t.Errorf("a stale version: %v", err)
		}
		must(t, b.d.Talked(t.Context(), b.Actor(t, "lena"), who, c, 2, false))
		if len(b.curious(t, "lena")) != 1 {
			t.Error("taken back, and it does not wait again")
		}
		if err := b.d.Want(t.Context(), b.Actor(t, "petra"), who, c, false); err != fault.Missing {
			t.Errorf("taken away by another unit: %v", err)
		}
	})
}

func TestOnlyCountsAreKnownOfAnOutreach(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := desk(t, s)
		karin := b.Actor(t, "karin")
		x := course.Outreach{Name: "Brev om kurser", Code: " Host ", On: karin.Today(), Sent: 640}
		must(t, b.d.Reach(t.Context(), karin, x))
		if f := fault.Fields(b.d.Reach(t.Context(), karin, x)); len(f) != 1 || f[0].Key != "outreach.code.taken" {
			t.Errorf("the same code twice: %v", f)
		}
		if f := fault.Fields(b.d.Reach(t.Context(), karin, course.Outreach{Code: "å", Sent: -1})); len(f) != 4 {
			t.Errorf("an empty one: %v", f)
		}
		must(t, b.d.Reach(t.Context(), b.Actor(t, "ida"), x)) // another gateway's own
		counts := &site.Desk{Store: s, Clock: b.Clock()}
		house := site.Gateway{Area: org.Area{ID: b.Place.Area}, Unit: org.Unit{ID: karin.Unit()}}
		for range 7 {
			counts.Visit(house, site.Outreach+"host", "sv")
		}
		counts.Visit(house, site.Outreach+"host", "ar")
		counts.Visit(house, site.Answered+"host", "sv")
		must(t, counts.Flush(t.Context()))
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			return org.PutPopulation(t.Context(), tx, b.Place.Area, karin.Unit(), karin.Today().Month(), 700)
		}))
		read := func() (list []course.Outreach) {
			must(t, s.Read(t.Context(), func(tx *store.Tx) (err error) {
				list, err = course.OutreachOf(t.Context(), tx, b.Place.Area, karin.Unit())
				return err
			}))
			return list
		}
		got := read()
		if len(got) != 1 || got[0].Code != "host" || got[0].Sent != 640 || got[0].Visits != 8 || got[0].Answers != 1 || got[0].People != 700 {
			t.Fatalf("%+v", got)
		}
		must(t, b.d.Sent(t.Context(), karin, got[0].ID, 1, 650))
		if err := b.d.Sent(t.Context(), karin, got[0].ID, 1, 1); err != fault.Stale {
			t.Errorf("a stale version: %v", err)
		}
		if err := b.d.Sent(t.Context(), b.Actor(t, "ida"), got[0].ID, 2, 1); err != fault.Stale {
			t.Errorf("by another unit: %v", err)
		}
		if got := read(); got[0].Sent != 650 {
			t.Errorf("%+v", got)
		}
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			list, err := site.Visits(t.Context(), tx, b.Place.Area, karin.Unit(), clock.Span{From: "2000-01-01", To: "2100-01-01"})
			if len(list) != 0 {
				t.Errorf("among the gateway's own pages: %v", list)
			}
			return err
		}))
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestACourseIsToldInTheReadersLanguageElseInSwedishAndInNoThird(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := desk(t, s)
		karin := b.Actor(t, "karin")
		c := course.Course{Kind: course.Taster, Title: "Prova på köket", Giver: "Komvux", Place: "Hamngatan 3", Cost: "Prata med oss.", Weeks: 4, Days: 3, Free: true,
			Others: map[string]course.Told{"ar": {Title: "جرّب المطبخ", Cost: "تحدث معنا."}, "en": {Title: " "}}}
		_, err := b.d.Add(t.Context(), karin, c)
		must(t, err)
		c = b.courses(t)[0]
		for _, x := range []struct{ lang, title, in, cost, costIn string }{
			{"sv", "Prova på köket", "sv", "Prata med oss.", "sv"},
			{"ar", "جرّب المطبخ", "ar", "تحدث معنا.", "ar"},
			{"en", "Prova på köket", "sv", "Prata med oss.", "sv"},
			{i18n.Easy, "Prova på köket", "sv", "Prata med oss.", "sv"},
			{"so", "Prova på köket", "sv", "Prata med oss.", "sv"},
		} {
			title, in := c.Called(x.lang)
			facts := c.Facts(x.lang)
			if cost := facts[len(facts)-1]; title != x.title || in != x.in || cost != (course.Fact{Field: "cost", Text: x.cost, Lang: x.costIn}) {
				t.Errorf("%s: %s in %s, %+v", x.lang, title, in, facts)
			}
			if c.Lacks(x.lang) != (x.lang != "sv") { // the place is told in Swedish alone
				t.Errorf("%s lacks: %v", x.lang, c.Lacks(x.lang))
			}
		}
		ar := c.Others["ar"]
		ar.Place = "شارع الميناء 3"
		if c.Others["ar"] = ar; c.Lacks("ar") || len(c.Others) != 1 {
			t.Errorf("all is told, and something lacks: %+v", c)
		}
		ar.Cost = strings.Repeat("a", 601)
		c.Others["ar"] = ar
		if form := fault.Fields(b.d.Change(t.Context(), karin, c)); len(form) != 1 || form[0].Field != "cost_ar" {
			t.Errorf("too long a text is saved: %v", form)
		}
		c.Others["ar"], c.Weeks, c.Days = course.Told{}, -1, 6
		if form := fault.Fields(b.d.Change(t.Context(), karin, c)); len(form) != 2 {
			t.Errorf("minus one week of six days: %v", form)
		}
	})
}

func TestAnEditionIsOldWhenTheSameHalfOfALaterYearHasBegun(t *testing.T) {
	for _, x := range []struct {
		name, today string
		old         bool
	}{
		{"2025-2", "2026-06-30", false}, {"2025-2", "2026-07-01", true}, {"2025-2", "2026-11-23", true}, {"2026-1", "2026-12-31", false}, {"2026-1", "2027-01-01", true},
		{"2026-2", "2026-11-23", false}, {"2024-1", "2026-01-01", true}, {"", "2026-11-23", false},
	} {
		if got := (course.Edition{Name: x.name}).Old(clock.Date(x.today)); got != x.old {
			t.Errorf("%s on %s is old: %v", x.name, x.today, got)
		}
	}
}
