package sheet

import "fmt"

// Shown is the text of a cell, as csv would have it but for the quotes.
func Shown(c Cell) string {
	if c.kind == isText {
		return c.text
	}
	return c.csv()
}

// Same tells whether the i:th cell of the row is what was written.
func Same(c Cell, row Row, i int) error {
	got := row.Cell(i)
	switch c.kind {
	case isNumber:
		if n, err := ParseNumber(got); err != nil || n != c.number {
			return fmt.Errorf("wrote %v, read %q: %w", c.number, got, err)
		}
	case isDate:
		if d, err := row.Date(i); err != nil || d != c.date {
			return fmt.Errorf("wrote %s, read %q: %w", c.date, got, err)
		}
	default:
		if got != c.text {
			return fmt.Errorf("wrote %q, read %q", c.text, got)
		}
	}
	return nil
}
