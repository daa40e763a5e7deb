package public_test

import (
	"strconv"
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

const tale = "Jag kom hit med min syster. Nu kommer jag själv, varje vecka."

// TestWhatAGatewayTellsBeginsWithSomebodyAndEndsWhenTheySaySo: a story from its owner's words to everybody and back, an activity that is
// opened to all, and something sent elsewhere with one address.
func TestWhatAGatewayTellsBeginsWithSomebodyAndEndsWhenTheySaySo(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, "", "--months", "4"), "/")
	b := harness.Start(t)
	b.ScriptOff()
	check := func(name string) {
		t.Helper()
		for _, px := range []int64{1280, 360} {
			b.Width(px)
			b.Check(t, name)
		}
	}
	become := func(form string) {
		t.Helper()
		b.Forget()
		b.Go(url + "/arbete/in?lang=sv")
		b.Click(form + " button")
	}
	const own, karin = `form[action="/demo/min"]`, `form[action="/demo/in"]:has(input[value="karin"])`
	read := func(want bool) {
		t.Helper()
		for _, part := range []string{"", "/berattelser", "/bit"} {
			b.Go(url + "/v/vuxenslussen" + part + "?lang=sv")
			if got := strings.Contains(b.Text("body"), tale); got != want {
				t.Errorf("%q: the story is there %v, wants %v", part, got, want)
			}
		}
	}

	var somebody string // who has told nothing yet: the demo has let some do so
	b.Go(url + "/arbete/in?lang=sv")
	for _, who := range strings.Fields(harness.Eval[string](b, `[...document.querySelectorAll('`+own+` input:not([name^="_"])')].map(e => e.value).join(' ')`)) {
		if somebody = own + `:has(input[value="` + who + `"])`; !told(b, url, func() { become(somebody) }) {
			break
		}
	}
	become(somebody)
	name := strings.TrimPrefix(strings.TrimSpace(b.Text("h1")), "Hej ")
	b.Click(`main a[href="/min/berattelse"]`)
	check("story-new")
	b.Fill("#f-words", "Jag heter "+name+". "+tale)
	b.Click(`form[action="/min/berattelse"] button`)
	want(t, b, "Ditt namn, "+name+", står i texten")
	check("story-fault")
	b.Fill("#f-words", tale)
	b.Fill("#f-name", "En som kom med sin syster")
	b.Click(`form[action="/min/berattelse"] button`)
	want(t, b, "Läs nu hur det blir")
	check("story-read")
	b.Click(`form[action="/min/berattelse/ja"] button`)
	want(t, b, "Ingen annan ser den än")
	read(false)

	become(karin)
	b.Go(url + "/arbete/verksamheten/berattelser")
	want(t, b, tale)
	check("stories-staff")
	b.Click(`main li:has(figure):has(form[action$="/berattelse/visa"]):last-child form button`)
	want(t, b, "Berättelsen visas nu")
	read(true)
	for _, lang := range []string{"sv", "ar"} {
		b.Go(url + "/v/vuxenslussen?lang=" + lang)
		check("front-told-" + lang)
		b.Go(url + "/v/vuxenslussen/berattelser?lang=" + lang)
		check("stories-" + lang)
	}
	open(t, b, url)
	send(t, b, url)

	become(somebody)
	b.Go(url + "/min/berattelse?lang=sv")
	want(t, b, "Alla kan läsa den nu")
	check("story-shown")
	b.Click(`form[action="/min/berattelse/tillbaka"]:has(input[value="yes"]) button`)
	want(t, b, "Ditt ja är taget tillbaka")
	read(false)
	b.Validate(t)
}

// told tells whether somebody has told their story already.
func told(b *harness.Browser, url string, become func()) bool {
	become()
	b.Go(url + "/min/berattelse?lang=sv")
	return !b.Has("#f-words")
}

// open lets everybody read of the first activity of the week, and takes it back.
func open(t *testing.T, b *harness.Browser, url string) {
	t.Helper()
	b.Width(1280)
	b.Go(url + "/arbete/schema?vy=lista&lang=sv")
	const once = "Digital vardag" // which has one run alone, and rests some weeks
	for week := 0; week < 6 && !strings.Contains(b.Text("main"), once); week++ {
		b.ClickText("Nästa")
	}
	b.ClickText(once)
	name, at := b.Text("h1"), b.URL()
	if b.Has(`form[action$="/visa"] input[name=shown][value=no]`) { // the demo shows some already
		b.Click(`form[action$="/visa"] button`)
	}
	for _, shown := range []bool{true, false} {
		b.Go(at)
		b.Click(`form[action$="/visa"] button`)
		b.Go(url + "/v/vuxenslussen")
		if got := harness.Eval[bool](b, `[...document.querySelectorAll('main h3')].some(h => h.innerText.trim() == `+strconv.Quote(strings.TrimSpace(name))+`)`); got != shown {
			t.Errorf("that %s is on the page for everybody is %v:\n%s", name, got, b.Text("main"))
		}
		if shown {
			want(t, b, "Öppna aktiviteter")
		}
	}
}

// send makes an address for something that is sent elsewhere; who follows it is counted and not known.
func send(t *testing.T, b *harness.Browser, url string) {
	t.Helper()
	b.Go(url + "/arbete/kurser/utskick")
	b.Fill("#f-name", "Brev från ekonomiskt bistånd")
	b.Fill("#f-code", "vintern")
	b.Click(`form[action="/arbete/kurser/utskick"] button`)
	want(t, b, "Brev från ekonomiskt bistånd")
	b.Click(`main a[href="/v/vuxenslussen/u/vintern"]`)
	b.Check(t, "outreach-public")
	if kept := harness.Eval[string](b, "document.cookie"); strings.Contains(kept, "vintern") {
		t.Errorf("the browser keeps where one came from: %s", kept)
	}
	b.Go(url + "/arbete/kurser/utskick")
	b.Check(t, "outreach")
	want(t, b, "Gånger sidan har lästs")
}
