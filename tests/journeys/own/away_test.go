package own_test

import (
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

func TestWhoIsIllSaysSoOfAMeetingInArabicWithoutScriptAndTheirCoachReadsIt(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, ""), "/")
	b := harness.Start(t)
	b.Width(360)
	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/min"]:has(input[value="samira"]) button`)
	b.ScriptOff()
	b.Go(url + "/min/tider?lang=ar")
	b.Click(`form[action^="/min/moten/talk."][action$="/kan-inte"] button`)
	if !b.Has(`form[action^="/min/moten/talk."][action$="/kan"]`) {
		t.Fatal("nothing says that she cannot come: ", b.Text("main"))
	}
	if o := b.Overflow(); o != "" {
		t.Error(o)
	}
	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/in"]:has(input[value="samar"]) button`)
	b.Go(url + "/arbete")
	b.Click(`a[href$="/kontakt#kan-inte"]`)
	b.Click(`#kan-inte form button`)
	if b.Has(`#kan-inte form`) || !strings.Contains(b.Text("#kan-inte"), "Läst av") {
		t.Error("it is not read: ", b.Text("main"))
	}
}

// TestAGroupStartsListSaysWhoDoesNotCome: what somebody told on the telephone stands in their row.
func TestAGroupStartsListSaysWhoDoesNotCome(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, ""), "/")
	b := harness.Start(t)
	b.ScriptOff()
	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/in"]:has(input[value="lena"]) button`)
	b.Go(url + "/arbete/gruppstarter")
	b.Click(`main a[href^="/arbete/gruppstarter/"]`)
	start := b.URL()
	if s := b.Text("main table"); strings.Contains(s, "Kan inte komma") {
		t.Fatal("nobody has told:", s)
	}
	b.Click(`main tr:nth-child(2) a[href^="/arbete/person/"]`)
	b.Go(b.URL() + "/tider")
	b.Click(`main form[action$="/moten/kan-inte"] button`)
	b.Go(start)
	if s := b.Text("main tr:nth-child(2)"); !strings.Contains(s, "Kan inte komma") {
		t.Error("it has been told:", s)
	}
	b.Check(t, "start-out")
}
