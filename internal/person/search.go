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
	mostHits   = 10 // each is a disclosure of somebody, mostly of somebody else than was meant
	leastChars = 2
)

// Search finds people one may see: by a whole personal number, or by the beginning of names, with or without a birth
// year ("Sam Had", "Ek 1974"). A number that finds nobody one may see and one that nobody has give the same empty
// answer.
func (d *Desk) Search(ctx context.Context, actor *access.Actor, text string) (hits []Hit, more bool, err error) {
	text = strings.TrimSpace(text)
	if n, perr := pnr.Parse(text, actor.Today()); perr == nil {
		err = d.Store.Read(ctx, func(tx *store.Tx) error {
			hits, err = byExactNumber(ctx, tx, actor, n)
			return err
		})
		return hits, false, err
	}
	words, year := split(text)
	if tooShort(words) {
		return nil, false, fault.Form{{Kind: fault.Invalid, Key: "person.search.short", Field: "q", Args: []any{leastChars}}}
	}
	return d.byName(ctx, actor, words, year, func(h Hit) bool { return year == 0 || h.BirthYear == year })
}

// Namesakes gives those one may see at the unit with the very same name and, where both are known, the same birth year:
// likely the same person, before another record is made.
func (d *Desk) Namesakes(ctx context.Context, actor *access.Actor, i Identity) ([]Hit, error) {
	name := tidy(i.Name())
	words := strings.Fields(i18n.Fold(name))
	if tooShort(words) {
		return nil, nil
	}
	year := i.BirthYear
	if !i.Number.IsZero() && i.Number.BirthDate() != "" {
		year = i.Number.BirthDate().Time().Year()
	}
	hits, _, err := d.byName(ctx, actor, words, 0, func(h Hit) bool {
		return tidy(h.Name) == name && (year == 0 || h.BirthYear == 0 || year == h.BirthYear)
	})
	return hits, err
}

func tooShort(words []string) bool { return len([]rune(strings.Join(words, ""))) < leastChars }

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

// askedAtOnce is how many people a statement asks about, one more than is shown, and one who may not be seen: the roster seldom thinks of
// somebody else. So many places it has, and those not needed hold a 0.
const askedAtOnce = 12

// The plus keeps SQLite from going through the unit's ties instead of those of the people asked about.
var searchName = store.Q(`SELECT ` + access.Columns + `, p.identity, p.birth_year FROM tie x
  JOIN person p ON p.area_id = x.area_id AND p.person_id = x.person_id
 WHERE x.area_id = $1 AND x.person_id IN ($8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
  AND +x.unit_id = $7 AND x.to_on > $4 AND ` + access.Visible + ` ORDER BY x.person_id`)

// byName asks for those whom the roster thinks of, opens the names one may see, and keeps those that match and are
// wanted; only they count as shown.
func (d *Desk) byName(ctx context.Context, actor *access.Actor, words []string, year int, wanted func(Hit) bool) (hits []Hit, more bool, err error) {
	ids, err := d.rosters.find(ctx, d.Store, actor, access.Seek(words, year))
	if err != nil {
		return nil, false, err
	}
	f := &finding{words: words, wanted: wanted}
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		s, err := access.Over(ctx, tx, actor, access.Identity, access.ForSearch)
		for part := range slices.Chunk(ids, askedAtOnce) {
			if err == nil && !f.more {
				err = f.among(ctx, tx, s, part)
			}
		}
		return err
	})
	return sorted(f.hits), f.more, err
}

// finding is a search by name on its way.
type finding struct {
	words  []string
	wanted func(Hit) bool
	hits   []Hit
	more   bool
}

func (f *finding) among(ctx context.Context, tx *store.Tx, s access.Scope, ids []ID) error {
	own := make([]any, 1+askedAtOnce)
	own[0] = s.Actor().Unit()
	for i := range askedAtOnce {
		own[1+i] = ID(0)
		if i < len(ids) {
			own[1+i] = ids[i]
		}
	}
	rows, err := tx.Query(ctx, searchName, s.Args(own...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() && !f.more {
		if err := f.take(s, rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (f *finding) take(s access.Scope, rows *store.Cursor) error {
	var h Hit
	var sealed []byte
	a, err := s.Peek(rows, &sealed, &h.BirthYear)
	if err != nil {
		return err
	}
	if h.Name, err = NameOf(a.Access, sealed); err != nil {
		return err
	}
	h.ID = a.Person()
	again := len(f.hits) > 0 && f.hits[len(f.hits)-1].ID == h.ID // tied to the unit twice
	if again || !matches(h.Name, f.words) || !f.wanted(h) {
		return nil
	}
	if len(f.hits) == mostHits {
		f.more = true
		return nil
	}
	a.Show()
	f.hits = append(f.hits, h)
	return nil
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

// Numbered gives whose number it is, 0 for nobody. It is for the program, which asks the rule next: what it gives is shown to nobody.
func Numbered(ctx context.Context, tx *store.Tx, actor *access.Actor, n pnr.Number) (ID, error) {
	idx, err := index(actor, n)
	if err != nil {
		return 0, err
	}
	p, _, _, _, _, err := byNumber(ctx, tx, actor.Area(), idx)
	if store.None(err) {
		return 0, nil
	}
	return p, err
}
