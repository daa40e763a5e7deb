package access_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/demo/demotest"
	"sluss/internal/id"
	"sluss/internal/store/storetest"
	"sluss/internal/vault"
)

// signed is a person with a sealed name, for the tests of signs.
type signed struct {
	words []string
	year  int
	sign  access.Sign
}

func areaKeys(t *testing.T) *vault.Area {
	t.Helper()
	w := demotest.New(t, storetest.Open(t, storetest.SQLite(t)))
	return w.Actor(t, "lena").Keys()
}

func signs(t *testing.T, n int) []signed {
	t.Helper()
	w := areaKeys(t)
	r := rand.New(rand.NewPCG(3, 1))
	list := make([]signed, n)
	for i := range list {
		s := &list[i]
		for range 1 + r.IntN(6) {
			word := ""
			for range 1 + r.IntN(7) {
				word += string([]rune("abdeiklmnorstuåäöع")[r.IntN(18)])
			}
			s.words = append(s.words, word)
		}
		s.year = []int{0, 1890, 1901, 1960, 1974, 2099}[r.IntN(6)]
		p := id.Person(i + 1)
		at := vault.Place{Table: "person", Column: "identity", Row: int64(p)}
		wrapped, key, err := w.NewPerson(p)
		must(t, err)
		s.sign = access.SignOf(w, p, wrapped, key.Seal(at, strings.Join(s.words[:1], " "), strings.Join(s.words[1:], " "), "x"), at, s.year)
	}
	return list
}

// meant tells whether each word begins one of the names, and the year is the one asked for.
func (s signed) meant(words []string, year int) bool {
	for _, w := range words {
		found := false
		for _, n := range s.words {
			found = found || strings.HasPrefix(n, w)
		}
		if !found {
			return false
		}
	}
	return year == 0 || year == s.year
}

func TestASignNeverPassesOverSomebodyWhoIsMeant(t *testing.T) {
	list := signs(t, 2000)
	r := rand.New(rand.NewPCG(5, 8))
	fits, misses, others := 0, 0, 0
	for range 2000 {
		from := list[r.IntN(len(list))]
		var words []string
		for range 1 + r.IntN(2) {
			w := []rune(from.words[r.IntN(len(from.words))])
			words = append(words, string(w[:1+r.IntN(len(w))]))
		}
		year := 0
		if r.IntN(3) == 0 && from.year > 1900 {
			year = from.year
		}
		q := access.Seek(words, year)
		for _, s := range list {
			fit, meant := q.Fits(s.sign), s.meant(words, year)
			switch {
			case meant && !fit:
				t.Fatalf("%q %d is meant by %q %d, but passed over", s.words, s.year, words, year)
			case meant:
				fits++
			case fit && len(s.words) <= 4 && len([]rune(words[0])) > 1:
				others++
			case !fit:
				misses++
			}
		}
	}
	if fits < 2000 || others > misses/20 {
		t.Errorf("%d fit, %d fit beside the mark, %d do not: signs tell too little", fits, others, misses)
	}
}

func TestANameThatDoesNotOpenIsLeftToTheSearch(t *testing.T) {
	s := access.SignOf(areaKeys(t), 7, []byte("no key"), nil, vault.Place{}, 1980)
	if !access.Seek([]string{"samira", "haddad"}, 1980).Fits(s) || access.Seek([]string{"samira"}, 1981).Fits(s) {
		t.Error("a name that does not open was passed over, or its year forgotten")
	}
}
