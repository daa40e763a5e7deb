package intake

import (
	"context"
	"math"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/thread"
	"sluss/internal/vault"
)

// Answer is what somebody said to being called.
type Answer string

// The answers.
const (
	Silent Answer = ""
	Yes    Answer = "yes"
	No     Answer = "no"
	Other  Answer = "other" // another time
)

// Here is whether somebody was at the group start.
type Here int

// The marks.
const (
	Unmarked Here = -1
	Away     Here = 0
	WasHere  Here = 1
)

// What moved_to says of one who has not been moved to another start.
const (
	onThis = 0  // still on this list
	struck = -1 // taken off it, back to the queue
)

// Called is one on a start list.
type Called struct {
	referral.Line
	Start      StartID
	Place      int
	CalledOn   clock.Date
	Extra      bool   // called beyond the number, with a reason
	Why        string // that reason
	Answer     Answer
	AnsweredOn clock.Date
	LetterOn   clock.Date
	MailOn     clock.Date
	RemindedOn clock.Date
	Here       Here
	MovedTo    StartID // to another start; 0 is still on this list, see also Struck
	Version    int
	Enrolment  EnrolmentState
	Protection person.Protection // of one who is protected nothing is printed
}

// EnrolmentState is what is known of the individual start of somebody on a list.
type EnrolmentState struct {
	State   State
	MeetsOn clock.Date
	MeetsAt clock.LocalTime
	Coach   id.Post
}

func calledPlace(s StartID, p id.Person) vault.Place {
	return vault.Place{Table: "called", Column: p.String(), Row: int64(s)}
}

// Struck tells whether the person was taken off the list and waits in the queue again.
func (c Called) Struck() bool { return c.MovedTo == struck }

// counts tells whether one on the list counts against the number to call.
func (c Called) counts() bool { return c.MovedTo == onThis && c.Answer.counts() }

func (a Answer) counts() bool { return a == Silent || a == Yes }

// Room is how many more may be called to the start.
func (s Start) Room(list []Called) int {
	n := s.Calls
	for _, c := range list {
		if c.counts() {
			n--
		}
	}
	return max(n, 0)
}

// Likely gives between which numbers about eight times in ten as many come, when n are expected and each comes with the
// probability rate: the 10th and 90th percent of the binomial distribution.
func Likely(n int, rate float64) (low, high int) {
	if n <= 0 || rate <= 0 {
		return 0, 0
	}
	rate = math.Min(rate, 1)
	low, high = -1, n
	sum := 0.0
	for k := 0; k <= n; k++ {
		sum += binomial(n, k, rate)
		if low < 0 && sum >= 0.1 {
			low = k
		}
		if sum >= 0.9 {
			return low, k
		}
	}
	return max(low, 0), high
}

func binomial(n, k int, p float64) float64 {
	if p == 1 {
		if k == n {
			return 1
		}
		return 0
	}
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return math.Exp(a - b - c + float64(k)*math.Log(p) + float64(n-k)*math.Log(1-p))
}

// live counts, inside the transaction, those who count against the number to call, and the highest place given.
func live(ctx context.Context, tx *store.Tx, actor *access.Actor, s StartID) (n, last int, err error) {
	err = tx.One(ctx, store.Q(`SELECT coalesce(sum(CASE WHEN moved_to = 0 AND answer IN ('', 'yes') THEN 1 ELSE 0 END), 0), coalesce(max(place), 0)
	 FROM called WHERE area_id = $1 AND start_id = $2`), []any{actor.Area(), s}, &n, &last)
	return n, last, err
}

// Fill calls from the queue, in its order, until the number to call is reached. It gives how many were called. Conflict
// when the start is over or cancelled.
func (d *Desk) Fill(ctx context.Context, actor *access.Actor, s StartID) (called int, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		called, err = Fill(ctx, tx, actor, s)
		return err
	})
	return called, err
}

