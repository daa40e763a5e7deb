package ui

import "strconv"

// moved sets part of a picture beside its left edge.
func moved(x int) string { return "translate(" + strconv.Itoa(x) + " 0)" }
