package pnr

import (
	"strings"
	"unicode"
)

// clean takes away what is not seen and writes each digit, dash, plus and letter in one way. What it does not know it
// leaves, for Parse to refuse.
func clean(text string) string {
	if len(text) > longest {
		text = text[:longest]
	}
	var b strings.Builder
	for _, r := range strings.TrimPrefix(strings.TrimSpace(text), "'") { // the mark of text in a spreadsheet
		if c := plain(r); c >= 0 {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// plain is the one way to write the character, or -1 for one that is not seen.
func plain(r rune) rune {
	switch {
	case unicode.IsSpace(r), unicode.In(r, unicode.Cf, unicode.Zs, unicode.Variation_Selector):
		return -1
	case r >= 0xFF01 && r <= 0xFF5E: // full width
		return unicode.ToUpper(r - 0xFF01 + '!')
	case r >= 0x0660 && r <= 0x0669: // Arabic
		return r - 0x0660 + '0'
	case r >= 0x06F0 && r <= 0x06F9: // Persian
		return r - 0x06F0 + '0'
	case r >= 0x2010 && r <= 0x2015, r == 0x2212, r == 0xFE58, r == 0xFE63:
		return '-'
	}
	return unicode.ToUpper(r)
}

var signs = strings.NewReplacer("-", "", "+", "")

// onlyDigits drops the dashes, and tells whether there was a plus.
func onlyDigits(s string) (digits string, plus bool) {
	return signs.Replace(s), strings.Contains(s, "+")
}
