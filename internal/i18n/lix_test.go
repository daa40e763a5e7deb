package i18n

import (
	"strings"
	"testing"
)

// seen are the beginnings of the keys whose texts a participant reads, on paper, at the table or on a screen turned round.
var seen = []string{"letter.", "plan.table.", "plan.paper.", "plan.promise.", "plan.item.", "plan.word.", "plan.needs.title", "plan.needs.lede",
	"plan.needs.life", "plan.step.", "plan.unclear.", "public.", "blank.", "mine.", "placement.own.", "placement.paper.", "statement.own.", "statement.decides", "ui.question.", "ui.mark.", "ui.who.", "ui.faults", "ui.unreviewed"}

func TestLixIsCountedAsTheRuleSays(t *testing.T) {
	if got := LIX("Du har en plats. Den är trygg hos oss även nästa vecka. Välkommen tillbaka."); got != 14.0/3+100*2/14.0 {
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
			if n := LIX(s); len(strings.Fields(s)) >= 8 && n >= 40 {
				t.Errorf("%s has LIX %.0f: %s", k, n, s)
			}
		}
		if len(all) == 0 {
			t.Errorf("no text begins with %s", p)
		}
		if n := LIX(strings.Join(all, " ")); n >= 40 && len(strings.Fields(strings.Join(all, " "))) >= 8 {
			t.Errorf("%s… has LIX %.0f", p, n)
		}
	}
}

// Easy Swedish has every text of the pages for everybody, with the same holes, and is easier than Swedish.
func TestEasySwedishHasWhatEverybodyReadsAndIsEasy(t *testing.T) {
	easy, sv := Get(Easy), Get("sv")
	var all []string
	for k, x := range sv.texts {
		own, ok := easy.texts[k]
		if public := strings.HasPrefix(k, "public."); public && !ok {
			t.Errorf("%s is for everybody and not in easy Swedish", k)
		} else if ok && strings.Join(holes(own.whole()), "") != strings.Join(holes(x.whole()), "") {
			t.Errorf("%s holds %v, the Swedish %v", k, holes(own.whole()), holes(x.whole()))
		}
	}
	for k, x := range easy.texts {
		s := hole.ReplaceAllString(x.whole(), "Lena")
		if !sv.Has(k) {
			t.Errorf("Swedish lacks %s", k)
		}
		if n := LIX(s); len(strings.Fields(s)) >= 8 && n >= 35 {
			t.Errorf("%s has LIX %.0f: %s", k, n, s)
		}
		if len(strings.Fields(s)) >= 4 {
			all = append(all, strings.TrimRight(s, ".!?:")+".")
		}
	}
	if n := LIX(strings.Join(all, " ")); n >= 25 || len(all) == 0 {
		t.Errorf("all of it has LIX %.0f", n)
	}
}
