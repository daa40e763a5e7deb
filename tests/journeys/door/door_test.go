// Package door_test walks a participant's way in: a letter from the desk, a PIN or a passkey, and out again.
package door_test

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

func want(t *testing.T, b *harness.Browser, words string) {
	t.Helper()
	if text := b.Text("body"); !strings.Contains(text, words) {
		t.Errorf("no %q at %s, which says:\n%.1500s", words, b.URL(), text)
	}
}

// desk is the browser of a worker who gives letters to one of the demo's people.
type desk struct {
	*harness.Browser
	t    *testing.T
	page string // where the person's letter is
}

// deskOf signs in as a coordinator and opens the page of whoever is first in the list of participants.
func deskOf(t *testing.T, url string) *desk {
	t.Helper()
	d := &desk{harness.Start(t), t, ""}
	d.Go(url + "/arbete/in?lang=sv")
	d.ClickText("Logga in som Karin")
	d.Go(url + "/arbete/deltagare")
	d.Click(`main a[href^="/arbete/person/"]`)
	d.Click(`main a[href$="/uppgifter"]`)
	d.ClickText("Logga in på Min väg: ge ett brev")
	d.page = d.URL()
	return d
}

// letter gives a letter in the language, and gives its number.
func (d *desk) letter(lang string) string {
	d.t.Helper()
	d.Go(d.page)
	d.Check(d.t, "letter")
	d.Click(`input[name="lang"][value="` + lang + `"]`)
	d.Click(`form[action$="/brev"] button`)
	want(d.t, d.Browser, "Numret visas bara den här gången")
	d.Check(d.t, "letter-paper-"+lang)
	number := d.Text(".letter .num")
	d.ClickText("Brevet är utskrivet")
	want(d.t, d.Browser, "Koden är inte berättad än")
	return number
}

// code tells the code once the person has been seen.
func (d *desk) code() string {
	d.t.Helper()
	d.Go(d.page)
	d.Click(`form[action$="/kod"] button`)
	want(d.t, d.Browser, "Välj hur du vet vem personen är")
	d.Check(d.t, "letter-fault")
	d.Click(`input[name="seen"][value="document"]`)
	d.Click(`form[action$="/kod"] button`)
	want(d.t, d.Browser, "Säg den till personen")
	d.Check(d.t, "letter-code")
	return d.Text(".sheet .num")
}

func (d *desk) takeBack() {
	d.t.Helper()
	d.Go(d.page)
	d.Click(`form[action$="/ta-bort"] button`)
	want(d.t, d.Browser, "Inloggningen är borttagen")
}

// enter writes a number and a secret at the door.
func enter(b *harness.Browser, number, secret string) {
	b.Fill("#f-number", number)
	b.Fill("#f-secret", secret)
	b.Click(`form[action="/in"] button`)
}

func walk(t *testing.T, dsn string) {
	url := strings.TrimSuffix(harness.Serve(t, dsn, "--months", "1"), "/")
	d, b := deskOf(t, url), harness.Start(t)
	d.Width(1280)
	number := d.letter("ar")
	code := d.code()

	b.ScriptOff()
	b.Width(360)
	b.Go(url + "/?lang=sv")
	b.ClickText("Vuxenslussen")
	b.Click(`header a[href="/in"]`)
	if b.URL() != url+"/in" {
		t.Fatalf("the link leads to %s", b.URL())
	}
	b.Check(t, "in")
	enter(b, number, "00000000")
	want(t, b, "passar inte ihop")
	b.Check(t, "in-wrong")
	b.Fill(`input[name="number"]`, "AAAA-AAAA")
	b.Fill(`input[name="secret"]`, "12345678")
	b.Click("main form button")
	if text := b.Text("main"); !strings.Contains(text, "Det gick inte att logga in") || strings.Contains(text, "spara") {
		t.Errorf("a door says that something is not saved:\n%s", text)
	}
	b.Go(url + "/in?lang=ar")
	b.Check(t, "in-ar")
	enter(b, strings.ToLower(strings.ReplaceAll(number, "-", " ")), strings.NewReplacer("0", "٠", "1", "١", "2", "٢", "3", "٣", "4", "٤", "5", "٥", "6", "٦", "7", "٧", "8", "٨", "9", "٩").Replace(code))
	if b.URL() != url+"/in/valj" {
		t.Fatalf("the letter leads to %s:\n%s", b.URL(), b.Text("main"))
	}
	b.Check(t, "choose-ar")
	b.Go(url + "/in/valj?lang=sv")
	b.Check(t, "choose")
	b.Fill("#f-pin", "123456")
	b.Fill("#f-again", "123456")
	b.Click(`form[action="/in/valj"] button`)
	want(t, b, "lätt att gissa")
	b.Check(t, "choose-fault")
	b.Fill("#f-pin", "735104")
	b.Fill("#f-again", "735104")
	b.Click(`form[action="/in/valj"] button`)
	if b.URL() != url+"/min" {
		t.Fatalf("the choice leads to %s:\n%s", b.URL(), b.Text("main"))
	}
	want(t, b, "Hej ")
	b.ClickText("Avsluta och rensa")
	want(t, b, "Inget om dig finns kvar") // in the language one had chosen, which the address says
	if lang := harness.Eval[string](b, "document.documentElement.lang"); lang != "sv" {
		t.Errorf("the goodbye is in %s", lang)
	}
	if left := b.Cookies(); len(left) != 0 {
		t.Errorf("left in the browser: %v", left)
	}
	b.Go(url + "/min")
	if b.URL() != url+"/in" {
		t.Errorf("who is out comes to %s", b.URL())
	}
	b.Go(url + "/in?lang=sv") // what was chosen went with the rest
	b.Click("#f-shared")
	enter(b, number, "735104")
	want(t, b, "Efter tre minuter")
	d.takeBack()
	b.Go(url + "/min")
	enter(b, number, "735104")
	want(t, b, "passar inte ihop")

	b.Go(url + "/in/valj")
	want(t, b, "Det går inte att välja nu")
	b.Check(t, "choose-over")
}

func TestAParticipantComesInByALetterAndAPIN(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	walk(t, "")
}

func TestAParticipantComesInByALetterAndAPINOnPostgres(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	walk(t, harness.Postgres)
}

func TestAParticipantComesInByALetterAndAPasskey(t *testing.T) { passkey(t, "") }

func TestAParticipantComesInByALetterAndAPasskeyOnPostgres(t *testing.T) {
	passkey(t, harness.Postgres)
}

func passkey(t *testing.T, dsn string) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, dsn, "--months", "1"), "/")
	d, b := deskOf(t, url), harness.Start(t)
	number := d.letter("sv")
	b.Passkeys()
	b.Width(360)
	b.Go(url + "/in?lang=sv")
	enter(b, number, d.code())
	b.Click("#passkey button")
	if b.URL() != url+"/min" {
		t.Fatalf("the passkey leads to %s:\n%s", b.URL(), b.Text("main"))
	}
	b.ClickText("Avsluta och rensa")
	b.Go(url + "/in?lang=sv")
	b.Check(t, "in-script")
	b.Click("#passkey button")
	if b.URL() != url+"/min" {
		t.Fatalf("the passkey leads to %s:\n%s", b.URL(), b.Text("main"))
	}
	d.takeBack()
	b.Go(url + "/min")
	b.Click("#passkey button")
	want(t, b, "Inloggningsnyckeln gick inte att använda")
	b.Check(t, "in-key-fault")
}
