// Package logcheck is the check of the log: some readings drawn by chance and those that rules point at are looked through by somebody
// else than the one who read, in rounds that are signed.
package logcheck

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"time"

	"sluss/internal/access"
	"sluss/internal/calendar"
	"sluss/internal/clock"
	"sluss/internal/id"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// Desk is where the log is checked.
type Desk struct{ Store *store.Store }

// Why is why a reading stands in a round; several are added together with |. Each has its words, logcheck.why.*.
type Why int

// Why a reading is looked at: chance, or a rule that a reader of the page can understand and try for themselves.
const (
	Chance    Why = 1 << iota // drawn by chance
	Emergency                 // opened in an emergency
	Protected                 // the person's record is protected
	Hours                     // more than an hour outside the worker's hours, or on a day off
	Many                      // very many openings of one record within an hour
	Anothers                  // a coach read about another coach's participant, whom they never had, and did nothing else
	Left                      // the person was no longer the unit's concern
)

var whyNames = []string{"chance", "emergency", "protected", "hours", "many", "anothers", "left"}

// Names are the names of the reasons, as in texts.
func (w Why) Names() (list []string) {
	for i, n := range whyNames {
		if w&(1<<i) != 0 {
			list = append(list, n)
		}
	}
	return list
}

// Rules are the names of all reasons but chance.
func Rules() []string { return whyNames[1:] }

// ManyOpened is how many openings of one record within an hour are very many.
const ManyOpened = 30

// Findings are what one comes to about a reading; their names are texts logcheck.finding.*.
var Findings = []string{Order, Look}

// What one comes to: it is as it should be, or it is to be looked into.
const (
	Order = "order"
	Look  = "look"
)

// read is what one post read about one person on one day, as the log has it. Lists are not in it.
type read struct {
	person    id.Person
	post      id.Post
	on        clock.Date
	at        []clock.Instant // in no order
	worked    bool            // something was written, decided or taken out
	emergency bool
	left      bool
	protected bool
	other     bool // another's participant, whom the post never had
	why       Why
}

// points says which rules point at the reading. hours are those of the unit's workers.
func (r *read) points(hours schedule.Hours) (w Why) {
	for _, x := range []struct {
		why Why
		is  bool
	}{{Emergency, r.emergency}, {Protected, r.protected}, {Left, r.left}, {Many, many(r.at)}, {Anothers, r.other && !r.worked}, {Hours, outside(r, hours)}} {
		if x.is {
			w |= x.why
		}
	}
	return w
}

// many tells whether there are ManyOpened within an hour.
func many(at []clock.Instant) bool {
	slices.Sort(at)
	for i := ManyOpened - 1; i < len(at); i++ {
		if at[i] < at[i-ManyOpened+1].Add(time.Hour) {
			return true
		}
	}
	return false
}

// outside tells whether any of it was more than an hour before or after the worker's hours, or on a day off.
func outside(r *read, hours schedule.Hours) bool {
	day := hours.Of(r.post, r.on.Weekday())
	if !calendar.Working(r.on) || day.At == "" {
		return true
	}
	from, to := r.on.At(day.At).Add(-time.Hour), r.on.At(day.Until).Add(time.Hour)
	return slices.ContainsFunc(r.at, func(at clock.Instant) bool { return at < from || at > to })
}

// lot is a reading's place in the draw: by chance, and the same for the same seed.
func (r *read) lot(seed []byte) [sha256.Size]byte {
	b := slices.Clone(seed)
	b = binary.BigEndian.AppendUint64(b, uint64(r.person))
	b = binary.BigEndian.AppendUint64(b, uint64(r.post))
	return sha256.Sum256(append(b, r.on...))
}

// shuffle puts readings in the order of the draw.
func shuffle(list []*read, seed []byte) {
	lots := make(map[*read][sha256.Size]byte, len(list))
	for _, r := range list {
		lots[r] = r.lot(seed)
	}
	slices.SortFunc(list, func(a, b *read) int {
		x, y := lots[a], lots[b]
		return cmp.Or(bytes.Compare(x[:], y[:]), cmp.Compare(a.person, b.person))
	})
}

// pick gives what is to be looked at of readings in the order of the draw: the first so many, and those a rule points at, at
// most mostPointed. pointed is how many they are.
func pick(list []*read, sample int, hours schedule.Hours) (chosen []*read, pointed int) {
	for i, r := range list {
		r.why = r.points(hours)
		if r.why != 0 {
			pointed++
		}
		if r.why != 0 && pointed > mostPointed {
			r.why = 0
		}
		if i < sample {
			r.why |= Chance
		}
		if r.why != 0 {
			chosen = append(chosen, r)
		}
	}
	return chosen, pointed
}

// mostPointed is how many readings that rules point at one round holds; more than a head can look through is looked through badly.
const mostPointed = 40

// roles are those who check, in the order in which they are asked: what no head may check is the coordinator's.
var roles = []access.Role{access.Head, access.Coordinator}

// Checks tells whether those in the role check the log.
func Checks(r access.Role) bool { return slices.Contains(roles, r) }
