package staff

import (
	"slices"

	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/document"
	"sluss/internal/fault"
	"sluss/internal/i18n"
	"sluss/internal/id"
	"sluss/internal/org"
	"sluss/internal/web"
	"sluss/internal/web/ui"
)

const documents = "/arbete/person/{person}/dokument"

func (p *Pages) documentRoutes() []web.Route {
	read, write := access.Read, access.Write
	return []web.Route{
		{Method: "GET", Pattern: documents, Needs: web.OnePerson(document.Need, read), Handle: p.getDocuments},
		{Method: "POST", Pattern: documents, Needs: web.OnePerson(document.Need, read, write), Handle: p.postDocument},
		{Method: "GET", Pattern: documents + "/{document}", Needs: web.OnePerson(access.Documents, read), Handle: p.getDocument},
		{Method: "GET", Pattern: documents + "/{document}/ta-bort", Needs: web.OnePerson(document.Need, read), Handle: p.getDocumentRemove},
		{Method: "POST", Pattern: documents + "/{document}/ta-bort", Needs: web.OnePerson(document.Need, read, write), Handle: p.postDocumentRemove},
	}
}

// documentsPage is somebody's documents.
type documentsPage struct {
	ui.Page
	document.File
	Who    id.Person
	Tabs   []ui.Tab
	Names  org.Names
	What   string // as typed
	Faults fault.Form
	Voice  voice
}

func documentPath(who id.Person, d document.ID, part string) string {
	return personPath(who, "/dokument/"+d.String()+part)
}

func (p *Pages) documentsPage(r *web.Request) (page documentsPage, err error) {
	if page.Who, err = r.Person(); err != nil {
		return page, err
	}
	if page.File, err = p.Document.Of(r.Context(), r.Actor, page.Who); err != nil {
		return page, err
	}
	if page.Names, err = p.names(r); err != nil {
		return page, err
	}
	page.Page, page.Tabs = r.Titled(page.Person.Name()), personTabs(r, page.Who)
	return page, nil
}

func (p *Pages) getDocuments(r *web.Request) (web.Answer, error) {
	page, err := p.documentsPage(r)
	if err == nil {
		page.Voice, err = p.saidOf(r, page.Who, page.Person.Given, comment.Document)
		for _, d := range slices.Concat(page.Kept, page.Removed) {
			page.Voice.calls(comment.Document, int64(d.ID), d.Title)
		}
	}
	return web.Show(documentsView(page)), err
}

func (p *Pages) postDocument(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := document.Form{Title: r.Form.Line("title")}
	if content, size, name, ok := r.Form.File("file"); ok {
		f.Content, f.Size, f.Name = content, size, name
	}
	faults := r.Form.Faults
	if len(faults) == 0 {
		_, err = p.Document.Add(r.Context(), r.Actor, who, f)
		faults = fault.Fields(err)
	}
	if len(faults) == 0 {
		return web.Saved(personPath(who, "/dokument"), "document.added"), err
	}
	page, err := p.documentsPage(r)
	page.What, page.Faults, page.Failed = r.Form.Raw("title"), faults, true
	return web.Again(documentsView(page)), err
}

func documentID(r *web.Request) (who id.Person, d document.ID, err error) {
	if who, err = r.Person(); err == nil && d.UnmarshalText([]byte(r.PathValue("document"))) != nil {
		err = fault.Missing
	}
	return who, d, err
}

func (p *Pages) getDocument(r *web.Request) (web.Answer, error) {
	who, d, err := documentID(r)
	if err != nil {
		return web.Answer{}, err
	}
	c, err := p.Document.Fetch(r.Context(), r.Actor, who, d)
	return web.Stream(c.File, c.Kind.Type(), c.Size, c.Write), err
}

// documentPage asks why a document is to be removed.
type documentPage struct {
	ui.Page
	document.Document
	Who    id.Person
	Given  string // the person's name
	Why    string // as typed
	Faults fault.Form
}

func (p *Pages) documentPage(r *web.Request) (page documentPage, err error) {
	who, d, err := documentID(r)
	if err != nil {
		return page, err
	}
	one, of, err := p.Document.One(r.Context(), r.Actor, who, d)
	if err != nil {
		return page, err
	}
	page.Document, page.Who, page.Given = one, who, of.Given
	page.Page = r.Page("document.remove.title", one.Title)
	return page, nil
}

func (p *Pages) getDocumentRemove(r *web.Request) (web.Answer, error) {
	page, err := p.documentPage(r)
	return web.Show(documentRemoveView(page)), err
}

func (p *Pages) postDocumentRemove(r *web.Request) (web.Answer, error) {
	who, d, err := documentID(r)
	if err != nil {
		return web.Answer{}, err
	}
	err = p.Document.Remove(r.Context(), r.Actor, who, d, r.Form.Version(), r.Form.Text("why"))
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(personPath(who, "/dokument"), "document.removed"), err
	}
	page, err := p.documentPage(r)
	page.Why, page.Faults, page.Failed = r.Form.Raw("why"), faults, true
	return web.Again(documentRemoveView(page)), err
}

// about is what a document is, in short: its kind, size, when and by whom.
func (p documentsPage) about(d document.Document) string {
	return p.L.List(p.L.T("document.kind."+string(d.Kind)), fileSize(p.L, d.Size), p.L.T("document.by", p.L.Date(d.At.Date()), p.Names.Post(d.Post).Name))
}

func fileSize(l *i18n.Lang, bytes int64) string {
	if bytes < 1<<20 {
		return l.T("document.size", max(1, bytes>>10))
	}
	return megabytes(l, bytes)
}
