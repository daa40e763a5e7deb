package staff

import (
	"errors"
	"strings"

	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/placement"
	"sluss/internal/plan"
	"sluss/internal/web"
	"sluss/internal/web/hours"
	"sluss/internal/web/ui"
)

// placementRoutes are the routes of people's time at workplaces.
func (p *Pages) placementRoutes() []web.Route {
	of, one := "/arbete/person/{person}/praktik", "/arbete/person/{person}/praktik/{placement}"
	read, change := web.OnePerson(placement.Seen, access.Read), web.OnePerson(placement.Seen, access.Read, access.Write)
	return []web.Route{
		{Method: "GET", Pattern: of, Needs: read, Handle: p.getPlacements},
		{Method: "POST", Pattern: of, Needs: change, Handle: p.postPlacementWish},
		{Method: "GET", Pattern: of + "/ny", Needs: read, Handle: p.getTerms},
		{Method: "POST", Pattern: of + "/ny", Needs: change, Handle: p.postTerms},
		{Method: "GET", Pattern: one, Needs: read, Handle: p.getPlacement},
		{Method: "GET", Pattern: one + "/villkor", Needs: read, Handle: p.getTerms},
		{Method: "POST", Pattern: one + "/villkor", Needs: change, Handle: p.postTerms},
		{Method: "GET", Pattern: one + "/papper", Needs: web.OnePerson(placement.Seen, access.Export), Handle: p.getPlacementPaper},
		{Method: "POST", Pattern: one + "/ja", Needs: change, Handle: p.postPlacementYes},
		{Method: "POST", Pattern: one + "/ta-bort", Needs: change, Handle: p.postPlacementNo},
		{Method: "POST", Pattern: one + "/pratat", Needs: change, Handle: p.postPlacementTalked},
		{Method: "POST", Pattern: one + "/samtal", Needs: change, Handle: p.postPlacementTalk},
		{Method: "POST", Pattern: one + "/slut", Needs: change, Handle: p.postPlacementEnd},
		{Method: "POST", Pattern: one + "/tillbaka", Needs: change, Handle: p.postPlacementBack},
	}
}

// placementsPage is a person's placements: all of them, or one.
type placementsPage struct {
	ui.Page
	placement.View
	Who    id.Person
	R      *web.Request
	Tabs   []ui.Tab
	Names  org.Names
	One    placement.Placement
	F      map[string]string // as typed
	Voice  voice
	Days   []string // of the week
	Faults fault.Form
	Stored bool // somebody changed it meanwhile
}

func (p *Pages) placementsPage(r *web.Request, act access.Action) (page placementsPage, err error) {
	if page.Who, err = r.Person(); err != nil {
		return page, err
	}
	if page.View, err = p.Placement.Open(r.Context(), r.Actor, page.Who, act); err != nil {
		return page, err
	}
	if page.Names, err = p.names(r); err != nil {
		return page, err
	}
	page.R, page.Page, page.Tabs, page.F = r, r.Titled(page.Person.Name()), personTabs(r, page.Who), map[string]string{}
	return page, nil
}

func (p *Pages) getPlacements(r *web.Request) (web.Answer, error) {
	page, err := p.placementsPage(r, access.Read)
	if err == nil {
		page.Voice, err = p.saidOf(r, page.Who, page.Person.Given, comment.Placement, comment.Talk)
		for _, x := range page.List {
			page.Voice.calls(comment.Placement, int64(x.ID), page.name(x))
			for _, t := range x.Talks {
				page.Voice.calls(comment.Talk, int64(t.ID), page.name(x))
			}
		}
	}
	return web.Show(placementsView(page)), err
}

func (p *Pages) postPlacementWish(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	what, because := r.Form.Text("what"), r.Form.Text("because")
	if err = r.Form.Faults.Err(); err == nil {
		_, err = p.Placement.Wish(r.Context(), r.Actor, who, what, because)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(personPath(who, "/praktik"), "place.saved.wish"), err
	}
	page, err := p.placementsPage(r, access.Read)
	page.F, page.Faults, page.Failed = map[string]string{"what": r.Form.Raw("what"), "because": r.Form.Raw("because")}, faults, true
	return web.Again(placementsView(page)), err
}

