package journeys

import (
	"strings"
	"testing"
	"time"

	"sluss/tests/journeys/harness"
)

const aheadPage = "/arbete/flode/framat"

// A head reads how it will be, tries a third group start, saves it, compares another with it, and prints.
func TestTwoFuturesAreMadeSavedAndCompared(t *testing.T) {
	each(t, 24, func(t *testing.T, b *harness.Browser, url string) {
		signIn(b, url, "omar")
		b.Go(url + "/arbete/flode")
		b.Click(`main a[href="` + aheadPage + `"]`)
		says(t, b, ".three", "fått sin egen start", "väntar troligen", "kommer in och", "i månaden")
		says(t, b, "#provning", "hamnade inom det ljusa bandet")
		says(t, b, "#antaget", "Lärt av det som hände", "aldrig en enskild", "önskningar, och")
		if n := harness.Eval[int](b, `document.querySelectorAll('.canal .wide-only a').length`); n < 4 {
			t.Errorf("%d numbers of the picture open a list", n)
		}
		threeStarts(t, b)
		b.Fill(`input[name="name"]`, "En tredje start")
		b.ClickText("Spara framtiden")
		says(t, b, "#sparade", "En tredje start", "Gruppstarter i månaden: 3")
		b.Fill(`input[name="starts"]`, "4")
		follows(t, b, "starter=4")
		b.ClickText("Jämför med En tredje start")
		says(t, b, "#framtid", "En tredje start")
		shownToEverybody(t, b, url)
		opensWhatRests(t, b, url)
		printed(t, b)
		sillyNumbers(t, b, url)
		for _, lang := range []string{"sv", "en", "ar"} {
			for _, w := range []int64{1280, 360} {
				b.Width(w)
				b.Go(url + aheadPage + "?starter=3&coacher=1&veckor=6&lang=" + lang)
				harness.Eval[bool](b, `document.querySelectorAll('details').forEach(d => d.open = true) || true`)
				b.Check(t, "ahead-"+lang)
			}
		}
		b.Validate(t)
		b.Go(url + aheadPage + "?lang=sv")
		b.ClickText("Ta bort En tredje start")
		if b.Has("#sparade h2") {
			t.Error("the saved future is still there")
		}
	})
}

// threeStarts moves a control; the futures and the address follow by themselves.
func threeStarts(t *testing.T, b *harness.Browser) {
	t.Helper()
	b.Fill(`input[name="starts"]`, "3")
	follows(t, b, "starter=3")
	says(t, b, "#framtid", "Som nu", "Med ändringen", "personaltimmar")
	if !b.Has(".control.moved input[name=starts]") {
		t.Error("the control that was moved does not glow")
	}
}

