// Package journeys walks whole journeys in a real browser against the real binary.
package journeys

import (
	"os"
	"strconv"
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

// each runs a journey on both databases, in a browser of its own, on a demo with so many months of history; none begins empty.
func each(t *testing.T, months int, f func(t *testing.T, b *harness.Browser, url string)) {
	if testing.Short() {
		t.Skip("the journeys need a browser; run without -short")
	}
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			dsn := ""
			if engine == "postgres" {
				dsn = harness.Postgres
			}
			url := harness.Serve(t, dsn, "--months", strconv.Itoa(months))
			f(t, harness.Start(t), strings.TrimSuffix(url, "/"))
		})
	}
}

func signIn(b *harness.Browser, url, who string) {
	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/in"]:has(input[value="` + who + `"]) button`)
}

func today() string { return string(clock.Clock(clock.System).Now().Date()) }

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

// What the whole journey does not pass: the form for one person, its faults, and finding the person again.
func TestSomebodyIsPutInTheQueueByTheFormAndFound(t *testing.T) {
	each(t, 0, func(t *testing.T, b *harness.Browser, url string) {
		signIn(b, url, "karin")
		b.Go(url + "/arbete/ko/ny")
		b.Check(t, "queue-new")
		b.Click(`main form.form button[type="submit"]`)
		b.Check(t, "queue-new-error")
		b.Width(360)
		b.Check(t, "queue-new-error")
		b.Width(1280)
		queueUp(b, url, "Samira", "Haddad")
		if got := b.Text("h1"); !strings.Contains(got, "Samira Haddad") {
			t.Fatalf("heading %q", got)
		}
		b.Check(t, "person-waiting")
		b.Fill(`#find`, "sam")
		b.Press()
		b.Check(t, "search")
		b.Click(`main .lines a`)
		if got := b.Text("main"); !strings.Contains(got, "Väntar i kön") {
			t.Fatal("not in the queue: ", got)
		}
		b.Validate(t)
	})
}