// placementPage is placementsPage for the one in the address.
func (p *Pages) placementPage(r *web.Request, act access.Action) (placementsPage, error) {
	var k placement.ID
	if err := pathID(r, "placement", &k); err != nil {
		return placementsPage{}, err
	}
	page, err := p.placementsPage(r, act)
	if err != nil {
		return page, err
	}
	one := page.Get(k)
	if one == nil {
		return page, fault.Missing
	}
	page.One = *one
	page.Page = r.Titled(page.name(page.One))
	today := string(r.Actor.Today())
	page.F = map[string]string{"heldon": today, "on": today, "yeson": today, "how": string(plan.AtTable), "by": placement.Bys[0]}
	return page, nil
}

func (p *Pages) getPlacement(r *web.Request) (web.Answer, error) {
	page, err := p.placementPage(r, access.Read)
	return web.Show(placementView(page)), err
}

// changePlacement changes a placement, or shows its page again: with what is wrong, or what it has become.
func (p *Pages) changePlacement(r *web.Request, change func(who id.Person, k placement.ID) error) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var k placement.ID
	if err := pathID(r, "placement", &k); err != nil {
		return web.Answer{}, err
	}
	if err = r.Form.Faults.Err(); err == nil {
		err = change(who, k)
	}
	faults, stale := fault.Fields(err), errors.Is(err, fault.Stale)
	if faults == nil && !stale {
		return web.Saved(personPath(who, "/praktik/"+k.String()), "form.saved"), err
	}
	page, err := p.placementPage(r, access.Read)
	if err != nil {
		return web.Answer{}, err
	}
	for _, name := range []string{"by", "how", "yeson", "heldon", "said", "heard", "again", "on", "endnext", "words", "view", "noview"} {
		if r.Form.All(name) != nil {
			page.F[name] = r.Form.Raw(name)
		}
	}
	page.Faults, page.Failed, page.Stored = faults, true, stale
	if stale {
		return web.Differs(placementView(page)), nil
	}
	return web.Again(placementView(page)), nil
}

func (p *Pages) postPlacementYes(r *web.Request) (web.Answer, error) {
	y := yesOf(r)
	return p.changePlacement(r, func(who id.Person, k placement.ID) error {
		return p.Placement.Say(r.Context(), r.Actor, who, k, r.Form.Version(), y)
	})
}

func yesOf(r *web.Request) placement.Yes {
	return placement.Yes{By: r.Form.Raw("by"), How: plan.How(r.Form.Raw("how")), On: r.Form.Date("yeson")}
}

func (p *Pages) postPlacementNo(r *web.Request) (web.Answer, error) {
	return p.changePlacement(r, func(who id.Person, k placement.ID) error {
		return p.Placement.Withdraw(r.Context(), r.Actor, who, k, r.Form.Version())
	})
}

// postPlacementTalked notes that one has talked about what the person wished for on their own page.
func (p *Pages) postPlacementTalked(r *web.Request) (web.Answer, error) {
	return p.changePlacement(r, func(who id.Person, k placement.ID) error {
		return p.Placement.Talked(r.Context(), r.Actor, who, k, r.Form.Version())
	})
}

func (p *Pages) postPlacementTalk(r *web.Request) (web.Answer, error) {
	f := placement.TalkForm{On: r.Form.Date("heldon"), Said: r.Form.Text("said"), Heard: r.Form.Text("heard"), Again: r.Form.Date("again")}
	if day := r.Form.Raw("talk"); day != "" && (f.ID.UnmarshalText([]byte(day)) != nil || f.ID == 0) { // "" is of a talk that no day was set for
		return web.Answer{}, fault.Missing
	}
	return p.changePlacement(r, func(who id.Person, k placement.ID) error {
		return p.Placement.Talk(r.Context(), r.Actor, who, k, r.Form.Version(), f)
	})
}

func (p *Pages) postPlacementEnd(r *web.Request) (web.Answer, error) {
	e := placement.Ending{On: r.Form.Date("on"), Next: r.Form.Raw("endnext"), Words: r.Form.Text("words"), View: r.Form.Text("view"), NoView: r.Form.Bool("noview")}
	return p.changePlacement(r, func(who id.Person, k placement.ID) error {
		return p.Placement.End(r.Context(), r.Actor, who, k, r.Form.Version(), e)
	})
}

func (p *Pages) postPlacementBack(r *web.Request) (web.Answer, error) {
	return p.changePlacement(r, func(who id.Person, k placement.ID) error {
		return p.Placement.Undo(r.Context(), r.Actor, who, k, r.Form.Version())
	})
}

func (p placementsPage) href(x placement.Placement, part string) string {
	return personPath(p.Who, "/praktik/"+x.ID.String()+part)
}

