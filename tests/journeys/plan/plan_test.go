// Package plan_test walks through a person's plan as the person and the coach do: at the desk, at the table, on paper.
package plan_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/demo"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/person"
	"sluss/internal/plan"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/internal/vault"
	"sluss/tests/journeys/harness"
)

func TestMain(m *testing.M) {
	code := storetest.Main(m)
	harness.Clean()
	os.Exit(code)
}

// house is a served demo with Samira in it, a participant of Lena's.
type house struct {
	*harness.Browser
	t     *testing.T
	url   string
	who   id.Person
	store *store.Store
	place demo.Place
	vault *vault.Vault
}

func open(t *testing.T) *house {
	t.Helper()
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	h := &house{t: t}
	dsn, keys := storetest.Postgres(t), filepath.Join(t.TempDir(), "keys")
	h.store = storetest.Open(t, dsn)
	h.fill(keys)
	h.url = strings.TrimSuffix(harness.Serve(t, dsn, "--keys", keys), "/")
	h.Browser = harness.Start(t)
	h.Go(h.url + "/arbete/in?lang=sv")
	h.ClickText("Lena")
	return h
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// fill makes the demo and Samira in it.
func (h *house) fill(keys string) {
	ctx := h.t.Context()
	var err error
	h.vault, err = demo.Keys(keys)
	h.ok(err)
	h.ok(h.store.Write(ctx, func(tx *store.Tx) error { return access.Seed(ctx, tx) }))
	now := clock.Clock(clock.System).Now()
	_, err = demo.Make(ctx, &org.Desk{Store: h.store, Vault: h.vault}, now)
	h.ok(err)
	h.ok(h.store.Read(ctx, func(tx *store.Tx) (err error) {
		h.place, err = demo.Find(ctx, tx, now)
		return err
	}))
	a := h.lena()
	p := person.Person{Identity: person.Identity{Given: "Samira", Family: "Haddad"}, Contact: person.Contact{Phone: "070-174 06 21", Language: "ar", Reach: "sms"}}
	r, who, err := (&referral.Desk{Store: h.store}).Receive(ctx, a, referral.Form{Person: p, Kind: referral.Remiss, Reason: "work", ReceivedOn: a.Today(),
		Agency: h.place.Agencies[org.KindMunicipality], FromUnit: h.place.Senders["Ekonomiskt bistånd"]})
	h.ok(err)
	h.who = who
	h.ok(h.store.Write(ctx, func(tx *store.Tx) error {
		acc, err := access.Open(ctx, tx, a, who, access.Everything, access.Write, access.ForStart)
		if err != nil {
			return err
		}
		if _, err = intake.Enrol(ctx, tx, a, acc, r, intake.Booking{On: a.Today(), At: "10:00", Coach: a.Post(), WhyAlone: "demo"}); err != nil {
			return err
		}
		e, _, err := intake.Current(ctx, tx, a, acc)
		if err != nil {
			return err
		}
		return intake.Hold(ctx, tx, a, acc, e, a.Today())
	}))
}

func (h *house) lena() *access.Actor {
	h.t.Helper()
	var a *access.Actor
	h.ok(h.store.Read(h.t.Context(), func(tx *store.Tx) error {
		keys, err := h.vault.Area(h.t.Context(), tx, h.place.Area)
		if err != nil {
			return err
		}
		a, err = access.Enter(h.t.Context(), tx, keys, h.place.Area, h.place.Posts["lena"], clock.Clock(clock.System).Now(), "journey")
		return err
	}))
	a.Declare(access.Everything, access.Read, access.Write)
	return a
}

func (h *house) path(part string) string { return h.url + "/arbete/person/" + h.who.String() + part }

// wish fills the plan with what Samira and Lena have said.
func (h *house) wish() {
	h.t.Helper()
	ctx, d := h.t.Context(), &plan.Desk{Store: h.store}
	g, err := d.WriteGoal(ctx, h.lena(), h.who, plan.GoalForm{Words: "أريد أن أعمل في الطبخ من جديد. كنت طبّاخة في حمص تسع سنوات، وهذا ما أُجيده.", Lang: "ar",
		Translation: "Jag vill arbeta med mat igen. Jag var kock i Homs i nio år, det är det jag kan.", Translator: "Huda Karim"})
	h.ok(err)
	_, err = d.WriteGoal(ctx, h.lena(), h.who, plan.GoalForm{Words: "Jag vill kunna prata själv hos läkaren, utan min son.", Lang: "sv"})
	h.ok(err)
	for _, f := range []plan.TaskForm{{Words: "Ringa vårdcentralen", Other: "الاتصال بالمركز الصحي", Who: plan.Together}, {Words: "Ringa Café Bryggan om praktik", Other: "الاتصال بمقهى بريغان", Who: plan.Together, Goal: g},
		{Words: "Fylla i ansökan om praktik", Other: "ملء طلب التدريب العملي", Who: plan.Staff, Goal: g}, {Words: "Välja dagar i veckan", Other: "اختيار أيام الأسبوع", Who: plan.Self}} {
		_, err = d.WriteTask(ctx, h.lena(), h.who, f)
		h.ok(err)
	}
	today := h.lena().Today()
	_, err = d.BeginMeasure(ctx, h.lena(), h.who, plan.MeasureForm{What: "Prova-på storkök, åtta gånger", Goal: g, Agency: h.place.Agencies[org.KindMunicipality], Unit: h.place.Units["Vuxenslussen"],
		From: today, To: today.Add(30), WhyNow: "Köket på Grön Kvist har plats.", WhatNext: "En vecka på prov på Café Bryggan."})
	h.ok(err)
	_, err = d.BeginMeasure(ctx, h.lena(), h.who, plan.MeasureForm{What: "Samtal om arbetsförmåga", Agency: h.place.Agencies[org.KindInsurance], From: today.Add(-150)})
	h.ok(err)
	h.ok(d.Fill(ctx, h.lena(), h.who, today.Add(-60), plan.AtTable, plan.Answers{"now": {Value: 1}, "meaning": {Value: 2}, "motivation": {Value: 3}, "home": {Value: 2, Words: "Trångt"}}))
	h.ok(d.Fill(ctx, h.lena(), h.who, today.Add(-20), plan.OnPaper, plan.Answers{"now": {Value: 2}, "meaning": {Value: 2}, "participation": {Value: 3}, "motivation": {Value: 3}, "home": {Value: 3}}))
}

// sheet and sheetHigh are what is left of an A4 within its margins, in CSS pixels.
const sheet, sheetHigh = 673, 1039

// asPrinted has the rules for print hold in place of those for the screen.
const asPrinted = `(() => { const walk = rules => { for (const r of rules) { if (r instanceof CSSMediaRule && r.media.mediaText === 'print') r.media.mediaText = 'all';
else if (r instanceof CSSMediaRule && r.media.mediaText === 'screen') r.media.mediaText = 'not all';
if (r.cssRules) walk(r.cssRules) } }; for (const s of document.styleSheets) walk(s.cssRules) })()`

// check holds a page against every bar in both widths.
func (h *house) check(name, url string) {
	h.t.Helper()
	for _, w := range []int64{1280, 360} {
		h.Width(w)
		h.Go(url)
		h.Check(h.t, name)
	}
	h.Width(1280)
}

func TestEveryPageOfThePlanHoldsTheBars(t *testing.T) {
	h := open(t)
	h.check("plan-empty-sv", h.path("/plan"))
	h.check("bordet-empty-sv", h.path("/bordet?fran=sv"))
	h.check("behov-empty-sv", h.path("/plan/behov"))
	h.wish()
	h.check("plan-sv", h.path("/plan"))
	h.check("bordet-sv", h.path("/bordet?fran=sv"))
	for name, part := range map[string]string{"mal": "/bordet/mal?fran=sv", "behov-form": "/bordet/behov?fran=sv", "behov": "/plan/behov", "uppgift": "/plan/uppgift",
		"insats": "/plan/insats", "fran-papper": "/plan/fran-papper"} {
		h.check(name+"-sv", h.path(part))
	}
	h.Width(sheet)
	h.Go(h.path("/plan/papper"))
	h.Check(t, "papper")
	harness.Eval[any](h.Browser, asPrinted)
	h.Check(t, "papper-print")
	if high := harness.Eval[float64](h.Browser, "document.querySelector('main').getBoundingClientRect().height"); high > sheetHigh {
		t.Errorf("the paper is %.0f px high, more than one sheet", high)
	}
	h.check("bordet-ar", h.path("/bordet?fran=sv&lang=ar"))
	h.check("behov-form-ar", h.path("/bordet/behov?fran=sv"))
	h.check("plan-en", h.path("/plan?lang=en"))
}

func TestTheTwoAgreeAtTheTableAndSeeWhatChangedSince(t *testing.T) {
	h := open(t)
	h.wish()
	h.Go(h.path("/plan"))
	h.ClickText("Vänd skärmen")
	if dir := harness.Eval[string](h.Browser, "document.documentElement.dir"); dir != "rtl" {
		t.Errorf("the table is not in Samira's language: %s", dir)
	}
	if h.Has(".find") || strings.Contains(h.Text("body"), "Bergvall") {
		t.Errorf("staff's own things are on the screen")
	}
	h.ClickText("احفظ، اتفقنا على هذا")
	h.Click(".jointbar a")
	if got := h.Text("main"); !strings.Contains(got, "Samira sa ja vid bordet") {
		t.Fatalf("not agreed, or not back in Swedish:\n%s", got)
	}
	h.Go(h.path("/plan/uppgift"))
	h.Fill("#f-words", "Köpa busskort")
	h.ClickText("Spara")
	if got := h.Text("aside"); !strings.Contains(got, "Nytt att göra: Köpa busskort") {
		t.Errorf("the page does not tell what has changed:\n%s", got)
	}
	h.Check(t, "plan-since-sv")
	h.Click("#h-agreed ~ ul a")
	h.Check(t, "overens-sv")
	h.check("bordet-since-sv", h.path("/bordet?fran=sv"))
}

func TestTheSecondWriterSeesBothTexts(t *testing.T) {
	h := open(t)
	h.wish()
	h.Go(h.path("/plan"))
	h.Click(".tbl th a, .tbl td a")
	h.Fill("#f-words", "Det jag skrev")
	v, err := (&plan.Desk{Store: h.store}).Open(t.Context(), h.lena(), h.who, plan.Need, access.Read)
	h.ok(err)
	k := v.Tasks[0]
	h.ok((&plan.Desk{Store: h.store}).ChangeTask(t.Context(), h.lena(), h.who, k.ID, k.Version, plan.TaskForm{Words: "Det någon annan skrev", Who: k.Who}))
	h.ClickText("Spara")
	typed := harness.Eval[string](h.Browser, "document.querySelector('#f-words').value")
	if got := h.Text("main"); !strings.Contains(got, "Det någon annan skrev") || typed != "Det jag skrev" {
		t.Errorf("typed %q, page:\n%s", typed, got)
	}
	h.Check(t, "differs-sv")
	h.ClickText("Spara")
	if got := h.Text("main"); !strings.Contains(got, "Det jag skrev") {
		t.Errorf("the second press does not save:\n%s", got)
	}
}

func TestAPaperIsTypedInWithItsMark(t *testing.T) {
	h := open(t)
	h.wish()
	h.Go(h.path("/plan/fran-papper"))
	h.Fill("#f-row", "Köpa busskort")
	h.ClickText("Spara, det här är ni överens om")
	if got := h.Text(".ds-error-summary"); !strings.Contains(got, "Skriv dagen") || !strings.Contains(got, "underskriften") || !strings.Contains(got, "Välj vem") {
		t.Errorf("faults:\n%s", got)
	}
	h.Check(t, "fran-papper-fel-sv")
	h.Click("#f-row-who-3")
	h.Fill("#f-on", string(h.lena().Today()))
	h.Click("#f-signed")
	h.ClickText("Spara, det här är ni överens om")
	if got := h.Text("main"); !strings.Contains(got, "Samira sa ja på papper") || !strings.Contains(got, "Köpa busskort") || !strings.Contains(got, "Från papper") {
		t.Errorf("the page after:\n%s", got)
	}
}

func TestEverythingWorksWithoutScript(t *testing.T) {
	h := open(t)
	h.ScriptOff()
	h.Go(h.path("/bordet/mal?fran=sv"))
	h.Fill("#f-words", "Jag vill cykla till jobbet")
	h.ClickText("Spara")
	h.ClickText("Ja, det vill jag")
	h.ClickText("Nytt mål")
	h.ClickText("Tillbaka till planen")
	h.ClickText("Ny sak att göra")
	h.Fill("#f-words", "Laga cykeln")
	h.ClickText("Spara")
	h.ClickText("Spara, det här är vi överens om")
	if got := h.Text("main"); !strings.Contains(got, "Jag vill cykla till jobbet") || !strings.Contains(got, "Du sa ja till planen") || !strings.Contains(got, "Laga cykeln") {
		t.Errorf("the table after:\n%s", got)
	}
	h.ClickText("Berätta mer")
	h.Click(".whofield label")
	h.Fill("#f-matters-words", "Att sova")
	h.ClickText("Spara")
	h.Go(h.path("/plan/behov"))
	if got := h.Text("main"); !strings.Contains(got, "Svårt") || !strings.Contains(got, "Att sova") {
		t.Errorf("the answers:\n%s", got)
	}
	h.Go(h.path("/plan/insats"))
	h.Fill("#f-what", "Kurs")
	h.ClickText("Spara")
	if got := h.Text(".ds-error-summary"); !strings.Contains(got, "Välj vem") {
		t.Errorf("faults:\n%s", got)
	}
	h.Check(t, "insats-fel-sv")
	h.Fill("#f-by", "Arbetsförmedlingen")
	h.ClickText("Spara")
	h.ClickText("Avsluta insatsen")
	h.Fill("#f-went", "För långt bort")
	h.ClickText("Avsluta")
	if got := h.Text("main"); !strings.Contains(got, "Så gick det: För långt bort") {
		t.Errorf("the measure after:\n%s", got)
	}
}

func TestNotYetPressedAtTheTableIsNowhereInTheDatabase(t *testing.T) {
	h := open(t)
	h.wish()
	h.Go(h.path("/bordet?fran=sv"))
	before := h.stored()
	h.ClickText("Inte än")
	if !strings.Contains(h.URL(), "/bordet") || h.Has(".saved") {
		t.Errorf("not yet leads to %s", h.URL())
	}
	if h.stored() != before {
		t.Errorf("not yet wrote something")
	}
	h.ClickText("Ja, jag vill")
	if h.stored() == before {
		t.Errorf("the comparison does not see a yes")
	}
	if got := h.Text("main"); !strings.Contains(got, "Vill du gå till steg 3?") {
		t.Errorf("the yes did not move the step:\n%s", got)
	}
}

// everything gives every row of every table but those that any request writes in: who is signed in, which form was
// sent, and who has read.
var everything = store.Q(`SELECT c.relname || CAST(query_to_xml(format('SELECT * FROM %I t ORDER BY CAST(t AS text)', c.relname), true, false, '') AS text)
 FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
 AND c.relname NOT IN ('session', 'submission', 'disclosure', 'disclosure_person', 'disclosure_tree', 'disclosure_hash', 'disclosure_checkpoint') ORDER BY c.relname`)

func (h *house) stored() (text string) {
	h.t.Helper()
	h.ok(h.store.Read(h.t.Context(), func(tx *store.Tx) error {
		list, err := store.All(h.t.Context(), tx, everything, nil, func(r *store.Cursor) (s string, err error) {
			err = r.Scan(&s)
			return s, err
		})
		text = strings.Join(list, "\n")
		return err
	}))
	return text
}
