package extract_test

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/contact"
	"sluss/internal/demo/demotest"
	"sluss/internal/extract"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// common are the columns that every table has, and that tell nothing.
var common = []string{"area_id", "person_id", "version"}

// TestEveryColumnAboutAPersonIsDecidedAndANewOneIsHidden walks the schema: each column of each table with somebody's number is shown, or
// is not with a ground.
func TestEveryColumnAboutAPersonIsDecidedAndANewOneIsHidden(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	schema := map[string][]string{}
	must(t, s.Read(t.Context(), func(tx *store.Tx) error {
		_, err := store.All(t.Context(), tx, store.Q(`SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`), nil,
			func(r *store.Cursor) (_ struct{}, err error) {
				var table, column string
				err = r.Scan(&table, &column)
				schema[table] = append(schema[table], column)
				return struct{}{}, err
			})
		return err
	}))
	decided := extract.Decided()
	tables := 0
	for name, columns := range schema {
		if !slices.Contains(columns, "person_id") {
			continue
		}
		tables++
		if extract.Whole[name] != "" {
			if decided[name] != nil {
				t.Errorf("%s is hidden whole, and is shown", name)
			}
			continue
		}
		for _, c := range columns {
			if decided[name][c] == "" && !slices.Contains(common, c) {
				t.Errorf("%s.%s: nobody has decided whether the person sees it; until then it is not in the extract", name, c)
			}
		}
		for c := range decided[name] {
			if !slices.Contains(columns, c) {
				t.Errorf("%s has no column %s", name, c)
			}
		}
	}
	for name := range extract.Whole {
		if schema[name] == nil {
			t.Errorf("there is no table %s", name)
		}
	}
	if tables < 35 {
		t.Errorf("only %d tables about people found", tables)
	}
}

// TestEachStatementGivesTheColumnsThatAreDecided: a statement that selects more, less or in another order would say one thing by the
// name of another.
func TestEachStatementGivesTheColumnsThatAreDecided(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		must(t, s.Read(t.Context(), func(tx *store.Tx) error {
			return extract.EachStatement(func(name string, q store.SQL, columns []string) error {
				rows, err := tx.Query(t.Context(), q, 1, 1)
				if err != nil {
					return err
				}
				defer rows.Close()
				got, err := rows.Columns()
				if !slices.Equal(got, columns) {
					t.Errorf("%s gives %v, decided is %v", name, got, columns)
				}
				return err
			})
		}))
	})
}

func TestEveryLabelPartAndGroundHasAText(t *testing.T) {
	sv := i18n.Get("sv")
	for _, key := range extract.Texts() {
		if !sv.Has(key) {
			t.Errorf("there is no text %s", key)
		}
	}
}

// read is what somebody sees, as one text in Swedish, and as the file.
func read(t *testing.T, w *demotest.World, actor *access.Actor, who id.Person) (text, file string) {
	t.Helper()
	actor.Declare(extract.Need, access.Read)
	names, err := w.Org.Names(t.Context(), actor)
	must(t, err)
	var x extract.Record
	must(t, w.Store.Read(t.Context(), func(tx *store.Tx) error {
		var a access.Access
		var err error
		if actor.Themself() != 0 {
			a, err = access.OpenOwn(t.Context(), tx, actor, extract.Need, access.Read)
		} else {
			a, err = access.Open(t.Context(), tx, actor, who, extract.Need, access.Read, access.ForTogether)
		}
		if err != nil {
			return err
		}
		x, err = extract.Of(t.Context(), tx, actor, a, names)
		return err
	}))
	var b, f bytes.Buffer
	for _, p := range x.Parts {
		b.WriteString(p.Name + "\n")
		for _, r := range p.Rows {
			for _, v := range r {
				b.WriteString(i18n.Get("sv").T(v.Label) + ": " + v.In(i18n.Get("sv")) + "\n")
			}
		}
	}
	must(t, x.Write(&f, "Ekhamra", actor.Today()))
	return b.String(), f.String()
}

