package flow

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/store"
)

// What names a number that people stand behind. Of a stock those who were in it at a month's end, or today; of a flow
// those it happened to in a month, or since Figures.Since.
type What string

// The numbers with a list behind them. InStep and IntoStep make those of a step.
const (
	InQueue   What = "waiting"
	OnWay     What = "onway"
	InLine    What = "line"
	Inside    What = "inside"
	OnPause   What = "paused"
	WhoCame   What = "arrived"
	WhoCalled What = "called"
	WhoBegan  What = "began"
	WhoGone   What = "gone"
	WhoBack   What = "back"
	ToWork    What = Work
	ToStudies What = Studies
	ToOther   What = Other
)

// InStep is the stock of a step, 1 the first.
func InStep(n int) What { return What(Step(n)) }

// IntoStep is those who came into a step from another.
func IntoStep(n int) What { return What("into" + strconv.Itoa(n)) }

// IsStock tells whether the number is of those who are somewhere, not of those something happened to.
func (w What) IsStock() bool {
	return w == InQueue || w == OnWay || w == InLine || w == Inside || w == OnPause || Stock(w).step() > 0
}

// holds tells whether a stock is part of the number.
func (w What) holds(s Stock) bool {
	switch w {
	case InQueue, OnPause:
		return Stock(w) == s
	case OnWay:
		return s.InLine() && s != Waiting
	case InLine:
		return s.InLine()
	case Inside:
		return s.Inside()
	}
	return Stock(w) == s && s != Outside
}

// counts tells whether a change is one of the number's.
func (w What) counts(c Change) bool {
	switch w {
	case WhoCame, WhoCalled, WhoBegan, WhoGone:
		return c.What == string(w)
	case WhoBack:
		return c.Back != ""
	case ToWork, ToStudies, ToOther:
		return c.What == left && WayOut(c.Code) == string(w)
	}
	n, into := strings.CutPrefix(string(w), "into")
	return into && c.What == moved && c.Code == n
}

// Known tells whether there is such a number.
func (w What) Known() bool {
	switch w {
	case InQueue, OnWay, InLine, Inside, OnPause, WhoCame, WhoCalled, WhoBegan, WhoGone, WhoBack, ToWork, ToStudies, ToOther:
		return true
	}
	n, into := strings.CutPrefix(string(w), "into")
	return Stock(w).step() > 0 || into && len(n) == 1 && n >= "1" && n <= "9"
}

// Listed is one of the people behind a number.
type Listed struct {
	Person id.Person
	Name   string
	Since  clock.Date // into the stock, or the day it happened
}

// Place is where a page of a list begins: after this day and person. The zero value is the beginning.
type Place struct {
	Since  clock.Date
	Person id.Person
}

// List is a page of the people behind a number, those who have been there longest first.
type List struct {
	Total  int // the number
	People []Listed
	More   bool // there is a page after
	Next   Place
	Hidden bool // the number holds people whom the actor may not see
}

// PerPage is how many people a page of a list holds.
const PerPage = 50

// Ask is a question for the people behind a number.
type Ask struct {
	Unit  id.Unit
	What  What
	Month clock.Date // its first day; "" is today, or since Figures.Since
	After Place
}

// People lists those behind a number whom the actor may see. Missing when there is no such number, or the unit may not be
// chosen. The reception reads no lists.
func (d *Desk) People(ctx context.Context, actor *access.Actor, q Ask) (l List, err error) {
	if !q.What.Known() {
		return List{}, fault.Missing
	}
	err = d.Store.Read(ctx, func(tx *store.Tx) error {
		if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
			return err
		}
		_, chosen, err := Choose(ctx, tx, actor, q.Unit)
		if err != nil {
			return err
		}
		var all []Listed
		for _, u := range chosen {
			some, err := q.behind(ctx, tx, actor, u.ID)
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
		slices.SortFunc(all, func(a, b Listed) int { return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.Person, b.Person)) })
		l, err = page(ctx, tx, actor, all, q.After)
		return err
	})
	return l, err
}

