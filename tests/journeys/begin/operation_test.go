package begin

import (
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

func TestHeadChangesHowTheUnitWorks(t *testing.T) {
	url, b := harness.Serve(t, "", "--months", "0"), harness.Start(t)
	b.ScriptOff()
	b.Go(url + "arbete/in?lang=sv")
	b.ClickText("Logga in som Omar")
	b.ClickText("Verksamheten")
	b.Check(t, "operation")
	b.ClickText("Ändra")
	b.Check(t, "decide")
	b.Fill("#f-places", "14")
	b.Fill("#f-calls", "12")
	b.ClickText("Spara")
	b.Check(t, "decide-faults")
	if s := b.Text(".ds-error-summary"); !strings.Contains(s, "minst lika många") || !strings.Contains(s, "varför") {
		t.Errorf("the form says:\n%s", s)
	}
	if got := harness.Eval[string](b, "document.querySelector('#f-places').value"); got != "14" {
		t.Errorf("what was typed is now %q", got)
	}
	b.Fill("#f-calls", "17")
	b.Fill("#f-why", "Fler har hört av sig")
	b.ClickText("Spara")
	for _, want := range []string{"sparat", "14", "Fler har hört av sig"} {
		if s := harness.Eval[string](b, "document.body.textContent"); !strings.Contains(s, want) {
			t.Errorf("the page does not tell %q", want)
		}
	}
	harness.Eval[bool](b, `[...document.querySelectorAll("details")].every(d => d.open = true)`)
	b.Fill("#f-room", "Rum 9")
	b.Fill("#f-seats", "sex")
	b.Click("form[action$=rum] button")
	b.Check(t, "operation-faults")
	b.Width(360)
	b.Go(url + "arbete/verksamheten")
	b.Check(t, "operation")
	b.Go(url + "arbete/verksamheten?lang=ar")
	b.Check(t, "operation-ar")
	b.Go(url + "arbete/verksamheten/beslut")
	b.Check(t, "decide-ar")
}

func TestOthersReadButDoNotChange(t *testing.T) {
	url, b := harness.Serve(t, "", "--months", "0"), harness.Start(t)
	b.Go(url + "arbete/in?lang=sv")
	b.ClickText("Logga in som Lena")
	b.Go(url + "arbete/verksamheten")
	if b.Has("main form") || !strings.Contains(b.Text("main"), "chefen som ändrar") {
		t.Errorf("a coach is shown forms:\n%s", b.Text("main"))
	}
	for _, path := range []string{"beslut", "kollega"} {
		b.Go(url + "arbete/verksamheten/" + path)
		if s := b.Text("h1"); s != "Det gick inte" {
			t.Errorf("%s shows a coach %q", path, s)
		}
	}
}

func TestColleagueIsInvitedComesInAndIsEnded(t *testing.T) {
	db, token := made(t)
	url, head, coach := serve(t, db), harness.Start(t), harness.Start(t)
	head.Passkeys()
	coach.Passkeys()
	head.Go(url + "in/" + token + "?lang=sv")
	head.Click("#passkey button")
	head.Go(url + "arbete/verksamheten/kollega")
	head.Check(t, "hire")
	head.Fill("#f-name", "Sara Holm")
	head.Fill("#f-email", "sara.holm@example.se")
	head.Fill("#f-languages", "sv, ar")
	head.Click("main form button")
	colleague := head.URL()
	head.ClickText("Gör en inbjudan")
	head.Check(t, "colleague")
	link := head.Text("main code")
	if !strings.HasPrefix(link, url+"in/") {
		t.Fatalf("the invitation is %q", link)
	}
	coach.Go(link + "?lang=sv")
	coach.Click("#passkey button")
	if coach.URL() != url+"arbete" {
		t.Fatalf("the invitation led to %s", coach.URL())
	}
	head.Go(colleague)
	head.ClickText("Avsluta nu")
	head.Click("form[action$=avsluta] button")
	if s := head.Text("main"); strings.Contains(s, "Sara Holm") {
		t.Error("an ended colleague is still listed")
	}
	coach.Go(url + "arbete")
	if coach.URL() != url+"arbete/in" {
		t.Errorf("an ended colleague is let in at %s", coach.URL())
	}
	coach.Click("#passkey button")
	if coach.URL() == url+"arbete" {
		t.Error("an ended colleague's passkey lets in")
	}
}
