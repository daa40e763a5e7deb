package sheet

import (
	"bufio"
	"io"
	"strconv"
	"strings"
)

// WriteCSV writes the table as Excel in Sweden opens it: UTF-8 with its mark, semicolons, decimal commas, dates as
// YYYY-MM-DD. A text that may be taken for a formula stands behind an apostrophe, which Read takes away again.
func WriteCSV(w io.Writer, t Table) error {
	b := bufio.NewWriter(w)
	if _, err := b.WriteString("\ufeff"); err != nil {
		return err
	}
	err := t.each(func(number int, cells []Cell) error {
		if err := fits(number, cells); err != nil {
			return err
		}
		for i, c := range cells {
			if i > 0 {
				_ = b.WriteByte(';')
			}
			_, _ = b.WriteString(c.csv())
		}
		_, err := b.WriteString("\r\n") // bufio keeps an earlier error
		return err
	})
	if err != nil {
		return err
	}
	return b.Flush()
}

func (c Cell) csv() string {
	switch c.kind {
	case isNumber:
		return quote(strings.Replace(strconv.FormatFloat(c.number, 'f', -1, 64), ".", ",", 1))
	case isDate:
		return string(c.date)
	}
	return quote(guard(c.text))
}

// quote quotes more than must be, so that nothing in a text can be taken for the file's delimiter or first line.
func quote(s string) string {
	if strings.ContainsAny(s, ";,|\t\"\r\n") || strings.TrimSpace(s) != s || strings.HasPrefix(s, "sep=") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}
