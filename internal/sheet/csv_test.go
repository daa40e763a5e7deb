package sheet_test

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/sheet"
)

func read(t *testing.T, content string, opt sheet.Options) *sheet.Reader {
	t.Helper()
	r, err := sheet.Read(strings.NewReader(content), int64(len(content)), "lista.csv", opt)
	if err != nil {
		t.Fatalf("%.60q: %v", content, err)
	}
	return r
}

func all(r *sheet.Reader) (rows [][]string, numbers []int, err error) {
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows, numbers, nil
		}
		if err != nil {
			return rows, numbers, err
		}
		rows, numbers = append(rows, row.Cells), append(numbers, row.Number)
	}
}

func refusal(t *testing.T, content, name string, opt sheet.Options) *fault.Fault {
	t.Helper()
	r, err := sheet.Read(strings.NewReader(content), int64(len(content)), name, opt)
	if err == nil {
		_, _, err = all(r)
	}
	f := fault.Of(err)
	if f == nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, l := range i18n.All() {
		if s := l.T(f.Key, f.Args...); !l.Has(f.Key) || len(s) < 30 || strings.Contains(s, "{") {
			t.Errorf("%s %s: %q", l.Tag, f.Key, s)
		}
	}
	return f
}

const social = "Personnummer;Namn;Remissdatum;Handläggare;Anteckning\r\n" +
	"19850709-9805;\"Öberg, Åsa\";2026-03-24;Bo Ek;\"Två rader\r\noch \"\"citat\"\"; semikolon\"\r\n" +
	"\r\n" +
	"730288-9931;Nils Ärlig;24/3-2026;Eva Ås;1,5\r\n"

var socialRows = [][]string{
	{"Personnummer", "Namn", "Remissdatum", "Handläggare", "Anteckning"},
	{"19850709-9805", "Öberg, Åsa", "2026-03-24", "Bo Ek", "Två rader\r\noch \"citat\"; semikolon"},
	{"730288-9931", "Nils Ärlig", "24/3-2026", "Eva Ås", "1,5"},
}

func TestListsAreReadInEveryEncoding(t *testing.T) {
	for name, enc := range map[string]encoding.Encoding{"utf-8": unicode.UTF8, "utf-8 bom": unicode.UTF8BOM, "windows-1252": charmap.Windows1252,
		"utf-16 le": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "utf-16 be": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
		"utf-16 le bom": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16 be bom": unicode.UTF16(unicode.BigEndian, unicode.UseBOM)} {
		content, err := enc.NewEncoder().String(social)
		if err != nil {
			t.Fatal(err)
		}
		rows, numbers, err := all(read(t, content, sheet.Options{}))
		if err != nil || !reflect.DeepEqual(rows, socialRows) || !reflect.DeepEqual(numbers, []int{1, 2, 4}) {
			t.Errorf("%s: %q %v, %v", name, rows, numbers, err)
		}
	}
}

func TestLateLetterDecidesEncoding(t *testing.T) {
	head := strings.Repeat("850709-9805;Anna Berg\n", 20_000)
	for name, tail := range map[string]string{"utf-8": "850709-9805;Åsa\n", "1252": "850709-9805;\xc5sa\n"} {
		rows, _, err := all(read(t, head+tail, sheet.Options{}))
		if err != nil || len(rows) != 20_001 || rows[20_000][1] != "Åsa" {
			t.Errorf("%s: %d rows, %q, %v", name, len(rows), rows[len(rows)-1], err)
		}
	}
}

func TestDelimiterIsFound(t *testing.T) {
	for _, d := range []string{";", ",", "\t", "|"} {
		content := strings.Join([]string{"Namn", "Ort", "Belopp"}, d) + "\n" + strings.Join([]string{"Anna", "Åmål", "15"}, d) + "\n" + strings.Join([]string{"Bo", "Kil", ""}, d) + "\n"
		rows, _, err := all(read(t, content, sheet.Options{}))
		if err != nil || len(rows) != 3 || len(rows[0]) != 3 || rows[1][1] != "Åmål" {
			t.Errorf("%q: %q, %v", d, rows, err)
		}
	}
	for content, want := range map[string]int{
		"a;b;c\n" + strings.Repeat("1,5;2,5;3,5\n", 20):           3, // decimal commas outnumber
		"Rubrik\n\na;b\n1;2\n3;4\n":                               1, // the title row
		"Namn;Ort\nBerg, Anna;Kil\nEk, Bo;Kil\n":                  2,
		"sep=,\r\na,b;c\r\n":                                      2,
		"sep=;\na;b\n":                                            2,
		"Namn\nAnna Berg\nBo Ek\n":                                1,
		"a;b\r1;2\r":                                              2,
		"\ufeff\"a\";\"b\"":                                       2,
		"a,b,\"x;y\"\n1,2,\"z;w\"\n":                              3,
		strings.Repeat("x;y\n", 40_000):                           2,
		"id,\"en \"\"t\"\";,ext\"\n7,\"en annan; text, ja\"\n":    2,
		"a;b;c;d\n1\n2;3\n4;5;6;7\n8;9;10;11\n1;2;3;4\n5;6;7;8\n": 4,
	} {
		row, err := read(t, content, sheet.Options{}).Next()
		if err != nil || len(row.Cells) != want {
			t.Errorf("%.40q: %q, %v", content, row.Cells, err)
		}
	}
}

func TestStrayQuotesAreLetters(t *testing.T) {
	rows, _, err := all(read(t, "Namn;Mått\nEn \"liten\" sak;5\"\n\"a\"b;c\n\"\";x\n", sheet.Options{}))
	want := [][]string{{"Namn", "Mått"}, {"En \"liten\" sak", "5\""}, {"ab", "c"}, {"", "x"}}
	if err != nil || !reflect.DeepEqual(rows, want) {
		t.Errorf("%q, %v", rows, err)
	}
}

