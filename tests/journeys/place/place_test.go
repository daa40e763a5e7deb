// Package place_test walks from a wish to a place in the schedule, and out again.
package place_test

import (
	"os"
	"strings"
	"testing"

	"sluss/internal/clock"
	"sluss/internal/store/storetest"
	"sluss/tests/journeys/harness"
)

func TestMain(m *testing.M) {
	code := storetest.Main(m)
	harness.Clean()
	os.Exit(code)
}

func says(t *testing.T, b *harness.Browser, want ...string) {
	t.Helper()
	text := harness.Eval[string](b, "document.body.innerText")
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%s does not say %q:\n%.1500s", b.URL(), w, text)
		}
	}
}

func TestSomebodyWishesStepsInIsExpectedAndStepsOut(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			if testing.Short() {
				t.Skip("journeys need a browser")
			}
			dsn := ""
			if engine == "postgres" {
				dsn = harness.Postgres
			}
			url := strings.TrimSuffix(harness.Serve(t, dsn, "--months", "4"), "/")
			b := harness.Start(t)
			b.ScriptOff()
			b.Go(url + "/arbete/in?lang=sv")
			b.Click(`form[action="/demo/in"]:has(input[value="lena"]) button`)
			walk(t, b, url)
		})
	}
}

func walk(t *testing.T, b *harness.Browser, url string) {
	b.Go(url + "/arbete/deltagare")
	page := harness.Eval[string](b, `[...document.querySelectorAll('main tbody a[href*="/arbete/person/"]')].at(-1).href`) + "/aktiviteter"
	b.Go(page)
	name := b.Text("h1")
	b.ClickText("Spara önskan")
	b.Check(t, "wish-faults")
	says(t, b, "Välj en aktivitet.")
	b.Fill("#f-activity", "Digital vardag")
	b.Fill("#f-because", "Jag vill kunna betala räkningar själv")
	b.ClickText("Spara önskan")
	says(t, b, "Jag vill kunna betala räkningar själv")
	b.Click(`.lines .do a[aria-label*="Digital vardag"]`)
	b.Check(t, "offer")
	b.Validate(t)
	says(t, b, "platser är lediga")
	b.Click("#f-run")
	b.ClickText("Erbjud platsen")
	b.Check(t, "places")
	says(t, b, "Hör inte till något mål än")
	b.Click(`.lines .do form:has([aria-label*="Digital vardag"]) button`)
	says(t, b, "Platsen är tagen")
	next := clock.Clock(clock.System).Now().Date().Add(7) // a week in which nothing has been
	b.Go(url + "/arbete/schema?vy=lista&vecka=" + string(next.Add(-(int(next.Weekday())+6)%7)))
	b.Click(`main a[href*="/tillfalle/"]`)
	says(t, b, "De här väntas")
	b.Check(t, "expected")
	b.Go(page)
	place := harness.Eval[string](b, `[...document.querySelectorAll('.lines h3 a')].find(a => a.innerText == 'Digital vardag').href`)
	b.Go(place)
	b.Check(t, "place")
	b.Fill("#f-leaving", "Nu kan jag")
	b.Click(`form:has(#f-leaving) button`)
	says(t, b, name, "Det går att komma tillbaka")
	b.Go(place)
	b.Check(t, "out")
	b.ClickText("Ta tillbaka")
	says(t, b, name, "Platsen är tagen")
	atTheTable(t, b, strings.TrimSuffix(page, "/aktiviteter")+"/min-plats")
}

// atTheTable fills in my place on the screen that the two share: the promise stands first, and what is asked for has somebody who answers.
func atTheTable(t *testing.T, b *harness.Browser, place string) {
	b.Go(place + "/bordet")
	says(t, b, "ifrågasätts inte")
	b.Fill("#f-helps", "En stund för mig själv")
	b.Fill("#f-touch", "Ring på förmiddagen")
	b.Click(`main form:has(#f-helps) button`)
	b.Go(place + "/bordet/anpassning")
	b.ClickText("Spara")
	b.Check(t, "my-place-faults")
	b.Fill("#f-what", "Sitta nära dörren")
	b.Click(`main form:has(#f-what) button`)
	says(t, b, "Sitta nära dörren")
	b.Check(t, "my-place-table")
	b.Validate(t)
	b.Go(place)
	says(t, b, "En stund för mig själv", "Ring på förmiddagen", "Sitta nära dörren")
	b.Check(t, "my-place")
}
