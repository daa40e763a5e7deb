package sheet_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/sheet"
)

func rowsOf(rows [][]sheet.Cell) iter.Seq2[[]sheet.Cell, error] {
	return func(yield func([]sheet.Cell, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

var writers = map[string]func(io.Writer, sheet.Table) error{"xlsx": sheet.WriteXLSX, "csv": sheet.WriteCSV}

var dangerous = []string{"=1+1", "+46701234567", "-1", "@SUM(A1)", "\t=1", "\rx", "\nx", "\tx", " =1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\u2060@x", "\u202e-1", "\x01=1", "\x1f+1", "＝1+1", "＋1", "－1", "＠x", "﹦1", "﹢1", "﹣1", "﹫x", "⁼1", "⁺1", "₋1",
	"−1", "  \t =cmd|' /C calc'!A0", "\u3000=1", "\u2028=1", "\u3164=1", "\u115f=1", "\ufe0f=1", "\u0301=1", "\u00ad=1", "\u034f=1", "\u180e=1", "\u061c=1", "\U000e0001=1", "\ufffd=1"}

func TestTextsThatMayBeFormulasAreKnown(t *testing.T) {
	for _, s := range dangerous {
		if !sheet.Formula(s) {
			t.Errorf("%q passes for a text", s)
		}
	}
	for _, s := range []string{"", " ", "Anna", "1+1", "a=b", "19850709-9805", "07-123 45", "(=1)", "\"=1", "'=1", "åäö", "–", "*", "#", "\u200b"} {
		if sheet.Formula(s) {
			t.Errorf("%q passes for a formula", s)
		}
	}
}

func TestCsvHoldsNoFieldThatMayBeAFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom([]string{"", "'", "''", ";", "\"", "a", "\r\n"}).Draw(t, "before") + rapid.SampledFrom(dangerous).Draw(t, "text")
		var b bytes.Buffer
		if err := sheet.WriteCSV(&b, sheet.Table{Heading: []string{s}, Rows: rowsOf([][]sheet.Cell{{sheet.Text("x"), sheet.Text(s)}})}); err != nil {
			t.Fatal(err)
		}
		for _, field := range fields(strings.TrimPrefix(b.String(), "\ufeff")) {
			if sheet.Formula(field) {
				t.Fatalf("%q gives the field %q", s, field)
			}
		}
	})
}

// fields parts a well-formed csv apart, as a spreadsheet does, apart from the code under test.
func fields(s string) (out []string) {
	for s != "" {
		if strings.HasPrefix(s, `"`) {
			end := 1
			for s[end] != '"' || strings.HasPrefix(s[end:], `""`) {
				if s[end] == '"' {
					end++
				}
				end++
			}
			out, s = append(out, strings.ReplaceAll(s[1:end], `""`, `"`)), s[end+1:]
		} else {
			n := strings.IndexAny(s, ";\r")
			out, s = append(out, s[:n]), s[n:]
		}
		s = strings.TrimPrefix(strings.TrimPrefix(s, ";"), "\r\n")
	}
	return out
}

func TestCsvIsSwedish(t *testing.T) {
	var b bytes.Buffer
	must(t, sheet.WriteCSV(&b, sheet.Table{Heading: []string{"Namn", "Tal", "Dag"}, Rows: rowsOf([][]sheet.Cell{
		{sheet.Text("Öberg; Åsa"), sheet.Number(-1234.5), sheet.Date("2026-03-24")}, {sheet.Text("=1"), {}, sheet.Date("")}, {sheet.Text("a\"b"), sheet.Number(math.NaN()), sheet.Number(1e20)}})}))
	want := "\ufeffNamn;Tal;Dag\r\n\"Öberg; Åsa\";\"-1234,5\";2026-03-24\r\n'=1;;\r\n\"a\"\"b\";;100000000000000000000\r\n"
	if b.String() != want {
		t.Errorf("got %q", b.String())
	}
}

func anyText(t *rapid.T) string {
	if rapid.Bool().Draw(t, "odd") {
		return strings.Repeat("'", rapid.IntRange(0, 2).Draw(t, "quotes")) + rapid.SampledFrom(append(dangerous, "_x000D_", "_x005F_x0041_", "sep=;", "\ufffe\uffff", "a\r\nb", "\r", `"`, " x ", "1;2", "46105", "<&>]]>", "TRUE", "\x0b")).Draw(t, "text")
	}
	return strings.ReplaceAll(rapid.StringN(0, 12, -1).Draw(t, "text"), "\x00", "")
}

