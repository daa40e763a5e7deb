package sheet

import (
	"strconv"
	"strings"
)

// ParseNumber reads a number with a decimal comma or point, and blanks between thousands. The error is an invalid fault
// sheet.number with the cell as its argument.
func ParseNumber(cell string) (float64, error) {
	s := strings.ReplaceAll(strings.ReplaceAll(tidy(cell), " ", ""), ",", ".")
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || strings.ContainsAny(s, "xnp_") { // hexadecimals, inf and nan
		return 0, refuse("sheet.number", shorten(cell))
	}
	return n, nil
}
