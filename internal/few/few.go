// Package few says which parts of a count are too small to be shown.
package few

// Fewest is the smallest group that is shown by itself.
const Fewest = 5

// Hide tells which parts of a total must not be shown. Where some part is 1 to 4 people, every part under 5 is hidden, 0
// too, and as many of those that follow it, round about, as it takes for none to be worked out from the total and the parts
// that are shown. Which ones follow from the order and not from their size, since size would give away something. Nothing in what is shown tells a part that is small from one that is hidden for its sake.
func Hide(parts []int) []bool {
	hidden := make([]bool, len(parts))
	if !Small(parts) {
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

// Small tells whether some part is a few people and no more.
func Small(parts []int) bool {
	for _, v := range parts {
		if v > 0 && v < Fewest {
			return true
		}
	}
	return false
}
