package person

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/pnr"
	"sluss/internal/store"
)

// Hit is a person found.
type Hit struct {
	ID        ID
	Name      string
	BirthYear int
}

const (
	mostHits   = 25
	leastChars = 2
	mostNames  = 20000 // above that a search by name asks for the birth year too
)

// Search finds people one may see: by a whole personal number, or by the beginning of names, with or without a birth
// year ("Sam Had", "Ek 1974"). A number that finds nobody one may see and one that nobody has give the same empty
// answer.
func (d *Desk) Search(ctx context.Context, actor *access.Actor, text string) (hits []Hit, more bool, err error) {
	text = strings.TrimSpace(text)
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if n, perr := pnr.Parse(text, actor.Today()); perr == nil {
			hits, err = byExactNumber(ctx, tx, actor, n)
			return err
		}
		words, year := split(text)
		if len([]rune(strings.Join(words, ""))) < leastChars {
			return fault.Form{{Kind: fault.Invalid, Key: "person.search.short", Field: "q", Args: []any{leastChars}}}
		}
		hits, more, err = byName(ctx, tx, actor, words, year)
		return err
	})
	return hits, more, err
}

// split takes a birth year out of the words of a search.
func split(text string) (words []string, year int) {
	for _, w := range strings.Fields(i18n.Fold(text)) {
		if n, err := strconv.Atoi(w); err == nil && n > 1900 && n < 2100 {
			year = n
			continue
		}
		words = append(words, w)
	}
	return words, year
}

var searchNumber = store.Q(`SELECT ` + access.Columns + `, p.identity, p.birth_year FROM person p WHERE ` + access.Visible + ` AND p.number_index = $7`)

func byExactNumber(ctx context.Context, tx *store.Tx, actor *access.Actor, n pnr.Number) ([]Hit, error) {
	s, err := access.Over(ctx, tx, actor, access.Identity, access.ForSearch)
	if err != nil {
		return nil, err
	}
	idx, err := index(actor, n)
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, searchNumber, s.Args(idx)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var hits []Hit
	for rows.Next() {
		var h Hit
		var sealed []byte
		a, err := s.Row(rows, &sealed, &h.BirthYear)
		if err != nil {
			return nil, err
		}
		if h.Name, err = NameOf(a, sealed); err != nil {
			return nil, err
		}
		h.ID = a.Person()
		hits = append(hits, h)
	}
	return hits, rows.Err()
}

var searchName = store.Q(`SELECT ` + access.Columns + `, p.identity, p.birth_year FROM tie x
  JOIN person p ON p.area_id = x.area_id AND p.person_id = x.person_id
 WHERE x.area_id = $1 AND x.unit_id = $7 AND x.to_on > $4 AND ` + access.Visible)

// byName opens the names one may see and keeps those that match; only they count as shown.
func byName(ctx context.Context, tx *store.Tx, actor *access.Actor, words []string, year int) (hits []Hit, more bool, err error) {
	s, err := access.Over(ctx, tx, actor, access.Identity, access.ForSearch)
	if err != nil {
		return nil, false, err
	}
	rows, err := tx.Query(ctx, searchName, s.Args(actor.Unit())...)
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	seen := map[ID]bool{}
	for n := 0; rows.Next(); n++ {
		if n > mostNames && year == 0 {
			return nil, false, fault.Form{{Kind: fault.Invalid, Key: "person.search.year", Field: "q"}}
		}
		var h Hit
		var sealed []byte
		a, err := s.Peek(rows, &sealed, &h.BirthYear)
		if err != nil {
			return nil, false, err
		}
		if year != 0 && h.BirthYear != year || seen[a.Person()] {
			continue
		}
		if h.Name, err = NameOf(a.Access, sealed); err != nil {
			return nil, false, err
		}
		if !matches(h.Name, words) {
			continue
		}
		if len(hits) == mostHits {
			return sorted(hits), true, nil
		}
		a.Show()
		h.ID, seen[a.Person()] = a.Person(), true
		hits = append(hits, h)
	}
	return sorted(hits), false, rows.Err()
}

// matches tells whether each word begins one of the names.
func matches(name string, words []string) bool {
	names := strings.Fields(i18n.Fold(name))
	for _, w := range words {
		found := false
		for _, n := range names {
			found = found || strings.HasPrefix(n, w)
		}
		if !found {
			return false
		}
	}
	return true
}

// sorted puts hits in the order of a Swedish telephone book.
func sorted(hits []Hit) []Hit {
	SortByName(hits, func(h Hit) string { return h.Name })
	return hits
}

// SortByName orders anything by name as Swedish does; for lists of at most some hundreds.
func SortByName[T any](list []T, name func(T) string) {
	c := collate.New(language.Swedish)
	slices.SortStableFunc(list, func(a, b T) int { return c.CompareString(name(a), name(b)) })
}
