// Package schedule_test walks from an activity that is looked into to its schedule, a clash, and a change that its leader
// hears of.
package schedule_test

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

func signIn(b *harness.Browser, url, who string) {
	b.Forget()
	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/in"]:has(input[value="` + who + `"]) button`)
}

func TestActivityIsPlannedClashesAreRefusedAndItsLeaderHearsOfChanges(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			if testing.Short() {
				t.Skip("journeys need a browser")
			}
			dsn := ""
			if engine == "postgres" {
				dsn = harness.Postgres
			}
			url := strings.TrimSuffix(harness.Serve(t, dsn, "--months", "0"), "/")
			b := harness.Start(t)
			b.ScriptOff()
			signIn(b, url, "karin")
			begin(t, b, url)
			plan(t, b, url)
			picks(t, b, url)
			change(t, b, url)
			closes(t, b, url)
			looks(t, b, url)
			if dsn == "" {
				drags(t, url)
			}
		})
	}
}

func says(t *testing.T, b *harness.Browser, want ...string) {
	t.Helper()
	text := b.Text("body")
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%s does not say %q:\n%.1500s", b.URL(), w, text)
		}
	}
}

// begin writes an activity that existed before, and decides that it runs.
func begin(t *testing.T, b *harness.Browser, url string) {
	b.ClickText("Aktiviteter")
	b.Check(t, "activities-empty")
	b.ClickText("Ny aktivitet")
	b.Click("main form button")
	b.Check(t, "activity-faults")
	says(t, b, "Skriv ett namn", "Skriv vad aktiviteten är bra för", "Skriv varför")
	b.Fill("#f-name", "Samtalscirkeln")
	b.Fill("#f-purpose", "Att våga tala svenska")
	b.Fill("#f-together", "1")
	b.Fill("#f-why", "Många frågar efter den")
	b.ClickText("Spara")
	b.Check(t, "activity")
	b.ClickText("Går")
	b.Fill("#f-why", "Alla kollegor kan leda den")
	b.Click("aside form button")
	says(t, b, "Alla kollegor kan leda den", "Många frågar efter den", "Karin Ödman")
}

// plan finds a free time, plans it, and is refused the same room once more.
func plan(t *testing.T, b *harness.Browser, url string) {
	b.ClickText("Schema")
	b.Check(t, "schedule-empty")
	b.ClickText("Planera")
	b.Click(`button[value="find"]`)
	says(t, b, "Välj aktivitet")
	choose := `(() => { const s = document.querySelector('#f-activity'); s.value = s.options[1].value; return true })()`
	harness.Eval[bool](b, choose)
	b.Click(`button[value="find"]`)
	b.Check(t, "schedule-found")
	b.Click(".found button")
	b.Check(t, "schedule-taken")
	b.ClickText("Se vad som krockar")
	says(t, b, "Inget krockar", "Det blir")
	b.ClickText("Lägg in i schemat")
	b.ClickText("Planera")
	harness.Eval[bool](b, choose)
	b.Fill("#f-at1", "08:30")
	b.Fill("#f-until1", "10:30")
	harness.Eval[bool](b, `(() => { for (const [name, n] of [['weekday1', 1], ['room1', 1]]) { const s = document.querySelector('#f-' + name); s.selectedIndex = n }
		document.querySelector('[name=leaders1]').checked = true; return true })()`)
	b.ClickText("Lägg in i schemat")
	b.Check(t, "schedule-clash")
	says(t, b, "Det här krockar", "Lena Bergvall är upptagen 08.30–10.30 av Samtalscirkeln")
	if got := harness.Eval[string](b, "document.querySelector('#f-until1').value"); got != "10:30" {
		t.Errorf("what was typed is now %q", got)
	}
}

// picks picks an occasion up in the week and puts it down in another part of it, by the keyboard and without script; it is then put back.
func picks(t *testing.T, b *harness.Browser, url string) {
	b.Go(url + "/arbete/schema")
	week := harness.Eval[string](b, `[...document.querySelectorAll('main nav a')].at(-1).href`)
	b.Go(week)
	b.FocusOn(".occasions li a.x")
	b.Press()
	says(t, b, "Du flyttar", "Hit, 08.30")
	b.Check(t, "schedule-picked")
	b.Validate(t)
	b.Width(360)
	b.Check(t, "schedule-picked-narrow")
	b.Width(1280)
	b.FocusOn("main tbody tr:nth-child(4) td:nth-of-type(4) a.ds-button")
	b.Press()
	says(t, b, "Ny tid: torsdag", "Inget är flyttat än")
	b.Check(t, "occasion-put")
	b.Validate(t)
	b.Fill("#f-why", "Rummet målas om")
	b.ClickText("Spara ändringen")
	says(t, b, "Ändrat.", "Rummet målas om")
	b.ClickText("Ångra")
	says(t, b, "Det är som förut igen")
}

