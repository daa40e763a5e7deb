package audit

import (
	"errors"
	"hash/maphash"
	"math"
	"strconv"

	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/store"
)

// trail is what makes a disclosure findable for one person: of a list one per day and post, else one per disclosure.
type trail struct {
	post   int64
	day    int64
	opened ID // 0 for a list
}

// sums holds for each living person the sum of what the rows say and the index does not. The two sides agree when all are
// 0, but for a chance of one in 2⁶⁴: the hash is keyed anew each time. Nothing is said of people whose alias is gone.
type sums struct {
	seed   maphash.Seed
	slot   map[Alias]int32
	person map[id.Person]int32
	sum    []uint64
	ids    []id.Person
	alias  []Alias
	days   map[int64]map[listed]struct{} // the lists of the day that is read and of the one before
	day    int64
	from   clock.Instant // of the day
	to     clock.Instant
}

// listed is a person in the lists of a post on a day.
type listed struct {
	slot int32
	post int64
}

func (s *sums) hash(slot int32, e trail) uint64 {
	return maphash.Comparable(s.seed, struct {
		slot int32
		e    trail
	}{slot, e})
}

// index holds the index of people against the rows, both ways.
func (v *verifier) index() error {
	s, err := v.people()
	if err == nil {
		err = v.shown(func(r *row) error { s.add(r); return nil })
	}
	if err == nil {
		err = v.lines(math.MinInt64, math.MaxInt64, s.take)
	}
	if err == nil {
		err = v.nowhere()
	}
	if errors.Is(err, errFound) {
		return nil
	}
	if err != nil {
		return err
	}
	for slot, sum := range s.sum {
		if sum != 0 {
			err := v.differs(s.ids[slot], s.alias[slot])
			if errors.Is(err, errFound) {
				err = nil
			}
			return err
		}
	}
	return nil
}

// people reads the aliases of those who are in the area's records.
func (v *verifier) people() (*sums, error) {
	s := &sums{seed: maphash.MakeSeed(), slot: map[Alias]int32{}, person: map[id.Person]int32{}, days: map[int64]map[listed]struct{}{}}
	_, err := store.All(v.ctx, v.tx, store.Q(`SELECT person_id, alias FROM person WHERE area_id = $1`), []any{v.Area}, func(c *store.Cursor) (_ struct{}, err error) {
		var p id.Person
		var b []byte
		if err = c.Scan(&p, &b); err == nil && len(b) == AliasBytes {
			s.slot[Alias(b)] = int32(len(s.ids))
			s.person[p] = int32(len(s.ids))
			s.ids, s.alias = append(s.ids, p), append(s.alias, Alias(b))
		}
		return struct{}{}, err
	})
	s.sum = make([]uint64, len(s.ids))
	return s, err
}

// shown goes through all rows in the order of their ids, which is that of time; only what the index is made of is read.
func (v *verifier) shown(f func(*row) error) error {
	rows, err := v.tx.Query(v.ctx, store.Q(`SELECT disclosure_id, at, post_id, listed, people FROM disclosure WHERE area_id = $1 ORDER BY disclosure_id`), v.Area)
	if err != nil {
		return err
	}
	defer rows.Close()
	var r row
	for rows.Next() {
		if err := rows.Scan(&r.id, &r.at, &r.post, &r.listed, &r.people); err != nil {
			return err
		}
		if err := f(&r); err != nil {
			return err
		}
	}
	return rows.Err()
}

// indexed is a row of the index.
type indexed struct {
	person id.Person
	trail
	row ID // where it leads
}

// lines goes through the index for the people from first to last.
func (v *verifier) lines(first, last int64, f func(indexed)) error {
	rows, err := v.tx.Query(v.ctx, store.Q(`SELECT i.person_id, i.on_date, i.post_id, i.opened_id, i.disclosure_id FROM disclosure_person i
	  WHERE i.area_id = $1 AND i.person_id >= $2 AND i.person_id <= $3`), v.Area, first, last)
	if err != nil {
		return err
	}
	defer rows.Close()
	var day string
	for rows.Next() {
		var i indexed
		if err := rows.Scan(&i.person, &day, &i.post, &i.opened, &i.row); err != nil {
			return err
		}
		i.day = dayNumber(day)
		f(i)
	}
	return rows.Err()
}

