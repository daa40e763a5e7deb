package sheet

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

const sampleBytes = 64 << 10 // of the decoded text, to tell the delimiter by

// openCSV stands at the first record.
func (r *Reader) openCSV(at io.ReaderAt, size int64) error {
	text, err := decoded(at, size)
	if err != nil {
		return err
	}
	in := bufio.NewReaderSize(text, sampleBytes)
	c := &records{in: in, opt: r.opt}
	if c.delimiter, err = c.declared(); err != nil {
		return err
	}
	if c.delimiter == 0 {
		sample, err := in.Peek(sampleBytes)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		c.delimiter = sniff(string(sample), len(sample) == sampleBytes)
	}
	r.next = c.next
	return nil
}

// declared reads the line "sep=;" with which Excel lets a file tell its delimiter; 0 when there is none.
func (c *records) declared() (rune, error) {
	b, err := c.in.Peek(7)
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	s := string(b)
	if len(s) < 6 || !strings.EqualFold(s[:4], "sep=") || s[5] != '\r' && s[5] != '\n' {
		return 0, nil
	}
	n := 6
	if s[5] == '\r' && len(s) > 6 && s[6] == '\n' {
		n = 7
	}
	_, err = c.in.Discard(n)
	return rune(s[4]), err
}

// records reads csv, forgiving: stray quotes are letters, rows may differ in length, any line end will do.
type records struct {
	in        *bufio.Reader
	opt       Options
	delimiter rune
	number    int
	state     place
	buf       []byte
	ends      []int
}

// place is where in a field the reader is.
type place int

const (
	atStart place = iota
	inPlain
	inQuotes
	afterQuote // a quote was read in quotes: the end, or half of a doubled one
)

func (c *records) next() (Row, error) {
	if err := c.record(); err != nil {
		return Row{}, err
	}
	all, at := string(c.buf), 0
	cells := make([]string, len(c.ends))
	for i, end := range c.ends {
		cells[i], at = unguard(all[at:end]), end
	}
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) > c.opt.MaxColumns {
		return Row{}, refuse("sheet.columns", c.opt.MaxColumns)
	}
	return Row{Number: c.number, Cells: cells}, nil
}

// record reads one record into buf and ends; io.EOF after the last.
func (c *records) record() error {
	c.buf, c.ends, c.state = c.buf[:0], c.ends[:0], atStart
	c.number++
	for some := false; ; some = true {
		r, _, err := c.in.ReadRune()
		switch {
		case errors.Is(err, io.EOF) && !some:
			return io.EOF
		case errors.Is(err, io.EOF) && c.state == inQuotes:
			return refuse("sheet.quote", c.number)
		case errors.Is(err, io.EOF):
			return c.endField()
		case err != nil:
			return err
		}
		if done, err := c.take(r); done || err != nil {
			return err
		}
	}
}

// take takes a character in, and tells whether it ends the record.
func (c *records) take(r rune) (bool, error) {
	switch {
	case c.state == inQuotes && r == '"':
		c.state = afterQuote
	case c.state == inQuotes:
		return false, c.add(r)
	case c.state == atStart && r == '"':
		c.state = inQuotes
	case c.state == afterQuote && r == '"':
		c.state = inQuotes
		return false, c.add(r)
	case r == c.delimiter:
		c.state = atStart
		return false, c.endField()
	case r == '\n':
		return true, c.endField()
	case r == '\r':
		if b, err := c.in.Peek(1); err == nil && b[0] == '\n' {
			_, _ = c.in.Discard(1)
		}
		return true, c.endField()
	default:
		c.state = inPlain
		return false, c.add(r)
	}
	return false, nil
}

func (c *records) add(r rune) error {
	c.buf = utf8.AppendRune(c.buf, r)
	if len(c.buf)-c.start() > 4*c.opt.MaxCell || len(c.buf) > maxRowBytes {
		return refuse("sheet.cell", c.number, c.opt.MaxCell)
	}
	return nil
}

// start is where the field being read begins.
func (c *records) start() int {
	if len(c.ends) == 0 {
		return 0
	}
	return c.ends[len(c.ends)-1]
}

func (c *records) endField() error {
	if utf8.RuneCount(c.buf[c.start():]) > c.opt.MaxCell {
		return refuse("sheet.cell", c.number, c.opt.MaxCell)
	}
	if len(c.ends) >= lastColumn {
		return refuse("sheet.columns", c.opt.MaxColumns)
	}
	c.ends = append(c.ends, len(c.buf))
	return nil
}