// drags drags an occasion to the Friday afternoon with a pointer, and comes to the form with the new time filled in.
func drags(t *testing.T, url string) {
	b := harness.Start(t)
	signIn(b, url, "karin")
	b.Go(url + "/arbete/schema")
	b.Go(harness.Eval[string](b, `[...document.querySelectorAll('main nav a')].at(-1).href`))
	harness.Eval[bool](b, `(() => { const item = document.querySelector('[data-move]'), cell = document.querySelector('main tbody tr:nth-child(5) td:nth-of-type(4)'),
		dataTransfer = new DataTransfer(), fire = (what, on) => on.dispatchEvent(new DragEvent(what, {bubbles: true, cancelable: true, dataTransfer}));
		fire('dragstart', item); const free = !fire('dragover', cell); fire('drop', cell); return free && item.draggable })()`)
	for range 50 {
		if b.Has("#f-why") {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	says(t, b, "Ny tid: fredag", "Inget är flyttat än")
}

// change moves an occasion and calls another off; the leader sees it on Today, and it is taken back.
func change(t *testing.T, b *harness.Browser, url string) {
	b.Go(url + "/arbete/schema?vy=cykel")
	b.Click(".occasions a")
	b.Check(t, "occasion")
	b.Fill("#f-until", "11:15")
	b.ClickText("Spara ändringen")
	says(t, b, "Skriv varför")
	b.Fill("#f-why", "Bussen går senare")
	b.ClickText("Spara ändringen")
	says(t, b, "Bussen går senare", "11.15")
	b.Fill("#f-offwhy", "Studiebesök")
	b.Click("aside form button")
	says(t, b, "Det här tillfället är inställt")
	b.Check(t, "occasion-off")
	signIn(b, url, "lena")
	says(t, b, "Samtalscirkeln Inställt", "Studiebesök", "Bussen går senare")
	b.Check(t, "today-changes")
	b.ClickText("Jag har sett")
	b.ClickText("Jag har sett")
	if s := b.Text("main"); strings.Contains(s, "Studiebesök") || strings.Contains(s, "Bussen") {
		t.Errorf("seen, and still on Today:\n%s", s)
	}
	b.Go(url + "/arbete/schema")
	b.ClickText("Ångra")
	says(t, b, "Det är som förut igen")
}

// closes closes days that something is planned in: the head sees how much, the planner calls all of it off in one act and takes that back.
func closes(t *testing.T, b *harness.Browser, url string) {
	signIn(b, url, "omar")
	b.Go(url + "/arbete/schema?vy=cykel")
	day := harness.Eval[string](b, `[...document.querySelectorAll('tbody a[href*="vecka="]')].at(2).href.slice(-10)`)
	b.Go(url + "/arbete/verksamheten")
	b.FocusOn("details:has(#f-first) > summary")
	b.Press()
	b.FocusOn("#f-first")
	b.Type(day)
	b.FocusOn("#f-last")
	b.Type(harness.Eval[string](b, `(() => { const d = new Date('`+day+`'); d.setDate(d.getDate() + 6); return d.toISOString().slice(0, 10) })()`))
	b.FocusOn("#f-closedname")
	b.Type("Studievecka")
	b.FocusOn("form:has(#f-first) button")
	b.Press()
	says(t, b, "De stängda dagarna är tillagda", "1 tillfälle är fortfarande planerat", "Ställ in tillfället")
	b.Check(t, "operation-shut")
	signIn(b, url, "karin")
	b.Go(url + "/arbete/schema")
	says(t, b, "Planerat när det är stängt", "Studievecka")
	b.Check(t, "schedule-shut")
	b.Validate(t)
	b.ClickText("Se dem i schemat")
	says(t, b, "Stängt den dagen")
	b.ClickText("Ställ in tillfället")
	says(t, b, "Platserna finns kvar", "Studievecka", "när det är stängt")
	if strings.Contains(b.Text("main"), "Planerat när det är stängt") {
		t.Error("what is called off is still said to be planned")
	}
	b.Check(t, "schedule-shut-off")
	signIn(b, url, "lena")
	says(t, b, "Studievecka", "när det är stängt")
	b.ClickText("Jag har sett")
	signIn(b, url, "karin")
	b.Go(url + "/arbete/schema")
	b.Click(`button[aria-label*="Studievecka"]`)
	says(t, b, "Det är som förut igen", "Planerat när det är stängt")
}

// looks holds every page against axe, wide and narrow and in each language.
func looks(t *testing.T, b *harness.Browser, url string) {
	for _, lang := range []string{"ar", "sv"} {
		for _, w := range []int64{1280, 360} {
			b.Width(w)
			for _, path := range []string{"schema", "schema?vy=lista", "schema?vy=cykel", "schema/nyttjande", "schema/tider", "schema/ny", "aktiviteter", "kompetens"} {
				at := "?"
				if strings.Contains(path, "?") {
					at = "&"
				}
				b.Go(url + "/arbete/" + path + at + "lang=" + lang)
				b.Check(t, strings.NewReplacer("/", "-", "?vy=", "-").Replace(path)+"-"+lang)
				if lang == "sv" && w == 1280 {
					b.Validate(t)
				}
			}
		}
	}
}
