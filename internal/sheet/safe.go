package sheet

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Formula tells whether a spreadsheet might take the text for a formula or a command: it begins with = + - or @, also in
// full width or another form of the same sign, and also after blanks and characters that are not seen; or with a tab
// or a line break.
func Formula(s string) bool {
	for i, r := range s {
		if i == 0 && (r == '\t' || r == '\r' || r == '\n') {
			return true
		}
		if unseen(r) {
			continue
		}
		sign := norm.NFKC.String(string(r))
		return strings.ContainsAny(sign[:1], "=+-@") || sign == "\u2212"
	}
	return false
}

// unseen tells whether a program may pass over the character when it looks for the start of a text.
func unseen(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Zs, unicode.Zl, unicode.Zp, unicode.Cc, unicode.Cf, unicode.Mn,
		unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) || r == unicode.ReplacementChar
}

// guarded tells whether the text is written to csv behind an apostrophe: a formula, or one that already has some, so
// that reading gives back exactly what was written.
func guarded(s string) bool { return Formula(strings.TrimLeft(s, "'")) }

// guard makes a text harmless in csv, where nothing else tells a text from a formula.
func guard(s string) string {
	if guarded(s) {
		return "'" + s
	}
	return s
}

// unguard undoes guard.
func unguard(s string) string {
	if strings.HasPrefix(s, "'") && guarded(s) {
		return s[1:]
	}
	return s
}
