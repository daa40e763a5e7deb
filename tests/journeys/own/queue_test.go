package own_test

import (
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

// TestWhoWaitsInTheQueueReadsHowTheFirstDayIs: in Arabic and Swedish, with its pictures, and who has a plan does not.
func TestWhoWaitsInTheQueueReadsHowTheFirstDayIs(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, ""), "/")
	for who, waits := range map[string]bool{"yonas": true, "samira": false} {
		b := harness.Start(t)
		b.ScriptOff()
		b.Width(360)
		b.Go(url + "/arbete/in?lang=sv")
		b.Click(`form[action="/demo/min"]:has(input[value="` + who + `"]) button`)
		for lang, words := range map[string]string{"sv": "Någon möter dig vid dörren", "ar": "يومك الأول"} {
			b.Go(url + "/min?lang=" + lang)
			pictures := harness.Eval[int](b, `document.querySelectorAll('main .steps3 .daypic').length`)
			if told := strings.Contains(b.Text("main"), words); told != waits || (pictures == 4) != waits {
				t.Errorf("%s in %s: %v, %d pictures", who, lang, told, pictures)
			}
			b.Check(t, "home-"+who+"-"+lang)
		}
	}
}
