package person

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"sluss/internal/access"
	"sluss/internal/id"
	"sluss/internal/store"
	"sluss/internal/vault"
)

// rosters are what a process keeps in memory to find people by name: for each area everybody's id with a sign of the
// name. The database holds no index of names, since a copy of one would tell who is called what. A roster says whom a
// search may mean; who is seen, and whose name it is, the database and the opened name say as if there were none.
type rosters struct {
	mu    sync.Mutex
	areas map[id.Area]*roster
	turn  int64 // counts the searches
	most  int   // people in memory; 0 is mostInMemory
}

// mostInMemory bounds what is kept, at 16 bytes each; the areas that were asked about longest ago go first.
const mostInMemory = 1_200_000

// roster is one area's.
type roster struct {
	mu   sync.Mutex
	list []signed // by id
	upto int64    // the highest identity_seq that was read
	turn int64    // the last search; with people, it belongs to the rosters' lock
	size int
}

type signed struct {
	who  ID
	sign access.Sign
}

// find gives the ids of those whom the search may mean, in order, as the area is when it is called or later.
func (x *rosters) find(ctx context.Context, s *store.Store, actor *access.Actor, sought access.Sought) ([]ID, error) {
	r := x.of(actor.Area())
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.refresh(ctx, s, actor.Keys(), actor.Area()); err != nil {
		return nil, err
	}
	x.fit(actor.Area(), r, len(r.list))
	var ids []ID
	for _, e := range r.list {
		if sought.Fits(e.sign) {
			ids = append(ids, e.who)
		}
	}
	return ids, nil
}

func (x *rosters) of(area id.Area) *roster {
	x.mu.Lock()
	defer x.mu.Unlock()
	r := x.areas[area]
	if r == nil {
		r = &roster{}
		if x.areas == nil {
			x.areas = map[id.Area]*roster{}
		}
		x.areas[area] = r
	}
	x.turn++
	r.turn = x.turn
	return r
}

// fit notes how many the area has and lets others go until all have room. The area itself stays.
func (x *rosters) fit(area id.Area, r *roster, size int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if r.size == size {
		return
	}
	r.size = size
	x.areas[area] = r
	for {
		sum, oldest := 0, area
		for a, o := range x.areas {
			sum += o.size
			if a != area && (oldest == area || o.turn < x.areas[oldest].turn) {
				oldest = a
			}
		}
		if sum <= cmp.Or(x.most, mostInMemory) || oldest == area {
			return
		}
		delete(x.areas, oldest)
	}
}

// atATime is how many names are opened in one read.
const atATime = 1000

var written = store.Q(`SELECT p.person_id, p.key_wrapped, p.identity, p.birth_year, p.identity_seq, p.weeded_at FROM person p
 WHERE p.area_id = $1 AND p.identity_seq > $2 ORDER BY p.identity_seq LIMIT 0 + $3`)

// refresh reads the names that were written since the last time; the first time all. The caller holds the lock, so two
// never read the same, and nobody waits for it with a connection in hand.
func (r *roster) refresh(ctx context.Context, s *store.Store, keys *vault.Area, area id.Area) error {
	var all []signed
	for {
		some, upto, err := writtenAfter(ctx, s, keys, area, r.upto)
		if err == nil {
			all, r.upto = append(all, some...), upto
		}
		if err != nil || len(some) < atATime {
			r.put(all)
			return err
		}
	}
}

// writtenAfter reads some of the names written after the number, and the number of the last.
func writtenAfter(ctx context.Context, s *store.Store, keys *vault.Area, area id.Area, after int64) (list []signed, upto int64, err error) {
	upto = after
	err = s.Read(ctx, func(tx *store.Tx) (err error) {
		list, err = store.All(ctx, tx, written, []any{area, after, atATime}, func(rows *store.Cursor) (e signed, err error) {
			var wrapped, identity []byte
			var year int
			var weeded int64
			if err = rows.Scan(&e.who, &wrapped, &identity, &year, &upto, &weeded); err == nil && weeded == 0 {
				e.sign = access.SignOf(keys, e.who, wrapped, identity, place("identity", e.who), year)
			}
			return e, err
		})
		return err
	})
	return list, upto, err
}

func byID(a, b signed) int { return cmp.Compare(a.who, b.who) }

// put takes in what was read, in place of what was known of the same people: a few one by one, many by sorting.
func (r *roster) put(fresh []signed) {
	if len(fresh) < 32 {
		for _, e := range fresh {
			i, known := slices.BinarySearchFunc(r.list, e, byID)
			if !known {
				r.list = slices.Insert(r.list, i, e)
			}
			r.list[i] = e
		}
		return
	}
	all := append(r.list, fresh...)
	slices.SortStableFunc(all, byID)
	r.list = all[:0]
	for i, e := range all {
		if i+1 == len(all) || all[i+1].who != e.who {
			r.list = append(r.list, e)
		}
	}
}
