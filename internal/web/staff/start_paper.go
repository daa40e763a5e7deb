package staff

import (
	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/intake"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// listPaperPage is a start list made for paper.
type listPaperPage struct{ startPage }

func (p *Pages) getStartList(r *web.Request) (web.Answer, error) {
	page, err := p.startPage(r)
	page.Class, page.Stamp = "paper", r.L.Date(r.Actor.Today())
	return web.Show(startPaper(listPaperPage{page})), err
}

// lettersPage is the letters of invitation, one a sheet.
type lettersPage struct {
	ui.Page
	intake.Start
	Where   string
	Unit    org.Unit
	Letters []intake.Letter
	Coach   org.Post
	Today   clock.Date
}

func (p *Pages) getLetters(r *web.Request) (web.Answer, error) {
	s, err := web.PathID[startTag](r, "start")
	if err != nil {
		return web.Answer{}, err
	}
	x, err := p.Intake.Letters(r.Context(), r.Actor, intake.StartID(s))
	if err != nil {
		return web.Answer{}, err
	}
	n, err := p.names(r)
	page := lettersPage{Page: r.Titled(r.L.T("letter.title")), Start: x.Start, Letters: x.Letters, Where: n.Room(x.RoomID), Today: r.Actor.Today(), Unit: x.Unit, Coach: n.Post(r.Actor.Post())}
	page.Class = "paper"
	return web.Show(letters(page)), err
}

func (p *Pages) postLetters(r *web.Request) (web.Answer, error) {
	s, err := web.PathID[startTag](r, "start")
	if err != nil {
		return web.Answer{}, err
	}
	err = p.Intake.Lettered(r.Context(), r.Actor, intake.StartID(s), r.Form.Bool("remind"))
	return web.Saved(startHref(intake.StartID(s)), "letter.saved"), err
}

// changePage is where one sets when, where and for how many a start is.
type changePage struct {
	ui.Page
	intake.Start
	Rooms   []ui.Option
	Posts   []ui.Option
	Faults  fault.Form
	Typed   map[string]string
	Leading []string
}

func (p *Pages) changePage(r *web.Request) (changePage, error) {
	s, err := web.PathID[startTag](r, "start")
	if err != nil {
		return changePage{}, err
	}
	x, err := p.Intake.Get(r.Context(), r.Actor, intake.StartID(s))
	if err != nil {
		return changePage{}, err
	}
	n, err := p.names(r)
	page := changePage{Page: r.Titled(r.L.T("start.title", r.L.Day(x.On))), Start: x, Rooms: []ui.Option{{Value: "", Text: r.L.T("book.room.none")}},
		Typed: map[string]string{"on": string(x.On), "at": string(x.At), "until": string(x.Until), "room": itoa(int(x.RoomID)), "places": itoa(x.Places), "calls": itoa(x.Calls)}}
	for _, room := range n.Rooms {
		page.Rooms = append(page.Rooms, ui.Option{Value: itoa(int(room.ID)), Text: r.L.List(room.Name, room.Features)})
	}
	for _, o := range n.Coaches(r.Actor.Unit()) {
		page.Posts = append(page.Posts, ui.Option{Value: o.ID.String(), Text: o.Name})
	}
	for _, l := range x.Leaders {
		page.Leading = append(page.Leading, l.String())
	}
	return page, err
}

func (p *Pages) getStartChange(r *web.Request) (web.Answer, error) {
	page, err := p.changePage(r)
	return web.Show(startChange(page)), err
}

func (p *Pages) postStartChange(r *web.Request) (web.Answer, error) {
	page, err := p.changePage(r)
	if err != nil {
		return web.Answer{}, err
	}
	f, x := r.Form, page.Start
	x.Version, x.On, x.At, x.Until = f.Version(), f.Date("on"), f.Time("at"), f.Time("until")
	x.RoomID, x.Places, x.Calls = number(f.Raw("room")), f.Int("places", 1, 200), f.Int("calls", 1, 400)
	x.Leaders = nil
	for _, v := range f.All("leader") {
		var post id.Post
		_ = post.UnmarshalText([]byte(v)) // what is no id is nobody's, and refused as such
		x.Leaders = append(x.Leaders, post)
	}
	if f.Bool("cancel") {
		x.State = intake.Cancelled
	}
	faults := f.Faults
	if len(faults) == 0 {
		err = p.Intake.Change(r.Context(), r.Actor, x)
		if err == nil {
			return web.Saved(startHref(x.ID), "form.saved"), nil
		}
		if faults = fault.Fields(err); faults == nil {
			return web.Answer{}, err
		}
	}
	page.Failed, page.Faults, page.Leading = true, faults, f.All("leader")
	for k := range page.Typed {
		page.Typed[k] = f.Raw(k)
	}
	return web.Again(startChange(page)), nil
}

const letterCategories = access.Identity | access.Contact
