package together_test

import (
	"strings"
	"testing"
	"time"

	"sluss/internal/demo/demotest"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/tests/journeys/harness"
)

// TestWhatIsTypedIsThereAgainAfterTheSessionHasEnded writes, has the session end, saves, signs in and finds it; somebody else in the same
// browser does not. A person's page tells before it ends, and has what is typed kept though nothing is pressed.
func TestWhatIsTypedIsThereAgainAfterTheSessionHasEnded(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	dsn := storetest.Postgres(t)
	s := storetest.Open(t, dsn)
	w := demotest.New(t, s)
	who := samira(t, w)
	url := strings.TrimSuffix(harness.Serve(t, dsn, "--keys", w.KeyFile), "/")
	sessions := func(change string) {
		t.Helper()
		must(t, s.Write(t.Context(), func(tx *store.Tx) error {
			q := store.Q(`UPDATE session SET last_seen = 0 WHERE area_id = $1`)
			if change == "short" {
				q = store.Q(`UPDATE session SET idle = 45000 WHERE area_id = $1`)
			}
			_, err := tx.Exec(t.Context(), q, w.Place.Area)
			return err
		}))
	}
	b := harness.Start(t)
	want := func(yes bool, words string) {
		t.Helper()
		if text := b.Text("body"); strings.Contains(text, words) != yes {
			t.Errorf("%q at %s: want %v, and it says:\n%.1500s", words, b.URL(), yes, text)
		}
	}
	typed := func(css string) string { return harness.Eval[string](b, `document.querySelector('`+css+`').value`) }
	const box, words = `main textarea[name="text"]`, "Vi talade länge om köket & vägen dit."
	page := url + "/arbete/person/" + who.String() + "/kontakt"
	late := func() {
		b.Go(page)
		b.Fill(box, words)
		sessions("over")
		b.Click(`main form:has(textarea[name="text"]) button`)
		want(true, "Du hade loggats ut innan det sparades")
	}

	b.ScriptOff()
	b.Go(url + "/arbete/in?lang=sv")
	b.ClickText("Logga in som Lena")
	late()
	b.Check(t, "typed-door")
	b.ClickText("Logga in som Lena")
	if got := typed(box); b.URL() != page || got != words {
		t.Errorf("at %s: %q", b.URL(), got)
	}
	want(true, "Det är inte sparat än")
	b.Check(t, "typed-back")
	b.Click(`main form:has(textarea[name="text"]) button`)
	want(false, "Det är inte sparat än")
	late()
	b.ClickText("Logga in som Karin")
	b.Go(page)
	if b.Has(box) && typed(box) == words {
		t.Error("somebody else is given what was typed")
	}

	b = harness.Start(t)
	herself := func() {
		b.Go(url + "/arbete/in?lang=sv")
		b.Click(`form[action="/demo/min"]:has(input[value="samira"]) button`)
	}
	const soon = `[data-rest] > div:not([hidden])`
	shown := func(within time.Duration) bool {
		for end := time.Now().Add(within); time.Now().Before(end); time.Sleep(300 * time.Millisecond) {
			if b.Has(soon) {
				return true
			}
		}
		return false
	}
	herself()
	sessions("short")
	page = url + "/min/tillsammans"
	b.Go(page)
	b.Key("Tab")
	b.FocusOn(`main textarea`)
	b.Type("Jag undrar en sak")
	if !shown(40 * time.Second) {
		t.Fatal("nothing tells that the session ends soon")
	}
	b.Click(soon + ` button`)
	time.Sleep(time.Second)
	if b.Has(soon) {
		t.Error("it goes on telling after one has stayed")
	}
	if !shown(45 * time.Second) {
		t.Fatal("it is told once only")
	}
	time.Sleep(9 * time.Second)
	sessions("over")
	if stored := harness.Eval[float64](b, `localStorage.length + sessionStorage.length`); stored != 0 {
		t.Errorf("%v things are kept in the browser", stored)
	}
	herself()
	if got := typed(`main textarea`); b.URL() != page || got != "Jag undrar en sak" {
		t.Errorf("at %s: %q", b.URL(), got)
	}
}
