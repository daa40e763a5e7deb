package i18n

import (
	"slices"
	"strings"
	"unicode"
)

// fromRight are the languages written from the right that somebody's words may be in.
var fromRight = []string{"ar", "fa", "prs", "ckb", "ps"}

// Tongue is the language that somebody's own words are in, with no texts of its own: a code of person.Written, where other is one that
// nobody has named.
func Tongue(code string) *Lang {
	switch {
	case code == "other":
		return &Lang{Tag: "und", Dir: "auto"}
	case slices.Contains(fromRight, code):
		return &Lang{Tag: code, Dir: "rtl"}
	default:
		return &Lang{Tag: code, Dir: "ltr"}
	}
}

// Arabic tells whether words begin in the Arabic script, which several languages are written in.
func Arabic(words string) bool {
	at := strings.IndexFunc(words, unicode.IsLetter)
	return at >= 0 && strings.IndexFunc(words[at:], func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) == 0
}