// nowhere finds lines of the index that lead to no row, or to another post's.
func (v *verifier) nowhere() error {
	list, err := store.All(v.ctx, v.tx, store.Q(`SELECT i.person_id, i.disclosure_id FROM disclosure_person i
	  LEFT JOIN disclosure d ON d.area_id = i.area_id AND d.disclosure_id = i.disclosure_id AND d.post_id = i.post_id
	  JOIN person p ON p.area_id = i.area_id AND p.person_id = i.person_id
	  WHERE i.area_id = $1 AND d.disclosure_id IS NULL AND length(p.alias) = 16 ORDER BY i.disclosure_id LIMIT 1`), []any{v.Area}, func(c *store.Cursor) (i indexed, err error) {
		err = c.Scan(&i.person, &i.row)
		return i, err
	})
	if err != nil || len(list) == 0 {
		return err
	}
	return v.found(v.positionOf(list[0].row), list[0].row, "the index of the person %s leads to the row, which is gone or another's", list[0].person)
}

// dayNumber gives 20261122 for 2026-11-22, and 0 for what is no date.
func dayNumber(date string) int64 {
	if len(date) != len("2026-11-22") {
		return 0
	}
	n, _ := strconv.ParseInt(date[:4]+date[5:7]+date[8:], 10, 64)
	return n
}

// add adds what a row makes findable.
func (s *sums) add(r *row) {
	s.turn(r.at)
	for b := r.people; len(b) >= AliasBytes; b = b[AliasBytes:] {
		slot, there := s.slot[Alias(b[:AliasBytes])]
		if !there {
			continue
		}
		e := trail{int64(r.post), s.day, r.id}
		if r.listed == 1 {
			e.opened = 0
			key := listed{slot, e.post}
			if _, seen := s.days[s.day][key]; seen {
				continue
			}
			s.days[s.day][key] = struct{}{}
		}
		s.sum[slot] += s.hash(slot, e)
	}
}

// turn makes the day of the instant the current one. Ids may run a second past midnight, so the day before is remembered.
func (s *sums) turn(at clock.Instant) {
	if at >= s.from && at < s.to {
		return
	}
	date := at.Date()
	s.from, s.to = date.At("00:00"), date.Add(1).At("00:00")
	s.day = dayNumber(string(date))
	before := dayNumber(string(date.Add(-1)))
	for day := range s.days {
		if day < before {
			delete(s.days, day)
		}
	}
	if s.days[s.day] == nil {
		s.days[s.day] = map[listed]struct{}{}
	}
}

// take takes away what the index has.
func (s *sums) take(i indexed) {
	slot, there := s.person[i.person]
	if !there {
		return
	}
	if i.opened != 0 && i.opened != i.row {
		s.sum[slot]++ // leads to another row than it says
	}
	s.sum[slot] -= s.hash(slot, i.trail)
}

// differs names the first row for which a person's index and the rows differ.
func (v *verifier) differs(person id.Person, alias Alias) error {
	index := map[trail]ID{}
	if err := v.lines(int64(person), int64(person), func(i indexed) {
		if i.opened != 0 && i.opened != i.row {
			i.opened = -1
		}
		index[i.trail] = i.row
	}); err != nil {
		return err
	}
	s := sums{days: map[int64]map[listed]struct{}{}}
	seen := map[trail]bool{}
	var missing ID
	err := v.shown(func(r *row) error {
		s.turn(r.at)
		for b := r.people; len(b) >= AliasBytes; b = b[AliasBytes:] {
			if Alias(b[:AliasBytes]) != alias {
				continue
			}
			e := trail{int64(r.post), s.day, r.id}
			if r.listed == 1 {
				e.opened = 0
			}
			if _, there := index[e]; !there && missing == 0 {
				missing = r.id
			}
			seen[e] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	if missing != 0 {
		return v.found(v.positionOf(missing), missing, "the row shows the person %s, whose index does not lead to it", person)
	}
	var astray ID
	for e, row := range index {
		if !seen[e] && (astray == 0 || row < astray) {
			astray = row
		}
	}
	if astray != 0 {
		return v.found(v.positionOf(astray), astray, "the index of the person %s leads to the row, which does not show that person", person)
	}
	return v.found(-1, 0, "the index of the person %s is not that of the rows", person)
}

// positionOf gives the position of a row, -1 when it has none or is gone.
func (v *verifier) positionOf(row ID) (n int64) {
	if err := v.tx.One(v.ctx, store.Q(`SELECT coalesce(position, -1) FROM disclosure WHERE area_id = $1 AND disclosure_id = $2`), []any{v.Area, row}, &n); err != nil {
		return -1
	}
	return n
}
