package sim

import (
	"math"
	"slices"
)

// moments are running counts, means and sums of squares of many columns (Welford 1962). NaN is left out.
type moments struct {
	n, mean, square []float64
}

func newMoments(columns int) moments {
	all := make([]float64, 3*columns)
	return moments{all[:columns], all[columns : 2*columns], all[2*columns:]}
}

func (m *moments) add(row []float64) {
	for i, x := range row {
		if math.IsNaN(x) {
			continue
		}
		m.n[i]++
		d := x - m.mean[i]
		m.mean[i] += d / m.n[i]
		m.square[i] += d * (x - m.mean[i])
	}
}

// of gives the count, mean and standard error of a column; NaN where there are too few.
func (m *moments) of(i int) (n int, mean, se float64) {
	switch m.n[i] {
	case 0:
		return 0, math.NaN(), math.NaN()
	case 1:
		return 1, m.mean[i], math.NaN()
	}
	variance := max(0, m.square[i]) / (m.n[i] - 1)
	return int(m.n[i]), m.mean[i], math.Sqrt(variance / m.n[i])
}

// sample keeps every stride-th row.
type sample struct {
	width, most, stride int
	rows                []float32
}

func (s *sample) add(replication int, row []float64) {
	if s.width == 0 || replication%s.stride != 0 {
		return
	}
	if len(s.rows) == s.most*s.width {
		s.thin()
		if replication%s.stride != 0 {
			return
		}
	}
	for _, x := range row {
		s.rows = append(s.rows, float32(x))
	}
}

// thin lets every second row go.
func (s *sample) thin() {
	n := 0
	for i := 0; i < len(s.rows); i += 2 * s.width {
		n += copy(s.rows[n:], s.rows[i:i+s.width])
	}
	s.rows = s.rows[:n]
	s.stride *= 2
}

// column gives a column's values in order, NaN left out, using buf.
func (s *sample) column(i int, buf []float32) []float32 {
	buf = buf[:0]
	for ; i < len(s.rows); i += s.width {
		if x := s.rows[i]; x == x {
			buf = append(buf, x)
		}
	}
	slices.Sort(buf)
	return buf
}

// quantile of ordered values, linear between them (Hyndman and Fan 1996, type 7); NaN of none.
func quantile(x []float32, q float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	h := q * float64(len(x)-1)
	i := int(h)
	if i+1 >= len(x) {
		return float64(x[len(x)-1])
	}
	return float64(x[i]) + (h-float64(i))*(float64(x[i+1])-float64(x[i]))
}
