// Package journeys walks whole journeys in a real browser against the real binary.
package journeys

import (
	"os"
	"strings"
	"testing"
	"time"

	"sluss/internal/store/storetest"
	"sluss/tests/journeys/harness"
)

func TestMain(m *testing.M) {
	code := storetest.Main(m)
	harness.Clean()
	os.Exit(code)
}

// each runs a journey on both databases, in a browser of its own.
func each(t *testing.T, f func(t *testing.T, b *harness.Browser, url string)) {
	if testing.Short() {
		t.Skip("the journeys need a browser; run without -short")
	}
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			dsn := ""
			if engine == "postgres" {
				dsn = storetest.PostgresEmpty(t)
			}
			url := harness.Serve(t, dsn, "--months", "0")
			f(t, harness.Start(t), strings.TrimSuffix(url, "/"))
		})
	}
}

func signIn(b *harness.Browser, url, who string) {
	b.Go(url + "/?lang=sv")
	b.Click(`form[action="/demo/in"]:has(input[value="` + who + `"]) button`)
}

func today() string {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		panic(err)
	}
	return time.Now().In(zone).Format(time.DateOnly)
}

// queueUp puts somebody in the queue by the form.
func queueUp(b *harness.Browser, url, given, family string) {
	b.Go(url + "/arbete/ko/ny")
	b.Click(`input[name="kind"][value="remiss"]`)
	b.Fill(`input[name="given"]`, given)
	b.Fill(`input[name="family"]`, family)
	b.Fill(`input[name="phone"]`, "070-174 06 21")
	b.Fill(`textarea[name="wish"]`, "Jag vill arbeta med mat igen.")
	harness.Eval[bool](b, `(document.querySelector('select[name="reason"]').value='work') == 'work'`)
	b.Click(`main form.form button[type="submit"]`)
}

func TestFromTheQueueToTheIndividualStart(t *testing.T) {
	each(t, func(t *testing.T, b *harness.Browser, url string) {
		b.Go(url + "/?lang=sv")
		b.Check(t, "door")
		signIn(b, url, "karin")
		b.Check(t, "today-empty")
		b.Go(url + "/arbete/ko")
		b.Check(t, "queue-empty")
		b.Go(url + "/arbete/ko/ny")
		b.Check(t, "queue-new")
		b.Click(`main form.form button[type="submit"]`)
		b.Check(t, "queue-new-error")
		for i, n := range []string{"Samira Haddad", "Roger Lindfors", "Olena Kovalenko"} {
			given, family, _ := strings.Cut(n, " ")
			queueUp(b, url, given, family)
			if got := b.Text("h1"); !strings.Contains(got, n) {
				t.Fatalf("person %d: heading %q", i, got)
			}
		}
		b.Check(t, "person-waiting")
		b.Go(url + "/arbete/ko")
		b.Check(t, "queue")
		if n := harness.Eval[int](b, `document.querySelectorAll("main tbody tr").length`); n != 3 {
			t.Fatalf("%d in the queue", n)
		}
		b.Go(url + "/arbete/gruppstarter")
		b.Check(t, "starts-empty")
		b.Click(`main .empty button`)
		b.Check(t, "starts")
		b.Click(`main tbody a`)
		b.Check(t, "start-empty")
		first := b.URL()
		b.Go(first + "/andra")
		b.Fill(`input[name="on"]`, today())
		b.Check(t, "start-change")
		b.ClickText("Spara")
		b.Click(`main .empty button`)
		b.Check(t, "start-filled")
		b.Go(first + "/brev")
		b.Check(t, "letters")
		b.Go(first + "/lista")
		b.Check(t, "start-paper")
		b.Go(first)
		b.ClickText("Här")
		b.Check(t, "start-here")
		b.ClickText("Boka egen start")
		b.Check(t, "book")
		b.Fill(`input[name="on"]`, today())
		b.ClickText("Boka egen start")
		b.Check(t, "person-booked")
		b.ClickText("Egen start är hållen")
		b.Check(t, "person-active")
		if got := b.Text("main"); !strings.Contains(got, "Deltar nu") {
			t.Fatal("not a participant: ", got)
		}
		b.Go(url + "/arbete/deltagare?visa=active")
		b.Check(t, "people")
		b.Go(url + "/arbete/deltagare/tack")
		b.Check(t, "cover")
		b.Fill(`#find`, "sam")
		b.Key("\r")
		b.Check(t, "search")
		b.Validate(t)
	})
}
