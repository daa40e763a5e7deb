package staff

import (
	"github.com/a-h/templ"

	"sluss/internal/clock"
	"sluss/internal/intake"
	"sluss/internal/web/ui"
)

func (p *startPage) table() ui.Table {
	l := p.L
	t := ui.Table{Stack: true, Label: "h-l", Head: 1, Cols: []ui.Col{{Text: l.T("queue.place"), Order: true, Quiet: true}, {Text: l.T("queue.name")},
		{Text: l.T("queue.why"), Short: l.T("queue.why.short")}, {Text: l.T("queue.needs"), Short: l.T("queue.needs.short")},
		{Text: l.T("start.answer"), Tight: true}, {Text: l.T("start.do"), Tight: true}}}
	for _, g := range p.Groups {
		t.Rows = append(t.Rows, ui.Row{Section: g.Title})
		for _, c := range g.List {
			t.Rows = append(t.Rows, p.row(c))
		}
	}
	if len(p.Free) > 0 && !p.past() {
		t.Rows = append(t.Rows, p.free()...)
	}
	return t
}

func (p *startPage) row(c intake.Called) ui.Row {
	l := p.L
	kind := ""
	if c.MovedTo == 0 && c.Answer == intake.Silent && c.Here == intake.Unmarked {
		kind = "turn"
	}
	why := whyHere(l, p.Names, c.Referral)
	if from, err := clock.ParseDate(c.Why); err == nil {
		why += ". " + l.T("start.extra.moved", from)
	} else if c.Why != "" {
		why += ". " + l.T("start.extra", c.Why)
	}
	return ui.Row{Kind: kind, Cells: []ui.Cell{ui.T(itoa(c.Place)), {Text: c.Name, Href: personPath(c.Person, ""), Sub: born(l, c.BirthYear)}, ui.T(why),
		ui.T(needsOf(l, c.Line)), {Body: p.state(c)}, ui.B(p.acts(c)...)}}
}

func (p *startPage) state(c intake.Called) templ.Component {
	l := p.L
	switch {
	case c.Here == intake.WasHere:
		return ui.Tag{Kind: "yes", Text: l.T("start.tag.here")}
	case c.Here == intake.Away:
		return ui.Tag{Kind: "line", Text: l.T("start.tag.away")}
	case p.out(c):
		return ui.Tag{Kind: "line", Text: l.T("away.out")}
	case c.Answer == intake.Yes:
		return ui.Tag{Kind: "yes", Text: l.T("start.tag.yes")}
	case c.Answer == intake.Other:
		return ui.Tag{Kind: "line", Text: l.T("start.tag.other")}
	case c.Answer == intake.No:
		return ui.Tag{Kind: "line", Text: l.T("start.tag.no")}
	default:
		return ui.Tag{Kind: "open", Text: l.T("start.tag.silent")}
	}
}

// out tells whether somebody on the list has told that they do not come.
func (p *startPage) out(c intake.Called) bool { return c.MovedTo == 0 && p.Out.Has(p.key(), c.Person) }

