// Package glass_test walks how a record is opened in an emergency, ended, and looked into by somebody else.
package glass_test

import (
	"os"
	"strings"
	"testing"

	"sluss/internal/demo/demotest"
	"sluss/internal/pnr/testnumbers"
	"sluss/internal/store/storetest"
	"sluss/tests/journeys/harness"
)

func TestMain(m *testing.M) {
	code := storetest.Main(m)
	harness.Clean()
	os.Exit(code)
}

func TestARecordIsOpenedInAnEmergencyAndLookedInto(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	dsn := storetest.SQLite(t)
	s := storetest.Open(t, dsn)
	w := demotest.New(t, s)
	number := testnumbers.All()[0]
	_, who := w.Queued(t, "karin", "Roger", "Lindfors", number)
	s.Close()
	url := strings.TrimSuffix(harness.Serve(t, dsn, "--keys", w.KeyFile), "/")
	b := harness.Start(t)
	b.ScriptOff()
	b.Width(360)
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

	enter("Petra")
	b.Fill(`input[name="q"]`, number)
	b.Press()
	want(false, "Lindfors")
	b.Check(t, "glass-search")
	b.ClickText("Jag måste se uppgifterna nu")
	b.Check(t, "glass-form")
	b.Fill(`main input[name="number"]`, testnumbers.All()[5])
	b.Click(`input[value="here"]`)
	b.Fill(`textarea`, "Han står i dörren och mår dåligt.")
	b.Click("main form button")
	want(true, "Numret ger ingen")
	b.Check(t, "glass-fault")
	b.Fill(`main input[name="number"]`, number)
	b.Click("main form button")
	want(true, "Roger Lindfors")
	want(true, "Öppnat i ett nödläge, till klockan")
	b.Check(t, "glass-open")
	b.Go(url + "/arbete/person/" + who.String() + "/uppgifter?lang=ar")
	want(true, "مفتوح في حالة طارئة")
	b.Check(t, "glass-open-ar")
	b.Go(url + "/arbete/bryt")
	b.Check(t, "glass-form-ar")
	b.Go(url + "/arbete/person/" + who.String() + "?lang=sv")
	b.ClickText("Avsluta nu")
	want(true, "Du ser inte längre personen.")
	b.Go(url + "/arbete/person/" + who.String())
	want(false, "Lindfors")

	enter("Omar")
	want(true, "Petra Vallin: Personen är här")
	b.Check(t, "glass-today")
	b.Go(url + "/arbete/granskning")
	b.Check(t, "glass-reviews")
	b.Click(`main a[href*="/arbete/granskning/"]`)
	want(true, "Han står i dörren")
	b.Click("main form button")
	b.Check(t, "glass-review")
	b.Go(b.URL() + "?lang=ar")
	b.Check(t, "glass-review-ar")
	b.Go(b.URL() + "?lang=sv")
	b.Click(`input[value="order"]`)
	b.Fill(`textarea`, "Det var rätt gjort.")
	b.Click("main form button")
	want(true, "Inget väntar på granskning.")
	b.Check(t, "glass-reviews-done")

	enter("Karin")
	b.Go(url + "/arbete/person/" + who.String() + "/lasningar")
	want(true, "Öppnades i ett nödläge")
	b.Check(t, "glass-log")
}
