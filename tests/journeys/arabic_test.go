package journeys

import (
	"strings"
	"testing"

	"sluss/tests/journeys/harness"
)

// firstLink gives the path of the first link in the page whose path holds the part, without its query.
func firstLink(b *harness.Browser, part string) string {
	return harness.Eval[string](b, `(() => { const a = [...document.querySelectorAll('main a[href]')].map(a => new URL(a.href).pathname);
return a.find(p => p.includes('`+part+`')) || '' })()`)
}

// startPage gives the address of a group start that has a list, or else of the first.
func startPage(b *harness.Browser) string {
	return harness.Eval[string](b, `(() => { const a = [...document.querySelectorAll('main a[href*="/gruppstarter/"]')];
const l = a.find(x => /[1-9]/.test(x.closest('tr')?.querySelector('td:nth-of-type(2)')?.textContent || '')) || a[0]; return new URL(l.href).pathname })()`)
}

// both checks a page at the width of a desk and of a telephone.
func both(t *testing.T, b *harness.Browser, name string) {
	for _, px := range []int64{1280, 360} {
		b.Width(px)
		b.Check(t, name)
	}
	if dir := harness.Eval[string](b, "document.documentElement.dir"); dir != "rtl" && name != "ar-person-plan-papper" { // the paper is in Swedish first
		t.Errorf("%s reads %q", name, dir)
	}
	if s := harness.Eval[string](b, "(document.body.innerText.match(/⟦[^⟧]*⟧/) || [''])[0]"); s != "" {
		t.Errorf("%s lacks the text %s", name, s)
	}
}

func TestEveryPageOfAGatewayReadsInArabic(t *testing.T) {
	url := strings.TrimSuffix(harness.Serve(t, ""), "/")
	b := harness.Start(t)
	signIn(b, url, "karin")
	b.Go(url + "/arbete?lang=ar")
	for _, p := range []struct{ name, path string }{
		{"ar-today", "/arbete"}, {"ar-queue", "/arbete/ko"}, {"ar-new", "/arbete/ko/ny"}, {"ar-starts", "/arbete/gruppstarter"},
		{"ar-people", "/arbete/deltagare"}, {"ar-flow", "/arbete/flode"}, {"ar-search", "/arbete/sok"}, {"ar-followups", "/arbete/uppfoljning"},
	} {
		b.Go(url + p.path)
		both(t, b, p.name)
	}
	b.Go(url + "/arbete/ko/ny")
	b.Fill(`input[name="number"]`, "123")
	b.Fill(`input[name="phone"]`, "070-174 06 21")
	b.Click(`main form.form button[type="submit"]`)
	both(t, b, "ar-new-faults")
	b.Go(url + "/arbete/gruppstarter")
	start := startPage(b)
	b.Go(url + start)
	both(t, b, "ar-start")
	for _, p := range []string{"lista", "brev", "andra"} {
		b.Go(url + start + "/" + p)
		both(t, b, "ar-start-"+p)
	}
	b.Go(url + "/arbete/ko")
	person := firstLink(b, "/person/")
	b.Go(url + person)
	both(t, b, "ar-waiting")
	b.Go(url + strings.TrimSuffix(person, "/") + "/remiss")
	both(t, b, "ar-referral")
}

func TestEveryPageOfACoachReadsInArabic(t *testing.T) {
	url := strings.TrimSuffix(harness.Serve(t, ""), "/")
	b := harness.Start(t)
	signIn(b, url, "lena")
	b.Go(url + "/arbete?lang=ar")
	both(t, b, "ar-coach-today")
	b.Go(url + "/arbete/deltagare")
	both(t, b, "ar-coach-people")
	person := firstLink(b, "/person/")
	for _, p := range []string{"", "/uppgifter", "/plan", "/plan/mal", "/plan/insats", "/plan/papper", "/plan/behov", "/plan/fran-papper", "/bordet",
		"/bordet/behov", "/kontakt", "/avslut", "/trad", "/coach"} {
		b.Go(url + person + p)
		both(t, b, "ar-person"+strings.ReplaceAll(p, "/", "-"))
	}
}
