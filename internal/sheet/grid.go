package sheet

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"unicode/utf8"
)

var hexForm = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// grid reads the cells of one sheet.
type grid struct {
	*book
	m      *markup
	number int // of the row
	inRow  bool
	inCell bool
	column int // of the cell, from 0; -1 before the first

	style kindOf
	kind  string // the cell's t
	run   texts  // an inline string
	value []byte // the v
	inV   bool

	buf   []byte // the cells' texts of the row, one after another
	cells []cellEnd
}

// cellEnd is a cell with content: its column, where its text ends, and what it is.
type cellEnd struct {
	column, end int
	kind        kind
}

// openGrid opens a sheet; one whose part is missing has no rows.
func (b *book) openGrid(p part) (*grid, error) {
	m, err := b.open(p.file)
	if err != nil {
		return nil, err
	}
	return &grid{book: b, m: m}, nil
}

// filled gives the next row that has content.
func (g *grid) filled() (Row, error) {
	for {
		row, err := g.next()
		if err != nil || !row.empty() {
			return row, err
		}
	}
}

// next gives the next row, perhaps empty; io.EOF after the last.
func (g *grid) next() (Row, error) {
	if g.m == nil {
		return Row{}, io.EOF
	}
	for {
		tok, err := g.m.next()
		if err != nil {
			return Row{}, err
		}
		if tok == closed && string(g.m.name) == "row" {
			if !g.inRow || g.inCell {
				return Row{}, errXML
			}
			g.inRow = false
			return g.row(), nil
		}
		if err := g.take(tok); err != nil {
			return Row{}, err
		}
	}
}

func (g *grid) take(tok token) error {
	if tok == text {
		if g.inV {
			g.value = g.m.appendText(g.value)
		}
		if len(g.value) > 4*g.opt.MaxCell {
			return refuse("sheet.cell", g.number, g.opt.MaxCell)
		}
		return g.run.take(tok, g.m, 4*g.opt.MaxCell)
	}
	switch string(g.m.name) {
	case "row":
		return g.beginRow(tok)
	case "c":
		switch {
		case !g.inRow || g.inCell == (tok == open):
			return errXML
		case tok == open:
			g.inCell = true
			return g.beginCell()
		}
		g.inCell = false
		return g.endCell()
	case "v":
		g.inV = tok == open
	default:
		return g.run.take(tok, g.m, 4*g.opt.MaxCell)
	}
	return nil
}

// beginRow trusts the row's own number unless it goes backwards.
func (g *grid) beginRow(tok token) error {
	if g.inRow || tok != open {
		return errXML
	}
	g.number = max(g.number+1, number(g.m.attr("r")))
	g.inRow, g.column, g.buf, g.cells = true, -1, g.buf[:0], g.cells[:0]
	if g.number > excelRows {
		return refuse("sheet.rows", g.opt.MaxRows)
	}
	return nil
}

func (g *grid) beginCell() error {
	g.column = max(g.column+1, columnOf(g.m.attr("r")))
	if g.column >= lastColumn {
		return refuse("sheet.columns", g.opt.MaxColumns)
	}
	g.kind, g.style, g.inV = string(g.m.attr("t")), plain, false
	if s := number(g.m.attr("s")); s >= 0 && s < len(g.styles) {
		g.style = g.styles[s]
	}
	g.value, g.run = g.value[:0], texts{buf: g.run.buf[:0]}
	return nil
}

// columnOf reads the letters of B7, from 0; -1 when there are none.
func columnOf(ref []byte) int {
	n := 0
	for _, c := range ref {
		if c |= 0x20; c < 'a' || c > 'z' || n > lastColumn {
			break
		}
		n = n*26 + int(c-'a') + 1
	}
	return n - 1
}

func (g *grid) endCell() error {
	start, kind := len(g.buf), isText
	switch g.kind {
	case "s":
		g.buf = append(g.buf, g.shared.get(number(bytes.TrimSpace(g.value)))...)
	case "inlineStr":
		g.buf = append(g.buf, unhex(g.run.buf)...)
	case "b":
		g.buf = append(g.buf, truth(g.value)...)
	case "str":
		g.buf = append(g.buf, unhex(g.value)...)
	case "e", "d":
		g.buf = append(g.buf, g.value...)
	default:
		g.buf, kind = g.appendNumber(g.buf, string(bytes.TrimSpace(g.value)))
	}
	if len(g.buf) == start {
		return nil
	}
	if g.column >= g.opt.MaxColumns {
		return refuse("sheet.columns", g.opt.MaxColumns)
	}
	if len(g.buf) > maxRowBytes || utf8.RuneCount(g.buf[start:]) > g.opt.MaxCell {
		return refuse("sheet.cell", g.number, g.opt.MaxCell)
	}
	if !utf8.Valid(g.buf[start:]) {
		g.buf = append(g.buf[:start], bytes.ToValidUTF8(bytes.Clone(g.buf[start:]), []byte("\uFFFD"))...)
	}
	g.cells = append(g.cells, cellEnd{g.column, len(g.buf), kind})
	return nil
}

func truth(v []byte) string {
	if string(bytes.TrimSpace(v)) == "1" {
		return "TRUE"
	}
	return "FALSE"
}

// appendNumber writes a number without the noise of binary fractions, or the date it is shown as.
func (g *grid) appendNumber(b []byte, v string) ([]byte, kind) {
	n, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return append(b, v...), isText
	}
	if g.style != plain {
		if s := g.base.show(n, g.style); s != "" {
			return append(b, s...), isDate
		}
	}
	if n == float64(int64(n)) && n < 1e15 && n > -1e15 {
		return strconv.AppendInt(b, int64(n), 10), isNumber
	}
	return strconv.AppendFloat(b, n, 'g', 15, 64), isNumber
}

// row makes the row of the cells read: one string, cut.
func (g *grid) row() Row {
	row := Row{Number: g.number, base: g.base}
	if len(g.cells) == 0 {
		return row
	}
	all, at := string(g.buf), 0
	last := g.cells[len(g.cells)-1].column
	row.Cells = make([]string, last+1)
	for _, c := range g.cells {
		row.Cells[c.column] = all[at:c.end]
		at = c.end
		if c.kind != isText && row.kinds == nil {
			row.kinds = make([]kind, last+1)
		}
		if row.kinds != nil {
			row.kinds[c.column] = c.kind
		}
	}
	return row
}
