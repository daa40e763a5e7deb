package own

import (
	"sluss/internal/access"
	"sluss/internal/document"
	"sluss/internal/fault"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const documents = "/min/dokument"

func (p *Pages) documentRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: documents, Needs: web.Themself(access.OwnView|access.Documents, access.Read), Handle: p.getDocuments},
		{Method: "GET", Pattern: documents + "/{document}", Needs: web.Themself(access.Documents, access.Read), Handle: p.getDocument},
	}
}

// documentsPage is the person's documents.
type documentsPage struct {
	ui.Page
	around
	document.File
}

func (p *Pages) getDocuments(r *web.Request) (web.Answer, error) {
	me, err := p.own(r, func(*store.Tx, access.Access) error { return nil })
	if err != nil {
		return web.Answer{}, err
	}
	page := documentsPage{Page: p.page(r, me, "document.own.title"), around: me}
	page.File, err = p.Document.Own(r.Context(), r.Actor)
	return web.Show(documentsView(page)).Refresh(r.Rest()), err
}

func (p *Pages) getDocument(r *web.Request) (web.Answer, error) {
	var d document.ID
	if d.UnmarshalText([]byte(r.PathValue("document"))) != nil {
		return web.Answer{}, fault.Missing
	}
	c, err := p.Document.FetchOwn(r.Context(), r.Actor, d)
	return web.Stream(c.File, c.Kind.Type(), c.Size, c.Write), err
}

// about is what a document is, in short: its kind, when and by whom.
func (p documentsPage) about(d document.Document) string {
	return p.L.List(p.L.T("document.kind."+string(d.Kind)), p.L.T("document.by", p.L.Date(d.At.Date()), p.whom(p.L, p.names.Post(d.Post))))
}
