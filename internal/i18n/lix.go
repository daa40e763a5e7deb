package i18n

import (
	"strings"
	"unicode"
)

// LIX tells how hard Swedish is to read: words per sentence and the hundredths of words longer than six letters, together.
// Under 30 is easy, under 40 is what everybody should meet.
func LIX(s string) float64 {
	words, long, ends := 0, 0, 0
	for _, w := range strings.Fields(s) {
		letters := 0
		for _, r := range w {
			if unicode.IsLetter(r) {
				letters++
			}
		}
		if letters > 0 {
			words++
		}
		if letters > 6 {
			long++
		}
		if strings.ContainsAny(w[len(w)-1:], ".!?:") {
			ends++
		}
	}
	if words == 0 {
		return 0
	}
	return float64(words)/float64(max(ends, 1)) + 100*float64(long)/float64(words)
}
