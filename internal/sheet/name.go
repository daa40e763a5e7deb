package sheet

import (
	"slices"
	"strings"
	"unicode"
)

// particles begin a family name.
var particles = []string{"von", "van", "de", "du", "del", "della", "da", "di", "dos", "af", "la", "le", "bin", "bint", "ibn", "al", "el", "der", "den", "ter", "zu", "abu"}

// SplitName parts a name that stands in one column: "Andersson, Anna", "Anna Maria Andersson", "ANDERSSON Anna" or
// "Anna von Platen". It is a guess that a person should see before it is saved: without a comma the last word is taken
// as the family name, and people with two family names are parted wrongly. A single word is a given name.
func SplitName(name string) (given, family string) {
	name = strings.Join(strings.Fields(visible(name)), " ")
	if f, g, ok := strings.Cut(name, ","); ok && strings.TrimSpace(f) != "" {
		return strings.TrimSpace(strings.ReplaceAll(g, ",", " ")), strings.TrimSpace(f)
	}
	words := strings.Fields(strings.Trim(name, ", "))
	if len(words) < 2 {
		return strings.Join(words, " "), ""
	}
	at := familyAt(words)
	if at < 0 { // capitals first
		n := slices.IndexFunc(words, func(w string) bool { return !capitals(w) })
		return strings.Join(words[n:], " "), strings.Join(words[:n], " ")
	}
	return strings.Join(words[:at], " "), strings.Join(words[at:], " ")
}

// familyAt tells where the family name begins; -1 when it stands first, in capitals.
func familyAt(words []string) int {
	for i := 1; i < len(words)-1; i++ {
		if slices.Contains(particles, words[i]) || words[i] == "De" || words[i] == "Von" {
			return i
		}
	}
	if capitals(words[0]) && !capitals(words[len(words)-1]) {
		return -1
	}
	return len(words) - 1
}

// capitals tells whether the word is all capitals, and not a mere initial.
func capitals(w string) bool {
	letters := 0
	for _, r := range w {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters > 1
}

// visible drops what is not seen.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cf, unicode.Cc) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
