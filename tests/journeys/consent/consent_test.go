// Package consent_test walks what a person shares with another agency: asked at the table, read there, and taken back.
package consent_test

import (
	"os"
	"strings"
	"testing"

	"sluss/internal/demo/demotest"
	"sluss/internal/store/storetest"
	"sluss/tests/journeys/harness"
)

func TestMain(m *testing.M) {
	code := storetest.Main(m)
	harness.Clean()
	os.Exit(code)
}

func TestAYesIsSaidReadAndTakenBack(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	dsn := storetest.SQLite(t)
	s := storetest.Open(t, dsn)
	w := demotest.New(t, s)
	who := w.Participant(t, "karin", "lena", "Roger", "Lindfors")
	s.Close()
	url := strings.TrimSuffix(harness.Serve(t, dsn, "--keys", w.KeyFile), "/")
	b := harness.Start(t)
	b.ScriptOff()
	enter := func(name string) {
		b.Forget()
		b.Go(url + "/arbete/in?lang=sv")
		b.ClickText(name)
	}
	want := func(yes bool, words string) {
		t.Helper()
		if text := b.Text("body"); strings.Contains(text, words) != yes {
			t.Errorf("%q at %s: want %v, and it says:\n%.1500s", words, b.URL(), yes, text)
		}
	}
	page := url + "/arbete/person/" + who.String() + "/samtycke"

	enter("Lena")
	b.Go(page)
	want(true, "Ser ingenting.")
	b.Check(t, "consents")
	b.Click(`a[href*="/bordet/samtycke/"]`)
	b.Check(t, "consent-table")
	b.Click("main form button")
	want(true, "Välj minst en sak som de får se.")
	b.Check(t, "consent-fault")
	b.Go(page)
	b.Click(`li:nth-of-type(2) a[href*="/bordet/samtycke/"], li a[aria-label*="Arbetsförmedlingen"]`)
	ask := b.URL()
	b.Click(`input[name="part"][value="4"]`)
	b.Click("main form button")
	want(true, "planen: mål, uppgifter och insatser")
	b.Check(t, "consent-given")
	b.Go(ask + "?lang=ar")
	b.Check(t, "consent-table-ar")
	b.Go(page)
	b.Check(t, "consents-ar")
	b.Go(page + "?lang=sv")
	b.Click(`a[href$="/papper"]`)
	want(true, "Så tar du tillbaka det")
	b.Check(t, "consent-slip")

	enter("Amina")
	want(true, "Roger Lindfors")
	b.Check(t, "shared")
	b.ClickText("Roger Lindfors")
	b.Check(t, "shared-person")
	b.Go(url + "/arbete/regler")
	b.Check(t, "rules")
	b.Go(page)
	want(false, "Roger")

	enter("Lena")
	b.Go(page)
	b.Click(`a[href$="/ater"]`)
	want(true, "slutar genast att se")
	b.Check(t, "consent-end")
	b.Click("main form button")
	want(true, "taget tillbaka")
	enter("Amina")
	want(false, "Roger Lindfors")
	b.Check(t, "shared-none")
}
