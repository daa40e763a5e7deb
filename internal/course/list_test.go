package course_test

import (
	"slices"
	"strings"
	"testing"

	"sluss/internal/course"
	"sluss/internal/fault"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func listed(t *testing.T, text string) course.List {
	t.Helper()
	l, err := course.ReadList(strings.NewReader(text), int64(len(text)), "kurser.csv")
	must(t, err)
	return l
}

func TestARowOfAListOfCoursesThatCannotBeUsedIsNamedWithWhy(t *testing.T) {
	const head = "Kurs;Ges av;Slag;Länk;Yrken;Rektor;Veckor;Gratis\nKock;Komvux;;;5120;A;;\n"
	for _, x := range []struct{ row, key, value string }{
		{";Komvux;;;;", "course.list.title", ""},
		{"Kallskänka;;;;;", "course.list.giver", ""},
		{"Kallskänka;Komvux;helg;;;", "course.list.kind", "helg"},
		{"Kallskänka;Komvux;;http://komvux.example;;", "course.list.link", "http://komvux.example"},
		{"Kallskänka;Komvux;;;51;", "course.row.ssyk", "51"},
		{"kock;KOMVUX;;;;", "course.list.twice", "kock"},
		{"Kallskänka;Komvux;;;;;fyra", "course.list.number", "fyra"},
		{"Kallskänka;Komvux;;;;;1000", "course.list.number", "1000"},
		{"Kallskänka;Komvux;;;;;4;kanske", "course.list.free", "kanske"},
		{strings.Repeat("a", 200) + ";Komvux;;;;", "course.list.long", strings.Repeat("a", 200)},
	} {
		l := listed(t, head+x.row+"\n")
		if len(l.Courses) != 1 || l.Rows != 2 || !slices.Equal(l.Refused, []course.Refused{{Row: 3, Key: x.key, Value: x.value}}) || !slices.Equal(l.Unused, []string{"Rektor"}) {
			t.Errorf("%q: %+v", x.row, l)
		}
	}
	for _, text := range []string{"Namn;Ort\nKock;Ekhamra\n", "hej\n"} {
		if _, err := course.ReadList(strings.NewReader(text), int64(len(text)), "kurser.csv"); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q is read as courses: %v", text, err)
		}
	}
}

func TestAListOfCoursesIsToldOfFirstAndSavedOnceAsOftenAsItComes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := desk(t, s)
		karin := b.Actor(t, "karin")
		text := "Kurs;Ges av;Slag;Var;Yrken\nKock;Komvux;utbildning;Ekhamra;5120\nProva på vård;Komvux;prova på;;\nSvetsare;Komvux;;;9999\n"
		x, err := b.d.Take(t.Context(), karin, listed(t, text), false)
		must(t, err)
		if !slices.Equal(x.New, []string{"Kock", "Prova på vård"}) || !slices.Equal(x.Refused, []course.Refused{{Row: 4, Key: "course.list.occupation", Value: "9999"}}) || len(b.courses(t)) != 0 {
			t.Errorf("told of: %+v, and here are %d", x, len(b.courses(t)))
		}
		_, err = b.d.Take(t.Context(), karin, listed(t, text), true)
		must(t, err)
		if got := b.courses(t); len(got) != 2 || got[0].Place != "Ekhamra" || !slices.Contains(got[0].Ways, course.OccupationID(cooks)) || got[1].Kind != course.Taster {
			t.Errorf("saved: %+v", got)
		}
		x, err = b.d.Take(t.Context(), karin, listed(t, strings.Replace(text, "Ekhamra", "Hamngatan 3", 1)), true)
		must(t, err)
		if got := b.courses(t); len(got) != 2 || got[0].Place != "Hamngatan 3" || !slices.Equal(x.Changed, []string{"Kock"}) || !slices.Equal(x.Same, []string{"Prova på vård"}) {
			t.Errorf("saved again: %+v %+v", x, got)
		}
		if _, err := b.d.Take(t.Context(), b.Actor(t, "britt"), listed(t, text), true); !fault.Is(err, fault.Forbidden) {
			t.Errorf("the reception saves a list: %v", err)
		}
	})
}

func TestAListTellsOfCoursesInMoreLanguagesAndKeepsWhatItHasNoColumnFor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		b := desk(t, s)
		karin := b.Actor(t, "karin")
		take := func(text string) course.Course {
			t.Helper()
			_, err := b.d.Take(t.Context(), karin, listed(t, text), true)
			must(t, err)
			list := b.courses(t)
			if len(list) != 1 {
				t.Fatalf("%d courses", len(list))
			}
			return list[0]
		}
		c := take("Kurs;Kurs engelska;Ges av;Var;Var (arabiska);Kostnad;Kostnad engelska;Veckor;Dagar i veckan;Gratis\nKock;Cook;Komvux;Ekhamra;;Du kan få studiemedel;You can get a student grant;40;5;ja\n")
		if title, in := c.Called("en"); title != "Cook" || in != "en" || c.Weeks != 40 || c.Days != course.FullTime || !c.Free || c.Others["en"].Cost != "You can get a student grant" || len(c.Others) != 1 {
			t.Errorf("%+v", c)
		}
		again := take("Kurs;Ges av;Var;Kostnad\nKock;Komvux;Ekhamra;Du kan få studiemedel\n")
		if again.Others["en"] != c.Others["en"] || again.Weeks != 40 || !again.Free || again.Version != c.Version {
			t.Errorf("a list without the columns takes away what is told: %+v", again)
		}
		other := take("Kurs;Ges av;Var;Kostnad\nKock;Komvux;Ekhamra;Boken kostar 200 kronor\n")
		if other.Others["en"] != (course.Told{Title: "Cook"}) || other.Free {
			t.Errorf("what is told in another language is not what the Swedish says: %+v", other)
		}
	})
}
