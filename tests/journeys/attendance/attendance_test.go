// Package attendance_test walks from a list that is not filled in to one that is, put right and taken back; and from "I cannot
// come" on a telephone of one's own to the list of whoever leads.
package attendance_test

import (
	"io"
	"net/http"
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

func TestWhoWasHereIsMarkedPutRightAndTakenBack(t *testing.T) {
	for engine, dsn := range map[string]string{"sqlite": "", "postgres": harness.Postgres} {
		t.Run(engine, func(t *testing.T) {
			if testing.Short() {
				t.Skip("journeys need a browser")
			}
			url := strings.TrimSuffix(harness.Serve(t, dsn, "--months", "6"), "/")
			b := harness.Start(t)
			b.ScriptOff()
			marks(t, b, url)
			tells(t, b, url)
			reminded(t, b, url)
			rings(t, b, url)
			subscribes(t, b, url)
		})
	}
}

// marks fills in a list: one press for each who was not simply here, and one that saves.
func marks(t *testing.T, b *harness.Browser, url string) {
	signIn(b, url, "/demo/in", "karin")
	b.Go(url + "/arbete/schema?vy=lista")
	for range 2 { // on a Sunday the week that has been is the one before
		if !strings.Contains(b.Text("main"), "Inte ifyllt") {
			b.Go(harness.Eval[string](b, `document.querySelector('main nav.row a').href`))
		}
	}
	says(t, b, "Inte ifyllt")
	b.Go(harness.Eval[string](b, `[...document.querySelectorAll('main tbody tr')].find(x => x.innerText.includes('Inte ifyllt')).querySelector('a').href`))
	page := b.URL()
	b.Check(t, "roll")
	b.Validate(t)
	people := harness.Eval[int](b, `document.querySelectorAll('.roll fieldset').length`)
	if people < 4 || harness.Eval[int](b, `document.querySelectorAll('.roll :checked').length`) < people-2 {
		t.Fatalf("%d people, and not nearly all are set as here", people)
	}
	presses := 0
	press := func(css string) {
		b.Click(css)
		presses++
	}
	for i := range people { // at worst everybody is something else than usual
		press(`.roll fieldset:nth-of-type(` + string(rune('1'+i)) + `) label:nth-of-type(` + string(rune('2'+i%4)) + `) input`)
	}
	press(`.roll button`)
	says(t, b, "Sparat.", "Ifyllt", "Karin Ödman", "Fråga hur det är")
	if presses > people+2 || harness.Eval[int](b, `document.querySelectorAll('.roll [value=here]:checked').length`) != 0 {
		t.Errorf("%d presses for %d people", presses, people)
	}
	b.Check(t, "roll-done")
	b.Click(`.roll fieldset:nth-of-type(1) label:nth-of-type(1) input`)
	b.Click(`.roll button`)
	says(t, b, "Rättat", "från ”Här en del” till ”Här”")
	b.ClickText("Ångra")
	says(t, b, "Det är som det var innan.", "från ”Här” till ”Här en del”")
	for i := range people { // by the keyboard alone
		b.FocusOn(`.roll fieldset:nth-of-type(` + string(rune('1'+i)) + `) label:nth-of-type(1) input`)
	}
	b.FocusOn(`.roll button`)
	b.Press()
	says(t, b, "Rättat")
	if n := harness.Eval[int](b, `document.querySelectorAll('.roll [value=here]:checked').length`); n != people {
		t.Errorf("by the keyboard %d of %d are marked as here", n, people)
	}
	b.ClickText("Ångra")
	says(t, b, "Det är som det var innan.")
	b.ClickText("Lista på papper")
	b.Check(t, "roll-paper")
	b.Go(page)
	b.Click(`h2 ~ .bullets a[href*="/tider/"]`)
	says(t, b, "Så har det ändrats")
	b.Check(t, "time")
	b.Click(`main form [value=other]`)
	b.Click(`main form:has([value=other]) button`)
	says(t, b, "Hur det har varit", "Annat")
	b.Check(t, "times")
	b.Validate(t)
}

// tells lets somebody say on their own telephone that they do not come, and why to their coach alone.
func tells(t *testing.T, b *harness.Browser, url string) {
	signIn(b, url, "/demo/min", "samira")
	b.Width(360)
	says(t, b, "Mina tider")
	b.ClickText("Se alla mina tider")
	b.Check(t, "own-times")
	b.Validate(t)
	b.Click(`main .lines form button`)
	says(t, b, "Tack för att du sa till.", "Du har hört av dig")
	b.FocusTo("Vill du säga något mer?")
	b.Press()
	b.Check(t, "own-more") // it has unfolded by then
	says(t, b, "Det är bara du och din coach som ser det")
	b.Fill(`main .lines textarea`, "Jag har feber")
	b.Click(`main .lines form:has(textarea) button`)
	says(t, b, "Jag har feber")
	b.Check(t, "own-told")
	b.ClickText("Jag kommer ändå")
	says(t, b, "Välkommen!")
}

// reminded lets the person choose when to be reminded of their times.
func reminded(t *testing.T, b *harness.Browser, url string) {
	b.Go(url + "/min/tider")
	b.FocusOn(`#paminnelser input[value=morning]`)
	b.Press()
	b.Click(`#paminnelser form button`)
	says(t, b, "Sparat")
	if !harness.Eval[bool](b, `document.querySelector('#paminnelser input[value=morning]').checked`) {
		t.Error("what was chosen is not kept")
	}
	b.Check(t, "own-reminded")
}

// rings lets whoever answers the telephone note that somebody cannot come, and that they come after all.
func rings(t *testing.T, b *harness.Browser, url string) {
	signIn(b, url, "/demo/in", "britt")
	b.Width(1280)
	b.FocusOn("#find")
	b.Type("Samira Haddad")
	b.Press()
	b.ClickText("Samira Haddad")
	says(t, b, "Det här ser du i receptionen")
	b.Check(t, "front")
	b.Validate(t)
	b.ClickText("Ringde: kan inte komma")
	says(t, b, "platsen är kvar", "Har sagt till")
	b.Check(t, "front-told")
	b.ClickText("Kommer ändå")
	says(t, b, "Personen kommer.")
}

// subscribes makes a calendar address, reads it as a calendar program does, and closes it.
func subscribes(t *testing.T, b *harness.Browser, url string) {
	signIn(b, url, "/demo/min", "samira")
	b.ClickText("Mina tider i min kalender")
	b.Check(t, "own-calendar")
	b.ClickText("Skapa en kalenderadress")
	b.Check(t, "own-calendar-made")
	b.Validate(t)
	address := harness.Eval[string](b, `document.querySelector('#f-address').value`)
	if code, text := fetch(t, address); code != 200 || !strings.HasPrefix(text, "BEGIN:VCALENDAR\r\n") || !strings.Contains(text, "SUMMARY:Tid\r\n") || strings.Contains(text, "Samtalscirkeln") {
		t.Errorf("the calendar answers %d:\n%.600s", code, text)
	}
	b.Go(url + "/min/kalender")
	b.ClickText("Stäng adressen")
	says(t, b, "Adressen är stängd.")
	if code, _ := fetch(t, address); code != 404 {
		t.Errorf("a closed address answers %d", code)
	}
}

func fetch(t *testing.T, address string) (int, string) {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(text)
}
