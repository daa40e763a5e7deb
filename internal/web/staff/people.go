package staff

import (
	"net/url"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// peoplePage is the participants: one's own, or those at the unit in one state.
type peoplePage struct {
	ui.Page
	Tabs  []ui.Tab
	Mine  bool
	Empty bool
	Table ui.Table
	Next  string
	Lede  string
}

func (p *Pages) getPeople(r *web.Request) (web.Answer, error) {
	page := peoplePage{Page: r.Page("nav.people")}
	n, err := p.names(r)
	if err != nil {
		return web.Answer{}, err
	}
	state := r.URL.Query().Get("visa")
	if state == "" && r.Actor.Role() != access.Coach {
		state = string(intake.Active) // who is nobody's coach looks after everybody
	}
	page.Tabs = peopleTabs(r, state)
	var list []intake.Participant
	var more bool
	switch s := intake.State(state); s {
	case intake.Booked, intake.Active, intake.Paused, intake.Left:
		var from intake.Mark
		from.On = dateOf(r.URL.Query().Get("efter"))
		_ = from.ID.UnmarshalText([]byte(r.URL.Query().Get("id")))
		list, more, err = p.Intake.AtUnit(r.Context(), r.Actor, s, from)
		page.Lede = r.L.T("people.lede." + state)
		if more {
			last := list[len(list)-1]
			page.Next = "/arbete/deltagare?" + url.Values{"visa": {state}, "efter": {string(last.StateOn)}, "id": {last.ID.String()}}.Encode()
		}
	default:
		page.Mine = true
		list, err = p.Intake.Caseload(r.Context(), r.Actor, r.Actor.Post())
		page.Lede = r.L.T("people.lede.mine", len(list))
	}
	page.Empty, page.Table = len(list) == 0, peopleTable(r, n, list)
	return web.Show(people(page)), err
}

func peopleTabs(r *web.Request, state string) []ui.Tab {
	list := []ui.Tab{{Text: r.L.T("people.mine"), Href: "/arbete/deltagare?visa=mina", Current: state == "" || state == "mina"}}
	for _, s := range []intake.State{intake.Booked, intake.Active, intake.Paused, intake.Left} {
		list = append(list, ui.Tab{Text: r.L.T("people." + string(s)), Href: "/arbete/deltagare?visa=" + string(s), Current: state == string(s)})
	}
	return list
}

func peopleTable(r *web.Request, n org.Names, list []intake.Participant) ui.Table {
	l := r.L
	t := ui.Table{Stack: true, Caption: l.T("nav.people"), Hidden: true, Cols: []ui.Col{{Text: l.T("queue.name")}, {Text: l.T("people.state"), Short: l.T("people.state")},
		{Text: l.T("person.coach"), Short: l.T("person.coach")}, {Text: l.T("person.language"), Short: l.T("person.language")}, {Text: l.T("person.reach"), Short: l.T("person.reach")}}}
	for _, x := range list {
		lang := langName(l, x.Language)
		if x.Interpreter {
			lang = l.List(lang, l.T("person.interpreter.short"))
		}
		state := l.T("people.state."+string(x.State), x.StateOn)
		if x.State == intake.Booked {
			state = l.T("people.state.booked", x.MeetsOn, x.MeetsAt)
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: x.Name, Href: personPath(x.Person, ""), Sub: born(l, x.BirthYear)}, ui.T(state),
			ui.T(n.Post(x.Coach).Name), ui.T(lang), ui.T(l.T("person.reach." + x.Reach))}})
	}
	return t
}

// coverPage is where a caseload, or a part of it, is lent or handed over.
type coverPage struct {
	ui.Page
	From   org.Post
	Others []ui.Option
	All    []ui.Option // whose caseload, for those who may choose
	People []ui.Option
	Faults fault.Form
	Typed  map[string]string
}

func (p *Pages) coverPage(r *web.Request) (coverPage, error) {
	page := coverPage{Page: r.Page("cover.title"), Typed: map[string]string{}}
	n, err := p.names(r)
	if err != nil {
		return page, err
	}
	from := r.Actor.Post()
	asked := r.URL.Query().Get("coach")
	if r.Form != nil {
		asked = r.Form.Raw("from_coach")
	}
	if asked != "" {
		_ = from.UnmarshalText([]byte(asked))
	}
	page.From = n.Post(from)
	for _, o := range n.Coaches(r.Actor.Unit()) {
		if o.ID != from {
			page.Others = append(page.Others, ui.Option{Value: o.ID.String(), Text: o.Name})
		}
	}
	if r.Actor.Role() != access.Coach {
		page.All = page.Others
	}
	list, err := p.Intake.Caseload(r.Context(), r.Actor, from)
	for _, x := range list {
		page.People = append(page.People, ui.Option{Value: x.Person.String(), Text: x.Name})
	}
	return page, err
}

func (p *Pages) getCover(r *web.Request) (web.Answer, error) {
	page, err := p.coverPage(r)
	page.Typed["from"] = string(r.Actor.Today())
	return web.Show(cover(page)), err
}

func (p *Pages) postLend(r *web.Request) (web.Answer, error) {
	f := r.Form
	span := clock.Span{From: f.Date("from"), To: f.Date("until")}
	if span.To != "" {
		span.To = span.To.Add(1) // people mean the last day too
	}
	return p.cover(r, "cover.lent", func(from, to id.Post) error {
		return p.Intake.Lend(r.Context(), r.Actor, from, to, span)
	})
}

func (p *Pages) postHandOver(r *web.Request) (web.Answer, error) {
	var people []id.Person
	for _, v := range r.Form.All("person") {
		var who id.Person
		if who.UnmarshalText([]byte(v)) == nil {
			people = append(people, who)
		}
	}
	return p.cover(r, "cover.handed", func(from, to id.Post) error {
		if len(people) == 0 {
			return fault.Form{{Kind: fault.Invalid, Key: "cover.who", Field: "person"}}
		}
		_, err := p.Intake.HandOver(r.Context(), r.Actor, from, to, people)
		return err
	})
}

func (p *Pages) cover(r *web.Request, saved string, f func(from, to id.Post) error) (web.Answer, error) {
	var from, to id.Post
	if from.UnmarshalText([]byte(r.Form.Raw("from_coach"))) != nil {
		return web.Answer{}, fault.Missing
	}
	_ = to.UnmarshalText([]byte(r.Form.Raw("to")))
	err := error(nil)
	if len(r.Form.Faults) > 0 {
		err = r.Form.Faults
	} else {
		err = f(from, to)
	}
	if err == nil {
		return web.Saved("/arbete/deltagare/tack?coach="+from.String(), saved), nil
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Answer{}, err
	}
	page, err := p.coverPage(r)
	page.Failed, page.Faults = true, faults
	for _, k := range []string{"from", "until", "to"} {
		page.Typed[k] = r.Form.Raw(k)
	}
	return web.Again(cover(page)), err
}
