package staff

import (
	"errors"
	"slices"
	"strings"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/placement"
	"sluss/internal/plan"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// weekdays are the days of a week as a form sends them; 1 is Monday.
var weekdays = []string{"1", "2", "3", "4", "5", "6", "7"}

// termsPage is placementsPage for the terms of one, or of a new one.
func (p *Pages) termsPage(r *web.Request) (page placementsPage, err error) {
	if r.PathValue("placement") == "" {
		page, err = p.placementsPage(r, access.Read)
	} else {
		page, err = p.placementPage(r, access.Read)
	}
	if err != nil {
		return page, err
	}
	x := page.One
	if x.State == placement.Ended || x.State == placement.Withdrawn {
		return page, fault.Missing
	}
	page.Page = r.Page("placement.terms")
	today := string(r.Actor.Today())
	page.F = map[string]string{"kind": x.Kind, "purpose": x.Purpose, "from": string(x.From), "to": string(x.To), "at": string(x.At), "until": string(x.Until), "hours": x.Hours,
		"supervisor": x.Supervisor, "safety": x.Safety, "insurer": x.Insurer, "duties": x.Duties, "mayknow": x.MayKnow, "goal": goalValue(x.Goal), "why": x.Why, "next": x.Terms.Next,
		"how": string(plan.AtTable), "yeson": today}
	if x.Workplace != 0 {
		page.F["workplace"] = x.Workplace.String()
	}
	if x.Kind == "" {
		page.F["kind"], page.F["purpose"] = placement.Kinds[0], x.What
	}
	if x.State == placement.Agreed {
		page.F["by"] = placement.Bys[0]
	}
	page.Days = strings.Split(x.Days, "")
	n := 0
	for _, t := range x.Talks {
		if n++; t.HeldOn == "" && n <= placement.MostTalks {
			page.F["talk"+itoa(n)] = string(t.Due)
		} else {
			n--
		}
	}
	return page, nil
}

func (p *Pages) getTerms(r *web.Request) (web.Answer, error) {
	page, err := p.termsPage(r)
	return web.Show(termsView(page)), err
}

func (p *Pages) postTerms(r *web.Request) (web.Answer, error) {
	page, err := p.termsPage(r)
	if err != nil {
		return web.Answer{}, err
	}
	f := termsOf(r)
	f.K = page.One.ID
	if err = r.Form.Faults.Err(); err == nil {
		f.K, err = p.Placement.Write(r.Context(), r.Actor, page.Who, f)
	}
	faults, stale := fault.Fields(err), errors.Is(err, fault.Stale)
	if faults == nil && !stale {
		return web.Saved(personPath(page.Who, "/praktik/"+f.K.String()), "form.saved"), err
	}
	for _, name := range []string{"kind", "workplace", "purpose", "from", "to", "at", "until", "hours", "supervisor", "safety", "insurer", "duties", "mayknow", "goal", "why", "next",
		"talk1", "talk2", "talk3", "by", "how", "yeson"} {
		page.F[name] = r.Form.Raw(name)
	}
	page.Days, page.Faults, page.Failed, page.Stored = r.Form.All("days"), faults, true, stale
	if stale {
		return web.Differs(termsView(page)), nil
	}
	return web.Again(termsView(page)), nil
}

func termsOf(r *web.Request) placement.Form {
	f := placement.Form{Version: r.Form.Version(), Terms: placement.Terms{Kind: r.Form.Raw("kind"), From: r.Form.Date("from"), To: r.Form.Date("to"),
		Days: strings.Join(r.Form.Choices("days", weekdays...), ""), At: r.Form.Time("at"), Until: r.Form.Time("until"), Safety: r.Form.Raw("safety"), Insurer: r.Form.Raw("insurer"),
		Goal: goalOf(r), Purpose: r.Form.Text("purpose"), Hours: r.Form.Line("hours"), Supervisor: r.Form.Line("supervisor"), Duties: r.Form.Text("duties"),
		MayKnow: r.Form.Text("mayknow"), Why: r.Form.Text("why"), Next: r.Form.Text("next")}}
	_ = f.Workplace.UnmarshalText([]byte(r.Form.Raw("workplace"))) // none, which the desk refuses
	for i := range placement.MostTalks {
		if d := r.Form.Date("talk" + itoa(i+1)); d != "" {
			f.Talks = append(f.Talks, d)
		}
	}
	slices.SortFunc(f.Talks, func(a, b clock.Date) int { return a.Sub(b) })
	if r.Form.Raw("by") != "" {
		f.Yes = yesOf(r)
	}
	return f
}

// action is where the terms are sent.
func (p placementsPage) action() string {
	if p.One.ID == 0 {
		return personPath(p.Who, "/praktik/ny")
	}
	return p.href(p.One, "/villkor")
}

// places are the workplaces that take people, with how many places are free today, and the one that is agreed on.
func (p placementsPage) places() []ui.Option {
	list := []ui.Option{{Value: "", Text: p.L.T("form.select")}}
	for _, w := range p.Register.List {
		if w.Open() || w.ID == p.One.Workplace {
			list = append(list, ui.Option{Value: w.ID.String(), Text: p.L.T("placement.place", p.L.Apart(w.Name), p.Register.Free(w))})
		}
	}
	return list
}

func (p placementsPage) weekdays() (list []ui.Option) {
	for i, d := range weekdays {
		list = append(list, ui.Option{Value: d, Text: i18n.Capital(p.L.Weekday((i + 1) % 7))})
	}
	return list
}

// checked is a field of boxes.
func (p placementsPage) checked(name string) ui.Field {
	f := p.at(name)
	f.Values = p.Days
	return f
}

// bys are who can have said yes; of what is new also nobody yet.
func (p placementsPage) bys(wait bool) []ui.Option {
	var list []ui.Option
	if wait {
		list = append(list, ui.Option{Value: "", Text: p.L.T("placement.by.none")})
	}
	for _, b := range placement.Bys {
		list = append(list, ui.Option{Value: b, Text: p.L.T("placement.by."+b, p.Person.Given)})
	}
	return list
}

func (p placementsPage) goalOptions() []ui.Option {
	return goalOptions(p.L, plan.View{Plan: p.Plan}, "place.loose.choice")
}

// placementPaper is what is agreed on one sheet, in Swedish and in the person's language. It is for the workplace too, and has nothing on
// it of goals, health or money: only what the person has said yes to that they may know.
type placementPaper struct {
	placementsPage
	Sv    *i18n.Lang
	Other *i18n.Lang // nil where there are no texts in the person's language, or it is Swedish
	At    string
}

func (p *Pages) getPlacementPaper(r *web.Request) (web.Answer, error) {
	page, err := p.placementPage(r, access.Export)
	if err != nil {
		return web.Answer{}, err
	}
	w := page.Register.Get(page.One.Workplace)
	if w == nil {
		return web.Answer{}, fault.Missing
	}
	sheet := placementPaper{placementsPage: page, Sv: i18n.Get("sv"), At: w.Name}
	if i18n.Known(page.Person.Language) && page.Person.Language != "sv" {
		sheet.Other = i18n.Get(page.Person.Language)
	}
	sheet.L, sheet.Title = sheet.Sv, sheet.Sv.T("placement.paper.title")
	sheet.Stamp = sheet.Sv.Date(r.Actor.Today())
	return web.Show(placementSheet(sheet)), nil
}
