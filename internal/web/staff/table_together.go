package staff

import (
	"errors"

	"sluss/internal/access"
	"sluss/internal/enquiry"
	"sluss/internal/fault"
	"sluss/internal/store"
	"sluss/internal/web"
	"sluss/internal/web/together"
)

// tableTogetherRoutes are where the person asks and answers about their plan at the table.
func (p *Pages) tableTogetherRoutes() []web.Route {
	read, write := access.Read, access.Write
	at := "/arbete/person/{person}/bordet/tillsammans"
	return []web.Route{
		{Method: "GET", Pattern: at, Needs: web.OnePerson(enquiry.Need, read), Handle: p.getTableTogether},
		{Method: "POST", Pattern: at, Needs: web.OnePerson(enquiry.Need, read, write), Handle: p.postTableAsk},
		{Method: "POST", Pattern: at + "/{enquiry}", Needs: web.OnePerson(enquiry.Need, read, write), Handle: p.postTableReply},
	}
}

func (p *Pages) tableTogether(r *web.Request) (v together.View, back string, err error) {
	who, err := r.Person()
	if err != nil {
		return v, back, err
	}
	if v.Names, err = p.names(r); err != nil {
		return v, back, err
	}
	err = p.Org.Store.Read(r.Context(), func(tx *store.Tx) error {
		a, err := access.Open(r.Context(), tx, r.Actor, who, enquiry.Need, access.Read, access.ForPlan)
		if err == nil {
			v.View, err = enquiry.Together(r.Context(), tx, r.Actor, a)
		}
		return err
	})
	v.Page, v.At, v.Me, back = r.Page("enquiry.questions"), joint(r, who, "/tillsammans"), enquiry.Themself, tablePath(r, who, "")
	return v, back, err
}

func (p *Pages) getTableTogether(r *web.Request) (web.Answer, error) {
	v, back, err := p.tableTogether(r)
	return web.Show(tableTogether(v, back)), err
}

func (p *Pages) postTableAsk(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	f := together.Asked(r)
	if _, err = p.Enquiry.AskTogether(r.Context(), r.Actor, who, f); err == nil {
		return web.Saved(tablePath(r, who, "/tillsammans"), "enquiry.saved"), nil
	}
	return p.tableTogetherAgain(r, err, func(v *together.View) { v.Typed = f })
}

func (p *Pages) postTableReply(r *web.Request) (web.Answer, error) {
	who, err := r.Person()
	if err != nil {
		return web.Answer{}, err
	}
	e, err := together.ID(r)
	if err != nil {
		return web.Answer{}, err
	}
	words, back := together.Replied(r)
	if back {
		if err = p.Enquiry.TakeBackTogether(r.Context(), r.Actor, who, e, r.Form.Version()); err == nil {
			return web.Saved(tablePath(r, who, "/tillsammans"), "enquiry.taken.saved"), nil
		}
		return p.tableTogetherAgain(r, err, func(*together.View) {})
	}
	if err = p.Enquiry.ReplyTogether(r.Context(), r.Actor, who, e, r.Form.Version(), words); err == nil {
		return web.Saved(tablePath(r, who, "/tillsammans"), "enquiry.replied"), nil
	}
	return p.tableTogetherAgain(r, err, func(v *together.View) { v.ReplyTo, v.Reply = e, words })
}

// tableTogetherAgain shows the page with what was typed.
func (p *Pages) tableTogetherAgain(r *web.Request, cause error, typed func(*together.View)) (web.Answer, error) {
	faults := fault.Fields(cause)
	if faults == nil && !errors.Is(cause, fault.Stale) {
		return web.Answer{}, cause
	}
	v, back, err := p.tableTogether(r)
	if err != nil {
		return web.Answer{}, err
	}
	typed(&v)
	v.Faults, v.Failed = faults, true
	return again(tableTogether(v, back), faults), nil
}
