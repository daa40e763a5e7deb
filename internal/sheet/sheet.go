// Package sheet is the tables people have: Excel workbooks and csv files, read row by row and written so that no cell
// is ever taken for a formula.
//
// Workbooks are read and written by a small streaming reader and writer of our own over archive/zip. The excelize library
// reads every part of the package into memory or unzips it to the temporary folder, believes the sizes the zip claims,
// and buffers what it writes in temporary files; lists of people must not lie there in clear, and a file of half a
// megabyte must not take half a gigabyte. Tests use excelize as the other party in both directions.
//
// Memory is bounded whatever the file: one row, the shared strings (at most 24 MB) and buffers. encoding/xml is not used
// since it holds any text or tag whole; a document type or entity declaration is refused, and nothing is ever fetched.
package sheet

import (
	"errors"
	"io"
	"strings"

	"sluss/internal/clock"
	"sluss/internal/fault"
)

// Options are limits; a zero field means its default.
type Options struct {
	MaxBytes    int64  // of the file; 50 MB
	MaxUnzipped int64  // bytes that a workbook may unfold to, counted while reading; 256 MB
	MaxRows     int    // rows with content; 200,000
	MaxColumns  int    // the last column with content; 500
	MaxCell     int    // characters of a cell; 32,767, as in Excel
	Sheet       string // the sheet to read; the first visible one with rows if ""
}

func (o Options) filled() Options {
	def := func(v *int, d int) {
		if *v == 0 {
			*v = d
		}
	}
	def(&o.MaxRows, 200_000)
	def(&o.MaxColumns, 500)
	def(&o.MaxCell, 32_767)
	if o.MaxBytes == 0 {
		o.MaxBytes = 50_000_000
	}
	if o.MaxUnzipped == 0 {
		o.MaxUnzipped = 256_000_000
	}
	return o
}

const (
	maxRowBytes = 1 << 20 // of all cells of a row together
	lastColumn  = 16_384  // of an Excel sheet
)

// Row is a row with content.
type Row struct {
	Number int      // as the person sees it in Excel, from 1; empty rows are counted but not given
	Cells  []string // texts as they stand; without the empty cells at the end
	kinds  []kind   // nil when all are texts
	base   epoch
}

type kind byte

const (
	isText kind = iota
	isNumber
	isDate
)

// Cell gives the i:th cell, from 0, or "" beyond the last.
func (r Row) Cell(i int) string {
	if i < 0 || i >= len(r.Cells) {
		return ""
	}
	return r.Cells[i]
}

// Dated tells that the cell is a date in the workbook itself: its text is then YYYY-MM-DD, with HH:MM if it has a time.
func (r Row) Dated(i int) bool { return i >= 0 && i < len(r.kinds) && r.kinds[i] == isDate }

// Date reads the cell as a day, as ParseDate does; a bare serial number counts from the workbook's own first day.
func (r Row) Date(i int) (clock.Date, error) {
	if i >= 0 && i < len(r.kinds) && r.kinds[i] == isNumber {
		return parseDate(r.Cells[i], r.base)
	}
	return ParseDate(r.Cell(i))
}

func (r Row) empty() bool {
	for _, c := range r.Cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// Reader gives the rows of a table one by one.
type Reader struct {
	Sheet  string   // the sheet that is read; "" for a csv file
	Others []string // the workbook's other sheets, in order

	next   func() (Row, error)
	peeked []Row
	opt    Options
	count  int
	err    error
}

// Read opens a workbook (xlsx, xlsm) or a csv file of size bytes, told apart by content. The name is only used to
// recognise files whose content tells nothing. What cannot be read is refused with an invalid fault that says what to
// do: an empty or too big file, an image, PDF, old Excel file or OpenDocument, a password, a broken or bloated zip.
func Read(r io.ReaderAt, size int64, name string, opt Options) (*Reader, error) {
	opt = opt.filled()
	if size == 0 {
		return nil, refuse("sheet.empty")
	}
	if size > opt.MaxBytes {
		return nil, refuse("sheet.size", int(opt.MaxBytes/1_000_000))
	}
	rd := &Reader{opt: opt}
	what, err := recognise(r, size, name)
	switch {
	case err != nil:
		return nil, err
	case what == "zip":
		err = rd.openBook(r, size)
	case what == "text":
		err = rd.openCSV(r, size)
	default:
		return nil, refuse("sheet." + what)
	}
	if err != nil {
		return nil, err
	}
	if _, err := rd.Peek(1); err != nil {
		return nil, err
	}
	if len(rd.peeked) == 0 {
		return nil, refuse("sheet.empty")
	}
	return rd, nil
}

// Next gives the next row with content, io.EOF after the last, or a fault for what is not allowed or broken.
func (r *Reader) Next() (Row, error) {
	if len(r.peeked) > 0 {
		row := r.peeked[0]
		r.peeked = r.peeked[1:]
		return row, nil
	}
	return r.pull()
}

// Peek gives up to n rows that Next will give.
func (r *Reader) Peek(n int) ([]Row, error) {
	for len(r.peeked) < n {
		row, err := r.pull()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		r.peeked = append(r.peeked, row)
	}
	return r.peeked[:min(n, len(r.peeked))], nil
}

func (r *Reader) pull() (Row, error) {
	for r.err == nil {
		row, err := r.next()
		if err != nil {
			r.err = err
			break
		}
		if row.empty() {
			continue
		}
		if r.count++; r.count > r.opt.MaxRows {
			r.err = refuse("sheet.rows", r.opt.MaxRows)
			break
		}
		return row, nil
	}
	return Row{}, r.err
}

func refuse(key string, args ...any) error { return fault.New(fault.Invalid, key, args...) }
