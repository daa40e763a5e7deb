// Package course_test walks from a word to an occupation, to a course, and writes what everybody reads of them.
package course_test

import (
	"os"
	"strings"
	"testing"

	"sluss/internal/store/storetest"
	"sluss/tests/journeys/harness"
)

func TestMain(m *testing.M) {
	code := storetest.Main(m)
	harness.Clean()
	os.Exit(code)
}

func TestSomebodyFindsAnOccupationInPlainWordsAndIsInterestedInOneTap(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, "", "--months", "4"), "/")
	b := harness.Start(t)
	b.ScriptOff()
	says := func(want ...string) {
		t.Helper()
		text := b.Text("body")
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %q:\n%.1500s", b.URL(), w, text)
			}
		}
	}
	check := func(name string) {
		t.Helper()
		for _, px := range []int64{1280, 360} {
			b.Width(px)
			b.Check(t, name)
		}
	}

	for lang, words := range map[string]string{"ar": "طبخ", "sv": "laga mat"} {
		b.Go(url + "/v/vuxenslussen/jobb?lang=" + lang)
		check("jobs-" + lang)
		b.Fill("#f-q", words)
		b.Click(".seek button")
		check("jobs-found-" + lang)
		b.Click(`main a[href="/v/vuxenslussen/jobb/i5zY_AwC_RGf"]`)
		says("Rekryteringssituationen för kockar i Västra Götalands län bedöms kännetecknas av brist.", "2025-2", "Prova på köket")
		switch lang {
		case "ar":
			says("جرّب المطبخ", "4 أسابيع", "الدورة مجانية", "studiestartsstöd", "مضى على هذا التقييم أكثر من سنة")
		default:
			says("4 veckor, 3 dagar i veckan", "Kursen kostar inget", "mer än ett år gammal")
		}
		check("job-" + lang)
	}
	b.Validate(t)
	for lang, untold := range map[string]string{"sv": "", "sv-x-latt": "finns inte på lätt svenska än", "en": "not translated yet", "ar": "لم يُترجم بعد"} {
		b.Go(url + "/v/vuxenslussen/jobb/PDNm_NZ2_WRh?lang=" + lang)
		says("Datorn på jobbet", untold)
		if lang == "sv" && strings.Contains(b.Text("body"), "översatt") {
			t.Error("Swedish is said not to be translated")
		}
		check("job-untold-" + lang)
	}

	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/min"] button`)
	b.Click(`main a[href="/min/jobb"]`)
	b.Fill("#f-q", "hjälpa gamla")
	b.Click(".seek button")
	b.Click(`main a[href="/min/jobb/Pda7_Z6w_9t3"]`)
	check("own-job")
	b.Click(`main form button[aria-label*="Vårdbiträde med språkstöd"]`)
	says("Du har inte lovat något", "Du är intresserad")
	b.Go(url + "/min/jobb")
	says("Vårdbiträde med språkstöd")
	check("own-jobs")
	b.Forget()

	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/in"]:has(input[value="lena"]) button`)
	b.Go(url + "/arbete/kurser")
	check("courses")
	says("mer än ett år gammal", "inte helt på")
	b.Click(`main tbody a[href^="/arbete/kurser/"]`)
	says("På arabiska: allt finns")
	check("course")
	b.Go(url + "/arbete/kurser")
	b.Click(`main tbody tr:nth-child(5) a[href^="/arbete/kurser/"]`)
	says("På engelska: inget finns än")
	b.Click(`main form details:nth-of-type(2) summary`)
	b.Click("#f-title_en")
	b.Fill("#f-title_en", "The computer at work")
	b.Fill("#f-cost_en", "You can bring your lunch.")
	b.Click(`main form[method="post"] .row button`)
	says("Sparat. Alla ser det nu.")
	b.Go(url + "/v/vuxenslussen/jobb/PDNm_NZ2_WRh?lang=en")
	says("The computer at work", "Datorn på jobbet", "6 weeks, one day a week", "The course costs nothing", "not translated yet")
	b.Go(url + "/arbete/kurser/yrken?q=laga+mat&lang=sv")
	b.Click(`main a[href="/arbete/kurser/yrken/i5zY_AwC_RGf"]`)
	b.Fill("#f-names_sv", "gryta")
	b.Click(`main form[method="post"] button`)
	check("occupation")
	b.Go(url + "/v/vuxenslussen/jobb?q=grytor")
	says("Kockar")
}

// TestSomebodyNobodyKnowsAsksAboutACourseAndItFollowsThemIntoTheQueue: from the front page in Arabic to what their coach reads.
func TestSomebodyNobodyKnowsAsksAboutACourseAndItFollowsThemIntoTheQueue(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	url := strings.TrimSuffix(harness.Serve(t, "", "--months", "1"), "/")
	b := harness.Start(t)
	b.ScriptOff()
	b.Width(360)
	says := func(want ...string) {
		t.Helper()
		text := b.Text("body")
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %q:\n%.1500s", b.URL(), w, text)
			}
		}
	}
	b.Go(url + "/v/vuxenslussen?lang=ar")
	says("دورات تؤدي إلى عمل", "جرّب المطبخ")
	b.ClickText("جرّب المطبخ")
	b.Click(`main a[href*="/ring?kurs="][aria-label*="جرّب المطبخ"]`)
	says("سؤالك عن", "جرّب المطبخ", "Prova på köket")
	b.Check(t, "ask-about-ar")
	b.Click(`main form[method="post"] button`)
	says("جرّب المطبخ")
	b.Check(t, "ask-about-ar-error")
	b.Fill("#f-name", "Samira Haddad")
	b.Fill("#f-phone", "070-174 06 21")
	b.Click(`main form[method="post"] button`)
	says("شكرًا")

	for _, odd := range []string{"x", "7", strings.Repeat("9", 200)} { // of no course: the form is as for anybody
		b.Go(url + "/v/vuxenslussen/ring?lang=sv&kurs=" + odd)
		if b.Has(`input[name="kurs"]`) || strings.Contains(b.Text("main"), "Du vill veta mer om") {
			t.Errorf("there is a course %.10q", odd)
		}
	}
	b.Forget()
	b.Width(1280)
	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/in"]:has(input[value="karin"]) button`)
	b.Go(url + "/arbete/anmalan")
	b.ClickText("Samira Haddad")
	says("Vill veta mer om kursen", "Prova på köket")
	b.Check(t, "application-about")
	b.Fill(`#f-reason`, "work")
	b.ClickText("Ställ i kön")
	says("Personen står i kön")
	b.Go(strings.TrimRight(b.URL(), "/") + "/aktiviteter")
	says("Intresserad av", "Prova på köket")
	b.Check(t, "interest-kept")
	b.Validate(t)
}
