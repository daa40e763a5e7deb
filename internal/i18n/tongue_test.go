package i18n_test

import (
	"testing"

	"golang.org/x/text/language"

	"sluss/internal/i18n"
	"sluss/internal/person"
)

// The direction of every language that somebody's words may be in is that of its script.
func TestWordsRunAsTheirScriptDoes(t *testing.T) {
	for _, code := range person.Written {
		l := i18n.Tongue(code)
		if code == "other" {
			if l.Tag != "und" || l.Dir != "auto" {
				t.Errorf("a language that nobody has named is %+v", l)
			}
			continue
		}
		as := code
		if code == "prs" {
			as = "fa" // Dari, which the tables do not know apart from Persian
		}
		script, _ := language.MustParse(as).Script()
		if right := script.String() == "Arab"; right != (l.Dir == "rtl") || l.Tag != code {
			t.Errorf("%s is written in %s and runs %s", code, script, l.Dir)
		}
	}
}
