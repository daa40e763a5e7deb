package sheet_test

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"sluss/internal/fault"
	"sluss/internal/sheet"
)

// TestMain lets the tests run this program anew, to read one file and nothing else: only a process of its own tells how
// much memory the reading takes.
func TestMain(m *testing.M) {
	if path := os.Getenv("SLUSS_SHEET_READ"); path != "" {
		fmt.Println(readFile(path), held())
		return
	}
	os.Exit(m.Run())
}

// readFile gives how a file was read, in a word: the number of rows, or the key of the fault.
func readFile(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return err.Error()
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err.Error()
	}
	r, err := sheet.Read(f, info.Size(), path, sheet.Options{})
	rows := 0
	for err == nil {
		if _, err = r.Next(); err == nil {
			rows++
		}
	}
	if errors.Is(err, io.EOF) {
		return fmt.Sprint(rows)
	}
	return err.Error()
}

// held is the most memory that this process has held, in kilobytes, as Linux tells it; 0 elsewhere.
func held() (kb int64) {
	status, _ := os.ReadFile("/proc/self/status")
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	_, _ = fmt.Sscan(after, &kb)
	return kb
}

// peak reads a file in a process of its own, and gives how it went and the most memory the process held, in bytes.
func peak(t *testing.T, path string) (result string, most int64) {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), "SLUSS_SHEET_READ="+path)
	start := time.Now()
	out, err := cmd.Output()
	must(t, err)
	_, err = fmt.Sscan(string(out), &result, &most)
	must(t, err)
	if most == 0 {
		t.Skip("only Linux tells what a process held at most")
	}
	t.Logf("%s: %s, %d MB, %.1f s", filepath.Base(path), result, most>>10, time.Since(start).Seconds())
	return result, most << 10
}

func inFile(t *testing.T, name string, write func(io.Writer) error) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	f, err := os.Create(path)
	must(t, err)
	must(t, write(f))
	must(t, f.Close())
	return path
}

const extra = 64 << 20 // bytes of memory that reading may take beyond what the program holds

func TestReadingStaysInBoundedMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("writes large files")
	}
	_, base := peak(t, inFile(t, "small.csv", func(w io.Writer) error { return sheet.WriteCSV(w, bigTable(2)) }))
	for _, c := range []struct {
		name, want string
		write      func(io.Writer) error
	}{
		{"ours.xlsx", "100001", func(w io.Writer) error { return sheet.WriteXLSX(w, bigTable(100_000)) }},
		{"ours.csv", "100001", func(w io.Writer) error { return sheet.WriteCSV(w, bigTable(100_000)) }},
		{"shared.xlsx", "100000", sharedTable},
		{"bomb.xlsx", "sheet.bomb", bomb("", "<x/>", 512)},
		{"bomb of rows.xlsx", "sheet.rows", bomb("</row>", "<row/>", 64)},
		{"bomb of cells.xlsx", "sheet.columns", bomb("", `<c t="str"><v>x</v></c>`, 64)},
		{"bomb of empty cells.xlsx", "sheet.columns", bomb("", "<c/>", 64)},
		{"bomb of one text.xlsx", "sheet.long", bomb("", "x", 64)},
		{"bomb of strings.xlsx", "sheet.shared", bombOfStrings},
		{"quote.csv", "sheet.cell", func(w io.Writer) error {
			_, err := io.WriteString(w, `a;"`+strings.Repeat("line\n", 9_000_000))
			return err
		}},
		{"directory.zip", "sheet.bomb", directory},
	} {
		path := inFile(t, c.name, c.write)
		got, most := peak(t, path)
		if got != c.want || most-base > extra {
			t.Errorf("%s: %s with %d MB extra, want %s", c.name, got, (most-base)>>20, c.want)
		}
	}
}

// bigTable is a list of twelve columns.
func bigTable(rows int) sheet.Table {
	heading := strings.Split("Personnummer;Förnamn;Efternamn;Remissdatum;Handläggare;Telefon;Adress;Ort;Språk;Orsak;Timmar;Anteckning", ";")
	return sheet.Table{Heading: heading, Rows: func(yield func([]sheet.Cell, error) bool) {
		for i := range rows {
			n := fmt.Sprint(i)
			if !yield([]sheet.Cell{sheet.Text("1985070998" + n), sheet.Text("Anna " + n), sheet.Text("Öberg"), sheet.Date("2026-03-24"), sheet.Text("Bo Ek"), sheet.Text("+4670" + n), sheet.Text("Storgatan " + n),
				sheet.Text("Åmål"), sheet.Text("arabiska"), sheet.Text("Vill arbeta"), sheet.Number(float64(i) / 4), sheet.Text("En längre anteckning om något " + n)}, nil) {
				return
			}
		}
	}}
}

