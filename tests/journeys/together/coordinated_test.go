package together_test

import (
	"strings"
	"testing"

	"sluss/internal/demo/demotest"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/plan"
	"sluss/internal/store/storetest"
	"sluss/tests/journeys/harness"
)

// TestThePlanIsDecidedOnceAsACoordinatedOneAndPrintedWithItsFourParts: by the municipality and the region, in the gateway's own pages, and
// on paper in the languages of both who sit at the table.
func TestThePlanIsDecidedOnceAsACoordinatedOneAndPrintedWithItsFourParts(t *testing.T) {
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	t.Run("sqlite", func(t *testing.T) { coordinated(t, storetest.SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { coordinated(t, storetest.Postgres(t)) })
}

func coordinated(t *testing.T, dsn string) {
	s := storetest.Open(t, dsn)
	w := demotest.New(t, s)
	who := samira(t, w)
	ctx, lena, d := t.Context(), w.Actor(t, "lena"), &plan.Desk{Store: s}
	for kind, what := range map[string]string{org.KindMunicipality: "Arbetsträning i köket", org.KindRegion: "Samtal på vårdcentralen", org.KindEmployment: "Prova på i storkök"} {
		_, err := d.BeginMeasure(ctx, lena, who, plan.MeasureForm{What: what, WhyNow: "Samira vill laga mat.", WhatNext: "En anställning med stöd.", Agency: w.Place.Agencies[kind], From: w.Now().Date()})
		must(t, err)
	}
	region := w.Place.Agencies[org.KindRegion].String()
	s.Close()
	url := strings.TrimSuffix(harness.Serve(t, dsn, "--keys", w.KeyFile), "/")
	b := harness.Start(t)
	b.ScriptOff()
	page := url + planOf(who)
	b.Go(url + "/arbete/in?lang=sv")
	b.ClickText("Lena")
	b.Go(url + "/arbete/person/" + who.String() + "/plan")
	b.ClickText("Kommunen och regionen har beslutat om en")
	if b.URL() != page {
		t.Fatalf("the plan leads to %s", b.URL())
	}
	want := func(words ...string) {
		t.Helper()
		text := b.Text("body")
		for _, x := range words {
			if !strings.Contains(text, x) {
				t.Errorf("%q is not at %s:\n%.1500s", x, b.URL(), text)
			}
		}
	}
	b.Click("main form button")
	b.Check(t, "coordinated-fault")
	b.Fill(`select[name="lead"]`, region)
	b.Click(`input[name="how"][value="table"]`)
	b.Click("main form button")
	want("Sparat. Nu går den samordnade planen att skriva ut.", "har det övergripande ansvaret", "Samira sa ja vid bordet.")
	for _, lang := range []string{"ar", "sv"} {
		b.Width(360)
		b.Go(page + "?lang=" + lang)
		b.Check(t, "coordinated-"+lang)
	}
	if b.Has(`main form select[name="lead"]`) {
		t.Error("it can be decided a second time")
	}
	b.Width(1280)
	b.Click(`main a[href$="/papper"]`)
	b.OnPaper(true)
	b.Check(t, "coordinated-paper")
	rest := b.Text("body")
	for _, part := range []string{"Det som behövs", "Jag vill laga mat igen.", "Vem svarar för vad", "Ekhamra kommun", "Arbetsträning i köket", "Vårdcentralen Ekhamra", "Samtal på vårdcentralen",
		"Det som andra gör", "Arbetsförmedlingen", "Prova på i storkök", "Vem har det övergripande ansvaret", "Vårdcentralen Ekhamra", "Samira Haddad, datum", "Kommunen, datum", "Regionen, datum"} {
		_, after, found := strings.Cut(rest, part)
		if !found {
			t.Errorf("%q is not where it should be on the paper, of which is left:\n%s", part, rest)
			continue
		}
		rest = after
	}
	b.OnPaper(false)

	b.Forget()
	b.Go(url + "/arbete/in?lang=sv")
	b.ClickText("Amina")
	b.ClickText("Samira Haddad")
	want("Planen är också en SIP.", "Vårdcentralen Ekhamra har ansvar för helheten.")
	b.Check(t, "coordinated-shared")
	b.Forget()
	b.Go(url + "/arbete/in?lang=sv")
	b.Click(`form[action="/demo/min"]:has(input[value="samira"]) button`)
	for _, lang := range []string{"sv", "ar"} {
		b.Go(url + "/min/tillsammans?lang=" + lang)
		b.Width(360)
		b.Check(t, "coordinated-own-"+lang)
	}
	b.Go(url + "/min/tillsammans?lang=sv")
	want("Din plan är också en SIP.", "Vårdcentralen Ekhamra har ansvar för helheten.")
}

func planOf(who id.Person) string { return "/arbete/person/" + who.String() + "/plan/samordnad" }
