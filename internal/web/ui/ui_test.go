package ui_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/web/asset"
	"sluss/internal/web/ui"
)

func TestEveryFormCarriesTheTokenAndTheSubmission(t *testing.T) {
	html := render(t, ui.Gallery(samplePage("sv", "/")))
	forms := strings.Count(html, "<form")
	if forms < 5 || strings.Count(html, `method="post"`) != forms {
		t.Fatalf("%d forms, not all of which post", forms)
	}
	for _, hidden := range []string{`<input type="hidden" name="_token" value="t">`, `<input type="hidden" name="_once" value="s">`} {
		if n := strings.Count(html, hidden); n != forms {
			t.Errorf("%d forms, %d %s", forms, n, hidden)
		}
	}
}

func TestPagesHoldNoStyleAndNoScript(t *testing.T) {
	for _, lang := range []string{"sv", "ar"} {
		html := render(t, ui.Gallery(samplePage(lang, "/")))
		if m := regexp.MustCompile(`<script|<style| style=| on[a-z]+="`).FindString(html); m != "" {
			t.Errorf("%s holds %s", lang, m)
		}
	}
}

func TestFaultsStandFirstAndLeadToTheirFields(t *testing.T) {
	p := samplePage("sv", "/")
	var form fault.Form
	form.Add("pnr", "ui.gallery.pnr.fault")
	form.Add("", "ui.gallery.how.fault")
	html := render(t, ui.Errors(p, form)) + render(t, ui.Text(ui.Field{Name: "pnr", Label: "L", Good: "G", Value: `a"b`, Error: ui.Fault(p.L, form, "pnr")}))
	for _, want := range []string{
		`tabindex="-1" role="group" aria-labelledby="faults" autofocus`, "2 saker behöver rättas", `<a href="#f-pnr">`, `id="f-pnr"`,
		`aria-describedby="f-pnr-d f-pnr-e"`, `aria-invalid="true"`, `id="f-pnr-e">Numret har elva`, `value="a&#34;b"`, `for="f-pnr"`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in %s", want, html)
		}
	}
	if render(t, ui.Errors(p, nil)) != "" || ui.Fault(p.L, form, "other") != "" {
		t.Error("a form without faults says something")
	}
}

func TestErrorSummaryLeadsToTheFirstOption(t *testing.T) {
	html := render(t, ui.Radios(ui.Field{Name: "how", Label: "L", Value: "b"}, []ui.Option{{Value: "a", Text: "A"}, {Value: "b", Text: "B"}}))
	if !strings.Contains(html, `id="f-how" name="how" value="a">`) || !strings.Contains(html, `id="f-how-2" name="how" value="b" checked>`) {
		t.Error(html)
	}
}

func TestTitleOfAFailedFormSaysSoFirst(t *testing.T) {
	p := samplePage("sv", "/")
	p.Title, p.Failed = "Ny i kön", true
	if html := render(t, ui.Layout(p)); !strings.Contains(html, "<title>Fel: Ny i kön – Sluss</title>") {
		t.Error(html)
	}
}

func TestLanguageLinksKeepThePageAndLeadNowhereElse(t *testing.T) {
	for path, want := range map[string]string{
		"/arbete/ko?sida=2&lang=ar": `href="/arbete/ko?lang=en&amp;sida=2"`, "": `href="?lang=en"`, "https://annan.se/": `href="?lang=en"`, "//annan.se/": `href="?lang=en"`,
	} {
		if html := render(t, ui.Layout(samplePage("sv", path))); !strings.Contains(html, want) {
			t.Errorf("%q gives no %s", path, want)
		}
	}
}

func TestUnreviewedLanguageSaysSoOnEveryPage(t *testing.T) {
	for lang, want := range map[string]bool{"sv": false, "ar": true} {
		p := samplePage(lang, "/")
		note := p.L.T("ui.unreviewed")
		for name, c := range map[string]templ.Component{"layout": ui.Layout(p), "joint": ui.Joint(p, "/", "x"), "paper": ui.Paper(p)} {
			if strings.Contains(render(t, c), note) != want {
				t.Errorf("%s in %s", name, lang)
			}
		}
	}
}

func TestOutsideThereIsNeitherSearchNorMenu(t *testing.T) {
	p := samplePage("sv", "/")
	p.Who = ""
	if html := render(t, ui.Layout(p)); strings.Contains(html, "<form") || strings.Contains(html, `class="menu"`) {
		t.Error(html)
	}
}

func TestMoreThanSevenLinesAreFolded(t *testing.T) {
	l := i18n.Get("sv")
	if html := render(t, ui.Lines(l, make([]ui.Line, 7))); strings.Contains(html, "<details") {
		t.Error("seven are folded")
	}
	html := render(t, ui.Lines(l, make([]ui.Line, 10)))
	if head, rest, ok := strings.Cut(html, "<details"); !ok || strings.Count(head, "<li>") != 7 || strings.Count(rest, "<li>") != 3 || !strings.Contains(rest, "3 till") {
		t.Error(html)
	}
}

func TestStackedTableKeepsItsRolesAndSaysItsHeadings(t *testing.T) {
	html := render(t, ui.Table{Stack: true, Cols: []ui.Col{{Text: "Namn"}, {Text: "Varför här i kön", Short: "Varför"}}, Rows: []ui.Row{
		{Section: "Kommer"}, {Cells: []ui.Cell{ui.T("Nour"), ui.T("Remiss")}}, {Cells: []ui.Cell{ui.T("Peter"), {}}},
	}}.Show())
	for want, n := range map[string]int{`role="row"`: 4, `role="cell"`: 2, `data-h="Varför"`: 1, `role="rowheader"`: 3, `role="columnheader"`: 2} {
		if strings.Count(html, want) != n {
			t.Errorf("%d %s in %s", strings.Count(html, want), want, html)
		}
	}
}

func TestYesAndNotYetLookAlike(t *testing.T) {
	html := render(t, ui.StepQuestion(samplePage("sv", "/"), "/x", ui.Question{Title: "?", Name: "step"}))
	if strings.Count(html, `data-variant="secondary"`) != 2 || strings.Count(html, "<button") != 2 {
		t.Error(html)
	}
}

func TestEveryLanguageHasEveryTextOfTheParts(t *testing.T) {
	sv := i18n.Get("sv").Keys()
	for _, l := range i18n.All() {
		for key := range sv {
			if strings.HasPrefix(key, "ui.") && !l.Has(key) {
				t.Errorf("%s lacks %s", l.Tag, key)
			}
		}
	}
	if html := render(t, ui.Gallery(samplePage("sv", "/"))); strings.Contains(html, "⟦") {
		t.Error("a text is missing on the components page")
	}
}

func TestAssetPathFallsBackWithoutABundle(t *testing.T) {
	if got := asset.Path("none.css"); got != "/static/none.css" {
		t.Error(got)
	}
}
