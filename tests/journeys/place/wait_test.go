package place_test

import (
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

func TestWhoseTurnItIsIsOfferedThePlaceAndSaysYesInOnePress(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			if testing.Short() {
				t.Skip("journeys need a browser")
			}
			dsn := ""
			if engine == "postgres" {
				dsn = harness.Postgres
			}
			offered(t, strings.TrimSuffix(harness.Serve(t, dsn, "--months", "6"), "/"))
		})
	}
}

// offered walks from a wish to the list of those who wait, to an offer, and to the person's own yes.
func offered(t *testing.T, url string) {
	b := harness.Start(t)
	b.ScriptOff()
	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/in"]:has(input[value="lena"]) button`)
	b.Go(url + "/arbete/aktiviteter")
	b.Go(harness.Eval[string](b, `[...document.querySelectorAll('main h3 a')].find(a => a.innerText == 'Digital vardag').href`) + "/vantar")
	list := b.URL()
	b.Check(t, "waiting-before")
	says(t, b, "Den som önskade först står först.", "7 dagar")
	b.Go(url + "/arbete/sok")
	b.FocusOn("#find")
	b.Type("Samira Haddad")
	b.Press()
	says(t, b, "Samira Haddad")
	person := harness.Eval[string](b, `[...document.querySelectorAll('main a[href*="/arbete/person/"]')][0].href`)
	b.Go(person + "/aktiviteter")
	b.Fill("#f-activity", "Digital vardag")
	b.Fill("#f-because", "Jag vill kunna betala räkningar själv")
	b.ClickText("Spara önskan")
	b.Go(list)
	says(t, b, "Samira Haddad", "Önskade")
	b.Check(t, "waiting")
	b.Validate(t)
	b.ClickText("Erbjud nästa på tur")
	says(t, b, "Platsen är erbjuden den som står på tur.", "Erbjuden, svar senast")
	b.Check(t, "waiting-offered")
	b.Go(person + "/aktiviteter")
	says(t, b, "Svar senast")
	b.Forget()
	b.Width(360)
	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/min"]:has(input[value="samira"]) button`)
	says(t, b, "Platsen hålls för dig till och med")
	b.Check(t, "own-offer")
	b.Go(url + "/min?lang=ar")
	b.Check(t, "own-offer-ar")
	b.Go(url + "/min?lang=sv")
	b.Click(`button[aria-label*="Ja tack"][aria-label*="Digital vardag"]`)
	says(t, b, "Platsen är din.")
}
