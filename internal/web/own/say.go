package own

import (
	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/contact"
	"sluss/internal/extract"
	"sluss/internal/fault"
	"sluss/internal/statement"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/acts"
)

const said = "/min/sagt"

func (p *Pages) sayRoutes() []web.Route {
	read := web.Themself(extract.Need, access.Read)
	change := web.Themself(extract.Need, access.Read, access.Write)
	return []web.Route{
		{Method: "GET", Pattern: said, Needs: read, Handle: p.getSaid},
		{Method: "GET", Pattern: said + "/{thing}", Needs: read, Handle: p.getSay},
		{Method: "POST", Pattern: said + "/{thing}", Needs: change, Handle: p.postSay},
		{Method: "POST", Pattern: said + "/{thing}/tillbaka", Needs: change, Handle: p.postSayBack},
	}
}

// sayPath is where the person says what they think of a thing: a note and a statement of hours are read where that is said.
func sayPath(t comment.Thing) string {
	switch t.Kind {
	case comment.Note:
		return notes + "#n" + contact.NoteID(t.Ref).String()
	case comment.Statement:
		return statements + "/" + statement.ID(t.Ref).String()
	}
	return said + "/" + t.String()
}

// sayHref is the same for a thing of a kind, by its number.
func sayHref[T ~int64](k comment.Kind, ref T) string {
	return sayPath(comment.Thing{Kind: k, Ref: int64(ref)})
}

// sayPage reads what is written about the person, and what they say of it: of one thing where one is asked for.
func (p *Pages) sayPage(r *web.Request, title string, about comment.Thing) (v acts.Say, err error) {
	if v.Names, err = p.Org.Names(r.Context(), r.Actor); err != nil {
		return v, err
	}
	me, err := p.ownOf(r, extract.Need, func(tx *store.Tx, a access.Access) error {
		return v.Load(r.Context(), tx, r.Actor, a, about)
	})
	v.Page, v.Say = p.page(r, me, title), sayPath
	v.At, v.Notes, v.Hours, v.Gone = under(said), notes, statements, me.unit.ID == 0
	return v, err
}

func (p *Pages) getSaid(r *web.Request) (web.Answer, error) {
	v, err := p.sayPage(r, "comment.list.title", comment.Thing{})
	return web.Show(saidView(v)).Refresh(r.Rest()), err
}

func (p *Pages) getSay(r *web.Request) (web.Answer, error) {
	t, err := acts.ThingOf(r)
	if err != nil {
		return web.Answer{}, err
	}
	v, err := p.sayPage(r, "comment.title", t)
	return web.Show(sayView(v)).Refresh(r.Rest()), err
}

func (p *Pages) postSay(r *web.Request) (web.Answer, error) {
	t, err := acts.ThingOf(r)
	if err != nil {
		return web.Answer{}, err
	}
	words := r.Form.Text("words")
	if err = r.Form.Faults.Err(); err == nil {
		err = p.Comment.SayOwn(r.Context(), r.Actor, t, words)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(sayPath(t), "comment.saved"), err
	}
	v, err := p.sayPage(r, "comment.title", t)
	return web.Again(sayView(v.Again(r, faults))), err
}

func (p *Pages) postSayBack(r *web.Request) (web.Answer, error) {
	t, err := acts.ThingOf(r)
	if err != nil {
		return web.Answer{}, err
	}
	c, err := acts.CommentOf(r, "comment")
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(sayPath(t), "comment.back.saved"), p.Comment.TakeBackOwn(r.Context(), r.Actor, t, c)
}
