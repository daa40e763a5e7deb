// Package past plays the two years behind the demo, day by day, by the product's own rules.
package past

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"sluss/internal/access"
	"sluss/internal/calendar"
	"sluss/internal/clock"
	"sluss/internal/contact"
	"sluss/internal/demo"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/outcome"
	"sluss/internal/plan"
	"sluss/internal/pnr/testnumbers"
	"sluss/internal/referral"
	"sluss/internal/schedule"
	"sluss/internal/store"
)

// History is how the demo's past is played: month by month by the product's own rules, the same for the same seed.
type History struct {
	Org    *org.Desk
	Seed   int64
	People int // how many adults there are on social assistance today
	Months int
	Until  clock.Instant
	Done   func(day, days int) // progress; may be nil
}

// player plays one unit's history. What is to happen on a day lies in its agenda.
type player struct {
	History
	place   demo.Place
	unit    string
	leader  string   // the coordinator's key
	coaches []string // keys
	perDay  float64  // how many come on a working day
	rnd     *rand.Rand
	numbers *[]string
	agenda  map[clock.Date][]deed
	ticks   int
	left    []*soul // who may come back
	known   map[id.Person]*soul
}

// deed is one thing that happens on a day, within a transaction of that day.
type deed func(ctx context.Context, d day) error

// day is one transaction of a day, with a clock of its own.
type day struct {
	*player
	tx    *store.Tx
	today clock.Date
}

// Play makes the history of both gateways. It takes some seconds; nearly every day is one transaction.
func (h History) Play(ctx context.Context) error {
	var place demo.Place
	err := h.Org.Store.Read(ctx, func(tx *store.Tx) (err error) {
		place, err = demo.Find(ctx, tx, h.Until)
		return err
	})
	if err != nil {
		return err
	}
	rnd := rand.New(rand.NewPCG(uint64(h.Seed), 7))
	numbers := slices.DeleteFunc(slices.Clone(testnumbers.All()), func(n string) bool {
		return slices.ContainsFunc(demo.Participants, func(p demo.Participant) bool { return p.Number == n })
	})
	rnd.Shuffle(len(numbers), func(i, j int) { numbers[i], numbers[j] = numbers[j], numbers[i] })
	if err := h.population(ctx, place); err != nil {
		return err
	}
	grown := &player{History: h, place: place, unit: "Vuxenslussen", leader: "karin", coaches: []string{"lena", "ibrahim", "samar"}, perDay: 1.06, rnd: rnd, numbers: &numbers, agenda: map[clock.Date][]deed{}, known: map[id.Person]*soul{}}
	young := &player{History: h, place: place, unit: "Ungdomsslussen", leader: "ida", coaches: []string{"petra"}, perDay: 0.25, rnd: rnd, numbers: &numbers, agenda: map[clock.Date][]deed{}, known: map[id.Person]*soul{}}
	until := h.Until.Date()
	from := until.AddMonths(-h.Months).Month()
	for _, n := range demo.Participants {
		if came := until.Add(-n.Came); came > from {
			grown.on(came, comes(n))
		}
	}
	days := until.Sub(from)
	grown.offering(from)
	grown.formerly()
	young.both(from)
	for n := 0; n <= days; n++ {
		for _, p := range []*player{grown, young} {
			if err := p.play(ctx, from.Add(n), n == 0); err != nil {
				return fmt.Errorf("%s on %s: %w", p.unit, from.Add(n), err)
			}
		}
		if h.Done != nil {
			h.Done(n, days)
		}
	}
	if err := grown.share(ctx); err != nil {
		return fmt.Errorf("sharing: %w", err)
	}
	if err := grown.aside(ctx); err != nil {
		return fmt.Errorf("standing aside: %w", err)
	}
	if err := grown.documents(ctx); err != nil {
		return fmt.Errorf("documents: %w", err)
	}
	if err := grown.byLaw(ctx); err != nil {
		return fmt.Errorf("a legal ground: %w", err)
	}
	met, err := young.caseload(ctx, "petra")
	if err != nil {
		return err
	}
	if err := grown.breaks(ctx, met); err != nil {
		return fmt.Errorf("an emergency: %w", err)
	}
	if err := grown.checks(ctx); err != nil {
		return fmt.Errorf("the log check: %w", err)
	}
	if err := grown.opinions(ctx); err != nil {
		return fmt.Errorf("opinions: %w", err)
	}
	if err := grown.reports(ctx); err != nil {
		return fmt.Errorf("reports: %w", err)
	}
	if err := grown.practiced(ctx); err != nil {
		return fmt.Errorf("how they work: %w", err)
	}
	if err := grown.funded(ctx); err != nil {
		return fmt.Errorf("projects: %w", err)
	}
	if err := grown.courses(ctx); err != nil {
		return fmt.Errorf("courses: %w", err)
	}
	if err := grown.propose(ctx); err != nil {
		return fmt.Errorf("proposals: %w", err)
	}
	if err := grown.stories(ctx); err != nil {
		return fmt.Errorf("stories: %w", err)
	}
	if err := grown.evaluations(ctx); err != nil {
		return fmt.Errorf("evaluations: %w", err)
	}
	if err := grown.connected(ctx); err != nil {
		return fmt.Errorf("a system that sends: %w", err)
	}
	if err := grown.named(ctx); err != nil {
		return fmt.Errorf("the named participants: %w", err)
	}
	if err := grown.together(ctx); err != nil {
		return fmt.Errorf("working together: %w", err)
	}
	if err := grown.places(ctx); err != nil {
		return fmt.Errorf("places: %w", err)
	}
	err = h.Org.Store.Write(ctx, func(tx *store.Tx) error {
		if err := timetable(ctx, day{grown, tx, schedule.Week(until).Add(-7 * weeksBack)}); err != nil {
			return err
		}
		return day{grown, tx, until}.disturb(ctx)
	})
	if err != nil {
		return err
	}
	if err := grown.takePart(ctx); err != nil {
		return err
	}
	if err := grown.placements(ctx); err != nil {
		return fmt.Errorf("placements: %w", err)
	}
	if err := grown.attend(ctx); err != nil {
		return err
	}
	if err := grown.states(ctx); err != nil {
		return err
	}
	if err := grown.demands(ctx); err != nil {
		return err
	}
	return grown.foreseen(ctx)
}

