// Package trusted_test walks a plan that is shown to somebody one trusts, with text and contrast as one has chosen, and what a browser
// holds when one has ended.
package trusted_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"sluss/internal/store/storetest"
	"sluss/tests/journeys/harness"
)

func TestMain(m *testing.M) {
	code := storetest.Main(m)
	harness.Clean()
	os.Exit(code)
}

func want(t *testing.T, b *harness.Browser, yes bool, words string) {
	t.Helper()
	if text := b.Text("body"); strings.Contains(text, words) != yes {
		t.Errorf("%q at %s: want %v, and it says:\n%.1500s", words, b.URL(), yes, text)
	}
}

func TestAPlanIsShownAsOneHasChosenAndNothingIsLeftBehind(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, ""), "/")
	me := harness.Start(t)
	me.Width(360)
	me.Go(url + "/arbete/in?lang=sv")
	me.Click(`form[action="/demo/min"]:has(input[value="samira"]) button`)
	me.Click(`main a[href="/min/dela"]`)
	want(t, me, true, "Ingen utanför slussen har en länk")
	me.Check(t, "show")
	me.Fill(`input[name="reader"]`, "min syster")
	me.Click("main form button")
	want(t, me, true, "Just det här får min syster se i 7 dagar")
	me.Check(t, "show-look")
	me.Click("main form button")
	want(t, me, true, "visas bara nu")
	me.Check(t, "show-made")
	address, code := harness.Eval[string](me, `document.querySelector("main textarea").value`), me.Text("main .own-when")

	sister := harness.Start(t)
	sister.ScriptOff()
	sister.Width(360)
	sister.Go(address + "?lang=sv")
	want(t, sister, true, "Någon visar dig sin plan")
	sister.Check(t, "shown-code")
	sister.Click(`a[href$="text=larger"]`)
	sister.Click(`a[href$="kontrast=strong"]`)
	sister.Fill(`input[name="code"]`, code)
	sister.Click("main form button")
	want(t, sister, true, "Stegen på vägen")
	want(t, sister, false, "Samira")
	sister.Check(t, "shown")
	sister.Go(address + "?lang=ar")
	sister.Check(t, "shown-code-ar")

	me.Go(url + "/min/dela")
	want(t, me, true, "Öppnad 1 gång")
	me.Go(url + "/min/lasningar")
	want(t, me, true, "min syster")
	for _, path := range []string{"/min", "/min/dela", "/min/mal"} { // at the largest, and as strong as it goes
		me.Go(url + path + "?text=larger")
		me.Go(url + path + "?kontrast=strong")
		if over := me.Overflow(); over != "" {
			t.Errorf("%s scrolls sideways: %s", path, over)
		}
		enhanced(t, me)
	}
	me.Go(url + "/")
	me.Check(t, "large-front")
	enhanced(t, me)

	me.Go(url + "/min")
	me.Click(`form[action="/min/ut"] button`)
	left := harness.Eval[string](me, `(async () => JSON.stringify([localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length, document.cookie.length]))()`)
	if left != "[0,0,0,0,0]" {
		t.Errorf("left in the browser: %s", left)
	}
	if n := me.Cookies(); len(n) > 0 {
		t.Errorf("cookies left: %v", n)
	}
	me.Back()
	want(t, me, false, "Hej Samira")
	cached := harness.Eval[string](me, `(async () => { const r = []; for (const p of ['/min', '/min/dela', '/min/lasningar']) { try { r.push((await fetch(p, {cache: 'only-if-cached', mode: 'same-origin'})).status) } catch { r.push(504) } } return JSON.stringify(r) })()`)
	if cached != "[504,504,504]" {
		t.Errorf("the browser's own store answers %s", cached)
	}
	me.Validate(t)
	sister.Validate(t)
}

// enhanced holds the page against seven to one.
func enhanced(t *testing.T, b *harness.Browser) {
	t.Helper()
	b.Axe()
	var v []harness.Violation
	s := harness.Eval[string](b, `axe.run({runOnly: ['color-contrast-enhanced'], rules: {'color-contrast-enhanced': {enabled: true}}}).then(r => JSON.stringify(r.violations))`)
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		t.Fatal(err)
	}
	for _, x := range v {
		for _, n := range x.Nodes {
			t.Errorf("%s: %s\n  %s\n  %s", b.URL(), x.ID, n.HTML, n.FailureSummary)
		}
	}
}