func anyCell(t *rapid.T) sheet.Cell {
	switch rapid.IntRange(0, 3).Draw(t, "kind") {
	case 0:
		return sheet.Number(float64(rapid.IntRange(-1e9, 1e9).Draw(t, "number")) / 100)
	case 1:
		return sheet.Date(clock.Date("1900-01-01").Add(rapid.IntRange(0, 100_000).Draw(t, "day")))
	}
	return sheet.Text(anyText(t))
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	for name, write := range writers {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				heading := []string{"Rubrik " + anyText(t), "Två"}
				rows := rapid.SliceOfN(rapid.SliceOfN(rapid.Custom(anyCell), 1, 5), 0, 6).Draw(t, "rows")
				var b bytes.Buffer
				if err := write(&b, sheet.Table{Sheet: anyText(t), Heading: heading, Rows: rowsOf(rows)}); err != nil {
					t.Fatal(err)
				}
				r, err := sheet.Read(bytes.NewReader(b.Bytes()), int64(b.Len()), "x", sheet.Options{})
				if err != nil {
					t.Fatal(err)
				}
				same(t, r, append([][]sheet.Cell{{sheet.Text(heading[0]), sheet.Text(heading[1])}}, rows...))
			})
		})
	}
}

// same compares what is read with what was written, by number of row since empty rows are not given.
func same(t *rapid.T, r *sheet.Reader, rows [][]sheet.Cell) {
	read := map[int]sheet.Row{}
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		read[row.Number] = row
	}
	for n, cells := range rows {
		row, given := read[n+1]
		delete(read, n+1)
		for i, c := range cells {
			if given || strings.TrimSpace(fmt.Sprint(sheet.Shown(c))) != "" {
				if err := sheet.Same(c, row, i); err != nil {
					t.Fatalf("row %d, cell %d: %v in %q", n+1, i, err, row.Cells)
				}
			}
		}
	}
	if len(read) > 0 {
		t.Fatalf("rows from nowhere: %v", read)
	}
}

func TestAnotherProgramReadsOurWorkbook(t *testing.T) {
	var b bytes.Buffer
	must(t, sheet.WriteXLSX(&b, sheet.Table{Sheet: "Lista: 2026/03 [alla] & en mycket lång fortsättning", Heading: []string{"Personnummer", "Namn", "Dag", "Tal"}, Rows: rowsOf([][]sheet.Cell{
		{sheet.Text("0007099805"), sheet.Text("=HYPERLINK(\"x\")"), sheet.Date("2026-03-24"), sheet.Number(1.5)}, {sheet.Text("a\r\n_x0041_\x01<&>"), {}, sheet.Date("1899-01-01")}})}))
	f, err := excelize.OpenReader(&b)
	must(t, err)
	name := f.GetSheetName(0)
	rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
	must(t, err)
	want := [][]string{{"Personnummer", "Namn", "Dag", "Tal"}, {"0007099805", "=HYPERLINK(\"x\")", "46105", "1.5"}, {"a\r\n_x0041_\x01<&>", "", "1899-01-01"}}
	if fmt.Sprintf("%q", rows) != fmt.Sprintf("%q", want) || name != "Lista  2026 03  alla  & en myck" {
		t.Errorf("got %q of %q", rows, name)
	}
	for _, cell := range []string{"A1", "B2", "A3"} {
		if formula, err := f.GetCellFormula(name, cell); err != nil || formula != "" {
			t.Errorf("%s is the formula %q, %v", cell, formula, err)
		}
	}
	if shown, err := f.GetCellValue(name, "C2"); err != nil || shown == "46105" {
		t.Errorf("the date shows as %q, %v", shown, err)
	}
}

func TestWritingEndsAtTheFirstError(t *testing.T) {
	broken := errors.New("the database went away")
	for name, write := range writers {
		err := write(io.Discard, sheet.Table{Rows: func(yield func([]sheet.Cell, error) bool) {
			_ = yield([]sheet.Cell{sheet.Text("x")}, nil) && yield(nil, broken) && yield(nil, nil)
		}})
		if !errors.Is(err, broken) {
			t.Errorf("%s: %v", name, err)
		}
		err = write(full{}, sheet.Table{Rows: func(yield func([]sheet.Cell, error) bool) {
			for yield([]sheet.Cell{sheet.Text(strings.Repeat("x", 1000))}, nil) {
			}
		}})
		if !errors.Is(err, io.ErrShortWrite) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestWritingRefusesWhatNoSheetHolds(t *testing.T) {
	for name, write := range writers {
		for want, row := range map[string][]sheet.Cell{"sheet.cell": {sheet.Text(strings.Repeat("x", 32_768))}, "sheet.columns": make([]sheet.Cell, 16_385)} {
			if err := write(io.Discard, sheet.Table{Rows: rowsOf([][]sheet.Cell{row})}); fault.Of(err) == nil || fault.Of(err).Key != want {
				t.Errorf("%s: %v, want %s", name, err, want)
			}
		}
	}
}