// follows waits until the page shows what was just typed.
func follows(t *testing.T, b *harness.Browser, address string) {
	t.Helper()
	for range 400 {
		if strings.Contains(b.URL(), address) && !b.Has("[aria-busy]") {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the futures do not follow the control:", b.URL())
}

// shownToEverybody has the head show the saved future beside that of now; the page for everybody tells of both.
func shownToEverybody(t *testing.T, b *harness.Browser, url string) {
	t.Helper()
	b.Go(url + aheadPage + "?lang=sv")
	harness.Eval[bool](b, `(() => { const s = document.querySelector('select[name=bredvid]'); s.selectedIndex = 1; return true })()`)
	b.ClickText("Visa som det är i dag")
	says(t, b, "#visas", "Alla kan läsa det som sågs den")
	for _, lang := range []string{"ar", "sv"} {
		for _, w := range []int64{360, 1280} {
			b.Width(w)
			b.Go(url + "/v/vuxenslussen/framat?lang=" + lang)
			b.Check(t, "shown-"+lang)
		}
	}
	says(t, b, "main", "Som nu", "En tredje start", "I dag: ungefär", "av talen i det ljusa bandet")
}

// opensWhatRests opens an activity and has one more lead person by person; the places and who waits for them follow.
func opensWhatRests(t *testing.T, b *harness.Browser, url string) {
	t.Helper()
	b.Go(url + aheadPage + "?lang=sv")
	says(t, b, "#platser", "Stöd hela vägen till arbete", "Person för person", "av\u00a010")
	rests := harness.Eval[string](b, `[...document.querySelectorAll('select[name=open] option')].find(o => o.text == 'Grön Kvist').value`)
	b.Go(url + aheadPage + "?lang=sv&handledare=1&oppnas=" + rests)
	says(t, b, "#platser", "Grön Kvist", "Med ändringen: Lediga")
	says(t, b, "#framtid", "fler personaltimmar", "Grön Kvist: om 12 månader väntar ungefär")
	if !b.Has(".control.moved select[name=open]") {
		t.Error("what is opened does not glow")
	}
}

// printed looks at the page as it comes on paper: who and when, each picture and table whole, and nothing to press.
func printed(t *testing.T, b *harness.Browser) {
	t.Helper()
	b.OnPaper(true)
	defer b.OnPaper(false)
	says(t, b, "main", "Vuxenslussen", "Det här har vi antagit")
	for what, js := range map[string]string{
		"a thing to press or the way around": `[...document.querySelectorAll('.nav, aside, button, main > p.noprint')].filter(e => e.offsetParent)`,
		"a picture that is cut or empty":     `[...document.querySelectorAll('#framtid .wide-only svg')].filter(e => { const r = e.getBoundingClientRect(); return r.width < 100 || r.right > innerWidth + 1 })`,
		"a table that is not shown":          `[...document.querySelectorAll('#framtid table')].filter(e => e.getBoundingClientRect().height < 20)`,
	} {
		if n := harness.Eval[int](b, js+".length"); n > 0 {
			t.Errorf("on paper there is %s: %d", what, n)
		}
	}
	if n := harness.Eval[int](b, `document.querySelectorAll('#platser .wide-only svg').length`); n < 8 {
		t.Errorf("%d pictures of places", n)
	}
}

func sillyNumbers(t *testing.T, b *harness.Browser, url string) {
	t.Helper()
	b.Go(url + aheadPage + "?platser=1000000000&starter=-4&fran=2001-01-01&inflode=x&lang=sv")
	says(t, b, ".ds-error-summary", "helt tal")
	b.Go(url + aheadPage + "?platser=1000000000&starter=-4&fran=2001-01-01&manader=9999")
	says(t, b, ".ds-error-summary", "mellan 0 och 5", "mellan 0 och 60", "från i dag", "mellan 1 och 240")
	if got := harness.Eval[string](b, `document.querySelector('input[name=places]').value`); got != "1000000000" {
		t.Errorf("what was typed is gone: %q", got)
	}
	b.Check(t, "ahead-faults")
}

func says(t *testing.T, b *harness.Browser, css string, words ...string) {
	t.Helper()
	text := b.Text(css)
	for _, w := range words {
		if !strings.Contains(text, w) {
			t.Errorf("%s lacks %q: %.600s", css, w, text)
		}
	}
}

// Without script and by keyboard alone, in English: the same futures by the button.
func TestFuturesAreMadeByKeyboardWithScriptOff(t *testing.T) {
	each(t, 24, func(t *testing.T, b *harness.Browser, url string) {
		signIn(b, url, "karin")
		b.ScriptOff()
		b.Go(url + aheadPage + "?lang=en")
		b.FocusOn(`input[name="starts"]`)
		b.Type("3")
		b.FocusOn(`input[name="coaches"]`)
		b.Type("1")
		b.FocusTo("Calculate")
		b.Press()
		says(t, b, "#framtid", "As now", "With the change", "staff hours")
		b.FocusOn(`input[name="weeks"]`)
		b.Type("6")
		b.FocusTo("What would it take?")
		b.Press()
		says(t, b, "aside", "6 weeks")
		b.FocusTo("The same numbers as a table")
		b.Press()
		b.Check(t, "ahead-noscript")
	})
}

// Where nobody has come there is a sentence and no line.
func TestAnEmptyGatewaySaysThatThereIsTooLittle(t *testing.T) {
	each(t, 0, func(t *testing.T, b *harness.Browser, url string) {
		signIn(b, url, "omar")
		b.Go(url + aheadPage)
		says(t, b, "main", "Ingen har kommit hit än")
		if b.Has("#framtid svg") {
			t.Error("a line is drawn of nothing")
		}
		b.Check(t, "ahead-empty")
		b.Validate(t)
	})
}
