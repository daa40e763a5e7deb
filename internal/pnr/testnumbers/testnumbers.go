// Package testnumbers is the official test numbers that no living person has. Only the demo and tests import it.
package testnumbers

import (
	_ "embed"
	"strings"
)

//go:embed numbers.txt
var numbers string

// All gives 640 different numbers of twelve digits, always in the same order: birth years 1955–2007 and both sexes mixed
// evenly from the start, every sixteenth a coordination number.
func All() []string { return strings.Fields(numbers) }
