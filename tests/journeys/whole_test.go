package journeys

import (
	"bytes"
	"strings"
	"testing"

	"sluss/internal/sheet"
	"sluss/tests/journeys/harness"
)

// way is how one works: with the mouse or by keyboard alone.
type way interface {
	press(text string)      // presses what says so
	pressOn(css string)     // presses what is there
	write(css, text string) // writes in a field, or chooses in a list by the beginning of an option's text
	file(css string, b []byte)
}

type mouse struct{ *harness.Browser }

func (m mouse) press(text string)         { m.ClickText(text) }
func (m mouse) pressOn(css string)        { m.Click(css) }
func (m mouse) write(css, text string)    { m.Fill(css, text) }
func (m mouse) file(css string, b []byte) { m.Choose(css, "Kön i oktober.xlsx", b) }

// keys works with Tab, Enter, Space, the arrow among radio buttons, and typing. The window where a file is chosen is the
// system's own: the test opens nothing there, but holds that the field can be reached.
type keys struct{ *harness.Browser }

func (k keys) press(text string) {
	k.FocusTo(text)
	k.Press()
}

func (k keys) pressOn(css string) {
	k.FocusOn(css)
	k.Press()
}

func (k keys) write(css, text string) {
	k.FocusOn(css)
	k.Type(text)
}

func (k keys) file(css string, b []byte) {
	k.FocusOn(css)
	k.Choose(css, "Kön i oktober.xlsx", b)
}

// walk is one journey on its way.
type walk struct {
	way
	b     *harness.Browser
	t     *testing.T
	check bool // hold every stop against the bars, in both widths
}

// stop is where the journey looks around: the page says the words, and holds the bars.
func (w walk) stop(name string, words ...string) {
	w.t.Helper()
	said := w.b.Text("body")
	for _, s := range words {
		if !strings.Contains(said, s) {
			w.t.Fatalf("%s lacks %q at %s and says:\n%.2500s", name, s, w.b.URL(), said)
		}
	}
	if !w.check {
		return
	}
	for _, px := range []int64{360, 1280} {
		w.b.Width(px)
		w.b.Check(w.t, name)
	}
}