// name is what a placement is, and where; of a wish what the person would like.
func (p placementsPage) name(x placement.Placement) string {
	if w := p.Register.Get(x.Workplace); w != nil {
		return p.L.T("placement.at", p.L.T("placement.kind."+x.Kind), p.L.Apart(w.Name))
	}
	return short(x.What, 60)
}

// stands is how far a placement has come, as a tag.
func (p placementsPage) stands(x placement.Placement) ui.Tag {
	kind := map[placement.State]string{placement.Wished: "open", placement.Proposed: "open", placement.Agreed: "yes"}[x.State]
	key := "placement.state." + string(x.State)
	if x.Over(p.R.Actor.Today()) {
		kind, key = "now", "placement.over"
	}
	if kind == "" {
		kind = "line"
	}
	return ui.Tag{Kind: kind, Text: p.L.T(key)}
}

// facts are what is agreed; of a wish nothing.
func (p placementsPage) facts(x placement.Placement) []ui.Fact {
	l := p.L
	if x.Kind == "" {
		return nil
	}
	list := []ui.Fact{{Term: l.T("placement.h.when"), Text: l.T("placement.span", x.From, x.To)}, {Term: l.T("placement.form.days"), Text: hours.Week(l, x.Days, x.At, x.Until)},
		{Term: l.T("placement.form.hours"), Text: x.Hours}, {Term: l.T("placement.form.supervisor"), Text: x.Supervisor},
		{Term: l.T("placement.form.safety"), Text: l.T("placement.safety." + x.Safety)}, {Term: l.T("placement.form.insurer"), Text: l.T("placement.insurer." + x.Insurer)},
		{Term: l.T("placement.form.duties"), Text: x.Duties}, {Term: l.T("placement.form.mayknow"), Text: x.MayKnow}, {Term: l.T("placement.form.goal"), Text: p.goal(x)},
		{Term: l.T("placement.form.why"), Text: x.Why}, {Term: l.T("placement.form.next"), Text: x.Terms.Next}, {Term: l.T("placement.yes"), Text: p.yes(x)}}
	if x.State == placement.Ended {
		list = append(list, ui.Fact{Term: l.T("placement.ended"), Text: l.Date(x.Ending.On)}, ui.Fact{Term: l.T("placement.form.endnext"), Text: l.T("placement.next." + x.Ending.Next)},
			ui.Fact{Term: l.T("placement.form.words"), Text: x.Words})
	}
	return written(list)
}

func (p placementsPage) goal(x placement.Placement) string {
	if x.Loose(p.Plan) {
		return p.L.T("place.loose")
	}
	return strings.TrimRight(goalFor(p.L, *p.Plan.Goal(x.Goal)), ".")
}

// yes tells who said yes, how and when; "" while nobody has.
func (p placementsPage) yes(x placement.Placement) string {
	if x.Yes.On == "" {
		return ""
	}
	return p.L.T("placement.yes.said", p.L.T("placement.by."+x.Yes.By, apart(p.Person.Given)), p.L.T("plan.how."+string(x.How)), x.Yes.On)
}

// at gives a field of one of the forms.
func (p placementsPage) at(name string) ui.Field {
	f := ui.Field{Name: name, Label: p.L.T("placement.form." + name), Value: p.F[name], Error: ui.Fault(p.L, p.Faults, name)}
	if p.L.Has("placement.form." + name + ".good") {
		f.Good = p.L.T("placement.form." + name + ".good")
	}
	return f
}

// talk is the next day to talk, as the form sends it; "" for none.
func (p placementsPage) talk() string {
	if t := p.One.NextTalk(); t != nil {
		return t.ID.String()
	}
	return ""
}

// placementLines ask the coach to talk with those whose day for it has come, or whose time is over.
func (m *morning) placementLines(r *web.Request) (list []todo) {
	for _, x := range m.placed {
		key := "placement.today.talk"
		if x.Wish {
			key = "placement.today.wish"
		} else if x.Over {
			key = "placement.today.over"
		}
		list = append(list, todo{since: x.On, line: line(x.Person, x.Name, r.L.T(key), "",
			ui.Button{Text: r.L.T("placement.today.open"), Href: personPath(x.Person, "/praktik/"+x.ID.String()), Variant: "secondary", Size: "sm",
				Label: r.L.List(r.L.T("placement.today.open"), x.Name)})})
	}
	return list
}
