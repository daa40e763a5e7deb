package flow

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// each calls f with every way to spread up to most people over k parts.
func each(k, most int, f func([]int)) {
	parts := make([]int, k)
	var fill func(i, rest int)
	fill = func(i, rest int) {
		if i == k {
			f(parts)
			return
		}
		for v := 0; v <= rest; v++ {
			parts[i] = v
			fill(i+1, rest-v)
		}
	}
	fill(0, most)
}

// solver groups tables by what is shown of them and fails where some hidden part can only be one number.
type solver map[string][]map[int]bool

func (s solver) see(shown string, secret []int) {
	if s[shown] == nil {
		s[shown] = make([]map[int]bool, len(secret))
		for i := range secret {
			s[shown][i] = map[int]bool{}
		}
	}
	for i, v := range secret {
		s[shown][i][v] = true
	}
}

func TestNoHiddenPartCanBeWorkedOut(t *testing.T) {
	for _, c := range []struct{ parts, most int }{{2, 40}, {3, 24}, {5, 12}} {
		s := solver{}
		each(c.parts, c.most, func(parts []int) { s.see(fmt.Sprint(rowOf([][]int{parts})), parts) })
		checked := 0
		for shown, can := range s {
			for i := range can {
				if numbers(shown)[1+i] != Hidden {
					continue
				}
				checked++
				if len(can[i]) < 2 {
					t.Errorf("%d parts: %s gives away part %d", c.parts, shown, i)
				}
			}
		}
		if checked == 0 {
			t.Error("nothing was hidden")
		}
	}
}

// numbers gives the numbers in what is shown, in order.
func numbers(shown string) (list []int) {
	for _, w := range strings.FieldsFunc(shown, func(r rune) bool { return strings.ContainsRune("{}[] ", r) }) {
		n, err := strconv.Atoi(w)
		if err != nil {
			panic(err)
		}
		list = append(list, n)
	}
	return list
}

func TestNoHiddenPartOfAUnitCanBeWorkedOutFromAllUnits(t *testing.T) {
	s := solver{}
	type shown struct{ a, b, all string }
	each(4, 16, func(v []int) {
		a, b := []int{v[0], v[1]}, []int{v[2], v[3]}
		s.see(fmt.Sprint(shown{fmt.Sprint(rowOf([][]int{a})), fmt.Sprint(rowOf([][]int{b})), fmt.Sprint(rowOf([][]int{a, b}))}), v)
	})
	for out, can := range s {
		for i := range can {
			if at := [...]int{1, 2, 4, 5}; len(can[i]) == 1 && numbers(out)[at[i]] == Hidden {
				t.Errorf("%s gives away part %d", out, i)
			}
		}
	}
}

func TestASmallPartTakesAnotherWithIt(t *testing.T) {
	for _, c := range []struct {
		name  string
		parts []int
		want  string
	}{
		{"none is small", []int{49, 45, 0}, "{94 [49 45 0]}"},
		{"nobody at all", []int{0, 0, 0}, "{0 [0 0 0]}"},
		{"one is small", []int{49, 45, 2}, "{96 [-1 45 -1]}"},
		{"one is small and one is none", []int{49, 0, 2}, "{51 [-1 -1 -1]}"},
		{"two are small", []int{49, 1, 2}, "{52 [-1 -1 -1]}"},
	} {
		if got := fmt.Sprint(rowOf([][]int{c.parts})); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
