package own

import (
	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/contact"
	"sluss/internal/fault"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/acts"
)

const (
	notes    = "/min/anteckningar"
	noteNeed = access.OwnView | access.Documents
)

func (p *Pages) noteRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: notes, Needs: web.Themself(noteNeed, access.Read), Handle: p.getNotes},
		{Method: "POST", Pattern: notes + "/{note}/kommentar", Needs: web.Themself(noteNeed, access.Read, access.Write), Handle: p.postNoteComment},
	}
}

func (p *Pages) notesPage(r *web.Request) (v acts.Notes, err error) {
	me, err := p.ownOf(r, noteNeed, func(tx *store.Tx, a access.Access) (err error) {
		v.List, err = contact.Own(r.Context(), tx, r.Actor, a)
		return err
	})
	v.Page, v.Names, v.At = p.page(r, me, "contact.own.title"), me.names, under(notes)
	return v, err
}

func (p *Pages) getNotes(r *web.Request) (web.Answer, error) {
	v, err := p.notesPage(r)
	return web.Show(notesView(v)).Refresh(r.Rest()), err
}

func (p *Pages) postNoteComment(r *web.Request) (web.Answer, error) {
	k, err := acts.NoteID(r)
	if err != nil {
		return web.Answer{}, err
	}
	words := r.Form.Text("words")
	if err = r.Form.Faults.Err(); err == nil {
		err = p.Comment.SayOwn(r.Context(), r.Actor, comment.Thing{Kind: comment.Note, Ref: int64(k)}, words)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(notes, "contact.own.saved"), err
	}
	v, err := p.notesPage(r)
	return web.Again(notesView(v.Again(r, k, faults))), err
}
