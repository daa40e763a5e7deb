package own

import (
	"net/url"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/reading"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const questions = "/min/fragor"

// questionsPage is what the person wonders about readings, and the answers.
type questionsPage struct {
	ui.Page
	around
	List []reading.Question
}

func (p *Pages) getQuestions(r *web.Request) (web.Answer, error) {
	var page questionsPage
	me, err := p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		page.List, err = reading.Asked(r.Context(), tx, r.Actor, a)
		return err
	})
	page.around = me
	if err != nil {
		return web.Answer{}, err
	}
	page.Page = p.page(r, page.around, "reading.asked.title")
	return web.Show(questionsView(page)).Refresh(r.Rest()), nil
}

// answerer says who answers, as the person may know it.
func (me around) answerer(l ui.Page, post id.Post) string {
	o := me.names.Post(post)
	if o.ID == 0 || o.NameHidden {
		return l.L.T("reading.ask.somebody")
	}
	return l.L.List(o.Name, me.names.Unit(o.Unit))
}

// askPage is where the person writes what they wonder about a line.
type askPage struct {
	ui.Page
	around
	Question reading.Question
	Words    string
	Faults   fault.Form
}

// askPath is where one asks about a line.
func askPath(l reading.Line) string {
	return questions + "/ny?" + url.Values{"dag": {string(l.On)}, "post": {l.Post.String()}}.Encode()
}

// about reads which line is meant.
func about(day, post string) (on clock.Date, reader id.Post, err error) {
	if on, err = clock.ParseDate(day); err != nil || reader.UnmarshalText([]byte(post)) != nil {
		return "", 0, fault.Missing
	}
	return on, reader, nil
}

func (p *Pages) askPage(r *web.Request, day, post string) (page askPage, err error) {
	on, reader, err := about(day, post)
	if err != nil {
		return page, err
	}
	if page.Question, err = p.Reading.Asking(r.Context(), r.Actor, on, reader); err != nil {
		return page, err
	}
	page.names, err = p.Org.Names(r.Context(), r.Actor)
	page.Page = p.page(r, page.around, "reading.ask.title")
	return page, err
}

func (p *Pages) getAsk(r *web.Request) (web.Answer, error) {
	page, err := p.askPage(r, r.URL.Query().Get("dag"), r.URL.Query().Get("post"))
	return web.Show(askView(page)), err
}

func (p *Pages) postAsk(r *web.Request) (web.Answer, error) {
	on, reader, err := about(r.Form.Raw("day"), r.Form.Raw("reader"))
	if err != nil {
		return web.Answer{}, err
	}
	err = p.Reading.Ask(r.Context(), r.Actor, on, reader, r.Form.Text("words"))
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(questions, "reading.ask.saved"), err
	}
	page, err := p.askPage(r, r.Form.Raw("day"), r.Form.Raw("reader"))
	page.Words, page.Faults, page.Failed = r.Form.Raw("words"), faults, true
	return web.Again(askView(page)), err
}
