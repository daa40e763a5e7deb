package flow

// Fewest is the smallest group that is shown by itself.
const Fewest = 5

// Hide tells which parts of a total must not be shown. Where some part is 1 to 4 people, every part under 5 is hidden, 0
// too, and as many of those that follow it, round about, as it takes for none to be worked out from the total and the parts
// that are shown. Which ones follow from the order and not from their size, since size would give away something. Nothing in what is shown tells a part that is small from one that is hidden for its sake.
func Hide(parts []int) []bool {
	hidden := make([]bool, len(parts))
	if !anySmall(parts) {
		return hidden
	}
	n, sum, last := 0, 0, 0
	for i, v := range parts {
		if v < Fewest {
			hidden[i] = true
			n, sum, last = n+1, sum+v, i
		}
	}
	for i := last; n < len(parts) && (n < 2 || sum < Fewest); i = (i + 1) % len(parts) {
		if !hidden[i] {
			hidden[i] = true
			n, sum = n+1, sum+parts[i]
		}
	}
	return hidden
}

func anySmall(parts []int) bool {
	for _, v := range parts {
		if v > 0 && v < Fewest {
			return true
		}
	}
	return false
}

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
		for i, h := range Hide(parts) {
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
