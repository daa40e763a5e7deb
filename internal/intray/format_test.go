package intray_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/intray"
	"sluss/internal/sheet"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
)

const swedish = "Förnamn;Efternamn;Pnr;Inkom;Tolkbehov;Språk;Enhet;Orsak\r\nÅsa;Öberg;850709-9805;24/3-2026;nej;svenska;LSS-enheten;utbildning\r\n"

func latin(s string) []byte {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		b = append(b, byte(r))
	}
	return b
}

func utf16le(s string) []byte {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// workbook has title rows, days as days and as bare serial numbers, and a number typed as a number.
func workbook(t *testing.T) []byte {
	row := func(cells ...sheet.Cell) []sheet.Cell { return cells }
	x := sheet.Text
	rows := [][]sheet.Cell{
		row(x("Kön på Vuxenslussen")), row(x("utskriven 2026-10-01")), {},
		row(x("Efternamn"), x("Förnamn"), x("Identity number"), x("Received"), x("Interpreter"), x("Language"), x("Sender"), x("Reason")),
		row(x("Öberg"), x("Åsa"), sheet.Number(198507099805), sheet.Date("2026-03-24"), x("no"), x("Swedish"), x("LSS-enheten"), x("education")),
		row(x("Ek"), x("Bo"), x("19121212-1212"), sheet.Number(46105), x(""), x(""), x(""), x("")),
	}
	var b bytes.Buffer
	must(t, sheet.WriteXLSX(&b, sheet.Table{Sheet: "Blad1", Rows: func(yield func([]sheet.Cell, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}}))
	return b.Bytes()
}

func TestListsAreReadAsSwedishOfficesSaveThem(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	w := newTray(t, s)
	for name, content := range map[string][]byte{"utf-8": []byte(swedish), "utf-8 with mark": []byte("\ufeff" + swedish), "windows-1252": latin(swedish),
		"utf-16": utf16le(swedish), "tab": []byte(strings.ReplaceAll(swedish, ";", "\t")), "comma": []byte(strings.ReplaceAll(swedish, ";", ",")), "xlsx": workbook(t)} {
		t.Run(name, func(t *testing.T) {
			i := w.receive(t, "karin", content, "lista")
			lines, err := w.desk.Lines(t.Context(), w.Actor(t, "karin"), i.ID, intray.All, 0, 10)
			must(t, err)
			if len(lines) == 0 {
				t.Fatal("no lines")
			}
			f := lines[0].Form
			got := fmt.Sprintln(lines[0].Verdict, f.Person.Name(), f.Person.Number.Dashed(), f.ReceivedOn, f.Person.Language, f.Person.Interpreter, f.Reason, f.FromUnit == w.Place.Senders["LSS-enheten"])
			if want := "new Åsa Öberg 19850709-9805 2026-03-24 sv false studies true\n"; got != want {
				t.Errorf("got %swant %s", got, want)
			}
			if name == "xlsx" && (lines[1].Form.ReceivedOn != clock.Date("2026-03-24") || lines[1].Row != 6) {
				t.Errorf("row %d, received %s", lines[1].Row, lines[1].Form.ReceivedOn)
			}
		})
	}
}

func TestHostileTextsAreKeptAsTextsAndHarmNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := newTray(t, s)
		var b bytes.Buffer
		b.WriteString("pnr;förnamn;efternamn;önskan\n")
		texts := []string{`=HYPERLINK("http://x.example","y")`, "<script>alert(1)</script>", "'; DROP TABLE person; --", "\u202egnol", "a\x07b", strings.Repeat("å", 19_999), "{{0}} {1} %s"}
		for n, x := range texts {
			fmt.Fprintf(&b, "%s;Namn%d;Efter;\"%s\"\n", number(n), n, strings.ReplaceAll(x, `"`, `""`))
		}
		i := w.receive(t, "karin", b.Bytes(), "../../etc/=cmd.csv")
		i = w.save(t, "karin", i)
		if i.Saved[intray.New] != len(texts) || w.waiting(t, "karin") != len(texts) {
			t.Errorf("%v, %d wait", i.Saved, w.waiting(t, "karin"))
		}
	})
}

// bomb is a small workbook that claims to unfold to very much.
func bomb(t *testing.T) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + strings.Repeat(`<row><c t="inlineStr"><is><t>namn</t></is></c></row>`, 6_000_000),
	} {
		f, err := z.Create(name)
		must(t, err)
		_, err = f.Write([]byte(text))
		must(t, err)
	}
	must(t, z.Close())
	return b.Bytes()
}

type endless struct{}

func (endless) ReadAt(p []byte, _ int64) (int, error) { return len(p), nil }

func TestWhatIsNoListIsRefusedWithATextAndLeavesNothing(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	w := newTray(t, s)
	broken := workbook(t)
	broken = broken[:len(broken)/2]
	for key, content := range map[string][]byte{"sheet.empty": {}, "sheet.image": []byte("\x89PNG\r\n\x1a\n0000"), "sheet.broken": broken, "sheet.pdf": []byte("%PDF-1.7"),
		"sheet.heading": []byte("a;b\n1;2\n"), "intray.norows": []byte("pnr;namn\n"), "sheet.bomb sheet.rows": bomb(t)} {
		_, err := w.desk.Receive(t.Context(), w.Actor(t, "karin"), intray.File{Content: bytes.NewReader(content), Size: int64(len(content)), Name: "a.xlsx"})
		f := fault.Of(err)
		if f == nil || !slices.Contains(strings.Fields(key), f.Key) || strings.Contains(i18n.Get("sv").T(f.Key, f.Args...), "⟦") {
			t.Errorf("want %s, got %v", key, err)
		}
	}
	_, err := w.desk.Receive(t.Context(), w.Actor(t, "karin"), intray.File{Content: endless{}, Size: 2 << 30, Name: "a.xlsx"})
	if f := fault.Of(err); f == nil || f.Key != "sheet.size" {
		t.Errorf("2 GB: %v", err)
	}
	if n := w.rows(t, store.Q(`SELECT count(*) FROM intray_row WHERE area_id = $1`)); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}
