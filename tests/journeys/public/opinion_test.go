package public_test

import (
	"strings"
	"testing"

	"sluss/internal/i18n"
	"sluss/tests/journeys/harness"
)

// TestPraiseWithoutANameIsAnsweredByTheHeadAndReadByTheCode: on a narrow telephone without script.
func TestPraiseWithoutANameIsAnsweredByTheHeadAndReadByTheCode(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, "", "--months", "1"), "/")
	b := harness.Start(t)
	b.ScriptOff()
	b.Width(360)
	ar := i18n.Get("ar")
	b.Go(url + "/v/vuxenslussen?lang=ar")
	b.ClickText(ar.T("public.opinion.front"))
	b.Check(t, "opinion-ar")
	b.ClickText(ar.T("public.opinion.do"))
	want(t, b, ar.T("public.opinion.words.needed"))
	b.Check(t, "opinion-error-ar")
	b.Click(`input[value="praise"]`)
	b.Fill("#f-words", "Ni lyssnade på mig.")
	b.ClickText(ar.T("public.opinion.do"))
	want(t, b, ar.T("public.opinion.thanks"))
	b.Check(t, "opinion-thanks-ar")
	code := b.Text("main .own-when")
	told := func(says string) {
		b.Go(url + "/v/vuxenslussen/tyck-till/svar?lang=sv")
		b.Fill("#f-code", strings.ToLower(code))
		b.ClickText("Visa svaret")
		want(t, b, says)
	}
	told("Svaret kommer senast")

	b.Width(1280)
	b.Go(url + "/arbete/in?lang=sv")
	b.ClickText("Logga in som Omar")
	b.Check(t, "opinion-today")
	b.Go(url + "/arbete/tyck-till")
	b.Check(t, "opinion-head")
	b.Click("main section:first-of-type li:last-child a")
	want(t, b, "Ni lyssnade på mig.")
	b.Check(t, "opinion-case")
	b.Fill("#f-answer", "Tack! Det betyder mycket för oss.")
	b.Fill("#f-changed", "Vi fortsätter lyssna.")
	b.ClickText("Skicka svaret")
	want(t, b, "Svaret är skickat.")
	want(t, b, "Vi fortsätter lyssna.")
	b.Check(t, "opinion-answered")
	b.ClickText("Skriv in åt någon")
	b.Check(t, "opinion-new")

	b.Forget()
	b.Width(360)
	told("Det betyder mycket för oss.")
	b.Check(t, "opinion-told")
	b.Validate(t)
}
