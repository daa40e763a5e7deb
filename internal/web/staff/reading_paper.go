package staff

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/clock"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/person"
	"sluss/internal/reading"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

// readingPaper is where a question about who has read, asked on paper, is typed in.
type readingPaper struct {
	ui.Page
	Person  person.Person
	Readers []reading.Line // each reader once, without whoever types
	Reader  string         // as typed
	Day     string
	Words   string
	Faults  fault.Form
}

func (p *Pages) readingPaper(r *web.Request) (page readingPaper, err error) {
	who, err := r.Person()
	if err != nil {
		return page, err
	}
	var log reading.Log
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		var a access.Access
		if page.Person, a, err = person.Open(r.Context(), tx, r.Actor, who, access.Identity, access.Read, access.ForContact); err == nil {
			log, err = reading.Of(r.Context(), tx, r.Actor, a, reading.Page{Paper: true})
		}
		return err
	})
	for _, d := range log.Days {
		for _, l := range d.Lines {
			if l.Post != 0 && l.Post != r.Actor.Post() && !slices.ContainsFunc(page.Readers, func(x reading.Line) bool { return x.Post == l.Post }) {
				page.Readers = append(page.Readers, l)
			}
		}
	}
	page.Page = r.Page("reading.paper.title")
	return page, err
}

func (p readingPaper) path(part string) string { return personPath(p.Person.ID, part) }

// readers are whom a question can be about, as the person sees them in the log.
func (p readingPaper) readers() []ui.Option {
	list := []ui.Option{{Value: "", Text: p.L.T("form.select")}}
	for _, l := range p.Readers {
		list = append(list, ui.Option{Value: l.Post.String(), Text: p.L.List(l.Who(p.L), l.Where(p.L))})
	}
	return list
}

func (p *Pages) getReadingPaper(r *web.Request) (web.Answer, error) {
	page, err := p.readingPaper(r)
	return web.Show(readingPaperView(page)), err
}

func (p *Pages) postReadingPaper(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	on, words := r.Form.Date("day"), r.Form.Text("words")
	err = p.askPaper(r, who, on, words)
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(personPath(who, "/blanketter"), "reading.paper.saved"), err
	}
	page, err := p.readingPaper(r)
	page.Reader, page.Day, page.Words, page.Faults, page.Failed = r.Form.Raw("reader"), r.Form.Raw("day"), r.Form.Raw("words"), faults, true
	return web.Again(readingPaperView(page)), err
}

func (p *Pages) askPaper(r *web.Request, who id.Person, on clock.Date, words string) error {
	faults := r.Form.Faults
	var reader id.Post
	if reader.UnmarshalText([]byte(r.Form.Raw("reader"))) != nil {
		faults.Add("reader", "reading.paper.who.needed")
	}
	if r.Form.Raw("day") == "" {
		faults.Add("day", "intake.on.needed")
	}
	if words == "" {
		faults.Add("words", "reading.ask.needed")
	}
	if err := faults.Err(); err != nil {
		return err
	}
	return p.Reading.AskPaper(r.Context(), r.Actor, who, on, reader, words)
}
