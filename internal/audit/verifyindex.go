package audit

import (
	"errors"
	"hash/maphash"
	"slices"
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

// folk are the people in the area's records, each with a place in the sums. Nothing is said of people whose alias is gone.
type folk struct {
	seed   maphash.Seed
	slot   map[Alias]int32
	person map[id.Person]int32
	ids    []id.Person
	alias  []Alias
}

// sums holds for each living person the sum of what is said of them. What the rows say and what the index says agree when the
// sums are the same, but for a chance of one in 2⁶⁴: the hash is keyed anew each time.
type sums struct {
	*folk
	sum []uint64
}

func (s *sums) hash(slot int32, e trail, row ID) uint64 {
	return maphash.Comparable(s.seed, struct {
		slot int32
		e    trail
		row  ID
	}{slot, e, row})
}

// shownSums are the sums of the rows, in the order of their positions.
type shownSums struct {
	sums
	days map[int64]map[listed]struct{} // the lists of the day that is read and of the one before
	day  int64
	from clock.Instant // of the day
	to   clock.Instant
}

// listed is a person in the lists of a post on a day.
type listed struct {
	slot int32
	post int64
}

// indexedSums are the sums of the index.
type indexedSums struct{ sums }

func newShown(f *folk) *shownSums {
	return &shownSums{sums: sums{f, make([]uint64, len(f.ids))}, days: map[int64]map[listed]struct{}{}}
}

func newIndexed(f *folk) *indexedSums { return &indexedSums{sums{f, make([]uint64, len(f.ids))}} }

// folk reads the aliases of those who are in the area's records.
func (v *verifier) folk(s *store.Store) (*folk, error) {
	f := &folk{seed: maphash.MakeSeed(), slot: map[Alias]int32{}, person: map[id.Person]int32{}}
	err := v.read(s, func() error {
		_, err := store.All(v.ctx, v.tx, store.Q(`SELECT person_id, alias FROM person WHERE area_id = $1`), []any{v.Area}, func(c *store.Cursor) (_ struct{}, err error) {
			var p id.Person
			var b []byte
			if err = c.Scan(&p, &b); err == nil && len(b) == AliasBytes {
				f.slot[Alias(b)] = int32(len(f.ids))
				f.person[p] = int32(len(f.ids))
				f.ids, f.alias = append(f.ids, p), append(f.alias, Alias(b))
			}
			return struct{}{}, err
		})
		return err
	})
	return f, err
}

// index holds the index of people against the rows, both ways. Whose sums differ is looked at row by row, in one snapshot: two
// lists at once may have left the line with the later of them, and readings since are in one sum and not in the other.
func (v *verifier) index(indexed *indexedSums) error {
	if len(v.Findings) > 0 { // the walk ended early
		v.shown = newShown(indexed.folk)
		if err := v.eachRow(rowsAll, func(r *row) { v.shown.add(r) }); err != nil {
			return err
		}
	}
	var suspects []int32
	for slot, sum := range v.shown.sum {
		if sum != indexed.sum[slot] {
			suspects = append(suspects, int32(slot))
		}
	}
	if len(suspects) == 0 {
		return nil
	}
	err := v.differs(indexed.folk, suspects)
	if errors.Is(err, errFound) {
		err = nil
	}
	return err
}

// The rows in the order of their ids, which is that of time: all, and those without a position. Only what the index is made of is
// read.
var (
	rowsAll     = store.Q(`SELECT disclosure_id, at, post_id, listed, people FROM disclosure WHERE area_id = $1 ORDER BY disclosure_id`)
	rowsWaiting = store.Q(`SELECT disclosure_id, at, post_id, listed, people FROM disclosure WHERE area_id = $1 AND position IS NULL ORDER BY disclosure_id`)
)

func (v *verifier) eachRow(q store.SQL, f func(*row)) error {
	rows, err := v.tx.Query(v.ctx, q, v.Area)
	if err != nil {
		return err
	}
	defer rows.Close()
	var r row
	for rows.Next() {
		if err := rows.Scan((*int64)(&r.id), (*int64)(&r.at), (*int64)(&r.post), &r.listed, &r.people); err != nil {
			return err
		}
		f(&r)
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
		if err := rows.Scan((*int64)(&i.person), &day, &i.post, (*int64)(&i.opened), (*int64)(&i.row)); err != nil {
			return err
		}
		i.day = dayNumber(day)
		f(i)
	}
	return rows.Err()
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
func (s *shownSums) add(r *row) {
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
		s.sum[slot] += s.hash(slot, e, r.id)
	}
}

// turn makes the day of the instant the current one. Ids may run a second past midnight, so the day before is remembered.
func (s *shownSums) turn(at clock.Instant) {
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

// take adds what a line of the index says.
func (s *indexedSums) take(i indexed) {
	if slot, there := s.person[i.person]; there {
		s.sum[slot] += s.hash(slot, i.trail, i.row)
	}
}

// suspect is one whose index may not be that of the rows: what the index has, and which rows may stand behind each line.
type suspect struct {
	lines map[trail]ID
	rows  map[trail][]ID
}

// differs names the first row for which the index of one of the people and the rows differ. A line of a list may lead to any
// list of the post on that day that shows the person.
func (v *verifier) differs(f *folk, slots []int32) error {
	doubted := map[int32]*suspect{}
	for _, slot := range slots {
		d := &suspect{map[trail]ID{}, map[trail][]ID{}}
		doubted[slot] = d
		if err := v.lines(int64(f.ids[slot]), int64(f.ids[slot]), func(i indexed) { d.lines[i.trail] = i.row }); err != nil {
			return err
		}
	}
	s := newShown(f)
	if err := v.eachRow(rowsAll, func(r *row) {
		s.turn(r.at)
		for b := r.people; len(b) >= AliasBytes; b = b[AliasBytes:] {
			slot, there := f.slot[Alias(b[:AliasBytes])]
			if d := doubted[slot]; there && d != nil {
				e := trail{int64(r.post), s.day, r.id}
				if r.listed == 1 {
					e.opened = 0
				}
				d.rows[e] = append(d.rows[e], r.id)
			}
		}
	}); err != nil {
		return err
	}
	first, what, whom := ID(0), "", id.Person(0)
	for _, slot := range slots {
		if row, text := doubted[slot].first(); row != 0 && (first == 0 || row < first) {
			first, what, whom = row, text, f.ids[slot]
		}
	}
	if first == 0 {
		return nil
	}
	return v.found(v.positionOf(first), first, what, whom)
}

// first is the first row that the person's index does not lead to, or leads to wrongly, and what is wrong with it; 0 for none.
func (d *suspect) first() (row ID, what string) {
	for e, rows := range d.rows {
		if _, there := d.lines[e]; !there && (row == 0 || rows[0] < row) {
			row, what = rows[0], "the row shows the person %s, whose index does not lead to it"
		}
	}
	if row != 0 {
		return row, what
	}
	for e, to := range d.lines {
		if !slices.Contains(d.rows[e], to) && (row == 0 || to < row) {
			row, what = to, "the index of the person %s leads to the row, which is gone, another's, or does not show that person"
		}
	}
	return row, what
}

// positionOf gives the position of a row, -1 when it has none or is gone.
func (v *verifier) positionOf(row ID) (n int64) {
	if err := v.tx.One(v.ctx, store.Q(`SELECT coalesce(position, -1) FROM disclosure WHERE area_id = $1 AND disclosure_id = $2`), []any{v.Area, row}, &n); err != nil {
		return -1
	}
	return n
}
