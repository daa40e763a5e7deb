package sim

import (
	"math"
	"math/bits"
)

// event is one thing due: its time, and a tag of order number and what it concerns. Times are never negative, so their bits
// order as the times do; at equal times the one scheduled first comes first.
type event struct{ at, tag uint64 }

func makeEvent(at float64, seq, what uint32) event {
	return event{math.Float64bits(at), uint64(seq)<<32 | uint64(what)}
}

func (v event) time() float64 { return math.Float64frombits(v.at) }
func (v event) seq() uint32   { return uint32(v.tag >> 32) }
func (v event) what() uint32  { return uint32(v.tag) }

// never is later than every event; the heap is padded with it so that four children can always be compared.
var never = event{math.MaxUint64, math.MaxUint64}

// before is 1 if v comes before w, else 0: a subtraction over 128 bits and no branch to guess wrong.
func (v event) before(w event) uint64 {
	_, b := bits.Sub64(v.tag, w.tag, 0)
	_, b = bits.Sub64(v.at, w.at, b)
	return b
}

// heap holds what is due, four children to a node. The place of the event just taken stays open (hole) until the next
// one is scheduled, since most events schedule exactly one.
type heap struct {
	a    []event // n events and at least four paddings
	n    int
	hole bool
}

func (h *heap) clear() {
	for i := range h.a {
		h.a[i] = never
	}
	h.n, h.hole = 0, false
}

// take gives the earliest event; never if there is none.
func (h *heap) take() event {
	if h.hole {
		h.close()
	}
	if h.n == 0 {
		return never
	}
	h.hole = true
	return h.a[0]
}

func (h *heap) add(v event) {
	if h.hole {
		h.hole = false
		h.sink(0, v)
		return
	}
	if h.n+5 > len(h.a) {
		h.grow()
	}
	i := h.n
	h.n++
	h.rise(i, v)
}

func (h *heap) rise(i int, v event) {
	a := h.a
	for i > 0 {
		p := (i - 1) >> 2
		if v.before(a[p]) == 0 {
			break
		}
		a[i] = a[p]
		i = p
	}
	a[i] = v
}

func (h *heap) grow() {
	size := max(64, 2*len(h.a))
	for len(h.a) < size {
		h.a = append(h.a, never)
	}
}

// close fills the open place with the last event.
func (h *heap) close() {
	h.hole = false
	h.n--
	last := h.a[h.n]
	h.a[h.n] = never
	if h.n > 0 {
		h.sink(0, last)
	}
}

// sink lets v fall from i to its place, the earliest of four children rising at each step.
func (h *heap) sink(i int, v event) {
	a, n := h.a, h.n
	for {
		c := i<<2 + 1
		if c >= n {
			break
		}
		k := (*[4]event)(a[c:])
		x := k[1].before(k[0])
		y := 2 + k[3].before(k[2])
		m := x + (y-x)*k[y&3].before(k[x&3])
		if v.before(k[m&3]) == 1 {
			break
		}
		a[i] = k[m&3]
		i = c + int(m)
	}
	a[i] = v
}

// keep drops the events that the test refuses, and orders the rest anew.
func (h *heap) keep(test func(event) bool) {
	if h.hole {
		h.close()
	}
	n := 0
	for _, v := range h.a[:h.n] {
		if test(v) {
			h.a[n] = v
			n++
		}
	}
	for i := n; i < h.n; i++ {
		h.a[i] = never
	}
	h.n = n
	for i := (n - 2) >> 2; i >= 0 && n > 1; i-- {
		h.sink(i, h.a[i])
	}
}
