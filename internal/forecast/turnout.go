package forecast

import (
	"math"
	"math/rand/v2"
)

// shows learns how many come of those who are called, at starts to which there were as many to call.
func (b *belief) shows(t *tally, starts []Start) {
	b.show = beta{statedShow * 10, (1 - statedShow) * 10}
	queue, i := 0, 0
	var list []turnout
	for _, s := range starts {
		if s.On > t.to || s.On < t.start() {
			continue
		}
		for ; i < len(t.moves) && t.moves[i].on < s.On; i++ {
			if t.moves[i].to == pQueue {
				queue++
			}
			if t.moves[i].from == pQueue {
				queue--
			}
		}
		came := float64(t.present[s.On])
		called := max(came, float64(min(s.Calls, queue)))
		if s.On == t.to && came == 0 {
			continue // not held yet
		}
		b.show.yes, b.show.no = b.show.yes+came, b.show.no+called-came
		list = append(list, turnout{came, called})
	}
	b.uneven = unevenness(list)
}

// turnout is how many came to a start, of how many.
type turnout struct{ came, called float64 }

// unevenness is how much more the starts differ in how many come than chance alone would make them: 1 where they do not, or where
// there are too few to tell.
func unevenness(list []turnout) float64 {
	came, called, sum := 0.0, 0.0, 0.0
	for _, x := range list {
		came, called = came+x.came, called+x.called
	}
	p := came / called
	if len(list) < 6 || !(p > 0 && p < 1) {
		return 1
	}
	for _, x := range list {
		if want := x.called * p * (1 - p); want > 0 {
			sum += (x.came - x.called*p) * (x.came - x.called*p) / want
		}
	}
	return max(1, sum/float64(len(list)-1))
}

// turnout is how many to call to a start for as many to come as on a day of its own: the starts differ by more than who is called to
// them. A day has the same luck in all plans.
func (b *belief) turnout(show float64, s Start, seed uint64, replication int) float64 {
	n := float64(s.Calls)
	if b.uneven <= 1 || n < 2 || show <= 0 || show >= 1 {
		return n
	}
	r := rand.New(rand.NewPCG(seed^uint64(s.On.Sub("2000-01-01")), uint64(replication)+1))
	sure := max((n-1)/(b.uneven-1)-1, 0.5)
	of := beta{show * sure, (1 - show) * sure}.draw(r)
	return math.Floor(n*of/show + r.Float64())
}
