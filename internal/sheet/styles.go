package sheet

import "strings"

// kindOf is how a style shows a number.
type kindOf byte

const (
	plain kindOf = iota
	dated
	timed // hours alone
)

const maxStyles = 100_000 // Excel's own limit is 65,490

// readStyles learns which cell styles show dates.
func (b *book) readStyles(name string) error {
	formats, inCells := map[int]kindOf{}, false
	return b.elements(name, func(m *markup) error {
		switch string(m.name) {
		case "numFmt":
			formats[number(m.attr("numFmtId"))] = kindOfCode(m.value("formatCode"))
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if inCells {
				b.styles = append(b.styles, kindOfID(number(m.attr("numFmtId")), formats))
			}
		}
		if len(b.styles) > maxStyles || len(formats) > maxStyles {
			return errBomb
		}
		return nil
	})
}

// kindOfID knows the formats that every workbook has unsaid.
func kindOfID(id int, formats map[int]kindOf) kindOf {
	if k, ok := formats[id]; ok {
		return k
	}
	switch {
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 58:
		return dated
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47:
		return timed
	}
	return plain
}

// kindOfCode reads a format such as [$-41D]d\ mmmm\ yyyy;@ for the letters of dates and hours.
func kindOfCode(code string) kindOf {
	code, _, _ = strings.Cut(strings.ToLower(bare(code)), ";")
	if strings.HasPrefix(code, "general") {
		return plain
	}
	switch {
	case strings.ContainsAny(code, "yd"), strings.Contains(code, "m") && !strings.ContainsAny(code, "hs"):
		return dated
	case strings.ContainsAny(code, "hs"):
		return timed
	}
	return plain
}

// bare drops the parts of a format code that stand for themselves: quotes, brackets, escaped and padding characters.
func bare(code string) string {
	var b strings.Builder
	var end byte
	for i := 0; i < len(code); i++ {
		c := code[i]
		switch {
		case end != 0:
			if c == end {
				end = 0
			}
		case c == '"':
			end = '"'
		case c == '[':
			end = ']'
		case c == '\\', c == '_', c == '*':
			i++
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