// behind gives the people behind a number at one unit, by id and day only.
func (q Ask) behind(ctx context.Context, tx *store.Tx, actor *access.Actor, unit id.Unit) ([]Listed, error) {
	from, to := q.days(actor.Today())
	first := from
	if q.What.IsStock() {
		first = "0001-01-01"
	}
	list, err := waysBetween(ctx, tx, actor.Area(), unit, first, to)
	var found []Listed
	for _, w := range list {
		found = append(found, q.of(w, from, to)...)
	}
	return found, err
}

// days gives the first and the last day that are asked about.
func (q Ask) days(today clock.Date) (from, to clock.Date) {
	if q.Month == "" {
		return today.AddMonths(-12).Month(), today
	}
	return q.Month, min(q.Month.AddMonths(1).Add(-1), today)
}

// of gives a person once for each time they are counted.
func (q Ask) of(w way, from, to clock.Date) (found []Listed) {
	at, since := Outside, clock.Date("")
	for _, c := range Follow(w.events) {
		if c.On > to {
			break
		}
		at, since = c.To, c.On
		if !q.What.IsStock() && c.On >= from && q.What.counts(c) {
			found = append(found, Listed{Person: w.person, Since: c.On})
		}
	}
	if q.What.IsStock() && q.What.holds(at) {
		found = append(found, Listed{Person: w.person, Since: since})
	}
	return found
}

// page fills in names, of those whom the actor may see and from a place on, until the page is full.
func page(ctx context.Context, tx *store.Tx, actor *access.Actor, all []Listed, after Place) (List, error) {
	s, err := access.Over(ctx, tx, actor, access.Identity|access.Thread, access.ForReview)
	if err != nil {
		return List{}, err
	}
	l := List{Total: len(all)}
	seen, err := visible(ctx, tx, s, all)
	if err != nil {
		return l, err
	}
	for _, x := range all {
		if !seen[x.Person] {
			l.Hidden = true
			continue
		}
		if x.Since < after.Since || x.Since == after.Since && x.Person <= after.Person {
			continue
		}
		if len(l.People) == PerPage {
			l.More = true
			continue
		}
		l.People = append(l.People, x)
		l.Next = Place{x.Since, x.Person}
	}
	return l, named(ctx, tx, s, l.People)
}

// chunk is how many people one statement asks about.
const chunk = 128

// visible tells whom of the people the actor may see. Nothing about them is read.
func visible(ctx context.Context, tx *store.Tx, s access.Scope, all []Listed) (map[id.Person]bool, error) {
	seen := map[id.Person]bool{}
	for part := range slices.Chunk(all, chunk) {
		q := store.Join(store.Q(`SELECT p.person_id FROM person p WHERE `+access.Visible+` AND p.person_id IN `), store.In(7, len(part)))
		rows, err := tx.Query(ctx, q, s.Args(persons(part)...)...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var p id.Person
			if err := rows.Scan(&p); err != nil {
				rows.Close()
				return nil, err
			}
			seen[p] = true
		}
		if err := cmp.Or(rows.Err(), rows.Close()); err != nil {
			return nil, err
		}
	}
	return seen, nil
}

func persons(list []Listed) []any {
	ids := make([]int64, len(list))
	for i, x := range list {
		ids[i] = int64(x.Person)
	}
	return store.Pad(ids)
}

// named opens the names of a page. Each person is noted as disclosed.
func named(ctx context.Context, tx *store.Tx, s access.Scope, list []Listed) error {
	if len(list) == 0 {
		return nil
	}
	q := store.Join(store.Q(`SELECT `+access.Columns+`, p.identity FROM person p WHERE `+access.Visible+` AND p.person_id IN `), store.In(7, len(list)))
	rows, err := tx.Query(ctx, q, s.Args(persons(list)...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	names := map[id.Person]string{}
	for rows.Next() {
		var sealed []byte
		a, err := s.Row(rows, &sealed)
		if err != nil {
			return err
		}
		if names[a.Person()], err = person.NameOf(a, sealed); err != nil {
			return err
		}
	}
	for i := range list {
		list[i].Name = names[list[i].Person]
	}
	return rows.Err()
}
