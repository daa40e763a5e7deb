package staff

import (
	"errors"

	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/statement"
	"sluss/internal/web"
	"sluss/internal/web/hours"
	"sluss/internal/web/ui"
)

// statementRoutes are the routes of what is stated of somebody's hours.
func (p *Pages) statementRoutes() []web.Route {
	read, write, of, one := access.Read, access.Write, "/arbete/person/{person}/underlag", "/arbete/person/{person}/underlag/{statement}"
	return []web.Route{
		{Method: "GET", Pattern: of, Needs: web.OnePerson(statement.Seen, read), Handle: p.getStatements},
		{Method: "POST", Pattern: of, Needs: web.OnePerson(statement.Seen, read, write), Handle: p.postStatement},
		{Method: "GET", Pattern: one, Needs: web.OnePerson(statement.Seen, read), Handle: p.getStatement},
		{Method: "GET", Pattern: one + "/bordet", Needs: web.OnePerson(statement.Seen, read), Handle: p.getStatement},
		{Method: "GET", Pattern: one + "/papper", Needs: web.OnePerson(statement.Seen, access.Export), Handle: p.getStatementPaper},
		{Method: "POST", Pattern: one + "/rakna-om", Needs: web.OnePerson(statement.Seen, read, write), Handle: p.postRecount},
		{Method: "POST", Pattern: one + "/visat", Needs: web.OnePerson(statement.Seen, read, write), Handle: p.postShown},
		{Method: "POST", Pattern: one + "/bordet/visat", Needs: web.OnePerson(statement.Seen, read, write), Handle: p.postShown},
		{Method: "POST", Pattern: one + "/kommentar", Needs: web.OnePerson(statement.Seen, read, write), Handle: p.postStatementSaid},
		{Method: "POST", Pattern: one + "/bordet/kommentar", Needs: web.OnePerson(statement.Seen, read, write), Handle: p.postStatementSaid},
		{Method: "POST", Pattern: one + "/lamna", Needs: web.OnePerson(statement.Seen, read, write), Handle: p.postHand},
		{Method: "POST", Pattern: one + "/ta-bort", Needs: web.OnePerson(statement.Seen, read, write), Handle: p.postDrop},
	}
}

// statementsPage is what is stated of somebody's hours: all statements, or one of them.
type statementsPage struct {
	ui.Page
	statement.View
	Who    id.Person
	R      *web.Request
	One    hours.View
	Unit   id.Unit           // the reader's own: another's is only read
	F      map[string]string // as typed
	Faults fault.Form
	Stored bool // somebody changed it meanwhile
}

// statementThing is a statement as what is said of it knows it.
func statementThing(k statement.ID) comment.Thing {
	return comment.Thing{Kind: comment.Statement, Ref: int64(k)}
}

func (p *Pages) statementsPage(r *web.Request, act access.Action) (page statementsPage, err error) {
	if page.Who, err = r.Person(); err != nil {
		return page, err
	}
	if page.View, err = p.Statement.Open(r.Context(), r.Actor, page.Who, act); err != nil {
		return page, err
	}
	last := r.Actor.Today().Month().Add(-1)
	page.R, page.Page, page.Unit = r, r.Titled(r.L.T("statement.title")), r.Actor.Unit()
	page.F = map[string]string{"from": string(last.Month()), "to": string(last)}
	return page, nil
}

func (p *Pages) getStatements(r *web.Request) (web.Answer, error) {
	page, err := p.statementsPage(r, access.Read)
	return web.Show(statementsView(page)), err
}

func (p *Pages) postStatement(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := statement.Form{From: r.Form.Date("from"), To: r.Form.Date("to")}
	var k statement.ID
	if err = r.Form.Faults.Err(); err == nil {
		k, err = p.Statement.Make(r.Context(), r.Actor, who, f)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(personPath(who, "/underlag/"+k.String()), "statement.made"), err
	}
	page, err := p.statementsPage(r, access.Read)
	page.F, page.Faults, page.Failed = map[string]string{"from": r.Form.Raw("from"), "to": r.Form.Raw("to")}, faults, true
	return web.Again(statementsView(page)), err
}

// statementPage is statementsPage for the one in the address.
func (p *Pages) statementPage(r *web.Request, act access.Action) (statementsPage, error) {
	var k statement.ID
	if err := pathID(r, "statement", &k); err != nil {
		return statementsPage{}, err
	}
	page, err := p.statementsPage(r, act)
	if err != nil {
		return page, err
	}
	one := page.Get(k)
	if one == nil {
		return page, fault.Missing
	}
	page.F, page.One = map[string]string{}, page.shown(*one)
	if len(page.To) == 1 {
		page.F["zone"] = page.To[0].ID.String()
	}
	return page, nil
}

func (p *Pages) getStatement(r *web.Request) (web.Answer, error) {
	page, err := p.statementPage(r, access.Read)
	if err != nil {
		return web.Answer{}, err
	}
	return web.Show(page.view()), nil
}

func (p *Pages) getStatementPaper(r *web.Request) (web.Answer, error) {
	page, err := p.statementPage(r, access.Export)
	page.Stamp = r.L.Date(r.Actor.Today())
	return web.Show(statementPaper(page)), err
}

