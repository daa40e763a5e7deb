package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"sluss/internal/fault"
	"sluss/internal/sheet"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// saved is the bytes of a workbook made by excelize.
func saved(t *testing.T, f *excelize.File) string {
	t.Helper()
	b, err := f.WriteToBuffer()
	must(t, err)
	return b.String()
}

// zipped makes a workbook of parts, each a name and its content.
func zipped(t *testing.T, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		must(t, err)
		_, err = io.WriteString(w, parts[i+1])
		must(t, err)
	}
	must(t, z.Close())
	return b.String()
}

const (
	rels = `<Relationships><Relationship Id="r1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/xl/worksheets/a.xml"/>` +
		`<Relationship Id="r2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	workbook = `<workbook><sheets><sheet name="A &amp; B" sheetId="1" r:id="r1"/></sheets></workbook>`
)

// oneSheet is a workbook by hand of one sheet with the given rows.
func oneSheet(t *testing.T, rows string, more ...string) string {
	return zipped(t, append([]string{"xl/workbook.xml", workbook, "xl/_rels/workbook.xml.rels", rels, "xl/worksheets/a.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}, more...)...)
}

func TestWorkbookOfAnotherProgramIsRead(t *testing.T) {
	f := excelize.NewFile()
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: ptr(`[$-41D]d\ mmmm\ yyyy;@`)})
	must(t, err)
	hours, err := f.NewStyle(&excelize.Style{NumFmt: 20})
	must(t, err)
	must(t, f.SetSheetRow("Sheet1", "B3", &[]any{"Personnummer", "Namn", "Remissdatum", "Tid", "Antal", "Serienummer"}))
	must(t, f.SetSheetRow("Sheet1", "B5", &[]any{198507099805, "Åsa & <Bo>\n\"x\"", 46105, 0.5, 1.1, 46105}))
	must(t, f.SetSheetRow("Sheet1", "B6", &[]any{"730288-9931", true, time.Date(2026, 3, 24, 13, 45, 0, 0, time.UTC), "", 0.1 + 0.2, "46105"}))
	must(t, f.SetCellStyle("Sheet1", "D5", "D5", style))
	must(t, f.SetCellStyle("Sheet1", "E5", "E5", hours))
	must(t, f.SetCellStyle("Sheet1", "XFD9", "XFD9", style))
	r := read(t, saved(t, f), sheet.Options{})
	want := [][]string{{"", "Personnummer", "Namn", "Remissdatum", "Tid", "Antal", "Serienummer"},
		{"", "198507099805", "Åsa & <Bo>\n\"x\"", "2026-03-24", "12:00", "1.1", "46105"},
		{"", "730288-9931", "TRUE", "2026-03-24 13:45", "", "0.3", "46105"}}
	rows, err := r.Peek(9)
	if err != nil || !rows[1].Dated(3) || rows[1].Dated(6) || rows[0].Dated(3) {
		t.Errorf("%+v, %v", rows, err)
	}
	got, numbers, err := all(r)
	if err != nil || !reflect.DeepEqual(got, want) || !reflect.DeepEqual(numbers, []int{3, 5, 6}) {
		t.Errorf("got %q %v, %v", got, numbers, err)
	}
}

func ptr[T any](v T) *T { return &v }

func TestSerialsCountFromTheWorkbooksFirstDay(t *testing.T) {
	for base, n := range map[bool]int{false: 46105, true: 44643} {
		f := excelize.NewFile()
		must(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: ptr(base)}))
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		must(t, err)
		must(t, f.SetSheetRow("Sheet1", "A1", &[]any{n, n, "24/3-2026", "46105"}))
		must(t, f.SetCellStyle("Sheet1", "A1", "A1", style))
		row, err := read(t, saved(t, f), sheet.Options{}).Next()
		must(t, err)
		for i := range 4 {
			if d, err := row.Date(i); err != nil || d != "2026-03-24" {
				t.Errorf("%v %d: %q, %v", base, i, d, err)
			}
		}
		if row.Cells[0] != "2026-03-24" || row.Cells[1] != fmt.Sprint(n) {
			t.Errorf("got %q", row.Cells)
		}
	}
}

func TestFirstVisibleSheetWithRowsIsRead(t *testing.T) {
	f := excelize.NewFile()
	for _, s := range []string{"Dold", "Lista", "Annat"} {
		_, err := f.NewSheet(s)
		must(t, err)
		must(t, f.SetCellValue(s, "A2", s))
	}
	must(t, f.SetSheetVisible("Dold", false))
	content := saved(t, f)
	r := read(t, content, sheet.Options{})
	row, err := r.Next()
	if err != nil || r.Sheet != "Lista" || row.Cell(0) != "Lista" || !reflect.DeepEqual(r.Others, []string{"Sheet1", "Dold", "Annat"}) {
		t.Errorf("got %q of %q, others %q, %v", row.Cells, r.Sheet, r.Others, err)
	}
	if row, err := read(t, content, sheet.Options{Sheet: "Annat"}).Next(); err != nil || row.Cell(0) != "Annat" {
		t.Errorf("got %q, %v", row.Cells, err)
	}
	for _, s := range []string{"Sheet1", "Finns inte"} {
		if f := refusal(t, content, "a.xlsx", sheet.Options{Sheet: s}); f.Key != "sheet.nosheet" || f.Args[0] != s {
			t.Errorf("%s: %+v", s, f)
		}
	}
	if f := refusal(t, saved(t, excelize.NewFile()), "a.xlsx", sheet.Options{}); f.Key != "sheet.empty" {
		t.Errorf("got %s", f.Key)
	}
}

func TestOddButRightWorkbooksAreRead(t *testing.T) {
	shared := `<sst><si><t>ett</t></si><si><r><t>t</t></r><r><t xml:space="preserve">vå </t></r><rPh><t>X</t></rPh></si><si><t>a_x000D_b &#229;&#xE4;&bogus;</t></si></sst>`
	for rows, want := range map[string][][]string{
		`<row r="2"><c r="B2" t="s"><v>0</v></c><c t="s"><v>1</v></c><c r="E2" t="s"><v>2</v></c><c t="s"><v>9</v></c></row>`: {{"", "ett", "två ", "", "a\rb åä&bogus;"}},
		`<x:row><x:c><x:v>1</x:v></x:c></x:row><x:row><x:c t='str'><x:f>A1&amp;"x"</x:f><x:v>1x</x:v></x:c></x:row>`:          {{"1"}, {"1x"}},
		`<!-- <row> --><row><c t="inlineStr"><is><t><![CDATA[a<b&amp;]]></t></is></c></row>`:                                  {{"a<b&amp;"}},
		`<row r="5"/><row r="3"><c r="A3"><v>1.98507099805E11</v></c></row>`:                                                  {{"198507099805"}},
		`<row title="a>b"><c r="A1" t="e"><v>#N/A</v></c><c t="d"><v>2026-03-24T00:00:00</v></c><c><v>x</v></c></row>`:        {{"#N/A", "2026-03-24T00:00:00", "x"}},
		`<row><c r="A1" t="b"><v>0</v></c><c r="A1"><v>2</v></c></row>`:                                                       {{"FALSE", "2"}},
		"<row><c t=\"str\"><v>\xff</v></c></row>":                                                                             {{"\ufffd"}},
	} {
		got, _, err := all(read(t, oneSheet(t, rows, "XL\\sharedStrings.xml", shared), sheet.Options{}))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q, %v", rows, got, err)
		}
	}
}

