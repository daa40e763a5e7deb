// Package rights_test walks how somebody stands aside, how a decision by law is written down, and how two records are joined.
package rights_test

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

func TestWhatClosesARecordAndWhatOpensIt(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	dsn := storetest.SQLite(t)
	s := storetest.Open(t, dsn)
	w := demotest.New(t, s)
	who := w.Participant(t, "karin", "lena", "Nils", "Granne")
	w.Queued(t, "karin", "Roger", "Lindfors", "")
	w.Queued(t, "karin", "Roger", "Lindfors", "")
	s.Close()
	url := strings.TrimSuffix(harness.Serve(t, dsn, "--keys", w.KeyFile), "/")
	b := harness.Start(t)
	b.ScriptOff()
	enter := func(name string, width int64) {
		b.Forget()
		b.Width(width)
		b.Go(url + "/arbete/in?lang=sv")
		b.ClickText(name)
	}
	want := func(yes bool, words string) {
		t.Helper()
		if text := b.Text("body"); strings.Contains(text, words) != yes {
			t.Errorf("%q at %s: want %v, and it says:\n%.1500s", words, b.URL(), yes, text)
		}
	}
	inArabic := func(name string) {
		at, _, _ := strings.Cut(b.URL(), "?")
		b.Go(at + "?lang=ar")
		b.Check(t, name+"-ar")
		b.Go(at + "?lang=sv")
	}
	person := url + "/arbete/person/" + who.String()

	enter("Lena", 360)
	b.Go(person + "/uppgifter")
	b.ClickText("Känner du personen utanför arbetet?")
	b.Check(t, "conflict")
	inArabic("conflict")
	b.Click(`input[value="known"]`)
	b.ClickText("Jag står åt sidan")
	want(true, "Du ser inte längre personen.")
	b.Go(person)
	want(false, "Granne")
	b.Go(url + "/arbete/jag")
	want(true, "En som du känner")
	b.Check(t, "conflict-me")
	b.Go(url + "/arbete/ko")
	b.ClickText("Känner du någon i kön?")
	b.Check(t, "conflict-queue")

	enter("Omar", 1280)
	want(true, "Har ingen coach just nu")
	b.Check(t, "conflict-today")
	b.ClickText("Välj coach")
	want(false, "Lena Bergvall")
	b.Go(person)
	want(true, "Ingen är coach just nu.")
	b.Check(t, "conflict-person")
	b.Go(person + "/jav")
	want(true, "Lena Bergvall")
	b.Check(t, "conflict-head")
	b.ClickText("Gäller inte längre")
	want(false, "Sa det på egen hand.")

	b.Go(person + "/samtycke")
	b.ClickText("Grund i lag")
	b.Check(t, "lawful-empty")
	b.Fill(`select[name="zone"]`, "Arbetsförmedlingen")
	b.Click(`input[value="osl_26_9"]`)
	b.Fill(`input[name="decided"]`, "Omar Haddad, enhetschef")
	b.Fill(`input[name="number"]`, "AME 2026-118")
	b.ClickText("Skriv in beslutet")
	want(true, "Den lagen ger inte den myndigheten något.")
	b.Check(t, "lawful-fault")
	b.Click(`input[value="osl_10_2"]`)
	b.Click(`input[name="part"][value="2"]`)
	b.Fill(`input[name="to"]`, string(w.Now().Date().AddMonths(2)))
	b.ClickText("Skriv in beslutet")
	want(true, "AME 2026-118")
	b.Check(t, "lawful")
	b.Width(360)
	inArabic("lawful")
	b.Go(person + "/samtycke?lang=ar")
	b.Check(t, "lawful-consent-ar")
	b.Go(person + "/lag?lang=sv")
	b.ClickText("Avsluta nu")
	want(true, "avslutat")

	b.Go(url + "/arbete/ko")
	b.Click(`main tbody a[href*="/arbete/person/"]`)
	b.Go(b.URL() + "/akter")
	b.Check(t, "merge")
	inArabic("merge")
	b.ClickText("Det är samma person")
	want(true, "Ta isär den här akten")
	b.Check(t, "merged")
	b.Go(strings.TrimSuffix(b.URL(), "/akter"))
	want(true, "Personen har mer än en akt.")
	b.ClickText("Se de andra")
	b.ClickText("Ta isär den här akten")
	want(true, "Personen har bara den här akten.")
	b.Go(url + "/arbete/regler")
	want(true, "Listan är stängd.")
	b.Check(t, "rules")
}