// population writes how many adults were on social assistance each month of seven years: from 1,040 to today's.
func (h History) population(ctx context.Context, place demo.Place) error {
	return h.Org.Store.Write(ctx, func(tx *store.Tx) error {
		const months = 84
		now := h.Until.Date().Month()
		for i := range months + 1 {
			left := float64(months-i) / months
			n := h.People + int(float64(h.People)*0.486*left) + (i*37)%11 - 5
			if i == months {
				n = h.People
			}
			for _, u := range []struct {
				unit string
				n    int
			}{{"Vuxenslussen", n}, {"Ungdomsslussen", n / 6}} {
				if err := org.PutPopulation(ctx, tx, demo.AreaID, place.Units[u.unit], now.AddMonths(i-months), u.n); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// mostDeeds is how many deeds share a transaction: some 600 statements, far from the two seconds of a write. Most days
// have fewer; the day when meetings begin to be played has nearly four hundred.
const mostDeeds = 32

// play plays one day of one unit.
func (p *player) play(ctx context.Context, today clock.Date, first bool) error {
	todo := p.agenda[today]
	delete(p.agenda, today)
	if first {
		todo = append(todo, planning)
	}
	if calendar.Working(today) {
		for range p.poisson(p.perDay * season(today)) {
			todo = append(todo, arrival)
		}
	}
	if len(todo) == 0 {
		return nil
	}
	for piece := range slices.Chunk(todo, mostDeeds) {
		err := p.Org.Store.Write(ctx, func(tx *store.Tx) error {
			d := day{p, tx, today}
			for _, do := range piece {
				if err := do(ctx, d); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// season makes summers quiet and autumns busy.
func season(d clock.Date) float64 {
	return [...]float64{1.15, 1.1, 1.05, 1, 1, 0.8, 0.45, 0.9, 1.25, 1.2, 1.1, 0.7}[d.Time().Month()-1]
}

func (p *player) poisson(mean float64) int {
	n, left := 0, p.rnd.ExpFloat64()
	for left < mean {
		n++
		left += p.rnd.ExpFloat64()
	}
	return n
}

// on puts a deed in the agenda, on the first working day from the day on; what would lie ahead of today is dropped.
func (p *player) on(d clock.Date, do deed) {
	for !calendar.Working(d) {
		d = d.Add(1)
	}
	if d <= p.Until.Date() {
		p.agenda[d] = append(p.agenda[d], do)
	}
}

func (p *player) chance(share float64) bool { return p.rnd.Float64() < share }

func pick[T any](p *player, from []T) T { return from[p.rnd.IntN(len(from))] }

// as acts as one of the workers, at the next minute of the day.
func (d day) as(ctx context.Context, key string) (*access.Actor, error) {
	d.ticks++
	at := d.today.At("08:05").Add(time.Duration(d.ticks%600) * 47 * time.Second)
	at = min(at, d.Until)
	keys, err := d.Org.Vault.Area(ctx, d.tx, demo.AreaID)
	if err != nil {
		return nil, err
	}
	a, err := access.Enter(ctx, d.tx, keys, demo.AreaID, d.place.Posts[key], at, "demo")
	if err != nil {
		return nil, err
	}
	a.Declare(access.Everything, access.Read, access.Write, access.Decide, access.Export)
	return a, nil
}

func (d day) db() *store.Store         { return d.Org.Store.In(d.tx) }
func (d day) intake() *intake.Desk     { return &intake.Desk{Store: d.db()} }
func (d day) referral() *referral.Desk { return &referral.Desk{Store: d.db()} }
func (d day) plan() *plan.Desk         { return &plan.Desk{Store: d.db()} }
func (d day) outcome() *outcome.Desk   { return &outcome.Desk{Store: d.db()} }
func (d day) contact() *contact.Desk   { return &contact.Desk{Store: d.db()} }
func (d day) soon(least, most int) clock.Date {
	return d.today.Add(least + d.rnd.IntN(most-least+1))
}

// planning plans every group start from the first day to half a year ahead of today, and when each is filled and held.
func planning(ctx context.Context, d day) error {
	a, err := d.as(ctx, d.leader)
	if err != nil {
		return err
	}
	span := clock.Span{From: d.today.Add(20), To: d.Until.Date().AddMonths(6)}
	if err := closeSummers(ctx, d, a); err != nil {
		return err
	}
	if _, err := intake.PlanStarts(ctx, d.tx, a, span); err != nil {
		return err
	}
	starts, err := intake.Starts(ctx, d.tx, a, span)
	if err != nil {
		return err
	}
	for i, s := range starts {
		s.Leaders = []id.Post{d.place.Posts[d.coaches[i%len(d.coaches)]], d.place.Posts[d.coaches[(i+1)%len(d.coaches)]]}
		if len(d.coaches) == 1 {
			s.Leaders = s.Leaders[:1]
			s.Places, s.Calls = 5, 7
		}
		if err := d.intake().Change(ctx, a, s); err != nil {
			return err
		}
		d.on(s.On.Add(-18), filled(s))
		d.on(s.On, hold(s))
	}
	return nil
}

// closeSummers closes the gateway three weeks each July.
func closeSummers(ctx context.Context, d day, a *access.Actor) error {
	for y := d.today.Time().Year(); y <= d.Until.Date().Time().Year()+1; y++ {
		span := clock.Span{From: clock.Date(fmt.Sprintf("%d-07-06", y)), To: clock.Date(fmt.Sprintf("%d-07-27", y))}
		if err := org.AddClosed(ctx, d.tx, demo.AreaID, d.place.Units[d.unit], span, "Sommar", a.Now()); err != nil {
			return err
		}
	}
	return nil
}