func TestWrongWorkbooksAreRefusedWithTheirReason(t *testing.T) {
	whole := oneSheet(t, strings.Repeat(`<row><c t="str"><v>x</v></c></row>`, 2000))
	locked := []byte(whole)
	for at := 0; ; {
		i := bytes.Index(locked[at:], []byte("PK\x01\x02"))
		if i < 0 {
			break
		}
		locked[at+i+8] |= 1
		at += i + 4
	}
	damaged := []byte(whole)
	copy(damaged[bytes.Index(damaged, []byte("a.xml"))+20:], strings.Repeat("\x55", 40))
	for _, c := range []struct{ why, want, content string }{
		{"cut short", "sheet.broken", whole[:len(whole)-30]}, {"damaged", "sheet.broken", string(damaged)}, {"locked", "sheet.password", string(locked)},
		{"opendocument", "sheet.ods", zipped(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<x/>")},
		{"word", "sheet.kind", zipped(t, "_rels/.rels", `<Relationships><Relationship Type="a/officeDocument" Target="word/document.xml"/></Relationships>`, "word/document.xml", "<x/>")},
		{"binary workbook", "sheet.xls", zipped(t, "_rels/.rels", `<Relationships><Relationship Type="a/officeDocument" Target="xl/workbook.bin"/></Relationships>`)},
		{"photos", "sheet.kind", zipped(t, "a.jpg", "x")}, {"no sheet", "sheet.empty", zipped(t, "xl/workbook.xml", "<workbook/>")},
		{"entities", "sheet.broken", oneSheet(t, `<!DOCTYPE x [<!ENTITY a "aaaa">]><row><c><v>&a;</v></c></row>`)},
		{"unended", "sheet.broken", oneSheet(t, `<row><c><v>1</v></c></row><row>`)}, {"too often ended", "sheet.broken", oneSheet(t, `</a></a></a></a><row>`)}, {"no name", "sheet.broken", oneSheet(t, `< ><row/>`)},
		{"cell without row", "sheet.broken", oneSheet(t, `<c r="A1"><v>1</v></c>`)}, {"end without row", "sheet.broken", oneSheet(t, `<sow><c/></row>`)},
		{"far right", "sheet.columns", oneSheet(t, `<row><c r="ZZ1"><v>1</v></c></row>`)}, {"further right", "sheet.columns", oneSheet(t, `<row><c r="ZZZZZZZZZ1"><v>1</v></c></row>`)},
		{"long cell", "sheet.cell", oneSheet(t, `<row r="7"><c t="str"><v>`+strings.Repeat("å", 40_000)+`</v></c></row>`)},
		{"endless cell", "sheet.long", oneSheet(t, `<row><c t="inlineStr"><is><t>`+strings.Repeat("x", 1<<20)+`</t></is></c></row>`)},
		{"endless tag", "sheet.long", oneSheet(t, `<row `+strings.Repeat("x", 1<<20)+`/>`)},
	} {
		if f := refusal(t, c.content, c.why, sheet.Options{}); f.Key != c.want {
			t.Errorf("%s: %s, want %s", c.why, f.Key, c.want)
		}
	}
}

func TestFarStyledCellsWithoutContentDoNotCount(t *testing.T) {
	rows, _, err := all(read(t, oneSheet(t, `<row><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>`+strings.Repeat("<row/>", 300_000)), sheet.Options{}))
	if err != nil || !reflect.DeepEqual(rows, [][]string{{"1"}}) {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

func TestManyEntriesAreRefused(t *testing.T) {
	var parts []string
	for i := range 11_000 {
		parts = append(parts, fmt.Sprint(i), "")
	}
	if f := refusal(t, zipped(t, parts...), "many.xlsx", sheet.Options{}); f.Key != "sheet.bomb" {
		t.Errorf("got %s", f.Key)
	}
}

// lying makes the zip state that each part is a hundred bytes.
func lying(content string) string {
	b := []byte(content)
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte("PK\x01\x02"))
		if i < 0 {
			return string(b)
		}
		binary.LittleEndian.PutUint32(b[at+i+24:], 100)
		at += i + 4
	}
}

func TestUnfoldingIsCountedAndNotBelieved(t *testing.T) {
	content := oneSheet(t, strings.Repeat(`<row><c t="str"><v>x</v></c></row>`, 50_000))
	for _, c := range []string{content, lying(content)} {
		if f := refusal(t, c, "a.xlsx", sheet.Options{MaxUnzipped: 1 << 20}); f.Key != "sheet.bomb" && f.Key != "sheet.broken" {
			t.Errorf("got %s", f.Key)
		}
	}
	if f := refusal(t, content, "a.xlsx", sheet.Options{MaxUnzipped: 1 << 20}); f.Key != "sheet.bomb" {
		t.Errorf("got %s", f.Key)
	}
}

func TestErrorsLast(t *testing.T) {
	r := read(t, "a;b\n1;2\n3;4\n", sheet.Options{MaxRows: 2})
	_, _, err := all(r)
	_, again := r.Next()
	if fault.Of(err) == nil || !errors.Is(again, err) {
		t.Errorf("%v, then %v", err, again)
	}
}

func FuzzXLSX(f *testing.F) {
	t := &testing.T{}
	f.Add([]byte(oneSheet(t, `<row r="2"><c r="B2" t="s"><v>0</v></c></row>`, "xl/sharedStrings.xml", `<sst><si><t>ett</t></si></sst>`)))
	var b bytes.Buffer
	if err := sheet.WriteXLSX(&b, sheet.Table{Heading: []string{"a"}, Rows: rowsOf([][]sheet.Cell{{sheet.Date("2026-03-24"), sheet.Text("=1")}})}); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) { mustHold(t, b, "a.xlsx") })
}

// FuzzGrid reaches the XML, which FuzzXLSX seldom does behind the zip's checksums.
func FuzzGrid(f *testing.F) {
	f.Add(`<row r="2"><c r="B2" t="s" s="1"><v>0</v></c><c><is><t>x</t></is></c></row>`, `<si><t>ett</t></si>`, `<xf numFmtId="14"/>`)
	f.Add(`<row><c t='str' s="0"><v><![CDATA[x]]>&#65;_x0041_</v></c></row>`, `<si><r><t>a</t></r><rPh><t>b</t></rPh></si>`, `<numFmt numFmtId="170" formatCode="&quot;d&quot;yyyy"/>`)
	f.Fuzz(func(t *testing.T, rows, strs, styles string) {
		mustHold(t, []byte(oneSheet(t, rows, "xl/sharedStrings.xml", "<sst>"+strs+"</sst>", "xl/styles.xml", "<s><cellXfs>"+styles+"</cellXfs></s>")), "a.xlsx")
	})
}
