// Package public_test walks the way in from outside: somebody reads what a gateway is in their own language, on a narrow
// telephone without script, and asks to start; then a worker makes sure who it is, and the person stands in the queue.
package public_test

import (
	"os"
	"strings"
	"testing"

	"sluss/internal/i18n"
	"sluss/internal/store/storetest"
	"sluss/tests/journeys/harness"
)

func TestMain(m *testing.M) {
	code := storetest.Main(m)
	harness.Clean()
	os.Exit(code)
}

// want fails unless the page says the words.
func want(t *testing.T, b *harness.Browser, words string) {
	t.Helper()
	if text := b.Text("body"); !strings.Contains(text, words) {
		t.Errorf("no %q at %s, which says:\n%.1500s", words, b.URL(), text)
	}
}

func TestSomebodyReadsAndAsksInEveryLanguageAndThenStandsInTheQueue(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, "", "--months", "1"), "/")
	b := harness.Start(t)
	b.ScriptOff()
	b.Width(360)
	for _, l := range i18n.Public() {
		b.Forget()
		b.Go(url + "/?lang=" + l.Tag)
		b.Check(t, "front-all-"+l.Tag)
		b.ClickText("Vuxenslussen")
		want(t, b, l.T("public.day"))
		b.Check(t, "front-"+l.Tag)
		b.ClickText(l.T("public.nav.questions"))
		b.Check(t, "questions-"+l.Tag)
		b.ClickText(l.T("public.nav.contact"))
		want(t, b, "0300-55 01 00")
		b.Check(t, "contact-"+l.Tag)
		b.ClickText(l.T("public.do.start"))
		b.Check(t, "start-"+l.Tag)
		b.Fill(`#f-wish`, "Jag vill laga mat.")
		b.ClickText(l.T("public.start.do"))
		want(t, b, l.T("public.name.needed"))
		b.Check(t, "start-error-"+l.Tag)
		if got := harness.Eval[string](b, `document.querySelector('#f-wish').value`); got != "Jag vill laga mat." {
			t.Errorf("in %s the words are not kept: %q", l.Tag, got)
		}
		b.Fill(`#f-name`, "Samira "+l.Name)
		b.Fill(`#f-phone`, "070-174 06 21")
		b.ClickText(l.T("public.start.do"))
		want(t, b, l.T("public.thanks"))
		b.Check(t, "thanks-"+l.Tag)
	}
	b.Forget()
	b.Width(1280)
	b.Go(url + "/v/vuxenslussen?lang=sv")
	b.Check(t, "front-sv")
	for _, part := range []string{"hjalp", "ring", "tillganglighet", "uppgifter", "bit"} {
		b.Go(url + "/v/ungdomsslussen/" + part)
		b.Check(t, "public-"+part)
	}
	answer(t, b, url)
	b.Validate(t)
}

// answer signs in as the coordinator, finds the one who asked in Arabic, and puts them in the queue.
func answer(t *testing.T, b *harness.Browser, url string) {
	b.Go(url + "/arbete/in?lang=sv")
	b.ClickText("Logga in som Karin")
	want(t, b, "4 har hört av sig")
	b.ClickText("4 har hört av sig")
	b.Check(t, "asked")
	b.ClickText("Samira العربية")
	want(t, b, "Jag vill laga mat.")
	b.Check(t, "application")
	b.Width(360)
	b.Check(t, "application")
	b.Width(1280)
	b.Fill(`#f-given`, "Samira")
	b.Fill(`#f-family`, "Haddad")
	b.Fill(`#f-reason`, "work")
	b.ClickText("Ställ i kön")
	want(t, b, "Personen står i kön")
	want(t, b, "Väntar i kön")
	b.Go(url + "/arbete/anmalan")
	if got := harness.Eval[int](b, `document.querySelectorAll('main ol.lines > li').length`); got != 3 {
		t.Errorf("%d wait after one was put in the queue", got)
	}
	b.ClickText("Samira Svenska")
	b.ClickText("Det är skräp")
	want(t, b, "Lagt undan som skräp")
}

func TestSomebodyAsksByKeyboardAloneWithTextFourTimesAsLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, "", "--months", "0"), "/")
	b := harness.Start(t)
	b.Width(320) // what is left of 1280 pixels at 400 %
	for _, lang := range []string{"sv", "ar"} {
		for _, part := range []string{"", "/v/vuxenslussen", "/v/ungdomsslussen", "/v/ungdomsslussen/fragor", "/v/ungdomsslussen/kontakt", "/v/vuxenslussen/borja",
			"/v/vuxenslussen/ring", "/v/vuxenslussen/hjalp", "/v/vuxenslussen/tillganglighet", "/v/vuxenslussen/uppgifter", "/v/vuxenslussen/tack", "/v/vuxenslussen/bit"} {
			if b.Go(url + part + "?lang=" + lang); b.Overflow() != "" {
				t.Errorf("%s in %s scrolls sideways: %s", part, lang, b.Overflow())
			}
		}
	}
	b.Go(url + "/v/vuxenslussen?lang=sv")
	b.FocusOn(`.hero a[href$="/ring"]`)
	b.Press()
	b.FocusOn("#f-name")
	b.Type("Samira")
	b.FocusOn("#f-phone")
	b.Type("070-174 06 21")
	b.FocusOn("main button")
	b.Press()
	want(t, b, "Tack. Vi har fått det")
}

func TestAnEditorChangesATextSeesItFirstAndItIsRead(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, "", "--months", "0"), "/")
	b := harness.Start(t)
	b.ScriptOff()
	b.Go(url + "/arbete/in?lang=sv")
	b.ClickText("Logga in som Karin")
	b.Go(url + "/arbete/verksamheten/webb")
	b.Check(t, "site")
	b.Width(360)
	b.Check(t, "site")
	b.Width(1280)
	b.Click(`a[href$="/webb/lede/sv"]`)
	b.Fill("#f-words", "Ett hus vid vattnet. Du är välkommen.")
	b.ClickText("Visa hur det blir")
	want(t, b, "Så blir det")
	want(t, b, "LIX")
	b.Check(t, "site-preview")
	other := harness.Start(t)
	other.Go(url + "/v/vuxenslussen?lang=sv")
	if strings.Contains(other.Text("main"), "Ett hus vid vattnet") {
		t.Error("a preview is read by everybody")
	}
	b.ClickText("Publicera")
	want(t, b, "Texten är publicerad")
	b.Go(url + "/v/vuxenslussen")
	want(t, b, "Ett hus vid vattnet. Du är välkommen.")
	b.Go(url + "/arbete/verksamheten/webb/lede/ar")
	b.Fill("#f-by", "Nour Darwish")
	b.ClickText("Texten är granskad")
	want(t, b, "Granskningen är sparad")
	b.Go(url + "/arbete/verksamheten/webb/lede/sv?version=1")
	b.Check(t, "site-text")
	b.ClickText("Publicera")
	b.Go(url + "/v/vuxenslussen")
	want(t, b, "Du får en egen plan")
	b.Validate(t)
}