func TestWrongFilesAreRefusedWithTheirReason(t *testing.T) {
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 70_000)
	for _, c := range []struct{ want, name, content string }{
		{"sheet.empty", "tom.csv", ""}, {"sheet.empty", "blank.csv", " \r\n;;;\r\n\t\n"}, {"sheet.empty", "bom.csv", "\ufeff"},
		{"sheet.image", "a.png", "\x89PNG\r\n\x1a\n...."}, {"sheet.image", "a.csv", "\xff\xd8\xff\xe0...."}, {"sheet.image", "a.heic", "\x00\x00\x00\x18ftypheic........"}, {"sheet.image", "a.bmp", "BM\x00\x00\x00"},
		{"sheet.pdf", "a.xlsx", "%PDF-1.7"}, {"sheet.kind", "a.xls", "<html><table>"}, {"sheet.kind", "a.xls", "\ufeff <?xml version='1.0'?>"}, {"sheet.kind", "a.bin", "\x01\x00\x02\x00\x05abc\x00"},
		{"sheet.kind", "a.rtf", "{\\rtf1"}, {"sheet.xls", "a.xls", ole}, {"sheet.password", "a.xlsx", ole + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"},
		{"sheet.broken", "a.xlsx", "PK\x03\x04 cut"}, {"sheet.broken", "a.xlsx", "PK\x05\x06"}, {"sheet.ods", "a.numbers", "whatever"},
		{"sheet.quote", "a.csv", "a;b\n1;\"open\n2;3\n"}, {"sheet.cell", "a.csv", "a;b\n1;\"" + strings.Repeat("x\n", 200_000)}, {"sheet.cell", "a.csv", strings.Repeat("x", 33_000)},
		{"sheet.columns", "a.csv", "a;b\n1" + strings.Repeat(";", 600) + "x\n"}, {"sheet.columns", "a.csv", strings.Repeat(";", 20_000) + "\n"},
	} {
		if f := refusal(t, c.content, c.name, sheet.Options{}); f.Key != c.want {
			t.Errorf("%s %.30q: %s, want %s", c.name, c.content, f.Key, c.want)
		}
	}
}

func TestLimitsAreOptions(t *testing.T) {
	list := "a;b;c\n1;2;3\n4;5;6\n"
	for want, opt := range map[string]sheet.Options{"sheet.rows": {MaxRows: 2}, "sheet.columns": {MaxColumns: 2}, "sheet.size": {MaxBytes: 5}} {
		if f := refusal(t, list, "a.csv", opt); f.Key != want {
			t.Errorf("%s, want %s", f.Key, want)
		}
	}
	if f := refusal(t, "abc;d\n", "a.csv", sheet.Options{MaxCell: 2}); f.Key != "sheet.cell" || f.Args[0] != 1 || f.Args[1] != 2 {
		t.Errorf("got %+v", f)
	}
	if rows, _, err := all(read(t, list, sheet.Options{MaxRows: 3, MaxColumns: 3, MaxCell: 1, MaxBytes: int64(len(list))})); err != nil || len(rows) != 3 {
		t.Errorf("%v, %v", rows, err)
	}
}

// untouchable fails the test when it is read.
type untouchable struct{ t *testing.T }

func (u untouchable) ReadAt([]byte, int64) (int, error) {
	u.t.Error("the file was read")
	return 0, io.EOF
}

func TestHugeFileIsRefusedWithoutBeingRead(t *testing.T) {
	_, err := sheet.Read(untouchable{t}, 2<<30, "stor.xlsx", sheet.Options{})
	if f := fault.Of(err); f == nil || f.Key != "sheet.size" || f.Args[0] != 50 {
		t.Errorf("got %v", err)
	}
}

// failing is a disk that breaks.
type failing struct{}

func (failing) ReadAt([]byte, int64) (int, error) { return 0, io.ErrClosedPipe }

func TestBrokenDiskIsNoFaultOfTheFile(t *testing.T) {
	if _, err := sheet.Read(failing{}, 100, "a.csv", sheet.Options{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("got %v", err)
	}
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{social, "sep=,\na,b", "\xff\xfea\x00;\x00b\x00", "a;\"b\"\"\n\";c\r", "'=1;'x\n", "\xc5;\xe4"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) { mustHold(t, b, "a.csv") })
}

// mustHold reads any bytes and checks what must be true of each row, or of the refusal.
func mustHold(t *testing.T, b []byte, name string) {
	opt := sheet.Options{MaxCell: 100, MaxColumns: 20, MaxRows: 50, MaxUnzipped: 1 << 20}
	r, err := sheet.Read(strings.NewReader(string(b)), int64(len(b)), name, opt)
	last, rows := 0, 0
	for err == nil {
		var row sheet.Row
		if row, err = r.Next(); err != nil {
			break
		}
		rows++
		if row.Number <= last || len(row.Cells) == 0 || len(row.Cells) > 20 || rows > 50 {
			t.Fatalf("row %d after %d: %q", row.Number, last, row.Cells)
		}
		last = row.Number
		for i, c := range row.Cells {
			_, _ = row.Date(i)
			if len([]rune(c)) > 100 || strings.ToValidUTF8(c, "") != c {
				t.Fatalf("cell %q", c)
			}
		}
	}
	if f := fault.Of(err); !errors.Is(err, io.EOF) && (f == nil || !i18n.Get("sv").Has(f.Key)) {
		t.Fatal(fmt.Errorf("refused without a reason: %w", err))
	}
}
