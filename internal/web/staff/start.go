package staff

import (
	"github.com/a-h/templ"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/referral"
	"sluss/internal/web"
	"sluss/internal/web/ui"
	"sluss/internal/web/ui/chart"
)

// startPage is one group start with its list.
type startPage struct {
	ui.Page
	intake.List
	Names   org.Names
	Today   clock.Date
	Led     string
	Lede    string
	Usual   string
	Seats   chart.Seats
	Groups  []startGroup
	Table   ui.Table
	Silent  int
	Faults  fault.Form
	Extra   string // the person to call beyond the number, when asked why
	TypedBy string

	Reception bool // who sees no lists of people
}

// startGroup is those on the list that stand alike: ring these, coming, other time, no, moved.
type startGroup struct {
	Title string
	List  []intake.Called
}

func (p *Pages) startPage(r *web.Request) (startPage, error) {
	s, err := web.PathID[startTag](r, "start")
	if err != nil {
		return startPage{}, err
	}
	list, err := p.Intake.Open(r.Context(), r.Actor, intake.StartID(s))
	if err != nil {
		return startPage{}, err
	}
	n, err := p.names(r)
	page := startPage{Page: r.Titled(r.L.T("start.title", r.L.Day(list.On))), List: list, Names: n, Today: r.Actor.Today(), Reception: r.Actor.Role() == access.Reception}
	page.words()
	return page, err
}

type startTag struct{}

// words works out what the page says.
func (p *startPage) words() {
	l := p.L
	p.Led = l.T("start.when", l.Time(p.At), l.Time(p.Until), p.Where.Name)
	var led []string
	for _, post := range p.LedBy {
		led = append(led, post.Name)
	}
	if led != nil {
		p.Led += " " + l.T("start.led") + " " + l.List(led...)
	}
	var yes, open, other int
	for _, c := range p.Called {
		switch {
		case c.MovedTo != 0 || c.Answer == intake.No:
		case c.Answer == intake.Yes:
			yes++
		case c.Answer == intake.Other:
			other++
		default:
			open++
		}
	}
	p.Silent = open
	rate, known := p.ShowUp.Rate()
	low, high := intake.Likely(yes+open, rate)
	p.Lede = l.T("start.lede", yes+open+other, p.Places, low, high)
	likely := l.T("start.likely", low, high)
	if low == high {
		p.Lede, likely = l.T("start.lede.sure", yes+open+other, p.Places, low), l.T("start.likely.sure", low)
	}
	p.Usual = l.T("start.usual", p.ShowUp.Came, p.ShowUp.Called, p.ShowUp.Starts)
	if !known {
		p.Usual = l.T("start.usual.unknown")
	}
	p.Seats = chart.Seats{Words: chart.Words{ID: "seats", Title: l.T("start.seats"), Desc: p.Lede}, Yes: yes, Open: open, Other: other, Places: p.Places,
		PlacesText: l.T("start.places", p.Places), Low: low, High: high, LikelyText: likely}
	p.groups()
	p.Table = p.table()
}

func (p *startPage) groups() {
	var ring, coming, other, no, moved startGroup
	for _, c := range p.Called {
		switch {
		case c.MovedTo != 0:
			moved.List = append(moved.List, c)
		case c.Answer == intake.Yes || c.Here != intake.Unmarked:
			coming.List = append(coming.List, c)
		case c.Answer == intake.Other:
			other.List = append(other.List, c)
		case c.Answer == intake.No:
			no.List = append(no.List, c)
		default:
			ring.List = append(ring.List, c)
		}
	}
	ring.Title, coming.Title = p.L.T("start.ring", len(ring.List)), p.L.T("start.coming", len(coming.List))
	other.Title, no.Title, moved.Title = p.L.T("start.other", len(other.List)), p.L.T("start.no", len(no.List)), p.L.T("start.moved", len(moved.List))
	if p.over() {
		coming.Title = p.L.T("start.came", len(coming.List))
	}
	for _, g := range []startGroup{ring, coming, other, no, moved} {
		if len(g.List) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
}

// over tells whether the day has come, so that presence can be marked.
func (p *startPage) over() bool { return p.On <= p.Today }

// past tells whether the day has gone, so that nobody more can be called.
func (p *startPage) past() bool { return p.On < p.Today }

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
	case c.MovedTo != 0:
		return nil
	case c.Here == intake.WasHere && c.Enrolment.State != "":
		return []templ.Component{words(l.T("start.booked", l.Short(c.Enrolment.MeetsOn), l.Time(c.Enrolment.MeetsAt), p.Names.Post(c.Enrolment.Coach).First()))}
	case c.Here == intake.WasHere:
		return []templ.Component{ui.Button{Text: l.T("person.book"), Href: personPath(c.Person, "/egen-start"), Size: "sm", Label: l.List(l.T("person.book"), c.Name)},
			here(intake.Unmarked, "start.undo", "tertiary", "")}
	case c.Here == intake.Away:
		list := []templ.Component{ui.Button{Text: l.T("start.howareyou"), Icon: "phone", Href: personPath(c.Person, "/kontakt"), Variant: "secondary", Size: "sm", Label: l.T("start.howareyou") + " " + c.Name}}
		return append(append(list, p.moves(c)...), here(intake.Unmarked, "start.undo", "tertiary", ""))
	case p.over() && c.Answer != intake.No:
		return []templ.Component{here(intake.WasHere, "start.tag.here", "", "check"), here(intake.Away, "start.tag.away", "secondary", "")}
	case c.Answer == intake.Silent:
		return []templ.Component{answer(intake.Yes, "start.tag.yes", "", "check"), answer(intake.Other, "start.tag.other", "secondary", ""), answer(intake.No, "start.tag.no", "secondary", "")}
	case c.Answer == intake.Other:
		return append(p.moves(c), answer(intake.Silent, "start.undo", "tertiary", ""))
	default:
		return []templ.Component{answer(intake.Silent, "start.undo", "tertiary", "")}
	}
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
		return []ui.Row{{Section: l.T("start.full", p.Calls)}, {Kind: "free", Cells: []ui.Cell{ui.T(""), {Body: nextInQueue(p, x)}, {Body: callExtra(p, x)}}}}
	}
	rows := []ui.Row{{Section: l.T("start.free", p.RoomLeft)}}
	for _, x := range p.Free {
		rows = append(rows, ui.Row{Kind: "free", Cells: []ui.Cell{ui.T(""), {Body: nextInQueue(p, x)},
			ui.B(ui.Act(p.Page, startHref(p.ID)+"/kalla", ui.Button{Text: l.T("start.call", x.Name), Icon: "plus", Variant: "secondary", Size: "sm"}, ui.Hide{Name: "person", Value: x.Person.String()}))}})
	}
	return rows
}

