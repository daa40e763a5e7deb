package journeys

import (
	"strconv"
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

// A leader finds how many wait, how long, and who left to what, by sex, in one step from Today; and the people behind.
func TestTheFlowIsTheFirstThingOneReadsAndOpensItsLists(t *testing.T) {
	each(t, 24, func(t *testing.T, b *harness.Browser, url string) {
		signIn(b, url, "omar")
		b.Click(`.wide-nav a[href="/arbete/flode"]`)
		said := b.Text(".three")
		for _, word := range []string{"väntar på sin egen start", "Hälften", "kommer in", "gått till arbete", "kvinnor", "män", "till studier", "av annat skäl", "kom tillbaka"} {
			if !strings.Contains(said, word) {
				t.Errorf("the sentences lack %q: %s", word, said)
			}
		}
		n := harness.Eval[string](b, `document.querySelector('.canal .wide-only a[href*="vad=steg-2"]').textContent`)
		b.Go(url + harness.Eval[string](b, `document.querySelector('.canal .wide-only a[href*="vad=steg-2"]').getAttribute('href')`))
		rows := harness.Eval[int](b, `document.querySelectorAll('main tbody tr').length`)
		if want, err := strconv.Atoi(strings.TrimSpace(n)); err != nil || rows != min(want, 50) {
			t.Errorf("the list holds %d people, the number is %s", rows, n)
		}
		b.Check(t, "flow-list")
		for _, lang := range []string{"sv", "en", "ar"} {
			for _, w := range []int64{1280, 360} {
				b.Width(w)
				b.Go(url + "/arbete/flode?lang=" + lang)
				harness.Eval[bool](b, `document.querySelectorAll('details').forEach(d => d.open = true) || true`)
				b.Check(t, "flow-"+lang)
			}
		}
		b.Go(url + "/arbete/flode?enhet=alla&lang=sv")
		b.Check(t, "flow-all")
		b.Width(1280)
		b.Click(`main a[href="/arbete/flode/spiralen"]`)
		if said := b.Text("main"); !strings.Contains(said, "hör inte till något mål") || !strings.Contains(said, "Arbetsförmedlingen") {
			t.Errorf("the spiral says %s", said)
		}
		b.Validate(t)
	})
}