// Fill is the same in the caller's transaction.
func Fill(ctx context.Context, tx *store.Tx, actor *access.Actor, s StartID) (int, error) {
	if err := access.Unit(ctx, tx, actor, access.Caseworkers...); err != nil {
		return 0, err
	}
	start, err := open(ctx, tx, actor, s)
	if err != nil {
		return 0, err
	}
	n, last, err := live(ctx, tx, actor, s)
	if err != nil || n >= start.Calls {
		return 0, err
	}
	scope, err := access.OverWrite(ctx, tx, actor, referral.Shown|access.Thread, access.ForStart)
	if err != nil {
		return 0, err
	}
	people, err := referral.NextOpen(ctx, tx, scope, start.Calls-n)
	if err != nil {
		return 0, err
	}
	for i, p := range people {
		if err := call(ctx, tx, actor, p.Access, start, p.ID, last+i+1, ""); err != nil {
			return 0, err
		}
	}
	return len(people), nil
}

// open gives a start that people can still be called to.
func open(ctx context.Context, tx *store.Tx, actor *access.Actor, s StartID) (Start, error) {
	start, err := GetStart(ctx, tx, actor, s)
	if err != nil {
		return start, err
	}
	if start.State == Cancelled || start.On < actor.Today() {
		return start, fault.New(fault.Conflict, "intake.start.over")
	}
	return start, nil
}

func call(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, s Start, r referral.ID, place int, why string) error {
	if err := referral.Call(ctx, tx, actor, a, r); err != nil {
		return err
	}
	return put(ctx, tx, actor, a, s, r, place, why)
}

// put writes a row on the list; one who was struck from it or moved away comes back in a new place.
func put(ctx context.Context, tx *store.Tx, actor *access.Actor, a access.Access, s Start, r referral.ID, place int, why string) error {
	extra := 0
	if why != "" {
		extra = 1
	}
	_, err := tx.Exec(ctx, store.Q(`INSERT INTO called (area_id, start_id, person_id, referral_id, place, called_on, extra, sealed,
	 answer, answered_on, letter_on, mail_on, reminded_on, here, moved_to, version)
	 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', '', '', '', '', -1, 0, 1)
	 ON CONFLICT (area_id, start_id, person_id) DO UPDATE SET referral_id = excluded.referral_id, place = excluded.place, called_on = excluded.called_on,
	 extra = excluded.extra, sealed = excluded.sealed, answer = '', answered_on = '', letter_on = '', mail_on = '', reminded_on = '', here = -1, moved_to = 0,
	 version = called.version + 1`),
		actor.Area(), s.ID, a.Person(), r, place, string(actor.Today()), extra, a.Key(access.Collaboration).Seal(calledPlace(s.ID, a.Person()), why))
	if err != nil {
		return err
	}
	return startEvent(ctx, tx, actor, a.Person(), s, thread.Called, "")
}

func startEvent(ctx context.Context, tx *store.Tx, actor *access.Actor, who id.Person, s Start, k thread.Kind, code string) error {
	on := actor.Today()
	if k == thread.Present || k == thread.Absent {
		on = s.On
	}
	return thread.Write(ctx, tx, actor.Area(), thread.Event{Person: who, On: on, At: actor.Now(), Kind: k, Code: code, Unit: s.Unit, Post: actor.Post(), Ref: int64(s.ID)})
}

// CallOne calls one person who waits. Within the number no reason is needed; beyond it one is, at "why".
func (d *Desk) CallOne(ctx context.Context, actor *access.Actor, s StartID, who id.Person, why string) error {
	return d.Store.Write(ctx, func(tx *store.Tx) error {
		a, err := access.Open(ctx, tx, actor, who, access.Identity|access.Collaboration|access.Thread, access.Write, access.ForStart)
		if err != nil {
			return err
		}
		start, err := open(ctx, tx, actor, s)
		if err != nil {
			return err
		}
		n, last, err := live(ctx, tx, actor, s)
		if err != nil {
			return err
		}
		if n >= start.Calls && why == "" {
			return fault.Form{{Kind: fault.Invalid, Key: "intake.call.why", Field: "why", Args: []any{start.Calls}}}
		}
		if n < start.Calls {
			why = ""
		}
		r, ok, err := referral.Newest(ctx, tx, actor, a)
		if err != nil {
			return err
		}
		if !ok {
			return fault.Missing
		}
		return call(ctx, tx, actor, a, start, r.ID, last+1, why)
	})
}
