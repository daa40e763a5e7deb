// Package logcheck_test walks a round of the log check, from the line on Today to the signature.
package logcheck_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"sluss/internal/demo/demotest"
	"sluss/internal/store/storetest"
	"sluss/tests/journeys/harness"
)

func TestMain(m *testing.M) {
	code := storetest.Main(m)
	harness.Clean()
	os.Exit(code)
}

func TestARoundOfTheLogCheckIsDrawnLookedThroughAndSigned(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	dsn := storetest.SQLite(t)
	s := storetest.Open(t, dsn)
	w := demotest.New(t, s)
	w.Pass(int(time.Since(demotest.Monday).Hours()/24) - 3) // the program's clock is today's: it was read three days ago
	w.Participant(t, "karin", "lena", "Roger", "Lindfors")
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
	enter("Omar")
	want(true, "Dags att börja en ny omgång.")
	b.Check(t, "logcheck-today")
	b.Go(url + "/arbete/loggkontroll")
	b.Check(t, "logcheck-before")
	b.ClickText("Börja en omgång")
	want(true, "Omgången är dragen.")
	want(true, "Karin Ödman läste om Roger Lindfors")
	b.Check(t, "logcheck-round")
	b.Width(1280)
	b.Go(url + "/arbete/loggkontroll?lang=ar")
	b.Check(t, "logcheck-round-ar")
	b.Width(360)
	b.Go(url + "/arbete/loggkontroll?lang=sv")
	b.ClickText("Skriv under omgången")
	want(true, "Någon läsning är inte genomgången än.")
	for n := 0; ; n++ {
		b.Go(url + "/arbete/loggkontroll")
		if !b.Has(`main a[aria-label^="Granska"]`) {
			break
		}
		b.Click(`main a[aria-label^="Granska"]`)
		if n == 0 {
			b.Click(`input[value="look"]`)
			b.Click("main form button")
			want(true, "Skriv några ord om vad som ska ses över.")
			b.Check(t, "logcheck-one-fault")
			b.Fill(`textarea`, "Jag frågar Karin på måndag.")
		} else {
			b.Click(`input[value="order"]`)
		}
		b.Click("main form button")
		want(true, "Sparat.")
	}
	b.Check(t, "logcheck-all")
	b.ClickText("Skriv under omgången")
	want(true, "Omgången är underskriven.")
	want(true, "Underskriven av Omar Haddad")
	want(true, "Jag frågar Karin på måndag.")
	b.Check(t, "logcheck-signed")
	b.Go(url + "/arbete")
	want(false, "Dags att börja en ny omgång.")

	enter("Lena")
	b.Go(url + "/arbete/loggkontroll")
	want(false, "Roger Lindfors")
	b.Validate(t)
}
