package staff

import (
	"strings"

	"sluss/internal/access"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// bookPage is where an individual start is booked or moved.
type bookPage struct {
	ui.Page
	intake.Desired
	Faults                               fault.Form
	On, At, Room, Chosen, Alone, FirstSt string
	Both                                 bool
}

func (p *Pages) bookPage(r *web.Request) (bookPage, error) {
	who, err := r.Person()
	if err != nil {
		return bookPage{}, err
	}
	var coach id.Post
	asked := r.URL.Query().Get("coach")
	if r.Form != nil {
		asked = r.Form.Raw("coach")
	}
	_ = coach.UnmarshalText([]byte(asked))
	d, err := p.Intake.Booking(r.Context(), r.Actor, who, coach)
	if err != nil {
		return bookPage{}, err
	}
	page := bookPage{Page: r.Titled(r.L.T("book.title", d.Person.Name())), Desired: d, Chosen: d.Coach.String()}
	if len(d.Slots) > 0 {
		page.On, page.At = string(d.Slots[0].On), string(d.Slots[0].At)
	}
	if d.Enrolment.ID != 0 {
		page.On, page.At, page.Room = string(d.Enrolment.MeetsOn), string(d.Enrolment.MeetsAt), itoa(int(d.Enrolment.Room))
	}
	return page, nil
}

func (p *Pages) getBook(r *web.Request) (web.Answer, error) {
	page, err := p.bookPage(r)
	return web.Show(book(page)), err
}

func (p *Pages) postBook(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := r.Form
	b := intake.Booking{On: f.Date("on"), At: f.Time("at"), WhyAlone: f.Text("alone"), FirstSteps: f.Text("first"), Both: f.Bool("both")}
	if slot := f.Raw("slot"); slot != "" { // one of the free times instead of what stands in the fields
		on, at, _ := strings.Cut(slot, " ")
		b.On, b.At = dateOf(on), timeOf(at)
	}
	_ = b.Coach.UnmarshalText([]byte(f.Raw("coach")))
	b.Room = number(f.Raw("room"))
	faults := f.Faults
	if len(faults) == 0 {
		if v := f.Version(); v > 0 {
			err = p.Intake.Rebook(r.Context(), r.Actor, who, v, b)
		} else {
			err = p.Intake.Book(r.Context(), r.Actor, who, b)
		}
		if err == nil {
			return web.Saved(personPath(who, ""), "book.saved"), nil
		}
		if faults = fault.Fields(err); faults == nil {
			return web.Answer{}, err
		}
	}
	page, err := p.bookPage(r)
	page.Failed, page.Faults = true, faults
	page.On, page.At, page.Room, page.Alone, page.FirstSt = f.Raw("on"), f.Raw("at"), f.Raw("room"), f.Raw("alone"), f.Raw("first")
	page.Both = f.Bool("both")
	return web.Again(book(page)), err
}

func (p *Pages) postHold(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	on := r.Form.Date("on")
	if len(r.Form.Faults) > 0 {
		return web.Answer{}, r.Form.Faults
	}
	err = p.Intake.Hold(r.Context(), r.Actor, who, r.Form.Version(), on)
	return web.Saved(personPath(who, ""), "book.held"), err
}

// coachPage is where another coach is named.
type coachPage struct {
	ui.Page
	intake.Desired
	Faults fault.Form
}

func (p *Pages) coachPage(r *web.Request) (coachPage, error) {
	b, err := p.bookPage(r)
	page := coachPage{Page: b.Page, Desired: b.Desired}
	page.Title = r.L.T("coach.title", b.Person.Name())
	if err == nil && b.Enrolment.ID == 0 {
		return page, fault.Missing
	}
	return page, err
}

func (p *Pages) getCoach(r *web.Request) (web.Answer, error) {
	page, err := p.coachPage(r)
	return web.Show(coach(page)), err
}

func (p *Pages) postCoach(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var to id.Post
	_ = to.UnmarshalText([]byte(r.Form.Raw("coach")))
	how := ""
	if r.Form.Bool("paper") {
		how = "paper"
	}
	err = p.Contact.NewCoach(r.Context(), r.Actor, who, r.Form.Version(), to, how)
	if faults := fault.Fields(err); faults != nil {
		page, perr := p.coachPage(r)
		page.Failed, page.Faults = true, faults
		return web.Again(coach(page)), perr
	}
	return web.Saved(personPath(who, ""), "coach.saved"), err
}

// candidateOptions tells of each who could be the coach why it could be a good one.
func candidateOptions(p ui.Page, d intake.Desired) []ui.Option {
	list := make([]ui.Option, 0, len(d.Candidates))
	for i, c := range d.Candidates {
		var why []string
		if c.Earlier {
			why = append(why, p.L.T("coach.earlier"))
		}
		if c.Speaks {
			why = append(why, p.L.T("coach.speaks", langName(p.L, d.Person.Language)))
		}
		if c.Led {
			why = append(why, p.L.T("coach.led"))
		}
		if i == 0 && len(why) == 0 {
			why = append(why, p.L.T("coach.room"))
		}
		list = append(list, ui.Option{Value: c.ID.String(), Text: c.Name, Good: strings.Join(why, ". ")})
	}
	return list
}

// bookCategories are read with what else the person has at the time.
var bookCategories = intake.BookingCategories | access.Activities