// acts are what one can do with one on the list: one thing most likely, alternatives after.
func (p *startPage) acts(c intake.Called) []templ.Component {
	l, base := p.L, startHref(p.ID)
	who := ui.Hide{Name: "person", Value: c.Person.String()}
	do := func(part, key, variant, icon string, more ...ui.Hide) templ.Component {
		return ui.Act(p.Page, base+part, ui.Button{Text: l.T(key), Icon: icon, Variant: variant, Size: "sm", Label: l.List(l.T(key), c.Name)}, append([]ui.Hide{who}, more...)...)
	}
	answer := func(a intake.Answer, key, variant, icon string) templ.Component {
		return do("/svar", key, variant, icon, ui.Hide{Name: "answer", Value: string(a)})
	}
	here := func(h intake.Here, key, variant, icon string) templ.Component {
		return do("/har", key, variant, icon, hide("here", int(h)))
	}
	switch {
	case c.Struck():
		return []templ.Component{do("/stryk", "start.undo", "tertiary", "", ui.Hide{Name: "undo", Value: "yes"})}
	case c.MovedTo != 0:
		return nil
	case c.Person.String() == p.Back:
		return []templ.Component{answerBeyond(p, c)}
	case c.Here == intake.WasHere && c.Enrolment.State != "":
		return []templ.Component{words(l.T("start.booked", l.Short(c.Enrolment.MeetsOn), l.Time(c.Enrolment.MeetsAt), p.Names.Post(c.Enrolment.Coach).First()))}
	case c.Here == intake.WasHere:
		return []templ.Component{ui.Button{Text: l.T("person.book"), Href: personPath(c.Person, "/egen-start"), Size: "sm", Label: l.List(l.T("person.book"), c.Name)},
			here(intake.Unmarked, "start.undo", "tertiary", "")}
	case c.Here == intake.Away:
		list := []templ.Component{ui.Button{Text: l.T("start.howareyou"), Icon: "phone", Href: personPath(c.Person, "/kontakt"), Variant: "secondary", Size: "sm", Label: l.T("start.howareyou") + " " + c.Name}}
		return append(append(list, p.moves(c)...), here(intake.Unmarked, "start.undo", "tertiary", ""), p.strike(c))
	case p.over() && c.Answer != intake.No:
		return []templ.Component{here(intake.WasHere, "start.tag.here", "", "check"), here(intake.Away, "start.tag.away", "secondary", ""), p.strike(c)}
	case c.Answer == intake.Silent && p.out(c):
		return []templ.Component{answer(intake.Other, "start.tag.other", "", ""), answer(intake.No, "start.tag.no", "secondary", ""),
			answer(intake.Yes, "start.tag.yes", "secondary", "check"), p.strike(c)}
	case c.Answer == intake.Silent:
		return []templ.Component{answer(intake.Yes, "start.tag.yes", "", "check"), answer(intake.Other, "start.tag.other", "secondary", ""),
			answer(intake.No, "start.tag.no", "secondary", ""), p.strike(c)}
	case c.Answer == intake.Other:
		return append(p.moves(c), answer(intake.Silent, "start.undo", "tertiary", ""), p.strike(c))
	case c.Answer == intake.Yes && p.out(c):
		return []templ.Component{answer(intake.Other, "start.tag.other", "", ""), answer(intake.Silent, "start.undo", "tertiary", ""), p.strike(c)}
	case c.Answer == intake.Yes:
		return []templ.Component{answer(intake.Silent, "start.undo", "tertiary", ""), p.strike(c)}
	default:
		return []templ.Component{answer(intake.Silent, "start.undo", "tertiary", "")}
	}
}

// strikable tells whether somebody can be taken off the list; one who has said no waits in the queue already.
func strikable(c intake.Called) bool {
	return c.MovedTo == 0 && c.Here != intake.WasHere && c.Answer != intake.No
}

// strike leads to the question whether to take somebody off the list.
func (p *startPage) strike(c intake.Called) templ.Component {
	return ui.Button{Text: p.L.T("start.strike"), Variant: "tertiary", Size: "sm", Href: startHref(p.ID) + "?stryk=" + c.Person.String() + "#stryk", Label: p.L.List(p.L.T("start.strike"), c.Name)}
}

// moves is the button that moves somebody to the next start there is.
func (p *startPage) moves(c intake.Called) []templ.Component {
	if len(p.Later) == 0 {
		return nil
	}
	next := p.Later[0]
	for _, s := range p.Later {
		if s.On > p.On {
			next = s
			break
		}
	}
	text := p.L.T("start.moveto", p.L.Short(next.On))
	return []templ.Component{ui.Act(p.Page, startHref(p.ID)+"/flytta", ui.Button{Text: text, Variant: "secondary", Size: "sm", Label: p.L.List(text, c.Name)},
		ui.Hide{Name: "person", Value: c.Person.String()}, ui.Hide{Name: "to", Value: next.ID.String()})}
}

// free is the rows of those who can be called.
func (p *startPage) free() []ui.Row {
	l := p.L
	if p.RoomLeft == 0 {
		x := p.Free[0]
		if p.Back != "" {
			return nil // why is asked about somebody else
		}
		return []ui.Row{{Section: l.T("start.full", p.Calls)}, {Kind: "free", Cells: []ui.Cell{ui.T(""), {Body: nextInQueue(p, x)}, {Body: callExtra(p, x)}}}}
	}
	rows := []ui.Row{{Section: l.T("start.free", p.RoomLeft)}}
	for _, x := range p.Free {
		rows = append(rows, ui.Row{Kind: "free", Cells: []ui.Cell{ui.T(""), {Body: nextInQueue(p, x)},
			ui.B(ui.Act(p.Page, startHref(p.ID)+"/kalla", ui.Button{Text: l.T("start.call", x.Name), Icon: "plus", Variant: "secondary", Size: "sm"}, ui.Hide{Name: "person", Value: x.Person.String()}))}})
	}
	return rows
}

// answerCode is the end of the key of an answer's text.
func answerCode(c intake.Called) string {
	if c.Answer == intake.Silent {
		return "silent"
	}
	return string(c.Answer)
}
