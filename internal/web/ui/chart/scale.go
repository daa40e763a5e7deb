package chart

import (
	"math"
	"slices"
	"unicode/utf8"
)

// frame is the field of a chart with axes: x runs over points, y from zero up.
type frame struct {
	left, right, top, bottom float64
	n                        int     // points along x
	step, max                float64 // between grid lines, and at the top one
}

// round gives the step between at most four grid lines, and the top one, that hold max. Steps are whole: people are.
func round(max float64) (step, top float64) {
	if !(max > 0) || math.IsInf(max, 0) {
		return 1, 1
	}
	for unit := 1.0; ; unit *= 10 {
		for _, k := range []float64{1, 2, 2.5, 5} {
			step = unit * k
			if step == math.Trunc(step) && 4*step >= max {
				return step, step * math.Ceil(max/step)
			}
		}
	}
}

func (f frame) x(i int) float64 {
	if f.n < 2 {
		return (f.left + f.right) / 2
	}
	return f.left + (f.right-f.left)*float64(i)/float64(f.n-1)
}

func (f frame) y(v float64) float64 {
	if math.IsNaN(v) || v < 0 {
		v = 0
	}
	return f.bottom - (f.bottom-f.top)*min(v/f.max, 1.05)
}

// grid draws the lines and numbers of the y axis.
func (p *pic) grid(f frame) {
	for v := 0.0; v <= f.max+f.step/2; v += f.step {
		class := "grid"
		if v == 0 {
			class = "base"
		}
		p.from(f.left, f.y(v)).to(f.right, f.y(v)).draw(class)
		p.text("axis e", f.left-8, f.y(v)+4, p.lang.Number(int(v)))
	}
}

// ticks writes as many of the names along x as there is room for, always the first and the last.
func (p *pic) ticks(f frame, names []string, skip int, at func(int) float64) {
	n := min(len(names), f.n)
	if n == 0 {
		return
	}
	room := max(1, int((f.right-f.left)/wide(names)))
	every := max(1, int(math.Ceil(float64(n-1)/float64(room))))
	for i := 0; i < n; i += every {
		near := n-1-i < every && i != n-1
		if i == skip || near && i != 0 {
			continue
		}
		p.tick(f, names, i, at)
	}
	if (n-1)%every != 0 && n-1 != skip {
		p.tick(f, names, n-1, at)
	}
}

// wide is the room that one name on the x axis needs, in the picture's units.
func wide(names []string) float64 {
	most := 0
	for _, n := range names {
		most = max(most, utf8.RuneCountInString(n))
	}
	return max(72, 9*float64(most)+18)
}

func (p *pic) tick(f frame, names []string, i int, at func(int) float64) {
	class := "axis m"
	if x := at(i); f.n > 1 && x < f.left+20 {
		class = "axis s"
	} else if f.n > 1 && x > f.right-20 {
		class = "axis e"
	}
	p.text(class, at(i), f.bottom+22, names[i])
}

// highest gives the greatest of several rows of numbers.
func highest(rows ...[]float64) float64 {
	top := 0.0
	for _, r := range rows {
		for _, v := range r {
			if v > top && !math.IsInf(v, 0) {
				top = v
			}
		}
	}
	return top
}

// apart moves labels down so that none covers another; ys come back in their own order.
func apart(ys []float64, least, bottom float64) []float64 {
	order := make([]int, len(ys))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case ys[a] < ys[b]:
			return -1
		case ys[a] > ys[b]:
			return 1
		}
		return 0
	})
	out := slices.Clone(ys)
	for k := 1; k < len(order); k++ {
		out[order[k]] = max(out[order[k]], out[order[k-1]]+least)
	}
	limit := bottom
	for k := len(order) - 1; k >= 0; k-- {
		out[order[k]] = min(out[order[k]], limit)
		limit = out[order[k]] - least
	}
	return out
}

func whole64(v float64) int { return int(math.Round(v)) }
