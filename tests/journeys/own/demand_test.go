package own_test

import (
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

// TestWhatIsRequiredIsToldAsRequiredUntilItIsNot: written down by the coach without script, read on a telephone, and ended.
func TestWhatIsRequiredIsToldAsRequiredUntilItIsNot(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, ""), "/")
	var b *harness.Browser
	enter := func(door, who string) {
		t.Helper()
		b = harness.Start(t)
		b.ScriptOff()
		b.Width(360)
		b.Go(url + "/arbete/in?lang=sv")
		b.Click(`form[action="` + door + `"]:has(input[value="` + who + `"]) button`)
	}
	want := func(yes bool, words string) {
		t.Helper()
		if text := b.Text("body"); strings.Contains(text, words) != yes {
			t.Errorf("%q at %s: want %v, and it says:\n%.2000s", words, b.URL(), yes, text)
		}
	}
	enter("/demo/in", "samar")
	b.Go(url + "/arbete/deltagare")
	b.ClickText("Samira Haddad")
	b.Click(`main a[href$="/krav"]`)
	page := b.URL()
	b.Click(`main form[action$="/krav"] button`)
	for _, words := range []string{"Välj vad som krävs.", "Välj vem som kräver det.", "Skriv ett nummer", "Skriv vad som händer annars."} {
		want(true, words)
	}
	b.Check(t, "krav-wrong")
	b.Click(`input[name="thing"][value^="task:"]`)
	b.Fill(`select[name="agency"]`, "annan")
	b.Fill(`input[name="office"]`, "Handels a-kassa")
	b.Fill(`input[name="phone"]`, "0771-11 22 33")
	b.Fill(`input[name="since"]`, "2026-01-07")
	b.Click(`input[name="law"][value="unemployment"]`)
	b.Fill(`textarea[name="otherwise"]`, "Då kan de dra av en dag.")
	b.Click(`main form[action$="/krav"] button`)
	want(true, "Krävs av Handels a-kassa")
	b.Check(t, "krav")

	enter("/demo/min", "samira")
	want(true, "Krävs av Handels a-kassa")
	want(true, "Då kan de dra av en dag.")
	b.Check(t, "min-krav")
	b.Click(`main a[href^="/min/sagt/demand-"]`)
	b.Fill(`textarea[name="words"]`, "Jag har redan ringt dem")
	b.Click("main form button")
	want(true, "Det du skrev står nu bredvid")

	enter("/demo/in", "samar")
	b.Go(page)
	want(true, "Jag har redan ringt dem")
	b.Click(`main .lines .do a[href*="/krav/"]`)
	b.Check(t, "krav-slut")
	b.Click(`main form[action*="/krav/"] button`)
	want(true, "Krävs inte längre från")

	enter("/demo/min", "samira")
	want(false, "Då kan de dra av en dag.")
}
