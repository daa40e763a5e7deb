// Package statement_test walks a statement of hours from being counted to being handed over, by way of the person.
package statement_test

import (
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

func says(t *testing.T, b *harness.Browser, want ...string) {
	t.Helper()
	text := harness.Eval[string](b, "document.body.innerText")
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%s does not say %q:\n%.1500s", b.URL(), w, text)
		}
	}
}

func signIn(b *harness.Browser, url, form, who string) {
	b.Forget()
	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="` + form + `"]:has(input[value="` + who + `"]) button`)
}

func TestAStatementIsReadByThePersonBeforeItGoes(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, "", "--months", "6"), "/")
	b := harness.Start(t)
	b.ScriptOff()
	signIn(b, url, "/demo/in", "karin")
	b.Go(url + "/arbete/sok")
	b.FocusOn("#find")
	b.Type("Samira Haddad")
	b.Press()
	b.Click(`main a[href*="/arbete/person/"]`)
	person := strings.TrimSuffix(b.URL(), "/")
	b.Go(person + "/underlag")
	says(t, b, "Lämnat", "Väntar på att bli läst")
	b.Check(t, "statements")
	b.Validate(t)
	b.Click(`main .lines li:first-child a`)
	page := b.URL()
	says(t, b, "Vem bestämmer om pengarna?", "35 kap. 1 §", "Visa det för Samira")
	if b.Has(`form[action$="/lamna"]`) {
		t.Error("it can be handed over before it was seen")
	}
	b.Check(t, "statement")
	b.Validate(t)
	b.ClickText("Vänd skärmen")
	b.Check(t, "statement-table")
	b.Go(page + "/papper")
	b.Check(t, "statement-paper")

	signIn(b, url, "/demo/min", "samira")
	b.Width(360)
	b.ClickText("Läs")
	b.Click(`main .lines li:first-child a`)
	says(t, b, "Vem bestämmer om pengarna?", "Reglerna om aktivitetskrav", "Inte kontrollerat mot lagen", "Källa: ", "Vill du säga något?")
	b.Check(t, "own-statement")
	b.Validate(t)
	b.Fill(`main textarea`, "Jag var med hela tiden")
	b.Click(`main form:has(textarea) button`)
	says(t, b, "Det du skrev följer med.", "Jag var med hela tiden")
	b.ClickText("Jag har läst det")
	says(t, b, "Nu vet vi att du har sett det.")

	signIn(b, url, "/demo/in", "karin")
	b.Width(1280)
	b.Go(page)
	says(t, b, "På egen hand", "Jag var med hela tiden", "Personens eget ja")
	b.Fill(`main input[name=receiver]`, "Eva Ek")
	b.Click(`form[action$="/lamna"] button`)
	says(t, b, "Underlaget är lämnat", "Eva Ek", "Ekhamra kommun, ekonomiskt bistånd")
	if b.Has(`form[action$="/rakna-om"]`) || b.Has(`form[action$="/ta-bort"]`) {
		t.Error("what has gone can be changed")
	}
	b.Check(t, "statement-handed")
}
