package journeys

import (
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

// ranges measures every range of times on a page, in order of its text: "turned" where the first time does not stand to the left of the
// second, "broken" where they do not stand on one line, and else "".
const ranges = `(() => { const out = [], w = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
while (w.nextNode()) { const s = w.currentNode.textContent;
for (const m of s.matchAll(/(\d\d[.:]\d\d)[^\d]*–[^\d]*(\d\d[.:]\d\d)/g)) {
const box = (at, n) => { const r = document.createRange(); r.setStart(w.currentNode, at); r.setEnd(w.currentNode, at + n); return r.getBoundingClientRect() };
const a = box(m.index, m[1].length), b = box(m.index + m[0].length - m[2].length, m[2].length);
if (!a.width) continue;
out.push(Math.abs(a.top - b.top) > 2 ? 'broken ' + m[0] : a.left >= b.left ? 'turned ' + m[0] : '') } }
return out })()`

func TestARangeOfTimesRunsOneWayAndHoldsTogetherInArabic(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, ""), "/")
	b := harness.Start(t)
	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/min"]:has(input[value="samira"]) button`)
	for _, l := range []string{"sv", "ar"} {
		seen := 0
		b.Go(url + "/min?lang=" + l)
		for _, page := range []string{"/v/vuxenslussen", "/min", "/min/tider", "/min/lasningar"} {
			for _, px := range []int64{1280, 360} {
				b.Width(px)
				b.Go(url + page)
				for _, fault := range harness.Eval[[]string](b, ranges) {
					if seen++; fault != "" {
						t.Errorf("%s in %s, %d wide: %s", page, l, px, fault)
					}
				}
			}
		}
		if seen < 8 {
			t.Errorf("only %d ranges are found in %s", seen, l)
		}
	}
}

// Easy Swedish can be chosen wherever a person reads about themselves, and is not carried to the pages for staff.
func TestEasySwedishIsOfferedAtTheTableOnPaperAndWhereNothingIsFound(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, ""), "/")
	b := harness.Start(t)
	signIn(b, url, "lena")
	b.Go(url + "/arbete/deltagare")
	person := strings.TrimSuffix(firstLink(b, "/person/"), "/")
	offers := func(page string) bool {
		b.Go(url + page)
		return b.Has(`nav.langs a[href*="lang=sv-x-latt"]`)
	}
	for _, page := range []string{person + "/bordet", "/arbete/blanketter"} {
		if !offers(page) {
			t.Errorf("%s does not offer easy Swedish", page)
		}
	}
	if offers(person + "/plan") {
		t.Error("a page for staff offers easy Swedish")
	}
	b.Go(url + person + "/bordet?lang=sv-x-latt")
	if got := harness.Eval[string](b, "document.documentElement.lang"); got != "sv-x-latt" {
		t.Errorf("the table is in %s", got)
	}
	b.Go(url + person + "/plan")
	if got := harness.Eval[string](b, "document.documentElement.lang"); got != "sv" {
		t.Errorf("the plan is in %s after easy Swedish at the table", got)
	}
	b.Go(url + "/arbete/in?lang=sv")
	b.Go(url + "/min/finns-inte")
	if !b.Has(`nav.langs a[href*="lang=sv-x-latt"]`) {
		t.Error("a page of one's own that is not there does not offer easy Swedish")
	}
}
