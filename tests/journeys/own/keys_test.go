package own_test

import (
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

func TestAParticipantGoesTheirOwnWayByKeyboardAloneInEachLanguage(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, ""), "/")
	b := harness.Start(t)
	b.Width(360)
	b.Go(url + "/arbete/in?lang=sv")
	b.FocusOn(`form[action="/demo/min"]:has(input[value="samira"]) button`)
	b.Press()
	press := func(css string) {
		t.Helper()
		b.FocusOn(css)
		b.Press()
	}
	for lang, words := range map[string]string{"ar": "أريد أن أخيط", "en": "I want to sew", "sv-x-latt": "Jag vill sy"} {
		b.Go(url + "/min?lang=" + lang)
		press(`main a[href="/min/mal"]`)
		b.FocusOn(`textarea[name="words"]`)
		b.Type(words)
		press(`main form button`)
		if !strings.Contains(b.Text("main"), words) {
			t.Errorf("%s: the goal is not on Min väg", lang)
		}
	}
	b.Go(url + "/min?lang=ar")
	press(`form[action="/min/steg"] button[value="yes"]`)
	press(`form[action^="/min/uppgift/"] button`)
	press(`.glow form[action$="/kan-inte"] button`)
	if b.Go(url + "/min/tider"); !b.Has(`form[action$="/kan"]`) {
		t.Error("nothing says that she cannot come")
	}
	press(`main a[href="/min"]`)
	if b.Has(`form[action="/min/steg"]`) {
		t.Error("the step is still asked for")
	}
	press(`main a[href="/min/samtycken"]`)
	press(`main a[href^="/min/samtycken/"]`)
	press(`main form button`)
	if strings.Count(b.URL(), "/") > 4 {
		t.Errorf("the yes is not taken back: at %s", b.URL())
	}
}