// oldQueue is a queue as it is kept in a spreadsheet: a title, Swedish headings, and rows that are wrong.
func oldQueue(t *testing.T) []byte {
	rows := [][]string{{}, {"Namn", "Personnummer", "Remissdatum", "Telefon", "Tolk", "Skonummer"},
		{"Samira Haddad", "19850709-9805", "2026-03-24", "070-174 06 21", "nej", "38"},
		{"Roger Lindfors", "", "24/4-2026", "070-174 06 22", "", "44"},
		{"Fel Siffra", "19121212-1213", "2026-05-02", "", "", ""},
		{"Olena Kovalenko", "", "2026-05-04", "070-174 06 23", "", ""},
		{"Kim", "", "i våras", "", "kanske", ""}}
	table := sheet.Table{Sheet: "Kö", Heading: []string{"Kön i oktober"}, Rows: func(yield func([]sheet.Cell, error) bool) {
		for _, r := range rows {
			cells := make([]sheet.Cell, len(r))
			for i, s := range r {
				cells[i] = sheet.Text(s)
			}
			if !yield(cells, nil) {
				return
			}
		}
	}}
	var b bytes.Buffer
	if err := sheet.WriteXLSX(&b, table); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (w walk) fromTheListToTheQueue() {
	w.press("Kö")
	w.stop("queue-empty", "Ingen väntar i kön")
	w.press("Läs in en lista")
	w.stop("import")
	w.file(`input[type="file"]`, oldQueue(w.t))
	w.press("Visa hur vi läser listan")
	w.stop("import-columns", "Skonummer")
	w.write(`select[name="column-5"]`, "Läs inte den här kolumnen")
	w.press("Gå igenom raderna")
	w.stop("import-preview", "Sista siffran stämmer inte", "Kim", "Inget är sparat än")
	w.press("Lägg 3 personer i kön")
	for strings.Contains(w.b.Text("main"), "Visa läget") {
		w.press("Visa läget")
	}
	w.stop("import-done", "Klart")
	w.press("Till kön")
	w.stop("queue", "Samira Haddad", "Roger Lindfors", "Olena Kovalenko", "3 personer väntar")
}

func (w walk) fromTheQueueToTheGroupStart() {
	w.press("Planera gruppstarter")
	w.stop("starts-empty", "Ingen gruppstart är planerad")
	w.pressOn("main .empty button")
	w.stop("starts", "Planerat")
	w.pressOn("main tbody a")
	w.stop("start-empty", "Ingen är kallad än")
	w.pressOn("main .empty button")
	w.stop("start-filled", "Kallade", "Samira Haddad", "Olena Kovalenko")
	w.press("Brev")
	w.stop("letters", "Hej Samira Haddad!")
	w.press("Breven är skickade")
	w.stop("letters-sent", "Markerat")
	w.press("Ändra")
	w.stop("start-change")
	w.write(`input[name="on"]`, today())
	w.press("Spara")
	w.pressOn(here + " button")
	w.stop("start-here", "Markerat", "Boka egen start")
}

// here is the form that marks the first on the list as here.
const here = `main tbody form[action$="/har"]:has(input[name="here"][value="1"])`

func (w walk) toTheIndividualStart() {
	w.press("Boka egen start")
	w.stop("book", "Egen start för Samira Haddad")
	w.write(`input[name="on"]`, today())
	w.press("Boka egen start")
	w.stop("person-booked", "Egen start är bokad")
	w.press("Egen start är hållen")
	w.stop("person-active", "Personen är nu deltagare", "Deltar nu")
}

func (w walk) planAtTheTable() {
	w.pressOn(`.subnav a[href$="/plan"]`)
	w.stop("plan-empty")
	w.press("Vänd skärmen")
	w.stop("table-empty")
	w.press("Nytt mål")
	w.write("#f-words", "Jag vill arbeta med mat igen.")
	w.press("Spara")
	w.stop("table-goal", "Jag vill arbeta med mat igen.")
	w.press("Spara, det här är vi överens om")
	w.stop("table-agreed", "Du sa ja till planen")
	w.pressOn(".jointbar a")
	w.stop("plan-agreed", "Samira sa ja vid bordet")
}

func (w walk) toWork() {
	w.pressOn(`.subnav a[href$="/avslut"]`)
	w.stop("exit-choose")
	w.press("Arbete")
	w.stop("exit-form")
	w.pressOn("#f-kind")
	w.write("#f-subsidy", "Inget stöd")
	w.write("#f-sector", "Privat")
	w.pressOn("#f-municipal-2")
	w.write("#f-before", "Ekonomiskt bistånd")
	w.write("#f-after", "Lön")
	w.write("#f-view", "Jag fick ta det i min takt.")
	w.press("Spara avslutet")
	w.stop("exit-made", "Avslutet är sparat", "Jag fick ta det i min takt.")
	w.press("Svara")
	w.pressOn("#f-answer")
	w.press("Spara svaret")
	w.stop("month-not-yet", "En hel månad har gått först")
}

// whole is the work of a gateway from one end to the other.
func (w walk) whole(url string) {
	w.b.Go(url + "/arbete/in?lang=sv")
	w.stop("door")
	w.press("Logga in som Karin")
	w.stop("today-empty")
	w.fromTheListToTheQueue()
	w.fromTheQueueToTheGroupStart()
	w.toTheIndividualStart()
	w.planAtTheTable()
	w.toWork()
	w.press("Flöde")
	w.stop("flow", "gått till arbete")
	if w.check {
		w.b.Validate(w.t)
	}
}

// served starts the empty product on an engine, and a browser.
func served(t *testing.T, engine string) (string, *harness.Browser) {
	if testing.Short() {
		t.Skip("the journeys need a browser; run without -short")
	}
	dsn := ""
	if engine == "postgres" {
		dsn = harness.Postgres
	}
	return strings.TrimSuffix(harness.Serve(t, dsn, "--months", "0"), "/"), harness.Start(t)
}

func TestFromASpreadsheetToWorkAndTheFlow(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			url, b := served(t, engine)
			walk{mouse{b}, b, t, true}.whole(url)
		})
	}
}

func TestFromASpreadsheetToWorkByKeyboardAlone(t *testing.T) {
	url, b := served(t, "sqlite")
	walk{keys{b}, b, t, false}.whole(url)
}

func TestFromASpreadsheetToWorkWithScriptOff(t *testing.T) {
	url, b := served(t, "sqlite")
	b.ScriptOff()
	walk{mouse{b}, b, t, false}.whole(url)
}