func (p *Pages) postRecount(r *web.Request) (web.Answer, error) {
	return p.changeStatement(r, "statement.recounted", func(who id.Person, k statement.ID) error {
		return p.Statement.Recount(r.Context(), r.Actor, who, k, r.Form.Version())
	})
}

func (p *Pages) postShown(r *web.Request) (web.Answer, error) {
	how := statement.OnPaper
	if atTable(r) {
		how = statement.AtTable
	}
	return p.changeStatement(r, "statement.saved.shown", func(who id.Person, k statement.ID) error {
		return p.Statement.Show(r.Context(), r.Actor, who, k, r.Form.Version(), how)
	})
}

func (p *Pages) postStatementSaid(r *web.Request) (web.Answer, error) {
	words, paper := r.Form.Text("words"), r.Form.Bool("paper")
	return p.changeStatement(r, "statement.saved.said", func(who id.Person, k statement.ID) error {
		return p.Comment.Say(r.Context(), r.Actor, who, statementThing(k), words, paper)
	})
}

func (p *Pages) postHand(r *web.Request) (web.Answer, error) {
	f := statement.HandForm{Receiver: r.Form.Line("receiver")}
	_ = f.Zone.UnmarshalText([]byte(r.Form.Raw("zone"))) // none, which the desk refuses
	return p.changeStatement(r, "statement.saved.handed", func(who id.Person, k statement.ID) error {
		return p.Statement.Hand(r.Context(), r.Actor, who, k, r.Form.Version(), f)
	})
}

func (p *Pages) postDrop(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var k statement.ID
	if err := pathID(r, "statement", &k); err != nil {
		return web.Answer{}, err
	}
	return web.Saved(personPath(who, "/underlag"), "statement.dropped"), p.Statement.Drop(r.Context(), r.Actor, who, k, r.Form.Version())
}

// changeStatement changes a statement, or shows its page again: with what is wrong, or what it has become.
func (p *Pages) changeStatement(r *web.Request, saved string, change func(who id.Person, k statement.ID) error) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	var k statement.ID
	if err := pathID(r, "statement", &k); err != nil {
		return web.Answer{}, err
	}
	if err = r.Form.Faults.Err(); err == nil {
		err = change(who, k)
	}
	faults, stale := fault.Fields(err), errors.Is(err, fault.Stale)
	if f := fault.Of(err); f != nil && f.Kind == fault.Conflict && !stale {
		faults = fault.Form{f} // what is to be done first
	}
	if err != nil && faults == nil && !stale {
		return web.Answer{}, err
	}
	page, again := p.statementPage(r, access.Read)
	if again != nil {
		return web.Answer{}, again
	}
	if err == nil {
		return web.Saved(page.path(page.One.ID, page.at("")), saved), nil
	}
	page.F = map[string]string{"words": r.Form.Raw("words"), "zone": r.Form.Raw("zone"), "receiver": r.Form.Raw("receiver")}
	page.Faults, page.Failed, page.Stored = faults, true, stale
	if stale {
		return web.Differs(page.view()), nil
	}
	return web.Again(page.view()), nil
}

// path is a page of a statement; one at the table keeps the language that staff came with.
func (p statementsPage) path(k statement.ID, part string) string {
	path := personPath(p.Who, "/underlag/"+k.String()+part)
	if from := p.R.URL.Query().Get("fran"); atTable(p.R) && i18n.Known(from) {
		path += "?fran=" + from
	}
	return path
}

// at is a part of the page, at the table when the page is.
func (p statementsPage) at(part string) string {
	if atTable(p.R) {
		return "/bordet" + part
	}
	return part
}

// table leads to the screen for two, in the person's language where there are texts in it.
func (p statementsPage) table() string {
	path := personPath(p.Who, "/underlag/"+p.One.ID.String()+"/bordet") + "?fran=" + p.L.Tag
	if i18n.Known(p.Person.Language) {
		path += "&lang=" + p.Person.Language
	}
	return path
}

// desk is the way back from the table, in the language that staff came with.
func (p statementsPage) desk() string {
	path := personPath(p.Who, "/underlag/"+p.One.ID.String())
	if from := p.R.URL.Query().Get("fran"); i18n.Known(from) {
		path += "?lang=" + from
	}
	return path
}

// shown is one of the statements, to be shown.
func (p statementsPage) shown(s statement.Statement) hours.View {
	return hours.View{Statement: s, Page: p.Page, Parties: p.Parties}
}

// open tells whether the statement is the reader's unit's own, and has not gone.
func (p statementsPage) open() bool { return p.One.Statement.Unit == p.Unit && !p.One.Handed() }

func (p statementsPage) field(name string) ui.Field {
	f := ui.Field{Name: name, Label: p.L.T("statement.form." + name), Value: p.F[name], Error: ui.Fault(p.L, p.Faults, name)}
	if p.L.Has("statement.form." + name + ".good") {
		f.Good = p.L.T("statement.form." + name + ".good")
	}
	return f
}

// receivers are those whom the person's yes or a law lets have it.
func (p statementsPage) receivers() []ui.Option {
	var list []ui.Option
	for _, x := range p.To {
		list = append(list, ui.Option{Value: x.ID.String(), Text: called(p.L, x.Party), Good: hours.Right(p.L, x.Ground)})
	}
	return list
}
