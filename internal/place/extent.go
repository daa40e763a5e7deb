package place

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// The most that an extent can be.
const (
	MostDays    = 7
	MostHours   = 60
	MostPercent = 100
	mostWords   = 200
)

// Extent is how much of the week a place is, from a day on. What is 0 is not said.
type Extent struct {
	From    clock.Date
	Days    int    // a week
	Hours   int    // a week
	Percent int    // of full time
	Words   string // how it lies in the week, or what else was agreed
	At      clock.Instant
	By      id.Post
}

func (e *Extent) check(p Place) error {
	e.Words = strings.TrimSpace(e.Words)
	var form fault.Form
	if e.Days == 0 && e.Hours == 0 && e.Percent == 0 {
		form.Add("days", "place.extent.needed")
	}
	within(&form, "days", e.Days, MostDays)
	within(&form, "hours", e.Hours, MostHours)
	within(&form, "percent", e.Percent, MostPercent)
	if utf8.RuneCountInString(e.Words) > mostWords {
		form.Add("words", "form.long", mostWords)
	}
	if e.From == "" || e.From < p.From || p.To != "" && e.From >= p.To {
		form.Add("extentfrom", "place.extent.from")
	}
	return form.Err()
}

func within(form *fault.Form, field string, n, most int) {
	if n < 0 || n > most {
		form.Add(field, "place.extent.most", most)
	}
}

// Holding gives those that hold on the day or later, each day once, of a list as Extents gives it: the last first.
func Holding(list []Extent, day clock.Date) (now []Extent) {
	for _, e := range list {
		if n := len(now); n > 0 && (now[n-1].From == e.From || now[n-1].From <= day) {
			continue
		}
		now = append(now, e)
	}
	return now
}

// Extend writes how much of the week a place is from a day on. What was before stays readable.
func (d *Desk) Extend(ctx context.Context, actor *access.Actor, who id.Person, k ID, version int, e Extent) error {
	return d.change(ctx, actor, who, k, version, func(tx *store.Tx, a access.Access, p *Place) error {
		if p.State != Held {
			return fault.Stale
		}
		if err := e.check(*p); err != nil {
			return err
		}
		row := id.New[extentTag](actor.Now())
		sealed := a.Key(access.Activities).Seal(extentPlace(row), strconv.Itoa(e.Days), strconv.Itoa(e.Hours), strconv.Itoa(e.Percent), e.Words)
		_, err := tx.Exec(ctx, store.Q(`INSERT INTO place_extent (area_id, extent_id, place_id, person_id, from_on, sealed, at, post_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`),
			actor.Area(), row, k, who, string(e.From), sealed, int64(actor.Now()), actor.Post())
		return err
	})
}

// Extents gives all that was ever said of how much the person's places are, for each the one that holds last first.
func Extents(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access) (map[ID][]Extent, error) {
	key, of := a.Key(access.Activities), map[ID][]Extent{}
	_, err := store.All(ctx, tx, store.Q(`SELECT extent_id, place_id, from_on, sealed, at, post_id FROM place_extent WHERE area_id = $1 AND person_id = $2
	 ORDER BY from_on DESC, extent_id DESC`), []any{actor.Area(), a.Person()}, func(r *store.Cursor) (e Extent, err error) {
		var row id.Of[extentTag]
		var k ID
		var sealed []byte
		if err = r.Scan(&row, &k, &e.From, &sealed, &e.At, &e.By); err != nil {
			return e, err
		}
		f, err := key.Open(extentPlace(row), 4, sealed)
		for i, n := range []*int{&e.Days, &e.Hours, &e.Percent} {
			if err == nil {
				*n, err = strconv.Atoi(f[i])
			}
		}
		if err == nil {
			e.Words = f[3]
			of[k] = append(of[k], e)
		}
		return e, err
	})
	return of, err
}

func extentPlace(row id.Of[extentTag]) vault.Place {
	return vault.Place{Table: "place_extent", Column: "sealed", Row: int64(row)}
}
