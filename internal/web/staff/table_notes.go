package staff

import (
	"sluss/internal/access"
	"sluss/internal/contact"
	"sluss/internal/fault"
	"sluss/internal/web"
	"sluss/internal/web/acts"
)

// tableNoteRoutes are where two read together what has been written about the person, and the person says what they think of it.
func (p *Pages) tableNoteRoutes() []web.Route {
	read, write := access.Read, access.Write
	at := "/arbete/person/{person}/bordet/anteckningar"
	return []web.Route{
		{Method: "GET", Pattern: at, Needs: web.OnePerson(contact.ToldNeed, read), Handle: p.getTableNotes},
		{Method: "POST", Pattern: at + "/{note}/kommentar", Needs: web.OnePerson(contact.ToldNeed, read, write), Handle: p.postTableNote},
	}
}

// tableNotes is what has been written, at the table.
type tableNotes struct {
	acts.Notes
	Back string
}

func (p *Pages) tableNotes(r *web.Request) (page tableNotes, err error) {
	who, err := r.Person()
	if err != nil {
		return page, err
	}
	if page.Names, err = p.names(r); err != nil {
		return page, err
	}
	page.List, err = p.Contact.Told(r.Context(), r.Actor, who)
	page.Page, page.At, page.Back = r.Page("contact.own.title"), joint(r, who, "/anteckningar"), tablePath(r, who, "")
	return page, err
}

func (p *Pages) getTableNotes(r *web.Request) (web.Answer, error) {
	page, err := p.tableNotes(r)
	return web.Show(tableNotesView(page)), err
}

func (p *Pages) postTableNote(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	k, err := acts.NoteID(r)
	if err != nil {
		return web.Answer{}, err
	}
	words := r.Form.Text("words")
	if err = r.Form.Faults.Err(); err == nil {
		err = p.Comment.Say(r.Context(), r.Actor, who, noteThing(k), words, false)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(tablePath(r, who, "/anteckningar"), "table.saved"), err
	}
	page, err := p.tableNotes(r)
	page.Notes = page.Again(r, k, faults)
	return web.Again(tableNotesView(page)), err
}
