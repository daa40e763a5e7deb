package flow

import "sluss/internal/few"

// Row is a total with its parts, of which those that are hidden are -1.
type Row struct {
	Total int
	Parts []int
}

// Hidden stands for a part that is not shown.
const Hidden = -1

// rowOf hides what must be hidden in the parts of each unit and in their sum. What is hidden for one unit is hidden in
// the sum, else the units that are shown would give it away.
func rowOf(units [][]int) Row {
	if len(units) == 0 {
		return Row{}
	}
	sum := make([]int, len(units[0]))
	hidden := make([]bool, len(sum))
	r := Row{}
	for _, parts := range units {
		for i, h := range few.Hide(parts) {
			sum[i] += parts[i]
			hidden[i] = hidden[i] || h
			r.Total += parts[i]
		}
	}
	for i := range sum {
		if hidden[i] {
			sum[i] = Hidden
		}
	}
	r.Parts = sum
	return r
}