func TestAPersonReadsAllThatIsWrittenWithThemAndNothingOfOthers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := demotest.New(t, s)
		who := w.Participant(t, "karin", "lena", "Roger", "Lindfors")
		other := w.Participant(t, "karin", "lena", "Sven", "Berg")
		lena, ctx, d := w.Actor(t, "lena"), t.Context(), &plan.Desk{Store: s}
		_, err := d.WriteGoal(ctx, lena, who, plan.GoalForm{Words: "Jag vill laga mat", Lang: "sv"})
		must(t, err)
		_, err = d.WriteGoal(ctx, lena, other, plan.GoalForm{Words: "Svens mål", Lang: "sv"})
		must(t, err)
		must(t, d.Fill(ctx, lena, who, "", plan.AtTable, plan.Answers{"meaning": {Value: 3}, "helps": {Words: "Att få gå ut"}}))
		_, err = d.BeginMeasure(ctx, lena, who, plan.MeasureForm{What: "insatsen nämner grannen", From: lena.Today(), Agency: w.Place.Agencies[org.KindEmployment]})
		must(t, err)
		notes := &contact.Desk{Store: s}
		_, err = notes.Sign(ctx, lena, who, contact.NoteForm{On: lena.Today(), Kind: "phone", Text: "hemligt om grannen", Held: contact.Third})
		must(t, err)
		open, err := notes.Sign(ctx, lena, who, contact.NoteForm{On: lena.Today(), Kind: "phone", Text: "Roger vill laga mat"})
		must(t, err)
		alone := w.Themself(t, who)
		alone.Declare(access.OwnRecord, access.Read, access.Write)
		must(t, (&comment.Desk{Store: s}).SayOwn(ctx, alone, comment.Thing{Kind: comment.Note, Ref: int64(open)}, "och baka"))
		_, err = notes.Save(ctx, lena, who, contact.NoteForm{On: lena.Today(), Kind: "other", Text: "utkastet"})
		must(t, err)

		me := w.Themself(t, who)
		text, file := read(t, w, me, who)
		for _, want := range []string{"Förnamn: Roger", "Telefon: 070-174 06 21", "Ord: Jag vill laga mat", "Är det du gör meningsfullt för dig?: Ganska", "Att få gå ut", "Vem: Lena Bergvall",
			"Hur du kom: Remiss", "Vad: Telefon", "Ord: Roger vill laga mat", "Visas inte här: Ja", "Ord: och baka", "measures", "goals", "happened"} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not in it:\n%s", want, text)
			}
		}
		for _, not := range []string{"Svens", "grannen", "utkastet", "Vad: Annat", "test", "9999"} {
			if strings.Contains(text+file, not) {
				t.Errorf("%q is in it:\n%s\n%s", not, text, file)
			}
		}
		var data struct {
			Parts []struct {
				Part string
				Rows []map[string]string
			}
		}
		must(t, json.Unmarshal([]byte(file), &data))
		i := slices.IndexFunc(data.Parts, func(p struct {
			Part string
			Rows []map[string]string
		}) bool {
			return p.Part == "goals"
		})
		if i < 0 || data.Parts[i].Rows[0]["words"] != "Jag vill laga mat" || data.Parts[i].Rows[0]["said"] != string(lena.Today()) {
			t.Errorf("the file:\n%s", file)
		}
		_, shown := me.Shown()
		if len(shown) != 1 || shown[0].Ground != int(access.Themself) || shown[0].People[0].ID != who || shown[0].Purpose != int(access.ForThemself) {
			t.Errorf("noted %+v", shown)
		}
	})
}

func TestAtTheTableNothingIsSeenOfWhatThePersonDoesAlone(t *testing.T) {
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	who := w.Participant(t, "karin", "lena", "Roger", "Lindfors")
	must(t, w.Store.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Exec(t.Context(), store.Q(`INSERT INTO session (area_id, token_hash, person_id, lang, created_at, last_seen, idle, sure, ends_at, ended_at) VALUES ($1, $2, $3, '', $4, $4, 1, 0, $4, $4)`),
			w.Place.Area, []byte("hash"), who, int64(w.Now()))
		return err
	}))
	if text, _ := read(t, w, w.Themself(t, who), who); !strings.Contains(text, "sessions") {
		t.Errorf("the person does not see it:\n%s", text)
	}
	lena := w.Actor(t, "lena")
	text, _ := read(t, w, lena, who)
	if strings.Contains(text, "sessions") || !strings.Contains(text, "Förnamn: Roger") {
		t.Errorf("a coach sees:\n%s", text)
	}
	_, shown := lena.Shown()
	if len(shown) != 1 || shown[0].Purpose != int(access.ForTogether) {
		t.Errorf("noted %+v", shown)
	}
}
