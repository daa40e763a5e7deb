// Package placement_test walks a placement at a workplace from a wish to its end.
package placement_test

import (
	"os"
	"strings"
	"testing"

	"sluss/internal/clock"
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

func TestFromAWishToTheEndOfAPlacement(t *testing.T) {
	for engine, dsn := range map[string]string{"sqlite": "", "postgres": harness.Postgres} {
		t.Run(engine, func(t *testing.T) {
			if testing.Short() {
				t.Skip("journeys need a browser")
			}
			b := harness.Start(t)
			b.ScriptOff()
			walk(t, b, strings.TrimSuffix(harness.Serve(t, dsn, "--months", "6"), "/"))
		})
	}
}

func walk(t *testing.T, b *harness.Browser, url string) {
	signIn(b, url, "/demo/in", "karin")
	b.Go(url + "/arbete/arbetsplatser")
	says(t, b, "Strandköket", "platser lediga i dag", "Berit Askelund")
	b.Check(t, "workplaces")
	b.Validate(t)
	b.ClickText("Ny arbetsplats")
	b.Fill(`main input[name=name]`, "Verkstan")
	b.Fill(`main textarea[name=does]`, "Bygga lådor")
	b.Fill(`main input[name=contact1]`, "Nina Falk")
	b.Check(t, "workplace")
	b.Validate(t)
	b.Click(`main form:has(input[name=contact1]) button`)
	b.Fill(`main input[name=q]`, "nina lådor")
	b.Click(`main form:has(input[name=q]) button`)
	says(t, b, "1 arbetsplats", "Verkstan")

	b.Go(url + "/arbete/sok")
	b.FocusOn("#find")
	b.Type("Samira Haddad")
	b.Press()
	b.Click(`main a[href*="/arbete/person/"]`)
	person := strings.TrimSuffix(b.URL(), "/")
	b.Go(person + "/aktiviteter")
	b.ClickText("Praktik och arbetsträning")
	b.Fill(`main textarea[name=what]`, "Snickra")
	b.Fill(`main textarea[name=because]`, "Min far var snickare")
	b.Click(`main form:has(textarea[name=what]) button`)
	says(t, b, "Snickra", "Min far var snickare")
	b.Check(t, "placements")
	b.Validate(t)
	b.Click(`main .lines li:first-child a`)
	b.ClickText("Kom överens")
	b.Check(t, "placement-terms")
	b.Validate(t)
	today := clock.Date(harness.Eval[string](b, `document.querySelector("main input[name=yeson]").value`))
	harness.Eval[string](b, `(() => { const s = document.querySelector("main select[name=workplace]"); s.value = [...s.options].find(o => o.text.includes("Verkstan")).value; return "" })()`)
	for name, text := range map[string]string{"from": string(today), "to": string(today.Add(20)), "at": "09:00", "until": "12:00", "supervisor": "Nina Falk", "talk1": string(today)} {
		b.Fill(`main input[name=`+name+`]`, text)
	}
	b.Click(`main input[name=days][value="2"]`)
	b.Click(`main input[name=safety][value=host]`)
	b.Click(`main input[name=insurer][value=municipality]`)
	b.Fill(`main textarea[name=mayknow]`, "Jag hör dåligt på ena örat")
	b.Fill(`main textarea[name=why]`, "Nu orkar jag")
	b.Fill(`main textarea[name=next]`, "Ett jobb i en verkstad")
	b.Click(`main form:has(input[name=talk1]) button`)
	says(t, b, "Väntar på personens ja", "Praktik, Verkstan", "Vad säger Samira?")
	b.Check(t, "placement-proposed")
	b.Validate(t)
	b.Click(`form[action$="/ja"] input[value=self]`)
	b.Click(`form[action$="/ja"] button`)
	says(t, b, "Överenskommet", "själv, vid bordet")
	page := b.URL()
	b.Check(t, "placement")
	b.Go(page + "/papper")
	says(t, b, "Det här har vi kommit överens om", "Jag hör dåligt på ena örat", "هذا ليس توظيفا")
	if text := b.Text("main"); strings.Contains(text, "Nu orkar jag") || strings.Contains(text, "Min far") {
		t.Error("the workplace reads why, which is the person's and ours")
	}
	b.Check(t, "placement-paper")
	b.Validate(t)

	signIn(b, url, "/demo/min", "samira")
	b.Width(360)
	says(t, b, "Praktik, Verkstan", "Nina Falk", "Är du borta har du ändå kvar din plats.")
	b.Check(t, "own-placement")

	signIn(b, url, "/demo/in", "karin")
	for name, at := range map[string]string{"workplaces-ar": url + "/arbete/arbetsplatser", "placement-ar": page, "terms-ar": page + "/villkor"} {
		b.Go(at + "?lang=ar")
		b.Check(t, name)
	}
	b.Width(1280)
	b.Go(page + "?lang=sv")
	b.Fill(`main textarea[name=said]`, "Det är roligt")
	b.Click(`form[action$="/samtal"] button`)
	says(t, b, "Det är roligt", "skrivet av")
	b.Click(`main summary`)
	b.FocusOn(`main input[name=endnext][value=job]`) // what slides open is reached by the keyboard
	b.Press()
	b.Fill(`main textarea[name=view]`, "Jag vill göra det här")
	b.FocusOn(`form[action$="/slut"] button`)
	b.Press()
	says(t, b, "Avslutad", "Jag vill göra det här", "Arbete")
	b.Check(t, "placement-ended")
}
