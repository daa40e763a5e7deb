package sheet

import (
	"iter"
	"math"
	"strings"
	"unicode/utf16"

	"sluss/internal/clock"
)

// Table is what is written: a row of headings, if any, and then the rows one by one. An error among the rows ends the
// writing and is returned.
type Table struct {
	Sheet   string // the sheet's name in a workbook
	Heading []string
	Rows    iter.Seq2[[]Cell, error]
}

// Cell is a text, a number or a date; the zero Cell is empty.
type Cell struct {
	kind   kind
	text   string
	number float64
	date   clock.Date
}

// Text is a cell of text. Bytes that are no letters, which neither kind of file can hold, become �.
func Text(s string) Cell {
	return Cell{text: strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")}
}

// Number is a cell that can be counted with; one that is infinite or no number is empty.
func Number(n float64) Cell {
	if math.IsInf(n, 0) || math.IsNaN(n) {
		return Cell{}
	}
	return Cell{kind: isNumber, number: n}
}

// Date is a cell with a day; empty for no day.
func Date(d clock.Date) Cell {
	if d == "" {
		return Cell{}
	}
	return Cell{kind: isDate, date: d}
}

const (
	excelRows = 1_048_576
	excelCell = 32_767 // UTF-16 units
)

// each calls f with the heading, as texts, and with each row, counting from 1.
func (t Table) each(f func(number int, cells []Cell) error) error {
	number := 0
	if len(t.Heading) > 0 {
		cells := make([]Cell, len(t.Heading))
		for i, h := range t.Heading {
			cells[i] = Text(h)
		}
		number++
		if err := f(number, cells); err != nil {
			return err
		}
	}
	if t.Rows == nil {
		return nil
	}
	for cells, err := range t.Rows {
		if err != nil {
			return err
		}
		if number++; number > excelRows {
			return refuse("sheet.rows", excelRows)
		}
		if err := f(number, cells); err != nil {
			return err
		}
	}
	return nil
}

// fits refuses what Excel would call a damaged file.
func fits(number int, cells []Cell) error {
	if len(cells) > lastColumn {
		return refuse("sheet.columns", lastColumn)
	}
	for _, c := range cells {
		if len(c.text) > excelCell && len(utf16.Encode([]rune(c.text))) > excelCell {
			return refuse("sheet.cell", number, excelCell)
		}
	}
	return nil
}