// sharedTable is such a list as Excel saves it: each text once, in a part of its own; 500,000 texts.
func sharedTable(w io.Writer) error {
	z := zip.NewWriter(w)
	return errors.Join(
		addPart(z, "xl/workbook.xml", func(b *bufio.Writer) { fmt.Fprint(b, workbook) }),
		addPart(z, "xl/_rels/workbook.xml.rels", func(b *bufio.Writer) { fmt.Fprint(b, rels) }),
		addPart(z, "xl/sharedStrings.xml", func(b *bufio.Writer) {
			fmt.Fprint(b, "<sst>")
			for i := range 500_000 {
				fmt.Fprintf(b, "<si><t>En text om %d</t></si>", i)
			}
			fmt.Fprint(b, "</sst>")
		}),
		addPart(z, "xl/worksheets/a.xml", func(b *bufio.Writer) {
			fmt.Fprint(b, "<worksheet><sheetData>")
			for i := range 100_000 {
				fmt.Fprintf(b, `<row r="%d">`, i+1)
				for j := range 12 {
					fmt.Fprintf(b, `<c r="%c%d" t="s"><v>%d</v></c>`, 'A'+j, i+1, (i*5+j)%500_000)
				}
				fmt.Fprint(b, "</row>")
			}
			fmt.Fprint(b, "</sheetData></worksheet>")
		}),
		z.Close())
}

func addPart(z *zip.Writer, name string, write func(*bufio.Writer)) error {
	f, err := z.Create(name)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	write(b)
	return b.Flush()
}

// pour writes s again and again, to so many megabytes.
func pour(w io.Writer, s string, mb int) error {
	block := []byte(strings.Repeat(s, 1<<20/len(s)))
	for range mb {
		if _, err := w.Write(block); err != nil {
			return err
		}
	}
	return nil
}

// bomb is a small workbook (half a megabyte for 512) whose first row, or what comes after it, unfolds to so many megabytes of s.
func bomb(after, s string, mb int) func(io.Writer) error {
	return func(w io.Writer) error {
		return bombOf(w, "xl/worksheets/a.xml", `<worksheet><sheetData><row><c t="str"><v>1</v></c>`+after, s, mb)
	}
}

// bombOfStrings is a workbook of 42 MB of texts that differ.
func bombOfStrings(w io.Writer) error {
	z := zip.NewWriter(w)
	return errors.Join(
		addPart(z, "xl/workbook.xml", func(b *bufio.Writer) { fmt.Fprint(b, workbook) }),
		addPart(z, "xl/_rels/workbook.xml.rels", func(b *bufio.Writer) { fmt.Fprint(b, rels) }),
		addPart(z, "xl/sharedStrings.xml", func(b *bufio.Writer) {
			fmt.Fprint(b, "<sst>")
			for i := range 600_000 {
				fmt.Fprintf(b, "<si><t>%055d</t></si>", i*7919)
			}
		}),
		z.Close())
}

func bombOf(w io.Writer, part, begins, s string, mb int) error {
	z := zip.NewWriter(w)
	for _, p := range [][2]string{{"xl/workbook.xml", workbook}, {"xl/_rels/workbook.xml.rels", rels}, {part, begins}} {
		f, err := z.Create(p[0])
		if err == nil {
			_, err = io.WriteString(f, p[1])
		}
		if err == nil && p[0] == part {
			err = pour(f, s, mb)
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

// directory is a zip of 45 MB that is nothing but a list of empty parts.
func directory(w io.Writer) error {
	z := zip.NewWriter(w)
	for i := range 400_000 {
		if _, err := z.CreateRaw(&zip.FileHeader{Name: fmt.Sprintf("%06d", i)}); err != nil {
			return err
		}
	}
	return z.Close()
}

func TestWritingKeepsNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("writes large files")
	}
	for name, write := range writers {
		table, most := bigTable(100_000), uint64(0)
		rows, count := table.Rows, 0
		var before runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		table.Rows = func(yield func([]sheet.Cell, error) bool) {
			for r, err := range rows {
				if count++; count%10_000 == 0 {
					var now runtime.MemStats
					runtime.ReadMemStats(&now)
					most = max(most, now.HeapAlloc)
				}
				if !yield(r, err) {
					return
				}
			}
		}
		must(t, write(io.Discard, table))
		if most == 0 || int64(most)-int64(before.HeapAlloc) > 16<<20 {
			t.Errorf("%s: %d MB extra", name, (int64(most)-int64(before.HeapAlloc))>>20)
		}
	}
}

func TestFaultNamesTheRowItStoppedAt(t *testing.T) {
	f := refusal(t, oneSheet(t, `<row r="7"><c t="str"><v>`+strings.Repeat("å", 40_000)+`</v></c></row>`), "a.xlsx", sheet.Options{})
	if f.Kind != fault.Invalid || f.Args[0] != 7 {
		t.Errorf("got %+v", f)
	}
}
