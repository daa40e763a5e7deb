package walk

import (
	"strings"
	"testing"

	"sluss/internal/i18n"
)

func TestWhatIsRequiredIsMarkedSoWhereverThePersonReadsItAndNobodyElseIsShownIt(t *testing.T) {
	open(t, func(t *testing.T, s *site) {
		p, sv := s.people["shared"], i18n.Get("sv")
		mark := sv.T("ui.mark.required", sv.Apart(p.word+"office"))
		me, lena := s.themself(t, "shared"), s.enter(t, "lena")
		one := "/arbete/person/" + p.id.String()
		for path, body := range map[string]string{"/min": me.get("/min").Body.String(), "the table": lena.get(one + "/bordet").Body.String()} {
			if strings.Count(body, mark) != 2 { // in the list of all, and at the task itself
				t.Errorf("%s marks it %d times", path, strings.Count(body, mark))
			}
			for _, word := range []string{"law", "otherwise", "appeal"} {
				if !strings.Contains(body, p.word+word) {
					t.Errorf("%s says nothing of %s", path, word)
				}
			}
			if strings.Contains(body, p.word+"demands") {
				t.Errorf("%s tells of what is no longer required", path)
			}
		}
		if body := lena.get(one + "/plan/papper").Body.String(); !strings.Contains(body, p.word+"office") || !strings.Contains(body, p.word+"appeal") {
			t.Error("it is not on the printed plan")
		}
		if body := lena.get(one + "/krav").Body.String(); !strings.Contains(body, p.word+"demands") {
			t.Error("staff do not read what has been")
		}
		if body := me.get("/min/allt").Body.String(); !strings.Contains(body, p.word+"demands") || !strings.Contains(body, p.word+"otherwise") {
			t.Error("it is not in all that is kept")
		}
		if body := s.enter(t, "amina").get("/arbete/delat/" + p.id.String()).Body.String(); !strings.Contains(body, p.word) || strings.Contains(body, p.word+"otherwise") {
			t.Error("another agency reads what a third requires")
		}
	})
}
