package own

import (
	"errors"

	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/fault"
	"sluss/internal/statement"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/hours"
	"sluss/internal/web/ui"
)

const statements = "/min/underlag"

// statementRoutes are the routes of what is stated of the person's own hours.
func (p *Pages) statementRoutes() []web.Route {
	read, write := access.Read, access.Write
	return []web.Route{
		{Method: "GET", Pattern: statements, Needs: web.Themself(access.OwnView, read), Handle: p.getStatements},
		{Method: "GET", Pattern: statements + "/{statement}", Needs: web.Themself(access.OwnView, read), Handle: p.getStatement},
		{Method: "POST", Pattern: statements + "/{statement}/sett", Needs: web.Themself(access.OwnView, read, write), Handle: p.postSeen},
		{Method: "POST", Pattern: statements + "/{statement}/kommentar", Needs: web.Themself(access.OwnView, read, write), Handle: p.postSaid},
	}
}

// statementsPage is what is stated of the person's hours: all statements, or one of them.
type statementsPage struct {
	ui.Page
	around
	statement.Mine
	One    hours.View
	Words  string // as typed
	Faults fault.Form
	Stored bool // it was counted anew meanwhile
}

func (p *Pages) statementsPage(r *web.Request, title string) (page statementsPage, err error) {
	page.around, err = p.own(r, func(tx *store.Tx, a access.Access) (err error) {
		page.Mine, err = statement.Own(r.Context(), tx, r.Actor, a)
		return err
	})
	page.Page = p.page(r, page.around, title)
	return page, err
}

func (p *Pages) getStatements(r *web.Request) (web.Answer, error) {
	page, err := p.statementsPage(r, "statement.own.title")
	return web.Show(statementsView(page)).Refresh(r.Rest()), err
}

// statementPage is statementsPage for the one in the address.
func (p *Pages) statementPage(r *web.Request) (statementsPage, error) {
	var k statement.ID
	if k.UnmarshalText([]byte(r.PathValue("statement"))) != nil {
		return statementsPage{}, fault.Missing
	}
	page, err := p.statementsPage(r, "statement.title")
	if err != nil {
		return page, err
	}
	one := page.Get(k)
	if one == nil {
		return page, fault.Missing
	}
	page.One = page.shown(*one)
	return page, nil
}

func (p *Pages) getStatement(r *web.Request) (web.Answer, error) {
	page, err := p.statementPage(r)
	return web.Show(statementView(page)).Refresh(r.Rest()), err
}

func (p *Pages) postSeen(r *web.Request) (web.Answer, error) {
	return p.changeStatement(r, "statement.own.saved.seen", func(k statement.ID) error {
		return p.Statement.ShowOwn(r.Context(), r.Actor, k, r.Form.Version())
	})
}

func (p *Pages) postSaid(r *web.Request) (web.Answer, error) {
	words := r.Form.Text("words")
	return p.changeStatement(r, "statement.own.saved.said", func(k statement.ID) error {
		if err := r.Form.Faults.Err(); err != nil {
			return err
		}
		return p.Comment.SayOwn(r.Context(), r.Actor, comment.Thing{Kind: comment.Statement, Ref: int64(k)}, words)
	})
}

// changeStatement writes what the person says of a statement, or shows its page again.
func (p *Pages) changeStatement(r *web.Request, saved string, change func(statement.ID) error) (web.Answer, error) {
	var k statement.ID
	if k.UnmarshalText([]byte(r.PathValue("statement"))) != nil {
		return web.Answer{}, fault.Missing
	}
	err := change(k)
	faults, stale := fault.Fields(err), errors.Is(err, fault.Stale)
	if faults == nil && !stale {
		return web.Saved(statements+"/"+k.String(), saved), err
	}
	page, err := p.statementPage(r)
	page.Failed, page.Faults, page.Words, page.Stored = true, faults, r.Form.Raw("words"), stale
	if stale {
		return web.Differs(statementView(page)), err
	}
	return web.Again(statementView(page)), err
}

// shown is one of the statements, to be shown.
func (p statementsPage) shown(s statement.Statement) hours.View {
	return hours.View{Statement: s, Page: p.Page, Parties: p.Parties}
}

func (p statementsPage) path(part string) string { return statements + "/" + p.One.ID.String() + part }
