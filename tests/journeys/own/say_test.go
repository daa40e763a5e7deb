package own_test

import (
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

// TestAParticipantSaysWhatTheyThinkAndAsksForAnotherCoach: said where it stands and read by the coach; asked past the coach and answered.
func TestAParticipantSaysWhatTheyThinkAndAsksForAnotherCoach(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, ""), "/")
	var b *harness.Browser
	enter := func() {
		t.Helper()
		b = harness.Start(t)
		b.ScriptOff()
		b.Width(360)
		b.Go(url + "/arbete/in?lang=sv")
	}
	want := func(yes bool, words string) {
		t.Helper()
		if text := b.Text("body"); strings.Contains(text, words) != yes {
			t.Errorf("%q at %s: want %v, and it says:\n%.2000s", words, b.URL(), yes, text)
		}
	}
	as := func(who string) {
		t.Helper()
		enter()
		b.Click(`form[action="/demo/in"]:has(input[value="` + who + `"]) button`)
	}
	me := func() {
		t.Helper()
		enter()
		b.Click(`form[action="/demo/min"]:has(input[value="samira"]) button`)
	}
	me()
	b.Click(`main a[href^="/min/sagt/place-"]`)
	want(true, "Säg vad du tycker om det här")
	b.Check(t, "say")
	b.Click("main form button")
	want(true, "Skriv några ord.")
	b.Fill(`textarea[name="words"]`, "Det stämmer inte, jag ville gå på fredagar")
	b.Click("main form button")
	want(true, "Det du skrev står nu bredvid")
	want(true, "Ingen har sagt att det är läst än")
	b.Go(url + "/min")
	b.Click(`main a[href="/min/coach"]`)
	b.Check(t, "coach")
	b.Fill(`textarea[name="words"]`, "Jag vill prata med någon annan")
	b.Click(`main form[action="/min/coach"] button`)
	want(true, "Du bad om en annan coach")

	as("samar") // her coach
	want(true, "har sagt något om en plats i en aktivitet")
	want(false, "vill ha en annan coach")
	b.Click(`main a[href$="/aktiviteter#sagt"]`)
	want(true, "jag ville gå på fredagar")
	b.Click(`form[action$="/last"] button`)
	want(true, "Det syns att du har läst det")

	as("karin")
	b.Click(`main summary`) // what waits the longest stands first
	b.Click(`main a[href$="/coach/onskan"]`)
	want(true, "Jag vill prata med någon annan")
	b.Check(t, "answer")
	b.Fill(`textarea[name="answer"]`, "Ingen har tid före mars. Vi ses alla tre under tiden.")
	b.Click(`main form[action$="/onskan"] button`)

	me()
	b.Go(url + "/min/coach")
	want(true, "Ingen har tid före mars")
	want(true, "Tycker du att svaret är fel?")
	b.Click(`main a[href="/min/tyck-till"]`)
}
