package sheet

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"sluss/internal/clock"
)

const (
	xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	office  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packs   = "http://schemas.openxmlformats.org/package/2006/"
	cells   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	mime    = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// The cell styles of a written workbook, in the order of fixedParts' cellXfs. A text is told to be text so that editing
// it makes neither a number nor a formula of it.
const (
	styleHeading = 1
	styleDate    = 2
	styleText    = 3
	styleQuoted  = 4
)

// fixedParts are the parts that are the same in each workbook we write.
var fixedParts = []struct{ name, xml string }{
	{"[Content_Types].xml", `<Types xmlns="` + packs + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + mime + `sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + mime + `worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="` + mime + `styles+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="` + packs + `relationships"><Relationship Id="rId1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packs + `relationships"><Relationship Id="rId1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + office + `/styles" Target="styles.xml"/></Relationships>`},
	{"xl/styles.xml", `<styleSheet xmlns="` + cells + `"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs></styleSheet>`},
}

// WriteXLSX writes the table as a workbook of one sheet, row by row, with nothing kept in memory or on disk. Texts are
// texts, whatever they begin with; dates and numbers can be sorted and counted with.
func WriteXLSX(w io.Writer, t Table) error {
	z := zip.NewWriter(w)
	for _, p := range fixedParts {
		if err := writePart(z, p.name, p.xml); err != nil {
			return err
		}
	}
	workbook := `<workbook xmlns="` + cells + `" xmlns:r="` + office + `"><sheets><sheet name="` + string(appendXML(nil, sheetName(t.Sheet))) + `" sheetId="1" r:id="rId1"/></sheets></workbook>`
	if err := writePart(z, "xl/workbook.xml", workbook); err != nil {
		return err
	}
	part, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return err
	}
	if err := writeGrid(part, t); err != nil {
		return err
	}
	return z.Close()
}

func writePart(z *zip.Writer, name, xml string) error {
	p, err := z.Create(name)
	if err == nil {
		_, err = io.WriteString(p, xmlHead+xml)
	}
	return err
}

func writeGrid(w io.Writer, t Table) error {
	b := bufio.NewWriterSize(w, 64<<10)
	_, _ = b.WriteString(xmlHead + `<worksheet xmlns="` + cells + `">`)
	if len(t.Heading) > 0 { // the headings stay in sight
		_, _ = b.WriteString(`<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`)
	}
	_, _ = b.WriteString(`<sheetFormatPr defaultRowHeight="15"/><sheetData>`)
	var line []byte
	err := t.each(func(number int, row []Cell) error {
		if err := fits(number, row); err != nil {
			return err
		}
		line = append(strconv.AppendInt(append(line[:0], `<row r="`...), int64(number), 10), `">`...)
		for i, c := range row {
			line = c.appendXML(line, i, number, number == 1 && len(t.Heading) > 0)
		}
		_, err := b.Write(append(line, "</row>"...))
		return err
	})
	if err != nil {
		return err
	}
	if _, err := b.WriteString("</sheetData></worksheet>"); err != nil {
		return err
	}
	return b.Flush()
}

// appendXML writes the cell at column i, from 0, of the row.
func (c Cell) appendXML(b []byte, i, row int, heading bool) []byte {
	ref := columnName(i) + strconv.Itoa(row)
	switch days, ok := serial(c.date); {
	case c.kind == isNumber:
		b = append(b, `<c r="`+ref+`"><v>`...)
		return append(strconv.AppendFloat(b, c.number, 'g', -1, 64), "</v></c>"...)
	case c.kind == isDate && ok:
		return append(b, `<c r="`+ref+`" s="`+strconv.Itoa(styleDate)+`"><v>`+strconv.Itoa(days)+`</v></c>`...)
	case c.kind == isDate:
		c.text = string(c.date)
	}
	if c.text == "" {
		return b
	}
	style := styleText
	if heading {
		style = styleHeading
	} else if guarded(c.text) {
		style = styleQuoted
	}
	b = append(b, `<c r="`+ref+`" s="`+strconv.Itoa(style)+`" t="inlineStr"><is><t xml:space="preserve">`...)
	return append(appendXML(b, hexed(c.text)), "</t></is></c>"...)
}

// serial is the number of a day that workbooks can show; the others are written as text.
func serial(d clock.Date) (int, bool) {
	if _, err := clock.ParseDate(string(d)); err != nil || d < "1900-03-01" {
		return 0, false
	}
	return d.Sub("1899-12-30"), true
}

// columnName gives A for 0, Z for 25, AA for 26.
func columnName(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return columnName(i/26-1) + columnName(i%26)
}

// hexed writes what XML cannot hold as _x000B_, and the first stroke of what looks so already as _x005F_.
func hexed(s string) string {
	if strings.Contains(s, "_x") {
		var b strings.Builder
		for i := range len(s) {
			if s[i] == '_' && hexForm.MatchString(s[i:min(i+7, len(s))]) {
				b.WriteString("_x005F")
			}
			b.WriteByte(s[i])
		}
		s = b.String()
	}
	return unwritable.ReplaceAllStringFunc(s, func(m string) string {
		r, _ := utf8.DecodeRuneInString(m)
		return fmt.Sprintf("_x%04X_", r)
	})
}

var unwritable = regexp.MustCompile(`[\x00-\x08\x0b-\x1f\x{FFFE}\x{FFFF}]`)

// appendXML writes text for an element or an attribute.
func appendXML(b []byte, s string) []byte {
	return append(b, xmlEscapes.Replace(s)...)
}

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// sheetName makes a name that Excel takes: 1–31 characters, none of []:*?/\ and no apostrophe at either end.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' || r == 0xFFFE || r == 0xFFFF {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	r := []rune(strings.Trim(s, "' "))
	s = strings.Trim(string(r[:min(len(r), 31)]), "' ")
	if s == "" {
		return "Blad1"
	}
	return s
}
