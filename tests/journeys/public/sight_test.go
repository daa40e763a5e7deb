package public_test

import (
	"strings"
	"testing"

	"sluss/internal/i18n"
	"sluss/tests/journeys/harness"
)

func TestTheMainPagesAreWholeOnANarrowTelephone(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, "", "--months", "1"), "/")
	b := harness.Start(t)
	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/min"] button`)
	go360(t, b, url, "/v/vuxenslussen", "/in", "/min")
	b.ScriptOff()
	go360(t, b, url, "/min")
}

// go360 checks pages on a narrow telephone in every language that they are in.
func go360(t *testing.T, b *harness.Browser, url string, pages ...string) {
	t.Helper()
	b.Width(360)
	for _, l := range i18n.Public() {
		b.Go(url + "/min?lang=" + l.Tag)
		for _, page := range pages {
			b.Go(url + page)
			if got := harness.Eval[string](b, "document.documentElement.lang"); got != l.Tag {
				t.Errorf("%s is in %s, wants %s", page, got, l.Tag)
			}
			b.Check(t, "sight"+strings.ReplaceAll(page, "/", "-")+"-"+l.Tag)
		}
	}
}

func TestSomebodyAsksInArabicByKeyboardAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url, ar := strings.TrimSuffix(harness.Serve(t, "", "--months", "1"), "/"), i18n.Get("ar")
	b := harness.Start(t)
	b.Width(360)
	b.Go(url + "/v/vuxenslussen?lang=ar")
	b.FocusOn(`.hero a[href$="/borja"]`)
	b.Press()
	b.FocusOn("#f-name")
	b.Type("سميرة")
	b.FocusOn("#f-phone")
	b.Type("070-174 06 21")
	b.FocusTo(ar.T("public.start.do"))
	b.Press()
	want(t, b, ar.T("public.thanks"))
}
