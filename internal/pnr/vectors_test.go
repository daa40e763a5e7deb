package pnr_test

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"sluss/internal/fault"
	"sluss/internal/pnr"
)

type vector struct {
	Integer   int64  `json:"integer"`
	Long      string `json:"long_format"`
	Short     string `json:"short_format"`
	Separated string `json:"separated_format"`
	LongSep   string `json:"separated_long"`
	Valid     bool   `json:"valid"`
	Type      string `json:"type"`
	Male      bool   `json:"isMale"`
}

func readVectors(t *testing.T, name string, into any) {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// spaced vectors are invalid to their authors, since a blank is no separator; we take blanks for what people paste.
func spaced(s string) bool { return strings.ContainsAny(s, " \u00a0") }

func TestListedVectorsAreJudgedAsTheirAuthorsDo(t *testing.T) {
	var list []vector
	readVectors(t, "list.json", &list)
	if len(list) != 14 {
		t.Fatalf("%d vectors", len(list))
	}
	for _, v := range list {
		for _, form := range []string{v.Long, v.Short, v.Separated, v.LongSep} {
			n, err := pnr.Parse(form, today)
			if (err == nil) != (v.Valid || spaced(form)) {
				t.Errorf("%q: %v", form, err)
			}
			if !v.Valid || form == v.Short { // ten digits do not tell a person over a hundred
				continue
			}
			if n.Reveal() != v.Long || n.Coordination() != (v.Type == "con") || (n.Sex() == pnr.Male) != v.Male {
				t.Errorf("%q: %s", form, n.Reveal())
			}
		}
	}
}

func TestStructuredVectorsAreJudgedAsTheirAuthorsDo(t *testing.T) {
	type group struct {
		Integer struct{ Valid, Invalid []int64 }
		String  struct{ Valid, Invalid []string }
	}
	var kinds map[string]group
	readVectors(t, "structured.json", &kinds)
	for kind, g := range kinds {
		for _, n := range g.Integer.Valid {
			g.String.Valid = append(g.String.Valid, strconv.FormatInt(n, 10))
		}
		for _, n := range g.Integer.Invalid {
			g.String.Invalid = append(g.String.Invalid, strconv.FormatInt(n, 10))
		}
		for _, s := range g.String.Valid {
			if n, err := pnr.Parse(s, today); err != nil || n.Coordination() != (kind == "con") {
				t.Errorf("%q: %v", s, err)
			}
		}
		for _, s := range g.String.Invalid {
			if _, err := pnr.Parse(s, today); err == nil && !spaced(s) {
				t.Errorf("%q is taken", s)
			}
		}
	}
}

func TestInterimNumbersAreRefusedAsSuch(t *testing.T) {
	var list []vector
	readVectors(t, "interim.json", &list)
	for _, v := range list {
		want := pnr.Letters
		if v.Valid {
			want = pnr.Interim
		}
		for _, form := range []string{v.Long, v.Short, v.Separated, v.LongSep} {
			if _, err := pnr.Parse(form, today); fault.Of(err) == nil || fault.Of(err).Key != want {
				t.Errorf("%q: %v, want %s", form, err, want)
			}
		}
	}
}

func TestOrganisationNumbersAreRefusedAsSuch(t *testing.T) {
	var list []vector
	readVectors(t, "orgnumber.json", &list)
	if len(list) != 6 {
		t.Fatalf("%d vectors", len(list))
	}
	for _, v := range list {
		for _, form := range []string{v.Short, v.Separated, strconv.FormatInt(v.Integer, 10)} {
			if _, err := pnr.Parse(form, today); fault.Of(err) == nil || fault.Of(err).Key != pnr.Org {
				t.Errorf("%q: %v", form, err)
			}
		}
	}
}
