package flow

import (
	"context"
	"strconv"

	"sluss/internal/clock"
	"sluss/internal/few"
	"sluss/internal/id"
	"sluss/internal/store"
)

// Went is how it went for those who left a gateway in one whole year, so roughly that nobody can be told from it. Work, Studies and Other
// are of ten, and ten together.
type Went struct {
	Year                 int
	About                int // how many left, to the ten below
	Work, Studies, Other int
}

// fewestLeft is how many must have left in a year for anything to be told of it, and settled how many days after a year it is told of.
const (
	fewestLeft = 20
	settled    = 31
)

var leftIn = store.Q(`SELECT code, sum(n) FROM flow_sum WHERE area_id = $1 AND unit_id = $2 AND part = '` + inTotal + `' AND kind = '` + left + `'
 AND month >= $3 AND month < $4 GROUP BY code`)

// WentOf tells how it went in the last whole year, from sums that name nobody. ok is false where too few left, or where some way out would
// be of fewer than five.
func WentOf(ctx context.Context, tx *store.Tx, area id.Area, unit id.Unit, today clock.Date) (w Went, ok bool, err error) {
	this := today.Add(-settled).Time().Year()
	w.Year = this - 1
	var m Month
	_, err = store.All(ctx, tx, leftIn, []any{area, unit, strconv.Itoa(w.Year), strconv.Itoa(this)}, func(r *store.Cursor) (struct{}, error) {
		var code string
		var n int
		err := r.Scan(&code, &n)
		m.out(WayOut(code), n)
		return struct{}{}, err
	})
	if err != nil || m.Left() < fewestLeft || few.Small([]int{m.Work, m.Studies, m.Other}) {
		return Went{}, false, err
	}
	w.About = m.Left() / 10 * 10
	w.Work, w.Studies, w.Other = ofTen(m.Work, m.Studies, m.Other)
	return w, true, nil
}

// ofTen gives each part in tenths of the whole, rounded so that they are ten together.
func ofTen(parts ...int) (a, b, c int) {
	whole, given := 0, 0
	for _, n := range parts {
		whole += n
	}
	tenths, rest := make([]int, len(parts)), make([]int, len(parts))
	for i, n := range parts {
		tenths[i], rest[i] = n*10/whole, n*10%whole
		given += tenths[i]
	}
	for ; given < 10; given++ {
		most := 0
		for i := range rest {
			if rest[i] > rest[most] {
				most = i
			}
		}
		tenths[most]++
		rest[most] = -1
	}
	return tenths[0], tenths[1], tenths[2]
}
