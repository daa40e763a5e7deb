// Package outcome_test walks the way out: leaving, pausing, following up, keeping in touch, and the thread of it all.
package outcome_test

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
	"sluss/internal/outcome"
	"sluss/internal/person"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/store/storetest"
	"sluss/tests/journeys/harness"
)

func TestMain(m *testing.M) {
	code := storetest.Main(m)
	harness.Clean()
	os.Exit(code)
}

// house is a served demo with two participants of Lena's since two months; Amina left for work a month ago.
type house struct {
	*harness.Browser
	t             *testing.T
	url           string
	today         clock.Date
	samira, amina id.Person
}

func open(t *testing.T) *house {
	t.Helper()
	if testing.Short() {
		t.Skip("journeys need a browser")
	}
	h := &house{t: t}
	dsn, keys := storetest.Postgres(t), filepath.Join(t.TempDir(), "keys")
	h.fill(storetest.Open(t, dsn), keys)
	h.url = strings.TrimSuffix(harness.Serve(t, dsn, "--keys", keys), "/")
	h.Browser = harness.Start(t)
	h.ScriptOff()
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

// want fails unless the page says the words.
func (h *house) want(words string) {
	h.t.Helper()
	if text := h.Text("body"); !strings.Contains(text, words) {
		h.t.Errorf("no %q at %s, which says:\n%.1500s", words, h.URL(), text)
	}
}

// value gives what stands in a field.
func (h *house) value(css string) string {
	return harness.Eval[string](h.Browser, "document.querySelector('"+css+"').value")
}

func (h *house) at(who id.Person, part string) string {
	return h.url + "/arbete/person/" + who.String() + part
}

func (h *house) fill(s *store.Store, keys string) {
	ctx := h.t.Context()
	v, err := demo.Keys(keys)
	h.ok(err)
	h.ok(s.Write(ctx, func(tx *store.Tx) error { return access.Seed(ctx, tx) }))
	now := clock.Clock(clock.System).Now()
	h.today = now.Date()
	_, err = demo.Make(ctx, &org.Desk{Store: s, Vault: v}, now)
	h.ok(err)
	var a *access.Actor
	h.ok(s.Read(ctx, func(tx *store.Tx) error {
		place, err := demo.Find(ctx, tx, now)
		if err != nil {
			return err
		}
		k, err := v.Area(ctx, tx, place.Area)
		if err != nil {
			return err
		}
		a, err = access.Enter(ctx, tx, k, place.Area, place.Posts["lena"], now, "test")
		return err
	}))
	a.Declare(access.Everything, access.Read, access.Write)
	h.samira, h.amina = h.participant(s, a, "Samira", "Haddad"), h.participant(s, a, "Amina", "Warsame")
	d := &outcome.Desk{Store: s}
	c, err := d.Open(ctx, a, h.amina)
	h.ok(err)
	_, err = d.Leave(ctx, a, h.amina, outcome.Form{Version: c.Enrolment.Version, Reason: outcome.Work, Kind: "fixed", Subsidy: "none", Sector: "private",
		Municipal: outcome.No, On: h.today.AddMonths(-1).Add(-3), Before: "assistance", After: "wage", Words: outcome.Words{View: "Jag fick ta det i min takt."}})
	h.ok(err)
}

// participant makes somebody Lena's participant since two months.
func (h *house) participant(s *store.Store, a *access.Actor, given, family string) id.Person {
	ctx := h.t.Context()
	p := person.Person{Identity: person.Identity{Given: given, Family: family}, Contact: person.Contact{Phone: "070-174 06 21", Reach: "sms"}}
	r, who, err := (&referral.Desk{Store: s}).Receive(ctx, a, referral.Form{Person: p, Kind: referral.Remiss, Reason: "work", ReceivedOn: a.Today()})
	h.ok(err)
	h.ok(s.Write(ctx, func(tx *store.Tx) error {
		acc, err := access.Open(ctx, tx, a, who, access.Everything, access.Write, access.ForStart)
		if err != nil {
			return err
		}
		if _, err := intake.Enrol(ctx, tx, a, acc, r, intake.Booking{On: a.Today(), At: "10:00", Coach: a.Post(), WhyAlone: "test"}); err != nil {
			return err
		}
		e, _, err := intake.Current(ctx, tx, a, acc)
		if err != nil {
			return err
		}
		return intake.Hold(ctx, tx, a, acc, e, a.Today().AddMonths(-2))
	}))
	return who
}

func TestLeavingPausingAndTakingBack(t *testing.T) {
	h := open(t)
	h.Go(h.at(h.samira, "/avslut"))
	h.Check(t, "exit-choose")
	h.ClickText("Arbete")
	h.Fill("#f-on", "2026-02-30")
	h.Fill("#f-view", "Mina ord")
	h.ClickText("Spara avslutet")
	h.want("Datumet går inte att läsa")
	h.Fill("#f-on", string(h.today))
	h.ClickText("Spara avslutet")
	h.want("6 saker behöver rättas")
	if got := h.value("#f-view"); got != "Mina ord" {
		t.Errorf("what was typed became %q", got)
	}
	h.Check(t, "exit-faults")
	h.Width(360)
	h.Check(t, "exit-faults")
	h.Width(1280)
	h.Click("#f-kind")
	h.Fill("#f-subsidy", "none")
	h.Fill("#f-sector", "private")
	h.Click("#f-municipal-2")
	h.Fill("#f-before", "assistance")
	h.Fill("#f-after", "wage")
	h.ClickText("Spara avslutet")
	h.want("Avslutet är sparat")
	h.want("Mina ord")
	h.Check(t, "exit-made")
	harness.Eval[bool](h.Browser, "document.querySelector('form[action$=angra]').closest('details').open = true")
	h.Click("form[action$=angra] button")
	h.want("Platsen är kvar")
	h.Fill("#f-pause", "sick")
	h.ClickText("Pausa")
	h.want("ungefär när personen")
	h.Fill("#f-expected", string(h.today.Add(40)))
	h.ClickText("Pausa")
	h.want("Samira vilar")
	h.Check(t, "exit-paused")
	h.ClickText("Samira är tillbaka")
	h.want("Pausen är slut")
	h.Go(h.at(h.samira, "/trad"))
	h.want("Avslutet togs tillbaka")
	h.Check(t, "thread")
	h.Validate(t)
}

func TestFollowingUpOneWhoLeft(t *testing.T) {
	h := open(t)
	h.Go(h.url + "/arbete/uppfoljning")
	h.want("Håller det? En månad")
	h.Check(t, "followups")
	h.Width(360)
	h.Check(t, "followups")
	h.Width(1280)
	h.ClickText("Amina Warsame")
	h.Click("#f-answer")
	h.Fill("#f-words", "Det går bra.")
	harness.Eval[bool](h.Browser, "(document.querySelector('form[action$=uppfoljning] [name=_v]').value = '7') !== ''") // as if saved elsewhere
	h.ClickText("Spara svaret")
	h.want("Någon annan hann före")
	h.Check(t, "followup-differs")
	if got := h.value("#f-words"); got != "Det går bra." {
		t.Errorf("what was typed became %q", got)
	}
	h.ClickText("Spara svaret")
	h.want("Svaret är sparat")
	h.want("Ja, bekräftat efter en månad")
	h.Go(h.at(h.amina, "/avslut?lang=ar"))
	h.Check(t, "exit-left-ar")
	h.Validate(t)
}

func TestMeetingAndWriting(t *testing.T) {
	h := open(t)
	h.Go(h.at(h.samira, "/kontakt"))
	h.Check(t, "contact-empty")
	h.Fill("#f-on", string(h.today))
	h.Fill("#f-at", "9.30")
	h.Fill("#f-about", "Praktik")
	h.ClickText("Spara tiden")
	h.want("09.30")
	h.ClickText("Inte här i dag")
	h.want("Hur är det, Samira?")
	h.Check(t, "contact-missed")
	h.Fill("#f-on", string(h.today))
	h.Fill("#f-at", "13:00")
	h.ClickText("Spara tiden")
	h.ClickText("Träffats")
	h.want("Ni har träffats")
	h.Fill("#f-text", "Vi ringde caféet.")
	h.ClickText("Spara utkast")
	h.want("Bara du ser det")
	h.ClickText("Signera")
	h.want("Välj vad anteckningen handlar om")
	h.Fill("#f-kind", "meeting")
	h.ClickText("Signera")
	h.want("signerad och låst")
	h.ClickText("Rätta")
	h.Fill("#f-text", "Det var köket vi ringde.")
	h.Fill("#f-kind", "other")
	h.ClickText("Signera")
	h.want("Rättad i en senare anteckning")
	h.Check(t, "contact")
	h.Width(360)
	h.Check(t, "contact")
	h.ClickText("Kopiera eller skriv ut")
	h.want("Det var köket vi ringde.")
	h.Check(t, "note")
	h.Validate(t)
}
