package staff

import (
	"sluss/internal/access"
	"sluss/internal/comment"
	"sluss/internal/contact"
	"sluss/internal/extract"
	"sluss/internal/fault"
	"sluss/internal/id"
	"sluss/internal/statement"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/acts"
)

// tableSayRoutes are where two read together what has been written about the person, and the person says what they think of it.
func (p *Pages) tableSayRoutes() []web.Route {
	read, write := access.Read, access.Write
	at := "/arbete/person/{person}/bordet/sagt"
	return []web.Route{
		{Method: "GET", Pattern: at, Needs: web.OnePerson(extract.Need, read), Handle: p.getTableSaid},
		{Method: "GET", Pattern: at + "/{thing}", Needs: web.OnePerson(extract.Need, read), Handle: p.getTableSay},
		{Method: "POST", Pattern: at + "/{thing}", Needs: web.OnePerson(extract.Need, read, write), Handle: p.postTableSay},
		{Method: "POST", Pattern: at + "/{thing}/tillbaka", Needs: web.OnePerson(extract.Need, read, write), Handle: p.postTableSayBack},
		{Method: "POST", Pattern: "/arbete/person/{person}/sagt/{thing}/last", Needs: web.OnePerson(comment.Need, read, write), Handle: p.postHeard},
	}
}

func (p *Pages) tableSay(r *web.Request, title string, about comment.Thing) (v acts.Say, back string, err error) {
	who, err := r.Person()
	if err != nil {
		return v, back, err
	}
	if v.Names, err = p.names(r); err != nil {
		return v, back, err
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		a, err := access.Open(r.Context(), tx, r.Actor, who, extract.Need, access.Read, access.ForTogether)
		if err != nil {
			return err
		}
		return v.Load(r.Context(), tx, r.Actor, a, about)
	})
	v.Page, v.Say = r.Page(title), sayTogether(r, who)
	v.At, v.Notes, v.Paper = joint(r, who, "/sagt"), tablePath(r, who, "/anteckningar"), true
	return v, tablePath(r, who, ""), err
}

func (p *Pages) getTableSaid(r *web.Request) (web.Answer, error) {
	v, back, err := p.tableSay(r, "comment.list.title", comment.Thing{})
	return web.Show(tableSaidView(v, back)), err
}

func (p *Pages) getTableSay(r *web.Request) (web.Answer, error) {
	t, err := acts.ThingOf(r)
	if err != nil {
		return web.Answer{}, err
	}
	v, _, err := p.tableSay(r, "comment.title", t)
	return web.Show(tableSayView(v)), err
}

func (p *Pages) postTableSay(r *web.Request) (web.Answer, error) {
	who, t, err := thingOf(r)
	if err != nil {
		return web.Answer{}, err
	}
	words, paper := r.Form.Text("words"), r.Form.Bool("paper")
	if err = r.Form.Faults.Err(); err == nil {
		err = p.Comment.Say(r.Context(), r.Actor, who, t, words, paper)
	}
	faults := fault.Fields(err)
	if faults == nil {
		return web.Saved(tablePath(r, who, "/sagt/"+t.String()), "comment.saved"), err
	}
	v, _, err := p.tableSay(r, "comment.title", t)
	return web.Again(tableSayView(v.Again(r, faults))), err
}

func (p *Pages) postTableSayBack(r *web.Request) (web.Answer, error) {
	who, t, err := thingOf(r)
	if err != nil {
		return web.Answer{}, err
	}
	c, err := acts.CommentOf(r, "comment")
	if err != nil {
		return web.Answer{}, err
	}
	return web.Saved(tablePath(r, who, "/sagt/"+t.String()), "comment.back.saved"), p.Comment.TakeBack(r.Context(), r.Actor, who, t, c)
}

// sayTogether is where the person says what they think of a thing, at the table.
func sayTogether(r *web.Request, who id.Person) func(comment.Thing) string {
	return func(t comment.Thing) string {
		switch t.Kind {
		case comment.Note:
			return tablePath(r, who, "/anteckningar") + "#n" + contact.NoteID(t.Ref).String()
		case comment.Statement:
			return personPath(who, "/underlag/"+statement.ID(t.Ref).String()+"/bordet")
		}
		return tablePath(r, who, "/sagt/"+t.String())
	}
}

func thingOf(r *web.Request) (who id.Person, t comment.Thing, err error) {
	if who, err = r.Person(); err == nil {
		t, err = acts.ThingOf(r)
	}
	return who, t, err
}
