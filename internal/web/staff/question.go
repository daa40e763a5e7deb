package staff

import (
	"strconv"

	"github.com/a-h/templ"

	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/reading"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// questionPage is what somebody wonders about a reading, before the one who is to answer.
type questionPage struct {
	ui.Page
	reading.Case
	Path   string
	Reader org.Post
	Reply  string // as typed
	Faults fault.Form
}

func questionPath(who id.Person, q reading.QuestionID) string {
	return personPath(who, "/fraga/"+q.String())
}

func (p *Pages) questionPage(r *web.Request) (page questionPage, err error) {
	who, err := r.Person()
	if err != nil {
		return page, err
	}
	var q reading.QuestionID
	if q.UnmarshalText([]byte(r.PathValue("question"))) != nil {
		return page, fault.Missing
	}
	if page.Case, err = p.Reading.Case(r.Context(), r.Actor, who, q); err != nil {
		return page, err
	}
	n, err := p.names(r)
	page.Page, page.Path, page.Reader = r.Page("reading.answer.title"), questionPath(who, q), n.Post(page.Question.Reader)
	return page, err
}

func (p *Pages) getQuestion(r *web.Request) (web.Answer, error) {
	page, err := p.questionPage(r)
	return web.Show(questionView(page)), err
}

func (p *Pages) postQuestion(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var q reading.QuestionID
	if q.UnmarshalText([]byte(r.PathValue("question"))) != nil {
		return web.Answer{}, fault.Missing
	}
	err = p.Reading.Answer(r.Context(), r.Actor, who, q, r.Form.Version(), r.Form.Text("answer"))
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved("/arbete", "reading.answer.saved"), err
	}
	page, err := p.questionPage(r)
	page.Reply, page.Faults, page.Failed = r.Form.Raw("answer"), faults, true
	return web.Again(questionView(page)), err
}

// postReviewer names the colleague who answers what people wonder about readings at the unit.
func (p *Pages) postReviewer(r *web.Request) (web.Answer, error) {
	post, err := colleaguePost(r)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(colleaguePath(post), "colleague.reviewer.saved"), p.Org.NameReviewer(r.Context(), r.Actor, post)
}

// questionLines are what somebody wonders and waits to hear, and what others at the unit should have answered.
func (m *morning) questionLines(r *web.Request) (list []todo) {
	for _, q := range m.questions {
		href := questionPath(q.Who, q.ID)
		list = append(list, todo{since: q.Asked.Date(), line: ui.Line{Who: ui.Link{Text: r.L.T("today.question"), Href: href}, What: r.L.T("today.question.due", q.Due),
			Do: []templ.Component{ui.Button{Text: r.L.T("today.answer"), Href: href, Size: "sm", Label: r.L.List(r.L.T("today.answer"), r.L.T("today.question"))}}}})
	}
	for _, q := range m.overdue {
		list = append(list, todo{since: q.Due, line: ui.Line{Who: ui.Link{Text: r.L.T("today.overdue"), Href: colleaguePath(q.To)},
			What: r.L.T("today.overdue.by", m.names.Post(q.To).Name, q.Due)}})
	}
	return list
}

func (p questionPage) version() string { return strconv.Itoa(p.Question.Version) }
