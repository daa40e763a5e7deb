package sheet

import (
	"errors"
	"io"
	"path"
	"strings"
)

// book is an opened workbook.
type book struct {
	*archive
	opt    Options
	base   epoch
	sheets []part
	shared arena
	styles []kindOf
}

// part is a sheet: its name and its place in the archive.
type part struct {
	name, rel, file string
	hidden          bool
}

const maxSheets = 1_000

// openBook finds the sheet to read and stands at its first row.
func (r *Reader) openBook(at io.ReaderAt, size int64) error {
	a, err := openArchive(at, size, r.opt.MaxUnzipped)
	if err != nil {
		return err
	}
	b := &book{archive: a, opt: r.opt}
	if err := b.load(); err != nil {
		return settle(err)
	}
	return settle(r.choose(b))
}

// choose takes the sheet asked for, or the first visible one with rows.
func (r *Reader) choose(b *book) error {
	for i, p := range b.sheets {
		if r.opt.Sheet != "" && p.name != r.opt.Sheet || r.opt.Sheet == "" && p.hidden {
			continue
		}
		grid, err := b.openGrid(p)
		if err != nil {
			return err
		}
		row, err := grid.filled()
		if errors.Is(err, io.EOF) {
			continue
		}
		if err != nil {
			return err
		}
		r.take(b, i, row, grid)
		return nil
	}
	if r.opt.Sheet != "" {
		return refuse("sheet.nosheet", r.opt.Sheet)
	}
	return refuse("sheet.empty")
}

// take begins with row, and goes on with the rest of the grid.
func (r *Reader) take(b *book, i int, row Row, grid *grid) {
	r.Sheet = b.sheets[i].name
	for j, p := range b.sheets {
		if j != i {
			r.Others = append(r.Others, p.name)
		}
	}
	first := true
	r.next = func() (Row, error) {
		if first {
			first = false
			return row, nil
		}
		row, err := grid.next()
		return row, settle(err)
	}
}

// load reads what the sheets have in common.
func (b *book) load() error {
	main, err := b.mainPart()
	if err != nil {
		return err
	}
	if err := b.readWorkbook(main); err != nil {
		return err
	}
	dir, file := path.Split(main)
	err = b.relations(dir+"_rels/"+file+".rels", func(id, kind, target string) error {
		target = resolve(dir, target)
		switch kind {
		case "worksheet":
			b.place(id, target)
		case "sharedStrings":
			return b.readShared(target)
		case "styles":
			return b.readStyles(target)
		}
		return nil
	})
	return err
}

func (b *book) place(id, file string) {
	for i := range b.sheets {
		if b.sheets[i].rel == id {
			b.sheets[i].file = file
		}
	}
}

// mainPart finds the workbook, or tells what else the zip is.
func (b *book) mainPart() (string, error) {
	main := "xl/workbook.xml"
	err := b.relations("_rels/.rels", func(_, kind, target string) error {
		if kind == "officeDocument" {
			main = resolve("", target)
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	switch {
	case strings.HasSuffix(main, ".bin"): // xlsb
		return "", refuse("sheet.xls")
	case strings.HasPrefix(main, "word/"), strings.HasPrefix(main, "ppt/"):
		return "", refuse("sheet.kind")
	case b.parts[partName(main)] != nil:
		return main, nil
	case b.parts["content.xml"] != nil, b.parts["index/document.iwa"] != nil:
		return "", refuse("sheet.ods")
	}
	return "", refuse("sheet.kind")
}

// relations calls f with each relation: its id, the last word of its type, and its target.
func (b *book) relations(name string, f func(id, kind, target string) error) error {
	return b.elements(name, func(m *markup) error {
		if string(m.name) != "Relationship" || m.value("TargetMode") == "External" {
			return nil
		}
		return f(m.value("Id"), path.Base(m.value("Type")), m.value("Target"))
	})
}

func resolve(dir, target string) string {
	if strings.HasPrefix(target, "/") {
		return target[1:]
	}
	return path.Join(dir, target)
}

// elements calls f at the start of each element of a part; a missing part has none.
func (b *book) elements(name string, f func(*markup) error) error {
	m, err := b.open(name)
	if m == nil || err != nil {
		return err
	}
	for {
		t, err := m.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && t == open {
			err = f(m)
		}
		if err != nil {
			return err
		}
	}
}

func (b *book) readWorkbook(main string) error {
	return b.elements(main, func(m *markup) error {
		switch string(m.name) {
		case "workbookPr":
			if v := m.value("date1904"); v == "1" || v == "true" {
				b.base = from1904
			}
		case "sheet":
			state := m.value("state")
			b.sheets = append(b.sheets, part{name: m.value("name"), rel: m.value("id"), hidden: state == "hidden" || state == "veryHidden"})
			if len(b.sheets) > maxSheets {
				return errBomb
			}
		}
		return nil
	})
}

// number reads a whole number of at most nine digits; -1 when there is none.
func number(v []byte) int {
	if len(v) == 0 || len(v) > 9 {
		return -1
	}
	n := 0
	for _, c := range v {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}
