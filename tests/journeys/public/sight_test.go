package public_test

import (
	"strings"
	"testing"

	"sluss/internal/i18n"
	"sluss/tests/journeys/harness"
)

// seen are the pages that somebody new, and then a person, sees most.
var seen = []string{"/v/vuxenslussen", "/v/vuxenslussen/ring", "/in", "/min", "/min/tyck-till"}

// faint gives what one cannot make out where the browser alone chooses colours: a button without an edge, or a place in a menu that
// looks like its neighbours.
const faint = `(() => { const edge = (e, s) => getComputedStyle(e)[s];
for (const e of document.querySelectorAll('.ds-button:not([data-variant=tertiary])')) if (e.offsetParent && (edge(e, 'borderTopStyle') === 'none' || parseFloat(edge(e, 'borderTopWidth')) === 0)) return 'no edge: ' + e.outerHTML.slice(0, 200);
for (const e of document.querySelectorAll('.nav [aria-current], .langs [aria-current]')) if (e.offsetParent && (edge(e, 'borderBottomStyle') === 'none' || parseFloat(edge(e, 'borderBottomWidth')) === 0)) return 'not marked: ' + e.outerHTML.slice(0, 200);
return '' })()`

// outlined tells whether what has the focus has a line around it.
const outlined = `(() => { const s = getComputedStyle(document.activeElement); return document.activeElement !== document.body && s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 })()`

// moving gives the first thing on the page that moves or fades.
const moving = `(() => { const still = s => s.split(',').every(x => parseFloat(x) === 0);
const e = [...document.querySelectorAll('*')].find(e => { const s = getComputedStyle(e); return !still(s.transitionDuration) || s.animationName !== 'none' && !still(s.animationDuration) });
return e ? e.outerHTML.slice(0, 200) : '' })()`

func TestTheMainPagesAreWholeHoweverOneSeesThem(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, "", "--months", "1"), "/")
	b := harness.Start(t)
	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/min"] button`)
	go360(t, b, url, "/v/vuxenslussen", "/in", "/min")
	b.Width(640) // what is left of 1280 pixels at 200 %
	for _, page := range seen {
		if b.Go(url + page); b.Overflow() != "" {
			t.Errorf("%s scrolls sideways at 200 %%: %s", page, b.Overflow())
		}
	}
	b.Prefers("prefers-reduced-motion", "reduce")
	for _, page := range seen {
		b.Go(url + page)
		if e := harness.Eval[string](b, moving); e != "" {
			t.Errorf("%s moves for somebody who asked it not to: %s", page, e)
		}
	}
	b.Prefers("forced-colors", "active")
	for _, page := range seen {
		b.Go(url + page)
		if e := harness.Eval[string](b, faint); e != "" {
			t.Errorf("%s in forced colours: %s", page, e)
		}
		for range 3 {
			b.Key("\t")
			if !harness.Eval[bool](b, outlined) {
				t.Errorf("%s in forced colours does not show the focus: %s", page, harness.Eval[string](b, "document.activeElement.outerHTML.slice(0, 200)"))
			}
		}
	}
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
