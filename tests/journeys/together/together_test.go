// Package together_test walks what two agencies and a person do in one plan: a question, its answer, a measure, the person's own yes,
// and the end of it all when the person takes their consent back.
package together_test

import (
	"os"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/consent"
	"sluss/internal/demo"
	"sluss/internal/demo/demotest"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/store/storetest"
	"sluss/tests/journeys/harness"
)

func TestMain(m *testing.M) {
	code := storetest.Main(m)
	harness.Clean()
	os.Exit(code)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// samira is a participant of lena's who has a goal, and has said yes to the employment service.
func samira(t *testing.T, w *demotest.World) id.Person {
	t.Helper()
	ctx, lena := t.Context(), w.Actor(t, "lena")
	_, who := w.Queued(t, "karin", "Samira", "Haddad", demo.Participants[0].Number)
	d := &intake.Desk{Store: w.Store}
	must(t, d.Book(ctx, w.Actor(t, "karin"), who, intake.Booking{On: w.Now().Date(), At: "10:00", Coach: lena.Post(), WhyAlone: "vill själv"}))
	must(t, d.Hold(ctx, lena, who, 1, w.Now().Date()))
	_, err := (&plan.Desk{Store: w.Store}).WriteGoal(ctx, lena, who, plan.GoalForm{Words: "Jag vill laga mat igen.", Lang: "sv"})
	must(t, err)
	must(t, (&consent.Desk{Store: w.Store}).Answer(ctx, lena, who, consent.Form{Zone: access.Zone(w.Place.Agencies[org.KindEmployment]), Purpose: "plan",
		Categories: access.Plan | access.Contact, Months: 6, How: consent.AtTable, Yes: true, Lang: "sv"}))
	return who
}

func TestTwoAgenciesAndThePersonWorkInOnePlan(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	t.Run("sqlite", func(t *testing.T) { inOnePlan(t, storetest.SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { inOnePlan(t, storetest.Postgres(t)) })
}

func inOnePlan(t *testing.T, dsn string) {
	s := storetest.Open(t, dsn)
	w := demotest.New(t, s)
	who, service := samira(t, w), w.Actor(t, "amina").Unit().String()
	s.Close()
	url := strings.TrimSuffix(harness.Serve(t, dsn, "--keys", w.KeyFile), "/")
	b := harness.Start(t)
	b.ScriptOff()
	enter := func(name string) {
		b.Forget()
		b.Go(url + "/arbete/in?lang=sv")
		b.ClickText(name)
	}
	herself := func() {
		b.Forget()
		b.Go(url + "/arbete/in?lang=sv")
		b.Click(`form[action="/demo/min"]:has(input[value="samira"]) button`)
	}
	want := func(yes bool, words string) {
		t.Helper()
		if text := b.Text("body"); strings.Contains(text, words) != yes {
			t.Errorf("%q at %s: want %v, and it says:\n%.2000s", words, b.URL(), yes, text)
		}
	}
	seen := func(name string) {
		t.Helper()
		here := b.URL()
		b.Width(360)
		b.Go(here + "?lang=ar")
		b.Check(t, name+"-ar")
		b.Width(1280)
		b.Go(here + "?lang=sv")
		b.Check(t, name)
	}
	page := url + "/arbete/person/" + who.String() + "/tillsammans"
	send := `main form:not(.inline):has(select[name="to"]) button`

	enter("Lena")
	b.Go(page)
	want(true, "Ingen har frågat något än.")
	b.Click(send)
	want(true, "Välj till vem.")
	b.Check(t, "together-fault")
	b.Fill(`select[name="to"]`, service)
	b.Fill(`textarea[name="words"]`, "Finns det plats i ett kök?")
	b.Click(send)
	want(true, "Väntar på Arbetsförmedlingen i Ekhamra sedan")
	seen("together-gateway")
	b.Go(url + "/arbete")
	want(true, "Svar om Samira Haddad")

	enter("Amina")
	want(true, "en fråga till er")
	seen("shared-waits")
	b.ClickText("Samira Haddad")
	shared := b.URL()
	b.Fill(`textarea[name="answer"]`, "Ja, i Storköket.")
	b.Click(`main form:has(textarea[name="answer"]) button`)
	want(true, "Svaret är skickat.")
	b.Fill(`select[name="to"]`, "Vuxenslussen")
	b.Fill(`textarea[name="words"]`, "Skicka intyget till kursen.")
	b.Click(`main input[name="task"]`)
	b.Click(`main form:not(.inline):has(select[name="to"]) button`)
	want(true, "Arbetsförmedlingen i Ekhamra ber Vuxenslussen om något")
	b.Check(t, "shared-task")
	b.Click(`main form.inline button[value="take"]`)
	want(true, "Ingen väntar längre.")
	b.Click(`a[href$="/insats"]`)
	b.Click("main form button")
	want(true, "Skriv vad insatsen är.")
	b.Check(t, "shared-measure-fault")
	b.Fill(`input[name="what"]`, "Prova på i storkök")
	b.Fill(`select[name="goal"]`, "Jag vill laga mat igen.")
	b.Fill(`textarea[name="why"]`, "Samira vill laga mat.")
	b.Fill(`textarea[name="next"]`, "En anställning med stöd.")
	b.Click("main form button")
	want(true, "Personen har inte svarat än")
	seen("shared-person")

	herself()
	want(true, "väntar på vad du säger")
	b.Click(`main a[href="/min/tillsammans"]`)
	want(true, "Ja, i Storköket.")
	want(true, "Prova på i storkök")
	seen("together-own")
	b.Click(`form[action^="/min/insats/"]:has(input[value="yes"]) button`)
	want(true, "Du sa ja")
	b.Fill(`select[name="to"]`, service)
	b.Fill(`textarea[name="words"]`, "När kan jag börja?")
	b.Click(send)
	want(true, "Skickat. Svaret kommer här.")

	enter("Amina")
	want(true, "Frågar själv om sin plan.")
	want(true, "Personen sa ja")
	seen("shared-said-yes")
	enter("Lena")
	b.Go(page)
	want(true, "När kan jag börja?")

	herself()
	b.Go(url + "/min/samtycken")
	b.Click(`main a[href^="/min/samtycken/"]`)
	b.Click("main form button")
	b.Go(url + "/min/tillsammans")
	want(true, "Ingen väntar på svar längre")
	enter("Amina")
	want(true, "Ingen delar något med er just nu")
	want(false, "Samira")
	seen("shared-none")
	b.Go(shared)
	want(false, "Samira")
}
