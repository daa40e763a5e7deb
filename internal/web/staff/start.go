package staff

import (
	"strings"

	"sluss/internal/access"
	"sluss/internal/away"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/referral"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
	"sluss/internal/web/ui/chart"
)

// startPage is one group start with its list.
type startPage struct {
	ui.Page
	intake.List
	Names   org.Names
	Out     away.Out // who has told that they do not come
	Today   clock.Date
	Led     string
	Lede    string
	Usual   string
	Seats   chart.Seats
	Groups  []startGroup
	Table   ui.Table
	Silent  int
	Faults  fault.Form
	Back    string        // who is to come back to the full list, when asked why
	Wanted  intake.Answer // with this answer
	TypedBy string
	Strike  *intake.Called // whom it is asked about whether to strike, nil for nobody

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
	if err != nil {
		return startPage{}, err
	}
	page := startPage{Page: r.Titled(r.L.T("start.title", r.L.Day(list.On))), List: list, Names: n, Today: r.Actor.Today(), Reception: r.Actor.Role() == access.Reception}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		page.Out, err = away.OutOn(r.Context(), tx, r.Actor, list.On, func(k away.Key) bool { return k == page.key() })
		return err
	})
	page.words() // with who has told
	page.asks(r.URL.Query().Get("stryk"))
	return page, err
}

// key is the start as what one may say that one does not come to.
func (p *startPage) key() away.Key { return away.Key{Kind: away.Start, Ref: int64(p.ID), On: p.On} }

// asks puts the question whether to strike somebody on the list.
func (p *startPage) asks(who string) {
	for i, c := range p.Called {
		if c.Person.String() == who && strikable(c) {
			p.Strike = &p.Called[i]
		}
	}
}

type startTag struct{}

// words works out what the page says.
func (p *startPage) words() {
	l := p.L
	p.Led = l.T("start.when", l.Times(p.At, p.Until), p.Where.Name)
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
	likely := l.T("start.likely", l.Span(l.Number(low), l.Number(high)))
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
	p.Groups = nil
	var ring, coming, other, no, moved, struck startGroup
	for _, c := range p.Called {
		switch {
		case c.Struck():
			struck.List = append(struck.List, c)
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
	struck.Title = p.L.T("start.struck.group", len(struck.List))
	if p.over() {
		coming.Title = p.L.T("start.came", len(coming.List))
	}
	for _, g := range []startGroup{ring, coming, other, no, moved, struck} {
		if len(g.List) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
}

// over tells whether the day has come, so that presence can be marked.
func (p *startPage) over() bool { return p.On <= p.Today }

// past tells whether the day has gone, so that nobody more can be called.
func (p *startPage) past() bool { return p.On < p.Today }

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
		page.Failed, page.Faults, page.TypedBy = true, faults, r.Form.Raw("why")
		if strings.HasSuffix(r.URL.Path, "/svar") {
			page.Back, page.Wanted = who.String(), intake.Answer(r.Form.Raw("answer"))
		}
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
		return p.Intake.AnswerBeyond(r.Context(), r.Actor, s, who, a, r.Form.Line("why"))
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

// postStrike takes somebody off the list, or with undo puts them back on it.
func (p *Pages) postStrike(r *web.Request) (web.Answer, error) {
	if r.Form.Bool("undo") {
		return p.onStart(r, "start.unstruck", func(s intake.StartID, who id.Person) error {
			return p.Intake.Unstrike(r.Context(), r.Actor, s, who)
		})
	}
	return p.onStart(r, "start.struck", func(s intake.StartID, who id.Person) error {
		return p.Intake.Strike(r.Context(), r.Actor, s, who)
	})
}

const startCategories = referral.Shown | access.Thread
