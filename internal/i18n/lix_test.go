package i18n

import (
	"strings"
	"testing"
	"unicode"
)

// seen are the beginnings of the keys whose texts a participant reads, on paper, at the table or on a screen turned round.
var seen = []string{"letter.", "plan.table.", "plan.paper.", "plan.promise.", "plan.item.", "plan.word.", "plan.needs.title", "plan.needs.lede",
	"plan.needs.life", "plan.step.", "plan.unclear.", "ui.question.", "ui.mark.", "ui.who.", "ui.faults", "ui.unreviewed"}

// lix is words per sentence and the hundredths of words longer than six letters, together.
func lix(s string) float64 {
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

func TestLixIsCountedAsTheRuleSays(t *testing.T) {
	if got := lix("Du har en plats. Den är trygg hos oss även nästa vecka. Välkommen tillbaka."); got != 14.0/3+100*2/14.0 {
		t.Error(got)
	}
}

// A text of a few words says little of how hard it is, so short ones are read together with those beside them, and each
// text of a sentence or more also alone.
func TestWhatAParticipantReadsIsEasy(t *testing.T) {
	for _, p := range seen {
		var all []string
		for k, x := range Get("sv").texts {
			if !strings.HasPrefix(k, p) {
				continue
			}
			s := hole.ReplaceAllString(x.whole(), "Lena")
			all = append(all, strings.TrimRight(s, ".!?:")+".")
			if n := lix(s); len(strings.Fields(s)) >= 8 && n >= 40 {
				t.Errorf("%s has LIX %.0f: %s", k, n, s)
			}
		}
		if len(all) == 0 {
			t.Errorf("no text begins with %s", p)
		}
		if n := lix(strings.Join(all, " ")); n >= 40 && len(strings.Fields(strings.Join(all, " "))) >= 8 {
			t.Errorf("%s… has LIX %.0f", p, n)
		}
	}
}