func (p *Pages) getStart(r *web.Request) (web.Answer, error) {
	page, err := p.startPage(r)
	return web.Show(start(page)), err
}

// onStart runs one of the start's verbs on a person named in the form.
func (p *Pages) onStart(r *web.Request, saved string, f func(s intake.StartID, who id.Person) error) (web.Answer, error) {
	s, err := web.PathID[startTag](r, "start")
	if err != nil {
		return web.Answer{}, err
	}
	var who id.Person
	if who.UnmarshalText([]byte(r.Form.Raw("person"))) != nil {
		return web.Answer{}, fault.Missing
	}
	err = f(intake.StartID(s), who)
	if faults := fault.Fields(err); faults != nil {
		page, perr := p.startPage(r)
		page.Failed, page.Faults, page.Extra, page.TypedBy = true, faults, who.String(), r.Form.Raw("why")
		page.words()
		return web.Again(start(page)), perr
	}
	return web.Saved(startHref(intake.StartID(s)), saved), err
}

func (p *Pages) postFill(r *web.Request) (web.Answer, error) {
	s, err := web.PathID[startTag](r, "start")
	if err != nil {
		return web.Answer{}, err
	}
	n, err := p.Intake.Fill(r.Context(), r.Actor, intake.StartID(s))
	saved := "start.filled"
	if n == 0 {
		saved = "start.filled.none"
	}
	return web.Saved(startHref(intake.StartID(s)), saved), err
}

func (p *Pages) postCall(r *web.Request) (web.Answer, error) {
	return p.onStart(r, "start.called.saved", func(s intake.StartID, who id.Person) error {
		return p.Intake.CallOne(r.Context(), r.Actor, s, who, r.Form.Line("why"))
	})
}

func (p *Pages) postAnswer(r *web.Request) (web.Answer, error) {
	return p.onStart(r, "start.answer.saved", func(s intake.StartID, who id.Person) error {
		a := intake.Answer(oneOf(r.Form, "answer", string(intake.Yes), string(intake.No), string(intake.Other)))
		return p.Intake.Answer(r.Context(), r.Actor, s, who, a)
	})
}

func (p *Pages) postHere(r *web.Request) (web.Answer, error) {
	return p.onStart(r, "start.here.saved", func(s intake.StartID, who id.Person) error {
		return p.Intake.Mark(r.Context(), r.Actor, s, who, intake.Here(r.Form.Int("here", -1, 1)))
	})
}

func (p *Pages) postMoveTo(r *web.Request) (web.Answer, error) {
	return p.onStart(r, "start.moved.saved", func(s intake.StartID, who id.Person) error {
		var to intake.StartID
		if to.UnmarshalText([]byte(r.Form.Raw("to"))) != nil {
			return fault.Missing
		}
		return p.Intake.MoveTo(r.Context(), r.Actor, s, who, to)
	})
}

func (p *Pages) postStrike(r *web.Request) (web.Answer, error) {
	return p.onStart(r, "start.struck", func(s intake.StartID, who id.Person) error {
		return p.Intake.Strike(r.Context(), r.Actor, s, who)
	})
}

const startCategories = referral.Shown | access.Thread

// answerCode is the end of the key of an answer's text.
func answerCode(c intake.Called) string {
	if c.Answer == intake.Silent {
		return "silent"
	}
	return string(c.Answer)
}
