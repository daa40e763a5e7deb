package sim

import (
	"math"
	"math/bits"
)

// stream is a source of random numbers that costs nothing to start: its state is a hash of what the numbers are for.
// A draw steps the state by an odd constant and folds one 128-bit product (Wang Yi, "wyrand").
// Every person has a key, and each purpose at each stage a salt, so one draw more in one place moves nothing elsewhere.
type stream uint64

const (
	weyl     = 0xa0761d6478bd642f
	fold     = 0xe7037ed1a0b428db
	roundKey = 0x8ebc6af09c88c6e3 // added to a person's key each time the way turns back
)

func (s *stream) next() uint64 {
	*s += weyl
	hi, lo := bits.Mul64(uint64(*s), uint64(*s)^fold)
	return hi ^ lo
}

// unit is uniform in [0, 1).
func (s *stream) unit() float64 { return float64(s.next()>>11) * 0x1p-53 }

// open is uniform in (0, 1), both ends left out.
func (s *stream) open() float64 { return (float64(s.next()>>12) + 0.5) * 0x1p-52 }

// exponential has mean 1. Inversion: one number in, one out, so the same person in two scenarios keeps their rank.
func (s *stream) exponential() float64 { return minusLog(s.open()) }

// mix makes unrelated keys of related ones (the finalizer of SplitMix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// salt is the key of a purpose ("duration", "route") at a named place.
func salt(name, purpose string) uint64 {
	h := uint64(14695981039346656037)
	for _, text := range [...]string{name, "\x00", purpose} {
		for i := range len(text) {
			h = (h ^ uint64(text[i])) * 1099511628211
		}
	}
	return mix(h)
}

// The normal distribution by ziggurat (Marsaglia and Tsang 2000, in the form of Doornik 2005) with 256 layers of equal area.
const (
	zigguratEnd  = 3.6541528853610088 // where the tail begins
	zigguratArea = 0.00492867323399
)

type layer struct{ width, inner float64 }

var layers = makeLayers()

func makeLayers() (l [257]layer) {
	density := func(x float64) float64 { return math.Exp(-x * x / 2) }
	l[0].width = zigguratArea / density(zigguratEnd)
	l[1].width = zigguratEnd
	for i := 2; i < 256; i++ {
		x := l[i-1].width
		l[i].width = math.Sqrt(-2 * math.Log(zigguratArea/x+density(x)))
	}
	for i := range 256 {
		l[i].inner = l[i+1].width / l[i].width
	}
	return l
}

// normal has mean 0 and standard deviation 1.
func (s *stream) normal() float64 {
	b := s.next()
	l := &layers[b&255]
	u := float64(int64(b)>>11) * 0x1p-52
	if math.Abs(u) < l.inner {
		return u * l.width
	}
	return s.normalEdge(int(b&255), u)
}

// normalEdge settles the one draw in a hundred that falls at a layer's edge or in the tail.
func (s *stream) normalEdge(i int, u float64) float64 {
	for {
		if math.Abs(u) < layers[i].inner {
			return u * layers[i].width
		}
		if i == 0 {
			return math.Copysign(s.normalTail(), u)
		}
		x, outer, inner := u*layers[i].width, layers[i].width, layers[i+1].width
		f0 := math.Exp(-0.5 * (outer*outer - x*x))
		f1 := math.Exp(-0.5 * (inner*inner - x*x))
		if f1+s.unit()*(f0-f1) < 1 {
			return x
		}
		b := s.next()
		i, u = int(b&255), float64(int64(b)>>11)*0x1p-52
	}
}

func (s *stream) normalTail() float64 {
	for {
		x := math.Log(s.open()) / zigguratEnd
		if y := math.Log(s.open()); -2*y >= x*x {
			return zigguratEnd - x
		}
	}
}
